//! One file a format that is made from a record or a document.
//!
//! What a reader can take away of a document stands in one list, [`DOWNLOADS`]: a new format is a new file and a line
//! there, and the pages, the links that machines follow and the build find it by that line.

pub mod citation;
pub mod epub;
pub mod feed;
pub mod markdown;
pub mod robots;
pub mod sitemap;
pub mod tei;
pub mod text;
pub mod work;
pub mod xhtml;

use self::work::Work;

/// A file that is made of each document.
#[derive(Clone, Copy)]
pub struct Download {
    /// The end of its file name, which is also what templates call it: `txt`, `csl.json`.
    pub ending: &'static str,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// The string that says what it is.
    pub label: &'static str,
    /// Writes it; `None` where this document has none, as a withheld text has no plain text.
    pub write: fn(&Work<'_>) -> Option<Vec<u8>>,
}

/// Every download, in the order in which pages list them.
pub const DOWNLOADS: [Download; 4] = [
    Download { ending: "txt", media_type: "text/plain", label: "format_txt", write: text::write },
    Download { ending: "md", media_type: "text/markdown", label: "format_md", write: markdown::write },
    Download { ending: "xml", media_type: "application/tei+xml", label: "format_tei", write: tei::write },
    Download { ending: "epub", media_type: "application/epub+zip", label: "format_epub", write: epub::write },
];
