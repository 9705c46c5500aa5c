//! The indexes: their lists, and a page for each entry.

use anyhow::Result;
use serde::Serialize;

use super::chart::{group_id, group_of};
use super::list::DocumentLink;
use super::pager::{self, PER_PAGE, Pager};
use super::template::Template;
use super::{Crumb, Head, Output, Pages, index_key};
use crate::archive::filing::Letter;
use crate::archive::index::{Index, IndexEntry, IndexKind};
use crate::archive::reserved::BROWSE;
use crate::format::CATALOGUES;
use crate::site::Language;

#[derive(Serialize)]
struct IndexView<'a> {
    kind: &'a str,
    title: &'a str,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct EntryView {
    label: String,
    url: String,
    count: usize,
    count_text: String,
    /// In the index of dates, the pages of a year that takes more than one: so that every document is three clicks from
    /// home, whatever its year holds.
    pages: Vec<PageLink>,
}

/// A page of an entry's list.
#[derive(Serialize)]
struct PageLink {
    number: usize,
    url: String,
}

/// Entries under one heading: a letter or a decade.
#[derive(Serialize)]
struct Group<T> {
    label: String,
    id: String,
    entries: Vec<T>,
}

/// The way to a group.
#[derive(Serialize)]
struct Jump {
    label: String,
    url: String,
}

/// A month of a year's documents.
#[derive(Serialize)]
struct Month<'a> {
    label: String,
    id: String,
    days: Vec<Jump>,
    documents: Vec<DocumentLink<'a>>,
}

/// A file of all records.
#[derive(Serialize)]
struct DataLink<'a> {
    name: &'static str,
    url: String,
    label: &'a str,
}

impl Pages<'_> {
    /// The list of one index.
    pub(super) fn write_index(&self, kind: IndexKind) -> Result<Output> {
        let mut output = Output::default();
        let Some(index) = self.archive.index(kind) else { return Ok(output) };
        let language = self.site_language();
        let words = self.words(language);
        let title = words.get(index_key(kind));
        let folder = format!("{BROWSE}/{}", kind.folder());
        self.staging.folder(&folder)?;
        let total = pager::count(index.entries.len());
        let jumps = self.jumps(index, language);
        for (at, entries) in index.entries.chunks(PER_PAGE).enumerate() {
            let path = format!("{folder}/{}", pager::file("index", at + 1));
            if !self.wants(&path) {
                continue;
            }
            let head = Head { template: Template::Browse, path: &path, title, description: None, language };
            let mut context = self.context(&head, &mut output);
            self.put_crumbs(&self.browse_crumbs("../../", "../", None), &head, &mut context, &mut output);
            context.insert("index", &self.index_view(index, String::new()));
            context.insert("chart", &(kind == IndexKind::Dates && at == 0).then(|| self.chart("", language)).flatten());
            context.insert("jumps", &jumps);
            context.insert("groups", &self.groups(entries, language));
            context.insert("pager", &Pager::new("index", at + 1, total));
            self.page(&head, &context, &mut output)?;
        }
        Ok(output)
    }

    /// What an entry stands under: id and label of the letter or decade.
    fn group(&self, entry: &IndexEntry, language: Language) -> (String, String) {
        let words = self.words(language);
        match entry.letter {
            Some(Letter::Latin(letter)) => (format!("fonds-{letter}"), letter.to_string()),
            Some(Letter::Other) => ("fonds-other".to_string(), words.get("letter_other").to_string()),
            None => {
                let group = group_of(&entry.label);
                (group_id(&group), group.display(words))
            }
        }
    }

    fn groups(&self, entries: &[IndexEntry], language: Language) -> Vec<Group<EntryView>> {
        let words = self.words(language);
        let mut groups: Vec<Group<EntryView>> = Vec::new();
        for entry in entries {
            let total = if entry.letter.is_none() { pager::count(entry.documents.len()) } else { 1 };
            let page = |number| PageLink { number, url: pager::file(&entry.slug, number) };
            let view = EntryView {
                label: entry.label.display(words),
                url: format!("{}.html", entry.slug),
                count: entry.documents.len(),
                count_text: words.count("documents", entry.documents.len()),
                pages: if total > 1 { (1..=total).map(page).collect() } else { Vec::new() },
            };
            let (id, label) = self.group(entry, language);
            match groups.last_mut().filter(|group| group.id == id) {
                Some(group) => group.entries.push(view),
                None => groups.push(Group { label, id, entries: vec![view] }),
            }
        }
        groups
    }

    /// Where each letter or decade begins; nothing where there is only one.
    fn jumps(&self, index: &Index, language: Language) -> Vec<Jump> {
        let mut jumps: Vec<Jump> = Vec::new();
        for (at, entry) in index.entries.iter().enumerate() {
            let (id, label) = self.group(entry, language);
            if jumps.last().is_none_or(|jump| jump.label != label) {
                jumps.push(Jump { label, url: format!("{}#{id}", pager::file("index", at / PER_PAGE + 1)) });
            }
        }
        if jumps.len() < 2 { Vec::new() } else { jumps }
    }

    /// The pages of one entry.
    pub(super) fn write_entry(&self, kind: IndexKind, entry: usize) -> Result<Output> {
        let mut output = Output::default();
        let Some(index) = self.archive.index(kind) else { return Ok(output) };
        let entry = &index.entries[entry];
        let language = self.site_language();
        let words = self.words(language);
        let label = entry.label.display(words);
        let total = pager::count(entry.documents.len());
        for (at, documents) in entry.documents.chunks(PER_PAGE).enumerate() {
            let path = format!("{BROWSE}/{}/{}", kind.folder(), pager::file(&entry.slug, at + 1));
            if !self.wants(&path) {
                continue;
            }
            let head = Head { template: Template::Entry, path: &path, title: &label, description: None, language };
            let mut context = self.context(&head, &mut output);
            let view = EntryView {
                label: label.clone(),
                url: pager::file(&entry.slug, 1),
                count: entry.documents.len(),
                count_text: words.count("documents", entry.documents.len()),
                pages: Vec::new(),
            };
            let is_year = kind == IndexKind::Dates && entry.documents.len() > 1;
            let months = if is_year { self.months(documents, language) } else { Vec::new() };
            let listed = if months.is_empty() { documents } else { &[] };
            self.put_crumbs(&self.browse_crumbs("../../", "../", Some(kind)), &head, &mut context, &mut output);
            context.insert("index", &self.index_view(index, "index.html".to_string()));
            context.insert("entry", &view);
            context.insert("months", &months);
            context.insert("documents", &self.document_links(listed, "../../", language));
            context.insert("pager", &Pager::new(&entry.slug, at + 1, total));
            self.page(&head, &context, &mut output)?;
        }
        Ok(output)
    }

    /// A year's documents by month, each with its days; nothing where no month is known.
    fn months(&self, documents: &[usize], language: Language) -> Vec<Month<'_>> {
        let words = self.words(language);
        let date = |at: usize| self.archive.documents[at].record.date.as_ref();
        let month = |at: usize| date(at).and_then(|date| date.month());
        if documents.iter().all(|at| month(*at).is_none()) {
            return Vec::new();
        }
        let by_month = documents.chunk_by(|one, other| month(*one) == month(*other));
        by_month
            .map(|documents| {
                let month = month(documents[0]);
                let number = month.unwrap_or(0);
                let mut last_day = None;
                let mut links = self.document_links(documents, "../../", language);
                let mut days = Vec::new();
                for (link, at) in links.iter_mut().zip(documents) {
                    let day = date(*at).and_then(|date| date.day()).filter(|_| month.is_some());
                    if let Some(day) = day.filter(|_| day != last_day) {
                        let id = format!("fonds-{number:02}-{day:02}");
                        days.push(Jump { label: words.dates().day_alone(day), url: format!("#{id}") });
                        link.set_id(id);
                        last_day = Some(day);
                    }
                }
                Month {
                    label: month.map_or_else(
                        || words.get("month_unknown").to_string(),
                        |month| words.dates().month(month).to_string(),
                    ),
                    id: format!("fonds-{number:02}"),
                    days,
                    documents: links,
                }
            })
            .collect()
    }

    /// The page that lists the indexes.
    pub(super) fn write_browse_home(&self) -> Result<Output> {
        let mut output = Output::default();
        self.staging.folder(BROWSE)?;
        let language = self.site_language();
        let title = self.words(language).get("browse");
        let path = &format!("{BROWSE}/index.html");
        let head = Head { template: Template::BrowseHome, path, title, description: None, language };
        let mut context = self.context(&head, &mut output);
        let indexes: Vec<_> = self
            .archive
            .indexes
            .iter()
            .map(|index| self.index_view(index, format!("{}/index.html", index.kind.folder())))
            .collect();
        context.insert("chart", &self.chart("dates/", language));
        self.put_crumbs(&super::crumbs(&self.above(0, language), "../"), &head, &mut context, &mut output);
        context.insert("indexes", &indexes);
        let made = CATALOGUES.iter().filter(|catalogue| (catalogue.is_made)(self.archive));
        let data: Vec<DataLink<'_>> = made
            .map(|catalogue| DataLink {
                name: catalogue.path,
                url: format!("../{}", catalogue.path),
                label: self.words(language).get(catalogue.label),
            })
            .collect();
        context.insert("data", &data);
        self.page(&head, &context, &mut output)?;
        Ok(output)
    }

    fn index_view(&self, index: &Index, url: String) -> IndexView<'_> {
        let title = self.words(self.site_language()).get(index_key(index.kind));
        IndexView { kind: index.kind.folder(), title, url, count: index.entries.len() }
    }

    /// The way down to an index, for a page that lies at `root` and from which `up` leads into `browse/`.
    pub(crate) fn browse_crumbs(&self, root: &str, up: &str, below: Option<IndexKind>) -> Vec<Crumb> {
        let language = self.site_language();
        let words = self.words(language);
        let mut crumbs = super::crumbs(&self.above(0, language), root);
        crumbs.push(Crumb { title: words.get("browse").to_string(), url: format!("{up}index.html") });
        if let Some(kind) = below {
            crumbs.push(Crumb { title: words.get(index_key(kind)).to_string(), url: "index.html".to_string() });
        }
        crumbs
    }
}
