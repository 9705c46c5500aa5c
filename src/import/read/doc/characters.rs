//! The characters of a Word file, in the order of the text ([MS-DOC] 2.4.1, 2.8.35 to 2.9.177).
//!
//! The text lies in pieces all over the stream, each of one or of two bytes a character. What is said of the text is said of
//! places in the stream, so each character keeps its place.

use super::bytes::{Plc, position_at, u16_at};
use super::file::{Place, WordFile};

/// A run of characters that lie one behind the other in the stream.
#[derive(Debug, Clone)]
struct TextPiece {
    /// The first character's number.
    start: usize,
    end: usize,
    /// Where it lies in the stream, in bytes.
    at: usize,
    /// Bytes of a character.
    width: usize,
    /// What the piece says of its text besides: a property, or properties of the list of them.
    modifier: u16,
}

/// All characters of the file: text, notes, comments, text boxes.
#[derive(Debug, Default)]
pub(super) struct Characters {
    pieces: Vec<TextPiece>,
    /// UTF-16, one unit a character of Word's counting.
    pub units: Vec<u16>,
    /// Properties that pieces refer to.
    modifiers: Vec<Vec<u8>>,
}

/// Characters of pieces with one byte that are not those of Latin-1 ([MS-DOC] 2.9.73, FcCompressed).
const ONE_BYTE: [(u8, u16); 27] = [
    (0x82, 0x201a),
    (0x83, 0x0192),
    (0x84, 0x201e),
    (0x85, 0x2026),
    (0x86, 0x2020),
    (0x87, 0x2021),
    (0x88, 0x02c6),
    (0x89, 0x2030),
    (0x8a, 0x0160),
    (0x8b, 0x2039),
    (0x8c, 0x0152),
    (0x8e, 0x017d),
    (0x91, 0x2018),
    (0x92, 0x2019),
    (0x93, 0x201c),
    (0x94, 0x201d),
    (0x95, 0x2022),
    (0x96, 0x2013),
    (0x97, 0x2014),
    (0x98, 0x02dc),
    (0x99, 0x2122),
    (0x9a, 0x0161),
    (0x9b, 0x203a),
    (0x9c, 0x0153),
    (0x9e, 0x017e),
    (0x9f, 0x0178),
    (0x80, 0x20ac),
];

impl Characters {
    /// Reads the pieces of a file; `None` where its index of them is damaged.
    pub(super) fn read(file: &WordFile) -> Option<Self> {
        let mut read = Self::default();
        let clx = file.part(Place::TextPieces);
        let mut at = 0;
        // Properties that pieces share come before the index.
        while clx.get(at) == Some(&1) {
            let size = usize::from(u16_at(clx, at + 1)?);
            read.modifiers.push(clx.get(at + 3..at + 3 + size)?.to_vec());
            at += 3 + size;
        }
        if clx.get(at) != Some(&2) {
            return None;
        }
        let size = position_at(clx, at + 1)?;
        let index = Plc::new(clx.get(at + 5..)?.get(..size).or_else(|| clx.get(at + 5..))?, 8);
        for number in 0..index.len() {
            read.piece(file, &index, number);
        }
        Some(read).filter(|read| !read.units.is_empty())
    }

    /// Adds a piece. Characters that a damaged file does not have are left out, and so are those that it has twice over.
    fn piece(&mut self, file: &WordFile, index: &Plc<'_>, number: usize) -> Option<()> {
        let (start, end) = (index.position(number)?, index.position(number + 1)?);
        let record = index.record(number)?;
        let place = position_at(record, 2)?;
        let modifier = u16_at(record, 6)?;
        let (at, width) = if place & 0x4000_0000 != 0 { ((place & 0x3fff_ffff) / 2, 1) } else { (place, 2) };
        let length = end.checked_sub(start)?;
        let bytes = file.word.get(at..at.checked_add(length.checked_mul(width)?)?)?;
        if start != self.units.len() || self.units.len() + length > file.word.len() {
            return None;
        }
        match width {
            1 => self.units.extend(bytes.iter().map(|byte| of_one_byte(*byte))),
            _ => self.units.extend(bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]))),
        }
        self.pieces.push(TextPiece { start, end, at, width, modifier });
        Some(())
    }

    /// Where a character lies in the stream, in bytes.
    pub(super) fn place(&self, number: usize) -> Option<usize> {
        let piece = self.piece_of(number)?;
        Some(piece.at + (number - piece.start) * piece.width)
    }

    /// The character after the last that lies with this one in a row.
    pub(super) fn row_end(&self, number: usize) -> usize {
        self.piece_of(number).map_or(number + 1, |piece| piece.end)
    }

    /// How many characters of the row of this one have places below a place.
    pub(super) fn number_before(&self, number: usize, place: usize) -> usize {
        let Some(piece) = self.piece_of(number) else { return number + 1 };
        (piece.start + place.saturating_sub(piece.at).div_ceil(piece.width)).clamp(number + 1, piece.end)
    }

    /// What the piece of a character says of it besides ([MS-DOC] 2.9.209, Prm): the index of a property and its value, or a
    /// list of properties.
    pub(super) fn modifier(&self, number: usize) -> Modifier<'_> {
        let modifier = self.piece_of(number).map_or(0, |piece| piece.modifier);
        match modifier {
            0 => Modifier::None,
            list if list & 1 == 1 => {
                let list = self.modifiers.get(usize::from(list >> 1));
                list.map_or(Modifier::None, |properties| Modifier::List(properties))
            }
            one => Modifier::One(u8::try_from((one >> 1) & 0x7f).unwrap_or_default(), (one >> 8) as u8),
        }
    }

    fn piece_of(&self, number: usize) -> Option<&TextPiece> {
        let at = self.pieces.partition_point(|piece| piece.end <= number);
        self.pieces.get(at).filter(|piece| piece.start <= number)
    }
}

/// What a piece says of its text besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modifier<'b> {
    None,
    /// The short number of a property, and its value.
    One(u8, u8),
    List(&'b [u8]),
}

fn of_one_byte(byte: u8) -> u16 {
    ONE_BYTE.iter().find(|(known, _)| *known == byte).map_or(u16::from(byte), |(_, unit)| *unit)
}
