//! From characters placed on pages to paragraphs in the order of reading.
//!
//! A format for printing stores where each character stands and nothing of what it belongs to: some programs write a line at
//! once, some every character as an object of its own, in any order. So lines are found by where their characters stand,
//! paragraphs by how lines stand to each other, and what recurs at the edge of every page is furniture.
//!
//! Each character that is seen has its number in the file, and the pieces say which numbers they hold.

mod columns;
mod furniture;
mod lines;
mod paragraphs;
mod width;

pub(in crate::import::read) use self::width::{is_wide, of as width_of};
use super::order::Order;
use crate::import::dropped::WhyDropped;
use crate::import::flow::Piece;

/// A page, from its upper left corner, in millimetres or any other unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub height: f64,
    pub runs: Vec<Run>,
    pub pictures: Vec<PlacedPicture>,
    /// Whether lines are ruled on it as in tables and forms.
    pub is_ruled: bool,
    pub has_text: bool,
}

/// Characters that were set in one go, on one line.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
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
pub(super) enum Way {
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
pub(super) struct Glyph {
    pub character: char,
    pub x: f64,
    /// How far the next one of its run is set off, where that is known.
    pub advance: Option<f64>,
    /// Its number in the file; none for white space.
    pub id: Option<usize>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedPicture {
    /// The name of its file.
    pub name: String,
    /// Its middle, from the top.
    pub y: f64,
}

/// What pages became.
#[derive(Debug, Default)]
pub(super) struct LaidOut {
    pub pieces: Vec<Piece>,
    /// The characters of the pieces, by their numbers.
    pub order: Order,
    /// Pages that were read column by column, from 1.
    pub in_columns: Vec<usize>,
}

/// Reads pages.
pub(super) fn read(pages: Vec<Page>) -> LaidOut {
    let mut in_columns = Vec::new();
    let mut set = Vec::new();
    for (at, page) in pages.into_iter().enumerate() {
        let mut found = lines::find(at, &page);
        let columns = if page.is_ruled { 1 } else { columns::settle(&mut found.text) };
        if columns > 1 {
            in_columns.push(at + 1);
        }
        set.push(furniture::SetPage {
            height: page.height,
            lines: found.text,
            aside: found.aside,
            pictures: page.pictures,
        });
    }
    furniture::settle(&mut set);
    let mut laid_out = paragraphs::build(set);
    laid_out.in_columns = in_columns;
    laid_out
}

#[cfg(test)]
mod tests;
