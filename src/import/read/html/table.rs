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

/// The cells of each row, if the table holds data.
pub(super) fn rows<'a>(table: &NodeRef<'a>) -> Option<Vec<Vec<NodeRef<'a>>>> {
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
pub(super) fn span(cell: &NodeRef<'_>) -> usize {
    cell.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1).clamp(1, 100)
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
            rows(table.nodes().first().expect("a table")).map(|rows| rows.iter().map(Vec::len).collect::<Vec<_>>())
        };
        assert_eq!(found("<tr><td>a<td>b<tr><td>c<td>d"), Some(vec![2, 2]));
        assert_eq!(found("<tr><td>a<svg><th>b</th><th>c</th></svg><td>d<tr><td>e"), None);
        assert_eq!(found("<tr><td>a<caption>b</caption><tr><td>c<td>d"), None);
        let uneven = format!("<tr>{}{}", "<td>a".repeat(1_000), "<tr><td>b".repeat(1_000));
        assert_eq!(found(&uneven), None);
    }
}
