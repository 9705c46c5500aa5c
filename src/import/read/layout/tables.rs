//! Tables whose cells are known by the lines that rule them.

use super::lines::{self, Line};
use super::page::{LaidOut, Page, Place, PlacedTable};
use super::text::push_line;
use crate::import::flow::{Form, GridPlace, Piece};

/// Adds a table as a piece: a tab between two cells, a line feed between two rows.
pub(super) fn emit(page: usize, table: PlacedTable, out: &mut LaidOut) {
    let mut text = String::new();
    let mut rows = Vec::new();
    for (at, row) in table.rows.into_iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let mut places = Vec::new();
        for (at, place) in row.into_iter().enumerate() {
            if at > 0 {
                text.push('\t');
            }
            places.push(match place {
                Place::Left => GridPlace::Left,
                Place::Up => GridPlace::Up,
                Place::Cell(runs) => {
                    let start = text.len();
                    let own = lines::find(page, &Page { runs, ..Page::default() });
                    own.text.iter().chain(&own.aside).for_each(|line| add(line, start, &mut text, out));
                    text.truncate(start.max(text.trim_end().len()));
                    GridPlace::Cell(start..text.len(), None)
                }
            });
        }
        rows.push(places);
    }
    out.pieces.push(Piece { text, form: Form::Table(rows), ..Piece::default() });
    out.sizes.push(None);
}

/// Adds a line of a cell that begins at `start`.
fn add(line: &Line, start: usize, text: &mut String, out: &mut LaidOut) {
    let mut own = text.split_off(start);
    push_line(line, &mut own, &mut |id, at| out.places.push((id as u32, out.pieces.len() as u32, (start + at) as u32)));
    line.glyphs.iter().filter_map(|glyph| glyph.id).for_each(|id| out.order.push(id));
    text.push_str(&own);
}
