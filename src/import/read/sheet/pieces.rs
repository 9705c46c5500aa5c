//! From the parts of a sheet to the pieces of the text.

use std::collections::BTreeSet;

use super::code::general;
use super::layout::{Placed, Region};
use super::workbook::{Cell, Sheet};
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Change, Flow, Form, GridPlace, Mark, Piece, Sense};
use crate::text::tape::Align;

/// Longest title, in characters.
const LONGEST_TITLE: usize = 80;

/// Most numbers whose stored form is kept beside the shown one.
const CHANGES: usize = 10_000;

/// Adds the heading of a sheet.
pub(super) fn heading(name: &str, flow: &mut Flow) {
    flow.pieces.push(Piece { text: name.to_string(), form: Form::Heading(1), ..Piece::default() });
}

/// The words of a title line, where they can be a title.
pub(super) fn title(sheet: &Sheet, region: &Region) -> Option<String> {
    let cell = region.cells.iter().find_map(|placed| sheet.cells.get(placed.cell?))?;
    let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_short = text.chars().nth(LONGEST_TITLE).is_none();
    let is_words = cell.stored.is_none() && text.chars().any(char::is_alphabetic) && !text.contains(['：', ':', '。']);
    (is_short && is_words).then_some(text)
}

/// Adds a part of a sheet.
pub(super) fn add(sheet: &Sheet, region: &Region, is_heading: bool, flow: &mut Flow) {
    let outside = sheet.is_hidden.then_some(WhyDropped::Hidden);
    let mut piece = if region.is_table { table(sheet, region, flow) } else { line(sheet, region, flow) };
    if is_heading {
        (piece.form, piece.align) = (Form::Heading(1), None);
    }
    flow.pieces.push(Piece { outside, ..piece });
}

/// Cells in a row as one paragraph.
fn line(sheet: &Sheet, region: &Region, flow: &mut Flow) -> Piece {
    let mut piece = Piece::default();
    let line = flow.pieces.len() + 1;
    for cell in region.cells.iter().filter_map(|placed| sheet.cells.get(placed.cell?)) {
        if !piece.text.is_empty() {
            piece.text.push(' ');
        }
        set(cell, &mut piece);
        tell(cell, line, flow);
    }
    let mut shown = region.cells.iter().filter_map(|placed| sheet.cells.get(placed.cell?));
    if let (Some(only), None) = (shown.next(), shown.next()) {
        piece.align = only.align.filter(|align| *align == Align::Center);
    }
    piece
}

/// Where the cells of a table are: for each place of the grid the cell that takes it.
struct Grid {
    rows: Vec<u32>,
    columns: Vec<u32>,
    /// One more than the cell's number; nothing where there is none.
    places: Vec<u32>,
}

impl Grid {
    /// Only rows and columns in which something begins are part of the grid.
    fn of(cells: &[Placed]) -> Self {
        let shown = || cells.iter().filter(|placed| placed.cell.is_some());
        let rows: BTreeSet<u32> = shown().map(|placed| placed.area.rows.start).collect();
        let columns: BTreeSet<u32> = shown().map(|placed| placed.area.columns.start).collect();
        let mut grid =
            Self { rows: rows.into_iter().collect(), columns: columns.into_iter().collect(), places: vec![] };
        grid.places = vec![0; grid.rows.len() * grid.columns.len()];
        for (at, placed) in cells.iter().enumerate() {
            let (rows, columns) = grid.span(placed);
            for row in rows {
                let start = row * grid.columns.len();
                let own = grid.places.get_mut(start + columns.start..start + columns.end).unwrap_or_default();
                own.fill(u32::try_from(at + 1).unwrap_or(0));
            }
        }
        grid
    }

    /// The rows and columns of the grid that a cell takes.
    fn span(&self, placed: &Placed) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let within = |all: &[u32], own: &std::ops::Range<u32>| {
            all.partition_point(|at| *at < own.start)..all.partition_point(|at| *at < own.end)
        };
        (within(&self.rows, &placed.area.rows), within(&self.columns, &placed.area.columns))
    }
}

fn table(sheet: &Sheet, region: &Region, flow: &mut Flow) -> Piece {
    let grid = Grid::of(&region.cells);
    let line = flow.pieces.len() + 1;
    let width = grid.columns.len();
    let mut piece = Piece::default();
    let mut told = vec![false; width];
    let mut rows = Vec::with_capacity(grid.rows.len());
    for (row, places) in grid.places.chunks(width.max(1)).enumerate() {
        let mut cells = Vec::with_capacity(width);
        if row > 0 {
            piece.text.push('\n');
        }
        for (column, place) in places.iter().enumerate() {
            if column > 0 {
                piece.text.push('\t');
            }
            let placed = place.checked_sub(1).and_then(|at| region.cells.get(at as usize));
            let first = placed.map(|placed| grid.span(placed)).map(|(rows, columns)| (rows.start, columns.start));
            let start = piece.text.len();
            cells.push(match first {
                Some((above, _)) if above < row => GridPlace::Up,
                Some((_, left)) if left < column => GridPlace::Left,
                _ => {
                    let cell = placed.and_then(|placed| sheet.cells.get(placed.cell?));
                    if let Some(cell) = cell {
                        set(cell, &mut piece);
                        if cell.stored.is_some() && !std::mem::replace(&mut told[column], true) {
                            tell(cell, line, flow);
                        }
                    }
                    GridPlace::Cell(start..piece.text.len(), cell.and_then(|cell| cell.align))
                }
            });
        }
        rows.push(cells);
    }
    piece.form = Form::Table(rows);
    piece
}

/// Adds what a cell shows to the text of a piece.
fn set(cell: &Cell, piece: &mut Piece) {
    let start = piece.text.len();
    let mark = piece.marks.len();
    for (nth, line) in cell.text.split('\n').enumerate() {
        if nth > 0 {
            let at = piece.text.len();
            piece.marks.push(Mark { range: at..at, sense: Sense::Break });
        }
        piece.text.extend(line.chars().map(|character| if character == '\t' { ' ' } else { character }));
    }
    if let Some(link) = &cell.link {
        let sense = Sense::Link(link.to_string());
        piece.marks.insert(mark, Mark { range: start..piece.text.len(), sense });
    }
}

/// Keeps the number that is stored where another is shown.
fn tell(cell: &Cell, line: usize, flow: &mut Flow) {
    let Some(stored) = cell.stored.filter(|_| flow.changes.len() < CHANGES) else { return };
    let now = cell.text.to_string();
    flow.changes.push(Change { line, was: general(stored), now, why: "cell-format" });
}
