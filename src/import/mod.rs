//! From what was captured to a faithful record.
//!
//! A capture is a saved page: a text with a head, a tail of page furniture, and no structure but what is printed. Reading it
//! is one straight pipeline, [`read`], of pure steps, each in a file of its own and each following a rule of the structure
//! of Chinese official documents (R0 to R10 in the files' headers). Two things hold throughout. The source's characters are
//! never changed: folding is for matching only, numbers are never respelled, and the proof at the end compares every
//! character. And nothing is lost: what is no part of the text is in the record or in the list of dropped lines, with the
//! reason.
//!
//! The recogniser ([`recognise`]) knows nothing of files: other input formats bring paragraphs to it.

mod above;
mod block;
mod book;
mod breaks;
mod candidate;
mod capture;
mod commonmark;
mod decode;
mod docx;
mod dropped;
mod epub;
mod fidelity;
pub mod fill;
pub mod flow;
mod fold;
mod format;
mod front_matter;
mod head;
mod html;
mod ids;
mod json;
mod label;
mod language;
mod markdown;
mod marked;
mod meta;
mod notes;
mod outline;
mod package;
mod paragraphs;
mod provenance;
mod quotes;
mod reading;
mod record;
mod sequence;
mod shape;
pub mod shelf;
pub mod source;
mod special;
mod styled;
mod table;
mod tail;
mod text;
mod title;
mod token;
mod told;
pub mod update;
pub mod warc;
mod western;

use crate::diagnostic::Diagnostic;

pub use block::{Block, Doubt, Kind};
use capture::in_file;
pub use capture::{Capture, Context, Import};
pub use decode::{Decoded, decode};
pub use dropped::{Dropped, Pieces, Place, Taken, Why};
pub use fidelity::verify_fidelity;
pub use format::Format;
pub use html::{Beside, Known, NoFiles};
pub use markdown::escape;
pub use meta::{Author, Meta};
pub use outline::{Outline, recognise};
pub use paragraphs::Paragraph;

/// Reads a capture of which nothing is known but its bytes.
///
/// # Errors
/// Those of [`read_in`].
pub fn read(capture: &Capture<'_>) -> Result<Import, Diagnostic> {
    read_in(capture, &Context::default())
}

/// Reads a capture.
///
/// # Errors
/// `empty-capture`, `not-text`, `undecodable` and the like: there is no text to read.
pub fn read_in(capture: &Capture<'_>, context: &Context<'_>) -> Result<Import, Diagnostic> {
    let flow = match Format::of(capture.name, capture.bytes) {
        Format::Text => None,
        Format::Html => Some(html::read(capture.bytes, context.known, context.beside)),
        Format::Markdown => Some(commonmark::read(capture.bytes, context)),
        Format::Epub => Some(book::read(capture.bytes)),
        Format::Docx => Some(docx::read(capture.name, capture.bytes)),
        Format::Warc => Some(Err(Diagnostic::error("many-captures", "a web archive holds many pages, not one")
            .help("fonds import FILE.warc.gz  imports each of its pages"))),
        Format::OldWord => Some(Err(Diagnostic::error(
            "old-word-file",
            "this is a Word file of the kind before 2007, which only Word itself reads faithfully",
        )
        .help("open it in Word or LibreOffice and save it as .docx"))),
    };
    let import = match flow {
        None => text::read(capture),
        Some(flow) => flow.map(|flow| reading::read(capture, flow)),
    };
    let mut import = import.map_err(|fault| in_file(fault, capture.name))?;
    import.meta.captured = import.meta.captured.or(context.captured.map(str::to_string));
    Ok(import)
}

impl Import {
    /// What was recognised as one line of JSON, in the shape that `import --dry-run --format json` prints.
    pub fn json(&self, file: &str) -> String {
        json::line(self, file)
    }

    /// The text as Markdown: what follows the record.
    pub fn markdown_body(&self) -> String {
        markdown::body(&self.blocks)
    }

    /// The whole record file. `original` is the path of the kept original, relative to the record.
    pub fn record_file(&self, id: &str, original: &str) -> String {
        record::file(self, id, original)
    }
}
