//! The editions of the archive: what was published when, why, and what it brought or changed.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::context::crumbs;
use super::pager::{self, Pager};
use super::template::Template;
use super::{Head, Output, Pages};
use crate::archive::address;
use crate::archive::changes::Since;
use crate::archive::edition::{Edition, Name};
use crate::archive::reserved::EDITIONS;
use crate::record::date::Date;
use crate::site::Language;
use crate::words::Words;

/// A day in words.
pub(crate) fn said(day: &str, words: &Words) -> String {
    Date::parse(day).map_or_else(|_| day.to_string(), |date| words.dates().say(&date))
}

/// Editions on one page.
const PER_PAGE: usize = 50;

/// New documents that an edition names; its changes are all named.
const NAMED: usize = 20;

#[derive(Serialize)]
struct EditionView {
    number: u32,
    day: String,
    date: String,
    because: Vec<String>,
    anchor: String,
    new: Vec<Link>,
    more_new: Option<String>,
    changed: Vec<Link>,
}

/// A document, or what changed in it.
#[derive(Serialize)]
struct Link {
    title: String,
    url: String,
}

/// The documents of one edition, by their indexes.
#[derive(Default)]
struct Of {
    new: Vec<usize>,
    changed: Vec<usize>,
    /// Whether its reason may be said: it may speak of the words that it changed, and those may be gone.
    says_why: bool,
}

impl Pages<'_> {
    /// Writes the list of editions, where there is one: those that were published, and the one that is published now.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(crate) fn write_editions(&self, since: &[Since], coming: Option<&Edition>) -> Result<Output> {
        let mut output = Output::default();
        // Two people may have published editions of one number on one day; to readers they are one.
        let mut editions: BTreeMap<Name, Vec<String>> = BTreeMap::new();
        for edition in self.changes.editions().iter().chain(coming) {
            editions.entry(edition.name()).or_default().push(edition.because.clone());
        }
        let documents = self.by_edition(since);
        let language = self.site_language();
        let title = self.words(language).get("editions_title");
        let editions: Vec<(Name, Vec<String>)> = editions.into_iter().rev().collect();
        let total = editions.len().div_ceil(PER_PAGE);
        for (at, editions) in editions.chunks(PER_PAGE).enumerate() {
            let path = pager::file(EDITIONS, at + 1);
            if !self.wants(&path) {
                continue;
            }
            let head = Head { template: Template::Editions, path: &path, title, description: None, language };
            let mut context = self.context(&head, &mut output);
            let views: Vec<EditionView> = editions
                .iter()
                .map(|(name, because)| self.edition_of(name, because, documents.get(name), language))
                .collect();
            self.put_crumbs(&crumbs(&self.down_to(0, language), ""), &head, &mut context, &mut output);
            context.insert("editions", &views);
            let withdrawn = if at == 0 { self.withdrawals(language) } else { Vec::new() };
            context.insert("withdrawn", &withdrawn);
            context.insert("pager", &Pager::new(EDITIONS, at + 1, total));
            self.page(&head, &context, &mut output)?;
        }
        Ok(output)
    }

    /// What each edition brought and changed.
    fn by_edition<'s>(&self, since: &'s [Since]) -> BTreeMap<&'s Name, Of> {
        let mut documents: BTreeMap<&Name, Of> = BTreeMap::new();
        for (document, since) in since.iter().enumerate() {
            let is_described = self.archive.documents[document].record.is_described();
            for (at, name) in since.editions.iter().enumerate() {
                let of = documents.entry(name).or_default();
                // The edition that closed a document says why it did.
                of.says_why |= is_described || since.edition() == Some(name);
                if !is_described {
                    continue;
                }
                if at == 0 { of.new.push(document) } else { of.changed.push(document) }
            }
        }
        documents
    }

    fn edition_of(&self, name: &Name, because: &[String], of: Option<&Of>, language: Language) -> EditionView {
        let words = self.words(language);
        let anchor = name.anchor();
        let link = |document: &usize, page: &str| {
            let entry = &self.archive.documents[*document];
            Link { title: entry.record.title.clone(), url: format!("{}/{page}", address::encode(&entry.directory)) }
        };
        let says_why = of.is_none_or(|of| of.says_why);
        let (new, changed) = of.map_or((&[][..], &[][..]), |of| (&of.new, &of.changed));
        EditionView {
            number: name.number,
            day: name.day.clone(),
            date: said(&name.day, words),
            because: because.iter().filter(|because| says_why && !because.is_empty()).cloned().collect(),
            new: new.iter().take(NAMED).map(|document| link(document, "index.html")).collect(),
            more_new: (new.len() > NAMED).then(|| words.with_number("editions_more", new.len() - NAMED)),
            changed: changed.iter().map(|document| link(document, &format!("{EDITIONS}.html#{anchor}"))).collect(),
            anchor,
        }
    }
}
