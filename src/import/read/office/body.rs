//! A text that comes paragraph after paragraph, and the tables that they stand in.
//!
//! In Word's own file and in Rich Text a table is nothing but paragraphs whose ends are the ends of cells and rows.

use super::draft::{Cell, Draft, DraftBlock, Row};
use super::table;

/// Most tables inside each other that are told apart.
const DEPTH: usize = 16;

/// Most cells of a row, as in Word.
pub(crate) const CELLS: usize = 64;

/// A cell of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CellShape {
    /// Whether it is part of the cell on its left.
    pub goes_on_left: bool,
    /// Whether it is part of the cell above.
    pub goes_on_up: bool,
}

/// The cells of a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowShape {
    /// Where cells begin and end, in twentieths of a point: one more than cells.
    pub edges: Vec<i32>,
    pub cells: Vec<CellShape>,
}

/// A table that is being read.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
    edges: Vec<Vec<i32>>,
    cells: Vec<Cell>,
    cell: Cell,
    /// Whether it holds a table.
    is_layout: bool,
}

/// A text while it is read.
#[derive(Debug, Default)]
pub(crate) struct Body {
    blocks: Vec<DraftBlock>,
    tables: Vec<Table>,
    /// A paragraph whose end is deleted, so that it goes on in the next.
    pub unfinished: Option<Box<Draft>>,
}

impl Body {
    /// Opens and closes tables, until the text stands in as many.
    pub(crate) fn go_to(&mut self, depth: usize) {
        let depth = depth.min(DEPTH);
        while self.tables.len() > depth {
            self.end_table();
        }
        while self.tables.len() < depth {
            self.tables.iter_mut().for_each(|table| table.is_layout = true);
            self.tables.push(Table::default());
        }
    }

    /// Adds a block where the text stands.
    pub(crate) fn add(&mut self, block: DraftBlock) {
        match self.tables.last_mut() {
            Some(table) => table.cell.blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    /// How deep in tables the text stands.
    pub(crate) fn depth(&self) -> usize {
        self.tables.len()
    }

    /// Whether the text stands in a table.
    pub(crate) fn is_in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// A cell of the innermost table ends.
    pub(crate) fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
    }

    /// A row of the innermost table ends.
    pub(crate) fn end_row(&mut self, shape: &RowShape, is_deleted: bool) {
        let Some(table) = self.tables.last_mut() else { return };
        if !table.cell.blocks.is_empty() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
        let mut edges = shape.edges.clone();
        let mut cells: Vec<Cell> = Vec::new();
        let mut joined = 0;
        for (at, mut cell) in std::mem::take(&mut table.cells).into_iter().enumerate() {
            let own = shape.cells.get(at).copied().unwrap_or_default();
            cell.is_continued = own.goes_on_up;
            match cells.last_mut() {
                // What Word hides in a cell that is part of another is text all the same.
                Some(before) if own.goes_on_left => {
                    before.blocks.append(&mut cell.blocks);
                    if at - joined < edges.len() {
                        edges.remove(at - joined);
                        joined += 1;
                    }
                }
                _ => cells.push(cell),
            }
        }
        table.edges.push(edges);
        table.rows.push(Row { cells, is_deleted, ..Row::default() });
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        // Text behind the last row that the file calls part of the table.
        if !table.cell.blocks.is_empty() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
        if !table.cells.is_empty() {
            table.edges.push(Vec::new());
            table.rows.push(Row { cells: std::mem::take(&mut table.cells), ..Row::default() });
        }
        table::lay_out(&mut table.rows, &table.edges);
        for block in table::blocks(table.rows, table.is_layout) {
            self.add(block);
        }
    }

    /// The whole text.
    pub(crate) fn finish(mut self) -> Vec<DraftBlock> {
        self.go_to(0);
        if let Some(draft) = self.unfinished.take() {
            self.blocks.push(DraftBlock::Paragraph(draft));
        }
        self.blocks
    }
}
