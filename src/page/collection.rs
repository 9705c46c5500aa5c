//! The home page and the pages of collections.

use anyhow::Result;
use serde::Serialize;

use super::pager::{self, Pager};
use super::template::Template;
use super::{Head, Output, Pages};
use crate::archive::Entry;
use crate::archive::address;
use crate::archive::link::{self, AnchorPages, From};
use crate::archive::scan::SourceFile;
use crate::diagnostic::Source;
use crate::format::{head as meta, json_ld};
use crate::record::{Record, front_matter};
use crate::site::Language;
use crate::text::html;
use crate::text::parse::{self, Ids, Manner};

/// Newest documents on the home page.
const NEWEST: usize = 10;

#[derive(Serialize)]
struct CollectionView<'a> {
    title: &'a str,
    description: Option<&'a str>,
    dates: Option<String>,
    level: Option<&'a str>,
    reference: Option<&'a str>,
    intro_html: Option<tera::Value>,
    count_text: String,
}

impl Pages<'_> {
    /// The home page.
    pub(super) fn write_home(&self) -> Result<Output> {
        let mut output = Output::default();
        let language = self.site_language();
        let site = &self.archive.site;
        let top = &self.archive.collections[0];
        let total = pager::count(top.children.len().max(top.documents.len()));
        for page in 0..total {
            let path = pager::file("index", page + 1);
            // With the first page come the files that its text shows.
            if page > 0 && !self.wants(&path) {
                continue;
            }
            let description = site.description.as_deref();
            let head = Head { template: Template::Home, path: &path, title: &site.title, description, language };
            let mut context = self.context(&head, &mut output);
            let first = page == 0;
            let intro = match first {
                true => self.intro(self.archive.home.as_ref(), "", &path, language, &mut output)?,
                false => None,
            };
            let newest = if first { self.archive.newest(NEWEST) } else { Vec::new() };
            self.put_crumbs(&[], &head, &mut context, &mut output);
            let mut metadata = String::new();
            json_ld::script(&json_ld::site(self.archive), &mut metadata);
            super::put_metadata(&mut context, &metadata);
            context.insert("intro_html", &intro);
            context.insert("collections", &self.collection_links(pager::part(&top.children, page), "", language));
            context.insert("loose", &self.document_links(pager::part(&top.documents, page), "", language));
            context.insert("chart", &first.then(|| self.chart("browse/dates/", language)).flatten());
            context.insert("newest", &self.document_links(&newest, "", language));
            context.insert("pager", &Pager::new("index", page + 1, total));
            context.insert("count_text", &self.words(language).count("documents", self.archive.documents.len()));
            self.page(&head, &context, &mut output)?;
        }
        Ok(output)
    }

    /// The pages of one collection.
    pub(super) fn write_collection(&self, at: usize) -> Result<Output> {
        let mut output = Output::default();
        let collection = &self.archive.collections[at];
        let language = self.site_language();
        self.staging.folder(&collection.path)?;
        let total = pager::count(collection.documents.len().max(collection.children.len()));
        for page in 0..total {
            let path = format!("{}/{}", collection.path, pager::file("index", page + 1));
            // With the first page come the files that its text shows.
            if page > 0 && !self.wants(&path) {
                continue;
            }
            let root = address::root(&path);
            let head = Head {
                template: Template::Collection,
                path: &path,
                title: &collection.title,
                description: collection.description.as_deref(),
                language,
            };
            let mut context = self.context(&head, &mut output);
            let intro = match page {
                0 => self.intro(collection.source.as_ref(), &collection.path, &path, language, &mut output)?,
                _ => None,
            };
            let view = CollectionView {
                title: &collection.title,
                description: collection.description.as_deref(),
                dates: collection.dates.as_ref().map(|dates| self.words(language).dates().say(dates)),
                level: collection.level.as_deref(),
                reference: collection.reference.as_deref(),
                intro_html: intro,
                count_text: self.words(language).count("documents", collection.total),
            };
            let documents = pager::part(&collection.documents, page);
            let children = pager::part(&collection.children, page);
            let above = self.above(at, language);
            self.put_crumbs(&super::crumbs(&above, &root), &head, &mut context, &mut output);
            let metadata = meta::of_collection(self.archive, collection, &above);
            super::put_metadata(&mut context, &metadata);
            let book = if page == 0 { self.write_book(at, &mut output)? } else { None };
            context.insert("book", &book);
            context.insert("collection", &view);
            context.insert("children", &self.collection_links(children, &root, language));
            context.insert("documents", &self.document_links(documents, &root, language));
            context.insert("pager", &Pager::new("index", page + 1, total));
            self.page(&head, &context, &mut output)?;
        }
        Ok(output)
    }

    /// The text of an `_index.md` as HTML. It stands on one page, whatever its headings.
    fn intro(
        &self,
        file: Option<&SourceFile>,
        directory: &str,
        path: &str,
        language: Language,
        output: &mut Output,
    ) -> Result<Option<tera::Value>> {
        let Some(file) = file else { return Ok(None) };
        let text = match file.read(&self.archive.root) {
            Ok(text) => text,
            Err(fault) => {
                output.report.push(fault);
                return Ok(None);
            }
        };
        let source = Source { file: &file.path, text: &text };
        let Ok(split) = front_matter::split(source) else { return Ok(None) };
        let labels = self.words(language).labels();
        let allow_html = self.archive.site.allow_html;
        let restore = self.archive.site.restores(&self.archive.site.language);
        let manner = Manner { title: "", allow_html, numbered: false, restore, ids: Ids::All };
        let text_of = parse::parse(source, split.body, manner, &mut output.report);
        let parts = 0..text_of.parts.len();
        let entry = Entry {
            record: Record::default().into(),
            id: String::new(),
            source: file.clone(),
            folder: None,
            collection: 0,
            directory: directory.to_string(),
            attachments: Vec::new(),
            previous: None,
            next: None,
        };
        let anchors = AnchorPages::of(&text_of, std::slice::from_ref(&parts));
        let mut files = std::collections::BTreeMap::new();
        let from = From { entry: &entry, source, anchors: &anchors };
        let targets: Vec<_> =
            text_of.links.iter().map(|link| self.links.resolve(&from, link, &mut files, &mut output.report)).collect();
        let root = address::root(path);
        let mut address = |link: usize, out: &mut String| link::write(&targets[link], "index.html", &root, out);
        let mut html = String::new();
        let notes = text_of.notes_of(parts);
        let notes = notes.into_iter().map(|note| text_of.notes[note].tape.as_slice());
        for tape in std::iter::once(text_of.tape.as_slice()).chain(notes) {
            html::write(&text_of, tape, &labels, &mut html, &mut address);
        }
        let separator = if directory.is_empty() { "" } else { "/" };
        for (place, file) in files {
            let target = format!("{directory}{separator}{place}");
            output.files.push(self.staging.copy(&target, &self.archive.root, &file)?);
        }
        Ok((!html.is_empty()).then(|| tera::Value::safe_string(&html)))
    }
}
