//! The language of a text, as far as its characters tell.
//!
//! Three answers, or none: `zh-Hans`, `zh-Hant`, `en`. A text is Chinese when at least a tenth of its letters are Chinese
//! characters. Which script it is in, characters tell that only one of the two has; the commonest two dozen pairs occur in
//! any page of text. Anything else is English when nearly all letters are ASCII, and left open otherwise.

use crate::import::block::Block;
use crate::import::meta::is_han_character;

const SIMPLIFIED: [char; 32] = [
    '们', '这', '国', '会', '对', '时', '为', '说', '东', '车', '马', '门', '问', '间', '学', '实', '发', '经', '样',
    '业', '动', '长', '书', '见', '语', '话', '记', '议', '设', '证', '识', '论',
];
const TRADITIONAL: [char; 32] = [
    '們', '這', '國', '會', '對', '時', '為', '說', '東', '車', '馬', '門', '問', '間', '學', '實', '發', '經', '樣',
    '業', '動', '長', '書', '見', '語', '話', '記', '議', '設', '證', '識', '論',
];

/// Letters that are looked at; more do not change the answer.
const ENOUGH: usize = 4_000;

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
            simplified += usize::from(SIMPLIFIED.contains(&letter));
            traditional += usize::from(TRADITIONAL.contains(&letter));
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
