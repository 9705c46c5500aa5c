//! Labelled facts in a page's head: `发布时间：2017-08-30 来源: 某办公室` (rule R4).
//!
//! A line is cut at known labels only, never at spaces, because a value may hold spaces (`大 中 小`, two offices) and so may
//! a label (`索 引 号`). What stands before a known label and is no label itself is not touched.

use std::ops::Range;

use super::fold::{Folded, fold};
use crate::import::dropped::WhyDropped;
use crate::import::meta::is_han_character;
use crate::record::printed_date as date;

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
    ("编制日期", Field::Created),
    ("编写日期", Field::Created),
    ("起草日期", Field::Created),
    ("拟稿日期", Field::Created),
    ("制定日期", Field::Created),
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
    ("文件编号", Field::DocNumber),
    ("文号", Field::DocNumber),
    ("信息索引号", Field::IndexNumber),
    ("信息索引", Field::IndexNumber),
    ("索取号", Field::IndexNumber),
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
    ("文章类型", Field::Other),
    ("信息类别", Field::Other),
    ("内容概述", Field::Other),
    ("公开分类", Field::Other),
    ("生效时间", Field::Other),
    ("生效日期", Field::Other),
    ("失效时间", Field::Other),
    ("失效日期", Field::Other),
    ("废止时间", Field::Other),
    ("废止日期", Field::Other),
    ("备注", Field::Other),
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
    ("浏览字号", Field::Discard(WhyDropped::FontSize)),
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

/// Within how many characters a label's colon stands.
const NEAR: usize = 10;

/// Longest line that is searched for labels, in characters.
const LONGEST: usize = 300;

/// Cuts a line at its known labels; `None` when it has none at a place where a label can stand.
pub(crate) fn cut(line: &str) -> Option<Labelled> {
    if line.len() > 4 * LONGEST || line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let folded = fold(line);
    let text = folded.text.as_str();
    let found = labels(text, line.contains('\t'))?;
    let first = found.first().map_or(0, |(range, _)| range.start);
    let mut facts = Vec::new();
    for (nth, (label, field)) in found.iter().enumerate() {
        let end = found.get(nth + 1).map_or(text.len(), |(next, _)| next.start);
        // Behind the source the day may stand without a label.
        let day = (*field == Field::Source).then(|| day_behind(text, label.end..end)).flatten();
        let value = trimmed(&folded, label.end..day.unwrap_or(end));
        facts.push(Fact { field: *field, label: folded.back(label.clone()), value });
        if let Some(day) = day {
            let value = trimmed(&folded, day..end);
            facts.push(Fact { field: Field::Date, label: value.start..value.start, value });
        }
    }
    Some(Labelled { before: trimmed(&folded, 0..first), facts })
}

/// The source and the day with its time in a line that has no label: `江城日报客户端 2020-04-12 09:30`, or the day alone.
pub(crate) fn cut_unlabelled(line: &str) -> Option<Labelled> {
    const SOURCES: [&str; 16] = [
        "网",
        "报",
        "社",
        "台",
        "刊",
        "客户端",
        "网站",
        "日报",
        "》",
        "局",
        "厅",
        "馆",
        "中心",
        "政府",
        "委员会",
        "办公室",
    ];
    if line.chars().nth(60).is_some() {
        return None;
    }
    let folded = fold(line);
    let text = folded.text.as_str();
    let read = |from: usize| date::read(text.get(from..)?.trim_end()).filter(|date| date.whole && date.time.is_some());
    if read(0).is_some() {
        return Some(Labelled { before: trimmed(&folded, 0..text.len()), facts: Vec::new() });
    }
    let day = day_behind(text, 0..text.len()).filter(|day| read(*day).is_some())?;
    let name = trimmed(&folded, 0..day);
    let is_source = line.get(name.clone()).is_some_and(|name| SOURCES.iter().any(|end| name.ends_with(end)));
    let date = trimmed(&folded, day..text.len());
    let facts = vec![
        Fact { field: Field::Source, label: name.start..name.start, value: name },
        Fact { field: Field::Date, label: date.start..date.start, value: date },
    ];
    is_source.then_some(Labelled { before: 0..0, facts })
}

/// The labels of a folded line, which may be the cells of a table.
fn labels(text: &str, is_grid: bool) -> Option<Vec<(Range<usize>, Field)>> {
    let mut found: Vec<(Range<usize>, Field)> = Vec::new();
    let mut shy = false;
    let mut known = false;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let step = rest.chars().next().map_or(1, char::len_utf8);
        let begins = may_begin(text, at);
        let matched = if begins { label_at(rest) } else { glued(text, at, found.last()) };
        let matched = matched.map(|(length, field, is_shy)| (length, field, is_shy, true));
        let in_cell = || (is_grid && begins).then(|| own_label(rest)).flatten();
        match matched.or_else(|| in_cell().map(|length| (length, Field::Other, false, false))) {
            Some((length, field, is_shy, is_known)) => {
                shy |= is_shy;
                known |= is_known;
                found.push((at..at + length, field));
                at += length;
            }
            None => at += step,
        }
    }
    (known && (!shy || found.len() > 1)).then_some(found)
}

/// A label that stands directly behind a value, as on pages whose elements have no space between them: 江城日报发布时间：
/// Words that may end a value, such as 名称, are none.
fn glued(text: &str, at: usize, last: Option<&(Range<usize>, Field)>) -> Option<(usize, Field, bool)> {
    const PARTS: [&str; 9] = ["图片", "照片", "数据", "视频", "本文", "主要", "的", "图", "其"];
    const WORDS: [&str; 7] = ["名称", "标题", "编辑", "审核", "校对", "备注", "分享"];
    let before = text.get(..at)?;
    let rest = text.get(at..)?;
    // A colon is near, or it is none: most places are passed by that.
    if !rest.chars().take(NEAR).any(|character| character == ':') {
        return None;
    }
    let from = last.map_or(0, |(label, _)| label.end);
    let value = before.get(from..)?.trim();
    let stands = match last {
        Some(_) => !PARTS.iter().any(|part| before.ends_with(part)),
        None => date::read(value).is_some_and(|date| date.whole),
    };
    let (length, field, is_shy) = if stands { label_at(rest) } else { None }?;
    let word = rest.get(..length)?;
    let has_colon = word.ends_with(':');
    let is_day = || date::read(rest.get(length..).unwrap_or_default().trim_start()).is_some();
    let clear = !WORDS.iter().any(|own| word.starts_with(own)) && (!is_shy || is_day());
    (has_colon && clear).then_some((length, field, false))
}

/// Where a whole day begins that ends a value, with something before it.
fn day_behind(text: &str, value: Range<usize>) -> Option<usize> {
    let inner = text.get(value.clone())?;
    let starts = inner.char_indices().filter(|(at, c)| {
        c.is_ascii_digit()
            && inner
                .get(..*at)
                .and_then(|before| before.chars().next_back())
                .is_some_and(|c| c.is_whitespace() || matches!(c, '》' | ')' | ']') || is_han_character(c))
    });
    let mut days = starts.filter(|(at, _)| {
        let day = inner.get(*at..).unwrap_or_default().trim_end_matches([' ', ']', '】', ')']);
        date::read(day).is_some_and(|date| date.whole)
    });
    let (at, _) = days.next()?;
    (!inner.get(..at)?.trim().is_empty()).then_some(value.start + at)
}

/// Bytes of a label that only its page knows, as a cell of its own. Folded, the tab behind it is a space.
fn own_label(rest: &str) -> Option<usize> {
    let (name, behind) = rest.split_once(':')?;
    let letters = name.chars().filter(|c| *c != ' ').count();
    // Set wide, a label has a space behind each character; else a space ends the cell before it.
    let wide = name.split(' ').all(|part| part.chars().nth(1).is_none());
    let plain = name.chars().all(|c| (wide && c == ' ') || is_han_character(c));
    let ends = behind.is_empty() || behind.starts_with([' ', '\n']);
    (plain && ends && (2..=8).contains(&letters) && !name.starts_with(' ')).then_some(name.len() + 1)
}

/// What a word names that is a label and nothing else, with or without its colon.
pub(crate) fn named(word: &str) -> Option<Field> {
    let plain: String = fold(word).text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.strip_suffix(':').unwrap_or(&plain);
    LABELS.iter().find(|(label, _)| *label == plain).map(|(_, field)| *field)
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
    fn labels_behind_values_without_a_space() {
        assert_eq!(
            facts("来源：江城日报发布时间：2020-04-12 09:30字号：大 中 小"),
            [
                (Field::Source, "江城日报"),
                (Field::Date, "2020-04-12 09:30"),
                (Field::Discard(WhyDropped::FontSize), "大 中 小")
            ]
        );
        assert_eq!(facts("来源：江城党建时间：2020年4月12日")[1], (Field::Date, "2020年4月12日"));
        assert_eq!(facts("2020年4月12日来源：江城日报作者：林渡")[0], (Field::Source, "江城日报"));
        assert_eq!(facts("来源：江城日报　　2020-04-12 09:30")[1], (Field::Date, "2020-04-12 09:30"));
        assert_eq!(facts("来源：《江城日报》2020-04-12")[1], (Field::Date, "2020-04-12"));
        assert_eq!(facts("责编：林渡 / 图片来源：县馆").len(), 1);
        assert_eq!(facts("来源：江城渡口管理站名称：渡口").len(), 1);
    }

    #[test]
    fn cells_of_a_table_are_facts() {
        assert_eq!(
            facts("名称：\t渡口停航\t保管处：\t县馆\n索引号：\t0001"),
            [(Field::Title, "渡口停航"), (Field::Other, "县馆"), (Field::IndexNumber, "0001")]
        );
    }

    #[test]
    fn words_are_not_labels() {
        for line in ["时间：五月一日上午", "资料的来源：捐赠", "作者不详", "本馆的发布时间：另行通知", "一、时间"]
        {
            assert_eq!(facts(line), [], "{line}");
        }
    }
}
