//! HTML that people wrote into Markdown, where the archive allows it: kept, but only what cannot do harm.
//!
//! A block that holds raw HTML is sanitised whole by ammonia, since a tag and its end are separate events in Markdown. What
//! comes back is read by dom_query (html5ever, as in ammonia) and put on the tape, so nothing but elements and attributes
//! that ammonia lets pass can ever reach a page. Every address in it becomes a link of the text, so it is resolved and
//! checked like one written in Markdown: a raw `<img src="https://…">` is refused as `![](https://…)` is.
//!
//! While a block is sanitised, the links, pictures and marks that Markdown made in it are addresses of a scheme made from
//! the SHA-256 of the file, which no text of that file can hold.

use std::ops::Range;

use dom_query::NodeRef;

use super::html::{self, Labels};

use super::tape::{Align, Attribute, Cell, Element, HtmlElement, Node, Phrase, Scope, index};
use super::{Link, Text};
use crate::fixity;

/// Cleans the blocks of one file.
#[derive(Debug)]
pub(super) struct Sanitiser {
    scheme: String,
}

impl Sanitiser {
    /// For a file with this text.
    pub(super) fn of(text: &str) -> Self {
        Self { scheme: format!("fonds-{}", fixity::hex_text(&fixity::sha256(text.as_bytes()))) }
    }

    /// Cleans a stretch of tape; `raw` is the HTML that stands on it.
    pub(super) fn clean(&self, text: &mut Text, tape: &[Node], raw: &[String], span: Range<usize>) -> Vec<Node> {
        let html = ammonia::Builder::new()
            .url_schemes(["http", "https", "mailto", "ftp", self.scheme.as_str()].into())
            .link_rel(None)
            .add_tag_attributes("img", ["loading"])
            .rm_tags(["map", "area"])
            .allowed_classes(["td", "th"].map(|cell| (cell, ["left", "center", "right"].into())).into())
            .add_allowed_classes("p", ["quoted-heading"])
            .url_relative(ammonia::UrlRelative::PassThrough)
            .attribute_filter(|_, attribute, value| (attribute != "cite").then_some(value.into()))
            .clean(&self.markup(text, tape, raw))
            .to_string();
        let fragment = dom_query::Document::fragment(html);
        let mut reader = Reader { scheme: &self.scheme, text, span, tape: Vec::new() };
        reader.read(fragment.root().first_element_child().and_then(|body| body.first_child()));
        reader.tape
    }

    /// The stretch as HTML, in which links are addresses of the scheme.
    fn markup(&self, text: &Text, tape: &[Node], raw: &[String]) -> String {
        let mut markup = String::new();
        let labels = Labels::default();
        for node in tape {
            match node {
                Node::Void(Element::Html(at)) => markup.push_str(&raw[*at as usize]),
                Node::Void(Element::NoteMark(mark)) => {
                    markup.push_str(&format!("<a href=\"{}:mark-{mark}\"></a>", self.scheme));
                }
                _ => html::write(text, std::slice::from_ref(node), &labels, &mut markup, &mut |link, out| {
                    out.push_str(&format!("{}:{link}\"", self.scheme));
                }),
            }
        }
        markup
    }
}

struct Reader<'a> {
    scheme: &'a str,
    text: &'a mut Text,
    span: Range<usize>,
    tape: Vec<Node>,
}

impl Reader<'_> {
    /// Reads a node, and what stands behind it. HTML may lie deeper than a stack.
    fn read(&mut self, first: Option<NodeRef<'_>>) {
        let mut open: Vec<(NodeRef<'_>, Element)> = Vec::new();
        let mut next = first;
        loop {
            let Some(node) = next else {
                let Some((node, element)) = open.pop() else { return };
                self.tape.push(Node::Close(element));
                next = node.next_sibling();
                continue;
            };
            next = match self.element(&node) {
                Some(element) if is_void(element, &node) => {
                    self.tape.push(Node::Void(element));
                    node.next_sibling()
                }
                Some(element) => {
                    self.tape.push(Node::Open(element));
                    open.push((node, element));
                    node.first_child()
                }
                None => {
                    self.words(&node.text());
                    node.next_sibling()
                }
            };
        }
    }

    /// Characters; the ends of lines between elements are no more than that.
    fn words(&mut self, words: &str) {
        if words.contains('\n') && words.trim_matches([' ', '\n', '\t']).is_empty() {
            return self.tape.push(Node::Void(Element::SoftBreak));
        }
        let start = self.text.chars.len();
        self.text.chars.push_str(words);
        self.tape.push(Node::Chars(start, self.text.chars.len()));
    }

    /// What a node is; none where it is characters.
    fn element(&mut self, node: &NodeRef<'_>) -> Option<Element> {
        let name = node.node_name()?;
        if let Some(own) = self.own(node) {
            return Some(own);
        }
        let mut attributes = Vec::new();
        for attribute in node.attrs() {
            let (own, value) = (attribute.name.local.to_string(), attribute.value.to_string());
            attributes.push(match own.as_str() {
                "href" | "src" => (own, self.address(node, value)),
                _ => (own, Attribute::Text(value)),
            });
        }
        let mut element = HtmlElement { name: name.to_string(), attributes, means: None, block: None };
        element.means = meaning(&element);
        self.text.html.push(element);
        Some(Element::Html(index(self.text.html.len() - 1)))
    }

    /// A link, picture or mark that Markdown made.
    fn own(&self, node: &NodeRef<'_>) -> Option<Element> {
        let address = node.attr("href").or_else(|| node.attr("src"))?;
        let place = address.strip_prefix(self.scheme)?.strip_prefix(':')?;
        match place.strip_prefix("mark-") {
            Some(mark) => mark.parse().ok().map(Element::NoteMark),
            None if node.node_name()?.as_ref() == "img" => place.parse().ok().map(Element::Image),
            None => place.parse().ok().map(Element::Link),
        }
    }

    /// An address of a person's own becomes a link of the text.
    fn address(&mut self, node: &NodeRef<'_>, destination: String) -> Attribute {
        let own = |name: &str| node.attr(name).map(|value| value.to_string()).unwrap_or_default();
        self.text.links.push(Link {
            destination,
            span: self.span.clone(),
            image: node.has_attr("src"),
            title: own("title"),
            alternative: own("alt"),
        });
        Attribute::Address(index(self.text.links.len() - 1))
    }
}

fn is_void(element: Element, node: &NodeRef<'_>) -> bool {
    matches!(element, Element::Image(_) | Element::NoteMark(_))
        || node.node_name().is_some_and(|name| VOID.contains(&name.as_ref()))
}

/// Elements without content (HTML, 13.1.2) that ammonia lets pass.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];

/// What an element is to formats other than a page.
fn meaning(element: &HtmlElement) -> Option<Element> {
    let address = element.attributes.iter().find_map(|(_, value)| match value {
        Attribute::Address(link) => Some(*link),
        Attribute::Text(_) => None,
    });
    Some(match element.name.as_str() {
        "p" if element.get("class") == Some("quoted-heading") => Element::QuotedHeading,
        // Headings in a person's HTML are no sections.
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" | "summary" => Element::Paragraph(None),
        "pre" => Element::Preformatted(None),
        "blockquote" => Element::Quote(None),
        "figure" => Element::Figure(None),
        "figcaption" => Element::Caption,
        "div" | "address" | "article" | "aside" | "center" | "dd" | "details" | "dl" | "footer" | "header"
        | "hgroup" | "nav" | "section" => Element::Division(None),
        "ul" => Element::Bullets(None),
        "ol" => Element::Numbers(None, element.get("start").and_then(|first| first.parse().ok()).unwrap_or(1)),
        "li" => Element::Item,
        "table" => Element::Table(None),
        "caption" => Element::TableCaption,
        "thead" => Element::Head,
        "tbody" | "tfoot" => Element::Body,
        "tr" => Element::Row,
        "td" | "th" => Element::Cell(cell(element)),
        "hr" => Element::Rule,
        "br" => Element::Break,
        "img" => Element::Image(address?),
        "a" => Element::Link(address?),
        "code" | "kbd" | "samp" | "tt" | "var" => Element::Code(None),
        name => Element::Phrase(phrase(name)?),
    })
}

fn cell(element: &HtmlElement) -> Cell {
    let count = |name: &str| {
        let count = element.get(name).and_then(|count| count.parse().ok());
        count.filter(|count| (1..=1000).contains(count)).unwrap_or(1)
    };
    let scope = match element.get("scope") {
        Some("row") => Some(Scope::Row),
        Some("col") => Some(Scope::Column),
        _ => None,
    };
    let align = element.get("class").and_then(Align::of);
    Cell { head: element.name == "th", scope, align, columns: count("colspan"), rows: count("rowspan") }
}

fn phrase(name: &str) -> Option<Phrase> {
    Some(match name {
        "abbr" | "acronym" => Phrase::Abbreviation,
        "b" => Phrase::Bold,
        "cite" => Phrase::Cited,
        "del" | "s" | "strike" => Phrase::Struck,
        "dfn" => Phrase::Term,
        "em" => Phrase::Emphasis,
        "i" => Phrase::Italic,
        "ins" | "u" => Phrase::Underlined,
        "mark" => Phrase::Marked,
        "q" => Phrase::Quoted,
        "rp" => Phrase::ReadingBracket,
        "rt" => Phrase::Reading,
        "ruby" => Phrase::Ruby,
        "small" => Phrase::Small,
        "span" => Phrase::Span,
        "strong" => Phrase::Strong,
        "sub" => Phrase::Sub,
        "sup" => Phrase::Sup,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harm_goes_and_addresses_become_links() {
        let mut text = Text::empty();
        let raw = [concat!(
            "<p>甲<script>alert(1)</script><b onclick=\"x()\">乙</b> <a href=\"javascript:x\">j</a> ",
            "<a href=\"other.md\" id=\"x\">o</a><img src=\"https://evil.example/x.png\" alt=\"\"></p>"
        )
        .to_string()];
        let tape = Sanitiser::of("x").clean(&mut text, &[Node::Void(Element::Html(0))], &raw, 0..1);
        let mut html = String::new();
        html::write(&text, &tape, &Labels::default(), &mut html, &mut |link, out| out.push_str(&format!("{link}\"")));
        assert!(!html.contains("script") && !html.contains("onclick") && !html.contains("id="), "{html}");
        let found: Vec<_> = text.links.iter().map(|link| (link.destination.as_str(), link.image)).collect();
        assert_eq!(found, [("other.md", false), ("https://evil.example/x.png", true)]);
        assert!(html.contains("<a href=\"0\">o</a><img src=\"1\" alt=\"\">"), "{html}");
    }
}
