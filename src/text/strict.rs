//! The tape as formats want it that are stricter than a page.
//!
//! HTML of a person's own may hold anything anywhere, while a valid book (HTML's content models), a valid TEI file and a
//! typesetter may not. So the steps of this walk are fewer than HTML's elements and always nest: blocks never stand in a
//! line of text, items only in lists, cells only in rows. What has no place keeps its text and loses its element. Elements
//! that Markdown made pass as they are.

use super::Text;
use super::html::{closing_line_end, opening_line_end};
use super::tape::{Cell, Element, HtmlElement, Node, Phrase, View};

/// One step through the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// An element begins; a void one (see [`is_void`]) has no end.
    Start(Element, Option<&'a HtmlElement>),
    /// The newest element that is open ends.
    End(Element),
    /// Characters.
    Text(&'a str),
}

/// Where an element may stand and what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    /// Holds blocks and text.
    Flow,
    /// A block that holds a line of text.
    Line,
    /// Part of a line.
    Phrase,
    List,
    Item,
    Table,
    Group,
    Row,
    Cell,
    /// A block without content.
    Rule,
    /// Part of a line without content.
    Mark,
}

fn kind(element: Element) -> Option<Content> {
    Some(match element {
        Element::Paragraph(_) | Element::QuotedHeading | Element::Heading(_) | Element::Preformatted(_) => {
            Content::Line
        }
        Element::TableCaption | Element::Caption => Content::Line,
        Element::Quote(_) | Element::Figure(_) | Element::Division(_) => Content::Flow,
        Element::Bullets(_) | Element::Numbers(..) => Content::List,
        Element::Item => Content::Item,
        Element::Table(_) => Content::Table,
        Element::Head | Element::Body => Content::Group,
        Element::Row => Content::Row,
        Element::Cell(_) => Content::Cell,
        Element::Rule => Content::Rule,
        Element::Break | Element::Image(_) | Element::NoteMark(_) => Content::Mark,
        Element::Number | Element::Code(_) | Element::Redacted(_) | Element::Link(_) | Element::Phrase(_) => {
            Content::Phrase
        }
        Element::SoftBreak | Element::Html(_) => return None,
    })
}

/// Whether an element has no content, and so no end.
pub fn is_void(element: Element) -> bool {
    matches!(kind(element), Some(Content::Rule | Content::Mark))
}

/// The id of an element in the text.
pub fn id(text: &Text, element: Element) -> Option<&str> {
    let block = match element {
        Element::Heading(part) => return Some(&text.parts[part as usize].heading.as_ref()?.id),
        Element::Paragraph(block)
        | Element::Quote(block)
        | Element::Bullets(block)
        | Element::Numbers(block, _)
        | Element::Table(block)
        | Element::Figure(block)
        | Element::Preformatted(block)
        | Element::Division(block) => block,
        _ => None,
    };
    text.block(block).map(|block| block.id.as_str())
}

/// Walks a stretch of the tape.
pub fn walk<'a>(text: &'a Text, tape: &[Node], view: View, emit: &mut dyn FnMut(Step<'a>)) {
    let mut walk = Walk { text, open: Vec::new(), entered: Vec::new(), opened: 0, fresh_table: false, emit };
    for (at, node) in tape.iter().enumerate() {
        match *node {
            Node::Chars(start, end) => walk.text(text.chars(start, end)),
            Node::Choice(choice) => walk.text(text.chosen(choice, view)),
            Node::Void(Element::SoftBreak) => walk.text("\n"),
            Node::Void(element) => {
                walk.start(element, &[]);
                walk.text(closing_line_end(element));
            }
            Node::Open(element) => {
                let place = walk.start(element, &tape[at + 1..]);
                walk.entered.push(place);
                walk.text(opening_line_end(element));
            }
            Node::Close(element) => {
                walk.end();
                walk.text(closing_line_end(element));
            }
        }
    }
    walk.pop_to(0);
}

/// An element that is open.
struct Open {
    element: Element,
    kind: Content,
    /// Which of all elements that were opened it is.
    number: usize,
}

struct Walk<'a, 'e> {
    text: &'a Text,
    open: Vec<Open>,
    /// For each element that is open on the tape the number under which it was opened; none where it lost its place.
    entered: Vec<Option<usize>>,
    opened: usize,
    /// Nothing stands in the newest table yet.
    fresh_table: bool,
    emit: &'e mut dyn FnMut(Step<'a>),
}

impl<'a> Walk<'a, '_> {
    fn top(&self) -> Content {
        self.open.last().map_or(Content::Flow, |open| open.kind)
    }

    fn push(&mut self, element: Element, kind: Content, html: Option<&'a HtmlElement>) -> Option<usize> {
        self.fresh_table = kind == Content::Table;
        self.opened += 1;
        self.open.push(Open { element, kind, number: self.opened });
        (self.emit)(Step::Start(element, html));
        Some(self.opened)
    }

    fn pop_to(&mut self, length: usize) {
        while self.open.len() > length
            && let Some(open) = self.open.pop()
        {
            (self.emit)(Step::End(open.element));
        }
    }

    /// Ends the line of text, if one is open.
    fn end_line(&mut self) {
        let length = self.open.iter().rposition(|open| !matches!(open.kind, Content::Line | Content::Phrase));
        self.pop_to(length.map_or(0, |last| last + 1));
    }

    /// Text and blocks stand in an item or a cell, and not in the list or row itself.
    fn find_place(&mut self) {
        if self.top() == Content::List {
            self.push(Element::Item, Content::Item, None);
        }
        if matches!(self.top(), Content::Table | Content::Group) {
            self.push(Element::Row, Content::Row, None);
        }
        if self.top() == Content::Row {
            self.push(Element::Cell(Cell::plain()), Content::Cell, None);
        }
    }

    fn text(&mut self, text: &'a str) {
        if text.is_empty() {
            return;
        }
        if matches!(self.top(), Content::List | Content::Table | Content::Group | Content::Row) {
            if text.trim().is_empty() {
                return;
            }
            self.find_place();
        }
        (self.emit)(Step::Text(text));
    }

    /// Begins an element where it has a place; `rest` is the tape behind it.
    fn start(&mut self, element: Element, rest: &[Node]) -> Option<usize> {
        let html = if let Element::Html(at) = element { self.text.html.get(at as usize) } else { None };
        let element = self.text.meaning(element)?;
        let kind = kind(element)?;
        match kind {
            Content::Phrase => self.start_phrase(element, html, rest),
            Content::Mark => {
                if matches!(element, Element::NoteMark(_)) {
                    self.end_link();
                }
                self.find_place();
                (self.emit)(Step::Start(element, html));
                None
            }
            Content::Item | Content::Group | Content::Row | Content::Cell => self.start_member(element, kind, html),
            Content::Line if element == Element::TableCaption && self.top() == Content::Table && self.fresh_table => {
                self.push(element, kind, html)
            }
            // The program's own figures and divisions carry an id, a person's do not.
            Content::Flow if matches!(element, Element::Figure(None) | Element::Division(None)) => {
                self.end_line();
                None
            }
            _ => {
                self.end_line();
                self.find_place();
                let in_figure = self.open.last().is_some_and(|open| matches!(open.element, Element::Figure(_)));
                let element = match element {
                    Element::TableCaption => Element::Paragraph(None),
                    Element::Caption if !in_figure => Element::Paragraph(None),
                    element => element,
                };
                if kind == Content::Rule {
                    (self.emit)(Step::Start(element, html));
                    return None;
                }
                self.push(element, kind, html)
            }
        }
    }

    fn start_phrase(&mut self, element: Element, html: Option<&'a HtmlElement>, rest: &[Node]) -> Option<usize> {
        if matches!(element, Element::Link(_)) {
            self.end_link();
        }
        let in_ruby = self.open.last().is_some_and(|open| open.element == Element::Phrase(Phrase::Ruby));
        match element {
            Element::Phrase(Phrase::Reading | Phrase::ReadingBracket) if !in_ruby => return None,
            Element::Phrase(Phrase::Ruby) if !self.has_reading(rest) => return None,
            _ => {}
        }
        self.find_place();
        self.push(element, Content::Phrase, html)
    }

    /// A link ends where another begins, as it does for browsers; the mark of a note is one.
    fn end_link(&mut self) {
        if let Some(outer) = self.open.iter().rposition(|open| matches!(open.element, Element::Link(_))) {
            self.pop_to(outer);
        }
    }

    /// Whether a ruby, with the tape behind its beginning, has a reading.
    fn has_reading(&self, rest: &[Node]) -> bool {
        let is = |element: Element, phrase: Phrase| self.text.meaning(element) == Some(Element::Phrase(phrase));
        let own = rest.iter().take_while(|node| !matches!(node, Node::Close(element) if is(*element, Phrase::Ruby)));
        own.into_iter().any(|node| matches!(node, Node::Open(element) if is(*element, Phrase::Reading)))
    }

    fn start_member(&mut self, element: Element, kind: Content, html: Option<&'a HtmlElement>) -> Option<usize> {
        self.end_line();
        let (before, within): (&[Content], &[Content]) = match kind {
            Content::Item => (&[Content::Item], &[Content::List]),
            Content::Cell => (&[Content::Cell], &[Content::Row]),
            Content::Row => (&[Content::Cell, Content::Row], &[Content::Table, Content::Group]),
            _ => (&[Content::Cell, Content::Row, Content::Group], &[Content::Table]),
        };
        while before.contains(&self.top()) {
            self.pop_to(self.open.len() - 1);
        }
        within.contains(&self.top()).then(|| self.push(element, kind, html)).flatten()
    }

    /// The newest element of the tape ends.
    fn end(&mut self) {
        let number = self.entered.pop().flatten();
        if let Some(at) = self.open.iter().rposition(|open| Some(open.number) == number) {
            self.pop_to(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Report, Source};
    use crate::text::html::tag;
    use crate::text::parse::{Ids, Manner, parse};

    fn walked(markdown: &str) -> String {
        let manner = Manner { title: "", allow_html: true, numbered: false, restore: false, ids: Ids::All };
        let source = Source { file: "x.md", text: markdown };
        let text = parse(source, 0..markdown.len(), manner, &mut Report::new());
        let mut out = String::new();
        walk(&text, &text.tape, View::Printed, &mut |step| match step {
            Step::Start(element, _) => out.push_str(&format!("<{}>", tag(element))),
            Step::End(element) => out.push_str(&format!("</{}>", tag(element))),
            Step::Text(text) => out.push_str(text),
        });
        out
    }

    #[test]
    fn everything_stands_in_its_place() {
        for (markdown, expected) in [
            ("<p>甲<br>乙&nbsp;</p>", "<div><p>甲<br>乙\u{a0}</p></div>"),
            ("<div><span>甲<div>乙</div></span></div>", "<div><span>甲</span>乙</div>"),
            ("<ul>甲<li>乙</li></ul>", "<div><ul><li>甲</li><li>乙</li></ul></div>"),
            (
                "<table><caption>甲</caption><tr><td>丙</td></tr></table>",
                "<div><table><caption>甲</caption><tbody><tr><td>丙</td></tr></tbody></table></div>",
            ),
            ("<dl><dt>甲</dt><dd>乙</dd></dl><h1>丙</h1>", "<div><p>甲</p>乙<p>丙</p></div>"),
            ("<figure><img src=\"x\"></figure><div>x</div>", "<div><img>x</div>"),
            ("<div><ruby>字<rt>zi</rt></ruby><ruby>字</ruby></div>", "<div><ruby>字<rt>zi</rt></ruby>字</div>"),
            ("甲[^1]\n\n[^1]: 注", "<p>甲<sup></p>"),
            (
                "| a |\n|---|\n| b |",
                "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>\n",
            ),
        ] {
            assert_eq!(walked(markdown).trim_end(), expected.trim_end(), "{markdown}");
        }
    }
}
