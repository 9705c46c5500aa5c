//! The text of one document: Markdown to a tape.
//!
//! A text is parsed once. All its characters lie in one string, as they were captured, and a flat [`tape`] says what they
//! are: blocks, phrases, links, notes, and the places where what was printed and what is read differ. Every writer is a walk
//! over it: the page ([`html`]), plain text ([`plain`]), [`markdown`], and, through [`strict`], the formats that are XML or typeset.
//! None looks at what another one wrote. Ids and numbers are decided here, once.
//!
//! The text knows nothing of the archive around it: links are kept as they were written, with their place in the file,
//! and are resolved when a page is composed.

pub(crate) mod aligned;
pub mod anchor;
mod block;
mod build;
pub(crate) mod columns;
pub(crate) mod comments;
pub mod events;
mod heading;
pub mod html;
mod joined;
mod levels;
pub mod markdown;
pub(crate) mod numbered;
pub mod parse;
pub mod plain;
pub mod printed_number;
pub mod punctuation;
mod raised;
pub(crate) mod redact;
pub(crate) mod reserved;
mod sanitise;
pub mod strict;
pub mod tape;

use std::collections::BTreeSet;
use std::ops::Range;

use tape::{Align, Choice, Element, HtmlElement, Node, View};

/// A document's text.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// All characters; behind those of the source stand the ones that choices read instead.
    pub chars: String,
    /// What they are, without the footnotes.
    pub tape: Vec<Node>,
    /// The introduction (always there, perhaps empty), then every section in the order of the text.
    pub parts: Vec<Part>,
    /// The blocks outside all others, which have ids.
    pub blocks: Vec<Block>,
    /// Footnotes in the order in which they were met.
    pub notes: Vec<Note>,
    /// Every mark of a footnote.
    pub marks: Vec<NoteMark>,
    /// Every link and image, as written.
    pub links: Vec<Link>,
    /// Where what was printed and what is read differ.
    pub choices: Vec<Choice>,
    /// What is hidden from readers, in the order of the text.
    pub redacted: Vec<redact::Redacted>,
    /// Languages that code is written in.
    pub languages: Vec<String>,
    /// HTML of a person's own.
    pub html: Vec<HtmlElement>,
    /// Whether flattened punctuation is shown as it was printed.
    pub restored: bool,
}

/// The introduction or one section, without its sub-sections.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Absent for the introduction.
    pub heading: Option<Heading>,
    /// Heading and blocks within [`Text::tape`].
    pub tape: Range<usize>,
    /// Its blocks within [`Text::blocks`].
    pub blocks: Range<usize>,
    /// Marks of footnotes in this part: indices into [`Text::marks`].
    pub marks: Vec<u32>,
    /// Footnotes that stand in this part and that nothing refers to.
    pub strays: Vec<usize>,
}

/// A block outside all others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Its lasting id.
    pub id: String,
    /// The number of a paragraph among the numbered ones, of a table among the tables; 0 where it has none.
    pub number: usize,
    /// The side that a paragraph is set to, where it is not the usual one.
    pub align: Option<Align>,
    /// Where it stands in [`Text::tape`].
    pub tape: Range<usize>,
}

/// The mark of a footnote in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteMark {
    /// The note: index into [`Text::notes`].
    pub note: usize,
    /// The mark's own id.
    pub id: String,
}

/// A section's heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// The section's lasting id.
    pub id: String,
    /// 1 for the highest level in use, without gaps.
    pub level: u8,
    /// The number as printed.
    pub number: Option<String>,
    /// Whether a space follows the number.
    pub spaced: bool,
    /// The text after the number.
    pub title: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// Where it stands in [`Text::tape`].
    pub tape: Range<usize>,
}

impl Heading {
    /// The number with the space that the source prints after it.
    pub fn spaced_number(&self) -> Option<String> {
        self.number.as_ref().map(|number| format!("{number}{}", if self.spaced { " " } else { "" }))
    }

    /// Number and title in one line.
    pub fn full(&self) -> String {
        format!("{}{}", self.spaced_number().unwrap_or_default(), self.title)
    }
}

/// A footnote.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// Its label, as written.
    pub label: String,
    /// Anchor, from the label: `fn-…`.
    pub id: String,
    /// Number shown, running through the document.
    pub number: usize,
    /// Its tape, over the same characters.
    pub tape: Vec<Node>,
    /// Where it was defined: a place in [`Text::tape`].
    pub place: usize,
    /// Marks of other notes inside it.
    pub marks: Vec<u32>,
}

/// A link or image as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// The destination as written.
    pub destination: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// Whether it is shown in the page rather than followed.
    pub image: bool,
    /// What its title says.
    pub title: String,
    /// What an image shows, in words.
    pub alternative: String,
}

impl Text {
    /// A text without a word: an introduction that is empty.
    pub fn empty() -> Self {
        Self { parts: vec![Part::default()], ..Self::default() }
    }

    /// The characters from one place to another.
    pub fn chars(&self, start: usize, end: usize) -> &str {
        self.chars.get(start..end).unwrap_or_default()
    }

    /// What stands at a choice.
    pub fn chosen(&self, choice: usize, view: View) -> &str {
        let choice = &self.choices[choice];
        let range = match view {
            View::Printed => &choice.printed,
            View::Read => &choice.read,
        };
        self.chars(range.start, range.end)
    }

    /// What an element is to every format but a page; `None` where these keep its content alone.
    pub fn meaning(&self, element: Element) -> Option<Element> {
        match element {
            Element::Html(at) => self.html.get(at as usize)?.means,
            element => Some(element),
        }
    }

    /// A block with an id.
    pub fn block(&self, at: tape::BlockAt) -> Option<&Block> {
        self.blocks.get(at? as usize)
    }

    /// The tape of neighbouring parts.
    pub fn tape_of(&self, parts: Range<usize>) -> &[Node] {
        match (self.parts.get(parts.start), self.parts[parts.clone()].last()) {
            (Some(first), Some(last)) => &self.tape[first.tape.start..last.tape.end],
            _ => &[],
        }
    }

    /// Ids of the blocks of a part.
    pub fn ids_of<'t>(&'t self, part: &Part) -> impl Iterator<Item = &'t str> {
        self.blocks[part.blocks.clone()].iter().map(|block| block.id.as_str())
    }

    /// Which parts stand together on a page: the landing page first, then a page for each section whose level is at
    /// most `split_level`. With a level of 0 there is only the landing page, and it holds the introduction alone.
    pub fn pages(&self, split_level: u8) -> Vec<Range<usize>> {
        let starts = |part: &Part| part.heading.as_ref().is_some_and(|heading| heading.level <= split_level);
        let mut pages = Vec::new();
        let mut first = 0;
        for (at, part) in self.parts.iter().enumerate().skip(1) {
            if starts(part) || (split_level == 0 && pages.is_empty()) {
                pages.push(first..at);
                first = at;
            }
        }
        if split_level > 0 || pages.is_empty() {
            pages.push(first..self.parts.len());
        }
        pages
    }

    /// The notes that a page shows: those its parts refer to, those that these notes refer to, and strays; by number.
    pub fn notes_of(&self, parts: Range<usize>) -> Vec<usize> {
        let parts = &self.parts[parts];
        let note_of = |mark: &u32| self.marks[*mark as usize].note;
        let referred = parts.iter().flat_map(|part| part.marks.iter().map(note_of));
        let mut open: Vec<usize> = referred.chain(parts.iter().flat_map(|part| part.strays.iter().copied())).collect();
        let mut shown = BTreeSet::new();
        while let Some(note) = open.pop() {
            if shown.insert((self.notes[note].number, note)) {
                open.extend(self.notes[note].marks.iter().map(note_of));
            }
        }
        shown.into_iter().map(|(_, note)| note).collect()
    }
}
