//! Which format a capture is in: by its first bytes, and where those do not tell, by its name.

use std::path::Path;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain text.
    Text,
    /// A web page.
    Html,
}

impl Format {
    /// The format of a capture.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Self {
        let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml" | "shtml") => Self::Html,
            Some("txt" | "text") => Self::Text,
            _ if is_html(bytes) => Self::Html,
            _ => Self::Text,
        }
    }
}

/// Whether bytes begin as a page does.
fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len())).unwrap_or_default()).to_ascii_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with("<?xml") && head.contains("<html"))
}
