//! What stands for words that are redacted: in a text while it is parsed, and for readers.

use std::borrow::Cow;

/// What readers see.
pub(crate) const BAR: &str = "██████";

/// Begins what stands for words.
const START: char = '\u{FDD0}';

/// Digits of its number: sixteen characters from here.
const DIGITS: u32 = 0xFDE0;

/// Fills what no character of three bytes fits into.
const FILL: char = '\u{7F}';

/// Words that are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The words with their markup.
    pub(crate) words: String,
    /// Why; may be empty.
    pub reason: String,
}

impl Redacted {
    /// The words as they stood on pages: without signs of markup.
    pub(crate) fn plain_words(&self) -> String {
        self.words.chars().filter(|character| !matches!(character, '*' | '_' | '`' | '\\' | '[' | ']')).collect()
    }
}

/// Whether something stands in for words.
pub(super) fn is_in(hidden: &str) -> bool {
    hidden.contains(START)
}

/// A text as readers get it: a bar for each place.
pub(crate) fn shown(hidden: &str) -> Cow<'_, str> {
    if !hidden.contains(START) {
        return Cow::Borrowed(hidden);
    }
    let pieces = pieces(hidden).into_iter();
    Cow::Owned(pieces.map(|piece| if let Piece::Words(words) = piece { words } else { BAR }).collect())
}

/// A stretch of a hidden text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    /// A place, with the number of what is hidden there.
    Place(u32),
}

/// The stretches of a hidden text.
pub(super) fn pieces(hidden: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = hidden;
    while let Some(at) = rest.find(START) {
        pieces.push(Piece::Words(&rest[..at]));
        let behind = &rest[at + START.len_utf8()..];
        let digit = |character: char| u32::from(character).checked_sub(DIGITS).filter(|digit| *digit < 16);
        let digits = behind.chars().map_while(digit);
        let (mut number, mut length) = (0_u32, 0);
        for digit in digits {
            number = number.wrapping_mul(16).wrapping_add(digit);
            length += START.len_utf8();
        }
        pieces.push(Piece::Place(number));
        rest = &behind[length..];
        rest = rest.trim_start_matches(FILL);
    }
    pieces.push(Piece::Words(rest));
    pieces.retain(|piece| *piece != Piece::Words(""));
    pieces
}

/// Something that takes so many bytes and carries a number.
pub(super) fn push_place(bytes: usize, number: usize, out: &mut String) {
    let digits = (bytes / START.len_utf8()).saturating_sub(1);
    out.push(START);
    for place in (0..digits).rev() {
        let digit = if place < 8 { number >> (4 * place) & 15 } else { 0 };
        out.extend(u32::try_from(digit).ok().and_then(|digit| char::from_u32(DIGITS + digit)));
    }
    out.extend(std::iter::repeat_n(FILL, bytes % START.len_utf8()));
}
