//! The tape as plain text: what is searched, downloaded, and what the ids of blocks come from.
//!
//! Markup that a reader would miss gets a stand-in: `- ` before an item, ` | ` between cells, `[1]` for a note's mark,
//! `[…]` for a picture, `~~` around struck words, `^` and `_` before what stands above and below the line. These are remembered as asides, so that a search looks through them.

use std::ops::Range;

use super::tape::{Element, Node, Phrase, View};
use super::{Part, Text};

/// Levels of a list that are still set further in.
const DEEPEST: usize = 32;

/// A part or a note as plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plain {
    /// The text; the blocks of a part are parted by blank lines.
    pub text: String,
    /// Where heading and blocks stand in it; those without text are left out.
    pub spans: Vec<Span>,
    /// What in it stands for markup, in order.
    asides: Vec<Aside>,
}

/// The text of a heading or block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Index into the text's blocks; the heading has none.
    pub block: Option<usize>,
    /// Where it stands in [`Plain::text`].
    pub text: Range<usize>,
}

/// A piece of plain text that stands for markup.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Aside {
    /// Where it stands; empty where only an end is meant.
    text: Range<usize>,
    then: Then,
}

/// What comes after a piece that stands for markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    SamePassage,
    NewPassage,
}

/// What a reader reads in one go: a heading, paragraph, list item or cell. Pieces of the text, between the marks in it.
pub type Passage<'a> = Vec<&'a str>;

impl Plain {
    /// A part, without its notes.
    pub fn of_part(text: &Text, part: &Part, view: View) -> Self {
        let mut plain = Self::default();
        let heading = part.heading.as_ref().map(|heading| (None, heading.tape.clone()));
        let blocks = part.blocks.clone().map(|block| (Some(block), text.blocks[block].tape.clone()));
        for (block, tape) in heading.into_iter().chain(blocks) {
            plain.push(text, block, &text.tape[tape], view);
        }
        plain
    }

    /// The tape of a note.
    pub fn of_note(text: &Text, tape: &[Node], view: View) -> Self {
        let mut plain = Self::default();
        let mut writer = Writer::new(text, view, &mut plain);
        writer.write(tape);
        plain.text.truncate(plain.text.trim_end().len());
        plain
    }

    /// Adds a block, and a blank line behind it.
    fn push(&mut self, text: &Text, block: Option<usize>, tape: &[Node], view: View) {
        let start = self.text.len();
        Writer::new(text, view, self).write(tape);
        let end = start + self.text[start..].trim_end().len();
        self.text.truncate(end);
        // The white space around a heading is no part of it.
        let lead = if block.is_none() { self.text[start..].len() - self.text[start..].trim_start().len() } else { 0 };
        self.text.drain(start..start + lead);
        let end = end - lead;
        if end == start {
            return;
        }
        self.spans.push(Span { block, text: start..end });
        self.text.push_str("\n\n");
    }

    /// The passages of a span.
    pub fn passages(&self, span: Range<usize>) -> Vec<Passage<'_>> {
        let first = self.asides.partition_point(|aside| aside.text.end < span.start);
        let mut passages = vec![Vec::new()];
        let mut done = span.start;
        let mut push = |range: Range<usize>, then: Then| {
            // Marks stand where characters end, so a piece is always one; a text cut at its end may lack the last mark.
            let piece = self.text.get(range).unwrap_or_default();
            if let Some(passage) = passages.last_mut().filter(|_| !piece.is_empty()) {
                passage.push(piece);
            }
            if then == Then::NewPassage {
                passages.push(Vec::new());
            }
        };
        for aside in self.asides[first..].iter().take_while(|aside| aside.text.start < span.end) {
            push(done..aside.text.start, aside.then);
            done = aside.text.end;
        }
        push(done..span.end, Then::SamePassage);
        passages.retain(|passage| !passage.is_empty());
        passages
    }
}

/// The text that the id of a block or heading comes from: as it is printed, without stand-ins for phrases and notes.
pub(super) fn lasting(text: &Text, tape: &[Node]) -> String {
    line(text, tape, StandIns::Blocks)
}

/// What a heading says in a list of contents, as it is printed.
pub(super) fn heading(text: &Text, tape: &[Node]) -> String {
    line(text, tape, StandIns::Phrases)
}

fn line(text: &Text, tape: &[Node], stand_ins: StandIns) -> String {
    let mut plain = Plain::default();
    let mut writer = Writer::new(text, View::Printed, &mut plain);
    writer.stand_ins = stand_ins;
    writer.write(tape);
    plain.text.truncate(plain.text.trim_end().len());
    plain.text
}

/// Which markup gets a stand-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum StandIns {
    /// Lists, tables and pictures.
    Blocks,
    /// Phrases too.
    Phrases,
    /// The marks of notes too.
    All,
}

struct Writer<'a> {
    text: &'a Text,
    view: View,
    plain: &'a mut Plain,
    /// Where the block begins.
    start: usize,
    stand_ins: StandIns,
    /// A line of the source has ended, which is a space before the words that follow.
    is_parted: bool,
    /// The next number of each list that is open; none where its items have none.
    lists: Vec<Option<i32>>,
    quotes: usize,
    column: usize,
    in_head: bool,
    /// Of each phrase above or below the line that is open, whether it stands in brackets.
    bracketed: Vec<bool>,
}

impl<'a> Writer<'a> {
    fn new(text: &'a Text, view: View, plain: &'a mut Plain) -> Self {
        let start = plain.text.len();
        Self {
            text,
            view,
            plain,
            start,
            stand_ins: StandIns::All,
            bracketed: Vec::new(),
            is_parted: false,
            lists: Vec::new(),
            quotes: 0,
            column: 0,
            in_head: false,
        }
    }

    fn write(&mut self, tape: &[Node]) {
        for (at, node) in tape.iter().enumerate() {
            match *node {
                Node::Chars(start, end) => self.words(self.text.chars(start, end)),
                Node::Choice(choice) => self.words(self.text.chosen(choice, self.view)),
                Node::Open(element) => self.open(self.text.meaning(element), &tape[at + 1..]),
                Node::Close(element) => self.close(self.text.meaning(element)),
                Node::Void(element) => self.void(self.text.meaning(element)),
            }
        }
    }

    fn words(&mut self, words: &str) {
        if std::mem::take(&mut self.is_parted) && !self.plain.text[self.start..].ends_with([' ', '\n']) {
            self.plain.text.push(' ');
        }
        self.plain.text.push_str(words);
    }

    /// `inner` is what is in the element, and what follows it.
    fn open(&mut self, element: Option<Element>, inner: &[Node]) {
        let Some(element) = element else { return };
        match element {
            Element::Phrase(phrase) if self.stand_ins >= StandIns::Phrases => self.open_phrase(phrase, inner),
            Element::Quote(_) => self.quotes += 1,
            Element::Bullets(_) | Element::Numbers(..) => {
                if !self.lists.is_empty() {
                    self.line_apart();
                }
                self.lists.push(if let Element::Numbers(_, first) = element { Some(first) } else { None });
            }
            Element::Item => self.item(),
            Element::Head | Element::Body => self.in_head = element == Element::Head,
            Element::Row => {
                self.column = 0;
                if !self.in_head {
                    self.line_apart();
                }
            }
            Element::Cell(_) => {
                if self.column > 0 {
                    let bar = self.plain.text.len();
                    self.plain.text.push_str(" | ");
                    self.aside(bar, Then::NewPassage);
                }
                self.column += 1;
            }
            Element::Caption => self.line_apart(),
            _ => {}
        }
    }

    fn item(&mut self) {
        let marker = self.plain.text.len();
        self.line();
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(DEEPEST));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.plain.text.push_str(&format!("{indent}{number}. "));
                *number = number.saturating_add(1);
            }
            _ => self.plain.text.push_str(&format!("{indent}- ")),
        }
        self.aside(marker, Then::NewPassage);
    }

    fn close(&mut self, element: Option<Element>) {
        match element {
            Some(Element::Phrase(phrase)) if self.stand_ins >= StandIns::Phrases => self.close_phrase(phrase),
            Some(Element::Quote(_)) => self.quotes = self.quotes.saturating_sub(1),
            Some(Element::Bullets(_) | Element::Numbers(..)) => drop(self.lists.pop()),
            Some(Element::Paragraph(_)) if !self.lists.is_empty() || self.quotes > 0 => self.line_apart(),
            Some(Element::QuotedHeading) => self.line_apart(),
            _ => {}
        }
    }

    fn void(&mut self, element: Option<Element>) {
        match element {
            Some(Element::Break) => self.plain.text.push('\n'),
            Some(Element::SoftBreak) => self.is_parted = self.plain.text.len() > self.start,
            Some(Element::NoteMark(mark)) if self.stand_ins == StandIns::All => {
                let number = self.text.notes[self.text.marks[mark as usize].note].number;
                self.stand_in(&format!("[{number}]"));
            }
            Some(Element::Image(link)) => {
                let alternative = &self.text.links[link as usize].alternative;
                if !alternative.is_empty() {
                    // A reader sees the image, not its text.
                    self.stand_in(&format!("[{alternative}]"));
                }
            }
            _ => {}
        }
    }

    fn open_phrase(&mut self, phrase: Phrase, inner: &[Node]) {
        let sign = match phrase {
            Phrase::Struck => return self.stand_in("~~"),
            Phrase::Sup => '^',
            Phrase::Sub => '_',
            _ => return,
        };
        let bare = self.is_number_alone(inner);
        self.bracketed.push(!bare);
        self.stand_in(&if bare { sign.to_string() } else { format!("{sign}{{") });
    }

    fn close_phrase(&mut self, phrase: Phrase) {
        match phrase {
            Phrase::Struck => self.stand_in("~~"),
            Phrase::Sup | Phrase::Sub if self.bracketed.pop() == Some(true) => self.stand_in("}"),
            _ => {}
        }
    }

    /// Whether a phrase is a number that nothing follows of which it would seem a part.
    fn is_number_alone(&self, inner: &[Node]) -> bool {
        let [Node::Chars(start, end), Node::Close(_), next @ ..] = inner else { return false };
        let number = self.text.chars(*start, *end);
        let follows = match next.first() {
            Some(Node::Chars(start, end)) => self.text.chars(*start, *end).chars().next(),
            _ => None,
        };
        number.strip_prefix(['-', '−', '+']).unwrap_or(number).bytes().all(|byte| byte.is_ascii_digit())
            && !follows.is_some_and(char::is_numeric)
    }

    fn stand_in(&mut self, words: &str) {
        self.words("");
        let start = self.plain.text.len();
        self.plain.text.push_str(words);
        self.aside(start, Then::SamePassage);
    }

    /// Begins a new line that is a passage of its own.
    fn line_apart(&mut self) {
        let start = self.plain.text.len();
        self.line();
        self.aside(start, Then::NewPassage);
    }

    /// Remembers that the text from `start` on stands for markup.
    fn aside(&mut self, start: usize, then: Then) {
        self.plain.asides.push(Aside { text: start..self.plain.text.len(), then });
    }

    /// Begins a new line unless one is begun.
    fn line(&mut self) {
        self.is_parted = false;
        let block = &self.plain.text[self.start..];
        if !block.is_empty() && !block.ends_with('\n') {
            self.plain.text.push('\n');
        }
    }
}
