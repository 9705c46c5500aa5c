//! Tables: those that hold data become tables, those that hold the page's layout are looked through.
//!
//! Pages of the first twenty years are laid out in tables, so most tables are none. A table of data has several columns and
//! short cells, and no other table inside.

use dom_query::NodeRef;

use super::block::is_block;

/// Longest cell of a table of data, in characters.
const LONGEST: usize = 1_500;
/// Most blocks in one of its cells.
const BLOCKS: usize = 6;
/// How many empty cells a table of data may have for each that is there, once all rows are as wide as the widest.
const FILLED: usize = 16;
/// Cells that any table may have.
const SMALL: usize = 10_000;

/// A place in the grid of a table.
#[derive(Debug, Clone)]
pub(super) enum Slot<'a> {
    /// A cell begins here.
    Cell(NodeRef<'a>),
    /// The cell on the left covers this place.
    Left,
    /// The cell above covers it.
    Up,
    /// No cell covers it.
    Empty,
}

/// The grid of a table, if it holds data.
pub(super) fn rows<'a>(table: &NodeRef<'a>) -> Option<Vec<Vec<Slot<'a>>>> {
    grid(&cells(table)?)
}

/// Puts cells into a grid as HTML does ("forming a table", HTML 4.9.12): a cell takes the first place of its row that no
/// cell from above covers. `None` where cells that cover many rows make it far larger than what stands in it.
fn grid<'a>(rows: &[Vec<NodeRef<'a>>]) -> Option<Vec<Vec<Slot<'a>>>> {
    let most = SMALL.max(rows.iter().map(Vec::len).sum::<usize>() * FILLED);
    let mut size = 0;
    let mut grid = Vec::with_capacity(rows.len());
    // How many more rows each column is covered from above.
    let mut covered: Vec<usize> = Vec::new();
    for (nth, row) in rows.iter().enumerate() {
        let mut slots: Vec<Slot<'a>> = Vec::new();
        let mut below = covered.clone();
        for cell in row {
            while covered.get(slots.len()).is_some_and(|rows| *rows > 0) {
                slots.push(Slot::Up);
            }
            // A height of 0 reaches to the end.
            let height = match number(cell, "rowspan") {
                Some(0) => rows.len(),
                height => height.unwrap_or(1),
            };
            for column in 0..span(cell) {
                if column > 0 && covered.get(slots.len()).is_some_and(|rows| *rows > 0) {
                    break;
                }
                below.resize(below.len().max(slots.len() + 1), 0);
                below[slots.len()] = height.min(rows.len() - nth);
                slots.push(if column == 0 { Slot::Cell(*cell) } else { Slot::Left });
            }
        }
        let rest = covered.iter().skip(slots.len()).map(|rows| if *rows > 0 { Slot::Up } else { Slot::Empty });
        slots.extend(rest.collect::<Vec<_>>());
        size += slots.len().max(below.len());
        if size > most {
            return None;
        }
        while matches!(slots.last(), Some(Slot::Empty)) {
            slots.pop();
        }
        grid.push(slots);
        covered = below.into_iter().map(|rows| rows.saturating_sub(1)).collect();
    }
    Some(grid)
}

/// The cells of each row, if the table holds data.
fn cells<'a>(table: &NodeRef<'a>) -> Option<Vec<Vec<NodeRef<'a>>>> {
    let mut rows: Vec<Vec<NodeRef<'a>>> = Vec::new();
    for node in table.descendants_it() {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "table" | "h1" | "h2" | "form" => return None,
            // A caption that is not above the rows is put there by the parser, out of a broken table.
            "caption" if !rows.is_empty() => return None,
            // Inside a drawing, elements of these names stand anywhere.
            "thead" | "tbody" | "tfoot" if node.parent()?.id != table.id => return None,
            "tr" if !stands_in(&node, &["table", "thead", "tbody", "tfoot"]) => return None,
            "td" | "th" if !stands_in(&node, &["tr"]) => return None,
            "tr" => rows.push(Vec::new()),
            "td" | "th" => rows.last_mut()?.push(node),
            _ => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    let columns = rows.iter().map(Vec::len).max()?;
    let width = rows.iter().map(|row| row.iter().map(span).sum::<usize>()).max()?;
    let cells: usize = rows.iter().map(Vec::len).sum();
    if width.saturating_mul(rows.len()) > SMALL.max(cells * FILLED) {
        return None;
    }
    let plain = rows.iter().flatten().all(|cell| {
        let blocks =
            cell.descendants_it().filter(|inner| inner.node_name().is_some_and(|name| is_block(&name))).count();
        let heavy = |name: &str| cell.descendants_it().any(|inner| inner.has_name(name));
        blocks <= BLOCKS && cell.text().chars().nth(LONGEST).is_none() && !heavy("pre") && !heavy("title")
    });
    (plain && columns >= 2 && (rows.len() >= 2 || columns >= 3)).then_some(rows)
}

fn stands_in(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.parent().is_some_and(|parent| names.iter().any(|name| parent.has_name(name)))
}

/// How many columns a cell covers.
fn span(cell: &NodeRef<'_>) -> usize {
    number(cell, "colspan").unwrap_or(1).clamp(1, 100)
}

fn number(cell: &NodeRef<'_>, name: &str) -> Option<usize> {
    cell.attr(name)?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[test]
    fn broken_tables_are_looked_through() {
        let found = |inner: &str| {
            let document = Document::from(format!("<table>{inner}</table>"));
            let table = document.select_single("table");
            cells(table.nodes().first().expect("a table")).map(|rows| rows.iter().map(Vec::len).collect::<Vec<_>>())
        };
        assert_eq!(found("<tr><td>a<td>b<tr><td>c<td>d"), Some(vec![2, 2]));
        assert_eq!(found("<tr><td>a<svg><th>b</th><th>c</th></svg><td>d<tr><td>e"), None);
        assert_eq!(found("<tr><td>a<caption>b</caption><tr><td>c<td>d"), None);
        let uneven = format!("<tr>{}{}", "<td>a".repeat(1_000), "<tr><td>b".repeat(1_000));
        assert_eq!(found(&uneven), None);
    }

    #[test]
    fn cells_that_cover_far_more_than_there_is_make_no_grid() {
        let steps = format!("<table>{}</table>", "<tr><td rowspan=0>a<td rowspan=0>b".repeat(2_000));
        let document = Document::from(steps);
        let table = document.select_single("table");
        assert!(rows(table.nodes().first().expect("a table")).is_none());
    }
}
