//! What the reader of a format brings: the text in pieces, in the order of the source.
//!
//! Every format is brought to this one form, and all that follows (head, tail, numbering, Markdown, proof) is the same for
//! all of them. A piece is a paragraph and what the format itself says of it: that it is a heading, a table, in a list.
//! The characters are the source's. Each reader also brings a witness: the text of the source taken out in the simplest
//! way there is, independently of the reader, which the pieces are held against.

use std::collections::BTreeMap;
use std::ops::Range;

use url::Url;

use super::dropped::WhyDropped;
use super::meta::Meta;
use crate::diagnostic::Diagnostic;
use crate::text::tape::Align;

/// A capture, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Flow {
    /// The text, furniture and all, in the order of the source.
    pub pieces: Vec<Piece>,
    /// What the format states about the document: `meta` elements, document properties, front matter.
    pub stated: Meta,
    /// The title in the properties of the file. Programs fill it in with the first line there ever was, and files are made of
    /// other files, so it is worth less than one that the text shows.
    pub file_title: Option<String>,
    /// Files that the text shows, to be kept beside it.
    pub media: Vec<Media>,
    /// What was odd. Places are lines, and a piece is one line, counted from 1.
    pub diagnostics: Vec<Diagnostic>,
    /// The text of the source, taken out independently of the pieces. White space does not count.
    pub witness: String,
    /// Name of the encoding, or `binary`.
    pub encoding: String,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// Changes of the text that were resolved in the source, and characters that it prints without storing them.
    pub changes: Vec<Change>,
    /// The piece, from 1, that a name leads to: the target of links within the capture.
    pub anchors: BTreeMap<String, usize>,
    /// What relative addresses start from.
    pub base: Option<Url>,
    /// Days in places that are worth less than a printed one, the likeliest first.
    pub dates: Vec<Dated>,
    /// Where a field of `stated` was found.
    pub evidence: Vec<Evidence>,
    /// Whether a line break in a paragraph is one of the text, as in verse, and never the end of a paragraph.
    pub has_line_ends: bool,
}

impl Flow {
    /// Puts pieces in the place of each piece. Places that were told by line move with their pieces.
    pub(crate) fn part(&mut self, mut parts: impl FnMut(Piece) -> Vec<Piece>) {
        let mut lines = vec![0];
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in std::mem::take(&mut self.pieces) {
            lines.push(pieces.len() + 1);
            pieces.extend(parts(piece));
        }
        self.pieces = pieces;
        let moved = |line: usize| lines.get(line).copied().unwrap_or(line);
        for change in &mut self.changes {
            change.line = moved(change.line);
        }
        for line in self.anchors.values_mut() {
            *line = moved(*line);
        }
        for place in self.diagnostics.iter_mut().filter_map(|fault| fault.place.as_mut()) {
            place.line = moved(place.line);
        }
    }

    /// The characters that the source prints without storing them, each with its line.
    pub(crate) fn printed(&self) -> impl Iterator<Item = (usize, &str)> {
        self.pieces.iter().enumerate().flat_map(|(at, piece)| {
            let printed = piece.marks.iter().filter(|mark| mark.sense == Sense::Printed);
            printed.map(move |mark| (at + 1, piece.text.get(mark.range.clone()).unwrap_or_default()))
        })
    }
}

impl Change {
    /// Brackets around a reading, which the source sets above its characters.
    pub(crate) fn reading_bracket(line: usize, now: &str) -> Option<Self> {
        let is_bracket = matches!(now, "（" | "）");
        is_bracket.then(|| Self { line, was: String::new(), now: now.to_string(), why: "reading-bracket" })
    }
}

/// A day, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dated {
    /// As EDTF.
    pub date: String,
    /// What it was found in: `address`, `meta pubdate`.
    pub from: String,
}

/// Where a field of the record was found when no line of the text says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The field.
    pub field: &'static str,
    /// Its value.
    pub value: String,
    /// What it was found in.
    pub from: String,
}

/// A paragraph, heading, table …
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The characters. Tables hold their cells one after the other, with a tab between two and a line feed between rows;
    /// only code holds line feeds of its own.
    pub text: String,
    /// What is said of parts of the text, by their first byte.
    pub marks: Vec<Mark>,
    /// What the format says it is.
    pub form: Form,
    /// The quotations and list items it stands in, from the outermost.
    pub inside: Vec<Inside>,
    /// Why it is no part of the text, when the format tells.
    pub outside: Option<WhyDropped>,
    /// Where a further paragraph of a table's cell begins: the space before it is none of the source's.
    pub cell_paragraphs: Vec<usize>,
    /// The words below a picture.
    pub is_caption: bool,
    /// The side that it is set to.
    pub align: Option<Align>,
}

/// What the format says a piece is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Form {
    /// Nothing in particular.
    #[default]
    Paragraph,
    /// A heading, with its level from 1.
    Heading(usize),
    /// A table: for each row the places of its grid. The first row is the head.
    Table(Vec<Vec<GridPlace>>),
    /// Text whose line breaks and spaces count.
    Code,
    /// The text of a footnote, with its label. A note of several paragraphs is several pieces in a row.
    Note(String),
}

/// A place in the grid of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridPlace {
    /// A cell begins here: its text, in bytes, and the side that it is set to.
    Cell(Range<usize>, Option<Align>),
    /// The cell on the left covers this place too.
    Left,
    /// The cell above does.
    Up,
}

/// What is said of a part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is said.
    pub(crate) sense: Sense,
}

/// The sense of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Struck out: no longer valid.
    Struck,
    /// Above the line.
    Sup,
    /// Below the line.
    Sub,
    /// Letters of a fixed width.
    Code,
    /// A link, with its address: `#id` is a place in the capture.
    Link(String),
    /// An image; the range holds its alternative text.
    Image(Picture),
    /// The mark of a footnote, with the note's label; the range holds the mark as printed, and may be empty.
    NoteMark(String),
    /// A line break inside the paragraph; the range is empty.
    Break,
    /// Characters that the source prints but does not store, such as the number of a list.
    Printed,
}

/// An image of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Its address.
    pub address: String,
    /// The caption that its markup gives it; else empty.
    pub caption: String,
}

impl Picture {
    /// A picture without a caption.
    pub(crate) fn at(address: String) -> Self {
        Self { address, caption: String::new() }
    }
}

/// What a piece stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// Tells two items or quotations that follow each other apart.
    pub id: usize,
    /// What it is.
    pub(crate) around: Around,
}

/// A quotation or a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    /// A quotation.
    Quote,
    /// An item of a list with bullets.
    Bullet,
    /// An item of a numbered list whose number the source prints by itself.
    Number(u64),
}

/// A file that a text shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its name, as the text's addresses have it: `files/image1.png`.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A change between what the source stores and the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The piece, from 1.
    pub line: usize,
    /// What the source has.
    pub was: String,
    /// What the text has.
    pub now: String,
    /// Its stable name: `list-number`, `deletion-accepted`, `insertion-accepted`, `note-label`, `reading-bracket`,
    /// `link-left-out`, `reading-left-out`, `line-end-hyphen`, `contents-heading`, `plain-character`, `cell-format`.
    pub why: &'static str,
}
