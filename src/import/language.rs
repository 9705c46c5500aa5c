//! The language of a text, as far as its characters tell.
//!
//! Three answers, or none: `zh-Hans`, `zh-Hant`, `en`. A text is Chinese when at least a tenth of its letters are Chinese
//! characters. Which script it is in, characters tell that only one of the two has; the commonest two dozen pairs occur in
//! any page of text. Anything else is English when nearly all letters are ASCII, and left open otherwise.

use super::Block;
use super::meta::is_han_character;

const SIMPLIFIED: &str = "们这国会对时为说东车马门问间学实发经样业动长书见语话记议设证识论";
const TRADITIONAL: &str = "們這國會對時為說東車馬門問間學實發經樣業動長書見語話記議設證識論";

/// Letters that are looked at; more do not change the answer.
const ENOUGH: usize = 20_000;

/// The language tag (BCP 47) of a text.
pub(super) fn of(blocks: &[Block]) -> Option<&'static str> {
    let letters =
        blocks.iter().flat_map(|block| block.text.chars()).filter(|character| character.is_alphabetic()).take(ENOUGH);
    let (mut all, mut han, mut ascii, mut simplified, mut traditional) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    for letter in letters {
        all += 1;
        ascii += usize::from(letter.is_ascii());
        if is_han_character(letter) {
            han += 1;
            simplified += usize::from(SIMPLIFIED.contains(letter));
            traditional += usize::from(TRADITIONAL.contains(letter));
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
    use super::super::{Block, Kind};
    use super::*;

    #[test]
    fn languages() {
        for (text, language) in [
            ("库房的钥匙由两个人保管，这是多年的规矩。", Some("zh-Hans")),
            ("庫房的鑰匙由兩個人保管，這是多年的規矩。", Some("zh-Hant")),
            ("The keys are kept by two people.", Some("en")),
            ("Ключи хранят двое.", None),
            ("123", None),
        ] {
            let block = Block { text: text.to_string(), ..Block::new(Kind::Paragraph, 1) };
            assert_eq!(of(&[block]), language, "{text}");
        }
    }
}
