//! How names are filed: under which letter, and in which order.
//!
//! Chinese names stand in the order of their pinyin, character by character (GB/T 13418): all of one surname together,
//! then by the next character. Readings come from the crate `pinyin`, one usual reading a character; what a surname or
//! the beginning of a place's name reads otherwise is in the tables below, and a record may always say `sort` itself.

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

/// Characters whose reading as a surname is not their usual one.
const SURNAMES: [(&str, &[&str]); 33] = [
    ("万俟", &["mo4", "qi2"]),
    ("单于", &["chan2", "yu2"]),
    ("尉迟", &["yu4", "chi2"]),
    ("尉遲", &["yu4", "chi2"]),
    ("澹台", &["tan2", "tai2"]),
    ("长孙", &["zhang3", "sun1"]),
    ("長孫", &["zhang3", "sun1"]),
    ("任", &["ren2"]),
    ("仇", &["qiu2"]),
    ("区", &["ou1"]),
    ("區", &["ou1"]),
    ("单", &["shan4"]),
    ("單", &["shan4"]),
    ("员", &["yun4"]),
    ("員", &["yun4"]),
    ("华", &["hua4"]),
    ("華", &["hua4"]),
    ("卜", &["bu3"]),
    ("宁", &["ning4"]),
    ("折", &["she2"]),
    ("曾", &["zeng1"]),
    ("朴", &["piao2"]),
    ("查", &["zha1"]),
    ("洗", &["xian3"]),
    ("盖", &["ge3"]),
    ("种", &["chong2"]),
    ("秘", &["bi4"]),
    ("繁", &["po2"]),
    ("缪", &["miao4"]),
    ("翟", &["zhai2"]),
    ("覃", &["qin2"]),
    ("解", &["xie4"]),
    ("乐", &["yue4"]),
];

/// Beginnings of other names that read otherwise than their first character alone.
const BEGINNINGS: [(&str, &[&str]); 24] = [
    ("乐亭", &["lao4", "ting2"]),
    ("乐清", &["yue4", "qing1"]),
    ("乐器", &["yue4", "qi4"]),
    ("六安", &["lu4", "an1"]),
    ("厦门", &["xia4", "men2"]),
    ("廈門", &["xia4", "men2"]),
    ("台州", &["tai1", "zhou1"]),
    ("朝阳", &["chao2", "yang2"]),
    ("枞阳", &["zong1", "yang2"]),
    ("浚县", &["xun4", "xian4"]),
    ("番禺", &["pan1", "yu2"]),
    ("蔚县", &["yu4", "xian4"]),
    ("蚌埠", &["beng4", "bu4"]),
    ("行唐", &["xing2", "tang2"]),
    ("调查", &["diao4", "cha2"]),
    ("調查", &["diao4", "cha2"]),
    ("调研", &["diao4", "yan2"]),
    ("重庆", &["chong2", "qing4"]),
    ("重慶", &["chong2", "qing4"]),
    ("重建", &["chong2", "jian4"]),
    ("铅山", &["yan2", "shan1"]),
    ("长", &["chang2"]),
    ("長", &["chang2"]),
    ("会稽", &["kuai4", "ji1"]),
];

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
        Self::new(name, &SURNAMES)
    }

    /// Files an office, subject or place.
    pub(crate) fn of_name(name: &str) -> Self {
        Self::new(name, &BEGINNINGS)
    }

    fn new(name: &str, table: &[(&str, &[&str])]) -> Self {
        let known = table.iter().find(|(beginning, _)| name.starts_with(beginning)).map_or(&[][..], |(_, read)| *read);
        let mut key = String::with_capacity(8 * name.len());
        for (at, character) in name.chars().enumerate() {
            let usual = character.to_pinyin().map(pinyin::Pinyin::with_tone_num_end);
            match known.get(at).copied().or(usual) {
                Some(reading) => {
                    // A shorter syllable stands before a longer one that begins like it, whatever the tone.
                    let (syllable, tone) =
                        reading.split_at(reading.len() - usize::from(reading.ends_with(|c: char| c.is_ascii_digit())));
                    key.push_str(syllable);
                    key.push('\u{1}');
                    key.push_str(tone);
                    key.push(character);
                }
                None => key.extend(character.nfd().filter(|part| !is_mark(*part)).flat_map(char::to_lowercase)),
            }
        }
        let first = key.chars().find(|character| character.is_alphanumeric()).map(|first| first.to_ascii_uppercase());
        let letter = first.filter(char::is_ascii_uppercase).map_or(Letter::Other, Letter::Latin);
        Self { letter, key }
    }
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
    }
}
