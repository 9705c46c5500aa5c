//! The pages themselves.

use anyhow::Result;
use serde::Serialize;
use tera::{Context, Value};

use crate::archive::address;
use crate::archive::history::revision::Revision;
use crate::format::cited::Cited;
use crate::format::head;
use crate::format::json_ld::Above;
use crate::format::work::Work;
use crate::page::cite::CiteView;
use crate::page::contents::Contents;
use crate::page::record::{Attachment, DownloadView};
use crate::page::template::Template;
use crate::page::{Head, Output, Pages};
use crate::record::language::direction;
use crate::text::Heading;

use super::history::{self, EditionOf};
use super::reading::{Neighbour, Reading};
use crate::page::{Crumb, crumbs, put_metadata};

/// A document before or after this one.
#[derive(Serialize)]
struct Sibling<'a> {
    title: &'a str,
    url: String,
}

#[derive(Serialize)]
struct SectionView<'a> {
    id: &'a str,
    number: Option<String>,
    title: &'a str,
    level: u8,
}

/// What all pages of one document have in common, rendered once.
struct Common {
    /// What the templates of every page receive.
    context: Context,
    /// The way down to the document's landing page.
    landing_crumbs: Vec<Crumb>,
    /// The collections above the document, and the document.
    above: Vec<Above>,
}

/// A document whose pages are written.
pub(super) struct Shown<'a> {
    /// Its place among the documents.
    pub(super) at: usize,
    pub(super) reading: &'a Reading<'a>,
    pub(super) work: &'a Work<'a>,
    pub(super) downloads: &'a [DownloadView],
    pub(super) attachments: &'a [Attachment],
    pub(super) changes: &'a [Revision],
}

impl Pages<'_> {
    pub(super) fn write_pages(&self, shown: &Shown<'_>, output: &mut Output) -> Result<()> {
        let reading = shown.reading;
        let contents = Contents::new(&reading.text, &reading.pages, &reading.names);
        let common = self.common(shown, output);
        for page in 0..reading.pages.len() {
            self.write_part(shown, page, &common, &contents, output)?;
        }
        if reading.entry.record.text_is_open() {
            self.write_full(shown, &common, &contents, output)?;
        }
        if !shown.changes.is_empty() {
            self.write_list_of_changes(shown, &common, output)?;
        }
        Ok(())
    }

    fn common(&self, shown: &Shown<'_>, output: &mut Output) -> Common {
        let Shown { at, reading, downloads, attachments, .. } = *shown;
        let entry = reading.entry;
        let mut above = self.down_to(entry.collection, reading.language);
        let landing_crumbs = crumbs(&above, &reading.root);
        let itself = format!("{}/index.html", entry.directory);
        above.push(Above { title: entry.record.title.clone(), path: itself });
        let mut crumbs = landing_crumbs.clone();
        crumbs.push(Crumb { title: entry.record.title.clone(), url: "index.html".to_string() });
        let head = Head {
            template: Template::Section,
            path: &format!("{}/full.html", entry.directory),
            title: "",
            description: None,
            language: reading.language,
        };
        let mut context = self.bare_context(&head);
        let text_lang =
            Some(entry.language(&self.archive.site)).filter(|tag| *tag != self.words(reading.language).tag());
        let doc = self.record_view(at, &reading.root, reading.language, downloads, attachments);
        context.insert_value("doc", doc);
        context.insert("edition", &EditionOf::new(shown.work, shown.changes.len()));
        context.insert("withheld", &!entry.record.text_is_open());
        context.insert("withdrawn", &self.withdrawn_view(at, self.words(reading.language)));
        context.insert("text_lang", &text_lang);
        context.insert("text_dir", &text_lang.map(direction));
        context.insert("previous_document", &self.sibling(reading, entry.previous));
        context.insert("next_document", &self.sibling(reading, entry.next));
        let parts = [
            ("running_title", "running-title.html"),
            ("source_rows", "source-rows.html"),
            ("contents_foot", "contents-foot.html"),
        ];
        for (name, value) in parts.map(|(name, part)| (name, self.part(part, &head, &context, output))) {
            context.insert_value(name, value);
        }
        self.put_crumbs(&crumbs, &head, &mut context, output);
        Common { context, landing_crumbs, above }
    }

    /// The document before or after.
    fn sibling(&self, reading: &Reading<'_>, at: Option<usize>) -> Option<Sibling<'_>> {
        let entry = &self.archive.documents[at?];
        let url = format!("{}{}/index.html", reading.root, address::encode(&entry.directory));
        Some(Sibling { title: &entry.record.title, url })
    }

    /// A page's own context, with what all pages of the document have.
    fn shared(&self, head: &Head<'_>, common: &Common, output: &mut Output) -> Context {
        let mut context = self.context(head, output);
        for name in SHARED {
            if let Some(value) = common.context.get(name) {
                context.insert_value(name, value.clone());
            }
        }
        context
    }

    /// The landing page, or the page of a section.
    fn write_part(
        &self,
        shown: &Shown<'_>,
        page: usize,
        common: &Common,
        contents: &Contents<'_>,
        output: &mut Output,
    ) -> Result<()> {
        let reading = shown.reading;
        let (parts, name) = (&reading.pages[page], &reading.names[page]);
        let path = format!("{}/{name}", reading.entry.directory);
        if !self.wants(&path) {
            return Ok(());
        }
        let heading = reading.text.parts[parts.start].heading.as_ref().filter(|_| page > 0);
        let title = heading.map_or_else(|| reading.entry.record.title.clone(), Heading::full);
        let template = if page == 0 { Template::Landing } else { Template::Section };
        let head = Head { template, path: &path, title: &title, description: None, language: reading.language };
        let mut context = self.shared(&head, common, output);
        if page == 0 {
            self.put_crumbs(&common.landing_crumbs, &head, &mut context, output);
        }
        let list = if page == 0 { contents.whole() } else { contents.around(page) };
        context.insert_value("contents", Value::safe_string(&list));
        context.insert("previous", &page.checked_sub(1).map(|page| reading.neighbour(page)));
        context.insert("next", &(page + 1 < reading.pages.len()).then(|| reading.neighbour(page + 1)));
        context.insert_value("body", reading.body(parts.clone(), name));
        context.insert("notes", &reading.notes(parts.clone(), name, self.words(reading.language).get("back_to_text")));
        put_citation(&mut context, &Cited { work: *shown.work, page: name, section: heading }, common);
        if let Some(heading) = heading {
            let (number, title) = (heading.spaced_number(), heading.title.as_str());
            context.insert("section", &SectionView { id: &heading.id, number, title, level: heading.level });
        }
        self.page(&head, &context, output)
    }

    /// What editions changed.
    fn write_list_of_changes(&self, shown: &Shown<'_>, common: &Common, output: &mut Output) -> Result<()> {
        let reading = shown.reading;
        let path = history::page_of(reading.entry);
        if !self.wants(&path) {
            return Ok(());
        }
        let title = self.words(reading.language).get("changes_title");
        let head = self.changes_head(&path, title, reading);
        let context = self.shared(&head, common, output);
        self.write_changes(reading, shown.changes, context, &head, output)
    }

    /// The whole text on one page.
    fn write_full(
        &self,
        shown: &Shown<'_>,
        common: &Common,
        contents: &Contents<'_>,
        output: &mut Output,
    ) -> Result<()> {
        let reading = shown.reading;
        let path = format!("{}/full.html", reading.entry.directory);
        if !self.wants(&path) {
            return Ok(());
        }
        let title = &reading.entry.record.title;
        let head = Head { template: Template::Full, path: &path, title, description: None, language: reading.language };
        let mut context = self.shared(&head, common, output);
        let all = 0..reading.text.parts.len();
        put_citation(&mut context, &Cited::whole(*shown.work), common);
        context.insert_value("contents", Value::safe_string(&contents.here()));
        context.insert("previous", &None::<Neighbour>);
        context.insert("next", &None::<Neighbour>);
        context.insert_value("body", reading.body(all.clone(), "full.html"));
        context.insert("notes", &reading.notes(all, "full.html", self.words(reading.language).get("back_to_text")));
        self.page(&head, &context, output)
    }
}

/// What pages of one document share.
const SHARED: [&str; 12] = [
    "doc",
    "edition",
    "withheld",
    "withdrawn",
    "text_lang",
    "text_dir",
    "previous_document",
    "next_document",
    "running_title",
    "source_rows",
    "contents_foot",
    "breadcrumbs",
];

fn put_citation(context: &mut Context, cited: &Cited<'_>, common: &Common) {
    put_metadata(context, &head::write(cited, &common.above));
    context.insert("cite", &CiteView::new(cited));
}
