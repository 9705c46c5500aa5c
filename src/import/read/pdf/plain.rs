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
    use super::of;

    #[test]
    fn what_is_drawn_and_what_is_meant() {
        let meant = |character| of(character).unwrap_or_default();
        assert_eq!(['ﬁ', 'ﬃ', '⼀', '⻓', '⺟'].map(meant), ["fi", "ffi", "一", "长", "母"]);
        assert_eq!(['一', 'f', '①', 'Ａ'].map(of), [const { None }; 4]);
    }
}
