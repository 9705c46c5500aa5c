//! The grid of a row: cells that cover others, and those that are covered.

use crate::import::read::office::body::{CELLS, CellShape, RowShape};

/// Columns are a thousand apart where only their order is known.
const WIDTH: i32 = 1000;

/// The cells of a table, row after row.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// For each column, how many more rows the cell above covers.
    covered: Vec<usize>,
    row: RowShape,
    /// How many of the columns that come next the last cell covers.
    to_come: usize,
}

impl Grid {
    pub(super) fn begin_row(&mut self) {
        self.row = RowShape { edges: vec![0], cells: Vec::new() };
        self.to_come = 0;
    }

    /// Adds a cell; whether there is room for it.
    pub(super) fn cell(&mut self, columns: usize, rows: usize) -> bool {
        let at = self.row.cells.len();
        if at >= CELLS {
            return false;
        }
        let columns = columns.clamp(1, CELLS - at);
        if self.covered.len() < at + columns {
            self.covered.resize(at + columns, 0);
        }
        self.covered[at..at + columns].fill(rows.saturating_sub(1));
        self.to_come = columns - 1;
        self.push(CellShape::default());
        true
    }

    /// Adds a cell that another covers; whether there is room for it.
    pub(super) fn covered(&mut self) -> bool {
        let at = self.row.cells.len();
        if at >= CELLS {
            return false;
        }
        let above = self.covered.get_mut(at).filter(|rows| **rows > 0);
        let mut shape = CellShape { goes_on_left: self.to_come > 0, goes_on_up: false };
        if self.to_come > 0 {
            self.to_come -= 1;
        } else if let Some(rows) = above {
            *rows -= 1;
            shape.goes_on_up = true;
        }
        self.push(shape);
        true
    }

    fn push(&mut self, shape: CellShape) {
        self.row.cells.push(shape);
        self.row.edges.push(WIDTH * i32::try_from(self.row.cells.len()).unwrap_or(0));
    }

    pub(super) fn row(&self) -> &RowShape {
        &self.row
    }
}
