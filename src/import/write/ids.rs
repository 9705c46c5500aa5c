//! Addresses of headings: from the printed number, so that they survive a change of wording and of place.
//!
//! 一、 with （二） below it is `s1-2`. In attachment 3 it is `a3-s1-2`. A number printed twice cannot name two headings; the
//! second is named by its words, and so is a heading without a number. Never is one named by its position.

use std::collections::BTreeMap;

use crate::text::anchor::is_id;
use crate::text::printed_number::numeral;
use crate::text::reserved::is_own_page;

use crate::import::block::{Block, BlockKind};

/// Longest name made of words, in characters, and in bytes: an id is a file's name.
const LONGEST: usize = 40;
const LONGEST_BYTES: usize = 120;

/// For each block its id; `None` where it needs none.
pub(crate) fn assign(blocks: &[Block]) -> Vec<Option<String>> {
    let mut ids = Ids::default();
    let mut attachment = String::new();
    let mut path: Vec<(usize, Vec<u32>)> = Vec::new();
    blocks
        .iter()
        .map(|block| match block.kind {
            BlockKind::AttachmentHead => {
                path.clear();
                let id = ids.unique(&format!("a{}", attachment_number(&block.text)), &block.text);
                attachment = format!("{id}-");
                Some(id)
            }
            BlockKind::Heading if !block.contents => {
                while path.last().is_some_and(|(level, _)| *level >= block.level) {
                    path.pop();
                }
                path.push((block.level, block.path.clone()));
                let numbers = numbers(&path, block.decimal);
                let wanted = if numbers.is_empty() { String::new() } else { format!("{attachment}s{numbers}") };
                Some(ids.unique(&wanted, &block.text))
            }
            _ => None,
        })
        .collect()
}

/// The values from the outermost heading to this one. 1.2 under 1. is 1-2, not 1-1-2: it names its parent itself.
fn numbers(path: &[(usize, Vec<u32>)], decimal: bool) -> String {
    let Some(((_, own), above)) = path.split_last() else { return String::new() };
    if own.is_empty() {
        return String::new();
    }
    let mut values: Vec<u32> = Vec::new();
    for (_, parent) in above {
        join(&mut values, parent);
    }
    if decimal {
        join(&mut values, own)
    } else {
        values.extend(own)
    }
    values.iter().map(u32::to_string).collect::<Vec<_>>().join("-")
}

/// Adds values, laying the first of them over the last that are the same.
fn join(values: &mut Vec<u32>, added: &[u32]) {
    let overlap = (0..added.len()).rev().find(|count| *count > 0 && values.ends_with(&added[..*count])).unwrap_or(0);
    values.extend(&added[overlap..]);
}

/// The number in 附件1 or 附件二, as digits; nothing when it has none.
fn attachment_number(text: &str) -> String {
    let digits: String = text
        .chars()
        .skip(2)
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| c.is_numeric() || "一二三四五六七八九十".contains(*c))
        .collect();
    numeral(&digits).map_or_else(String::new, |value| value.to_string())
}

#[derive(Default)]
struct Ids {
    /// Ids given, with how often their words were asked for.
    given: BTreeMap<String, usize>,
}

impl Ids {
    /// The wanted id if it is free, else one made of the words.
    fn unique(&mut self, wanted: &str, words: &str) -> String {
        if is_free_form(wanted) && !self.given.contains_key(wanted) {
            self.given.insert(wanted.to_string(), 1);
            return wanted.to_string();
        }
        let letters = words.chars().filter(|character| character.is_alphanumeric()).take(LONGEST);
        // A letter may become two in lower case, of which one is a mark.
        let letters = letters.flat_map(char::to_lowercase).filter(|character| character.is_alphanumeric());
        let mut base = cut(&letters.collect::<String>(), LONGEST_BYTES).to_string();
        if base.is_empty() {
            base = if is_free_form(wanted) { wanted.to_string() } else { "section".to_string() };
        }
        if !is_free_form(&base) {
            base.push('_');
        }
        let mut id = base.clone();
        while let Some(times) = self.given.get(&id).copied() {
            // Counting on from where the last search ended keeps many equal headings from being quadratic.
            let times = self.given.get(&base).copied().unwrap_or(times) + 1;
            self.given.insert(base.clone(), times);
            let count = format!("-{times}");
            id = format!("{}{count}", cut(&base, LONGEST_BYTES - count.len()));
        }
        self.given.insert(id.clone(), 1);
        id
    }
}

/// Whether a build takes it as the id of a section: `index` and `full` are pages of every document.
fn is_free_form(id: &str) -> bool {
    is_id(id) && !is_own_page(id)
}

/// The beginning of a text, of so many bytes at most.
fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: usize, path: &[u32], text: &str) -> Block {
        let number = (!path.is_empty()).then(|| "x".to_string());
        Block { level, path: path.to_vec(), number, text: text.to_string(), ..Block::new(BlockKind::Heading, 1) }
    }

    fn ids(blocks: &[Block]) -> Vec<String> {
        assign(blocks).into_iter().flatten().collect()
    }

    #[test]
    fn numbers_name_headings() {
        let blocks = [
            heading(1, &[1], "甲"),
            heading(2, &[1], "子"),
            heading(2, &[2], "丑"),
            heading(1, &[2], "乙"),
            heading(2, &[1], "寅"),
            heading(1, &[2], "乙"),
            heading(1, &[2], "乙"),
            heading(1, &[], "附 记（Two）"),
        ];
        assert_eq!(ids(&blocks), ["s1", "s1-1", "s1-2", "s2", "s2-1", "乙", "乙-2", "附记two"]);
    }

    #[test]
    fn every_id_is_one_that_a_build_takes() {
        let long = "关于进一步加强库房清点编目校对和借阅登记各项工作并按期上报清点结果的通知附件第一号说明文字";
        let astral = "𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇𠀈𠀉𠀊𠀋𠀌𠀍𠀎𠀏𠀐𠀑𠀒𠀓𠀔𠀕𠀖𠀗𠀘𠀙𠀚𠀛𠀜𠀝𠀞𠀟𠀠𠀡𠀢𠀣𠀤𠀥𠀦𠀧𠀨𠀩𠀪𠀫";
        let words = ["Index", "FULL", "Con", "NUL", "İİ", "……", "", long, long, astral, astral, "Index"];
        let mut all = ids(&words.map(|words| heading(1, &[], words)));
        assert!(all.iter().all(|id| is_free_form(id)), "{all:?}");
        assert_eq!(all[0], "index_");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), words.len());
    }

    #[test]
    fn decimals_name_their_parents() {
        let decimal = |level, path: &[u32]| Block { decimal: true, ..heading(level, path, "甲") };
        assert_eq!(
            ids(&[heading(1, &[1], "甲"), decimal(2, &[1, 1]), decimal(2, &[1, 2]), decimal(3, &[1, 2, 1])]),
            ["s1", "s1-1", "s1-2", "s1-2-1"]
        );
        assert_eq!(ids(&[decimal(1, &[1, 1]), decimal(1, &[1, 2])]), ["s1-1", "s1-2"]);
    }

    #[test]
    fn attachments_count_by_themselves() {
        let head = |text: &str| Block { text: text.to_string(), ..Block::new(BlockKind::AttachmentHead, 1) };
        let blocks = [
            heading(1, &[1], "甲"),
            head("附件1"),
            heading(1, &[1], "乙"),
            head("附件二"),
            heading(1, &[1], "丙"),
            head("附件"),
        ];
        assert_eq!(ids(&blocks), ["s1", "a1", "a1-s1", "a2", "a2-s1", "a"]);
    }

    #[test]
    fn many_equal_headings() {
        let blocks: Vec<Block> = (0..20_000).map(|_| heading(1, &[2], "甲")).collect();
        let mut all = ids(&blocks);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 20_000);
    }
}
