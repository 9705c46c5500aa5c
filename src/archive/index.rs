//! The indexes by author, date, source office, subject and place.

use std::collections::BTreeMap;

use super::filing::{Filing, Letter};
use crate::document::anchor;
use crate::record::Record;
use crate::record::date::Period;
use crate::words::Words;

/// What an index lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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

impl Kind {
    /// All of them, in the order shown.
    pub const ALL: [Self; 5] = [Self::Authors, Self::Dates, Self::Offices, Self::Subjects, Self::Places];

    /// The folder below `browse/`.
    pub fn folder(self) -> &'static str {
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
pub enum Label {
    /// A period of time.
    Period(Period),
    /// A name, as it is.
    Name(String),
    /// Documents without a date.
    Undated,
}

impl Label {
    /// The label in words.
    pub fn display(&self, words: &Words) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Period(period) => words.dates().period(*period),
            Self::Undated => words.get("undated").to_string(),
        }
    }
}

/// One entry of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub label: Label,
    /// File name without `.html`.
    pub slug: String,
    /// Documents, oldest first; within a year those come last whose month is not known.
    pub documents: Vec<usize>,
    /// The letter that it is filed under; periods and the undated have none.
    pub letter: Option<Letter>,
}

/// One index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// What it lists.
    pub kind: Kind,
    /// In order.
    pub entries: Vec<Entry>,
    by_label: BTreeMap<Label, usize>,
}

impl Index {
    /// Makes an index over records that come in the order of their dates.
    pub fn new<'a>(kind: Kind, records: impl Iterator<Item = (usize, &'a Record)>) -> Self {
        // A name is one entry, though one record says what it sorts by and another does not.
        let mut sorts: BTreeMap<Label, String> = BTreeMap::new();
        let mut groups: BTreeMap<Label, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (document, record) in records {
            let vague = kind == Kind::Dates && record.date.as_ref().is_some_and(|date| date.month().is_none());
            for (sort, label) in labels(kind, record) {
                let is_said = label != Label::Name(sort.clone());
                let known = sorts.entry(label.clone()).or_insert_with(|| sort.clone());
                if is_said && label == Label::Name(known.clone()) {
                    *known = sort;
                }
                let (documents, last) = groups.entry(label).or_default();
                let documents = if vague { last } else { documents };
                if documents.last() != Some(&document) {
                    documents.push(document);
                }
            }
        }
        let filed = |sort: &str| match kind {
            Kind::Dates => None,
            Kind::Authors => Some(Filing::of_person(sort)),
            Kind::Offices | Kind::Subjects | Kind::Places => Some(Filing::of_name(sort)),
        };
        let mut groups: Vec<_> =
            groups.into_iter().map(|(label, documents)| (filed(&sorts[&label]), label, documents)).collect();
        groups.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut taken = BTreeMap::new();
        let mut entries = Vec::with_capacity(groups.len());
        let mut by_label = BTreeMap::new();
        for (filing, label, (mut documents, last)) in groups {
            documents.extend(last);
            let slug = unique_slug(&label, &mut taken);
            by_label.insert(label.clone(), entries.len());
            entries.push(Entry { label, slug, documents, letter: filing.map(|filing| filing.letter) });
        }
        Self { kind, entries, by_label }
    }

    /// The path of an entry's page, from the site's root.
    pub fn path_of(&self, label: &Label) -> Option<String> {
        let entry = &self.entries[*self.by_label.get(label)?];
        Some(format!("browse/{}/{}.html", self.kind.folder(), entry.slug))
    }
}

/// The labels of a record with what they sort by. Periods and the undated sort by themselves.
fn labels(kind: Kind, record: &Record) -> Vec<(String, Label)> {
    let named = |name: &String| (name.clone(), Label::Name(name.clone()));
    match kind {
        Kind::Authors => record
            .authors
            .iter()
            .map(|author| {
                (author.sort.clone().unwrap_or_else(|| author.name.clone()), Label::Name(author.name.clone()))
            })
            .collect(),
        Kind::Dates => {
            let label = record.date.as_ref().map_or(Label::Undated, |date| Label::Period(date.period()));
            vec![(String::new(), label)]
        }
        Kind::Offices => record.source.iter().map(named).collect(),
        Kind::Subjects => record.subjects.iter().map(named).collect(),
        Kind::Places => record.places.iter().map(named).collect(),
    }
}

/// A file name for a label; two names that reduce to the same one are told apart by a digest of the name, never by a
/// count, so that an address does not depend on what else is in the archive.
fn unique_slug(label: &Label, taken: &mut BTreeMap<String, Label>) -> String {
    let (plain, name) = match label {
        Label::Period(period) => (period.slug(), String::new()),
        Label::Undated => ("undated".to_string(), String::new()),
        Label::Name(name) => (anchor::slug(name), name.clone()),
    };
    let usable = !plain.is_empty() && plain != "index" && !taken.contains_key(&plain);
    let slug = if usable { plain } else { format!("{plain}_{}", anchor::digest(&name)) };
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
        let records: Vec<_> = ["Ann Li", "ann-li", "？", "index"].into_iter().map(record).collect();
        let index = Index::new(Kind::Authors, records.iter().enumerate());
        let mut slugs: Vec<_> = index.entries.iter().map(|entry| entry.slug.as_str()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 4);
        assert!(slugs.iter().all(|slug| anchor::is_id(slug) && *slug != "index"), "{slugs:?}");
    }
}
