//! The language of a text, as far as its characters tell.
//!
//! Three answers, or none: `zh-Hans`, `zh-Hant`, `en`. A text is Chinese when at least a tenth of its letters are Chinese
//! characters. Which script it is in, characters tell that only one of the two has; the commonest two dozen pairs occur in
//! any page of text. Anything else is English when nearly all letters are ASCII, and left open otherwise.

use crate::import::block::Block;
use crate::import::meta::is_han_character;

/// Characters of simplified script alone, in the order of their numbers.
const SIMPLIFIED: [char; 32] = [
    '业', '东', '为', '书', '们', '会', '动', '发', '国', '学', '实', '对', '时', '样', '经', '见', '议', '记', '论',
    '设', '证', '识', '话', '语', '说', '车', '这', '长', '门', '问', '间', '马',
];
/// The same ones in traditional script.
const TRADITIONAL: [char; 32] = [
    '們', '動', '問', '國', '學', '實', '對', '時', '書', '會', '東', '業', '樣', '為', '發', '經', '見', '記', '設',
    '話', '語', '說', '論', '證', '識', '議', '車', '這', '長', '門', '間', '馬',
];

/// Letters that are looked at; more do not change the answer.
const ENOUGH: usize = 2_000;

/// The language tag (BCP 47) of a text.
pub(crate) fn of(blocks: &[Block]) -> Option<&'static str> {
    let letters = blocks
        .iter()
        .flat_map(|block| block.text.chars())
        .filter(|character| is_han_character(*character) || character.is_alphabetic())
        .take(ENOUGH);
    let (mut all, mut han, mut ascii, mut simplified, mut traditional) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for letter in letters {
        all += 1;
        ascii += usize::from(letter.is_ascii());
        if is_han_character(letter) {
            han += 1;
            simplified += usize::from(SIMPLIFIED.binary_search(&letter).is_ok());
            traditional += usize::from(TRADITIONAL.binary_search(&letter).is_ok());
        }
    }
    match all {
        0 => None,
        _ if han * 10 >= all => Some(if traditional > simplified { "zh-Hant" } else { "zh-Hans" }),
        _ => (ascii * 100 >= all * 95).then_some("en"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::block::{Block, BlockKind};

    #[test]
    fn characters_are_in_order() {
        assert!(SIMPLIFIED.is_sorted() && TRADITIONAL.is_sorted());
    }

    #[test]
    fn languages() {
        for (text, language) in [
            ("库房的钥匙由两个人保管，这是多年的规矩。", Some("zh-Hans")),
            ("庫房的鑰匙由兩個人保管，這是多年的規矩。", Some("zh-Hant")),
            ("The keys are kept by two people.", Some("en")),
            ("Ключи хранят двое.", None),
            ("123", None),
        ] {
            let block = Block { text: text.to_string(), ..Block::new(BlockKind::Paragraph, 1) };
            assert_eq!(of(&[block]), language, "{text}");
        }
    }
}
