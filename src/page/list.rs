//! Documents and collections as entries of a list.

use serde::Serialize;

use super::Pages;
use crate::archive::address;
use crate::record::language::direction;
use crate::site::Language;

/// Collections that are listed with those below them.
const LINKS: usize = 300;

/// A document in a list.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentLink<'a> {
    title: &'a str,
    url: String,
    byline: String,
    date: Option<String>,
    /// Only its title is published: that it has no date is not said.
    closed: bool,
    source: Option<&'a str>,
    doc_number: Option<&'a str>,
    lang: Option<&'a str>,
    dir: Option<&'static str>,
    withheld: bool,
    /// Where it is the first of a day.
    id: Option<String>,
}

impl DocumentLink<'_> {
    /// Makes it a place that can be linked to.
    pub(crate) fn set_id(&mut self, id: String) {
        self.id = Some(id);
    }
}

/// A collection in a list, with those below it.
#[derive(Debug, Serialize)]
pub(crate) struct CollectionLink<'a> {
    title: &'a str,
    url: String,
    description: Option<&'a str>,
    dates: Option<String>,
    level: Option<&'a str>,
    count_text: String,
    children: Vec<CollectionLink<'a>>,
}

impl<'a> Pages<'a> {
    pub(crate) fn document_links(&self, documents: &[usize], root: &str, language: Language) -> Vec<DocumentLink<'a>> {
        documents.iter().map(|document| self.document_link(*document, root, language)).collect()
    }

    fn document_link(&self, document: usize, root: &str, language: Language) -> DocumentLink<'a> {
        let entry = &self.archive.documents[document];
        let record = &entry.record;
        let words = self.words(language);
        let lang = Some(entry.language(&self.archive.site)).filter(|tag| *tag != words.tag());
        let authors: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
        DocumentLink {
            title: &record.title,
            url: format!("{root}{}/index.html", address::encode(&entry.directory)),
            byline: authors.join(words.get("list_separator")),
            date: record.date.as_ref().map(|date| words.dates().say(date)),
            closed: !record.is_described(),
            source: record.source.as_deref(),
            doc_number: record.doc_number.as_deref(),
            lang,
            dir: lang.map(direction),
            withheld: !record.text_is_open(),
            id: None,
        }
    }

    /// Collections with those below them, each with the number of documents in all of it; as many levels as a page can
    /// hold, one at least.
    pub(crate) fn collection_links(
        &self,
        collections: &[usize],
        root: &str,
        language: Language,
    ) -> Vec<CollectionLink<'a>> {
        let mut levels = 0;
        let (mut level, mut links) = (collections.to_vec(), 0);
        while !level.is_empty() && (levels == 0 || links + level.len() <= LINKS) {
            links += level.len();
            levels += 1;
            level = level.iter().flat_map(|at| &self.archive.collections[*at].children).copied().collect();
        }
        self.collection_levels(collections, levels, root, language)
    }

    fn collection_levels(
        &self,
        collections: &[usize],
        levels: usize,
        root: &str,
        language: Language,
    ) -> Vec<CollectionLink<'a>> {
        let Some(below) = levels.checked_sub(1) else { return Vec::new() };
        collections
            .iter()
            .map(|at| {
                let collection = &self.archive.collections[*at];
                CollectionLink {
                    title: &collection.title,
                    url: format!("{root}{}/index.html", address::encode(&collection.path)),
                    description: collection.description.as_deref(),
                    dates: collection.dates.as_ref().map(|dates| self.words(language).dates().say(dates)),
                    level: collection.level.as_deref(),
                    count_text: self.words(language).count("documents", collection.total),
                    children: self.collection_levels(&collection.children, below, root, language),
                }
            })
            .collect()
    }
}
