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
use crate::archive::link::{AnchorPages, Target, page_name};
use crate::format::work::{Published, Work};
use crate::format::xml::{absolute_address, push_attribute, push_body};
use crate::text::html::{heading_tag, tag};
use crate::text::strict::{self, Step};
use crate::text::tape::{Align, Cell, Element, HtmlElement, Node, Phrase, View};
use crate::text::{Heading, punctuation};

/// What the contents list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentsLine {
    /// Depth, from 1.
    pub level: u8,
    /// What stands there, as plain text.
    pub label: String,
    /// Where, from the book's root.
    pub href: String,
}

/// The chapters of a document, and what was met on the way.
#[derive(Debug, Default)]
pub(crate) struct Chapters {
    /// File name and contents.
    pub files: Vec<(String, String)>,
    /// Introduction and sections.
    pub contents: Vec<ContentsLine>,
    /// The numbered paragraphs.
    pub paragraphs: Vec<ContentsLine>,
    /// Whether every picture has an alternative text.
    pub described: bool,
}

/// Writes the chapters.
pub(crate) fn write(work: &Work<'_>, text: Published<'_>, images: &Images<'_>) -> Chapters {
    let document = text.text;
    let split = text.pages.last().is_some_and(|parts| parts.end == document.parts.len());
    // A text that the site keeps on one page is in the book still a chapter a section.
    let pages = if split { Cow::Borrowed(text.pages) } else { Cow::Owned(document.pages(1)) };
    let names: BTreeMap<String, usize> =
        pages.iter().enumerate().map(|(at, parts)| (page_name(document, at, parts), at)).collect();
    let anchors =
        if split || document.links.is_empty() { AnchorPages::default() } else { AnchorPages::of(document, &pages) };
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
        if introduction && document.tape_of(parts.clone()).is_empty() && notes.is_empty() {
            continue;
        }
        if introduction {
            let label = work.words.get(if headed { "introduction" } else { "text" }).to_string();
            writer.chapters.contents.push(ContentsLine {
                level: 1,
                label,
                href: format!("{FOLDER}/{}", file_name(at)),
            });
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
    text: Published<'a>,
    images: &'i Images<'a>,
    /// Pages of the site → chapters.
    names: BTreeMap<String, usize>,
    /// Where the ids stand, if the chapters are not the site's pages.
    anchors: AnchorPages,
    split: bool,
    /// The chapter being written.
    at: usize,
    /// The notes that stand in it.
    notes: Vec<usize>,
    /// Note → the id of its first mark in the chapter.
    marks: BTreeMap<usize, &'a str>,
    /// Elements open whose text is left out.
    skipped: usize,
    /// For each element that is open, whether its tag was written.
    open: Vec<bool>,
    chapters: Chapters,
    out: String,
}

impl<'a> Writer<'a, '_> {
    fn chapter(&mut self, at: usize, parts: Range<usize>, notes: Vec<usize>) {
        let document = self.text.text;
        (self.at, self.notes) = (at, notes);
        self.marks.clear();
        for part in &document.parts[parts.clone()] {
            let Some(heading) = &part.heading else { continue };
            let own = parts.start > 0 && std::ptr::eq(part, &raw const document.parts[parts.start]);
            let file = format!("{FOLDER}/{}", file_name(at));
            let href = if own { file } else { format!("{file}#{}", address::encode(&heading.id)) };
            let label = self.shown(heading);
            self.chapters.contents.push(ContentsLine { level: heading.level, label, href });
        }
        let heading = document.parts[parts.start].heading.as_ref();
        let title = heading.map_or_else(|| self.work.record().title.clone(), |heading| self.shown(heading));
        let tape = document.tape_of(parts);
        self.out = String::with_capacity(1024 + 16 * tape.len());
        page::open(&mut self.out, self.work.language_tag(), &title);
        self.out.push_str("<section epub:type=\"bodymatter chapter\">\n");
        self.walk(tape);
        self.out.push_str("</section>\n");
        if !self.notes.is_empty() {
            self.out.push_str("<section class=\"notes\">\n");
            for at in self.notes.clone() {
                let note = &document.notes[at];
                self.out.push_str("<aside epub:type=\"footnote\" role=\"doc-footnote\"");
                push_attribute(&mut self.out, "id", &note.id);
                self.out.push('>');
                match self.marks.get(&at) {
                    Some(mark) => {
                        self.out.push_str("<a role=\"doc-backlink\"");
                        push_attribute(&mut self.out, "href", &format!("#{}", address::encode(mark)));
                        self.out.push_str(&format!(">{}</a> ", note.number));
                    }
                    None => self.out.push_str(&format!("{} ", note.number)),
                }
                self.walk(&note.tape);
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
        match self.text.text.restored {
            true => punctuation::restored(&full).into_owned(),
            false => full,
        }
    }

    fn walk(&mut self, tape: &[Node]) {
        let text = self.text.text;
        strict::walk(text, tape, View::Read, &mut |step| match step {
            Step::Start(element, html) => self.start(element, html),
            Step::End(element) => self.end(element),
            Step::Text(text) if self.skipped == 0 => push_body(&mut self.out, text),
            Step::Text(_) => {}
        });
    }

    fn start(&mut self, element: Element, html: Option<&HtmlElement>) {
        match element {
            Element::Break => self.out.push_str("<br/>"),
            Element::Rule => self.out.push_str("<hr/>\n"),
            Element::Image(link) => self.image(link),
            Element::NoteMark(mark) => self.note_mark(mark),
            Element::Link(link) => self.link(link, html),
            // Brackets for browsers without ruby; reading systems have it.
            Element::Phrase(Phrase::ReadingBracket) => {
                self.skipped += 1;
                self.open.push(false);
            }
            // Rows alone are enough where cells say themselves whether they head something.
            Element::Head | Element::Body => self.open.push(false),
            _ => {
                if let Element::Paragraph(block) = element
                    && let Some(block) = self.text.text.block(block).filter(|block| block.number > 0)
                {
                    let href = format!("{FOLDER}/{}#{}", file_name(self.at), block.id);
                    self.chapters.paragraphs.push(ContentsLine {
                        level: 1,
                        label: format!("¶ {}", block.number),
                        href,
                    });
                }
                // A table stands in a frame of its own, which has its id.
                if let Element::Table(Some(_)) = element {
                    self.out.push_str("<div");
                    self.attributes(element, None);
                    self.out.push_str("><table");
                } else {
                    self.out.extend(["<", self.tag(element)]);
                    self.attributes(element, html);
                }
                self.out.push('>');
                self.open.push(true);
            }
        }
    }

    fn tag(&self, element: Element) -> &'static str {
        match element {
            Element::Heading(part) => {
                let heading = self.text.text.parts[part as usize].heading.as_ref();
                heading_tag(heading.map_or(1, |heading| heading.level))
            }
            element => tag(element),
        }
    }

    /// The attributes that a book's text has.
    fn attributes(&mut self, element: Element, html: Option<&HtmlElement>) {
        if let Some(id) = strict::id(self.text.text, element) {
            push_attribute(&mut self.out, "id", id);
        }
        let class = match element {
            Element::Cell(Cell { align: Some(align), .. }) => Some(align.word()),
            Element::Paragraph(block) => self.text.text.block(block).and_then(|block| block.align).map(Align::word),
            Element::QuotedHeading => Some("quoted-heading"),
            Element::Number => Some("number"),
            _ => None,
        };
        if let Some(class) = class {
            push_attribute(&mut self.out, "class", class);
        }
        let lang = html.and_then(|html| html.get("lang")).filter(|lang| crate::record::language::is_tag(lang));
        if let Some(lang) = lang {
            self.out.push_str(&format!(" lang=\"{lang}\" xml:lang=\"{lang}\""));
        }
        match element {
            Element::Numbers(_, first) if first != 1 => self.out.push_str(&format!(" start=\"{first}\"")),
            Element::Cell(cell) => {
                for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                    if count > 1 {
                        self.out.push_str(&format!(" {name}=\"{count}\""));
                    }
                }
                if let Some(scope) = cell.scope.filter(|_| cell.head) {
                    push_attribute(&mut self.out, "scope", scope.word());
                }
            }
            Element::Redacted(number) => {
                let redacted = self.text.text.redacted.get(number as usize);
                if let Some(redacted) = redacted.filter(|redacted| !redacted.reason.is_empty()) {
                    push_attribute(&mut self.out, "title", &redacted.reason);
                }
            }
            Element::Phrase(Phrase::Abbreviation) => {
                if let Some(title) = html.and_then(|html| html.get("title")) {
                    push_attribute(&mut self.out, "title", title);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, element: Element) {
        match (self.open.pop(), element) {
            (_, Element::Phrase(Phrase::ReadingBracket)) => self.skipped = self.skipped.saturating_sub(1),
            (Some(true), Element::Table(Some(_))) => self.out.push_str("</table></div>"),
            (Some(true), _) => self.out.extend(["</", self.tag(element), ">"]),
            _ => {}
        }
    }

    /// A link, or only its text where it would lead nowhere.
    fn link(&mut self, link: u32, html: Option<&HtmlElement>) {
        let target = self.target(link);
        self.open.push(target.is_some());
        let Some(target) = target else { return };
        self.out.push_str("<a");
        push_attribute(&mut self.out, "href", &target);
        self.attributes(Element::Link(link), html);
        let title = &self.text.text.links[link as usize].title;
        if !title.is_empty() {
            push_attribute(&mut self.out, "title", title);
        }
        self.out.push('>');
    }

    /// The mark of a note: a link where the note stands in the same chapter.
    fn note_mark(&mut self, mark: u32) {
        let text = self.text.text;
        let mark = &text.marks[mark as usize];
        let note = &text.notes[mark.note];
        self.out.push_str("<sup class=\"noteref\">");
        if self.notes.contains(&mark.note) {
            self.out.push_str("<a");
            push_attribute(&mut self.out, "href", &format!("#{}", note.id));
            push_attribute(&mut self.out, "id", &mark.id);
            self.out.push_str(&format!(" epub:type=\"noteref\" role=\"doc-noteref\">{}</a>", note.number));
            self.marks.entry(mark.note).or_insert(&mark.id);
        } else {
            self.out.push_str(&note.number.to_string());
        }
        self.out.push_str("</sup>");
    }

    /// Where a link goes from the chapter.
    fn target(&self, link: u32) -> Option<String> {
        let base = self.work.archive.site.base_url.as_deref();
        match self.text.targets.get(link as usize)? {
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
    fn image(&mut self, link: u32) {
        let alternative = self.text.text.links[link as usize].alternative.as_str();
        let held = match self.text.targets.get(link as usize) {
            Some(Target::File { path, size }) => self.images.get(path.as_str()).map(|image| (image, size)),
            _ => None,
        };
        let Some((image, size)) = held else {
            if !alternative.is_empty() {
                push_body(&mut self.out, &format!("[{alternative}]"));
            }
            return;
        };
        self.chapters.described &= !alternative.is_empty();
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", &image.name);
        push_attribute(&mut self.out, "alt", alternative);
        if let Some((width, height)) = size {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.out.push_str("/>");
    }
}
