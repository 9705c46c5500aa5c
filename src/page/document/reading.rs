//! A document's text as its pages need it: parsed, its links resolved, the files beside it copied.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Result;
use serde::Serialize;
use tera::Value;

use crate::archive::address;
use crate::archive::link::{self, AnchorPages, From, Target};
use crate::archive::{Entry, ids, reserved};
use crate::diagnostic::messages::TextMessage;
use crate::diagnostic::{Diagnostic, Source};
use crate::file;
use crate::page::record::Attachment;
use crate::page::{Output, Pages};
use crate::record::front_matter;
use crate::site::Language;
use crate::text::html::{self, Labels};
use crate::text::parse::{self, Ids, Manner};
use crate::text::tape::Node;
use crate::text::{NoteMark, Text, punctuation};

/// Pages that one document may have: what they hold grows with the square.
const PAGES: usize = 2_000;

#[derive(Debug, Clone, Serialize)]
pub(super) struct Neighbour {
    number: Option<String>,
    title: String,
    /// What [`punctuation::shown`] says of both.
    flat: Option<String>,
    url: String,
}

#[derive(Serialize)]
pub(super) struct NoteView {
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

/// A document with all that its pages need.
pub(super) struct Reading<'a> {
    pub(super) entry: &'a Entry,
    pub(super) text: Text,
    pub(super) labels: Labels,
    pub(super) pages: Vec<Range<usize>>,
    pub(super) names: Vec<String>,
    pub(super) targets: Vec<Target>,
    /// Path in the document's folder → path from the archive's root.
    pub(super) files: BTreeMap<String, String>,
    /// Ids that sections had before, and have today.
    pub(super) former: Vec<(&'a str, String)>,
    pub(super) language: Language,
    pub(super) root: String,
}

/// What was read of a document.
pub(super) struct Opened<'a> {
    pub(super) reading: Reading<'a>,
    /// The file, where the text may be published.
    pub(super) source: Option<String>,
    /// Files beside it that the text does not show.
    pub(super) attachments: Vec<Attachment>,
}

impl Pages<'_> {
    /// Reads a document's text, where it may be published.
    pub(super) fn take(&self, at: usize, output: &mut Output) -> Result<Option<Opened<'_>>> {
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
            return Ok(Some(Opened { reading, source: None, attachments }));
        }
        let text = match entry.source.read(&self.archive.root) {
            Ok(text) => text,
            Err(fault) => {
                output.report.push(fault);
                return Ok(None);
            }
        };
        self.read_text(&mut reading, &text, &mut attachments, output)?;
        Ok(Some(Opened { reading, source: Some(text), attachments }))
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
        let manner =
            Manner { title: &entry.record.title, allow_html: site.allow_html, numbered: true, restore, ids: Ids::All };
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
            AnchorPages::default()
        } else {
            AnchorPages::of(&reading.text, &reading.pages).with_former(&reading.former)
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
                let size = file::size_in_words(self.archive.root.length(path));
                attachments.push(Attachment { name: place.to_string(), url: address::encode(place), size });
            }
        }
        for (place, path) in &files {
            let target = format!("{}/{place}", entry.directory);
            output.files.push(match self.archive.held.get(path) {
                Some(bytes) => self.staging.write(&target, bytes)?,
                None => self.staging.copy(&target, &self.archive.root, path)?,
            });
        }
        reading.files = files;
        Ok(())
    }
}

impl Reading<'_> {
    /// The text of neighbouring parts. Before a section stand its former ids, so that old links find it.
    pub(super) fn body(&self, parts: Range<usize>, page: &str) -> Value {
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

    /// The page on which a part stands.
    pub(super) fn page_of(&self, part: usize) -> &str {
        let page = self.pages.partition_point(|parts| parts.end <= part);
        self.names.get(page).map_or("full.html", String::as_str)
    }

    /// The sections as content/ids.lock has them.
    pub(super) fn sections(&self) -> String {
        if !self.entry.record.text_is_open() {
            return String::new();
        }
        let page_of = |at: usize| self.page_of(at).strip_suffix(".html").unwrap_or(reserved::FULL);
        let headings = self.text.parts.iter().enumerate().filter_map(|(at, part)| Some((at, part.heading.as_ref()?)));
        let sections = headings.map(|(at, heading)| (heading.id.as_str(), page_of(at)));
        ids::written([(reserved::FULL, reserved::FULL)].into_iter().chain(sections))
    }

    /// A stretch of the text as HTML, with its links as they are right on a page.
    pub(super) fn html(&self, tape: &[Node], page: &str) -> String {
        let mut out = String::new();
        html::write(&self.text, tape, &self.labels, &mut out, &mut |link, out| {
            link::write(&self.targets[link], page, &self.root, out);
        });
        out
    }

    pub(super) fn notes(&self, parts: Range<usize>, page: &str, label: &str) -> Vec<NoteView> {
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

    pub(super) fn neighbour(&self, page: usize) -> Neighbour {
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
