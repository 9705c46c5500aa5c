//! A copy of the text for matching, with the way back to the source (rule R1).
//!
//! Captures mix full-width and half-width brackets, colons and digits in one line, pad with U+3000, and print （一） as the
//! single character ㈠. Patterns would double in number if they had to know all that, so they see a folded copy; what is
//! kept and shown is always a slice of the source, found again through the offset map.

use std::ops::Range;

/// A folded copy of a piece of text.
#[derive(Debug, Clone)]
pub(crate) struct Folded {
    /// The copy: full-width ASCII as ASCII, wide and no-break spaces as spaces, ㈠ ⑴ ⒈ spelled out, no invisible characters.
    pub text: String,
    /// For each byte of the copy, and for its end, the byte of the source it came from.
    source: Vec<usize>,
}

impl Folded {
    /// The range of the source that a range of the copy came from. Both ends must be character boundaries of the copy.
    pub(crate) fn back(&self, range: Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.source.get(byte).or(self.source.last()).copied().unwrap_or(0);
        let start = at(range.start);
        start..at(range.end).max(start)
    }
}

/// Folds a whole text.
pub(crate) fn fold(text: &str) -> Folded {
    prefix(text, usize::MAX)
}

/// Folds at most the first `limit` characters, for patterns that only look at a paragraph's start.
pub(crate) fn prefix(text: &str, limit: usize) -> Folded {
    let bytes = text.len().min(limit.saturating_mul(4));
    let mut folded = Folded { text: String::with_capacity(bytes + 8), source: Vec::with_capacity(bytes + 9) };
    let mut end = 0;
    for (at, character) in text.char_indices().take(limit) {
        end = at + character.len_utf8();
        let before = folded.text.len();
        match spelled_out(character) {
            Some((open, value, close)) => {
                folded.text.push_str(open);
                folded.text.push_str(value);
                folded.text.push_str(close);
            }
            None => {
                if let Some(character) = fold_character(character) {
                    folded.text.push(character);
                }
            }
        }
        // Only the first byte of an expansion stands for the start of its character; a range that ends inside ends after it.
        if folded.text.len() > before {
            folded.source.push(at);
            folded.source.resize(folded.text.len(), end);
        }
    }
    folded.source.push(end);
    folded
}

/// One character of the copy; `None` for what prints nothing.
pub(crate) fn fold_character(character: char) -> Option<char> {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => None,
        _ if character.is_whitespace() => Some(' '),
        _ => Some(character),
    }
}

/// The parts of an enclosed number: ㈠ is `(` 一 `)`, ⑴ is `(` 1 `)`, ⒈ is 1 `.`
fn spelled_out(character: char) -> Option<(&'static str, &'static str, &'static str)> {
    const HAN: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    const ARABIC: [&str; 20] =
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"];
    let nth = |first: char| usize::try_from(u32::from(character) - u32::from(first)).unwrap_or(usize::MAX);
    match character {
        '\u{3220}'..='\u{3229}' => HAN.get(nth('\u{3220}')).map(|value| ("(", *value, ")")),
        '\u{2474}'..='\u{2487}' => ARABIC.get(nth('\u{2474}')).map(|value| ("(", *value, ")")),
        '\u{2488}'..='\u{249b}' => ARABIC.get(nth('\u{2488}')).map(|value| ("", *value, ".")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_enclosed_numbers() {
        for (source, copy) in
            [("（一）　甲", "(一) 甲"), ("㈡乙", "(二)乙"), ("⑴⒊丙：", "(1)3.丙:"), ("\u{feff}１．\u{a0}丁", "1. 丁")]
        {
            assert_eq!(fold(source).text, copy);
        }
    }

    #[test]
    fn the_way_back() {
        let source = "　㈡修复";
        let folded = fold(source);
        assert_eq!(folded.text, " (二)修复");
        let number = folded.back(1..1 + "(二)".len());
        assert_eq!(&source[number], "㈡");
        assert_eq!(&source[folded.back(folded.text.len() - 6..folded.text.len())], "修复");
        assert_eq!(folded.back(0..folded.text.len()), 0..source.len());
    }

    #[test]
    fn a_prefix_is_enough() {
        let folded = prefix("一二三四", 2);
        assert_eq!(folded.text, "一二");
        assert_eq!(folded.back(0..6), 0..6);
    }
}
