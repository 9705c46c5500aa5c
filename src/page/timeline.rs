//! The timeline: year by year, how much there is and what it begins with.

use anyhow::Result;
use serde::Serialize;

use super::list::DocumentLink;
use super::pager::{self, Pager};
use super::template::Template;
use super::{Head, Output, Pages};
use crate::archive::index::{EntryLabel, IndexEntry, IndexKind};
use crate::archive::reserved::BROWSE;
use crate::record::date::Period;

/// Documents named for a year.
const NAMED: usize = 3;

/// Years on one page.
const YEARS: usize = 120;

#[derive(Serialize)]
struct YearView<'a> {
    label: String,
    url: String,
    count: usize,
    count_text: String,
    /// Length of the bar in percent of the fullest year's.
    share: String,
    documents: Vec<DocumentLink<'a>>,
    more_text: Option<String>,
}

impl Pages<'_> {
    /// Writes `browse/timeline.html`, where there are two years to tell apart, as in the chart that leads to it.
    pub(super) fn write_timeline(&self) -> Result<Output> {
        let mut output = Output::default();
        let Some(index) = self.archive.index(IndexKind::Dates) else { return Ok(output) };
        let years: Vec<&IndexEntry> = index
            .entries
            .iter()
            .filter(|entry| matches!(entry.label, EntryLabel::Period(Period { span: 1, .. })))
            .collect();
        let most = years.iter().map(|entry| entry.documents.len()).max().unwrap_or(0);
        if years.len() < 2 {
            return Ok(output);
        }
        let language = self.site_language();
        let words = self.words(language);
        let total = years.len().div_ceil(YEARS);
        for (at, years) in years.chunks(YEARS).enumerate() {
            let path = format!("{BROWSE}/{}", pager::file("timeline", at + 1));
            if !self.wants(&path) {
                continue;
            }
            let head = Head {
                template: Template::Timeline,
                path: &path,
                title: words.get("timeline"),
                description: None,
                language,
            };
            let mut context = self.context(&head, &mut output);
            let years: Vec<_> = years
                .iter()
                .map(|entry| {
                    let count = entry.documents.len();
                    let named = &entry.documents[..count.min(NAMED)];
                    YearView {
                        label: entry.label.display(words),
                        url: format!("dates/{}.html", entry.slug),
                        count,
                        count_text: words.count("documents", count),
                        share: format!("{:.1}%", (100.0 * count as f64 / most as f64).max(0.5)),
                        documents: self.document_links(named, "../", language),
                        more_text: (count > NAMED).then(|| words.with_number("timeline_more", count - NAMED)),
                    }
                })
                .collect();
            let crumbs = self.browse_crumbs("../", "", None);
            self.put_crumbs(&crumbs, &head, &mut context, &mut output);
            context.insert("years", &years);
            context.insert("pager", &Pager::new("timeline", at + 1, total));
            self.page(&head, &context, &mut output)?;
        }
        Ok(output)
    }
}
