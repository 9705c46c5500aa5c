//! What each kind of page shows.
//!
//! A template receives a closed, typed context for its page and no way to look anything else up: so what a page depends
//! on is known, and a page carries its ancestors, its neighbours and its own subtree, never the whole archive.
//! docs/content/reference/templates.md describes the contexts.

mod book;
pub(crate) mod browse;
mod chart;
mod cite;
pub(crate) mod collection;
mod contents;
mod context;
mod difference;
pub(crate) mod document;
pub(crate) mod edition;
mod editions;
pub(crate) mod kind;
pub(crate) mod list;
pub(crate) mod moved;
pub(crate) mod pager;
pub(crate) mod record;
mod render;
mod rest;
mod search;
mod template;
pub(crate) mod timeline;
mod withdrawn;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use anyhow::Result;
use serde::Serialize;
use tera::{Context, Value};

pub(crate) use self::context::{Crumb, Head, crumbs, put_metadata};
use self::edition::Edition;
use self::kind::PageKind;
use crate::archive::changes::{Changes, Stamp};
use crate::archive::index::IndexKind;
use crate::archive::link::Links;
use crate::archive::withdrawn::{Withdrawn, with_documents};
use crate::archive::{Archive, reserved};
use crate::diagnostic::Report;
use crate::output::manifest::ManifestEntry;
use crate::output::staging::Staging;
use crate::search::alphabet::Alphabet;
use crate::search::gather::Gathered;
use crate::site::Language;
use crate::theme::Theme;
use crate::words::Words;

/// What every page is made from.
pub struct Pages<'a> {
    /// The records.
    pub archive: &'a Archive,
    /// The look.
    pub theme: &'a Theme,
    /// Links between documents.
    pub(crate) links: Links<'a>,
    staging: &'a Staging,
    alphabet: &'a Alphabet,
    changes: &'a Changes,
    /// What was withdrawn, with the documents.
    withdrawn: Vec<(Option<usize>, &'a Withdrawn)>,
    site: Value,
    words: BTreeMap<Language, (Value, Value)>,
    /// Masthead and colophon of pages at a depth, made when the first of them is.
    frames: BTreeMap<(Language, usize), OnceLock<Frame>>,
    edition: Option<Edition>,
}

/// What all pages of one depth have in common.
#[derive(Debug, Clone)]
struct Frame {
    masthead: Value,
    colophon: Value,
}

impl Frame {
    fn put_into(self, context: &mut Context) {
        context.insert_value("masthead", self.masthead);
        context.insert_value("colophon", self.colophon);
    }
}

/// Folders above a page that are prepared for; deeper ones are rare, and their frames are made page by page.
const DEPTHS: usize = 6;

/// What one worker made: the files written, and what it found wrong.
#[derive(Debug, Default)]
pub struct Output {
    /// Files written.
    pub files: Vec<ManifestEntry>,
    /// Faults.
    pub report: Report,
    /// What a document gives to the index.
    pub(crate) gathered: Option<Gathered>,
    /// The state of a document.
    pub(crate) stamp: Option<Stamp>,
}

impl Output {
    /// Adds another worker's files and faults.
    pub(crate) fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
        self.report.merge(other.report);
    }
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    subtitle: &'a Option<String>,
    description: &'a Option<String>,
    language: &'a str,
    publisher: &'a Option<String>,
    publisher_url: &'a Option<String>,
    base_url: &'a Option<String>,
    rights: &'a Option<String>,
    rights_uri: &'a Option<String>,
    feed: bool,
    search: bool,
    extra: &'a serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct NavView<'a> {
    kind: &'a str,
    title: &'a str,
    path: String,
}

impl<'a> Pages<'a> {
    /// Prepares what all pages share.
    pub fn new(
        archive: &'a Archive,
        theme: &'a Theme,
        staging: &'a Staging,
        alphabet: &'a Alphabet,
        changes: &'a Changes,
    ) -> Self {
        let site = &archive.site;
        let view = SiteView {
            title: &site.title,
            subtitle: &site.subtitle,
            description: &site.description,
            language: &site.language,
            publisher: &site.publisher,
            publisher_url: &site.publisher_url,
            base_url: &site.base_url,
            rights: &site.rights,
            rights_uri: &site.rights_uri,
            feed: site.base_url.is_some(),
            search: site.search,
            extra: &site.extra,
        };
        let words = theme.languages().map(|language| {
            let words = theme.words(language);
            let nav: Vec<_> = archive.indexes.iter().map(|index| nav(index.kind, words)).collect();
            (language, (words.value(), Value::from_serializable(&nav)))
        });
        let mut pages = Self {
            archive,
            theme,
            links: Links::new(archive),
            staging,
            alphabet,
            changes,
            withdrawn: with_documents(archive, changes.withdrawn()),
            site: Value::from_serializable(&view),
            words: words.collect(),
            frames: theme
                .languages()
                .flat_map(|language| (0..DEPTHS).map(move |depth| ((language, depth), OnceLock::new())))
                .collect(),
            edition: None,
        };
        if site.traditional_edition {
            let records = archive.documents.iter().map(|entry| &entry.record);
            let persons = records.flat_map(|record| {
                let authors = record.authors.iter().filter(|author| !author.office).map(|author| &author.name);
                authors.chain(&record.people).cloned()
            });
            let (simplified, traditional) = (pages.words(Language::Simplified), pages.words(Language::Traditional));
            pages.edition = Edition::new(simplified, traditional, pages.html_files(), persons.collect());
        }
        pages
    }

    /// Makes the files of one kind. What a document's files need of the account of changes is given to [`Self::new`].
    ///
    /// # Errors
    /// The machine refuses to read or write.
    pub(crate) fn write(&self, kind: PageKind) -> Result<Output> {
        match kind {
            PageKind::Home => self.write_home(),
            PageKind::Collection(at) => self.write_collection(at),
            PageKind::Document(at) => self.write_document(at),
            PageKind::BrowseHome => self.write_browse_home(),
            PageKind::Timeline => self.write_timeline(),
            PageKind::Index(index) => self.write_index(index),
            PageKind::Entry(index, entry) => self.write_entry(index, entry),
            PageKind::Search => self.write_search(),
            PageKind::NotFound => self.write_not_found(),
            PageKind::Static => self.write_static(),
            PageKind::Robots => self.write_robots(),
            PageKind::Catalogue(at) => self.write_catalogue(at),
            PageKind::Editions => self.write_editions(&self.published(), None),
            PageKind::Words => Ok(Output::default()),
        }
    }

    /// Files of the site that end in `.html` and that no template made.
    fn html_files(&self) -> BTreeSet<String> {
        let beside = self.archive.documents.iter().flat_map(|entry| {
            let folder = entry.folder.as_deref().unwrap_or_default();
            let html = entry.attachments.iter().filter(|path| path.ends_with(".html"));
            html.map(move |path| format!("{}/{}", entry.directory, path.strip_prefix(folder).unwrap_or(path)))
        });
        beside.chain(self.theme.files.keys().filter(|path| path.ends_with(".html")).cloned()).collect()
    }

    /// The language of pages that belong to no document.
    pub(crate) fn site_language(&self) -> Language {
        self.theme.language(&self.archive.site.language)
    }

    /// The interface's language on a document's pages.
    pub(crate) fn language(&self, document: usize) -> Language {
        self.theme.language(self.archive.documents[document].language(&self.archive.site))
    }

    pub(crate) fn words(&self, language: Language) -> &'a Words {
        self.theme.words(language)
    }
}

fn nav<'a>(kind: IndexKind, words: &'a Words) -> NavView<'a> {
    let path = format!("{}/{}/index.html", reserved::BROWSE, kind.folder());
    NavView { kind: kind.folder(), title: words.get(index_key(kind)), path }
}

/// The string that names an index.
pub(crate) fn index_key(kind: IndexKind) -> &'static str {
    match kind {
        IndexKind::Authors => "index_authors",
        IndexKind::Dates => "index_dates",
        IndexKind::Offices => "index_offices",
        IndexKind::Subjects => "index_subjects",
        IndexKind::Places => "index_places",
    }
}
