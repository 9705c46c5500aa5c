//! The lines of the head, each with what it is by itself, before any is held against another.
//!
//! The head ends at the first line that reads like text or carries a number.

use super::kinds::ends_like_title;
use super::label::{self, Labelled};
use super::letterhead::{self, Letterhead};
use super::paragraphs::{Line, is_visible};
use super::{fold, grid, special, token};
use crate::import::meta;
use crate::record::printed_date as date;

/// How many lines with text are looked at.
pub(crate) const LINES: usize = 25;
/// Longest title in characters.
const LONGEST_TITLE: usize = 120;

/// Longest line that tells what was done with a rule, in bytes.
const LONGEST_HISTORY: usize = 2_000;

/// What one line of the head is.
pub(crate) enum HeadKind {
    Labelled(Labelled),
    Breadcrumb,
    DocNumber(String),
    Subtitle,
    Letterhead(Letterhead),
    Short,
}

pub(crate) struct HeadLine<'a> {
    /// Position among all lines.
    pub(crate) at: usize,
    /// Without the space around it.
    pub(crate) text: &'a str,
    pub(crate) kind: HeadKind,
    pub(crate) taken: bool,
}

/// The lines of the head, each with what it is by itself.
pub(crate) fn survey<'a>(lines: &[Line<'a>]) -> Vec<HeadLine<'a>> {
    let mut found: Vec<HeadLine<'a>> = Vec::new();
    let mut awaits_value = false;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_visible(line.text)).take(LINES) {
        let text = line.text.trim();
        // A file may hold an attachment alone; its own title stands below the word.
        if found.is_empty() && is_attachment(text) {
            continue;
        }
        let goes_on = || found.last().is_some_and(|last: &HeadLine<'_>| goes_on(last, text));
        let kind =
            classify(text).or_else(|| (found.is_empty() && asks(lines, at) || goes_on()).then_some(HeadKind::Short));
        let Some(kind) = kind else { break };
        // A label without a value says what the next line is: 索引号：/ 0001.
        let kind = if awaits_value && !matches!(kind, HeadKind::Labelled(_)) { HeadKind::Short } else { kind };
        awaits_value =
            matches!(&kind, HeadKind::Labelled(cut) if cut.facts.last().is_some_and(|fact| fact.value.is_empty()));
        found.push(HeadLine { at, text, kind, taken: false });
    }
    found
}

/// Whether a line is 附件 or 附件1 and nothing else.
fn is_attachment(text: &str) -> bool {
    special::find(text, special::Stretch::Opening) == Some(special::Special::AttachmentHead)
        && text.chars().nth(6).is_none()
}

/// Whether a line that reads like text goes on with the head: a title that names a clause.
fn goes_on(last: &HeadLine<'_>, text: &str) -> bool {
    let is_short = text.chars().nth(LONGEST_TITLE).is_none();
    let of_clause =
        last.text.contains("关于") && last.text.ends_with('》') && text.starts_with('第') && ends_like_title(text);
    matches!(last.kind, HeadKind::Short) && is_short && of_clause
}

/// Whether a first line is a title that asks or calls: short, one sentence, and nothing goes on directly below it but an
/// author or a date.
fn asks(lines: &[Line<'_>], at: usize) -> bool {
    let text = lines.get(at).map_or("", |line| line.text.trim());
    let inner = text.trim_end_matches(['？', '！', '?', '!']);
    let one =
        inner.len() < text.len() && !inner.contains(['。', '？', '！', '；', '：']) && text.chars().nth(30).is_none();
    let below = lines.get(at + 1).map_or("", |line| line.text.trim());
    let set_off =
        below.is_empty() || meta::are_personal_names(below) || special::lone_month(&fold::fold(below).text).is_some();
    one && set_off && special::find(text, special::Stretch::Opening).is_none()
}

/// What a line is by itself; `None` when the text begins with it.
fn classify(text: &str) -> Option<HeadKind> {
    let sentence = text.ends_with(['。', '！', '？', '；', '：', '，', ':', ';', ',']);
    if let Some(cut) = grid::cut(text) {
        return Some(HeadKind::Labelled(cut));
    }
    if !text.ends_with('。')
        && let Some(cut) = label::cut(text).or_else(|| label::cut_unlabelled(text))
    {
        let before = text.get(cut.before.clone()).unwrap_or_default();
        if before.is_empty() || is_day(before) || own_day(before).is_some() || is_site(before) {
            return Some(HeadKind::Labelled(cut));
        }
    }
    // A law may have been amended many times.
    if text.len() <= LONGEST_HISTORY && letterhead::is_of_history(&fold::fold(text).text) {
        return Some(HeadKind::Short);
    }
    // A full stop of the alphabet ends a sentence only after some words; 'vol. 2.' is none.
    let sentence = sentence || (text.ends_with('.') && text.split_whitespace().nth(4).is_some());
    if is_breadcrumb(text) {
        return Some(HeadKind::Breadcrumb);
    }
    if let Some(number) = meta::doc_number(text).or_else(|| meta::order_number(text)) {
        return Some(HeadKind::DocNumber(number));
    }
    if let Some(line) = letterhead::classify(text) {
        return Some(HeadKind::Letterhead(line));
    }
    if sentence || text.len() > 4 * LONGEST_TITLE || text.chars().nth(LONGEST_TITLE).is_some() || text.contains('。') {
        return None;
    }
    if token::find(text).is_some()
        || special::find(text, special::Stretch::Opening).is_some_and(|special| special != special::Special::Date)
    {
        return None;
    }
    let dashed = text.trim_start_matches(['—', '―', '─', '-', '－']);
    let dashes = text.chars().count() - dashed.chars().count();
    if dashes >= 1 && dashed.chars().count() >= 4 && !text.starts_with('-') {
        return Some(HeadKind::Subtitle);
    }
    Some(HeadKind::Short)
}

pub(crate) fn is_day(text: &str) -> bool {
    date::read(&fold::fold(text).text).is_some_and(|date| date.whole)
}

/// The label's bytes where a day stands under one that only its page knows: 时间发布：2017-08-30
pub(crate) fn own_day(text: &str) -> Option<usize> {
    let (name, day) = text.split_once([':', '：'])?;
    let plain = name.chars().all(|c| c == ' ' || meta::is_han_character(c)) && name.chars().nth(6).is_none();
    (plain && !name.is_empty() && is_day(day.trim_start())).then(|| text.len() - day.len())
}

/// Whether words before the labels are the name of the site: 江城县人民政府网站 www.a.example
pub(crate) fn is_site(text: &str) -> bool {
    let short = text.chars().nth(40).is_none();
    short && (text.contains("www.") || ["网", "网站", "客户端"].iter().any(|end| text.ends_with(end)))
}

/// Whether a line is the letterhead of an office.
pub(crate) fn is_red_head(text: &str) -> bool {
    matches!(letterhead::classify(text), Some(Letterhead::Office(_)))
}

/// Whether a line can stand in a head.
pub(crate) fn may_be(text: &str) -> bool {
    classify(text).is_some()
}

/// 首页 > 新闻 > 正文
fn is_breadcrumb(text: &str) -> bool {
    let steps = text.chars().filter(|character| matches!(character, '>' | '＞' | '›' | '»' | '→')).count();
    steps >= 1 && (text.starts_with("首页") || text.ends_with("正文") || text.contains("位置"))
}
