//! The years of the archive as a chart: a bar a year, or a bar a decade where there are too many, each a link.
//!
//! The drawing is inline SVG that the template writes; here are its numbers, in percent of its box, so that it is as wide
//! as the page lets it be. It repeats for the eye what the list of decades below it says in words, and is hidden from
//! screen readers and the tab key.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Pages;
use super::pager::{self, PER_PAGE};
use crate::archive::index::{EntryLabel, Index, IndexKind};
use crate::record::date::Period;
use crate::site::Language;

/// Bars beyond which years are put together into decades.
const BARS: i64 = 120;

/// Marks on the axis, at most.
const MARKS: i64 = 8;

/// The least height of a bar that stands for something, in percent.
const LEAST: f64 = 3.0;

/// The drawing, and the decades in words.
#[derive(Debug, Serialize)]
pub(crate) struct Chart {
    bars: Vec<Bar>,
    marks: Vec<YearMark>,
    decades: Vec<Decade>,
    timeline: String,
}

#[derive(Debug, Serialize)]
struct Bar {
    label: String,
    count_text: String,
    url: String,
    x: String,
    y: String,
    width: String,
    height: String,
    slot: String,
}

#[derive(Debug, Serialize)]
struct YearMark {
    label: String,
    x: String,
}

/// A decade with its number of documents; also a century, and those without a date.
#[derive(Debug, Serialize)]
pub(crate) struct Decade {
    label: String,
    url: String,
    count: usize,
}

/// The group of the index of dates in which an entry stands: its decade, its century, or none.
pub(crate) fn group_of(label: &EntryLabel) -> EntryLabel {
    match label {
        EntryLabel::Period(Period { first, span: 1 | 10 }) => {
            EntryLabel::Period(Period { first: first.div_euclid(10) * 10, span: 10 })
        }
        other => other.clone(),
    }
}

/// The id of a group on the pages of the index.
pub(crate) fn group_id(group: &EntryLabel) -> String {
    match group {
        EntryLabel::Period(period) => format!("fonds-{}", period.slug()),
        _ => "fonds-undated".to_string(),
    }
}

impl Pages<'_> {
    /// The chart, with links for a page from which `to_dates` leads into `browse/dates/`; none where there are not two
    /// years to compare.
    pub(crate) fn chart(&self, to_dates: &str, language: Language) -> Option<Chart> {
        let index = self.archive.index(IndexKind::Dates)?;
        let years: BTreeMap<i64, (usize, &str)> = index
            .entries
            .iter()
            .filter_map(|entry| match entry.label {
                EntryLabel::Period(Period { first, span: 1 }) => {
                    Some((first, (entry.documents.len(), entry.slug.as_str())))
                }
                _ => None,
            })
            .collect();
        let (first, last) = (*years.first_key_value()?.0, *years.last_key_value()?.0);
        if first == last {
            return None;
        }
        let decades = self.decades(index, to_dates, language);
        let mut span = if last - first < BARS { 1 } else { 10 };
        while (last - first) / span >= BARS {
            span *= 10;
        }
        let start = first.div_euclid(span) * span;
        let slots = (last - start) / span + 1;
        let mut counts: BTreeMap<i64, (usize, String)> = BTreeMap::new();
        for (year, (count, slug)) in &years {
            let slot = (year - start) / span;
            let url = match span {
                1 => format!("{to_dates}{slug}.html"),
                _ => self.group_url(index, to_dates, &group_of(&EntryLabel::Period(Period { first: *year, span: 1 }))),
            };
            let bar = counts.entry(slot).or_insert((0, url));
            bar.0 += count;
        }
        let most = counts.values().map(|(count, _)| *count).max()?;
        let width = 100.0 / slots as f64;
        let words = self.words(language);
        let bars = counts.into_iter().map(|(slot, (count, url))| {
            let period = Period { first: start + slot * span, span };
            let height = (97.0 * count as f64 / most as f64).max(LEAST);
            Bar {
                label: if span > 10 { period.first.to_string() } else { words.dates().period(period) },
                count_text: words.count("documents", count),
                url,
                x: percent(slot as f64 * width + width * 0.1),
                y: percent(100.0 - height),
                width: percent(width * 0.8),
                height: percent(height),
                slot: percent(slot as f64 * width),
            }
        });
        Some(Chart {
            bars: bars.collect(),
            marks: marks(start, start + slots * span),
            decades,
            timeline: format!("{to_dates}../timeline.html"),
        })
    }

    /// The groups of the index of dates.
    fn decades(&self, index: &Index, to_dates: &str, language: Language) -> Vec<Decade> {
        let mut decades: Vec<(EntryLabel, usize)> = Vec::new();
        for entry in &index.entries {
            let group = group_of(&entry.label);
            match decades.last_mut().filter(|(last, _)| *last == group) {
                Some((_, count)) => *count += entry.documents.len(),
                None => decades.push((group, entry.documents.len())),
            }
        }
        let words = self.words(language);
        decades
            .into_iter()
            .map(|(group, count)| Decade {
                label: group.display(words),
                url: self.group_url(index, to_dates, &group),
                count,
            })
            .collect()
    }

    /// Where a group begins in the index of dates.
    fn group_url(&self, index: &Index, to_dates: &str, group: &EntryLabel) -> String {
        let at = index.entries.iter().position(|entry| group_of(&entry.label) == *group).unwrap_or(0);
        format!("{to_dates}{}#{}", pager::file("index", at / PER_PAGE + 1), group_id(group))
    }
}

/// Round years, at most [`MARKS`] of them.
fn marks(start: i64, end: i64) -> Vec<YearMark> {
    let span = end - start;
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].into_iter().find(|step| span / step <= MARKS).unwrap_or(span);
    let first = start.div_euclid(step) * step;
    (0..)
        .map(|at| first + at * step)
        .take_while(|year| *year < end)
        .filter(|year| *year >= start)
        .map(|year| YearMark { label: year.to_string(), x: percent(100.0 * (year - start) as f64 / span as f64) })
        .collect()
}

fn percent(value: f64) -> String {
    let text = format!("{value:.2}");
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
