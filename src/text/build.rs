//! A stretch of tape while it is written: a block, a heading or a footnote.

use super::Text;
use super::redact::{self, Piece};
use super::tape::{Element, Node};

/// A stretch of tape, and what is known of it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) tape: Vec<Node>,
    /// Blocks that are open.
    pub(super) depth: usize,
    /// Pictures met.
    pub(super) images: usize,
    /// Whether anything else was met that is read.
    pub(super) has_text: bool,
    /// Whether there is a link.
    pub(super) has_link: bool,
    /// HTML that a person wrote; it stands on the tape as [`Element::Html`] with its place in this list.
    pub(super) raw: Vec<String>,
    /// The title of the last picture.
    pub(super) caption: String,
    /// Whether characters may stand above or below the line.
    pub(super) is_raised: bool,
    /// Marks of footnotes.
    pub(super) marks: Vec<u32>,
    /// Elements that are open.
    open: Vec<Element>,
    /// The character before this place, if it is one of the text.
    last: Option<char>,
    /// A line break in the source that may or may not become a space.
    pending_break: bool,
}

impl Draft {
    /// Characters of the text, with a bar for each place where words are hidden.
    pub(super) fn text(&mut self, text: &mut Text, words: &str) {
        if !redact::is_in(words) {
            return self.characters(text, words);
        }
        for piece in redact::pieces(words) {
            match piece {
                Piece::Words(words) => self.characters(text, words),
                Piece::Place(number) => {
                    self.phrase(Element::Redacted(number));
                    self.characters(text, redact::BAR);
                    self.close();
                }
            }
        }
    }

    fn characters(&mut self, text: &mut Text, words: &str) {
        self.settle_break(words.chars().next());
        let start = text.chars.len();
        text.chars.push_str(words);
        self.last = words.chars().next_back().or(self.last);
        match self.tape.last_mut() {
            Some(Node::Chars(_, end)) if *end == start => *end = text.chars.len(),
            _ => self.tape.push(Node::Chars(start, text.chars.len())),
        }
    }

    /// Code within a line.
    pub(super) fn code(&mut self, text: &mut Text, words: &str) {
        self.settle_break(words.chars().next());
        self.phrase(Element::Code(None));
        self.text(text, words);
        self.close();
    }

    /// A block begins; a line break before it is no space.
    pub(super) fn open(&mut self, element: Element) {
        self.pending_break = false;
        self.last = None;
        self.tape.push(Node::Open(element));
        self.open.push(element);
    }

    /// A phrase begins.
    pub(super) fn phrase(&mut self, element: Element) {
        self.settle_break(None);
        self.tape.push(Node::Open(element));
        self.open.push(element);
    }

    /// The newest element that is open ends.
    pub(super) fn close(&mut self) {
        self.pending_break = false;
        if let Some(element) = self.open.pop() {
            self.tape.push(Node::Close(element));
        }
    }

    /// What stands in a line and is no character of the text.
    pub(super) fn void(&mut self, element: Element) {
        self.settle_break(None);
        self.last = None;
        self.tape.push(Node::Void(element));
    }

    /// HTML that a person wrote and that will be sanitised.
    pub(super) fn raw(&mut self, html: &str) {
        self.settle_break(None);
        self.tape.push(Node::Void(Element::Html(self.raw.len() as u32)));
        self.raw.push(redact::shown(html).into_owned());
    }

    /// A line of the source ends.
    pub(super) fn soft_break(&mut self) {
        self.pending_break = true;
    }

    /// Between two characters of a script that is set without spaces a line break in the source is no space.
    fn settle_break(&mut self, next: Option<char>) {
        if !std::mem::take(&mut self.pending_break) {
            return;
        }
        if self.last.is_some_and(is_set_solid) && next.is_none_or(is_set_solid) {
            return;
        }
        self.last = None;
        self.tape.push(Node::Void(Element::SoftBreak));
    }
}

/// Whether a character belongs to a script that is set without spaces between words.
pub(super) fn is_set_solid(character: char) -> bool {
    matches!(u32::from(character),
        0x2e80..=0x303f | 0x3040..=0x30ff | 0x3100..=0x312f | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f | 0xff01..=0xff60 | 0x20000..=0x3ffff)
        || matches!(character, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}
