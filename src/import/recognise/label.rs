//! Labelled facts in a page's head: `发布时间：2017-08-30 来源: 某办公室` (rule R4).
//!
//! A line is cut at known labels only, never at spaces, because a value may hold spaces (`大 中 小`, two offices) and so may
//! a label (`索 引 号`). What stands before a known label and is no label itself is not touched.

use std::ops::Range;

use super::fold::{Folded, fold};
use crate::import::dropped::WhyDropped;

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// 标题
    Title,
    /// 发布时间
    Date,
    /// 成文日期
    Created,
    /// 信息来源
    Source,
    /// 发文机关
    Issuer,
    /// 发文字号
    DocNumber,
    /// 索引号
    IndexNumber,
    /// 主题词
    Subjects,
    /// 作者
    Author,
    /// 责任编辑
    Editor,
    /// Facts without a field of their own, kept under the label: 有效性, 公开方式.
    Other,
    /// 字号, 浏览次数: nothing about the document.
    Discard(WhyDropped),
}

/// One labelled fact: ranges of the source line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    /// What it is.
    pub field: Field,
    /// The label with its colon.
    pub label: Range<usize>,
    /// The value, trimmed; empty when the line ends after the colon.
    pub value: Range<usize>,
}

/// A line cut at its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labelled {
    /// What stands before the first label, trimmed; most often nothing, sometimes the bare date.
    pub before: Range<usize>,
    /// The facts in order.
    pub facts: Vec<Fact>,
}

/// Labels that can only be labels, with or without a colon's help from neighbours.
const LABELS: &[(&str, Field)] = &[
    ("发布时间", Field::Date),
    ("发布日期", Field::Date),
    ("发表时间", Field::Date),
    ("发表日期", Field::Date),
    ("发稿时间", Field::Date),
    ("发稿日期", Field::Date),
    ("更新时间", Field::Date),
    ("更新日期", Field::Date),
    ("发文日期", Field::Date),
    ("发文时间", Field::Date),
    ("公开日期", Field::Date),
    ("添加时间", Field::Date),
    ("录入时间", Field::Date),
    ("上传时间", Field::Date),
    ("成文日期", Field::Created),
    ("成文时间", Field::Created),
    ("生成日期", Field::Created),
    ("信息来源", Field::Source),
    ("稿件来源", Field::Source),
    ("文章来源", Field::Source),
    ("新闻来源", Field::Source),
    ("内容来源", Field::Source),
    ("资料来源", Field::Source),
    ("来源", Field::Source),
    ("转自", Field::Source),
    ("摘自", Field::Source),
    ("发文机关", Field::Issuer),
    ("发文机构", Field::Issuer),
    ("发文单位", Field::Issuer),
    ("发布机关", Field::Issuer),
    ("发布机构", Field::Issuer),
    ("制发机关", Field::Issuer),
    ("发文字号", Field::DocNumber),
    ("发文号", Field::DocNumber),
    ("文号", Field::DocNumber),
    ("信息索引号", Field::IndexNumber),
    ("索引号", Field::IndexNumber),
    ("主题词", Field::Subjects),
    ("主题分类", Field::Subjects),
    ("关键词", Field::Subjects),
    ("关键字", Field::Subjects),
    ("作者", Field::Author),
    ("撰稿人", Field::Author),
    ("撰稿", Field::Author),
    ("记者", Field::Author),
    ("责任编辑", Field::Editor),
    ("责编", Field::Editor),
    ("编辑", Field::Editor),
    ("审核人", Field::Editor),
    ("审核", Field::Editor),
    ("审稿", Field::Editor),
    ("校对", Field::Editor),
    ("信息名称", Field::Title),
    ("公文名称", Field::Title),
    ("标题", Field::Title),
    ("名称", Field::Title),
    ("有效性", Field::Other),
    ("时效性", Field::Other),
    ("效力状态", Field::Other),
    ("公开方式", Field::Other),
    ("公开属性", Field::Other),
    ("公开范围", Field::Other),
    ("公开形式", Field::Other),
    ("组配分类", Field::Other),
    ("体裁分类", Field::Other),
    ("服务对象", Field::Other),
    ("信息分类", Field::Other),
    ("文章分类", Field::Other),
    ("所属栏目", Field::Other),
    ("浏览次数", Field::Discard(WhyDropped::ViewCounter)),
    ("阅读次数", Field::Discard(WhyDropped::ViewCounter)),
    ("点击次数", Field::Discard(WhyDropped::ViewCounter)),
    ("访问次数", Field::Discard(WhyDropped::ViewCounter)),
    ("浏览量", Field::Discard(WhyDropped::ViewCounter)),
    ("阅读量", Field::Discard(WhyDropped::ViewCounter)),
    ("点击量", Field::Discard(WhyDropped::ViewCounter)),
    ("访问量", Field::Discard(WhyDropped::ViewCounter)),
    ("点击数", Field::Discard(WhyDropped::ViewCounter)),
    ("阅读数", Field::Discard(WhyDropped::ViewCounter)),
    ("浏览", Field::Discard(WhyDropped::ViewCounter)),
    ("阅读", Field::Discard(WhyDropped::ViewCounter)),
    ("点击", Field::Discard(WhyDropped::ViewCounter)),
    ("字号", Field::Discard(WhyDropped::FontSize)),
    ("字体", Field::Discard(WhyDropped::FontSize)),
    ("字体大小", Field::Discard(WhyDropped::FontSize)),
    ("视力保护色", Field::Discard(WhyDropped::FontSize)),
    ("背景色", Field::Discard(WhyDropped::FontSize)),
    ("分享到", Field::Discard(WhyDropped::Share)),
    ("分享", Field::Discard(WhyDropped::Share)),
    ("当前位置", Field::Discard(WhyDropped::Breadcrumb)),
    ("您的位置", Field::Discard(WhyDropped::Breadcrumb)),
    ("您所在的位置", Field::Discard(WhyDropped::Breadcrumb)),
    ("您当前的位置", Field::Discard(WhyDropped::Breadcrumb)),
    ("现在位置", Field::Discard(WhyDropped::Breadcrumb)),
    ("所在位置", Field::Discard(WhyDropped::Breadcrumb)),
];

/// Labels that are also plain words: labels only beside another one.
const SHY: &[(&str, Field)] = &[("时间", Field::Date), ("日期", Field::Date), ("单位", Field::Source)];

/// Longest line that is searched for labels, in characters.
const LONGEST: usize = 300;

/// Cuts a line at its known labels; `None` when it has none at a place where a label can stand.
pub(crate) fn cut(line: &str) -> Option<Labelled> {
    if line.len() > 4 * LONGEST || line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let folded = fold(line);
    let text = folded.text.as_str();
    let mut found: Vec<(Range<usize>, Field)> = Vec::new();
    let mut shy = false;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = rest.chars().next().map_or(1, char::len_utf8);
        let matched = if may_begin(text, at) { label_at(rest) } else { None };
        match matched {
            Some((length, field, is_shy)) => {
                shy |= is_shy;
                found.push((at..at + length, field));
                at += length;
            }
            None => at += step,
        }
    }
    if found.is_empty() || (shy && found.len() < 2) {
        return None;
    }
    let first = found.first().map_or(0, |(range, _)| range.start);
    let facts = found
        .iter()
        .enumerate()
        .map(|(nth, (label, field))| {
            let end = found.get(nth + 1).map_or(text.len(), |(next, _)| next.start);
            Fact { field: *field, label: folded.back(label.clone()), value: trimmed(&folded, label.end..end) }
        })
        .collect();
    Some(Labelled { before: trimmed(&folded, 0..first), facts })
}

/// What separates facts on a line.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '|' | '│' | '┃' | '[' | ']' | '【' | '】' | ';' | '·' | '/' | '(' | ')' | ',')
}

/// A label begins a line or follows a separator.
fn may_begin(text: &str, at: usize) -> bool {
    text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(is_separator)
}

/// The label at the start: its bytes with the colon, what it names, and whether it is a plain word as well.
fn label_at(rest: &str) -> Option<(usize, Field, bool)> {
    let listed = |table: &'static [(&'static str, Field)]| {
        table
            .iter()
            .filter_map(move |(label, field)| Some((spelled(rest, label)?, *field)))
            .max_by_key(|(length, _)| *length)
    };
    listed(LABELS)
        .map(|(length, field)| (length, field, false))
        .or_else(|| listed(SHY).map(|(length, field)| (length, field, true)))
}

/// Bytes of the label at the start, with spaces allowed between its characters, and its colon. Font-size widgets have no
/// colon and show their sizes: 字号 大 中 小
fn spelled(rest: &str, label: &str) -> Option<usize> {
    let mut remaining = rest;
    for (nth, wanted) in label.chars().enumerate() {
        let skipped = if nth == 0 { remaining } else { remaining.trim_start_matches(' ') };
        remaining = skipped.strip_prefix(wanted)?;
    }
    let after = remaining.trim_start_matches(' ');
    if let Some(after) = after.strip_prefix(':') {
        return Some(rest.len() - after.len());
    }
    let sizes =
        label.starts_with('字') && ["大", "小", "[大", "【大", "(大"].iter().any(|size| after.starts_with(size));
    sizes.then(|| rest.len() - after.len())
}

/// A range of the folded copy without the separators at its ends, as a range of the source. A bracket that closes inside
/// the value stays.
fn trimmed(folded: &Folded, range: Range<usize>) -> Range<usize> {
    let text = folded.text.get(range.clone()).unwrap_or_default();
    let lead = text.len() - text.trim_start_matches(|c: char| is_separator(c) && !matches!(c, '[' | '(' | '【')).len();
    let mut inner = &text[lead..];
    loop {
        let cut =
            inner.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '│' | '┃' | ';' | '·' | '/' | ','));
        let opens = |open: char| cut.contains(open);
        let next = match cut.chars().next_back() {
            Some('[' | '【' | '(') => &cut[..cut.len() - cut.chars().next_back().map_or(0, char::len_utf8)],
            Some(']') if !opens('[') => &cut[..cut.len() - 1],
            Some('】') if !opens('【') => &cut[..cut.len() - '】'.len_utf8()],
            Some(')') if !opens('(') => &cut[..cut.len() - 1],
            _ => {
                let start = range.start + lead;
                return folded.back(start..start + cut.len());
            }
        };
        inner = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(line: &str) -> Vec<(Field, &str)> {
        cut(line)
            .map_or_else(Vec::new, |cut| cut.facts.iter().map(|fact| (fact.field, &line[fact.value.clone()])).collect())
    }

    #[test]
    fn labels_cut_and_spaces_do_not() {
        assert_eq!(
            facts("  发布时间：2020-04-12 09:30 信息来源: 江城县 地方史志学会 浏览次数：318 字号：大 中 小"),
            [
                (Field::Date, "2020-04-12 09:30"),
                (Field::Source, "江城县 地方史志学会"),
                (Field::Discard(WhyDropped::ViewCounter), "318"),
                (Field::Discard(WhyDropped::FontSize), "大 中 小"),
            ]
        );
        assert_eq!(facts("索 引 号：0001/2017-2"), [(Field::IndexNumber, "0001/2017-2")]);
        assert_eq!(facts("【字体：大 中 小】"), [(Field::Discard(WhyDropped::FontSize), "大 中 小")]);
        assert_eq!(facts("时间：2017-08-30 | 作者：张 三"), [(Field::Date, "2017-08-30"), (Field::Author, "张 三")]);
        assert_eq!(facts("发文字号：江政发（2017）3号"), [(Field::DocNumber, "江政发（2017）3号")]);
        assert_eq!(facts("来源："), [(Field::Source, "")]);
    }

    #[test]
    fn words_are_not_labels() {
        for line in ["时间：五月一日上午", "资料的来源：捐赠", "作者不详", "本馆的发布时间：另行通知", "一、时间"]
        {
            assert_eq!(facts(line), [], "{line}");
        }
    }
}
