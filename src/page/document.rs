//! The pages of one document: landing, a page a section, the whole text; and its downloads.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;
use serde::Serialize;
use tera::{Context, Value};

use super::cite::CiteView;
use super::contents::Contents;
use super::record::{Attachment, Download};
use super::template::Template;
use super::{Head, Output, Pages, Stamp};
use crate::archive::address;
use crate::archive::changes::Print;
use crate::archive::link::{self, Anchors, From, Target};
use crate::archive::{Entry, ids};
use crate::diagnostic::messages::TextMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::format::cited::Cited;
use crate::format::head;
use crate::format::json_ld::Above;
use crate::format::work::{Published, Work};
use crate::format::{self, signposting};
use crate::record::front_matter;
use crate::record::language::direction;
use crate::search::gather::{Gathered, Gatherer, Rank};
use crate::site::Language;
use crate::text::html::{self, Labels};
use crate::text::parse::{self, Manner};
use crate::text::plain::Plain;
use crate::text::tape::{Node, View};
use crate::text::{Heading, NoteMark, Text, punctuation};

/// Pages that one document may have: what they hold grows with the square.
const PAGES: usize = 2_000;

#[derive(Debug, Clone, Serialize)]
struct Neighbour {
    number: Option<String>,
    title: String,
    /// What [`punctuation::shown`] says of both.
    flat: Option<String>,
    url: String,
}

/// A document before or after this one.
#[derive(Serialize)]
struct Sibling<'a> {
    title: &'a str,
    url: String,
}

#[derive(Serialize)]
struct NoteView {
    id: String,
    number: usize,
    html: Value,
    flat: Option<String>,
    back: Vec<Back>,
}

#[derive(Serialize)]
struct Back {
    id: String,
    label: String,
}

#[derive(Serialize)]
struct SectionView<'a> {
    id: &'a str,
    number: Option<String>,
    title: &'a str,
    level: u8,
}

/// A document with all that its pages need.
struct Reading<'a> {
    entry: &'a Entry,
    text: Text,
    labels: Labels,
    pages: Vec<Range<usize>>,
    names: Vec<String>,
    targets: Vec<Target>,
    /// Path in the document's folder → path from the archive's root.
    files: BTreeMap<String, String>,
    /// Ids that sections had before, and have today.
    former: Vec<(&'a str, String)>,
    language: Language,
    root: String,
}

/// What was read of a document.
struct Taken<'a> {
    reading: Reading<'a>,
    /// The file, where the text may be published.
    source: Option<String>,
    /// Files beside it that the text does not show.
    attachments: Vec<Attachment>,
}

impl Pages<'_> {
    /// Writes every file of one document.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub fn write_document(&self, at: usize) -> Result<Output> {
        let mut output = Output::default();
        let entry = &self.archive.documents[at];
        self.staging.folder(&entry.directory)?;
        let Some(Taken { reading, source, attachments }) = self.take(at, &mut output)? else { return Ok(output) };
        let mut stamp = self.stamp(at, source.as_deref());
        stamp.sections = (!output.report.has_errors()).then(|| reading.sections());
        let mut work = self.work(&reading, source.as_deref(), stamp.day.as_deref());
        let downloads = self.write_downloads(&mut work, &mut output)?;
        self.write_pages(at, &reading, &work, &downloads, &attachments, &mut output)?;
        output.stamp = Some(stamp);
        output.gathered = (self.staging.writes() && self.archive.site.search).then(|| self.gather(&reading));
        Ok(output)
    }

    /// What a document gives to the index, without its pages.
    ///
    /// # Errors
    /// The machine refuses to read a file beside the document.
    pub fn gather_document(&self, at: usize) -> Result<Option<Gathered>> {
        Ok(self.take(at, &mut Output::default())?.map(|taken| self.gather(&taken.reading)))
    }

    /// The sections of a document as content/ids.lock has them; none where its text cannot be read.
    ///
    /// # Errors
    /// The machine refuses to read a file beside the document.
    pub fn sections_of(&self, at: usize) -> Result<Option<String>> {
        Ok(self.take(at, &mut Output::default())?.map(|taken| taken.reading.sections()))
    }

    /// Shows a document to a format; `None` where its text cannot be read, which is reported.
    ///
    /// # Errors
    /// The machine refuses to read a file beside the document.
    pub fn with_work<T>(&self, at: usize, report: &mut Report, show: impl FnOnce(&Work<'_>) -> T) -> Result<Option<T>> {
        let mut output = Output::default();
        let taken = self.take(at, &mut output)?;
        report.merge(output.report);
        Ok(taken.map(|Taken { reading, source, .. }| {
            let stamp = self.stamp(at, source.as_deref());
            let mut work = self.work(&reading, source.as_deref(), stamp.day.as_deref());
            work.made = format::write(&work, report, |_| true, |_, _| Ok(())).ok();
            show(&work)
        }))
    }

    /// Reads a document's text, where it may be published.
    fn take(&self, at: usize, output: &mut Output) -> Result<Option<Taken<'_>>> {
        let entry = &self.archive.documents[at];
        // A text that is withheld is an introduction without a word.
        let text = Text::empty();
        let mut reading = Reading {
            entry,
            pages: text.pages(0),
            text,
            labels: self.words(self.language(at)).labels(),
            names: vec!["index.html".to_string()],
            targets: Vec::new(),
            language: self.language(at),
            files: BTreeMap::new(),
            former: Vec::new(),
            root: address::root(&format!("{}/", entry.directory)),
        };
        let mut attachments = Vec::new();
        if !entry.record.text_is_open() {
            return Ok(Some(Taken { reading, source: None, attachments }));
        }
        let text = match entry.source.read(&self.archive.root) {
            Ok(text) => text,
            Err(fault) => {
                output.report.push(fault);
                return Ok(None);
            }
        };
        self.read_text(&mut reading, &text, &mut attachments, output)?;
        Ok(Some(Taken { reading, source: Some(text), attachments }))
    }

    /// What the document gives to the index: its introduction with the title, then each section that has a page.
    fn gather(&self, reading: &Reading<'_>) -> Gathered {
        let record = &reading.entry.record;
        let date = record.date.as_ref().map(|date| self.words(reading.language).dates().say(date)).unwrap_or_default();
        let separator = self.words(reading.language).get("list_separator");
        let authors: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
        let by = [&authors.join(separator), record.source.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let mut gatherer = Gatherer::new(self.alphabet, &reading.entry.directory, &record.title, &date, &by);
        // A text that is not split stands, but for its introduction, on the page of the whole text.
        let split = reading.pages.last().is_some_and(|parts| parts.end == reading.text.parts.len());
        let units = if split { reading.pages.clone() } else { reading.text.pages(1) };
        for (at, parts) in units.into_iter().enumerate() {
            let heading = reading.text.parts[parts.start].heading.as_ref().filter(|_| at > 0);
            let page = if split { reading.names[at].as_str() } else { ["index.html", "full.html"][at.min(1)] };
            // What is withheld has a record and no introduction.
            let no_text = (!record.text_is_open()).then(|| self.words(reading.language).get("record").to_string());
            gatherer.unit(page, &heading.map(Heading::full).or(no_text).unwrap_or_default());
            if at == 0 {
                for title in [Some(&record.title), record.subtitle.as_ref()].into_iter().flatten() {
                    gatherer.passage(Rank::Title, "", &[title]);
                }
            }
            for part in &reading.text.parts[parts.clone()] {
                let plain = Plain::of_part(&reading.text, part, View::Printed);
                for span in &plain.spans {
                    let (rank, id) = match span.block {
                        None => (Rank::Heading, part.heading.as_ref().map_or("", |heading| &heading.id)),
                        Some(block) => (Rank::Text, reading.text.blocks[block].id.as_str()),
                    };
                    for passage in plain.passages(span.text.clone()) {
                        gatherer.passage(rank, id, &passage);
                    }
                }
            }
            for note in reading.text.notes_of(parts) {
                let note = &reading.text.notes[note];
                let plain = Plain::of_note(&reading.text, &note.tape, View::Printed);
                for passage in plain.passages(0..plain.text.len()) {
                    gatherer.passage(Rank::Text, &note.id, &passage);
                }
            }
        }
        gatherer.finish()
    }

    /// Parses the text, resolves its links, and copies the files beside it.
    fn read_text(
        &self,
        reading: &mut Reading<'_>,
        source_text: &str,
        attachments: &mut Vec<Attachment>,
        output: &mut Output,
    ) -> Result<()> {
        let entry = reading.entry;
        let site = &self.archive.site;
        let source = Source { file: &entry.source.path, text: source_text };
        let body = match front_matter::split(source) {
            Ok(split) => split.body,
            Err(fault) => {
                output.report.push(fault);
                return Ok(());
            }
        };
        let restore = site.restores(entry.language(site));
        let manner = Manner { title: &entry.record.title, allow_html: site.allow_html, numbered: true, restore };
        reading.text = parse::parse(source, body, manner, &mut output.report);
        reading.pages = reading.text.pages(entry.record.split_level.unwrap_or(site.split_level));
        if reading.pages.len() > PAGES {
            let message = TextMessage::TooManyPages { count: reading.pages.len(), most: PAGES };
            output.report.push(Diagnostic::error(message).in_file(entry.source.path.clone()));
            reading.pages.truncate(1);
        }
        reading.names =
            reading.pages.iter().enumerate().map(|(at, parts)| link::page_name(&reading.text, at, parts)).collect();
        reading.former = link::former_ids(entry, &reading.text);
        let anchors = if reading.text.links.is_empty() {
            Anchors::default()
        } else {
            Anchors::of(&reading.text, &reading.pages).with_former(&reading.former)
        };
        let from = From { entry, source, anchors: &anchors };
        let mut files = BTreeMap::new();
        for link in &reading.text.links {
            let target = self.links.resolve(&from, link, &mut files, &mut output.report);
            reading.targets.push(target);
        }
        let folder = entry.folder.as_deref().unwrap_or_default();
        for path in &entry.attachments {
            let place = path.strip_prefix(folder).unwrap_or(path);
            // What the text shows or links to needs no listing.
            if files.insert(place.to_string(), path.clone()).is_none() {
                let size = file::size_in_words(self.archive.root.join(path).metadata().map_or(0, |file| file.len()));
                attachments.push(Attachment { name: place.to_string(), url: address::encode(place), size });
            }
        }
        for (place, path) in &files {
            let target = format!("{}/{place}", entry.directory);
            output.files.push(match self.archive.held.get(path) {
                Some(bytes) => self.staging.write(&target, bytes)?,
                None => self.staging.copy(&target, &self.archive.root.join(path))?,
            });
        }
        reading.files = files;
        Ok(())
    }

    /// Writes what a reader can take away.
    fn write_downloads(&self, work: &mut Work<'_>, output: &mut Output) -> Result<Vec<Download>> {
        let entry = work.entry;
        let mut downloads = Vec::new();
        let path = |format: &format::Download| format!("{}/{}", entry.directory, work.file_name(format));
        let wanted = |format: &format::Download| self.staging.wants(&path(format));
        let made = format::write(work, &mut output.report, wanted, |format, bytes| {
            let name = work.file_name(format);
            if let Some(bytes) = bytes {
                output.files.push(self.staging.write(&path(format), &bytes)?);
            }
            let label = work.words.get(format.label).to_string();
            downloads.push(Download { format: format.ending, label, url: address::encode(&name) });
            Ok(())
        })?;
        work.made = Some(made);
        if let Some(linkset) = signposting::linkset(work) {
            output.files.push(self.staging.write(&format!("{}/linkset.json", entry.directory), &linkset)?);
        }
        Ok(downloads)
    }

    /// The document's digest and the day since when it is so. Of a withheld text the record alone counts.
    fn stamp(&self, document: usize, text: Option<&str>) -> Stamp {
        let entry = &self.archive.documents[document];
        let print = match text {
            Some(text) => Print::of(text),
            None => {
                let head = entry.source.read_head(&self.archive.root).unwrap_or_default();
                let record =
                    front_matter::split(Source { file: &entry.source.path, text: &head }).map(|split| split.record);
                Print::of(record.map_or("", |record| &head[record]))
            }
        };
        let day = self.changes.day(&entry.id, print).map(str::to_string);
        Stamp { document, print, day, sections: None }
    }

    /// The document as formats see it.
    fn work<'a>(&'a self, reading: &'a Reading<'_>, source: Option<&'a str>, changed: Option<&'a str>) -> Work<'a> {
        let text = source.map(|source| Published {
            source,
            text: &reading.text,
            targets: &reading.targets,
            pages: &reading.pages,
            names: &reading.names,
            files: &reading.files,
        });
        let [words, english] = [reading.language, Language::English].map(|language| self.words(language));
        Work { archive: self.archive, entry: reading.entry, words, english, text, made: None, changed }
    }

    fn write_pages(
        &self,
        at: usize,
        reading: &Reading<'_>,
        work: &Work<'_>,
        downloads: &[Download],
        attachments: &[Attachment],
        output: &mut Output,
    ) -> Result<()> {
        let entry = reading.entry;
        let open = entry.record.text_is_open();
        let doc = self.record_view(at, &reading.root, reading.language, downloads, attachments);
        let contents = Contents::new(&reading.text, &reading.pages, &reading.names);
        let mut above = self.above(entry.collection, true, reading.language);
        let landing_crumbs = super::crumbs(&above, &reading.root);
        let itself = format!("{}/index.html", entry.directory);
        above.push(Above { title: entry.record.title.clone(), path: itself });
        let mut crumbs = landing_crumbs.clone();
        crumbs.push(super::Crumb { title: entry.record.title.clone(), url: "index.html".to_string() });
        let sibling = |at: Option<usize>| {
            at.map(|at| &self.archive.documents[at]).map(|entry| Sibling {
                title: &entry.record.title,
                url: format!("{}{}/index.html", reading.root, address::encode(&entry.directory)),
            })
        };
        let [before, after] = [entry.previous, entry.next].map(|at| Value::from_serializable(&sibling(at)));
        let text_lang =
            Some(entry.language(&self.archive.site)).filter(|tag| *tag != self.words(reading.language).tag());
        let shared = |context: &mut Context| {
            context.insert_value("doc", doc.clone());
            context.insert("withheld", &!open);
            context.insert("text_lang", &text_lang);
            context.insert("text_dir", &text_lang.map(direction));
            context.insert_value("previous_document", before.clone());
            context.insert_value("next_document", after.clone());
        };
        // What all pages of the document have in common is rendered once.
        let head = Head {
            template: Template::Section,
            path: &format!("{}/full.html", entry.directory),
            title: "",
            description: None,
            language: reading.language,
        };
        let mut common = self.bare_context(&head);
        shared(&mut common);
        let running_title = self.part("running-title.html", &head, &common, output);
        let source_rows = self.part("source-rows.html", &head, &common, output);
        let contents_foot = self.part("contents-foot.html", &head, &common, output);
        self.put_crumbs(&crumbs, &head, &mut common, output);
        let breadcrumbs = common.get("breadcrumbs").cloned().unwrap_or(Value::from(""));
        let shared = |context: &mut Context| {
            shared(context);
            context.insert_value("running_title", running_title.clone());
            context.insert_value("source_rows", source_rows.clone());
            context.insert_value("contents_foot", contents_foot.clone());
        };
        for (page, parts) in reading.pages.iter().enumerate() {
            let name = &reading.names[page];
            let path = format!("{}/{name}", entry.directory);
            if !self.wants(&path) {
                continue;
            }
            let heading = reading.text.parts[parts.start].heading.as_ref().filter(|_| page > 0);
            let title = heading.map_or_else(|| entry.record.title.clone(), Heading::full);
            let template = if page == 0 { Template::Landing } else { Template::Section };
            let head = Head { template, path: &path, title: &title, description: None, language: reading.language };
            let mut context = self.context(&head, output);
            shared(&mut context);
            match page {
                0 => self.put_crumbs(&landing_crumbs, &head, &mut context, output),
                _ => context.insert_value("breadcrumbs", breadcrumbs.clone()),
            }
            let list = if page == 0 { contents.whole() } else { contents.around(page) };
            context.insert_value("contents", Value::safe_string(&list));
            context.insert("previous", &page.checked_sub(1).map(|page| reading.neighbour(page)));
            context.insert("next", &(page + 1 < reading.pages.len()).then(|| reading.neighbour(page + 1)));
            context.insert_value("body", reading.body(parts.clone(), name));
            context
                .insert("notes", &reading.notes(parts.clone(), name, self.words(reading.language).get("back_to_text")));
            let cited = Cited { work: *work, page: name, section: heading };
            super::put_metadata(&mut context, &head::write(&cited, &above));
            context.insert("cite", &CiteView::new(&cited));
            if let Some(heading) = heading {
                let (number, title) = (heading.spaced_number(), heading.title.as_str());
                context.insert("section", &SectionView { id: &heading.id, number, title, level: heading.level });
            }
            self.page(&head, &context, output)?;
        }
        if open {
            let common = |context: &mut Context| {
                shared(context);
                context.insert_value("breadcrumbs", breadcrumbs.clone());
                let cited = Cited::whole(*work);
                super::put_metadata(context, &head::write(&cited, &above));
                context.insert("cite", &CiteView::new(&cited));
            };
            self.write_full(reading, common, &contents, output)?;
        }
        Ok(())
    }

    fn write_full(
        &self,
        reading: &Reading<'_>,
        shared: impl Fn(&mut Context),
        contents: &Contents<'_>,
        output: &mut Output,
    ) -> Result<()> {
        let entry = reading.entry;
        let path = format!("{}/full.html", entry.directory);
        if !self.wants(&path) {
            return Ok(());
        }
        let title = &entry.record.title;
        let head = Head { template: Template::Full, path: &path, title, description: None, language: reading.language };
        let mut context = self.context(&head, output);
        let all = 0..reading.text.parts.len();
        shared(&mut context);
        context.insert_value("contents", Value::safe_string(&contents.here()));
        context.insert("previous", &None::<Neighbour>);
        context.insert("next", &None::<Neighbour>);
        context.insert_value("body", reading.body(all.clone(), "full.html"));
        context.insert("notes", &reading.notes(all, "full.html", self.words(reading.language).get("back_to_text")));
        self.page(&head, &context, output)
    }
}

impl Reading<'_> {
    /// The text of neighbouring parts. Before a section stand its former ids, so that old links find it.
    fn body(&self, parts: Range<usize>, page: &str) -> Value {
        if self.former.is_empty() {
            return Value::safe_string(self.html(self.text.tape_of(parts), page).trim_end());
        }
        let mut body = String::new();
        for at in parts {
            let heading = self.text.parts[at].heading.as_ref();
            for (old, _) in self.former.iter().filter(|(_, id)| heading.is_some_and(|heading| heading.id == *id)) {
                body.push_str(&format!("<span id=\"{old}\"></span>"));
            }
            body.push_str(&self.html(self.text.tape_of(at..at + 1), page));
        }
        Value::safe_string(body.trim_end())
    }

    /// The sections as content/ids.lock has them.
    fn sections(&self) -> String {
        if !self.entry.record.text_is_open() {
            return String::new();
        }
        let page_of = |at: usize| {
            let page = self.pages.partition_point(|parts| parts.end <= at);
            self.names.get(page).map_or(ids::FULL, |name| name.strip_suffix(".html").unwrap_or(name))
        };
        let headings = self.text.parts.iter().enumerate().filter_map(|(at, part)| Some((at, part.heading.as_ref()?)));
        let sections = headings.map(|(at, heading)| (heading.id.as_str(), page_of(at)));
        ids::written([(ids::FULL, ids::FULL)].into_iter().chain(sections))
    }

    /// A stretch of the text as HTML, with its links as they are right on a page.
    fn html(&self, tape: &[Node], page: &str) -> String {
        let mut out = String::new();
        html::write(&self.text, tape, &self.labels, &mut out, &mut |link, out| {
            link::write(&self.targets[link], page, &self.root, out);
        });
        out
    }

    fn notes(&self, parts: Range<usize>, page: &str, label: &str) -> Vec<NoteView> {
        if self.text.notes.is_empty() {
            return Vec::new();
        }
        let shown = self.text.notes_of(parts.clone());
        let in_parts = self.text.parts[parts].iter().flat_map(|part| &part.marks);
        let in_notes = shown.iter().flat_map(|note| &self.text.notes[*note].marks);
        let marks: Vec<&NoteMark> = in_parts.chain(in_notes).map(|mark| &self.text.marks[*mark as usize]).collect();
        shown
            .iter()
            .map(|at| {
                let note = &self.text.notes[*at];
                let own = marks.iter().filter(|mark| mark.note == *at);
                NoteView {
                    id: note.id.clone(),
                    number: note.number,
                    html: Value::safe_string(self.html(&note.tape, page).trim_end()),
                    flat: punctuation::flat(&self.text, &note.tape),
                    back: own.map(|mark| Back { id: mark.id.clone(), label: label.to_string() }).collect(),
                }
            })
            .collect()
    }

    fn neighbour(&self, page: usize) -> Neighbour {
        let heading = self.text.parts[self.pages[page].start].heading.as_ref().filter(|_| page > 0);
        let url = address::encode(&self.names[page]);
        let Some(heading) = heading else {
            return Neighbour { number: None, title: self.entry.record.title.clone(), flat: None, url };
        };
        let (mut number, mut title) = (heading.spaced_number(), heading.title.clone());
        let full = heading.full();
        let (restored, flat) =
            if self.text.restored { punctuation::shown(&full) } else { (Cow::Borrowed(full.as_str()), None) };
        if flat.is_some() {
            // A mark is restored to a mark, so the title begins after as many characters as before.
            let length = number.as_ref().map_or(0, |number| number.chars().count());
            number = number.map(|_| restored.chars().take(length).collect());
            title = restored.chars().skip(length).collect();
        }
        Neighbour { number, title, flat, url }
    }
}
