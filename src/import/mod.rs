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
mod commonmark;
mod decode;
mod docx;
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

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::record::printed_date as date;

pub use block::{Block, Doubt, Kind};
pub use decode::{Decoded, decode};
pub use fidelity::verify_fidelity;
use flow::{Change, Media};
pub use format::Format;
pub use html::{Beside, Known, NoFiles};
pub use markdown::escape;
pub use meta::{Author, Meta};
pub use outline::{Outline, recognise};
pub use paragraphs::Paragraph;

/// What was captured.
#[derive(Debug, Clone, Copy)]
pub struct Capture<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// The file's bytes.
    pub bytes: &'a [u8],
}

/// What was recognised in a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The facts of the record.
    pub meta: Meta,
    /// The text.
    pub blocks: Vec<Block>,
    /// What is no part of the text, with the reason.
    pub dropped: Vec<Dropped>,
    /// Faults and doubts, in the order of the lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The encoding's name as the WHATWG standard spells it.
    pub encoding: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Size of the capture.
    pub bytes: usize,
    /// Media type of the capture (RFC 6838).
    pub media_type: &'static str,
    /// Files that the text shows, to be kept beside the record.
    pub media: Vec<Media>,
    /// Where the text is not what the capture stores.
    pub changes: Vec<Change>,
    /// The text as Markdown, which the proof has read back.
    pub body: String,
    /// Lines whose words are in the record or dropped, for the proof of fidelity.
    pub taken: Vec<Taken>,
}

/// A line, or a part of one, that is no part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its line, from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
    /// The reason.
    pub why: Why,
}

/// Why something is no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The browser's title of the page: title and site.
    PageTitle,
    /// The title again.
    RepeatedTitle,
    /// The author again.
    RepeatedAuthor,
    /// The document number again.
    RepeatedNumber,
    /// A label whose value says nothing.
    NoValue,
    /// The way to the page in the site.
    Breadcrumb,
    /// How often the page was read.
    ViewCounter,
    /// The switch of the font's size.
    FontSize,
    /// The button to print.
    PrintButton,
    /// The button to close or return.
    CloseButton,
    /// The article before or after.
    NeighbourLink,
    /// The buttons to share.
    Share,
    /// A notice of rights; the record keeps it.
    RightsNotice,
    /// Who runs the site.
    SiteOperator,
    /// The site's licence number.
    IcpNumber,
    /// The site's number with the police.
    PoliceNumber,
    /// The government's number of the site.
    SiteCode,
    /// The button to report a fault of the site.
    ErrorReport,
    /// Links to the site's map and statements.
    SiteMap,
    /// A rule drawn with characters.
    Rule,
    /// The way through the site: menus and lists of links.
    Navigation,
    /// What stands around the text on its page.
    PageFurniture,
    /// A button, a field, a choice.
    FormControl,
    /// The page does not show it.
    Hidden,
    /// The way back from a footnote to its mark.
    NoteReturn,
    /// The number of a footnote before its text, which its label repeats.
    NoteNumber,
}

impl Why {
    /// The reason's stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::PageTitle => "page-title",
            Self::RepeatedTitle => "repeated-title",
            Self::RepeatedAuthor => "repeated-author",
            Self::RepeatedNumber => "repeated-number",
            Self::NoValue => "no-value",
            Self::Breadcrumb => "breadcrumb",
            Self::ViewCounter => "view-counter",
            Self::FontSize => "font-size",
            Self::PrintButton => "print-button",
            Self::CloseButton => "close-button",
            Self::NeighbourLink => "neighbour-link",
            Self::Share => "share",
            Self::RightsNotice => "rights-notice",
            Self::SiteOperator => "site-operator",
            Self::IcpNumber => "icp-number",
            Self::PoliceNumber => "police-number",
            Self::SiteCode => "site-code",
            Self::ErrorReport => "error-report",
            Self::SiteMap => "site-map",
            Self::Rule => "rule",
            Self::Navigation => "navigation",
            Self::PageFurniture => "page-furniture",
            Self::FormControl => "form-control",
            Self::Hidden => "hidden",
            Self::NoteReturn => "note-return",
            Self::NoteNumber => "note-number",
        }
    }

    /// Whether it was found above the text; what is below it is the page's boilerplate.
    pub fn is_in_head(self) -> bool {
        matches!(
            self,
            Self::PageTitle
                | Self::RepeatedTitle
                | Self::RepeatedAuthor
                | Self::RepeatedNumber
                | Self::NoValue
                | Self::Breadcrumb
                | Self::ViewCounter
                | Self::FontSize
        )
    }
}

/// A line that is no part of the text, and where its words went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its line, from 1.
    pub line: usize,
    /// The whole line.
    pub text: String,
    /// Ranges of the line, in bytes. What lies outside them may only be space and separators.
    pub pieces: Pieces,
}

/// Ranges of a line in bytes, each with where its words went.
pub type Pieces = Vec<(Range<usize>, Place)>;

/// Where words that are no part of the text went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// They name a field, which the record has.
    Label,
    /// They are a value of the record.
    Record,
    /// They are among the dropped.
    Dropped,
}

/// What is known of a capture beside its bytes.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Encoding and address, as a server or a web archive states them.
    pub known: Known<'a>,
    /// The day it was captured, as EDTF.
    pub captured: Option<&'a str>,
    /// The files beside it.
    pub beside: &'a dyn Beside,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self { known: Known::default(), captured: None, beside: &NoFiles }
    }
}

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

/// The fault with the file's name; a line that it has is kept.
fn in_file(mut fault: Diagnostic, name: &str) -> Diagnostic {
    match &mut fault.place {
        Some(place) => place.file = name.to_string(),
        None => fault = fault.in_file(name),
    }
    fault
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

    /// The fields of that record.
    pub(crate) fn fields(&self, id: &str, original: &str) -> toml::Table {
        record::fields(self, id, original)
    }
}
