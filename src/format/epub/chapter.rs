//! The text as chapters: one for each page that the site gives it.
//!
//! A chapter looks only at its neighbours in the same folder and at the style sheet above it, so a collection's book takes
//! it in as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::image::Images;
use super::page::{self, FOLDER};
use crate::archive::address;
use crate::archive::link::{Anchors, Target, page_name};
use crate::document::{Fragment, Heading, punctuation};
use crate::format::work::{Text, Work};
use crate::format::xhtml::{self, Attributes, Event, absolute_address, push_attribute, push_escaped_attribute};

/// What the contents list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Depth, from 1.
    pub level: u8,
    /// What stands there, as plain text.
    pub label: String,
    /// Where, from the book's root.
    pub href: String,
}

/// The chapters of a document, and what was met on the way.
#[derive(Debug, Default)]
pub struct Chapters {
    /// File name and contents.
    pub files: Vec<(String, String)>,
    /// Introduction and sections.
    pub contents: Vec<Place>,
    /// The numbered paragraphs.
    pub paragraphs: Vec<Place>,
    /// Whether every picture has an alternative text.
    pub described: bool,
}

/// Writes the chapters.
pub fn write(work: &Work<'_>, text: Text<'_>, images: &Images<'_>) -> Chapters {
    let document = text.document;
    let split = text.pages.last().is_some_and(|parts| parts.end == document.parts.len());
    // A text that the site keeps on one page is in the book still a chapter a section.
    let pages = if split { Cow::Borrowed(text.pages) } else { Cow::Owned(document.pages(1)) };
    let names: BTreeMap<String, usize> =
        pages.iter().enumerate().map(|(at, parts)| (page_name(document, at, parts), at)).collect();
    let anchors = if split || document.links.is_empty() { Anchors::default() } else { Anchors::of(document, &pages) };
    let mut writer = Writer {
        work,
        text,
        images,
        names,
        anchors,
        split,
        at: 0,
        notes: Vec::new(),
        marks: BTreeMap::new(),
        skipped: 0,
        open: Vec::new(),
        chapters: Chapters { described: true, ..Chapters::default() },
        out: String::new(),
    };
    let headed = document.parts.iter().any(|part| part.heading.is_some());
    for (at, parts) in pages.iter().enumerate() {
        let introduction = document.parts[parts.start].heading.is_none();
        let notes = document.notes_of(parts.clone());
        if introduction && document.html_of(parts.clone()).is_empty() && notes.is_empty() {
            continue;
        }
        if introduction {
            let label = work.words.get(if headed { "introduction" } else { "text" }).to_string();
            writer.chapters.contents.push(Place { level: 1, label, href: format!("{FOLDER}/{}", file_name(at)) });
        }
        writer.chapter(at, parts.clone(), notes);
    }
    writer.chapters
}

/// A chapter's file.
fn file_name(at: usize) -> String {
    format!("{at:03}.xhtml")
}

struct Writer<'a, 'i> {
    work: &'a Work<'a>,
    text: Text<'a>,
    images: &'i Images<'a>,
    /// Pages of the site → chapters.
    names: BTreeMap<String, usize>,
    /// Where the ids stand, if the chapters are not the site's pages.
    anchors: Anchors,
    split: bool,
    /// The chapter being written.
    at: usize,
    /// The notes that stand in it.
    notes: Vec<usize>,
    /// Note → its first mark in the chapter.
    marks: BTreeMap<String, String>,
    /// Elements open whose text is left out.
    skipped: usize,
    /// For each element that is open, whether its tag was written, and as what it ends.
    open: Vec<Option<&'static str>>,
    chapters: Chapters,
    out: String,
}

impl Writer<'_, '_> {
    fn chapter(&mut self, at: usize, parts: Range<usize>, notes: Vec<usize>) {
        let document = self.text.document;
        (self.at, self.notes) = (at, notes);
        self.marks.clear();
        for part in &document.parts[parts.clone()] {
            let Some(heading) = &part.heading else { continue };
            let own = parts.start > 0 && std::ptr::eq(part, &raw const document.parts[parts.start]);
            let file = format!("{FOLDER}/{}", file_name(at));
            let href = if own { file } else { format!("{file}#{}", address::encode(&heading.id)) };
            let label = self.shown(heading);
            self.chapters.contents.push(Place { level: heading.level, label, href });
        }
        let heading = document.parts[parts.start].heading.as_ref();
        let title = heading.map_or_else(|| self.work.record().title.clone(), |heading| self.shown(heading));
        let range = document.html_of(parts);
        self.out = String::with_capacity(1024 + range.len());
        page::open(&mut self.out, self.work.language_tag(), &title);
        self.out.push_str("<section epub:type=\"bodymatter chapter\">\n");
        self.fragment(&document.html, range);
        self.out.push_str("</section>\n");
        if !self.notes.is_empty() {
            self.out.push_str("<section class=\"notes\">\n");
            for at in self.notes.clone() {
                let note = &document.notes[at];
                self.out.push_str("<aside epub:type=\"footnote\" role=\"doc-footnote\"");
                push_attribute(&mut self.out, "id", &note.id);
                self.out.push('>');
                match self.marks.get(&note.id) {
                    Some(mark) => {
                        self.out.push_str("<a role=\"doc-backlink\"");
                        push_attribute(&mut self.out, "href", &format!("#{}", address::encode(mark)));
                        self.out.push_str(&format!(">{}</a> ", note.number));
                    }
                    None => self.out.push_str(&format!("{} ", note.number)),
                }
                self.fragment(&note.html, 0..note.html.html.len());
                self.out.push_str("</aside>\n");
            }
            self.out.push_str("</section>\n");
        }
        page::close(&mut self.out);
        self.chapters.files.push((file_name(at), std::mem::take(&mut self.out)));
    }

    /// A heading as the text shows it; contents need a word for every section, so one without any is called by its id.
    fn shown(&self, heading: &Heading) -> String {
        let full = heading.full();
        if full.trim().is_empty() {
            return heading.id.clone();
        }
        match self.text.document.restored {
            true => punctuation::restored(&full).into_owned(),
            false => full,
        }
    }

    fn fragment(&mut self, fragment: &Fragment, range: Range<usize>) {
        let html = xhtml::cleaned(fragment.fill(range, xhtml::number_of_link));
        xhtml::read(&html, &mut |event| match event {
            Event::Start(name, attributes) => self.start(name, attributes),
            Event::End(name) => self.end(name),
            Event::Text(text) if self.skipped == 0 => self.out.push_str(text),
            Event::Text(_) => {}
        });
    }

    fn start(&mut self, name: &'static str, attributes: Attributes<'_>) {
        match name {
            "br" => self.out.push_str("<br/>"),
            "hr" => self.out.push_str("<hr/>\n"),
            "img" => self.image(attributes),
            "a" if attributes.is("pn") || attributes.is("anchor") => self.skip(),
            // Brackets for browsers without ruby; reading systems have it.
            "rp" => self.skip(),
            "a" => self.link(attributes),
            // Rows alone are enough where cells say themselves whether they head something.
            "thead" | "tbody" => self.open.push(None),
            _ => {
                if let (Some(number), Some(id)) = (attributes.get("data-n"), attributes.get("id")) {
                    let href = format!("{FOLDER}/{}#{id}", file_name(self.at));
                    self.chapters.paragraphs.push(Place { level: 1, label: format!("¶ {number}"), href });
                }
                self.out.extend(["<", name]);
                self.attributes(name, attributes);
                self.out.push('>');
                self.open.push(Some(name));
            }
        }
    }

    /// An element that is left out with its text.
    fn skip(&mut self) {
        self.skipped += 1;
        self.open.push(None);
    }

    /// The attributes that a book's text has.
    fn attributes(&mut self, name: &str, attributes: Attributes<'_>) {
        let counts = |value: &&str| value.parse::<u16>().is_ok_and(|count| (1..=1000).contains(&count));
        if let Some(id) = attributes.get("id") {
            push_escaped_attribute(&mut self.out, "id", id);
        }
        let classes = ["left", "center", "right", "quoted-heading", "number", "noteref"];
        if let Some(class) = attributes.get("class").filter(|class| classes.contains(class)) {
            push_escaped_attribute(&mut self.out, "class", class);
        }
        if let Some(lang) = attributes.get("lang").filter(|lang| crate::record::language::is_tag(lang)) {
            self.out.push_str(&format!(" lang=\"{lang}\" xml:lang=\"{lang}\""));
        }
        match name {
            "ol" => {
                if let Some(start) = attributes.get("start").and_then(|start| start.parse::<i32>().ok()) {
                    self.out.push_str(&format!(" start=\"{start}\""));
                }
            }
            "td" | "th" => {
                for span in ["colspan", "rowspan"] {
                    if let Some(count) = attributes.get(span).filter(counts) {
                        push_escaped_attribute(&mut self.out, span, count);
                    }
                }
                let scope = attributes.get("scope").filter(|scope| name == "th" && matches!(*scope, "row" | "col"));
                if let Some(scope) = scope {
                    push_escaped_attribute(&mut self.out, "scope", scope);
                }
            }
            "a" | "abbr" => {
                if let Some(title) = attributes.get("title") {
                    push_escaped_attribute(&mut self.out, "title", title);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match self.open.pop().flatten() {
            Some(written) => self.out.extend(["</", written, ">"]),
            None if matches!(name, "a" | "rp") => self.skipped = self.skipped.saturating_sub(1),
            None => {}
        }
    }

    /// A link, or only its text where it would lead nowhere.
    fn link(&mut self, attributes: Attributes<'_>) {
        let href = attributes.get("href").unwrap_or_default();
        let note = href.strip_prefix('#').filter(|id| self.has_note(id));
        let address = match note {
            Some(_) => Some(href.to_string()),
            None => self.target(href),
        };
        let Some(address) = address else { return self.open.push(None) };
        self.out.push_str("<a");
        push_attribute(&mut self.out, "href", &address);
        self.attributes("a", attributes);
        if let Some(note) = note {
            let mark = attributes.get("id").unwrap_or_default();
            self.marks.entry(note.to_string()).or_insert_with(|| mark.to_string());
            self.out.push_str(" epub:type=\"noteref\" role=\"doc-noteref\"");
        }
        self.out.push('>');
        self.open.push(Some("a"));
    }

    fn has_note(&self, id: &str) -> bool {
        self.notes.iter().any(|note| self.text.document.notes[*note].id == id)
    }

    /// Where a link goes from the chapter.
    fn target(&self, href: &str) -> Option<String> {
        let base = self.work.archive.site.base_url.as_deref();
        match self.text.targets.get(href.parse::<usize>().ok()?)? {
            Target::External(address) => absolute_address(address),
            Target::Here { id, page } => {
                let page = if self.split { Some(page.as_str()) } else { self.anchors.page(id) };
                let chapter = *self.names.get(page?)?;
                let file = if chapter == self.at { String::new() } else { file_name(chapter) };
                Some(format!("{file}#{}", address::encode(id)))
            }
            Target::Page(path) => {
                let (path, id) = path.split_once('#').map_or((path.as_str(), None), |(path, id)| (path, Some(id)));
                let mut address = address::absolute(base?, path.strip_suffix("index.html").unwrap_or(path));
                if let Some(id) = id {
                    address.push_str(&address::absolute("#", id));
                }
                Some(address)
            }
            Target::File { path, .. } => {
                Some(address::absolute(base?, &format!("{}/{path}", self.work.entry.directory)))
            }
            Target::Broken => None,
        }
    }

    /// A picture, or what it shows in words where the book does not hold it.
    fn image(&mut self, attributes: Attributes<'_>) {
        let alternative = attributes.get("alt").unwrap_or_default();
        let link = attributes.get("src").and_then(|src| src.parse::<usize>().ok());
        let held = match link.and_then(|link| self.text.targets.get(link)) {
            Some(Target::File { path, size }) => self.images.get(path.as_str()).map(|image| (image, size)),
            _ => None,
        };
        let Some((image, size)) = held else {
            if !alternative.is_empty() {
                self.out.extend(["[", alternative, "]"]);
            }
            return;
        };
        self.chapters.described &= !alternative.is_empty();
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", &image.name);
        push_escaped_attribute(&mut self.out, "alt", alternative);
        if let Some((width, height)) = size {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.out.push_str("/>");
    }
}
