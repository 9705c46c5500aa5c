//! The head of an official document, and what closes it, as GB/T 9704-2012 lays them out: the number of the copy, how secret
//! and how urgent it is, the red head with the issuing office's name, the document's number, the title; at the end the office
//! and the day on which it was signed.
//!
//! The red head is the office's letterhead. It is larger than the title and stands above it, so it would be taken for the
//! title by its place.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fold::fold;
use super::head::{Scan, insert_extra};
use super::kinds::ends_like_title;
use super::letterhead::{Act, Letterhead, acts, goes_on_below, is_history, offices};
use super::paragraphs::Line;
use super::special;
use super::survey::HeadKind;
use crate::import::dropped::TakenAs;
use crate::import::meta::{self, Meta, compact};

/// Longest name of an office, in characters.
const LONGEST: usize = 60;
/// How many lines may tell what was done with a rule.
const HISTORY: usize = 8;
/// How many lines at the top may be the letterhead.
const LINES: usize = 10;

impl Scan<'_, '_> {
    /// The red head, and what is marked above it. Without a document's number or a marking the line is only words; offices
    /// alone are one where the number stands directly below.
    pub(crate) fn red_head(&mut self) {
        let numbered = self.lines.iter().any(|line| matches!(line.kind, HeadKind::DocNumber(_)));
        if let Some(letterhead) = self.letterhead().filter(|_| numbered && self.head.meta.issuer.is_none()) {
            let mut issuers: Vec<String> = Vec::new();
            for nth in letterhead {
                issuers.extend(self.offices(nth).into_iter().flatten());
                let Some(line) = self.lines.get(nth) else { continue };
                let (end, length) = match line.kind {
                    HeadKind::Letterhead(Letterhead::Office(end)) => (end, line.text.len()),
                    HeadKind::Letterhead(_) => (0, line.text.len()),
                    _ => (line.text.len(), line.text.len()),
                };
                self.take(nth, vec![(0..end, TakenAs::Record), (end..length, TakenAs::Label)]);
            }
            self.head.meta.issuer = Some(issuers.join("、"));
        }
        for nth in 0..self.lines.len() {
            let Some(line) = self.lines.get(nth).filter(|line| !line.taken) else { continue };
            match line.kind {
                HeadKind::Letterhead(Letterhead::Marking(name)) if numbered => {
                    let text = line.text.to_string();
                    insert_extra(&mut self.head.meta, name.to_string(), &text);
                    self.take_whole(nth);
                }
                HeadKind::Letterhead(_) => {
                    if let Some(line) = self.lines.get_mut(nth) {
                        line.kind = HeadKind::Short;
                    }
                }
                _ => {}
            }
        }
    }

    /// The lines of the letterhead: that with 文件, or those directly above the number, and other offices around them.
    fn letterhead(&self) -> Option<Range<usize>> {
        let is_red = |nth: &usize| {
            let kind = self.lines.get(*nth).map(|line| &line.kind);
            matches!(kind, Some(HeadKind::Letterhead(Letterhead::Office(_) | Letterhead::Kind)))
        };
        let is_part = |nth: usize| nth < LINES && self.offices(nth).is_some();
        let above_number = || (0..LINES).find(|nth| is_part(*nth) && self.is_number(nth + 1));
        let first = (0..LINES).find(is_red).or_else(above_number)?;
        let mut span = first..first + 1;
        while span.start > 0 && is_part(span.start - 1) {
            span.start -= 1;
        }
        // Where a title follows at once, an office below may be its first line.
        let below = (span.end..LINES).find(|nth| !is_part(*nth)).unwrap_or(LINES);
        if self.is_number(below) {
            span.end = below;
        }
        span.clone().any(|nth| self.offices(nth).is_some_and(|names| !names.is_empty())).then_some(span)
    }

    /// The offices of a line that may be part of the letterhead.
    fn offices(&self, nth: usize) -> Option<Vec<String>> {
        let line = self.lines.get(nth).filter(|line| !line.taken)?;
        match line.kind {
            HeadKind::Letterhead(Letterhead::Office(end)) => offices(line.text.get(..end)?),
            HeadKind::Letterhead(Letterhead::Kind) => Some(Vec::new()),
            HeadKind::Short => offices(line.text),
            _ => None,
        }
    }

    fn is_number(&self, nth: usize) -> bool {
        matches!(self.lines.get(nth).map(|line| &line.kind), Some(HeadKind::DocNumber(_)))
    }

    /// When a rule was adopted and issued, as it is printed below its title. The lines stay in the text.
    pub(crate) fn history(&mut self) {
        if self.head.meta.title.is_none() {
            return;
        }
        let lines: Vec<(usize, String)> = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.taken)
            .map(|(nth, line)| (nth, fold(line.text).text))
            .collect();
        let mut rest = lines.as_slice();
        while let [(nth, first), below @ ..] = rest {
            let mut said = first.clone();
            let mut of_it = BTreeSet::from([*nth]);
            rest = below;
            while let [(nth, next), below @ ..] = rest
                && of_it.len() < HISTORY
                && goes_on_below(&said, next)
            {
                said += next;
                of_it.insert(*nth);
                rest = below;
            }
            if is_history(&said) {
                self.tell_history(&said);
                self.history.extend(of_it);
            }
        }
    }

    fn tell_history(&mut self, said: &str) {
        for (day, act) in acts(said) {
            let meta = &mut self.head.meta;
            match act {
                Act::Adopted if meta.created.is_none() => meta.created = Some(day),
                Act::Issued if meta.date.is_none() => meta.date = Some(day),
                _ => {}
            }
        }
    }
}

/// The day on which an official document was signed, the office, and the day on which it was printed and sent out (印发), from
/// the lines that close it. They stay in the text.
pub(crate) fn signed(lines: &[Line<'_>], meta: &mut Meta) {
    // A circular has a number or a title of its kind; the last lines of an essay may read alike and sign nothing.
    if meta.doc_number.is_none() && !meta.title.as_deref().is_some_and(ends_like_title) {
        return;
    }
    let mut before = "";
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() || text.chars().nth(2 * LONGEST).is_some() {
            continue;
        }
        if let Some(day) = issued(text) {
            meta.date.get_or_insert(day);
        } else if (meta.created.is_none() || meta.issuer.is_none())
            && let Some((office, day)) = signature(text, before)
        {
            meta.created.get_or_insert(day);
            meta.issuer.get_or_insert(compact(&office));
        }
        before = text;
    }
}

/// The office and the day of a signature, on one line or on two.
fn signature(text: &str, before: &str) -> Option<(String, String)> {
    let alone = special::lone_month(&fold(text).text).map(|read| (before.to_string(), read.edtf));
    let same_line = || {
        let (office, day) = text.rsplit_once([' ', '\u{3000}'])?;
        let read = special::lone_date(&fold(day).text)?;
        Some((office.trim().to_string(), read.edtf))
    };
    alone.or_else(same_line).filter(|(office, _)| meta::is_body(&compact(office)))
}

/// The day in the imprint: 江城县人民政府办公室　2019年8月7日印发
fn issued(text: &str) -> Option<String> {
    let imprint = text.strip_suffix("印发")?.trim_end();
    let folded = fold(imprint).text;
    let starts = folded.char_indices().filter(|(_, c)| c.is_ascii_digit() || *c == '二').map(|(at, _)| at);
    let mut days = starts.filter_map(|at| special::lone_date(folded.get(at..)?).map(|read| (at, read.edtf)));
    let (at, day) = days.next()?;
    let office = compact(folded.get(..at)?);
    (office.is_empty() || meta::is_body(&office)).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::recognise::head;
    use crate::import::recognise::paragraphs::lines;

    #[test]
    fn a_red_head_is_no_title() {
        for first in ["江城县人民政府文件", "江 城 县 人 民 政 府 文 件", "江城县人民政府办公室文件"]
        {
            let text = format!("机密★1年\n特急\n{first}\n江政发〔2017〕3号\n关于开放书库的通知\n\n各乡镇人民政府：\n");
            let head = head::read(&lines(&text), Meta::default());
            assert_eq!(head.meta.title.as_deref(), Some("关于开放书库的通知"), "{first}");
            assert!(head.meta.issuer.is_some_and(|issuer| issuer.starts_with("江城县人民政府")), "{first}");
            assert_eq!(head.meta.extra.get("密级").map(String::as_str), Some("机密★1年"));
        }
        let head = head::read(&lines("江城县档案馆文件\n\n馆藏文件有三类。\n"), Meta::default());
        assert_eq!(head.meta.title.as_deref(), Some("江城县档案馆文件"), "without a number it is a title");
    }

    #[test]
    fn days_of_a_rule() {
        let text = "渡口管理办法\n\n（2019年5月4日江城县第三次会议通过　2019年6月1日公布　自2019年7月1日起施行）\n\n第一条 甲\n";
        let head = head::read(&lines(text), Meta::default());
        assert_eq!((head.meta.created.as_deref(), head.meta.date.as_deref()), (Some("2019-05-04"), Some("2019-06-01")));
        assert_eq!(head.meta.title.as_deref(), Some("渡口管理办法"));
    }

    #[test]
    fn the_day_of_signing() {
        for closing in ["江城县人民政府\n2019年8月6日", "　　江城县人民政府　2019年8月6日\n（此件公开发布）"]
        {
            let mut meta = Meta { doc_number: Some("江政发〔2019〕3号".to_string()), ..Meta::default() };
            signed(&lines(&format!("照办。\n\n{closing}\n\n江城县人民政府办公室　2019年8月7日印发\n")), &mut meta);
            assert_eq!(meta.created.as_deref(), Some("2019-08-06"), "{closing}");
            assert_eq!(meta.issuer.as_deref(), Some("江城县人民政府"));
            assert_eq!(meta.date.as_deref(), Some("2019-08-07"), "the day in the imprint");
        }
    }
}
