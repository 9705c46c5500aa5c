//! What a web archive gives.

/// A page as a server sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebPage {
    /// Its address.
    pub address: String,
    /// The day of the capture, as EDTF.
    pub captured: Option<String>,
    /// The record's identifier, usually `urn:uuid:…`.
    pub record: Option<String>,
    /// Media type, in lower case and without parameters.
    pub media_type: String,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// The content, unpacked.
    pub body: Vec<u8>,
    /// Whether the archive holds only the beginning of it.
    pub truncated: bool,
}
