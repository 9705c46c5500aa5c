//! Where the cells of a row are ([MS-DOC] 2.6.3, 2.9.327 TDefTableOperand, 2.9.317 TC80).

use super::bytes::u16_at;

/// Most cells of a row, as in Word.
const CELLS: usize = 64;

/// A cell of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CellShape {
    /// Whether it is part of the cell on its left.
    pub goes_on_left: bool,
    /// Whether it is part of the cell above.
    pub goes_on_up: bool,
}

/// The cells of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct RowShape {
    /// Where cells begin and end, in twentieths of a point: one more than cells.
    pub edges: Vec<i32>,
    pub cells: Vec<CellShape>,
}

impl RowShape {
    /// Takes a property of rows.
    pub(super) fn apply(&mut self, sprm: u16, value: &[u8]) {
        let of_cells = |first: u8, end: u8| usize::from(first)..usize::from(end).min(CELLS);
        match (sprm, value) {
            (0xd608, _) => drop(self.define(value)),
            (0x5624, [first, end, ..]) => {
                for at in of_cells(first.saturating_add(1), *end) {
                    self.cell(at, |cell| cell.goes_on_left = true);
                }
            }
            (0x5625, [first, end, ..]) => {
                for at in of_cells(*first, *end) {
                    self.cell(at, |cell| cell.goes_on_left = false);
                }
            }
            (0xd62b, [at, kind, ..]) => self.cell(usize::from(*at), |cell| cell.goes_on_up = *kind == 1),
            (0x5622, [first, end, ..]) => self.delete(of_cells(*first, *end)),
            _ => {}
        }
    }

    fn define(&mut self, value: &[u8]) -> Option<()> {
        let count = usize::from(*value.first()?).min(CELLS);
        let edge = |at: usize| u16_at(value, 1 + 2 * at).map(|edge| i32::from(edge.cast_signed()));
        self.edges = (0..=count).map(edge).collect::<Option<_>>()?;
        let cells = value.get(1 + 2 * (count + 1)..).unwrap_or_default();
        let cell = |at: usize| {
            let flags = u16_at(cells, 20 * at).unwrap_or_default();
            CellShape { goes_on_left: flags & 0x02 != 0, goes_on_up: flags & 0x20 != 0 && flags & 0x40 == 0 }
        };
        self.cells = (0..count).map(cell).collect();
        Some(())
    }

    fn cell(&mut self, at: usize, change: impl FnOnce(&mut CellShape)) {
        if let Some(cell) = self.cells.get_mut(at) {
            change(cell);
        }
    }

    fn delete(&mut self, cells: std::ops::Range<usize>) {
        let cells = cells.start.min(self.cells.len())..cells.end.min(self.cells.len());
        if cells.is_empty() {
            return;
        }
        let width = self.edges[cells.end] - self.edges[cells.start];
        self.edges.drain(cells.start + 1..cells.end + 1);
        self.edges.iter_mut().skip(cells.start + 1).for_each(|edge| *edge -= width);
        self.cells.drain(cells);
    }
}
