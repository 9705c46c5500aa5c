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
mod outline;
mod page;
mod paragraphs;
mod tables;
mod text;
mod width;

pub(in crate::import::read) use self::outline::headings;
pub(in crate::import::read) use self::page::{
    Glyph, Hyphen, LaidOut, Page, Place, PlacedPicture, PlacedTable, Run, Way,
};
pub(in crate::import::read) use self::width::{is_wide, of as width_of};

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
            tables: page.tables,
        });
    }
    furniture::settle(&mut set);
    let mut laid_out = paragraphs::build(set);
    laid_out.in_columns = in_columns;
    laid_out
}

#[cfg(test)]
mod tests;
