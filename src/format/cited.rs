//! What is cited: a document, or one of its sections.
//!
//! Citations, meta tags and linked data say the same of it, so what they say is found once, here. Where a record names no
//! author, the body that issued the document stands for one; the source office is its publisher.

use super::work::Work;
use crate::record::date::Date;
use crate::record::person::Role;
use crate::record::{Person, Record};
use crate::text::Heading;

/// A page that can be cited.
#[derive(Clone, Copy)]
pub(crate) struct Cited<'a> {
    /// The document.
    pub work: Work<'a>,
    /// The page's file name in the document's folder.
    pub page: &'a str,
    /// The section that the page is; none for the document as a whole.
    pub section: Option<&'a Heading>,
}

impl<'a> Cited<'a> {
    /// A document as a whole.
    pub(crate) fn whole(work: Work<'a>) -> Self {
        Self { work, page: "index.html", section: None }
    }

    /// The catalogue record.
    pub(crate) fn record(&self) -> &'a Record {
        self.work.record()
    }

    /// Its title; a section's stands behind the document's.
    pub(crate) fn title(&self) -> String {
        let title = &self.record().title;
        match self.section {
            Some(section) => format!("{title}{}{}", self.colon(), section.full()),
            None => title.clone(),
        }
    }

    /// What stands between a title and what follows it.
    pub(crate) fn colon(&self) -> &'static str {
        if self.work.language_tag().starts_with("zh") { "：" } else { ": " }
    }

    /// Who wrote it; the issuing body where the record names nobody.
    pub(crate) fn authors(&self) -> Vec<Person> {
        let record = self.record();
        if !record.authors.is_empty() {
            return record.authors.clone();
        }
        let office = |name: &String| Person { name: name.clone(), office: true, ..Person::default() };
        record.issuer.iter().map(office).collect()
    }

    /// Whoever a reference names first: the authors, and those in other roles only where there is no author.
    pub(crate) fn writers(&self) -> Vec<Person> {
        let people = self.authors();
        match people.iter().any(|person| Role::of(person) == Role::Author) {
            true => people.into_iter().filter(|person| Role::of(person) == Role::Author).collect(),
            false => people,
        }
    }

    /// The office that published it.
    pub(crate) fn publisher(&self) -> Option<&'a str> {
        let record = self.record();
        record.source.as_deref().or(record.issuer.as_deref())
    }

    /// When it was published, or else when it was made.
    pub(crate) fn date(&self) -> Option<&'a Date> {
        self.record().date.as_ref().or(self.record().created.as_ref())
    }

    /// Where it is read: a document's own address before the archive's; a section has only the archive's.
    pub(crate) fn address(&self) -> Option<String> {
        let original = self.record().source_url.clone().filter(|_| self.section.is_none());
        original.or_else(|| self.work.permalink(self.page))
    }

    /// The number of the edition, where what is cited is the archive's own page and not the original's.
    pub(crate) fn edition(&self) -> Option<u32> {
        let is_own = self.section.is_some() || self.record().source_url.is_none();
        self.work.since.edition().filter(|_| is_own).map(|edition| edition.number)
    }

    /// The name it goes by in a list of references.
    pub(crate) fn key(&self) -> String {
        match self.section {
            Some(section) => format!("{}_{}", self.work.entry.id, section.id),
            None => self.work.entry.id.clone(),
        }
    }

    /// When the address was seen: the day of capture, where the address is the original's. When the archive's own was
    /// seen the reader knows.
    pub(crate) fn accessed(&self) -> Option<&'a Date> {
        let record = self.record();
        record.captured.as_ref().filter(|_| self.section.is_none() && record.source_url.is_some())
    }
}
