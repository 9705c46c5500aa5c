//! How names are filed: under which letter, and in which order.
//!
//! Chinese names stand in the order of their pinyin, character by character (GB/T 13418): all of one surname together,
//! then by the next character. Readings come from the crate `pinyin`, one usual reading a character; what a surname or
//! the beginning of a place's name reads otherwise is in the tables below, and a record may always say `sort` itself.

use pinyin::ToPinyin;

use super::numbers;
use super::readings::{self, Of};
use unicode_normalization::UnicodeNormalization;

/// Where a name is filed. Orders as the index does: by letter, then by reading, then by the characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Filing {
    /// `A` to `Z`, then `#` for what has no letter.
    pub letter: Letter,
    key: String,
}

/// The heading that a name stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Letter {
    /// `A` to `Z`.
    Latin(char),
    /// What begins with a figure or with another script.
    Other,
}

impl Filing {
    /// Files a person by the name that sorts.
    pub(crate) fn of_person(name: &str) -> Self {
        Self::new(name, Of::Person)
    }

    /// Files an office, subject or place.
    pub(crate) fn of_name(name: &str) -> Self {
        Self::new(name, Of::Name)
    }

    fn new(name: &str, of: Of) -> Self {
        let characters: Vec<char> = name.chars().collect();
        let readings = readings::of(&characters, of);
        let reading_at = |at: usize| {
            let usual = || characters[at].to_pinyin().map(pinyin::Pinyin::with_tone_num_end);
            readings[at].or_else(usual)
        };
        let mut key = Key::default();
        let mut at = 0;
        while at < characters.len() {
            if let Some(number) = numbers::at(&characters, at).filter(|_| of == Of::Name || !is_han(characters[at])) {
                key.begins_with(reading_at(at).unwrap_or("0"));
                number.write(&mut key.text);
                at += number.length;
                continue;
            }
            match reading_at(at) {
                Some(reading) => key.syllable(reading, characters[at]),
                None => key.other(characters[at]),
            }
            at += 1;
        }
        let letter = key.first.filter(char::is_ascii_uppercase).map_or(Letter::Other, Letter::Latin);
        Self { letter, key: key.text }
    }
}

/// By what titles and files stand in order: as names do, whatever letter they begin with.
pub(crate) fn natural(title: &str) -> String {
    Filing::of_name(title).key
}

/// What is compared, as it grows.
#[derive(Debug, Default)]
struct Key {
    text: String,
    /// The first letter or figure.
    first: Option<char>,
}

impl Key {
    fn begins_with(&mut self, text: &str) {
        let first = || text.chars().find(|character| character.is_alphanumeric());
        self.first = self.first.or_else(|| first().map(|first| first.to_ascii_uppercase()));
    }

    /// A shorter syllable stands before a longer one that begins like it, whatever the tone.
    fn syllable(&mut self, reading: &str, character: char) {
        self.begins_with(reading);
        let tone = usize::from(reading.ends_with(|c: char| c.is_ascii_digit()));
        let (syllable, tone) = reading.split_at(reading.len() - tone);
        self.text.push_str(syllable);
        self.text.push('\u{1}');
        self.text.push_str(tone);
        self.text.push(character);
    }

    /// A letter without its marks and its case, or any other sign.
    fn other(&mut self, character: char) {
        let start = self.text.len();
        self.text.extend(character.nfd().filter(|part| !is_mark(*part)).flat_map(char::to_lowercase));
        let added = self.text[start..].to_string();
        self.begins_with(&added);
    }
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3007}' | '\u{3400}'..='\u{9fff}')
}

fn is_mark(character: char) -> bool {
    matches!(u32::from(character), 0x300..=0x36f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_stand_in_the_order_of_their_pinyin() {
        let mut names = [
            "张佐",
            "章程",
            "曾国藩",
            "欧阳修",
            "Émile Zola",
            "阿炳",
            "李大钊",
            "梁启超",
            "黎元洪",
            "解缙",
            "谢安",
            "單士元",
            "ann",
            "7人小组",
            "张 三",
            "安德海",
        ];
        names.sort_by_key(|name| Filing::of_person(name));
        let filed: Vec<String> = names
            .iter()
            .map(|name| match Filing::of_person(name).letter {
                Letter::Latin(letter) => format!("{letter} {name}"),
                Letter::Other => format!("# {name}"),
            })
            .collect();
        let expected = [
            "A 阿炳",
            "A 安德海",
            "A ann",
            "E Émile Zola",
            "L 黎元洪",
            "L 李大钊",
            "L 梁启超",
            "O 欧阳修",
            "S 單士元",
            "X 解缙",
            "X 谢安",
            "Z 曾国藩",
            "Z 张 三",
            "Z 张佐",
            "Z 章程",
            "# 7人小组",
        ];
        assert_eq!(filed, expected);
    }

    #[test]
    fn places_have_readings_of_their_own() {
        let letter = |name: &str| Filing::of_name(name).letter;
        assert_eq!(letter("重庆市档案馆"), Letter::Latin('C'));
        assert_eq!(letter("长沙"), Letter::Latin('C'));
        assert_eq!(letter("重大事项"), Letter::Latin('Z'));
        assert_eq!(letter("调查研究"), Letter::Latin('D'));
        assert_eq!(letter("あいう"), Letter::Other);
        for (name, initial) in [
            ("犍为", 'Q'),
            ("藏族", 'Z'),
            ("重阳节", 'C'),
            ("校对", 'J'),
            ("会计", 'K'),
            ("會計", 'K'),
            ("莘庄", 'X'),
            ("长子", 'Z'),
            ("长潭", 'C'),
            ("泌阳", 'B'),
            ("三年规划", 'S'),
            ("1952年", '#'),
        ] {
            let expected = if initial == '#' { Letter::Other } else { Letter::Latin(initial) };
            assert_eq!(letter(name), expected, "{name}");
        }
    }

    #[test]
    fn numbers_stand_by_their_value() {
        let ordered = [
            "1952年简报",
            "１９５３年简报",
            "第1期",
            "第二期",
            "第３期",
            "第十期",
            "第11期",
            "第一百零二期",
            "附件（二）",
            "附件（十）",
            "简报一九四九年",
            "简报一九五〇年",
            "江城志（上）",
            "江城志（中）",
            "江城志（下）",
            "F2",
            "F10",
        ];
        for part in [&ordered[..2], &ordered[2..8], &ordered[8..10], &ordered[10..12], &ordered[12..15], &ordered[15..]]
        {
            let mut sorted = part.to_vec();
            sorted.reverse();
            sorted.sort_by_key(|title| natural(title));
            assert_eq!(sorted, part);
        }
        assert_ne!(natural("统一"), natural("统1"), "a numeral in a word is no number");
    }
}
