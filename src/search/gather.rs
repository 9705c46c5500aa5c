//! What one document gives to the index: its passages, folded for the postings and as they stand for the excerpts.

use super::alphabet::Alphabet;
use crate::fold::{END, folder};
use crate::text::anchor;

/// Characters from which on a unit goes on in a further block, so that no excerpt loads a whole book.
const BLOCK: usize = 4_000;

/// A piece of a unit: what a posting names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct GatheredBlock {
    /// Folded text: titles, then headings, then the rest.
    pub folded: Vec<u16>,
    /// Where in `folded` the titles end.
    pub titles: usize,
    /// Where in `folded` the headings end.
    pub headings: usize,
    /// Lines of the excerpt in the alphabet of the archive.
    pub excerpt: Vec<u8>,
    /// Whether reading it needs the table of variants.
    pub varied: bool,
}

/// One document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Gathered {
    /// Blocks of each unit: the introduction, then the sections.
    pub units: Vec<u32>,
    /// All blocks.
    pub blocks: Vec<GatheredBlock>,
    /// The line that stands above the document's blocks in an excerpt.
    pub head: Vec<u8>,
}

/// Gathers a document. Lines of an excerpt begin with a letter for what they are; fields are parted by tabs.
pub(crate) struct Gatherer<'a> {
    alphabet: &'a Alphabet,
    gathered: Gathered,
    titles: Vec<u16>,
    headings: Vec<u16>,
    rest: Vec<u16>,
    excerpt: Vec<u8>,
    varied: bool,
    /// Whether the document's title is, which stands above all its hits.
    head_varied: bool,
    characters: usize,
    page: String,
    heading: String,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    /// The document's title or subtitle.
    Title,
    /// A heading.
    Heading,
    /// What the record says; it stands on the page itself, as a title does.
    Record,
    /// Anything else.
    Text,
}

impl<'a> Gatherer<'a> {
    /// A document at a place, with what is shown of it above its hits.
    pub(crate) fn new(alphabet: &'a Alphabet, directory: &str, title: &str, date: &str, by: &str) -> Self {
        let mut gatherer = Self {
            alphabet,
            gathered: Gathered::default(),
            titles: Vec::new(),
            headings: Vec::new(),
            rest: Vec::new(),
            excerpt: Vec::new(),
            varied: false,
            head_varied: folder().fold(&[title], &mut Vec::new()),
            characters: 0,
            page: String::new(),
            heading: String::new(),
        };
        gatherer.write_line('D', [[directory].as_slice(), &[title], &[date], &[by]]);
        gatherer.gathered.head = std::mem::take(&mut gatherer.excerpt);
        gatherer
    }

    /// Begins a unit: its page in the document's folder, and its heading.
    pub(crate) fn unit(&mut self, page: &str, heading: &str) {
        self.close();
        self.gathered.units.push(0);
        (self.page, self.heading) = (page.to_string(), heading.to_string());
        self.open();
    }

    /// Adds a passage with the id to link to; a title has none, since it is the page itself.
    pub(crate) fn passage(&mut self, rank: Rank, id: &str, pieces: &[&str]) {
        if self.characters > BLOCK {
            self.close();
            self.open();
        }
        let (kind, folded) = match rank {
            Rank::Title => ('T', &mut self.titles),
            Rank::Heading => ('H', &mut self.headings),
            Rank::Record => ('T', &mut self.rest),
            Rank::Text => ('P', &mut self.rest),
        };
        self.varied |= folder().fold(pieces, folded);
        self.characters += pieces.iter().map(|piece| piece.len()).sum::<usize>() / 3;
        // The id of a paragraph is made from its text, and a reader can make it too.
        let own = matches!(pieces, [piece] if id.strip_prefix("p-").is_some_and(|id| anchor::digest(piece) == id));
        let id = if own { "" } else { id };
        self.write_line(kind, [[id].as_slice(), pieces]);
    }

    /// All of it.
    pub(crate) fn finish(mut self) -> Gathered {
        self.close();
        self.gathered
    }

    fn open(&mut self) {
        // Most sections are no longer than that.
        self.rest.reserve(1 << 10);
        self.excerpt.reserve(2 << 10);
        let (page, heading) = (std::mem::take(&mut self.page), std::mem::take(&mut self.heading));
        self.write_line('U', [[page.as_str()].as_slice(), &[&heading]]);
        (self.page, self.heading) = (page, heading);
    }

    fn close(&mut self) {
        let Some(blocks) = self.gathered.units.last_mut() else { return };
        *blocks += 1;
        let mut folded = Vec::with_capacity(self.titles.len() + self.headings.len() + self.rest.len());
        folded.append(&mut self.titles);
        let titles = folded.len();
        folded.append(&mut self.headings);
        let headings = folded.len();
        folded.append(&mut self.rest);
        debug_assert!(folded.last().is_none_or(|unit| *unit == END));
        self.gathered.blocks.push(GatheredBlock {
            folded,
            titles,
            headings,
            excerpt: std::mem::take(&mut self.excerpt),
            varied: std::mem::take(&mut self.varied) || self.head_varied,
        });
        self.characters = 0;
    }

    fn write_line<'t>(&mut self, kind: char, fields: impl IntoIterator<Item = &'t [&'t str]>) {
        self.alphabet.write(kind.encode_utf8(&mut [0; 4]), &mut self.excerpt);
        for (at, pieces) in fields.into_iter().enumerate() {
            if at > 0 {
                self.alphabet.write_unit(u16::from(b'\t'), &mut self.excerpt);
            }
            for piece in pieces {
                self.alphabet.write(piece, &mut self.excerpt);
            }
        }
        self.alphabet.write_unit(u16::from(b'\n'), &mut self.excerpt);
    }
}
