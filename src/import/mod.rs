//! From what was captured to a faithful record.
//!
//! A capture is a saved page: a text with a head, a tail of page furniture, and no structure but what is printed. Reading it
//! is one straight pipeline, [`read`](fn@read), of pure steps, each in a file of its own and each following a rule of the structure
//! of Chinese official documents (R0 to R10 in the files' headers). Two things hold throughout. The source's characters are
//! never changed: folding is for matching only, numbers are never respelled, and the proof at the end compares every
//! character. And nothing is lost: what is no part of the text is in the record or in the list of dropped lines, with the
//! reason.
//!
//! A reader of a format brings the text in pieces ([`flow`]; `read/`); what the pieces are is recognised, the same way for all
//! formats (`recognise/`); and the record and its Markdown are written and proved (`write/`). The recogniser
//! ([`recognise`](fn@recognise)) knows nothing of files.

mod block;
mod capture;
mod dropped;
pub(crate) mod flow;
mod meta;
pub(crate) mod read;
pub(crate) mod recognise;
pub(crate) mod write;

pub use self::block::{Block, BlockKind, Doubt};
pub(crate) use self::capture::Soundness;
use self::capture::in_file;
pub use self::capture::{Capture, Context, Import};
pub(crate) use self::dropped::{Taken, TakenAs};
pub use self::read::decode::{Decoded, decode};
pub use self::read::html::{Beside, Known, NoFiles, PageParts, Parts, Shared};
pub use self::read::warc;
pub use self::recognise::outline::{Outline, recognise};
pub use self::recognise::paragraphs::Paragraph;
pub use self::write::fidelity::verify_fidelity;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::CaptureMessage;

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
    let (reader, flow) = read::flow(capture, context);
    let import = match flow {
        None => recognise::text::read(capture),
        Some(flow) => flow.map(|flow| recognise::reading::read(capture, flow)),
    };
    let mut import = import.map_err(|fault| in_file(fault, capture.name))?;
    import.reader = reader;
    import.meta.captured = import.meta.captured.or(context.captured.map(str::to_string));
    if let Some(line) = line_of_control(capture.bytes, &import) {
        let message = CaptureMessage::ControlLeftOut { line };
        import.diagnostics.push(Diagnostic::warning(message).in_file(capture.name));
    }
    if let Some(words) = import.meta.rights.as_deref().filter(|words| meta::forbids_reprinting(words)) {
        let message = CaptureMessage::ReprintForbidden { words: words.to_string() };
        import.diagnostics.push(Diagnostic::warning(message).in_file(capture.name));
    }
    Ok(import)
}

/// The line of the first control character in a text of single bytes or UTF-8, where it has one.
fn line_of_control(bytes: &[u8], import: &Import) -> Option<usize> {
    let has_own = ["ISO-2022", "UTF-16"].iter().any(|encoding| import.encoding.starts_with(encoding));
    if has_own || !import.media_type.starts_with("text/") {
        return None;
    }
    // A NUL is told by the decoder.
    let is_control = |byte: &u8| matches!(byte, 1..b' ' | 0x7f) && !matches!(byte, b'\t' | b'\n' | b'\r');
    let at = bytes.iter().position(is_control)?;
    Some(1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count())
}

impl Import {
    /// What was recognised as one line of JSON, in the shape that `import --dry-run --format json` prints.
    pub fn json(&self, file: &str, lang: Lang) -> String {
        write::json::line(self, file, lang)
    }

    /// The text as Markdown: what follows the record.
    pub fn markdown_body(&self) -> String {
        crate::text::markdown::write(&write::tape::text(&self.blocks))
    }

    /// The whole record file. `original` is the path of the kept original, relative to the record.
    pub fn record_file(&self, id: &str, original: &str) -> String {
        write::record::file(self, id, original)
    }

    /// The fields of that record.
    pub(crate) fn fields(&self, id: &str, original: &str) -> toml::Table {
        write::record::fields(self, id, original)
    }
}
