//! The tape as the HTML of a page.
//!
//! pulldown-cmark's own writer was not taken: it renders a whole text at once, numbers footnotes by their place on the
//! page, writes inline styles for table columns (our Content-Security-Policy forbids them), and knows no blocks with ids.
//! The element that each piece becomes is the same as there.
//!
//! The visible number of a paragraph is drawn by the style sheet from `data-n`, so that it is neither copied with the
//! text nor found by a search in the page. Where marks were restored, `data-flat` says which others were captured as they
//! are; see [`punctuation`].

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::tape::{Attribute, BlockAt, Cell, Element, Node, Phrase, View};
use super::{Text, punctuation};

/// What the markup says in the document's language, escaped for attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// What stands before and after the number in “Paragraph 12”.
    pub paragraph: (String, String),
    /// “Link to this section”.
    pub heading_link: String,
    /// “Table”.
    pub table: String,
    /// “Redacted”.
    pub redacted: String,
}

/// Writes a stretch of the tape. `address` writes what stands in `href` or `src` of a link, and the quotation mark that
/// ends it.
pub fn write(
    text: &Text,
    tape: &[Node],
    labels: &Labels,
    out: &mut String,
    address: &mut dyn FnMut(usize, &mut String),
) {
    let length: usize = tape.iter().map(|node| if let Node::Chars(start, end) = node { end - start } else { 16 }).sum();
    out.reserve(length + length / 8);
    let mut writer = Writer { text, labels, out, address };
    for node in tape {
        match *node {
            Node::Open(element) => writer.open(element),
            Node::Close(element) => writer.close(element),
            Node::Void(element) => writer.void(element),
            Node::Chars(start, end) => push_text(writer.out, text.chars(start, end)),
            Node::Choice(choice) => push_text(writer.out, text.chosen(choice, View::Read)),
        }
    }
}

/// The line end behind an element's tag, where HTML has one. Formats that keep the text's white space have it too.
pub fn opening_line_end(element: Element) -> &'static str {
    match element {
        Element::Quote(_) | Element::Bullets(_) | Element::Numbers(..) => "\n",
        Element::Table(_) | Element::Head | Element::Body => "\n",
        _ => "",
    }
}

/// The line end behind an element.
pub fn closing_line_end(element: Element) -> &'static str {
    match element {
        Element::Heading(_) | Element::Paragraph(_) | Element::QuotedHeading | Element::Quote(_) => "\n",
        Element::Bullets(_) | Element::Numbers(..) | Element::Item | Element::Row | Element::Table(Some(_)) => "\n",
        Element::Figure(_) | Element::Preformatted(_) | Element::Division(_) => "\n",
        Element::Rule | Element::Break | Element::SoftBreak => "\n",
        _ => "",
    }
}

/// HTML's name for an element; empty for one that has none of its own.
pub fn tag(element: Element) -> &'static str {
    match element {
        Element::Paragraph(_) | Element::QuotedHeading => "p",
        Element::Quote(_) => "blockquote",
        Element::Bullets(_) => "ul",
        Element::Numbers(..) => "ol",
        Element::Item => "li",
        Element::Table(_) => "table",
        Element::TableCaption => "caption",
        Element::Head => "thead",
        Element::Body => "tbody",
        Element::Row => "tr",
        Element::Cell(Cell { head: true, .. }) => "th",
        Element::Cell(_) => "td",
        Element::Figure(_) => "figure",
        Element::Caption => "figcaption",
        Element::Preformatted(_) => "pre",
        Element::Division(_) => "div",
        Element::Rule => "hr",
        Element::Code(_) => "code",
        Element::Link(_) => "a",
        Element::Image(_) => "img",
        Element::Break => "br",
        Element::Number | Element::Redacted(_) | Element::Phrase(Phrase::Span) => "span",
        Element::NoteMark(_) => "sup",
        Element::Phrase(phrase) => phrase_tag(phrase),
        Element::Heading(_) | Element::SoftBreak | Element::Html(_) => "",
    }
}

fn phrase_tag(phrase: Phrase) -> &'static str {
    match phrase {
        Phrase::Strong => "strong",
        Phrase::Emphasis => "em",
        Phrase::Struck => "del",
        Phrase::Bold => "b",
        Phrase::Italic => "i",
        Phrase::Cited => "cite",
        Phrase::Quoted => "q",
        Phrase::Abbreviation => "abbr",
        Phrase::Term => "dfn",
        Phrase::Underlined => "u",
        Phrase::Marked => "mark",
        Phrase::Small => "small",
        Phrase::Sub => "sub",
        Phrase::Sup => "sup",
        Phrase::Ruby => "ruby",
        Phrase::Reading => "rt",
        Phrase::ReadingBracket => "rp",
        Phrase::Span => "span",
    }
}

/// The tag of a heading: the title is the page's `h1`, so the first level is `h2`.
pub fn heading_tag(level: u8) -> &'static str {
    const TAGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
    TAGS[usize::from(level).clamp(1, TAGS.len()) - 1]
}

fn push_text(out: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = escape_html_body_text(out, text);
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    let _ = escape_html(&mut *out, value);
    out.push('"');
}

struct Writer<'a, 'o> {
    text: &'a Text,
    labels: &'a Labels,
    out: &'o mut String,
    address: &'o mut dyn FnMut(usize, &mut String),
}

impl Writer<'_, '_> {
    fn open(&mut self, element: Element) {
        match element {
            Element::Heading(part) => self.open_heading(part),
            Element::Paragraph(Some(block)) => self.open_paragraph(block),
            Element::Table(Some(block)) => self.open_table(block),
            Element::Cell(cell) => self.open_cell(cell),
            Element::Code(language) => self.open_code(language),
            Element::Link(link) => {
                self.out.push_str("<a href=\"");
                (self.address)(link as usize, self.out);
                self.push_title(&self.text.links[link as usize].title);
            }
            Element::Html(at) => self.open_html(at),
            Element::Redacted(number) => self.open_redacted(number),
            Element::QuotedHeading => self.out.push_str("<p class=\"quoted-heading\">"),
            Element::Number => self.out.push_str("<span class=\"number\">"),
            Element::Numbers(block, first) => {
                self.begin(element, block);
                if first != 1 {
                    self.out.push_str(&format!(" start=\"{first}\""));
                }
                self.out.push('>');
            }
            Element::Quote(block)
            | Element::Bullets(block)
            | Element::Figure(block)
            | Element::Preformatted(block)
            | Element::Division(block) => {
                self.begin(element, block);
                self.out.push('>');
            }
            _ => self.out.extend(["<", tag(element), ">"]),
        }
        self.out.push_str(opening_line_end(element));
    }

    /// A bar says aloud that it is one, and why.
    fn open_redacted(&mut self, number: u32) {
        let reason = self.text.redacted.get(number as usize).map_or("", |redacted| redacted.reason.as_str());
        self.out.extend(["<span class=\"redacted\" role=\"img\" aria-label=\"", &self.labels.redacted]);
        if !reason.is_empty() {
            self.out.push_str(": ");
            let _ = escape_html(&mut *self.out, reason);
            self.out.push('"');
            push_attribute(self.out, "title", reason);
        } else {
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn close(&mut self, element: Element) {
        match element {
            Element::Heading(part) => {
                let Some(heading) = self.text.parts[part as usize].heading.as_ref() else { return };
                let label = self.labels.heading_link.as_str();
                let link = ["<a class=\"anchor\" href=\"#", &heading.id, "\" aria-label=\"", label, "\"></a>"];
                self.out.extend(link);
                self.out.extend(["</", heading_tag(heading.level), ">"]);
            }
            Element::Table(Some(_)) => self.out.push_str("</table></div>"),
            Element::Html(at) => {
                let element = &self.text.html[at as usize];
                self.out.extend(["</", &element.name, ">"]);
                if matches!(element.means, Some(Element::Table(Some(_)))) {
                    self.out.push_str("</div>\n");
                }
            }
            _ => self.out.extend(["</", tag(element), ">"]),
        }
        self.out.push_str(closing_line_end(element));
    }

    fn void(&mut self, element: Element) {
        match element {
            Element::Image(link) => {
                self.out.push_str("<img src=\"");
                (self.address)(link as usize, self.out);
                push_attribute(self.out, "alt", &self.text.links[link as usize].alternative);
                self.out.push_str(" loading=\"lazy\">");
            }
            Element::NoteMark(mark) => {
                let mark = &self.text.marks[mark as usize];
                let note = &self.text.notes[mark.note];
                let number = note.number.to_string();
                self.out.extend(["<sup class=\"noteref\"><a id=\"", &mark.id, "\" href=\"#", &note.id]);
                self.out.extend(["\" role=\"doc-noteref\">", &number, "</a></sup>"]);
            }
            Element::SoftBreak => {}
            Element::Html(at) => self.open_html(at),
            _ => self.out.extend(["<", tag(element), ">"]),
        }
        self.out.push_str(closing_line_end(element));
    }

    /// The beginning of a tag, with the block's id and the marks in it that were captured as they are.
    fn begin(&mut self, element: Element, block: BlockAt) {
        self.out.extend(["<", tag(element)]);
        let Some(block) = self.text.block(block) else { return };
        self.out.extend([" id=\"", &block.id, "\""]);
        self.push_flat(&self.text.tape[block.tape.clone()]);
    }

    fn push_flat(&mut self, tape: &[Node]) {
        if let Some(flat) = punctuation::flat(self.text, tape) {
            self.out.extend([" data-flat=\"", &flat, "\""]);
        }
    }

    fn push_title(&mut self, title: &str) {
        if !title.is_empty() {
            push_attribute(self.out, "title", title);
        }
        self.out.push('>');
    }

    /// A heading that links to itself.
    fn open_heading(&mut self, part: u32) {
        let Some(heading) = self.text.parts[part as usize].heading.as_ref() else { return };
        self.out.extend(["<", heading_tag(heading.level), " id=\"", &heading.id, "\" class=\"heading\""]);
        self.push_flat(&self.text.tape[heading.tape.clone()]);
        self.out.push('>');
    }

    /// A paragraph, with a number in the margin that links to itself.
    fn open_paragraph(&mut self, at: u32) {
        let block = &self.text.blocks[at as usize];
        self.out.extend(["<p id=\"", &block.id, "\""]);
        let number = block.number.to_string();
        if block.number > 0 {
            self.out.extend([" data-n=\"", &number, "\""]);
        }
        if let Some(align) = block.align {
            self.out.extend([" class=\"", align.word(), "\""]);
        }
        self.push_flat(&self.text.tape[block.tape.clone()]);
        self.out.push('>');
        if block.number > 0 {
            let (before, after) = &self.labels.paragraph;
            self.out.extend([
                "<a class=\"pn\" href=\"#",
                &block.id,
                "\" aria-label=\"",
                before,
                &number,
                after,
                "\"></a>",
            ]);
        }
    }

    /// A table in a frame that scrolls by itself when it is wider than the page.
    fn open_table(&mut self, at: u32) {
        let block = &self.text.blocks[at as usize];
        let number = block.number.to_string();
        self.out.extend(["<div class=\"table\" id=\"", &block.id, "\" role=\"group\" tabindex=\"0\" aria-label=\""]);
        // A page may hold several, and a reader who hears the page must tell them apart.
        self.out.extend([self.labels.table.as_str(), " ", &number, "\""]);
        self.push_flat(&self.text.tape[block.tape.clone()]);
        self.out.push_str("><table>");
    }

    fn open_cell(&mut self, cell: Cell) {
        self.out.extend(["<", tag(Element::Cell(cell))]);
        if let Some(scope) = cell.scope {
            self.out.extend([" scope=\"", scope.word(), "\""]);
        }
        if let Some(align) = cell.align {
            self.out.extend([" class=\"", align.word(), "\""]);
        }
        for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
            if count > 1 {
                self.out.push_str(&format!(" {name}=\"{count}\""));
            }
        }
        self.out.push('>');
    }

    fn open_code(&mut self, language: Option<u32>) {
        self.out.push_str("<code");
        if let Some(language) = language {
            push_attribute(self.out, "class", &format!("language-{}", self.text.languages[language as usize]));
        }
        self.out.push('>');
    }

    fn open_html(&mut self, at: u32) {
        let element = &self.text.html[at as usize];
        match element.means {
            Some(Element::Paragraph(Some(block))) => return self.open_paragraph(block),
            Some(Element::Table(Some(block))) => return self.open_table(block),
            _ => {}
        }
        self.out.extend(["<", &element.name]);
        if let Some(block) = self.text.block(element.block) {
            self.out.extend([" id=\"", &block.id, "\""]);
            self.push_flat(&self.text.tape[block.tape.clone()]);
        }
        for (name, value) in &element.attributes {
            match value {
                Attribute::Text(value) => push_attribute(self.out, name, value),
                Attribute::Address(link) => {
                    self.out.extend([" ", name, "=\""]);
                    (self.address)(*link as usize, self.out);
                }
            }
        }
        self.out.push('>');
    }
}
