//! The indexes by author, date, source office, subject and place.

use std::collections::BTreeMap;

use super::filing::{Filing, Letter};
use super::reserved;
use crate::record::Record;
use crate::record::date::Period;
use crate::text::anchor;
use crate::words::Words;

/// What an index lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IndexKind {
    /// Authors, by the name that sorts.
    Authors,
    /// Years, decades and centuries.
    Dates,
    /// Source offices.
    Offices,
    /// Subjects.
    Subjects,
    /// Places that the documents speak of.
    Places,
}

impl IndexKind {
    /// All of them, in the order shown.
    pub(crate) const ALL: [Self; 5] = [Self::Authors, Self::Dates, Self::Offices, Self::Subjects, Self::Places];

    /// The folder below `browse/`.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Authors => "authors",
            Self::Dates => "dates",
            Self::Offices => "offices",
            Self::Subjects => "subjects",
            Self::Places => "places",
        }
    }
}

/// What an entry is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EntryLabel {
    /// A period of time.
    Period(Period),
    /// A name, as it is.
    Name(String),
    /// Documents without a date.
    Undated,
}

impl EntryLabel {
    /// The label in words.
    pub(crate) fn display(&self, words: &Words) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Period(period) => words.dates().period(*period),
            Self::Undated => words.get("undated").to_string(),
        }
    }
}

/// One entry of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndexEntry {
    /// What it is called.
    pub label: EntryLabel,
    /// File name without `.html`.
    pub slug: String,
    /// Documents, oldest first; within a year those come last whose month is not known.
    pub documents: Vec<usize>,
    /// The letter that it is filed under; periods and the undated have none.
    pub letter: Option<Letter>,
}

/// One index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Index {
    /// What it lists.
    pub kind: IndexKind,
    /// In order.
    pub entries: Vec<IndexEntry>,
    by_label: BTreeMap<EntryLabel, usize>,
}

impl Index {
    /// Makes an index over records that come in the order of their dates.
    pub(crate) fn new<'a>(kind: IndexKind, records: impl Iterator<Item = (usize, &'a Record)>) -> Self {
        let mut groups: BTreeMap<Heading<'_>, Group<'_>> = BTreeMap::new();
        for (document, record) in records {
            let vague = kind == IndexKind::Dates && record.date.as_ref().is_some_and(|date| date.month().is_none());
            each_heading(kind, record, |heading, sort| {
                let group = groups.entry(heading).or_default();
                // A name is one entry, though one record says what it sorts by and another does not.
                group.sort = group.sort.or(sort);
                let documents = if vague { &mut group.last } else { &mut group.documents };
                if documents.last() != Some(&document) {
                    documents.push(document);
                }
            });
        }
        let filed = |sort: &str| match kind {
            IndexKind::Dates => None,
            IndexKind::Authors => Some(Filing::of_person(sort)),
            IndexKind::Offices | IndexKind::Subjects | IndexKind::Places => Some(Filing::of_name(sort)),
        };
        let mut groups: Vec<_> = groups
            .into_iter()
            .map(|(heading, group)| (filed(group.sort.unwrap_or(heading.name())), heading.label(), group))
            .collect();
        groups.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut taken = BTreeMap::new();
        let mut entries = Vec::with_capacity(groups.len());
        let mut by_label = BTreeMap::new();
        for (filing, label, mut group) in groups {
            group.documents.append(&mut group.last);
            let slug = unique_slug(&label, &mut taken);
            by_label.insert(label.clone(), entries.len());
            let letter = filing.map(|filing| filing.letter);
            entries.push(IndexEntry { label, slug, documents: group.documents, letter });
        }
        Self { kind, entries, by_label }
    }

    /// The path of an entry's page, from the site's root.
    pub(crate) fn path_of(&self, label: &EntryLabel) -> Option<String> {
        let entry = &self.entries[*self.by_label.get(label)?];
        Some(format!("browse/{}/{}.html", self.kind.folder(), entry.slug))
    }
}

/// A label as a record has it: an archive has a hundred times as many records as entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heading<'a> {
    Period(Period),
    Name(&'a str),
    Undated,
}

impl<'a> Heading<'a> {
    fn name(self) -> &'a str {
        match self {
            Self::Name(name) => name,
            Self::Period(_) | Self::Undated => "",
        }
    }

    fn label(self) -> EntryLabel {
        match self {
            Self::Period(period) => EntryLabel::Period(period),
            Self::Name(name) => EntryLabel::Name(name.to_string()),
            Self::Undated => EntryLabel::Undated,
        }
    }
}

/// What stands under one heading.
#[derive(Debug, Default)]
struct Group<'a> {
    /// What it sorts by, where a record says something else than the name.
    sort: Option<&'a str>,
    documents: Vec<usize>,
    /// Documents that come after the others.
    last: Vec<usize>,
}

/// The headings of a record, each with what it sorts by where that is said.
fn each_heading<'a>(kind: IndexKind, record: &'a Record, mut take: impl FnMut(Heading<'a>, Option<&'a str>)) {
    let mut named = |names: &'a [String]| names.iter().for_each(|name| take(Heading::Name(name), None));
    match kind {
        IndexKind::Authors => {
            for author in &record.authors {
                take(Heading::Name(&author.name), author.sort.as_deref().filter(|sort| *sort != author.name));
            }
        }
        // Of a closed document nothing is known but its title.
        IndexKind::Dates if !record.is_described() => {}
        IndexKind::Dates => {
            take(record.date.as_ref().map_or(Heading::Undated, |date| Heading::Period(date.period())), None);
        }
        IndexKind::Offices => named(record.source.as_slice()),
        IndexKind::Subjects => named(&record.subjects),
        IndexKind::Places => named(&record.places),
    }
}

/// A file name for a label; two names that reduce to the same one are told apart by a digest of the name, never by a
/// count, so that an address does not depend on what else is in the archive.
fn unique_slug(label: &EntryLabel, taken: &mut BTreeMap<String, EntryLabel>) -> String {
    let (plain, name) = match label {
        EntryLabel::Period(period) => (period.slug(), String::new()),
        EntryLabel::Undated => ("undated".to_string(), String::new()),
        EntryLabel::Name(name) => (anchor::slug(name), name.clone()),
    };
    let usable = !plain.is_empty() && plain != reserved::INDEX && !taken.contains_key(&plain);
    let told_apart = || {
        let slug = format!("{plain}_{}", anchor::digest(&name));
        // That digest has the letters alone; names may differ in a mark.
        let by_marks = || format!("{slug}_{}", anchor::digest_of_all(&name));
        if taken.contains_key(&slug) { by_marks() } else { slug }
    };
    let slug = if usable { plain.clone() } else { told_apart() };
    taken.insert(slug.clone(), label.clone());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Person;

    #[test]
    fn names_that_reduce_alike_have_pages_of_their_own() {
        let record = |name: &str| Record {
            authors: vec![Person { name: name.to_string(), ..Person::default() }],
            ..Record::default()
        };
        let records: Vec<_> = ["Ann Li", "ann-li", "？", "index", "甲、乙", "甲；乙", "甲/乙", "甲，乙", "！"]
            .into_iter()
            .map(record)
            .collect();
        let index = Index::new(IndexKind::Authors, records.iter().enumerate());
        let mut slugs: Vec<_> = index.entries.iter().map(|entry| entry.slug.as_str()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 9);
        assert!(slugs.iter().all(|slug| anchor::is_id(slug) && *slug != "index"), "{slugs:?}");
    }
}
