//! What searching takes to be the same: width, case, traditional and simplified, variant characters.
//!
//! A text is folded into a sequence of UTF-16 code units, because that is what a script sees too: the index is made here,
//! queries and excerpts are folded by `static/fold.js`, and both must agree to the letter. The steps, for each character
//! with the marks that follow it: NFKC (UAX 15), lower case, [`variants`]. Then only letters, marks and numbers
//! stay; punctuation, symbols and white space go, so that a phrase is found however an edition punctuates it. Numerals
//! are left alone: 二 is not 2.
//!
//! Scripts that are set solid (Han, kana, hangul …) give one token a character. All others give words: runs of
//! letters, each closed by [`WORD_END`], so that `art` is not found in `party`.

pub(crate) mod variants;

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Ends a passage. Nothing is found across it.
pub const END: u16 = 0;
/// Ends a word.
pub const WORD_END: u16 = 0x20;

/// Left out, and a word before it ends.
const GAP: u16 = 0;
/// Left out as if it were not there.
const NOTHING: u16 = 1;
/// Belongs to the character before it.
const MARK: u16 = 2;
/// Becomes more than one unit, or none that fits here.
const LONG: u16 = 3;

/// Characters that a reader does not see (UAX 44, Default_Ignorable_Code_Point, as far as texts have them).
fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0xad | 0x34f | 0x180b..=0x180f | 0x200b..=0x200f | 0x2060..=0x2064 | 0xfe00..=0xfe0f | 0xfeff | 0xe0100..=0xe01ef)
}

/// Marks, and the parts of a hangul syllable or of a narrow kana that NFKC joins to the character before them.
fn is_mark(character: char) -> bool {
    is_combining_mark(character) || matches!(u32::from(character), 0x1160..=0x11ff | 0xff9e | 0xff9f)
}

/// Whether a unit belongs to a script that is set without spaces: each is a token.
pub(crate) fn is_solid(unit: u16) -> bool {
    // Nearly all are.
    if (0x4e00..0xa000).contains(&unit) {
        return true;
    }
    matches!(unit,
        0x0e00..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17ff | 0x2e80..=0xa4cf | 0xa960..=0xa97f | 0xac00..=0xdfff
        | 0xf900..=0xfaff)
}

/// Whether a token begins with a unit.
pub fn begins_token(before: u16, unit: u16) -> bool {
    match unit {
        END | WORD_END | 0xdc00..=0xdfff => false,
        _ if is_solid(unit) => true,
        _ => before == END || before == WORD_END || is_solid(before),
    }
}

/// What a character of the Basic Multilingual Plane becomes, by blocks of 256 that are filled when first met.
#[derive(Debug)]
pub struct Folder {
    blocks: [OnceLock<Box<[u16; 256]>>; 256],
}

/// The one folder: what it knows is the same for everybody.
pub fn folder() -> &'static Folder {
    static FOLDER: Folder = Folder { blocks: [const { OnceLock::new() }; 256] };
    &FOLDER
}

impl Folder {
    fn look_up(&self, character: char) -> u16 {
        let Ok(unit) = u16::try_from(u32::from(character)) else {
            return match character {
                _ if is_invisible(character) => NOTHING,
                _ if is_mark(character) => MARK,
                _ => LONG,
            };
        };
        let block = self.blocks[usize::from(unit >> 8)].get_or_init(|| {
            let mut block = Box::new([GAP; 256]);
            for (low, folded) in block.iter_mut().enumerate() {
                // 256 values of the low byte; surrogates are no characters.
                if let Some(character) = char::from_u32(u32::from(unit & 0xff00) | low as u32) {
                    *folded = short(character);
                }
            }
            block
        });
        block[usize::from(unit & 0xff)]
    }

    /// Appends a passage, given in pieces, and its end; a passage without a letter leaves nothing. Says whether a
    /// character of a script set solid was spelled otherwise, so that a reader needs the table of variants.
    pub(crate) fn fold(&self, pieces: &[&str], out: &mut Vec<u16>) -> bool {
        let mut varied = false;
        let start = out.len();
        let mut writer = Writer { out, start, in_word: false };
        let mut cluster = String::new();
        // The character that marks may follow, and where the writer was before it.
        let mut base: Option<(char, At)> = None;
        for character in pieces.iter().flat_map(|piece| piece.chars()) {
            match self.look_up(character) {
                NOTHING => {}
                MARK if base.is_some() => {
                    if let Some((character, at)) = base {
                        if cluster.is_empty() {
                            cluster.push(character);
                        }
                        writer.rewind(at);
                    }
                    cluster.push(character);
                    varied = true;
                    writer.long(&cluster);
                }
                folded => {
                    cluster.clear();
                    base = Some((character, writer.at()));
                    match folded {
                        GAP => writer.gap(),
                        MARK | LONG => {
                            varied = true;
                            writer.long(character.encode_utf8(&mut [0; 4]));
                        }
                        unit => {
                            varied |= u32::from(unit) != u32::from(character) && is_solid(unit);
                            writer.unit(unit);
                        }
                    }
                }
            }
        }
        writer.finish();
        varied
    }

    /// The standard character of one that may be a variant, where that is one.
    pub(crate) fn standard(&self, character: char) -> char {
        match self.look_up(character) {
            GAP | NOTHING | MARK | LONG => character,
            unit => char::from_u32(u32::from(unit)).unwrap_or(character),
        }
    }

    /// A text as a query has it: without the end.
    pub fn folded(&self, text: &str) -> Vec<u16> {
        let mut out = Vec::new();
        self.fold(&[text], &mut out);
        out.pop();
        out
    }
}

struct Writer<'a> {
    out: &'a mut Vec<u16>,
    start: usize,
    in_word: bool,
}

/// Where a writer is, so that it can be put back there.
#[derive(Clone, Copy)]
struct At {
    length: usize,
    in_word: bool,
}

impl Writer<'_> {
    fn unit(&mut self, unit: u16) {
        if is_solid(unit) {
            self.gap();
        } else {
            self.in_word = true;
        }
        self.out.push(unit);
    }

    fn long(&mut self, cluster: &str) {
        for folded in long(cluster) {
            match folded {
                Some(letter) => letter.encode_utf16(&mut [0; 2]).iter().for_each(|unit| self.unit(*unit)),
                None => self.gap(),
            }
        }
    }

    fn gap(&mut self) {
        if std::mem::take(&mut self.in_word) {
            self.out.push(WORD_END);
        }
    }

    fn at(&self) -> At {
        At { length: self.out.len(), in_word: self.in_word }
    }

    fn rewind(&mut self, at: At) {
        self.out.truncate(at.length);
        self.in_word = at.in_word;
    }

    fn finish(&mut self) {
        self.gap();
        if self.out.len() > self.start {
            self.out.push(END);
        }
    }
}

/// Folds a character with its marks: letters, and gaps where something else stood.
fn long(cluster: &str) -> impl Iterator<Item = Option<char>> {
    let folded = cluster.nfkc().flat_map(char::to_lowercase).map(variants::standard);
    folded
        .filter(|character| !is_invisible(*character))
        .map(|character| Some(character).filter(|_| character.is_alphanumeric() || is_combining_mark(character)))
}

/// A character by itself as one unit, where that can be.
fn short(character: char) -> u16 {
    if is_invisible(character) {
        return NOTHING;
    }
    if is_mark(character) {
        return MARK;
    }
    let mut buffer = [0; 4];
    let mut folded = long(character.encode_utf8(&mut buffer));
    match (folded.next(), folded.next()) {
        (None | Some(None), None) => GAP,
        (Some(Some(letter)), None) => u16::try_from(u32::from(letter)).unwrap_or(LONG),
        _ => LONG,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        String::from_utf16_lossy(&folder().folded(text))
    }

    #[test]
    fn width_case_and_spelling() {
        assert_eq!(folded("發展，生產力！"), "发展生产力");
        assert_eq!(folded("ＡＢＣ　１２３"), "abc 123 ");
        assert_eq!(folded("2017年GDP增长6.9％"), "2017 年gdp 增长6 9 ");
        assert_eq!(folded("二○一七年 二〇一七年"), "二〇一七年二〇一七年");
        assert_eq!(folded("㈠① ½"), "一1 1 2 ");
        assert_eq!(folded("羣衆、敎育"), "群众教育");
    }

    #[test]
    fn marks_belong_to_what_they_mark() {
        assert_eq!(folded("cafe\u{301} CAFÉ"), "café café ");
        assert_eq!(folded("ｶﾞ ガ"), "ガガ");
        assert_eq!(folded("\u{1112}\u{1161}\u{11ab}"), "한");
        assert_eq!(folded("\u{301}a"), "\u{301}a ");
        assert_eq!(folded("葛\u{e0100}城\u{fe00}soft\u{ad}hyphen"), "葛城softhyphen ");
    }

    #[test]
    fn words_and_tokens() {
        let units = folder().folded("a b中文c𠮷");
        let begins: Vec<bool> =
            (0..units.len()).map(|at| begins_token(if at == 0 { END } else { units[at - 1] }, units[at])).collect();
        assert_eq!(String::from_utf16_lossy(&units), "a b 中文c 𠮷");
        assert_eq!(begins, [true, false, true, false, true, true, true, false, true, false]);
        assert_eq!(folded("，。—— …"), "");
    }
}
