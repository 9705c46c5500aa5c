//! Where the cells of a row are ([MS-DOC] 2.6.3, 2.9.327 TDefTableOperand, 2.9.317 TC80).

use std::ops::Range;

use super::bytes::u16_at;
use crate::import::read::office::body::{CELLS, CellShape, RowShape};

/// Takes a property of rows.
pub(super) fn apply(row: &mut RowShape, sprm: u16, value: &[u8]) {
    let of_cells = |first: u8, end: u8| usize::from(first)..usize::from(end).min(CELLS);
    match (sprm, value) {
        (0xd608, _) => drop(define(row, value)),
        (0x5624, [first, end, ..]) => {
            for at in of_cells(first.saturating_add(1), *end) {
                change(row, at, |cell| cell.goes_on_left = true);
            }
        }
        (0x5625, [first, end, ..]) => {
            for at in of_cells(*first, *end) {
                change(row, at, |cell| cell.goes_on_left = false);
            }
        }
        (0xd62b, [at, kind, ..]) => change(row, usize::from(*at), |cell| cell.goes_on_up = *kind == 1),
        (0x5622, [first, end, ..]) => delete(row, of_cells(*first, *end)),
        _ => {}
    }
}

fn define(row: &mut RowShape, value: &[u8]) -> Option<()> {
    let count = usize::from(*value.first()?).min(CELLS);
    let edge = |at: usize| u16_at(value, 1 + 2 * at).map(|edge| i32::from(edge.cast_signed()));
    row.edges = (0..=count).map(edge).collect::<Option<_>>()?;
    let cells = value.get(1 + 2 * (count + 1)..).unwrap_or_default();
    let cell = |at: usize| {
        let flags = u16_at(cells, 20 * at).unwrap_or_default();
        CellShape { goes_on_left: flags & 0x02 != 0, goes_on_up: flags & 0x20 != 0 && flags & 0x40 == 0 }
    };
    row.cells = (0..count).map(cell).collect();
    Some(())
}

fn change(row: &mut RowShape, at: usize, change: impl FnOnce(&mut CellShape)) {
    if let Some(cell) = row.cells.get_mut(at) {
        change(cell);
    }
}

fn delete(row: &mut RowShape, cells: Range<usize>) {
    let cells = cells.start.min(row.cells.len())..cells.end.min(row.cells.len());
    if cells.is_empty() {
        return;
    }
    let width = row.edges[cells.end].saturating_sub(row.edges[cells.start]);
    row.edges.drain(cells.start + 1..cells.end + 1);
    row.edges.iter_mut().skip(cells.start + 1).for_each(|edge| *edge = edge.saturating_sub(width));
    row.cells.drain(cells);
}
