//! The text as TEI: sections, paragraphs, lists, tables, figures, notes (TEI P5, chapters 3, 4 and 14).
//!
//! A note stands where it is first referred to, as TEI wants it; further references point to it.

use super::id::xml_id;
use crate::archive::address;
use crate::archive::link::Target;
use crate::format::work::{Published, Work};
use crate::format::xml::{absolute_address, push_attribute, push_body, push_text};
use crate::text::strict::{self, Step};
use crate::text::tape::{Element, HtmlElement, Node, Phrase, View};

/// Notes within notes stand in each other as deep as this; deeper ones stand at the end of the text.
const DEPTH: usize = 8;

/// Writes what stands in `<body>`.
pub(crate) fn write(work: &Work<'_>, text: Published<'_>, out: &mut String) {
    let document = text.text;
    let empty =
        document.parts.iter().all(|part| part.heading.is_none() && part.tape.is_empty() && part.strays.is_empty());
    if empty {
        out.push_str("<p/>\n");
        return;
    }
    let mut body = Body {
        text,
        root: address::root(&format!("{}/", work.entry.directory)),
        placed: vec![false; document.notes.len()],
        depth: 0,
        at: Cursor::default(),
        out,
    };
    let mut open: Vec<u8> = Vec::new();
    for part in &document.parts {
        if let Some(heading) = &part.heading {
            while open.pop_if(|level| *level >= heading.level).is_some() {
                body.out.push_str("</div>\n");
            }
            body.out.push_str("<div type=\"section\"");
            push_attribute(body.out, "xml:id", &xml_id(&heading.id));
            if let Some(number) = &heading.number {
                push_attribute(body.out, "n", number);
            }
            body.out.push_str(">\n");
            open.push(heading.level);
        }
        body.walk(&document.tape[part.tape.clone()]);
        for note in &part.strays {
            body.note(*note);
        }
    }
    while let Some(note) = body.placed.iter().position(|placed| !placed) {
        body.note(note);
    }
    for _ in open {
        body.out.push_str("</div>\n");
    }
}

/// What an element may hold, by TEI's schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Blocks only.
    Blocks,
    /// Blocks and text.
    Both,
    /// A line of text.
    Line,
    /// Characters only.
    Characters,
    /// Nothing that is written.
    Nothing,
}

#[derive(Debug)]
struct Open {
    /// Empty where nothing is written for it.
    element: &'static str,
    holds: Holds,
    /// A list, table or row begins with its first item, row or cell: without one it would not be valid.
    pending: Option<String>,
    /// Number of the next item of a list that is numbered, of rows in a table.
    count: Option<u64>,
    /// No tag of the text opened it.
    implied: bool,
}

/// Where the reading of one fragment stands.
#[derive(Debug, Default)]
struct Cursor {
    open: Vec<Open>,
    /// The id of a block whose element is still to come.
    id: Option<String>,
    /// The head of a table.
    head: bool,
}

struct Body<'a, 'o> {
    text: Published<'a>,
    root: String,
    placed: Vec<bool>,
    depth: usize,
    at: Cursor,
    out: &'o mut String,
}

impl Body<'_, '_> {
    fn walk(&mut self, tape: &[Node]) {
        let text = self.text.text;
        strict::walk(text, tape, View::Printed, &mut |step| match step {
            Step::Start(element, html) => self.start(element, html),
            Step::End(element) => self.end(element),
            Step::Text(text) => self.characters(text),
        });
        self.end_implied();
    }

    fn holds(&self) -> Holds {
        self.at.open.last().map_or(Holds::Blocks, |open| open.holds)
    }

    /// Opens an element: its tag with attributes that were written by the caller.
    fn open(&mut self, element: &'static str, holds: Holds, attributes: &str) {
        self.out.extend(["<", element, attributes, ">"]);
        self.push(element, holds);
    }

    fn push(&mut self, element: &'static str, holds: Holds) {
        self.at.open.push(Open { element, holds, pending: None, count: None, implied: false });
    }

    fn close(&mut self) {
        let Some(open) = self.at.open.pop() else { return };
        if open.element.is_empty() || open.pending.is_some() {
            return;
        }
        // A table that is a caption and no more.
        if open.element == "table" && open.count == Some(0) {
            self.out.push_str("<row><cell/></row>");
        }
        self.out.extend(["</", open.element, ">"]);
        if self.holds() == Holds::Blocks || matches!(open.element, "item" | "row") {
            self.out.push('\n');
        }
    }

    /// Text that stands among blocks gets a block of its own.
    fn imply_block(&mut self) {
        if self.holds() == Holds::Blocks {
            let id = self.take_id();
            self.open("ab", Holds::Line, &id);
            if let Some(open) = self.at.open.last_mut() {
                open.implied = true;
            }
        }
    }

    fn end_implied(&mut self) {
        if self.at.open.last().is_some_and(|open| open.implied) {
            self.close();
        }
    }

    /// Lists, tables and rows that wait for their first member.
    fn begin_pending(&mut self) {
        let mut begun = String::new();
        for open in &mut self.at.open {
            if let Some(tag) = open.pending.take() {
                begun.push_str(&tag);
            }
        }
        self.out.push_str(&begun);
    }

    fn wait(&mut self, element: &'static str, tag: String, count: Option<u64>) {
        self.at.open.push(Open { element, holds: Holds::Nothing, pending: Some(tag), count, implied: false });
    }

    fn take_id(&mut self) -> String {
        let mut attribute = String::new();
        if let Some(id) = self.at.id.take() {
            push_attribute(&mut attribute, "xml:id", &xml_id(&id));
        }
        attribute
    }

    fn characters(&mut self, text: &str) {
        match self.holds() {
            Holds::Nothing => return,
            Holds::Blocks if text.trim().is_empty() => return,
            _ => self.imply_block(),
        }
        push_body(self.out, text);
    }

    fn start(&mut self, element: Element, html: Option<&HtmlElement>) {
        match self.holds() {
            Holds::Characters => return self.push("", Holds::Characters),
            Holds::Nothing if !is_member(element) => {
                if !strict::is_void(element) {
                    self.push("", Holds::Nothing);
                }
                return;
            }
            _ => {}
        }
        if let Some(id) = strict::id(self.text.text, element) {
            self.end_implied();
            self.at.id = Some(id.to_string());
        }
        match element {
            Element::Item | Element::Head | Element::Body | Element::Row | Element::Cell(_) | Element::TableCaption => {
                self.start_member(element)
            }
            Element::Caption => {
                self.end_implied();
                self.open("head", Holds::Line, "");
            }
            Element::Image(link) => self.image(link),
            Element::Break => {
                self.imply_block();
                self.out.push_str("<lb/>");
            }
            Element::NoteMark(mark) => {
                self.imply_block();
                self.refer(self.text.text.marks[mark as usize].note);
            }
            Element::Link(_) | Element::Code(_) | Element::Redacted(_) | Element::Number | Element::Phrase(_) => {
                self.start_phrase(element, html);
            }
            _ => self.start_block(element),
        }
    }

    fn start_block(&mut self, element: Element) {
        self.end_implied();
        let text = self.text.text;
        match element {
            // A block's own element takes the id.
            Element::Division(_) => self.push("", self.holds()),
            Element::Rule => self.out.push_str("<milestone unit=\"section\" rend=\"rule\"/>\n"),
            Element::Figure(_) => {
                let id = self.take_id();
                self.open("figure", Holds::Blocks, &id);
            }
            Element::Paragraph(block) => {
                let mut tag = self.take_id();
                let block = text.block(block);
                if let Some(block) = block.filter(|block| block.number > 0) {
                    push_attribute(&mut tag, "n", &block.number.to_string());
                }
                if let Some(align) = block.and_then(|block| block.align) {
                    push_attribute(&mut tag, "rend", align.word());
                }
                self.open("p", Holds::Line, &tag);
            }
            Element::QuotedHeading => self.open("p", Holds::Line, " rend=\"heading\""),
            Element::Preformatted(_) => {
                let tag = self.take_id() + " type=\"code\" xml:space=\"preserve\"";
                self.open("ab", Holds::Line, &tag);
            }
            Element::Quote(_) => {
                let id = self.take_id();
                self.open("quote", Holds::Both, &id);
                self.out.push('\n');
            }
            Element::Bullets(_) => {
                let tag = format!("<list{} rend=\"bulleted\">\n", self.take_id());
                self.wait("list", tag, None);
            }
            Element::Numbers(_, first) => {
                let tag = format!("<list{} rend=\"numbered\">\n", self.take_id());
                self.wait("list", tag, Some(u64::try_from(first).unwrap_or(1)));
            }
            Element::Table(_) => {
                let tag = format!("<table{}>\n", self.take_id());
                self.wait("table", tag, Some(0));
            }
            _ => {
                // The section carries the id.
                self.at.id = None;
                self.open("head", Holds::Line, "");
            }
        }
    }

    fn start_member(&mut self, element: Element) {
        match element {
            Element::Item => {
                self.begin_pending();
                let number = self.at.open.last_mut().and_then(|list| {
                    let number = list.count?;
                    list.count = number.checked_add(1);
                    Some(format!(" n=\"{number}\""))
                });
                self.open("item", Holds::Both, &number.unwrap_or_default());
            }
            Element::Cell(cell) => {
                self.begin_pending();
                let mut tag = String::new();
                if cell.head && !self.at.head {
                    tag.push_str(" role=\"label\"");
                }
                if let Some(align) = cell.align {
                    push_attribute(&mut tag, "rend", align.word());
                }
                for (name, count) in [("cols", cell.columns), ("rows", cell.rows)] {
                    if count > 1 {
                        push_attribute(&mut tag, name, &count.to_string());
                    }
                }
                self.open("cell", Holds::Both, &tag);
            }
            Element::Row => {
                if let Some(table) = self.at.open.iter_mut().rfind(|open| open.element == "table") {
                    table.count = Some(1);
                }
                let role = if self.at.head { " role=\"label\"" } else { "" };
                self.wait("row", format!("<row{role}>"), None);
            }
            Element::TableCaption => {
                self.begin_pending();
                self.open("head", Holds::Line, "");
            }
            _ => {
                self.at.head = element == Element::Head;
                self.push("", Holds::Nothing);
            }
        }
    }

    fn start_phrase(&mut self, element: Element, html: Option<&HtmlElement>) {
        self.imply_block();
        let (name, rend) = match element {
            Element::Link(link) => {
                let Some(target) = self.target(link) else { return self.push("", Holds::Line) };
                let mut tag = String::new();
                push_attribute(&mut tag, "target", &target);
                return self.open("ref", Holds::Line, &tag);
            }
            Element::Code(language) => {
                let mut tag = String::new();
                let language = language.map(|language| &self.text.text.languages[language as usize]);
                if let Some(language) = language.filter(|language| language.bytes().all(|byte| byte.is_ascii_graphic()))
                {
                    push_attribute(&mut tag, "lang", language);
                }
                return self.open("code", Holds::Characters, &tag);
            }
            Element::Redacted(number) => {
                let mut tag = " type=\"redacted\"".to_string();
                let redacted = self.text.text.redacted.get(number as usize);
                if let Some(redacted) = redacted.filter(|redacted| !redacted.reason.is_empty()) {
                    push_attribute(&mut tag, "n", &redacted.reason);
                }
                return self.open("seg", Holds::Line, &tag);
            }
            Element::Number => ("num", ""),
            Element::Phrase(phrase) => phrase_element(phrase),
            _ => ("", ""),
        };
        if name.is_empty() {
            return self.push("", Holds::Line);
        }
        let mut tag = rend.to_string();
        let lang = html.and_then(|html| html.get("lang")).filter(|lang| crate::record::language::is_tag(lang));
        if let Some(lang) = lang {
            push_attribute(&mut tag, "xml:lang", lang);
        }
        self.open(name, Holds::Line, &tag);
    }

    fn end(&mut self, element: Element) {
        self.end_implied();
        if element == Element::Head {
            self.at.head = false;
        }
        // A division whose blocks were none still has its id.
        if matches!(element, Element::Division(_)) && self.at.id.is_some() {
            let id = self.take_id();
            self.out.extend(["<anchor", &id, "/>"]);
        }
        self.close();
    }

    /// A reference to a note: the note itself where it is the first.
    fn refer(&mut self, note: usize) {
        if self.depth < DEPTH && !self.placed[note] {
            return self.note(note);
        }
        let note = &self.text.text.notes[note];
        self.out.push_str("<ptr type=\"note\"");
        push_attribute(self.out, "n", &note.number.to_string());
        push_attribute(self.out, "target", &format!("#{}", xml_id(&note.id)));
        self.out.push_str("/>");
    }

    /// A note, once.
    fn note(&mut self, at: usize) {
        if std::mem::replace(&mut self.placed[at], true) {
            return;
        }
        let note = &self.text.text.notes[at];
        self.out.push_str("<note place=\"bottom\"");
        push_attribute(self.out, "n", &note.number.to_string());
        push_attribute(self.out, "xml:id", &xml_id(&note.id));
        self.out.push('>');
        let outside = std::mem::take(&mut self.at);
        self.depth += 1;
        self.push("", Holds::Both);
        self.walk(&note.tape);
        self.depth -= 1;
        self.at = outside;
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str("</note>");
    }

    /// The address of a link.
    fn target(&self, link: u32) -> Option<String> {
        match self.text.targets.get(link as usize)? {
            Target::External(address) => absolute_address(address),
            Target::Here { id, .. } => Some(format!("#{}", xml_id(id))),
            Target::Page(path) => {
                let (path, id) = path.split_once('#').map_or((path.as_str(), ""), |(path, id)| (path, id));
                let separator = if id.is_empty() { "" } else { "#" };
                Some(format!("{}{}{separator}{}", self.root, address::encode(path), address::encode(id)))
            }
            Target::File { path, .. } => Some(address::encode(path)),
            Target::Broken => None,
        }
    }

    fn image(&mut self, link: u32) {
        let Some(Target::File { path, size }) = self.text.targets.get(link as usize) else { return };
        let alone = self.at.open.last().is_some_and(|open| open.element == "figure");
        if !alone {
            let id = self.take_id();
            self.out.extend(["<figure", &id, ">"]);
        }
        self.out.push_str("<graphic");
        push_attribute(self.out, "url", &address::encode(path));
        if let Some((width, height)) = size {
            self.out.push_str(&format!(" width=\"{width}px\" height=\"{height}px\""));
        }
        self.out.push_str("/>");
        let alternative = &self.text.text.links[link as usize].alternative;
        if !alternative.is_empty() {
            self.out.push_str("<figDesc>");
            push_text(self.out, alternative);
            self.out.push_str("</figDesc>");
        }
        if !alone {
            self.out.push_str("</figure>");
        }
    }
}

/// Whether an element has a place in a list, a table or a row itself.
fn is_member(element: Element) -> bool {
    matches!(
        element,
        Element::Item | Element::Head | Element::Body | Element::Row | Element::Cell(_) | Element::TableCaption
    )
}

/// TEI's element for a phrase, and its attribute.
fn phrase_element(phrase: Phrase) -> (&'static str, &'static str) {
    match phrase {
        Phrase::Emphasis => ("emph", ""),
        Phrase::Strong => ("emph", " rend=\"strong\""),
        Phrase::Quoted => ("q", ""),
        Phrase::Abbreviation => ("abbr", ""),
        Phrase::Term => ("term", ""),
        Phrase::Span => ("seg", ""),
        Phrase::Ruby => ("seg", " type=\"ruby\""),
        Phrase::Reading => ("seg", " type=\"reading\""),
        Phrase::Bold => ("hi", " rend=\"bold\""),
        Phrase::Italic | Phrase::Cited => ("hi", " rend=\"italic\""),
        Phrase::Struck => ("hi", " rend=\"strikethrough\""),
        Phrase::Underlined => ("hi", " rend=\"underline\""),
        Phrase::Marked => ("hi", " rend=\"mark\""),
        Phrase::Small => ("hi", " rend=\"small\""),
        Phrase::Sub => ("hi", " rend=\"sub\""),
        Phrase::Sup => ("hi", " rend=\"sup\""),
        Phrase::ReadingBracket => ("", ""),
    }
}
