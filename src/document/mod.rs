//! The text of one document: Markdown to sections.
//!
//! A document is parsed once. What comes out knows nothing of the archive around it: links are kept as they were
//! written, with their place in the file, and are resolved when a page is composed. So the same sections serve the
//! section pages, the whole text on one page, and the downloads, each with the links that are right there.

pub mod anchor;
mod frame;
mod html;
pub mod parse;
pub mod printed_number;
pub mod punctuation;
mod sanitise;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// A document's text.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The whole text as HTML, with gaps where links go.
    pub html: Fragment,
    /// The introduction (always there, perhaps empty), then every section in the order of the text.
    pub parts: Vec<Part>,
    /// Footnotes in the order of their numbers.
    pub notes: Vec<Note>,
    /// Every link and image, as written.
    pub links: Vec<Link>,
    /// Whether flattened punctuation is shown as it was printed.
    pub restored: bool,
}

/// The introduction or one section, without its sub-sections.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Absent for the introduction.
    pub heading: Option<Heading>,
    /// Heading and blocks within [`Document::html`].
    pub html: Range<usize>,
    /// The same as plain text, paragraphs parted by blank lines.
    pub text: String,
    /// Where heading and blocks stand in `text`; those without text are left out.
    pub spans: Vec<Span>,
    /// What in `text` stands for markup, in order.
    pub asides: Vec<Aside>,
    /// Footnote references in this part: index of the note, id of the reference.
    pub references: Vec<(usize, String)>,
    /// Footnotes that stand in this part and that nothing refers to.
    pub strays: Vec<usize>,
    /// Ids of the blocks in this part, for links.
    pub blocks: Vec<String>,
}

/// The text of a heading or block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Index into [`Part::blocks`]; the heading has none.
    pub block: Option<usize>,
    /// Where it stands in [`Part::text`].
    pub text: Range<usize>,
}

/// A piece of plain text that stands for markup: the mark of a footnote or a list item, the bar between two cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// Where it stands; empty where only an end is meant.
    pub text: Range<usize>,
    /// Whether a passage ends there.
    pub apart: bool,
}

/// What a reader reads in one go: a heading, paragraph, list item or cell. Pieces of the text, between the marks in it.
pub type Passage<'a> = Vec<&'a str>;

/// The passages of a plain text.
fn passages<'a>(text: &'a str, span: Range<usize>, asides: &[Aside]) -> Vec<Passage<'a>> {
    let first = asides.partition_point(|aside| aside.text.end < span.start);
    let mut passages = vec![Vec::new()];
    let mut done = span.start;
    let mut push = |range: Range<usize>, apart: bool| {
        // Marks stand where characters end, so a piece is always one; a text cut at its end may lack the last mark.
        let piece = text.get(range).unwrap_or_default();
        if let Some(passage) = passages.last_mut().filter(|_| !piece.is_empty()) {
            passage.push(piece);
        }
        if apart {
            passages.push(Vec::new());
        }
    };
    for aside in asides[first..].iter().take_while(|aside| aside.text.start < span.end) {
        push(done..aside.text.start, aside.apart);
        done = aside.text.end;
    }
    push(done..span.end, false);
    passages.retain(|passage| !passage.is_empty());
    passages
}

impl Part {
    /// Adds the text of the heading, if no block is there yet, or of the newest block.
    fn push(&mut self, text: &str, asides: Vec<Aside>) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.reserve(text.len() + 2);
        self.text.push_str(text);
        self.spans.push(Span { block: self.blocks.len().checked_sub(1), text: start..self.text.len() });
        self.text.push_str("\n\n");
        let moved = |aside: Aside| Aside { text: start + aside.text.start..start + aside.text.end, ..aside };
        self.asides.extend(asides.into_iter().map(moved));
    }

    /// The passages of a span.
    pub fn passages(&self, span: &Span) -> Vec<Passage<'_>> {
        passages(&self.text, span.text.clone(), &self.asides)
    }
}

/// A section's heading.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// HTML with gaps: at each byte offset the address of a link goes in.
#[derive(Debug, Clone, Default)]
pub struct Fragment {
    /// The HTML around the gaps.
    pub html: String,
    /// Offset into `html`, index into [`Document::links`]; ascending.
    pub gaps: Vec<(usize, usize)>,
}

impl Fragment {
    /// The HTML in a range with every gap filled: the address of the link and the quotation mark that ends it.
    pub fn fill(&self, range: Range<usize>, mut address: impl FnMut(usize, &mut String)) -> Cow<'_, str> {
        let first = self.gaps.partition_point(|(at, _)| *at < range.start);
        let last = self.gaps.partition_point(|(at, _)| *at < range.end);
        if first == last {
            return Cow::Borrowed(&self.html[range]);
        }
        let mut filled = String::with_capacity(range.len() + 48 * (last - first));
        let mut done = range.start;
        for (at, link) in &self.gaps[first..last] {
            filled.push_str(&self.html[done..*at]);
            address(*link, &mut filled);
            done = *at;
        }
        filled.push_str(&self.html[done..range.end]);
        Cow::Owned(filled)
    }
}

/// A footnote.
#[derive(Debug, Clone, Default)]
pub struct Note {
    /// Anchor, from its label: `fn-…`.
    pub id: String,
    /// Number shown, running through the document.
    pub number: usize,
    /// Its text.
    pub html: Fragment,
    /// Which of its full-width marks were captured as such, where others are restored; see [`punctuation`].
    pub flat: Option<String>,
    /// Its plain text.
    pub text: String,
    /// What in `text` stands for markup, in order.
    pub asides: Vec<Aside>,
    /// References to other notes inside it.
    pub references: Vec<(usize, String)>,
}

impl Note {
    /// Its passages.
    pub fn passages(&self) -> Vec<Passage<'_>> {
        passages(&self.text, 0..self.text.len(), &self.asides)
    }
}

/// A link or image as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The destination as written.
    pub destination: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// Whether it is shown in the page rather than followed.
    pub image: bool,
}

impl Document {
    /// Where the HTML of neighbouring parts stands in [`Document::html`].
    pub fn html_of(&self, parts: Range<usize>) -> Range<usize> {
        match (self.parts.get(parts.start), self.parts[parts.clone()].last()) {
            (Some(first), Some(last)) => first.html.start..last.html.end,
            _ => 0..0,
        }
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
        let referred = parts.iter().flat_map(|part| part.references.iter().map(|(note, _)| *note));
        let mut open: Vec<usize> = referred.chain(parts.iter().flat_map(|part| part.strays.iter().copied())).collect();
        let mut shown = BTreeSet::new();
        while let Some(note) = open.pop() {
            if shown.insert((self.notes[note].number, note)) {
                open.extend(self.notes[note].references.iter().map(|(note, _)| *note));
            }
        }
        shown.into_iter().map(|(_, note)| note).collect()
    }
}
