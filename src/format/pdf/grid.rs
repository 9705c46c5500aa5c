//! Tables: HTML's rows with spans as the full grid that Typst wants.
//!
//! HTML fills the places of a row that no span from above takes (HTML Standard, 4.9.12). Rows may be of any length there;
//! here each is filled up, so that no cell slides into the row above it.

/// A span reaches no further than this column: no more is needed, and HTML of one's own may say anything.
const COLUMNS: usize = 64;

/// A cell as the text has it.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    /// Columns that it takes.
    pub columns: usize,
    /// Rows that it takes.
    pub rows: usize,
    /// `left`, `center`, `right`.
    pub align: Option<&'static str>,
    /// Its content, as markup.
    pub content: String,
}

/// A row, and whether it stands in the head.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// In the head of the table.
    pub head: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A table that is being read.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Its caption, as markup.
    pub caption: Option<String>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Rows to come stand in the head.
    pub head: bool,
}

impl Table {
    /// The call that sets it.
    pub(crate) fn markup(mut self) -> String {
        let placed = self.place();
        let columns = placed.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let caption = self.caption.take().map_or_else(|| "none".to_string(), |caption| format!("[{caption}]"));
        let mut out = format!("#tabulated({columns},{caption},");
        // Only the rows before the first of the body can be repeated on each page.
        let head = self.rows.iter().take_while(|row| row.head).count();
        if head > 0 {
            out.push_str("table.header(");
        }
        for (at, places) in placed.iter().enumerate() {
            if at == head && head > 0 {
                out.push_str("),");
            }
            for place in places.iter().copied().chain(std::iter::repeat_n(GridCell::Free, columns - places.len())) {
                match place {
                    GridCell::Taken => {}
                    GridCell::Free => out.push_str("[],"),
                    GridCell::Cell { cell, columns, rows } => {
                        let cell = &self.rows[at].cells[cell];
                        out.push_str(&format!("table.cell(colspan:{columns},rowspan:{rows}"));
                        if let Some(align) = cell.align {
                            out.extend([",align:", align, "+horizon"]);
                        }
                        out.extend([")[", &cell.content, "],"]);
                    }
                }
            }
        }
        if head > 0 && head == placed.len() {
            out.push_str("),");
        }
        out.push_str(");\n");
        out
    }

    /// Where each cell stands.
    fn place(&self) -> Vec<Vec<GridCell>> {
        let head = self.rows.iter().take_while(|row| row.head).count();
        let mut placed = vec![Vec::new(); self.rows.len()];
        for (at, row) in self.rows.iter().enumerate() {
            // A span ends where head or body ends.
            let last = if at < head { head } else { self.rows.len() };
            let mut column = 0;
            for (number, cell) in row.cells.iter().enumerate() {
                while is_taken(&placed[at], column) {
                    column += 1;
                }
                let mut width = 1;
                while width < cell.columns && column + width < COLUMNS && !is_taken(&placed[at], column + width) {
                    width += 1;
                }
                let height = cell.rows.clamp(1, last - at);
                for (below, places) in placed[at..at + height].iter_mut().enumerate() {
                    if places.len() < column + width {
                        places.resize(column + width, GridCell::Free);
                    }
                    places[column..column + width].fill(GridCell::Taken);
                    if below == 0 {
                        places[column] = GridCell::Cell { cell: number, columns: width, rows: height };
                    }
                }
                column += width;
            }
        }
        placed
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GridCell {
    /// No cell: an empty one is set.
    Free,
    /// Under a span.
    Taken,
    /// A cell begins.
    Cell { cell: usize, columns: usize, rows: usize },
}

fn is_taken(places: &[GridCell], column: usize) -> bool {
    places.get(column).is_some_and(|place| *place != GridCell::Free)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(content: &str, columns: usize, rows: usize) -> Cell {
        Cell { columns, rows, align: None, content: content.to_string() }
    }

    #[test]
    fn rows_are_filled_up() {
        let rows = vec![
            Row { head: true, cells: vec![cell("a", 2, 9), cell("b", 1, 1)] },
            Row { head: false, cells: vec![cell("c", 1, 2)] },
            Row { head: false, cells: vec![cell("d", 1, 1)] },
        ];
        let table = Table { rows, ..Table::default() };
        assert_eq!(
            table.markup(),
            "#tabulated(3,none,table.header(table.cell(colspan:2,rowspan:1)[a],table.cell(colspan:1,rowspan:1)[b],),\
             table.cell(colspan:1,rowspan:2)[c],[],[],table.cell(colspan:1,rowspan:1)[d],[],);\n"
        );
    }

    #[test]
    fn spans_of_any_size_end() {
        let table = Table { rows: vec![Row { head: false, cells: vec![cell("a", 1000, 1000)] }], ..Table::default() };
        assert_eq!(table.markup(), "#tabulated(64,none,table.cell(colspan:64,rowspan:1)[a],);\n");
        assert_eq!(Table::default().markup(), "#tabulated(1,none,);\n");
    }
}
