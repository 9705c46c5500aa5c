//! The text as TEI: sections, paragraphs, lists, tables, figures, notes (TEI P5, chapters 3, 4 and 14).
//!
//! A note stands where it is first referred to, as TEI wants it; further references point to it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::id::xml_id;
use crate::archive::address;
use crate::archive::link::Target;
use crate::format::work::{Text, Work};
use crate::format::xhtml::{self, Attributes, Event, absolute_address, push_attribute, push_escaped_attribute};

/// Notes within notes stand in each other as deep as this; deeper ones stand at the end of the text.
const DEPTH: usize = 8;

/// Full-width marks and what a capture has for them where they were restored; see [`crate::document::punctuation`].
const MARKS: [(char, char); 7] =
    [('，', ','), ('：', ':'), ('；', ';'), ('！', '!'), ('？', '?'), ('（', '('), ('）', ')')];

/// Writes what stands in `<body>`.
pub fn write(work: &Work<'_>, text: Text<'_>, out: &mut String) {
    let document = text.document;
    let empty =
        document.parts.iter().all(|part| part.heading.is_none() && part.html.is_empty() && part.strays.is_empty());
    if empty {
        out.push_str("<p/>\n");
        return;
    }
    let notes = document.notes.iter().enumerate().map(|(at, note)| (note.id.as_str(), at)).collect();
    let mut body = Body {
        text,
        root: address::root(&format!("{}/", work.entry.directory)),
        notes,
        placed: vec![false; document.notes.len()],
        depth: 0,
        at: Place::default(),
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
        body.fragment(document.html.fill(part.html.clone(), xhtml::number_of_link));
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
struct Place {
    open: Vec<Open>,
    /// The id of a block whose element is still to come.
    id: Option<String>,
    /// The marks that were captured full-width, where others were restored.
    flat: Option<Vec<usize>>,
    /// Full-width marks met.
    marks: usize,
    /// The head of a table.
    head: bool,
}

struct Body<'a, 'o> {
    text: Text<'a>,
    root: String,
    /// Id → index.
    notes: BTreeMap<&'a str, usize>,
    placed: Vec<bool>,
    depth: usize,
    at: Place,
    out: &'o mut String,
}

impl Body<'_, '_> {
    fn fragment(&mut self, html: Cow<'_, str>) {
        let html = xhtml::cleaned(html);
        xhtml::read(&html, &mut |event| match event {
            Event::Start(name, attributes) => self.start(name, attributes),
            Event::End(name) => self.end(name),
            Event::Text(text) => self.characters(text),
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
        let code = self.holds() == Holds::Characters;
        let Some(flat) = self.at.flat.as_ref().filter(|_| !code && text.contains(is_wide)) else {
            self.out.push_str(text);
            return;
        };
        for character in text.chars() {
            let captured = MARKS.iter().find(|(shown, _)| *shown == character).map(|(_, captured)| *captured);
            self.at.marks += usize::from(captured.is_some());
            match captured.filter(|_| flat.binary_search(&self.at.marks).is_err()) {
                Some(captured) => self.out.push(captured),
                None => self.out.push(character),
            }
        }
    }

    fn start(&mut self, name: &'static str, attributes: Attributes<'_>) {
        match self.holds() {
            Holds::Characters => return self.push("", Holds::Characters),
            Holds::Nothing if !matches!(name, "li" | "thead" | "tbody" | "tr" | "td" | "th" | "caption") => {
                // Void elements have no end.
                if !matches!(name, "br" | "img" | "hr") {
                    self.push("", Holds::Nothing);
                }
                return;
            }
            _ => {}
        }
        if let Some(id) = attributes.get("id").filter(|_| name != "a") {
            self.end_implied();
            self.at.id = Some(id.to_string());
            self.at.flat = attributes.get("data-flat").map(numbers);
            self.at.marks = 0;
        }
        match name {
            "p" | "pre" | "ul" | "ol" | "table" | "blockquote" | "figure" | "div" | "hr" | "h2" | "h3" | "h4"
            | "h5" | "h6" => self.start_block(name, attributes),
            "li" | "thead" | "tbody" | "tr" | "td" | "th" | "caption" => self.start_member(name, attributes),
            "figcaption" => {
                self.end_implied();
                self.at.flat = None;
                self.open("head", Holds::Line, "");
            }
            "img" => self.image(attributes),
            "br" => {
                self.imply_block();
                self.out.push_str("<lb/>");
            }
            "a" if attributes.is("pn") || attributes.is("anchor") => self.push("", Holds::Nothing),
            "sup" if attributes.is("noteref") => {
                self.imply_block();
                self.push("", Holds::Line);
            }
            _ => self.start_phrase(name, attributes),
        }
    }

    fn start_block(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.end_implied();
        match name {
            // A block's own element takes the id.
            "div" => self.push("", self.holds()),
            "hr" => self.out.push_str("<milestone unit=\"section\" rend=\"rule\"/>\n"),
            "figure" => {
                let id = self.take_id();
                self.open("figure", Holds::Blocks, &id);
            }
            "p" => {
                let mut tag = self.take_id();
                if let Some(number) = attributes.get("data-n") {
                    push_escaped_attribute(&mut tag, "n", number);
                }
                if attributes.is("quoted-heading") {
                    tag.push_str(" rend=\"heading\"");
                }
                self.open("p", Holds::Line, &tag);
            }
            "pre" => {
                let tag = self.take_id() + " type=\"code\" xml:space=\"preserve\"";
                self.open("ab", Holds::Line, &tag);
            }
            "blockquote" => {
                let id = self.take_id();
                self.open("quote", Holds::Both, &id);
                self.out.push('\n');
            }
            "ul" => {
                let tag = format!("<list{} rend=\"bulleted\">\n", self.take_id());
                self.wait("list", tag, None);
            }
            "ol" => {
                let first = attributes.get("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                let tag = format!("<list{} rend=\"numbered\">\n", self.take_id());
                self.wait("list", tag, Some(first));
            }
            "table" => {
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

    fn start_member(&mut self, name: &'static str, attributes: Attributes<'_>) {
        match name {
            "li" => {
                self.begin_pending();
                let number = self.at.open.last_mut().and_then(|list| {
                    let number = list.count?;
                    list.count = number.checked_add(1);
                    Some(format!(" n=\"{number}\""))
                });
                self.open("item", Holds::Both, &number.unwrap_or_default());
            }
            "caption" => {
                self.begin_pending();
                self.open("head", Holds::Line, "");
            }
            "thead" | "tbody" => {
                self.at.head = name == "thead";
                self.push("", Holds::Nothing);
            }
            "tr" => {
                if let Some(table) = self.at.open.iter_mut().rfind(|open| open.element == "table") {
                    table.count = Some(1);
                }
                let role = if self.at.head { " role=\"label\"" } else { "" };
                self.wait("row", format!("<row{role}>"), None);
            }
            _ => {
                self.begin_pending();
                let mut tag = String::new();
                if name == "th" && !self.at.head {
                    tag.push_str(" role=\"label\"");
                }
                for (html, tei) in [("class", "rend"), ("colspan", "cols"), ("rowspan", "rows")] {
                    let value = attributes.get(html).filter(|value| html == "class" || is_count(value));
                    if let Some(value) = value {
                        push_escaped_attribute(&mut tag, tei, value);
                    }
                }
                self.open("cell", Holds::Both, &tag);
            }
        }
    }

    fn start_phrase(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.imply_block();
        let (element, holds, tag) = match name {
            "a" => {
                // The mark of a note: its number is the note's own.
                let note = attributes.get("href").and_then(|href| href.strip_prefix('#'));
                if let Some(note) = note.and_then(|id| self.notes.get(id).copied()) {
                    self.refer(note);
                    return self.push("", Holds::Nothing);
                }
                let target = attributes.get("href").and_then(|href| self.target(href));
                let Some(target) = target else { return self.push("", Holds::Line) };
                let mut tag = String::new();
                push_attribute(&mut tag, "target", &target);
                return self.open("ref", Holds::Line, &tag);
            }
            "code" => {
                let mut tag = String::new();
                let language = attributes.get("class").and_then(|class| class.strip_prefix("language-"));
                if let Some(language) = language.filter(|language| language.bytes().all(|byte| byte.is_ascii_graphic()))
                {
                    push_escaped_attribute(&mut tag, "lang", language);
                }
                return self.open("code", Holds::Characters, &tag);
            }
            "em" => ("emph", Holds::Line, ""),
            "strong" => ("emph", Holds::Line, " rend=\"strong\""),
            "q" => ("q", Holds::Line, ""),
            "abbr" => ("abbr", Holds::Line, ""),
            "dfn" => ("term", Holds::Line, ""),
            "span" if attributes.is("number") => ("num", Holds::Line, ""),
            "span" => ("seg", Holds::Line, ""),
            "ruby" => ("seg", Holds::Line, " type=\"ruby\""),
            "rt" => ("seg", Holds::Line, " type=\"reading\""),
            "b" => ("hi", Holds::Line, " rend=\"bold\""),
            "i" | "cite" => ("hi", Holds::Line, " rend=\"italic\""),
            "del" => ("hi", Holds::Line, " rend=\"strikethrough\""),
            "u" => ("hi", Holds::Line, " rend=\"underline\""),
            "mark" => ("hi", Holds::Line, " rend=\"mark\""),
            "small" => ("hi", Holds::Line, " rend=\"small\""),
            "sub" => ("hi", Holds::Line, " rend=\"sub\""),
            "sup" => ("hi", Holds::Line, " rend=\"sup\""),
            _ => return self.push("", Holds::Line),
        };
        let mut tag = tag.to_string();
        if let Some(lang) = attributes.get("lang").filter(|lang| crate::record::language::is_tag(lang)) {
            push_escaped_attribute(&mut tag, "xml:lang", lang);
        }
        self.open(element, holds, &tag);
    }

    fn end(&mut self, name: &str) {
        self.end_implied();
        if name == "thead" {
            self.at.head = false;
        }
        // A division whose blocks were none still has its id.
        if name == "div" && self.at.id.is_some() {
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
        let note = &self.text.document.notes[note];
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
        let note = &self.text.document.notes[at];
        self.out.push_str("<note place=\"bottom\"");
        push_attribute(self.out, "n", &note.number.to_string());
        push_attribute(self.out, "xml:id", &xml_id(&note.id));
        self.out.push('>');
        let inside = Place { flat: note.flat.as_deref().map(numbers), ..Place::default() };
        let outside = std::mem::replace(&mut self.at, inside);
        self.depth += 1;
        self.push("", Holds::Both);
        self.fragment(note.html.fill(0..note.html.html.len(), xhtml::number_of_link));
        self.depth -= 1;
        self.at = outside;
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str("</note>");
    }

    /// The address of a link.
    fn target(&self, href: &str) -> Option<String> {
        match self.text.targets.get(href.parse::<usize>().ok()?)? {
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

    fn image(&mut self, attributes: Attributes<'_>) {
        let link = attributes.get("src").and_then(|src| src.parse::<usize>().ok());
        let Some(Target::File { path, size }) = link.and_then(|link| self.text.targets.get(link)) else { return };
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
        if let Some(alternative) = attributes.get("alt").filter(|alternative| !alternative.is_empty()) {
            self.out.extend(["<figDesc>", &alternative.replace('<', "&lt;"), "</figDesc>"]);
        }
        if !alone {
            self.out.push_str("</figure>");
        }
    }
}

fn numbers(flat: &str) -> Vec<usize> {
    flat.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

fn is_count(value: &str) -> bool {
    value.parse::<u16>().is_ok_and(|count| count > 0)
}

fn is_wide(character: char) -> bool {
    ('\u{ff01}'..='\u{ff1f}').contains(&character)
}
