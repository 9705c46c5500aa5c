//! The streams of a Word file, and its index of what lies where ([MS-DOC] 2.5, File Information Block).

use super::bytes::{position_at, u16_at, u32_at};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::read::compound::Compound;

/// Word 97; what is lower is of Word 6 and 95, whose text is stored otherwise.
const OLDEST: u16 = 0x00c1;

/// Where the pairs of places and lengths begin (FibRgFcLcb97).
const PLACES: usize = 0x9a;

/// What lies in the table stream, by its pair's index.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    Styles = 1,
    FootnoteMarks = 2,
    FootnoteTexts = 3,
    Comments = 4,
    CharacterProperties = 12,
    ParagraphProperties = 13,
    Fonts = 15,
    BookmarkNames = 21,
    BookmarkStarts = 22,
    TextPieces = 33,
    Shapes = 40,
    EndnoteMarks = 46,
    EndnoteTexts = 47,
    Drawings = 50,
    TextBoxes = 56,
    Lists = 73,
    ListOverrides = 74,
}

/// Lengths of the parts of the text, in characters, in the order in which they lie one behind the other.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lengths {
    pub text: usize,
    pub footnotes: usize,
    pub headers: usize,
    pub macros: usize,
    pub comments: usize,
    pub endnotes: usize,
    pub boxes: usize,
}

impl Lengths {
    pub(super) fn footnotes_at(&self) -> usize {
        self.text
    }

    pub(super) fn endnotes_at(&self) -> usize {
        self.text + self.footnotes + self.headers + self.macros + self.comments
    }

    pub(super) fn boxes_at(&self) -> usize {
        self.endnotes_at() + self.endnotes
    }
}

/// A Word file.
#[derive(Debug)]
pub(super) struct WordFile {
    /// The stream with the text.
    pub word: Vec<u8>,
    table: Vec<u8>,
    /// The stream with pictures.
    pub data: Vec<u8>,
    pub lengths: Lengths,
    /// The properties of the document.
    pub summary: Option<Vec<u8>>,
}

impl WordFile {
    /// Opens a Word file.
    ///
    /// Errors: `not-a-document`, `old-word-file`, `encrypted-document`.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, Diagnostic> {
        let damaged = || Diagnostic::error(PackageMessage::DamagedWordFile);
        let mut compound = Compound::open(bytes).ok_or_else(damaged)?;
        let word = compound.stream("WordDocument").ok_or_else(damaged)?;
        let flags = u16_at(&word, 0x0a).ok_or_else(damaged)?;
        let version = u16_at(&word, 2).unwrap_or_default();
        if version < OLDEST {
            return Err(Diagnostic::error(PackageMessage::WordFileBefore97));
        }
        if flags & 0x0100 != 0 {
            return Err(Diagnostic::error(PackageMessage::EncryptedDocument { format: "Word" }));
        }
        let named = if flags & 0x0200 != 0 { ["1Table", "0Table"] } else { ["0Table", "1Table"] };
        let table = named.iter().find_map(|name| compound.stream(name)).ok_or_else(damaged)?;
        let length = |at: usize| position_at(&word, at).filter(|length| *length <= word.len()).unwrap_or(0);
        let lengths = Lengths {
            text: length(0x4c),
            footnotes: length(0x50),
            headers: length(0x54),
            macros: length(0x58),
            comments: length(0x5c),
            endnotes: length(0x60),
            boxes: length(0x64),
        };
        let data = compound.stream("Data").unwrap_or_default();
        let summary = compound.stream("\u{5}SummaryInformation");
        Ok(Self { word, table, data, lengths, summary })
    }

    /// What lies at a place of the table stream; empty where nothing does.
    pub(super) fn part(&self, place: Place) -> &[u8] {
        self.place(place).and_then(|(start, end)| self.table.get(start..end)).unwrap_or_default()
    }

    /// What lies at a place of the table stream, and all behind it.
    pub(super) fn part_and_rest(&self, place: Place) -> (&[u8], &[u8]) {
        let Some((start, end)) = self.place(place) else { return (&[], &[]) };
        (self.table.get(start..end).unwrap_or_default(), self.table.get(end..).unwrap_or_default())
    }

    fn place(&self, place: Place) -> Option<(usize, usize)> {
        let at = PLACES + 8 * place as usize;
        // How many pairs there are (cbRgFcLcb).
        let pairs = usize::from(u16_at(&self.word, PLACES - 2)?);
        let start = position_at(&self.word, at)?;
        let length = usize::try_from(u32_at(&self.word, at + 4)?).ok()?;
        ((place as usize) < pairs && length > 0).then_some((start, start.checked_add(length)?))
    }
}
