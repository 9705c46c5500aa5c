//! Which format a capture is in: by its first bytes, and where those do not tell, by its name.

use std::path::Path;

use super::other_format;
use super::package::Package;
use super::warc;

/// A format that is read, or known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// Markdown, with or without front matter.
    Markdown,
    /// A Word document.
    Docx,
    /// An EPUB book.
    Epub,
    /// A web archive (ISO 28500), compressed or not.
    Warc,
    /// A binary Word file, which is not read.
    OldWord,
    /// A file of another kind that is made of characters, by what it is called.
    Other(&'static str),
}

/// Endings of files that are read when a folder is named.
pub(crate) const ENDINGS: [&str; 12] =
    ["txt", "text", "html", "htm", "xhtml", "shtml", "md", "markdown", "docx", "epub", "warc", "warc.gz"];

impl Format {
    /// The format of a capture.
    pub(crate) fn of(name: &str, bytes: &[u8]) -> Self {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Self::OldWord;
        }
        if bytes.starts_with(b"PK\x03\x04") {
            let is_book = Package::open(bytes).is_ok_and(|package| package.has("META-INF/container.xml"));
            return if is_book { Self::Epub } else { Self::Docx };
        }
        if warc::is_warc(bytes.get(..4096.min(bytes.len())).unwrap_or_default()) {
            return Self::Warc;
        }
        let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        if let Some(other) = other_format::of(ending.as_deref().unwrap_or_default(), bytes) {
            return Self::Other(other);
        }
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml" | "shtml") => Self::Html,
            Some("md" | "markdown" | "mdown" | "mkd") => Self::Markdown,
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
