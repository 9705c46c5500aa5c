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

mod block;
mod date;
mod decode;
mod docx;
mod fidelity;
pub mod fill;
pub mod flow;
mod fold;
mod head;
mod ids;
mod json;
mod label;
mod language;
mod markdown;
mod meta;
mod notes;
mod outline;
mod package;
mod paragraphs;
mod quotes;
mod record;
mod sequence;
mod shape;
pub mod shelf;
mod special;
mod tail;
mod title;
mod token;
mod western;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::fixity;

pub use block::{Block, Doubt, Kind};
pub use decode::{Decoded, decode};
pub use fidelity::verify_fidelity;
pub use markdown::escape;
pub use meta::{Author, Meta};
pub use outline::{Outline, recognise};
use paragraphs::Line;
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

/// Reads a capture.
///
/// # Errors
///
/// `empty-capture`, `not-text`, `undecodable`: there is no text to read.
pub fn read(capture: &Capture<'_>) -> Result<Import, Diagnostic> {
    let decoded = decode(capture.bytes, None).map_err(|fault| fault.in_file(capture.name))?;
    let lines = paragraphs::lines(&decoded.text);

    let tail = tail::find(&lines);
    let above = without(&lines, tail.dropped.iter().map(|dropped| dropped.line));
    let head = head::read(&above);
    let body = without(&above, head.taken.iter().map(|taken| taken.line));
    let paragraphs = paragraphs::gather(&body);
    let outline = recognise(&paragraphs);

    let mut import = Import {
        meta: Meta { rights: tail.rights, ..head.meta },
        blocks: outline.blocks,
        dropped: head.dropped.into_iter().chain(tail.dropped).collect(),
        diagnostics: Vec::new(),
        encoding: decoded.encoding.to_string(),
        sha256: fixity::hex_text(&fixity::sha256(capture.bytes)),
        bytes: capture.bytes.len(),
        media_type: "text/plain",
        taken: head.taken,
    };
    notes::into_record(&mut import, &lines);

    let told = Told { name: capture.name, lines: &lines };
    import.diagnostics.extend(head.unread_dates.iter().map(|line| told.unread_date(*line)));
    import.diagnostics.extend(told.lost_characters());
    import.diagnostics.extend(outline.doubts.iter().filter_map(|doubt| {
        let line = paragraphs.get(doubt.paragraph)?.line;
        Some(told.at_line(doubt.diagnostic(), line))
    }));
    import.diagnostics.extend(fidelity::verify(&import, capture.name, &lines));
    import.diagnostics.sort_by_key(|diagnostic| diagnostic.place.as_ref().map(|place| place.line));
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

/// The lines that are not in a list of line numbers.
fn without<'a>(lines: &[Line<'a>], numbers: impl Iterator<Item = usize>) -> Vec<Line<'a>> {
    let numbers: std::collections::BTreeSet<usize> = numbers.collect();
    lines.iter().filter(|line| !numbers.contains(&line.number)).copied().collect()
}

/// Puts what is to be told at its place in the capture.
struct Told<'a> {
    name: &'a str,
    lines: &'a [Line<'a>],
}

impl Told<'_> {
    /// Finding a line by its number keeps the time linear, however many doubts there are.
    fn at_line(&self, diagnostic: Diagnostic, number: usize) -> Diagnostic {
        let text = self.lines.get(number.saturating_sub(1)).map_or("", |line| line.text);
        let span = text.len() - text.trim_start().len()..text.trim_end().len();
        place_on_line(diagnostic, self.name, text, number, span)
    }

    fn unread_date(&self, line: usize) -> Diagnostic {
        let fault = Diagnostic::warning("unread-date", "the date printed here was not understood")
            .help("write it as an EDTF date in the record: 1966, 1966-05, 1966-05-16, 1966~");
        self.at_line(fault, line)
    }

    /// U+FFFD in the capture stands for a character that was lost before it was captured.
    fn lost_characters(&self) -> Option<Diagnostic> {
        let line = self.lines.iter().find(|line| line.text.contains('\u{fffd}'))?;
        let at = line.text.find('\u{fffd}')?;
        let fault = Diagnostic::warning("lost-character", "a character was lost here before the page was captured")
            .help("compare with the original; U+FFFD stands for what could not be decoded");
        Some(place_on_line(fault, self.name, line.text, line.number, at..at + '\u{fffd}'.len_utf8()))
    }
}

/// Places a diagnostic on a line whose number is known.
fn place_on_line(fault: Diagnostic, name: &str, text: &str, number: usize, span: Range<usize>) -> Diagnostic {
    let mut fault = fault.at(crate::diagnostic::Source { file: name, text }, span);
    if let Some(place) = &mut fault.place {
        place.line = number;
    }
    fault
}
