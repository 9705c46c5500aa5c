//! What each kind of page shows.
//!
//! A template receives a closed, typed context for its page and no way to look anything else up: so what a page depends
//! on is known, and a page carries its ancestors, its neighbours and its own subtree, never the whole archive.
//! docs/content/reference/templates.md describes the contexts.

mod book;
pub mod browse;
mod chart;
mod cite;
pub mod collection;
mod contents;
pub mod document;
pub mod edition;
pub mod list;
pub mod moved;
pub mod pager;
pub mod record;
mod search;
pub mod timeline;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::sync::OnceLock;

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine};
use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use self::edition::Edition;
use crate::archive::changes::{Changes, Stamp};
use crate::archive::index::Kind;
use crate::archive::link::Links;
use crate::archive::{Archive, address};
use crate::diagnostic::cause::Cause;
use crate::diagnostic::messages::SiteMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::fixity;
use crate::format::holdings::Holdings;
use crate::format::json_ld::{self, Above};
use crate::format::{CATALOGUES, Catalogue};
use crate::output::manifest::Entry;
use crate::output::staging::Staging;
use crate::record::language::direction;
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
    pub links: Links<'a>,
    staging: &'a Staging,
    alphabet: &'a Alphabet,
    changes: &'a Changes,
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
    pub files: Vec<Entry>,
    /// Faults.
    pub report: Report,
    /// What a document gives to the index.
    pub gathered: Option<Gathered>,
    /// The state of a document.
    pub stamp: Option<Stamp>,
}

impl Output {
    /// Adds another worker's files and faults.
    pub fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
        self.report.merge(other.report);
    }
}

/// A page's own words.
pub(crate) struct Head<'a> {
    kind: &'static str,
    path: &'a str,
    title: &'a str,
    description: Option<&'a str>,
    language: Language,
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
struct PageView<'a> {
    kind: &'a str,
    title: &'a str,
    path: &'a str,
    canonical: Option<String>,
    description: Option<&'a str>,
    edition: Option<EditionView>,
}

/// The same page in the traditional edition.
#[derive(Serialize)]
struct EditionView {
    url: String,
    canonical: Option<String>,
}

#[derive(Serialize)]
struct NavView<'a> {
    kind: &'a str,
    title: &'a str,
    path: String,
}

/// A title with the address it stands for.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Crumb {
    title: String,
    url: String,
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
            site: Value::from_serializable(&view),
            words: words.collect(),
            frames: theme
                .languages()
                .flat_map(|language| (0..DEPTHS).map(move |depth| ((language, depth), OnceLock::new())))
                .collect(),
            edition: None,
        };
        if site.traditional_edition {
            pages.edition =
                Edition::new(pages.words(Language::Simplified), pages.words(Language::Traditional), pages.html_files());
        }
        pages
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

    /// Masthead and colophon of all pages at a depth.
    fn common_frame(&self, head: &Head<'_>) -> Result<Frame, Diagnostic> {
        let path = "/".repeat(head.path.matches('/').count());
        let head = Head { kind: "", path: &path, title: "", description: None, language: head.language };
        self.frame(&head, &self.bare_context(&head))
    }

    /// Masthead and colophon of a page.
    fn frame(&self, head: &Head<'_>, context: &Context) -> Result<Frame, Diagnostic> {
        let part = |template| self.theme.render_part(head.language, template, context, head.path);
        Ok(Frame { masthead: part("masthead.html")?, colophon: part("colophon.html")? })
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

    /// What every page receives.
    pub(crate) fn context(&self, head: &Head<'_>, output: &mut Output) -> Context {
        let mut context = self.bare_context(head);
        let depth = head.path.matches('/').count();
        // The masthead marks an index as the current one, and the home page's differs.
        let own = head.kind == "home" || head.path.starts_with("browse/");
        let prepared = self.frames.get(&(head.language, depth)).filter(|_| !own);
        let frame = match prepared.and_then(OnceLock::get) {
            Some(frame) => Ok(frame.clone()),
            None if own => self.frame(head, &context),
            None => self.common_frame(head).inspect(|frame| {
                // Two workers may make the first page at once; their frames are the same.
                let _ = prepared.map(|place| place.set(frame.clone()));
            }),
        };
        match frame {
            Ok(frame) => frame.put_into(&mut context),
            Err(fault) => output.report.push(fault),
        }
        context
    }

    /// What every page receives but its frame.
    pub(crate) fn bare_context(&self, head: &Head<'_>) -> Context {
        let mut context = Context::new();
        context.insert_value("site", self.site.clone());
        if let Some((words, nav)) = self.words.get(&head.language) {
            context.insert_value("t", words.clone());
            context.insert_value("nav", nav.clone());
        }
        let tag = self.words(head.language).tag();
        context.insert("lang", tag);
        context.insert("dir", direction(tag));
        context.insert("root", &address::root(head.path));
        self.put_page(head, head.path, &mut context);
        put_metadata(&mut context, "");
        context
    }

    /// Puts a page's own words into its context. `stands_for` is the page whose address is the lasting one: itself, but
    /// for a page that leads elsewhere.
    pub(crate) fn put_page(&self, head: &Head<'_>, stands_for: &str, context: &mut Context) {
        let view = PageView {
            kind: head.kind,
            title: head.title,
            path: head.path,
            canonical: self.canonical(stands_for),
            description: head.description,
            edition: self.edition_view(head, stands_for),
        };
        context.insert("page", &view);
    }

    /// The counterpart of a page in simplified Chinese.
    fn edition_view(&self, head: &Head<'_>, stands_for: &str) -> Option<EditionView> {
        let wanted = self.edition.is_some() && head.language == Language::Simplified && head.kind != "not-found";
        let path = format!("{}{}", edition::FOLDER, head.path);
        wanted.then(|| EditionView {
            url: format!("{}{}", address::root(head.path), address::encode(&path)),
            canonical: self.canonical(&format!("{}{stands_for}", edition::FOLDER)),
        })
    }

    /// A page's absolute address, where the site's is known.
    pub(crate) fn canonical(&self, path: &str) -> Option<String> {
        self.archive.address_of(path)
    }

    /// Renders the way down to a page and puts it into the page's context.
    pub(crate) fn put_crumbs(&self, crumbs: &[Crumb], head: &Head<'_>, context: &mut Context, output: &mut Output) {
        let mut own = self.bare_context(head);
        own.insert("crumbs", crumbs);
        let breadcrumbs = self.part("crumbs.html", head, &own, output);
        context.insert_value("breadcrumbs", breadcrumbs);
    }

    /// Renders what several pages have in common; a fault is reported and leaves it empty.
    pub(crate) fn part(&self, template: &str, head: &Head<'_>, context: &Context, output: &mut Output) -> Value {
        self.theme.render_part(head.language, template, context, head.path).unwrap_or_else(|fault| {
            output.report.push(fault);
            Value::from("")
        })
    }

    /// Whether a page is to be made, or its counterpart in the traditional edition.
    pub(crate) fn wants(&self, path: &str) -> bool {
        let staging = self.staging;
        staging.wants(path) || self.edition.is_some() && staging.wants(&format!("{}{path}", edition::FOLDER))
    }

    /// Renders a page and writes it. A fault of the template is reported, a fault of the machine ends the build.
    pub(crate) fn page(&self, template: &str, head: &Head<'_>, context: &Context, output: &mut Output) -> Result<()> {
        thread_local! {
            static BUFFER: std::cell::RefCell<Vec<u8>> = const { std::cell::RefCell::new(Vec::new()) };
        }
        BUFFER.with_borrow_mut(|buffer| {
            match self.theme.render(head.language, template, context, head.path, buffer) {
                Ok(()) => {
                    output.files.push(self.staging.write(head.path, buffer)?);
                    if self.staging.wants_all() || !self.staging.wants(head.path) {
                        self.write_edition(head, buffer, output)?;
                    }
                }
                Err(fault) => output.report.push(fault),
            }
            Ok(())
        })
    }

    /// Writes a page once more, in the traditional edition. All pages are there, so that its links lead to its own.
    fn write_edition(&self, head: &Head<'_>, html: &[u8], output: &mut Output) -> Result<()> {
        let Some(edition) = self.edition.as_ref().filter(|_| head.kind != "not-found") else { return Ok(()) };
        let page = String::from_utf8_lossy(html);
        match edition.page(&page, head.path) {
            Ok(page) => {
                let path = format!("{}{}", edition::FOLDER, head.path);
                output.files.push(self.staging.write(&path, page.as_bytes())?);
            }
            Err(error) => output.report.push(Diagnostic::error(SiteMessage::UnconvertiblePage {
                page: head.path.to_string(),
                cause: Cause::from(&error as &(dyn Error + 'static)),
            })),
        }
        Ok(())
    }

    /// Home, and the collections that lead to a collection (itself not among them unless asked for).
    pub(crate) fn above(&self, collection: usize, itself: bool, language: Language) -> Vec<Above> {
        let mut way = Vec::new();
        let mut at = if itself { Some(collection) } else { self.archive.collections[collection].parent };
        while let Some(collection) = at.filter(|at| *at > 0).map(|at| &self.archive.collections[at]) {
            way.push(Above { title: collection.title.clone(), path: format!("{}/index.html", collection.path) });
            at = collection.parent;
        }
        let title = self.words(language).get("home").to_string();
        way.push(Above { title, path: "index.html".to_string() });
        way.reverse();
        way
    }

    /// Pages that stand once: the 404 page, static files, and what needs the site's address.
    pub fn write_rest(&self) -> Result<Output> {
        let mut output = Output::default();
        self.write_not_found(&mut output)?;
        let search = self.archive.site.search;
        if search {
            self.write_search(&mut output)?;
        }
        for (path, file) in &self.theme.files {
            if !search && crate::search::SCRIPTS.contains(&path.as_str()) {
                continue;
            }
            let entry = match file {
                crate::theme::StaticFile::Embedded(bytes) => {
                    if let Some((folder, _)) = path.rsplit_once('/') {
                        self.staging.folder(folder)?;
                    }
                    self.staging.write(path, bytes)?
                }
                crate::theme::StaticFile::OnDisk(source) => self.staging.copy(path, source)?,
            };
            output.files.push(entry);
        }
        // An archive's own robots.txt stands.
        if !self.theme.files.contains_key("robots.txt") {
            let robots = crate::format::robots::write(self.archive.site.base_url.as_deref());
            output.files.push(self.staging.write("robots.txt", robots.as_bytes())?);
        }
        Ok(output)
    }

    /// What is made of all records together. `files` are those that were written before.
    pub fn write_catalogues(&self, files: &mut Vec<Entry>, stamps: &[Option<Stamp>]) -> Result<()> {
        files.par_sort_unstable();
        let changed: Vec<Option<String>> = stamps.iter().map(|stamp| stamp.as_ref()?.day.clone()).collect();
        let holdings = Holdings { archive: self.archive, theme: self.theme, changed: &changed, files };
        let made: Vec<Vec<Entry>> = CATALOGUES
            .into_par_iter()
            .filter(|catalogue| (catalogue.is_made)(self.archive))
            .map(|catalogue| {
                (catalogue.write)(&holdings).iter().map(|(path, bytes)| self.staging.write(path, bytes)).collect()
            })
            .collect::<Result<_>>()?;
        files.extend(made.into_iter().flatten());
        Ok(())
    }

    /// One catalogue, of the records alone: when each changed, and which files the site has, is known to a build.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub fn write_catalogue(&self, catalogue: &Catalogue) -> Result<()> {
        let changed = vec![None; self.archive.documents.len()];
        let holdings = Holdings { archive: self.archive, theme: self.theme, changed: &changed, files: &[] };
        for (path, bytes) in (catalogue.write)(&holdings) {
            self.staging.write(&path, &bytes)?;
        }
        Ok(())
    }

    /// A host shows this page at any depth, so its links are absolute where the site's address is known.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub fn write_not_found(&self, output: &mut Output) -> Result<()> {
        let language = self.site_language();
        let title = self.words(language).get("not_found_title");
        let head = Head { kind: "not-found", path: "404.html", title, description: None, language };
        let mut context = self.bare_context(&head);
        // A server that is asked for one page shows the site at its own root.
        let address = self.archive.site.base_url.as_deref().unwrap_or_default();
        context.insert("root", if self.staging.wants_all() { address } else { "/" });
        match self.frame(&head, &context) {
            Ok(frame) => frame.put_into(&mut context),
            Err(fault) => {
                output.report.push(fault);
                return Ok(());
            }
        }
        self.put_crumbs(&[], &head, &mut context, output);
        self.page("not-found.html", &head, &context, output)
    }
}

fn nav<'a>(kind: Kind, words: &'a Words) -> NavView<'a> {
    let path = format!("browse/{}/index.html", kind.folder());
    NavView { kind: kind.folder(), title: words.get(index_key(kind)), path }
}

/// Puts what a page tells machines into its context. Data are no script, and browsers know it; but who checks a page by its
/// Content-Security-Policy sees a script element in it, so the policy names its digest (CSP Level 3, 2.3.1).
pub(crate) fn put_metadata(context: &mut Context, metadata: &str) {
    let digest = json_ld::data_in(metadata).map(|data| BASE64_STANDARD.encode(fixity::sha256(data.as_bytes())));
    context.insert_value("metadata", Value::safe_string(metadata));
    context.insert("metadata_sha256", &digest);
}

/// The way down to a page, for one at `root`.
pub(crate) fn crumbs(above: &[Above], root: &str) -> Vec<Crumb> {
    let crumb =
        |page: &Above| Crumb { title: page.title.clone(), url: format!("{root}{}", address::encode(&page.path)) };
    above.iter().map(crumb).collect()
}

/// The string that names an index.
pub(crate) fn index_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Authors => "index_authors",
        Kind::Dates => "index_dates",
        Kind::Offices => "index_offices",
        Kind::Subjects => "index_subjects",
        Kind::Places => "index_places",
    }
}
