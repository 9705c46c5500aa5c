//! Characters above and below the line: `10^{5}`, `H_{2}O`.
//!
//! Markdown has no sign for them, and without one a power is shown as another number. The sign is TeX's, since it needs no
//! white space around it and no text has it by accident; pulldown-cmark's own `^5^` is read only where it stands apart
//! from the word. What is between the braces may hold emphasis, links and notes.

use super::Text;
use super::tape::{Element, Node, Phrase};

/// Whether a piece of Markdown may hold the sign. pulldown-cmark may give `_` and what follows as two pieces.
pub(super) fn may_be_in(words: &str) -> bool {
    words.contains('{')
}

/// A sign that is open.
struct Open {
    /// Where it stands in the new tape.
    at: usize,
    depth: usize,
    phrase: Phrase,
}

/// Puts elements for the signs of a stretch of tape. `literal` are the places that a backslash stood before, in order.
pub(super) fn raise(text: &Text, tape: Vec<Node>, literal: &[usize]) -> Vec<Node> {
    let mut out = Vec::with_capacity(tape.len() + 4);
    let mut open: Vec<Open> = Vec::new();
    let (mut depth, mut in_code) = (0, 0);
    for node in tape {
        match node {
            Node::Chars(start, end) if in_code == 0 => {
                let chars = text.chars(start, end);
                let mut done = start;
                for (at, character) in chars.char_indices() {
                    let place = start + at;
                    match (character, chars.as_bytes().get(at + 1)) {
                        ('^' | '_', Some(b'{')) if literal.binary_search(&place).is_err() => {
                            push(&mut out, done, place);
                            let phrase = if character == '^' { Phrase::Sup } else { Phrase::Sub };
                            open.push(Open { at: out.len(), depth, phrase });
                            push(&mut out, place, place + 2);
                            done = place + 2;
                        }
                        ('}', _) if open.last().is_some_and(|open| open.depth == depth) => {
                            let Some(Open { at, phrase, .. }) = open.pop() else { continue };
                            if at + 1 == out.len() && done == place {
                                // Nothing stands between the braces.
                                continue;
                            }
                            push(&mut out, done, place);
                            out[at] = Node::Open(Element::Phrase(phrase));
                            out.push(Node::Close(Element::Phrase(phrase)));
                            done = place + 1;
                        }
                        _ => {}
                    }
                }
                push(&mut out, done, end);
                continue;
            }
            Node::Open(element) => {
                depth += 1;
                in_code += usize::from(matches!(element, Element::Code(_)));
            }
            Node::Close(element) => {
                depth -= 1;
                in_code -= usize::from(matches!(element, Element::Code(_)));
                while open.last().is_some_and(|open| open.depth > depth) {
                    open.pop();
                }
            }
            Node::Void(Element::Break | Element::SoftBreak) => open.clear(),
            _ => {}
        }
        out.push(node);
    }
    out
}

fn push(out: &mut Vec<Node>, start: usize, end: usize) {
    if start < end {
        out.push(Node::Chars(start, end));
    }
}
