//! Characters that fonts have and no text: letters that are drawn as one, and radicals, which look like the character that they
//! are the part of. Nobody finds a word that is written with them.

use unicode_normalization::UnicodeNormalization;

/// Radicals that have no plain character in Unicode, with the one that looks the same.
const RADICALS: [(char, char); 27] = [
    ('⺁', '厂'),
    ('⺒', '巳'),
    ('⺠', '民'),
    ('⺶', '羊'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻰', '龙'),
];

/// Fonts of symbols, which have their signs at places that Unicode leaves to everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Symbols {
    /// Wingdings, and the font that LibreOffice has for it.
    Dings,
    /// Symbol.
    Greek,
}

/// The signs of Wingdings that are marks before items.
const DINGS: [(char, char); 13] = [
    ('\u{f06c}', '●'),
    ('\u{f06e}', '■'),
    ('\u{f06f}', '□'),
    ('\u{f071}', '❑'),
    ('\u{f075}', '◆'),
    ('\u{f076}', '❖'),
    ('\u{f09f}', '•'),
    ('\u{f0a7}', '▪'),
    ('\u{f0a8}', '◻'),
    ('\u{f0b7}', '•'),
    ('\u{f0d8}', '➢'),
    ('\u{f0fc}', '✓'),
    ('\u{f0fe}', '☑'),
];

/// The signs of Symbol that formulas and lists have.
const GREEK: [(char, char); 22] = [
    ('\u{f028}', '('),
    ('\u{f029}', ')'),
    ('\u{f02b}', '+'),
    ('\u{f02d}', '−'),
    ('\u{f03c}', '<'),
    ('\u{f03d}', '='),
    ('\u{f03e}', '>'),
    ('\u{f044}', 'Δ'),
    ('\u{f053}', 'Σ'),
    ('\u{f057}', 'Ω'),
    ('\u{f061}', 'α'),
    ('\u{f062}', 'β'),
    ('\u{f064}', 'δ'),
    ('\u{f06c}', 'λ'),
    ('\u{f06d}', 'μ'),
    ('\u{f070}', 'π'),
    ('\u{f0a3}', '≤'),
    ('\u{f0b3}', '≥'),
    ('\u{f0b4}', '×'),
    ('\u{f0b7}', '•'),
    ('\u{f0b8}', '÷'),
    ('\u{f0b9}', '≠'),
];

impl Symbols {
    /// The signs of a font, by its name.
    pub(super) fn of(font: &str) -> Option<Self> {
        if font.contains("Wingdings") || font.contains("OpenSymbol") {
            return Some(Self::Dings);
        }
        font.contains("Symbol").then_some(Self::Greek)
    }

    /// The sign at a place of the font.
    pub(super) fn sign(self, character: char) -> Option<String> {
        let mut signs = if self == Self::Dings { DINGS.iter() } else { GREEK.iter() };
        signs.find(|(own, _)| *own == character).map(|(_, sign)| sign.to_string())
    }
}

/// The plain characters that one stands for.
pub(super) fn of(character: char) -> Option<String> {
    match character {
        '\u{fb00}'..='\u{fb06}' | '\u{2f00}'..='\u{2fd5}' | '\u{2e9f}' | '\u{2ef3}' => {
            Some(std::iter::once(character).nfkc().collect())
        }
        '\u{2e80}'..='\u{2ef3}' => {
            RADICALS.iter().find(|(radical, _)| *radical == character).map(|(_, plain)| plain.to_string())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Symbols, of};

    #[test]
    fn what_is_drawn_and_what_is_meant() {
        let meant = |character| of(character).unwrap_or_default();
        assert_eq!(['ﬁ', 'ﬃ', '⼀', '⻓', '⺟'].map(meant), ["fi", "ffi", "一", "长", "母"]);
        assert_eq!(['一', 'f', '①', 'Ａ'].map(of), [const { None }; 4]);
        let sign = |font| Symbols::of(font).and_then(|symbols| symbols.sign('\u{f06c}')).unwrap_or_default();
        assert_eq!(["ABCDEF+Wingdings", "SymbolMT", "SimSun"].map(sign), ["●", "λ", ""]);
    }
}
