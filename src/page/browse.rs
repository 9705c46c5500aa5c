//! The indexes: their lists, and a page for each entry.

use anyhow::Result;
use serde::Serialize;

use super::pager::{self, PER_PAGE, Pager};
use super::{Crumb, Head, Output, Pages, index_key};
use crate::archive::index::{Index, Kind};

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
}

impl Pages<'_> {
    /// The list of one index.
    pub fn write_index(&self, kind: Kind) -> Result<Output> {
        let mut output = Output::default();
        let Some(index) = self.archive.index(kind) else { return Ok(output) };
        let language = self.site_language();
        let words = self.words(language);
        let title = words.get(index_key(kind));
        let folder = format!("browse/{}", kind.folder());
        self.staging.folder(&folder)?;
        let total = pager::count(index.entries.len());
        for (at, entries) in index.entries.chunks(PER_PAGE).enumerate() {
            let path = format!("{folder}/{}", pager::file("index", at + 1));
            let head = Head { kind: "browse", path: &path, title, description: None, language };
            let mut context = self.context(&head, &mut output);
            let entries: Vec<_> = entries
                .iter()
                .map(|entry| EntryView {
                    label: entry.label.display(language, words.get("undated")),
                    url: format!("{}.html", entry.slug),
                    count: entry.documents.len(),
                    count_text: words.count("documents", entry.documents.len()),
                })
                .collect();
            self.put_crumbs(&self.browse_crumbs("../../", None), &head, &mut context, &mut output);
            context.insert("index", &self.index_view(index, String::new()));
            context.insert("entries", &entries);
            context.insert("pager", &Pager::new("index", at + 1, total));
            self.page("browse.html", &head, &context, &mut output)?;
        }
        Ok(output)
    }

    /// The pages of one entry.
    pub fn write_entry(&self, kind: Kind, entry: usize) -> Result<Output> {
        let mut output = Output::default();
        let Some(index) = self.archive.index(kind) else { return Ok(output) };
        let entry = &index.entries[entry];
        let language = self.site_language();
        let words = self.words(language);
        let label = entry.label.display(language, words.get("undated"));
        let total = pager::count(entry.documents.len());
        for (at, documents) in entry.documents.chunks(PER_PAGE).enumerate() {
            let path = format!("browse/{}/{}", kind.folder(), pager::file(&entry.slug, at + 1));
            let head = Head { kind: "entry", path: &path, title: &label, description: None, language };
            let mut context = self.context(&head, &mut output);
            let view = EntryView {
                label: label.clone(),
                url: pager::file(&entry.slug, 1),
                count: entry.documents.len(),
                count_text: words.count("documents", entry.documents.len()),
            };
            self.put_crumbs(&self.browse_crumbs("../../", Some(kind)), &head, &mut context, &mut output);
            context.insert("index", &self.index_view(index, "index.html".to_string()));
            context.insert("entry", &view);
            context.insert("documents", &self.document_links(documents, "../../", language));
            context.insert("pager", &Pager::new(&entry.slug, at + 1, total));
            self.page("entry.html", &head, &context, &mut output)?;
        }
        Ok(output)
    }

    /// The page that lists the indexes.
    pub fn write_browse_home(&self) -> Result<Output> {
        let mut output = Output::default();
        self.staging.folder("browse")?;
        let language = self.site_language();
        let title = self.words(language).get("browse");
        let path = "browse/index.html";
        let head = Head { kind: "browse-home", path, title, description: None, language };
        let mut context = self.context(&head, &mut output);
        let indexes: Vec<_> = self
            .archive
            .indexes
            .iter()
            .map(|index| self.index_view(index, format!("{}/index.html", index.kind.folder())))
            .collect();
        self.put_crumbs(&self.crumbs(0, false, "../", language), &head, &mut context, &mut output);
        context.insert("indexes", &indexes);
        self.page("browse-home.html", &head, &context, &mut output)?;
        Ok(output)
    }

    fn index_view(&self, index: &Index, url: String) -> IndexView<'_> {
        let title = self.words(self.site_language()).get(index_key(index.kind));
        IndexView { kind: index.kind.folder(), title, url, count: index.entries.len() }
    }

    fn browse_crumbs(&self, root: &str, below: Option<Kind>) -> Vec<Crumb> {
        let language = self.site_language();
        let words = self.words(language);
        let mut crumbs = self.crumbs(0, false, root, language);
        crumbs.push(Crumb { title: words.get("browse").to_string(), url: "../index.html".to_string() });
        if let Some(kind) = below {
            crumbs.push(Crumb { title: words.get(index_key(kind)).to_string(), url: "index.html".to_string() });
        }
        crumbs
    }
}
