//! Tables as they are being read: which are tables of data, and the grid of those whose cells only have edges.

use std::collections::BTreeSet;

use super::draft::{Cell, DraftBlock, Row};

/// A cell with more paragraphs is rare in a table of data, and one with far more holds a text that a form lays out.
const CELL_PARAGRAPHS: usize = 6;
const TEXT_PARAGRAPHS: usize = 40;
/// Most columns of a table, as in Word.
pub(crate) const COLUMNS: usize = 63;
/// Edges that are nearer to each other are one, in twentieths of a point: a millimetre.
const SAME_EDGE: i32 = 57;

/// A table, or what it holds where it only lays out a page.
pub(crate) fn blocks(rows: Vec<Row>, is_layout: bool) -> Vec<DraftBlock> {
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let longer = |than: usize| cells().filter(|cell| paragraphs(cell) > than).count();
    let is_text = longer(CELL_PARAGRAPHS) * 4 > cells().count() || longer(TEXT_PARAGRAPHS) > 0;
    if is_layout || cells().count() == 1 || is_text {
        rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.blocks).collect()
    } else {
        vec![DraftBlock::Table(rows)]
    }
}

/// How many paragraphs of a cell show something.
fn paragraphs(cell: &Cell) -> usize {
    cell.blocks.iter().filter(|block| matches!(block, DraftBlock::Paragraph(draft) if !draft.is_empty())).count()
}

/// Gives the cells of a table the columns that their edges tell: a cell covers as many columns as there are edges of other
/// rows below or above it. `edges` has one more than cells for each row; a row without them is left as it is.
pub(crate) fn lay_out(rows: &mut [Row], edges: &[Vec<i32>]) {
    let all: BTreeSet<i32> = edges.iter().flatten().copied().collect();
    let mut columns: Vec<i32> = Vec::new();
    for edge in all {
        if columns.last().is_none_or(|last| edge.saturating_sub(*last) > SAME_EDGE) {
            columns.push(edge);
        }
    }
    if columns.len() > COLUMNS + 1 {
        return;
    }
    let column = |edge: i32| columns.partition_point(|column| *column <= edge).saturating_sub(1);
    for (row, edges) in rows.iter_mut().zip(edges) {
        if edges.len() != row.cells.len() + 1 {
            continue;
        }
        row.before = column(edges[0]);
        for (cell, sides) in row.cells.iter_mut().zip(edges.windows(2)) {
            cell.more = column(sides[1]).saturating_sub(column(sides[0]) + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_from_edges() {
        let row = |cells: usize| Row { cells: (0..cells).map(|_| Cell::default()).collect(), ..Row::default() };
        let mut rows = [row(3), row(2), row(1)];
        lay_out(&mut rows, &[vec![-108, 1000, 2000, 3000], vec![-100, 2010, 3000], vec![1000, 2000]]);
        let shape = |row: &Row| (row.before, row.cells.iter().map(|cell| cell.more).collect::<Vec<_>>());
        assert_eq!(rows.each_ref().map(shape), [(0, vec![0, 0, 0]), (0, vec![1, 0]), (1, vec![0])]);
    }
}
