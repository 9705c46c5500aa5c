//! Ids that survive editing.
//!
//! A section's id is, in this order: what the heading says in `{#…}`; its printed number below its parent's id
//! (一、 with （二） under it gives `s1-2`); its title, keeping Han. A paragraph's id comes from its first sixteen letters
//! and digits, so it survives when paragraphs are added around it, when punctuation is mended, and when its end is
//! edited. Paragraphs that begin alike are told apart by all of their words, and those of the same words by the words
//! around them. Nothing is ever counted from the top where anything else tells two apart: position is the first thing that
//! editing changes.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::printed_number;
use super::reserved::is_device;

/// Letters of a paragraph's id: no vowels, so that no words arise; no l, o, 0, 1, so that it can be read aloud.
const LETTERS: &[u8; 32] = b"bcdfghjkmnpqrstvwxyz23456789BCDF";

/// Characters of a block that its id depends on.
const BLOCK_PREFIX: usize = 16;

/// The longest id in bytes: file names may have 255.
pub(crate) const LONGEST: usize = 120;

/// Hands out ids that are unique within one document.
#[derive(Debug, Default)]
pub struct Anchors {
    /// Never walked through, so its order reaches no output.
    used: HashMap<String, usize>,
    /// Level and id of the sections that the next heading may stand below.
    open: Vec<(u8, String)>,
}

/// The id that a heading got, or the one that was already taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Given {
    /// A new id.
    New(String),
    /// Every id that the heading could have is taken; the last one tried.
    Taken(String),
}

impl Anchors {
    /// Whether an id belongs to something already.
    pub fn is_taken(&self, id: &str) -> bool {
        self.used.contains_key(id)
    }

    /// The id of a heading.
    pub fn heading(&mut self, level: u8, explicit: Option<&str>, text: &str) -> Given {
        while self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.open.pop();
        }
        let given = match explicit {
            Some(id) => self.claim(id.to_string()),
            None => self.by_text(text),
        };
        let (Given::New(id) | Given::Taken(id)) = &given;
        self.used.insert(id.clone(), 1);
        self.open.push((level, id.clone()));
        given
    }

    fn by_text(&self, text: &str) -> Given {
        let number = printed_number::split(text);
        if let Some(number) = &number {
            let id = match self.open.last() {
                Some((_, parent)) => format!("{parent}-{}", number.value),
                None => format!("s{}", number.value),
            };
            if !self.used.contains_key(&id) {
                return Given::New(id);
            }
        }
        let title = slug(number.as_ref().map_or(text, |number| number.rest));
        // A printed number that is taken and no title: nothing is left to make an id from.
        self.claim(title)
    }

    fn claim(&self, id: String) -> Given {
        if self.used.contains_key(&id) { Given::Taken(id) } else { Given::New(id) }
    }

    /// The ids of all paragraphs and other blocks of a document, from their texts in their order.
    ///
    /// Whoever is alone with its beginning has an id of it. Of those that begin alike none has that id, since it could pass
    /// from one to another.
    pub fn blocks(&mut self, texts: &[String]) -> Vec<String> {
        let mut ids: Vec<String> = texts.iter().map(|text| ["p-", &digest(text)].concat()).collect();
        let longer: [&dyn Fn(usize) -> String; 2] = [&|at| digest_of_all(&texts[at]), &|at| {
            let words = |at: Option<usize>| at.and_then(|at| texts.get(at)).map_or("", String::as_str);
            digest_of_all(&[words(at.checked_sub(1)), "\n", words(Some(at + 1))].concat())
        }];
        for more in longer {
            let mut alike: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            ids.iter().enumerate().for_each(|(at, id)| alike.entry(id).or_default().push(at));
            let alike: Vec<usize> = alike.into_values().filter(|places| places.len() > 1).flatten().collect();
            if alike.is_empty() {
                break;
            }
            for at in alike {
                ids[at].push('-');
                ids[at].push_str(&more(at));
            }
        }
        ids.into_iter().map(|id| self.counted(id)).collect()
    }

    /// The id of a footnote or of a reference to it, from the note's label.
    pub fn note(&mut self, prefix: &str, label: &str) -> String {
        let label = slug(label);
        self.counted(format!("{prefix}-{}", if label.is_empty() { "note" } else { &label }))
    }

    fn counted(&mut self, id: String) -> String {
        let count = self.used.entry(id.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count == 1 {
            return id;
        }
        // The counted form may itself be taken by an explicit id; then the count goes on.
        let next = format!("{id}-{count}");
        if self.used.contains_key(&next) { self.counted(id) } else { self.counted(next) }
    }
}

/// Whether a text can be an id: a file name on every system, a fragment in every browser, and nothing else.
pub fn is_id(text: &str) -> bool {
    let inner = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    text.starts_with(|character: char| character.is_alphanumeric() || character == '_')
        && text.chars().all(inner)
        && !text.ends_with('.')
        && text.len() <= LONGEST
        && !is_device(text)
}

/// A text reduced to an id: letters and digits of every script are kept, the rest become single hyphens.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.nfkc().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            if slug.len() + character.len_utf8() > LONGEST {
                break;
            }
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if is_device(&slug) {
        slug.push('_');
    }
    slug
}

/// FNV-1a, 64 bits.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, character: char) {
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Folded to 30 bits, as six letters.
    fn letters(self) -> String {
        let folded = self.0 ^ (self.0 >> 30);
        (0..6).map(|at| char::from(LETTERS[(folded >> (5 * at)) as usize & 31])).collect()
    }
}

/// Six letters from all characters of a text but white space.
pub(crate) fn digest_of_all(text: &str) -> String {
    let mut hash = Hash::new();
    text.chars().filter(|character| !character.is_whitespace()).for_each(|character| hash.add(character));
    hash.letters()
}

/// Six letters from the beginning of a text.
pub(crate) fn digest(text: &str) -> String {
    let mut hash = Hash::new();
    let mut add = |character: char| hash.add(character);
    if is_plain(text) {
        text.chars().filter(|character| is_letter(*character)).take(BLOCK_PREFIX).for_each(&mut add);
    } else {
        let letters = text.nfkc().filter(|character| character.is_alphanumeric()).take(BLOCK_PREFIX);
        letters.flat_map(char::to_lowercase).for_each(&mut add);
    }
    hash.letters()
}

/// Whether the beginning that counts is of characters that normalisation and lower case leave alone: unified Han, digits,
/// lower-case ASCII and common punctuation. Then the tables of Unicode need not be asked, and the id is the same.
fn is_plain(text: &str) -> bool {
    let mut letters = 0;
    for character in text.chars() {
        // One character more than counts: a mark behind the last one could still be composed with it.
        if letters == BLOCK_PREFIX + 1 {
            return true;
        }
        match character {
            _ if is_letter(character) => letters += 1,
            '，' | '。' | '、' | '“' | '”' | ' '..='/' | ':'..='@' => {}
            _ => return false,
        }
    }
    true
}

fn is_letter(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | '0'..='9' | 'a'..='z')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(id: &str) -> Given {
        Given::New(id.to_string())
    }

    #[test]
    fn sections_by_number_title_and_explicit_id() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.heading(1, None, "一、总则"), new("s1"));
        assert_eq!(anchors.heading(2, None, "（二） 清点"), new("s1-2"));
        assert_eq!(anchors.heading(2, None, "说明 与 Notes"), new("说明-与-notes"));
        assert_eq!(anchors.heading(3, None, "1. 甲"), new("说明-与-notes-1"));
        assert_eq!(anchors.heading(1, Some("end"), "二、附则"), new("end"));
        assert_eq!(anchors.heading(2, None, "(一) 甲"), new("end-1"));
        assert_eq!(anchors.heading(1, None, "一、再来"), new("再来"), "a number printed twice falls back to the title");
        assert_eq!(anchors.heading(1, None, "一、再来"), Given::Taken("再来".to_string()));
        assert_eq!(anchors.heading(1, Some("s1"), "x"), Given::Taken("s1".to_string()));
    }

    #[test]
    fn blocks_survive_edits_elsewhere() {
        let ids = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
            Anchors::default().blocks(&texts)
        };
        let (one, two) =
            ("移交单位填写清单,接收人员逐件核对,双方签字。", "移交单位填写清单，接收人员逐件核对；各留一份。");
        let three = "移交单位填写清单，接收人员逐件核对；不得涂改。";
        let alone = &ids(&[one])[0];
        assert_eq!(alone, &ids(&["移交单位填写清单,接收人员逐件核对"])[0]);
        assert_ne!(alone, &ids(&["移交单位"])[0]);
        let before = ids(&[one, two]);
        assert!(!before.contains(alone), "an id that could pass to another");
        assert_eq!(ids(&[two, one]), [before[1].as_str(), &before[0]]);
        assert_eq!(
            ids(&[three, one, "别的。", two])[1..],
            [before[0].clone(), ids(&["别的。"])[0].clone(), before[1].clone()]
        );
    }

    #[test]
    fn blocks_of_the_same_words_are_told_apart_by_those_around() {
        let ids = |texts: &[&str]| {
            let texts: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
            Anchors::default().blocks(&texts)
        };
        let before = ids(&["甲。", "略。", "乙。", "略。", "丙。"]);
        let after = ids(&["乙。", "略。", "丙。", "丁。", "甲。", "略。", "乙改。"]);
        assert_eq!(before[3], after[1]);
        assert_ne!(before[1], before[3]);
        let same = ids(&["略。", "略。", "略。", "略。"]);
        assert_eq!(same.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }

    #[test]
    fn the_short_way_to_a_digest_gives_the_same() {
        let normal = |text: &str| -> String {
            let letters = text.nfkc().filter(|character| character.is_alphanumeric()).take(BLOCK_PREFIX);
            letters.flat_map(char::to_lowercase).collect()
        };
        for text in [
            "移交单位，填写“清单”。",
            "abc 12 甲乙",
            "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午",
            "（甲）Ａb",
            "ABC",
            "",
            "，，，",
        ] {
            assert_eq!(digest(text), digest(&normal(text)), "{text}");
        }
    }

    #[test]
    fn ids_are_file_names_everywhere() {
        for good in ["s1", "总则", "a.b", "_x", "第1章"] {
            assert!(is_id(good), "{good}");
        }
        for bad in
            ["", ".", "..", "a/b", "a\\b", "-a", ".a", "a b", "con", "COM1.txt", "a.", "a:b", "a?b", "a%2fb", "a\nb"]
        {
            assert!(!is_id(bad), "{bad}");
        }
        for text in ["../../etc/passwd", "CON", "a/b", "　", "<script>", "Ａ　Ｂ"] {
            let slug = slug(text);
            assert!(slug.is_empty() || is_id(&slug), "{text} → {slug}");
        }
    }
}
