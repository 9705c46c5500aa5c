//! The tape: what the characters of a text are, in the order in which they stand.
//!
//! Elements are opened and closed in pre-order and always nest. Nothing on the tape is markup of any format: a writer walks
//! it and says each element in its own words. What an element needs besides (a link's destination, a block's id) lies in
//! a list of the [`Text`](super::Text), by its index, so that a node is small and can be copied.

use std::ops::Range;

/// One step of the tape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// An element begins.
    Open(Element),
    /// It ends.
    Close(Element),
    /// An element that holds nothing.
    Void(Element),
    /// Characters of the text, from and to.
    Chars(usize, usize),
    /// A place where what was printed and what is read differ: index into the text's choices.
    Choice(usize),
}

/// A block with an id: index into the text's blocks. Blocks within blocks have none.
pub type BlockAt = Option<u32>;

/// What a piece of the text is. Numbers are indices into lists of the text, unless they say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// A section's heading: the part that it begins.
    Heading(u32),
    /// The printed number at a heading's beginning.
    Number,
    /// A paragraph.
    Paragraph(BlockAt),
    /// A heading inside a block, which begins no section.
    QuotedHeading,
    /// A quotation of one or more blocks.
    Quote(BlockAt),
    /// A list without numbers.
    Bullets(BlockAt),
    /// A list with numbers.
    Numbers(BlockAt, i32),
    /// A member of a list.
    Item,
    /// A table.
    Table(BlockAt),
    /// A table's caption.
    TableCaption,
    /// The rows at a table's head.
    Head,
    /// Its other rows.
    Body,
    /// A row.
    Row,
    /// A cell.
    Cell(Cell),
    /// A picture that stands alone.
    Figure(BlockAt),
    /// What is printed below it.
    Caption,
    /// Text in which every space and line end counts.
    Preformatted(BlockAt),
    /// A block that is only held together by its id.
    Division(BlockAt),
    /// A rule between blocks.
    Rule,
    /// Code; the language that it is written in.
    Code(Option<u32>),
    /// A bar that stands for hidden words: their number.
    Redacted(u32),
    /// A link.
    Link(u32),
    /// A picture: its link.
    Image(u32),
    /// The mark of a footnote.
    NoteMark(u32),
    /// The end of a line that the author set.
    Break,
    /// The end of a line in the source, which is a space.
    SoftBreak,
    /// A phrase within a line.
    Phrase(Phrase),
    /// An element of HTML that a person wrote.
    Html(u32),
}

/// A phrase within a line, and how it differs from what is around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// Of great importance.
    Strong,
    /// Stressed.
    Emphasis,
    /// Struck out.
    Struck,
    /// Set bold.
    Bold,
    /// Set in italics.
    Italic,
    /// The title of a work.
    Cited,
    /// Quoted in the line.
    Quoted,
    /// An abbreviation.
    Abbreviation,
    /// A term where it is defined.
    Term,
    /// Underlined.
    Underlined,
    /// Marked with a pen.
    Marked,
    /// Set small.
    Small,
    /// Below the line.
    Sub,
    /// Above the line.
    Sup,
    /// Characters with their reading.
    Ruby,
    /// The reading.
    Reading,
    /// A bracket around the reading, for those who cannot set it above.
    ReadingBracket,
    /// Nothing but its attributes.
    Span,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Whether it heads a column or row.
    pub head: bool,
    /// What it heads, where that is said.
    pub scope: Option<Scope>,
    /// To which side its text is set.
    pub align: Option<Align>,
    /// Columns that it takes.
    pub columns: u16,
    /// Rows that it takes.
    pub rows: u16,
}

impl Cell {
    /// A cell of which nothing is said.
    pub fn plain() -> Self {
        Self { head: false, scope: None, align: None, columns: 1, rows: 1 }
    }
}

/// What a cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Its row.
    Row,
    /// Its column.
    Column,
}

impl Scope {
    /// HTML's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Column => "col",
        }
    }
}

/// The side to which text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Left.
    Left,
    /// In the middle.
    Center,
    /// Right.
    Right,
}

impl Align {
    /// The word for it, which is also its class in the style sheet.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Center => "center",
            Self::Right => "right",
        }
    }

    /// The side with this word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Left, Self::Center, Self::Right].into_iter().find(|align| align.word() == word)
    }
}

/// An element of HTML that a person wrote, as far as it was allowed to stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlElement {
    /// Its name.
    pub name: String,
    /// Its attributes in their order; an address is a link of the text.
    pub attributes: Vec<(String, Attribute)>,
    /// What it is to formats other than a page; absent where they keep its content alone.
    pub means: Option<Element>,
    /// The block that it begins.
    pub block: BlockAt,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribute {
    /// A text.
    Text(String),
    /// An address: index into the text's links.
    Address(u32),
}

impl HtmlElement {
    /// An attribute that is a text.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find_map(|(own, value)| match value {
            Attribute::Text(text) if own == name => Some(text.as_str()),
            _ => None,
        })
    }
}

/// Why what is read differs from what was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A capture flattened the mark; see [`punctuation`](super::punctuation).
    Punctuation,
}

/// One difference between what was printed and what is read; ranges of the text's characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the source has.
    pub printed: Range<usize>,
    /// What a reader is shown.
    pub read: Range<usize>,
    /// Why they differ.
    pub why: Why,
}

/// Which side of a choice a writer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// What the source has.
    Printed,
    /// What a reader is shown.
    Read,
}

/// A place in a list of the text: as many as a file has bytes at most, which fit.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
