//! The pieces a text is recognised as, and the doubts about them.

use serde::Serialize;

use crate::diagnostic::Diagnostic;

use super::flow::{Form, Inside, Mark};
use super::recognise::special::Special;
use crate::text::tape::Align;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A numbered paragraph that is no heading.
    Item,
    /// 第N条
    Clause,
    /// The addressees, or a vocative.
    Salutation,
    /// A date alone on its line.
    Date,
    /// 附件：1.… and the lines that go on with the list.
    AttachmentList,
    /// 附件1 : an attachment begins.
    AttachmentHead,
    /// （作者系…）
    NoteAuthor,
    /// （责任编辑：…）
    NoteEditor,
    /// （此件公开发布）
    NotePublic,
    /// A table.
    Table,
    /// An image, with nothing beside it.
    Figure,
    /// A paragraph of a quotation.
    Quote,
    /// Text whose line breaks and spaces count.
    Code,
    /// The text of a footnote; its number is the note's label.
    Footnote,
}

impl BlockKind {
    /// The kind of a special paragraph.
    pub(crate) fn of(special: Special) -> Self {
        match special {
            Special::NoteAuthor => Self::NoteAuthor,
            Special::NoteEditor => Self::NoteEditor,
            Special::NotePublic => Self::NotePublic,
            Special::Date => Self::Date,
            Special::Salutation => Self::Salutation,
            Special::AttachmentList => Self::AttachmentList,
            Special::AttachmentHead => Self::AttachmentHead,
        }
    }
}

/// One block. Number, gap, text and close in a row are the source's characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// A heading's level, from 1; else 0.
    pub level: usize,
    /// The number as printed, with its mark.
    pub number: Option<String>,
    /// The space printed between number and text.
    pub gap: String,
    /// The text.
    pub text: String,
    /// The 。 that closes a heading, which is no part of its text.
    pub close: String,
    /// Whether the heading is the first sentence of its paragraph; the next block is the rest.
    pub run_in: bool,
    /// Its line in the capture, from 1.
    pub line: usize,
    /// The value of the number; for 1.2 both.
    pub path: Vec<u32>,
    /// Whether the number is of the form 1.2, which names its parents itself.
    pub decimal: bool,
    /// Whether the heading only stands in a printed table of contents. The text has it again where its section begins, so in
    /// Markdown it is a plain line.
    pub contents: bool,
    /// Whether its words are in the record, so that the text does not repeat them.
    pub recorded: bool,
    /// The level that the capture's format gives a heading, from 1; 0 where it gives none.
    pub styled: usize,
    /// What the capture's format says it is.
    pub form: Form,
    /// The quotations and list items it stands in.
    pub inside: Vec<Inside>,
    /// What is said of parts of it; the ranges are bytes of [`Block::printed`].
    pub marks: Vec<Mark>,
    /// The side that it is set to.
    pub align: Option<Align>,
}

impl Block {
    /// A block without number and text.
    pub fn new(kind: BlockKind, line: usize) -> Self {
        Self {
            kind,
            level: 0,
            number: None,
            gap: String::new(),
            text: String::new(),
            close: String::new(),
            run_in: false,
            line,
            path: Vec::new(),
            decimal: false,
            contents: false,
            recorded: false,
            styled: 0,
            form: Form::Paragraph,
            inside: Vec::new(),
            marks: Vec::new(),
            align: None,
        }
    }

    /// The whole block as printed.
    pub fn printed(&self) -> String {
        [self.number.as_deref().unwrap_or_default(), &self.gap, &self.text, &self.close].concat()
    }
}

/// Something a person should look at, at a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Position among the paragraphs, from 0.
    pub paragraph: usize,
    /// What is odd, without its place.
    pub fault: Diagnostic,
}
