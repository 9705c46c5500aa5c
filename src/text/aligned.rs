//! Paragraphs set to the right or in the middle: `江城县人民政府 {.right}`.
//!
//! The office that signs and its date stand on the right of a printed document, and a line between stars in the middle.
//! Markdown has no form for either. The sign stands at the end of a paragraph, as attributes of headings do, in the
//! words that other dialects of Markdown have for it; the paragraph's id does not depend on it.

use super::Text;
use super::tape::{Align, Element, Node};

/// The sign for a side; none for the side that every paragraph is set to.
pub(super) fn sign(align: Align) -> Option<&'static str> {
    match align {
        Align::Left => None,
        Align::Center => Some("{.center}"),
        Align::Right => Some("{.right}"),
    }
}

/// The side that the end of some words names, and where the sign begins. Words stand before it.
pub(crate) fn find(words: &str) -> Option<(Align, usize)> {
    [Align::Center, Align::Right].into_iter().find_map(|align| {
        let before = words.trim_end().strip_suffix(sign(align)?)?;
        before.ends_with(char::is_whitespace).then_some((align, before.len()))
    })
}

/// Takes the sign off the end of a paragraph. `literal` are the places that a backslash stood before, in order.
pub(super) fn take(text: &Text, tape: &mut Vec<Node>, literal: &[usize]) -> Option<Align> {
    let end = tape.len().checked_sub(1)?;
    let [Node::Open(Element::Paragraph(_)), .., last @ Node::Chars(..), Node::Close(Element::Paragraph(_))] =
        tape.as_mut_slice()
    else {
        return None;
    };
    let Node::Chars(start, stop) = *last else { return None };
    let words = text.chars(start, stop);
    let (align, at) = find(words)?;
    if literal.binary_search(&(start + at)).is_ok() {
        return None;
    }
    let kept = words[..at].trim_end().len();
    if kept > 0 {
        *last = Node::Chars(start, start + kept);
    } else if end > 2 {
        tape.remove(end - 1);
    } else {
        return None;
    }
    Some(align)
}
