//! The text as Typst's markup: the same walk that TEI and EPUB are made by.
//!
//! A note stands where it is first referred to and is set at the foot of that page; further references repeat its number.
//! What nothing refers to, and notes within notes within notes, stand at the end as paragraphs.

use std::collections::BTreeMap;

use super::grid::{Cell, Row, Table};
use super::markup::{literal, push_literal, push_words};
use crate::archive::address;
use crate::archive::link::Target;
use crate::format::epub::image::Images;
use crate::format::work::{Published, Work};
use crate::format::xml::absolute_address;
use crate::text::strict::{self, Step};
use crate::text::tape::{Align, Element, HtmlElement, Node, Phrase, View};

/// Elements within elements are set as deep as this: Typst gives up at some depth, and nobody reads that far in.
const DEPTH: usize = 14;

/// Notes within notes.
const NOTES: usize = 2;

/// A picture is at most so wide and high on paper, in points.
const WIDEST: f64 = 425.0;
const HIGHEST: f64 = 480.0;

/// Writes the text.
pub(crate) fn write(work: &Work<'_>, text: Published<'_>, images: &Images<'_>, indent: &'static str) -> String {
    let document = text.text;
    let mut targets = BTreeMap::new();
    for target in text.targets {
        if let Target::Here { id, .. } = target {
            let next = targets.len();
            targets.entry(id.as_str()).or_insert((next, false));
        }
    }
    let mut body = Body {
        work,
        text,
        images,
        indent,
        placed: vec![false; document.notes.len()],
        targets,
        depth: 0,
        at: Cursor::default(),
        out: String::with_capacity(document.chars.len() * 3),
    };
    body.walk(&document.tape);
    while let Some(note) = body.placed.iter().position(|placed| !placed) {
        body.note_at_end(note);
    }
    // A link to a place that is not set must not fail.
    for (number, placed) in body.targets.into_values() {
        if !placed {
            body.out.push_str(&anchor(number));
        }
    }
    body.out
}

fn anchor(number: usize) -> String {
    format!("#metadata(none)<a{number}>")
}

/// An element that is open.
#[derive(Debug)]
enum Open {
    /// What ends it is written.
    Closes(&'static str),
    /// Left out with its text.
    Skipped,
    /// A list whose items are set, or not.
    List {
        set: bool,
    },
    /// A table, with what stood before it; `None` where it lies too deep.
    Table(Option<(Table, String)>),
    Group,
    /// A cell or a caption, with what stood before it.
    Cell(Cell, String),
    Caption(String),
    /// A figure, with what stood before it and its caption.
    Figure {
        before: String,
        caption: Option<String>,
    },
    FigureCaption(String),
    /// Code: what it says.
    Code {
        block: bool,
        text: String,
    },
}

/// Where the reading of one fragment stands.
#[derive(Debug, Default)]
struct Cursor {
    open: Vec<Open>,
    /// A line has begun, so a space counts.
    in_line: bool,
}

struct Body<'a, 'i> {
    work: &'a Work<'a>,
    text: Published<'a>,
    images: &'i Images<'a>,
    /// How far the first line of a paragraph stands in.
    indent: &'static str,
    placed: Vec<bool>,
    /// Ids that links lead to: their number, and whether the place is set.
    targets: BTreeMap<&'a str, (usize, bool)>,
    /// Notes around this place.
    depth: usize,
    at: Cursor,
    out: String,
}

impl Body<'_, '_> {
    fn walk(&mut self, tape: &[Node]) {
        let text = self.text.text;
        strict::walk(text, tape, View::Read, &mut |step| match step {
            Step::Start(element, html) => self.start(element, html),
            Step::End(_) => self.end(),
            Step::Text(text) => self.words(text),
        });
    }

    fn is_skipped(&self) -> bool {
        self.at.open.iter().any(|open| matches!(open, Open::Skipped))
    }

    /// The code that is open.
    fn code(&mut self) -> Option<&mut String> {
        self.at.open.iter_mut().rev().find_map(|open| match open {
            Open::Code { text, .. } => Some(text),
            _ => None,
        })
    }

    fn words(&mut self, text: &str) {
        if self.is_skipped() {
            return;
        }
        if let Some(code) = self.code() {
            code.push_str(text);
            return;
        }
        let mut line = String::with_capacity(text.len());
        for character in text.chars() {
            let space = matches!(character, ' ' | '\t' | '\n' | '\r');
            if !space {
                line.push(character);
            } else if self.at.in_line && !line.ends_with(' ') || !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        }
        if !line.is_empty() {
            self.at.in_line = true;
            push_words(&mut self.out, &line);
        }
    }

    /// Marks the place of an id that a link leads to.
    fn mark(&mut self, element: Element) {
        if let Some((number, placed)) = strict::id(self.text.text, element).and_then(|id| self.targets.get_mut(id))
            && !std::mem::replace(placed, true)
        {
            self.out.push_str(&anchor(*number));
        }
    }

    fn open(&mut self, opening: &str, closing: &'static str) {
        self.out.push_str(opening);
        self.at.open.push(Open::Closes(closing));
    }

    /// Opens an element, or only its content where it lies too deep.
    fn open_set(&mut self, opening: &str, closing: &'static str) {
        match self.is_deep() {
            true => self.open("", ""),
            false => self.open(opening, closing),
        }
    }

    fn is_deep(&self) -> bool {
        self.at.open.iter().filter(|open| !matches!(open, Open::Closes("") | Open::Group)).count() >= DEPTH
    }

    fn start(&mut self, element: Element, html: Option<&HtmlElement>) {
        if strict::is_void(element) {
            return self.start_void(element);
        }
        if self.is_skipped() || self.code().is_some() {
            return self.open("", "");
        }
        if matches!(element, Element::Number | Element::Code(_) | Element::Link(_) | Element::Phrase(_)) {
            return self.start_phrase(element, html);
        }
        self.at.in_line = false;
        match element {
            Element::Paragraph(_) | Element::QuotedHeading => self.start_paragraph(element),
            Element::Preformatted(_) => {
                self.mark(element);
                self.at.open.push(Open::Code { block: true, text: String::new() });
            }
            Element::Bullets(_) | Element::Numbers(..) => self.start_list(element),
            Element::Item => {
                let set = matches!(self.at.open.last(), Some(Open::List { set: true }));
                if set { self.open("[", "],") } else { self.open("", "#linebreak();") }
            }
            Element::Quote(_) => {
                self.mark(element);
                self.open_set("#quote[", "];\n");
            }
            Element::Figure(_) => {
                self.mark(element);
                let before = std::mem::take(&mut self.out);
                self.at.open.push(Open::Figure { before, caption: None });
            }
            Element::Caption => {
                let before = std::mem::take(&mut self.out);
                self.at.open.push(Open::FigureCaption(before));
            }
            Element::Division(_) => {
                self.mark(element);
                self.open("", "");
            }
            Element::Heading(part) => {
                let level = self.text.text.parts[part as usize].heading.as_ref().map_or(1, |heading| heading.level);
                self.open(&format!("#heading(level:{})[", level.clamp(1, 5)), "];\n");
                self.mark(element);
            }
            _ => self.start_in_table(element),
        }
    }

    fn start_paragraph(&mut self, element: Element) {
        // The first line of a note stands beside its number.
        if self.depth > 0 && self.at.open.is_empty() && element != Element::QuotedHeading {
            return self.open("", "#parbreak();\n");
        }
        let block = if let Element::Paragraph(block) = element { self.text.text.block(block) } else { None };
        let number = block.filter(|block| block.number > 0 && self.at.open.is_empty());
        let number = number.map_or_else(|| "none".to_string(), |block| literal(&block.number.to_string()));
        if element == Element::QuotedHeading {
            self.open(&format!("#p({number},{},strong[", self.indent), "]);\n");
        } else {
            match block.and_then(|block| block.align) {
                Some(align) => {
                    let start = format!("#p({number},0em,align({},[", align.word());
                    self.open(&start, "]));\n");
                }
                None => self.open(&format!("#p({number},{})[", self.indent), "];\n"),
            }
        }
        self.mark(element);
    }

    fn start_list(&mut self, element: Element) {
        self.mark(element);
        let set = !self.is_deep();
        match element {
            Element::Numbers(_, first) if set => {
                let first = u32::try_from(first).unwrap_or(1);
                self.out.push_str(&format!("#enum(start:{first},"));
            }
            _ if set => self.out.push_str("#list("),
            _ => {}
        }
        self.at.open.push(Open::List { set });
    }

    /// The table that rows and cells belong to, unless it lies too deep.
    fn table(&mut self) -> Option<&mut Table> {
        let table = self.at.open.iter_mut().rev().find_map(|open| match open {
            Open::Table(table) => Some(table),
            _ => None,
        });
        table?.as_mut().map(|(table, _)| table)
    }

    fn start_in_table(&mut self, element: Element) {
        if let Element::Table(_) = element {
            self.mark(element);
            let table = (!self.is_deep()).then(|| (Table::default(), std::mem::take(&mut self.out)));
            self.at.open.push(Open::Table(table));
            return;
        }
        let Some(table) = self.table() else { return self.open("", "#linebreak();") };
        match element {
            Element::Row => {
                let head = table.head;
                table.rows.push(Row { head, cells: Vec::new() });
                self.at.open.push(Open::Group);
            }
            Element::TableCaption => {
                let before = std::mem::take(&mut self.out);
                self.at.open.push(Open::Caption(before));
            }
            Element::Cell(cell) => {
                let align = cell.align.map(Align::word);
                let (columns, rows) = (cell.columns.into(), cell.rows.into());
                let before = std::mem::take(&mut self.out);
                self.out.push_str(if cell.head { "#strong[" } else { "#[" });
                self.at.open.push(Open::Cell(Cell { columns, rows, align, content: String::new() }, before));
            }
            _ => {
                table.head = element == Element::Head;
                self.at.open.push(Open::Group);
            }
        }
    }

    fn start_phrase(&mut self, element: Element, html: Option<&HtmlElement>) {
        let phrase = match element {
            Element::Link(link) => return self.link(link),
            Element::Code(_) => return self.at.open.push(Open::Code { block: false, text: String::new() }),
            Element::Phrase(phrase) => phrase,
            _ => return self.open("", ""),
        };
        match phrase {
            // The reading stands in brackets behind what it reads.
            Phrase::ReadingBracket => self.at.open.push(Open::Skipped),
            Phrase::Reading => self.open("#\"（\";", "#\"）\";"),
            Phrase::Quoted => self.open("#\"“\";", "#\"”\";"),
            Phrase::Emphasis | Phrase::Italic | Phrase::Cited => self.open_set("#emph[", "];"),
            Phrase::Strong | Phrase::Bold => self.open_set("#strong[", "];"),
            Phrase::Struck => self.open_set("#strike[", "];"),
            Phrase::Underlined => self.open_set("#underline[", "];"),
            Phrase::Marked => self.open_set("#highlight[", "];"),
            Phrase::Small => self.open_set("#text(0.85em)[", "];"),
            Phrase::Sub => self.open_set("#sub[", "];"),
            Phrase::Sup => self.open_set("#super[", "];"),
            Phrase::Abbreviation | Phrase::Term | Phrase::Ruby | Phrase::Span => {
                match html.and_then(|html| html.get("lang")).and_then(primary) {
                    Some(language) => self.open_set(&format!("#text(lang:\"{language}\")["), "];"),
                    None => self.open("", ""),
                }
            }
        }
    }

    fn start_void(&mut self, element: Element) {
        if self.is_skipped() {
            return;
        }
        if let Some(code) = self.code() {
            return code.push('\n');
        }
        match element {
            Element::Break => {
                self.out.push_str("#linebreak();");
                self.at.in_line = false;
            }
            Element::Rule => {
                self.out.push_str("#rule();\n");
                self.at.in_line = false;
            }
            Element::NoteMark(mark) => self.refer(self.text.text.marks[mark as usize].note),
            Element::Image(link) => self.image(link),
            _ => {}
        }
    }

    fn end(&mut self) {
        let Some(open) = self.at.open.pop() else { return };
        match open {
            Open::Closes(closing) => {
                self.out.push_str(closing);
                if closing.ends_with('\n') || closing.ends_with("],") {
                    self.at.in_line = false;
                }
            }
            Open::Skipped => {}
            Open::Group => self.at.in_line = false,
            Open::List { set } => {
                self.out.push_str(if set { ");\n" } else { "" });
                self.at.in_line = false;
            }
            Open::Table(table) => {
                if let Some((table, before)) = table {
                    self.out = before;
                    self.out.push_str(&table.markup());
                }
                self.at.in_line = false;
            }
            Open::Cell(mut cell, before) => {
                cell.content = std::mem::replace(&mut self.out, before) + "]";
                if let Some(row) = self.table().and_then(|table| table.rows.last_mut()) {
                    row.cells.push(cell);
                }
                self.at.in_line = false;
            }
            Open::Caption(before) => {
                let caption = std::mem::replace(&mut self.out, before);
                if let Some(table) = self.table() {
                    table.caption = Some(caption);
                }
                self.at.in_line = false;
            }
            Open::FigureCaption(before) => self.end_figure_caption(before),
            Open::Figure { before, caption } => {
                let content = std::mem::replace(&mut self.out, before);
                let caption = caption.map_or_else(|| "none".to_string(), |caption| format!("[{caption}]"));
                self.out.push_str(&format!("#illustration([{content}],{caption});\n"));
                self.at.in_line = false;
            }
            Open::Code { block, text } => {
                let text = text.replace('\r', "");
                self.out.push_str(if block { "#raw(block:true," } else { "#raw(" });
                push_literal(&mut self.out, text.strip_suffix('\n').unwrap_or(&text));
                self.out.push_str(if block { ");\n" } else { ");" });
                self.at.in_line = !block;
            }
        }
    }

    fn end_figure_caption(&mut self, before: String) {
        let caption = std::mem::replace(&mut self.out, before);
        let figure = self.at.open.iter_mut().rev().find_map(|open| match open {
            Open::Figure { caption, .. } => Some(caption),
            _ => None,
        });
        match figure {
            Some(place) => *place = Some(caption),
            None => self.out.push_str(&caption),
        }
        self.at.in_line = false;
    }

    /// A link, or only its text where it would lead nowhere.
    fn link(&mut self, link: u32) {
        match self.target(link) {
            Some(target) => self.open_set(&format!("#link({target})["), "];"),
            None => self.open("", ""),
        }
    }

    /// The first argument of a link.
    fn target(&self, link: u32) -> Option<String> {
        let base = self.work.archive.site.base_url.as_deref();
        let address = match self.text.targets.get(link as usize)? {
            Target::External(address) => absolute_address(address)?,
            Target::Here { id, .. } => return self.targets.get(id.as_str()).map(|(number, _)| format!("<a{number}>")),
            Target::Page(path) => {
                let (path, id) = path.split_once('#').map_or((path.as_str(), None), |(path, id)| (path, Some(id)));
                let page = address::absolute(base?, path.strip_suffix("index.html").unwrap_or(path));
                id.map_or_else(|| page.clone(), |id| format!("{page}{}", address::absolute("#", id)))
            }
            Target::File { path, .. } => address::absolute(base?, &format!("{}/{path}", self.work.entry.directory)),
            Target::Broken => return None,
        };
        Some(literal(&address))
    }

    /// A reference to a note: the note itself where it is the first.
    fn refer(&mut self, at: usize) {
        let number = self.text.text.notes[at].number;
        self.at.in_line = true;
        if self.depth > 0 && (self.depth >= NOTES || self.placed[at]) || self.is_deep() && !self.placed[at] {
            return push_words(&mut self.out, &format!("[{number}]"));
        }
        self.out.push_str(&format!("#footnote(numbering:(..)=>\"{number}\""));
        if std::mem::replace(&mut self.placed[at], true) {
            return self.out.push_str(&format!(",<n{at}>);"));
        }
        self.out.push_str(")[");
        self.note(at);
        self.out.push_str(&format!("]<n{at}>"));
    }

    fn note(&mut self, at: usize) {
        let outside = std::mem::take(&mut self.at);
        self.depth += 1;
        self.walk(&self.text.text.notes[at].tape);
        self.depth -= 1;
        self.at = outside;
        self.at.in_line = true;
    }

    /// A note that no page has at its foot.
    fn note_at_end(&mut self, at: usize) {
        self.placed[at] = true;
        self.depth = NOTES;
        let number = self.text.text.notes[at].number;
        self.out.push_str("#block[");
        push_words(&mut self.out, &format!("[{number}] "));
        self.note(at);
        self.out.push_str("];\n");
    }

    /// A picture, or what it shows in words where it cannot be set.
    fn image(&mut self, link: u32) {
        let alternative = self.text.text.links[link as usize].alternative.as_str();
        let held = match self.text.targets.get(link as usize) {
            Some(Target::File { path, size }) => self.images.get(path.as_str()).map(|image| (image, *size)),
            _ => None,
        };
        self.at.in_line = true;
        let Some((image, size)) = held else {
            if !alternative.is_empty() {
                push_words(&mut self.out, &format!("[{alternative}]"));
            }
            return;
        };
        let width = size.map_or_else(|| "none".to_string(), |(width, height)| on_paper(width as f64, height as f64));
        self.out.push_str("#pic(");
        push_literal(&mut self.out, &image.name);
        self.out.push(',');
        push_literal(&mut self.out, alternative);
        self.out.push_str(&format!(",{width});"));
    }
}

/// How wide a picture is set: 96 dots an inch, as browsers show it, and no larger than the page.
fn on_paper(width: f64, height: f64) -> String {
    let (width, height) = ((width * 0.75).max(1.0), (height * 0.75).max(1.0));
    let scale = (WIDEST / width).min(HIGHEST / height).min(1.0);
    format!("{:.2}pt", (width * scale).max(1.0))
}

/// The primary subtag of a language tag, as Typst takes it.
pub(crate) fn primary(tag: &str) -> Option<&str> {
    let language = tag.split('-').next().unwrap_or_default();
    (matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(language)
}
