//! A paragraph that is being read from mark-up: its characters, what is said of them, and which of the file they are.
//!
//! White space in mark-up is laid out for the eye: any amount is one space, and a line end between two characters that take a
//! square is none.

use super::layout::is_wide;
use super::order::{Order, is_seen};
use crate::import::flow::{Mark, Sense};

/// White space that is only set when something follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Space,
    LineEnd,
}

/// A paragraph being read.
#[derive(Debug, Clone, Default)]
pub(super) struct Prose {
    pub text: String,
    marks: Vec<Mark>,
    pub order: Order,
    space: Option<Space>,
}

impl Prose {
    /// Adds characters of the file; `count` is how many came before that are seen.
    pub(super) fn push(&mut self, text: &str, count: &mut usize) {
        for character in text.chars() {
            if is_seen(character) {
                self.settle_space(character);
                self.text.push(character);
                self.order.push(*count);
                *count += 1;
            } else {
                self.space(character == '\n' || character == '\r');
            }
        }
    }

    /// Adds white space: a line end, or any other.
    pub(super) fn space(&mut self, is_line_end: bool) {
        let space = if is_line_end { Space::LineEnd } else { Space::Space };
        self.space = match self.space {
            Some(Space::LineEnd) => Some(Space::LineEnd),
            _ => Some(space),
        };
    }

    /// Takes back white space at the end: a word goes on.
    pub(super) fn close_up(&mut self) {
        self.space = None;
    }

    fn settle_space(&mut self, next: char) {
        let last = self.text.chars().next_back();
        let needed = match (self.space.take(), last) {
            (None, _) | (_, None) => false,
            (Some(Space::LineEnd), Some(last)) => !(is_wide(last) && is_wide(next)),
            (Some(Space::Space), Some(_)) => true,
        };
        if needed && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    /// Adds characters that the file does not store.
    pub(super) fn print(&mut self, text: &str) {
        let Some(first) = text.chars().next() else { return };
        self.settle_space(first);
        let start = self.text.len();
        self.text.push_str(text);
        self.mark(start, Sense::Printed);
    }

    /// Breaks the line.
    pub(super) fn line_end(&mut self) {
        self.space = None;
        if !self.text.is_empty() {
            self.mark(self.text.len(), Sense::Break);
        }
    }

    /// Says something of the text from a place on.
    pub(super) fn mark(&mut self, start: usize, sense: Sense) {
        let start = start.min(self.text.len());
        // The space before a word is set when the word comes.
        let lead = self.text.get(start..).map_or(0, |text| text.len() - text.trim_start().len());
        self.marks.push(Mark { range: start + lead..self.text.len(), sense });
    }

    pub(super) fn last(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    /// The marks by their first byte, the longer of two first; those on nothing are left out.
    pub(super) fn into_marks(mut self) -> (String, Vec<Mark>) {
        let stands = |mark: &Mark| {
            !mark.range.is_empty() || matches!(mark.sense, Sense::Break | Sense::NoteMark(_) | Sense::Image(_))
        };
        self.marks.retain(stands);
        while self.marks.last().is_some_and(|mark| mark.sense == Sense::Break && mark.range.start == self.text.len()) {
            self.marks.pop();
        }
        self.marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        (self.text, self.marks)
    }

    /// Ends a word: a space follows, unless the script has none.
    pub(super) fn word_end(&mut self) {
        self.space(true);
    }

    /// Goes on with the next line of a text; `is_parted` when a word goes on in it.
    pub(super) fn go_on(&mut self, line: Self, is_parted: bool) {
        let (last, next) = (self.last(), line.text.chars().next());
        let closes_up = match (last, next) {
            (None, _) | (_, None) => true,
            // A hyphen that may belong to the word stays, and the word with it.
            (Some('-'), Some(next)) => next.is_lowercase(),
            (Some(last), Some(next)) => is_wide(last) && is_wide(next),
        };
        if !is_parted && !closes_up {
            self.text.push(' ');
        }
        self.append(line);
    }

    /// Adds another text at the end, with a space before it.
    pub(super) fn join(&mut self, other: Self) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push(' ');
        }
        self.append(other);
    }

    /// Adds another text at the end.
    pub(super) fn append(&mut self, other: Self) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.order.append(&other.order);
        let moved = |mark: Mark| Mark { range: mark.range.start + start..mark.range.end + start, sense: mark.sense };
        self.marks.extend(other.marks.into_iter().map(moved));
    }
}
