//! Tables: their cells one after the other.

use super::super::prose::Prose;
use crate::import::flow::{Form, GridPlace};

/// A table that is being read.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Vec<Cell>>,
    cell: Prose,
    next: (usize, usize),
    begins_row: bool,
}

struct Cell {
    prose: Prose,
    columns: usize,
    rows: usize,
}

/// Most columns that a cell may cover, and rows.
const SPAN: usize = 100;
/// Most columns of a table; what has more is none.
const COLUMNS: usize = 500;
/// Most places of a grid in which cells may cover several.
const PLACES: usize = 500_000;

impl Table {
    /// Begins a row.
    pub(super) fn begin_row(&mut self) {
        self.begins_row = true;
    }

    /// Begins a cell that covers so many columns and rows.
    pub(super) fn begin_cell(&mut self, columns: &str, rows: &str) {
        let number = |text: &str| text.parse().unwrap_or(1).clamp(1, SPAN);
        self.next = (number(columns), number(rows));
    }

    /// Adds a text to the cell that is open.
    pub(super) fn add(&mut self, prose: Prose) {
        self.cell.join(prose);
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        if std::mem::take(&mut self.begins_row) || self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let (columns, rows) = std::mem::replace(&mut self.next, (1, 1));
        let cell = Cell { prose: std::mem::take(&mut self.cell), columns: columns.max(1), rows: rows.max(1) };
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// The table as one text.
    pub(super) fn into_prose(self) -> Prose {
        let mut all = Prose::default();
        for cell in self.rows.into_iter().flatten() {
            all.join(cell.prose);
        }
        all
    }

    /// Its grid and its text.
    pub(super) fn into_piece(mut self) -> (Form, Prose) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        let columns = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
        if self.rows.iter().map(columns).max().unwrap_or(0) > COLUMNS {
            return (Form::Paragraph, self.into_prose());
        }
        let mut text = Prose::default();
        let mut grid = Vec::new();
        // For each column how many more rows are covered from above.
        let mut covered: Vec<usize> = Vec::new();
        let mut all = 0;
        for (nth, row) in self.rows.into_iter().enumerate() {
            let mut places = Vec::new();
            let mut cells = row.into_iter();
            if all > PLACES {
                covered.clear();
            }
            let mut separator = (nth > 0).then_some('\n');
            loop {
                let at = places.len();
                if covered.get(at).is_some_and(|rows| *rows > 0) {
                    covered[at] -= 1;
                    part(&mut text, &mut separator);
                    places.push(GridPlace::Up);
                    continue;
                }
                let Some(cell) = cells.next() else { break };
                part(&mut text, &mut separator);
                let start = text.text.len();
                text.append(cell.prose);
                places.push(GridPlace::Cell(start..text.text.len(), None));
                if all + at > PLACES {
                    continue;
                }
                covered.resize(covered.len().max(at + cell.columns), 0);
                covered[at] = cell.rows - 1;
                for more in 1..cell.columns {
                    part(&mut text, &mut separator);
                    places.push(GridPlace::Left);
                    covered[at + more] = cell.rows - 1;
                }
            }
            all += places.len();
            grid.push(places);
        }
        (Form::Table(grid), text)
    }
}

/// Parts two places of a grid.
fn part(text: &mut Prose, separator: &mut Option<char>) {
    if let Some(separator) = separator.replace('\t') {
        text.text.push(separator);
    }
}
