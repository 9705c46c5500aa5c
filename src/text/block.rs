//! What a stretch of tape becomes when a block ends that stands in no other: one element that the block's id belongs to.
//!
//! Most blocks are an element already. A picture alone in its paragraph is a figure, and what a person wrote as HTML may be
//! several elements or none, so that one is put around it.

use super::Text;
use super::tape::{BlockAt, Element, Node};

/// Whether a stretch of tape is a paragraph that has nothing of its own yet.
pub(super) fn begins_with_paragraph(text: &Text, tape: &[Node]) -> bool {
    match tape.first() {
        Some(Node::Open(Element::Paragraph(_))) => true,
        Some(Node::Open(Element::Html(at))) => {
            let element = &text.html[*at as usize];
            element.name == "p" && element.attributes.is_empty()
        }
        _ => false,
    }
}

/// A picture that stands alone, and its caption.
pub(super) fn figure(text: &mut Text, mut tape: Vec<Node>, at: BlockAt, caption: &str) -> Vec<Node> {
    // What was sanitised ends with a line end.
    let end = tape.iter().rposition(|node| matches!(node, Node::Close(_)));
    if !begins_with_paragraph(text, &tape) || end.is_none_or(|end| end + 2 < tape.len()) {
        return division(tape, at);
    }
    tape[0] = Node::Open(Element::Figure(at));
    tape.truncate(end.unwrap_or(tape.len()));
    if !caption.is_empty() {
        let start = text.chars.len();
        text.chars.push_str(caption);
        tape.push(Node::Open(Element::Caption));
        tape.push(Node::Chars(start, text.chars.len()));
        tape.push(Node::Close(Element::Caption));
    }
    tape.push(Node::Close(Element::Figure(at)));
    tape
}

/// Gives the block to the element that it is.
pub(super) fn name(text: &mut Text, tape: &mut [Node], at: BlockAt) {
    let Some(Node::Open(element)) = tape.first().copied() else { return };
    let named = with_block(element, at);
    if let Element::Html(html) = element {
        let html = &mut text.html[html as usize];
        (html.block, html.means) = (at, html.means.map(|means| with_block(means, at)));
    }
    tape[0] = Node::Open(named);
    if let Some(end) = tape.iter().rposition(|node| *node == Node::Close(element)) {
        tape[end] = Node::Close(named);
    }
}

/// A block that has no element of its own for its id.
pub(super) fn division(tape: Vec<Node>, at: BlockAt) -> Vec<Node> {
    let element = Element::Division(at);
    std::iter::once(Node::Open(element)).chain(tape).chain([Node::Close(element)]).collect()
}

/// An element with its block.
fn with_block(element: Element, at: BlockAt) -> Element {
    match element {
        Element::Paragraph(_) => Element::Paragraph(at),
        Element::Quote(_) => Element::Quote(at),
        Element::Bullets(_) => Element::Bullets(at),
        Element::Numbers(_, first) => Element::Numbers(at, first),
        Element::Table(_) => Element::Table(at),
        Element::Figure(_) => Element::Figure(at),
        Element::Preformatted(_) => Element::Preformatted(at),
        Element::Division(_) => Element::Division(at),
        other => other,
    }
}

/// Whether a stretch of tape is one element and nothing beside it.
pub(super) fn is_one(tape: &[Node]) -> bool {
    let mut depth = 0;
    let end = tape.iter().position(|node| {
        match node {
            Node::Open(_) => depth += 1,
            Node::Close(_) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    matches!(tape.first(), Some(Node::Open(_))) && end == Some(tape.len() - 1)
}
