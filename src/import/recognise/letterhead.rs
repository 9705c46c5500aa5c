//! What a line of the head of an official document is by itself (GB/T 9704-2012): the office's letterhead, how secret and how
//! urgent the document is, and the line below a rule's title that tells when it was adopted and issued.

use super::fold::fold;
use crate::import::meta::{self, compact};
use crate::record::printed_date as date;

/// Longest name of an office, in characters.
const LONGEST: usize = 60;

/// A line of the letterhead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letterhead {
    /// 江城县人民政府文件: bytes of the office's name.
    Office(usize),
    /// 文件 alone, beside the names of several offices.
    Kind,
    /// 机密★1年, 特急: the name of what it marks.
    Marking(&'static str),
}

/// What a line of such a head is by itself.
pub(crate) fn classify(text: &str) -> Option<Letterhead> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    if let Some(office) = office_of_red_head(text) {
        return Some(Letterhead::Office(office));
    }
    let words = compact(&fold(text).text);
    if words == "文件" {
        return Some(Letterhead::Kind);
    }
    let secret = ["绝密", "机密", "秘密"]
        .iter()
        .any(|word| words.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(['★', '☆', '*'])));
    let urgent = matches!(words.as_str(), "特急" | "加急" | "平急" | "急件" | "特提" | "紧急");
    match (secret, urgent) {
        (true, _) => Some(Letterhead::Marking("密级")),
        (_, true) => Some(Letterhead::Marking("紧急程度")),
        _ => None,
    }
}

/// Bytes of the office's name in a red head: 江城县人民政府文件, 江城县档案局（函）
fn office_of_red_head(text: &str) -> Option<usize> {
    const KINDS: [&str; 4] = ["文件", "（函）", "(函)", "（通知）"];
    // Letters set wide have spaces between them.
    let words = compact(text);
    let kind = KINDS.iter().find(|kind| words.ends_with(**kind))?;
    let office = text.get(..text.rfind(kind.chars().next()?)?)?.trim_end();
    offices(office).map(|_| office.len())
}

/// The offices that a line names, if it has nothing else: one, set wide or not, or several in a row.
pub(crate) fn offices(text: &str) -> Option<Vec<String>> {
    let names: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c == '、').filter(|name| !name.is_empty()).collect();
    if names.iter().all(|name| meta::is_body(name)) && !names.is_empty() {
        return Some(names.into_iter().map(str::to_string).collect());
    }
    // Set wide: 江 城 县 人 民 政 府
    let whole = compact(text);
    meta::is_body(&whole).then(|| vec![whole])
}

/// What was done with a rule on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Adopted,
    Issued,
    Other,
}

/// What is done with a rule.
const DONE: [&str; 9] = ["通过", "公布", "发布", "施行", "修正", "修订", "批准", "印发", "实施"];

/// Whether a folded line tells what was done with a rule: it begins with a day, brackets aside, and says so.
pub(crate) fn is_history(folded: &str) -> bool {
    let text = unbracketed(folded);
    day(text).is_some_and(|length| text.len() > length) && DONE.iter().any(|word| text.contains(word))
}

/// Whether a folded line is one of several that tell it: 根据2012年8月6日…的决定修正
pub(crate) fn is_of_history(folded: &str) -> bool {
    let text = unbracketed(folded);
    let rest = ["根据", "经", "自"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let ends = !text.contains('。') && !text.trim_end().ends_with([':', ',']);
    ends && is_history(rest)
}

/// Whether a folded text tells the beginning of it and goes on below: a bracket is open, or a day stands alone above its words.
pub(crate) fn goes_on_below(folded: &str, next: &str) -> bool {
    let Some(length) = day(unbracketed(folded)) else { return false };
    let is_open = folded.trim_start().starts_with('(') && !folded.contains(')');
    let is_day = unbracketed(folded).len() == length;
    is_open || is_day && day(next).is_none() && ["通过", "公布", "发布", "批准"].iter().any(|word| next.ends_with(word))
}

fn unbracketed(folded: &str) -> &str {
    folded.trim().trim_start_matches(['(', '（', '[', '【'])
}

/// Bytes of the day that a folded text begins with.
fn day(text: &str) -> Option<usize> {
    date::read(text).filter(|read| read.edtf.len() == 10).map(|read| read.length)
}

/// The days of such a line, each with what stands behind it.
pub(crate) fn acts(folded: &str) -> Vec<(String, Act)> {
    let mut found: Vec<(String, Act)> = Vec::new();
    let starts: Vec<(usize, date::PrintedDate)> = folded
        .char_indices()
        .filter(|(at, c)| {
            let begins = c.is_ascii_digit() || "一二".contains(*c);
            begins && !folded.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
        })
        .filter_map(|(at, _)| Some((at, date::read(folded.get(at..)?).filter(|read| read.edtf.len() == 10)?)))
        .collect();
    for (nth, (at, read)) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).map_or(folded.len(), |(next, _)| *next);
        let words = folded.get(at + read.length..end).unwrap_or_default();
        let amended = words.contains("修正") || words.contains("修订") || words.contains("修改");
        let act = match words {
            _ if amended || words.trim_start().starts_with("起") => Act::Other,
            _ if words.contains("公布") || words.contains("发布") || words.contains("印发") => Act::Issued,
            _ if words.contains("通过") => Act::Adopted,
            _ => Act::Other,
        };
        found.push((read.edtf.clone(), act));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_letterhead() {
        for (text, kind) in [
            ("江城县人民政府文件", Some(Letterhead::Office("江城县人民政府".len()))),
            ("江 城 县 档 案 局 文 件", Some(Letterhead::Office("江 城 县 档 案 局".len()))),
            ("绝密★三年", Some(Letterhead::Marking("密级"))),
            ("加 急", Some(Letterhead::Marking("紧急程度"))),
            ("馆藏文件", None),
            ("秘密通道", None),
        ] {
            assert_eq!(classify(text), kind, "{text}");
        }
    }

    #[test]
    fn what_was_done_with_a_rule() {
        let said =
            acts("2019年5月4日县第三次会议通过 根据2020年1月2日的决定修正 2020年2月1日公布 自2020年3月1日起施行");
        let acts: Vec<Act> = said.iter().map(|(_, act)| *act).collect();
        assert_eq!(acts, [Act::Adopted, Act::Other, Act::Issued, Act::Other]);
        assert!(!is_history("2019年5月4日"));
        assert!(!is_history("关于2019年5月4日通过的办法"));
    }
}
