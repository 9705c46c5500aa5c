//! What stands where on a page.

use super::super::order::Order;
use crate::import::dropped::WhyDropped;
use crate::import::flow::Piece;

/// A page, from its upper left corner, in millimetres or any other unit.
#[derive(Debug, Clone, Default)]
pub(in crate::import::read) struct Page {
    pub height: f64,
    pub runs: Vec<Run>,
    pub pictures: Vec<PlacedPicture>,
    pub tables: Vec<PlacedTable>,
    /// Whether lines are ruled on it as in tables and forms.
    pub is_ruled: bool,
    pub has_text: bool,
}

/// Characters that were set in one go, on one line.
#[derive(Debug, Clone, Default)]
pub(in crate::import::read) struct Run {
    pub glyphs: Vec<Glyph>,
    /// Height of the letters.
    pub size: f64,
    /// Where the letters stand.
    pub y: f64,
    pub way: Way,
    /// Why it is no part of the text, where the format tells.
    pub outside: Option<WhyDropped>,
}

/// Which way a run goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::import::read) enum Way {
    /// From left to right.
    #[default]
    Across,
    /// From top to bottom, or turned by a right angle.
    Down,
    /// At a slant, as nothing but marks across a page is.
    Slanted,
}

/// A character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::import::read) struct Glyph {
    pub character: char,
    pub x: f64,
    /// How far the next one of its run is set off, where that is known.
    pub advance: Option<f64>,
    /// How wide it is itself, where its font says that.
    pub width: Option<f64>,
    /// Its number in the file; none for white space.
    pub id: Option<usize>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import::read) struct PlacedPicture {
    /// The name of its file.
    pub name: String,
    /// Its middle, from the top.
    pub y: f64,
}

/// A table whose cells are known.
#[derive(Debug, Clone, Default)]
pub(in crate::import::read) struct PlacedTable {
    /// Its upper edge.
    pub y: f64,
    /// For each row the places of its grid.
    pub rows: Vec<Vec<Place>>,
}

/// A place in the grid of a table.
#[derive(Debug, Clone)]
pub(in crate::import::read) enum Place {
    /// A cell begins here.
    Cell(Vec<Run>),
    /// The cell on the left covers this place too.
    Left,
    /// The cell above does.
    Up,
}

/// A hyphen that may part a word at the end of a line.
#[derive(Debug, Clone, Copy)]
pub(in crate::import::read) struct Hyphen {
    /// Its number in the file.
    pub id: usize,
    pub piece: usize,
    /// The byte of the piece's text.
    pub at: usize,
}

/// What pages became.
#[derive(Debug, Default)]
pub(in crate::import::read) struct LaidOut {
    pub pieces: Vec<Piece>,
    /// The characters of the pieces, by their numbers.
    pub order: Order,
    /// Where each of them went: its number, the piece, and the byte of its text.
    pub places: Vec<(u32, u32, u32)>,
    /// Hyphens at the ends of lines, before a small letter, in the order of the pieces.
    pub hyphens: Vec<Hyphen>,
    /// How high the letters of each piece are; nothing for pictures.
    pub sizes: Vec<Option<f64>>,
    /// Pages that were read column by column, from 1.
    pub in_columns: Vec<usize>,
}
