//! Cells of a table that cover several rows or columns.
//!
//! Markdown has no form for them. A cell that holds `^` alone is one with the cell above it, a cell that holds `<` alone is
//! one with the cell on its left. So the source stays a grid that a person can read and mend, and every format gets the
//! cell as it was printed. Where the cells do not make a rectangle, or a row would be left without a cell of its own, the
//! signs are shown as they stand.

use std::collections::BTreeMap;

use super::Text;
use super::tape::{Cell, Element, Node, Scope};

/// A place in the grid: row, column.
type Place = (usize, usize);

/// Joins the cells of one table. `literal` are the places that a backslash stood before, in order.
pub(super) fn join(text: &Text, table: Vec<Node>, literal: &[usize]) -> Vec<Node> {
    let sign = |inner: &[Node]| match *inner {
        [Node::Chars(start, end)] if literal.binary_search(&start).is_err() => match text.chars(start, end) {
            "^" => Some(Sign::Up),
            "<" => Some(Sign::Left),
            _ => None,
        },
        _ => None,
    };
    let grid = Grid::of(&table, &sign);
    if grid.rows.iter().flatten().all(|cell| cell.sign.is_none()) {
        return table;
    }
    grid.write(&table)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Up,
    Left,
}

/// A cell of the grid as it stands in the source.
#[derive(Debug)]
struct Own {
    cell: Cell,
    /// Its content in the tape.
    inner: std::ops::Range<usize>,
    sign: Option<Sign>,
}

#[derive(Debug, Default)]
struct Grid {
    rows: Vec<Vec<Own>>,
    /// How many rows are the table's head.
    head: usize,
}

impl Grid {
    fn of(table: &[Node], sign: &dyn Fn(&[Node]) -> Option<Sign>) -> Self {
        let mut grid = Self::default();
        let mut start = 0;
        for (at, node) in table.iter().enumerate() {
            match node {
                Node::Open(Element::Row) => grid.rows.push(Vec::new()),
                Node::Close(Element::Head) => grid.head = grid.rows.len(),
                Node::Open(Element::Cell(_)) => start = at + 1,
                Node::Close(Element::Cell(cell)) => {
                    if let Some(row) = grid.rows.last_mut() {
                        row.push(Own { cell: *cell, inner: start..at, sign: sign(&table[start..at]) });
                    }
                }
                _ => {}
            }
        }
        grid
    }

    /// The cell that each place belongs to.
    fn owners(&self) -> BTreeMap<Place, Place> {
        let mut owners: BTreeMap<Place, Place> = BTreeMap::new();
        for (row, cells) in self.rows.iter().enumerate() {
            for (column, own) in cells.iter().enumerate() {
                let beside = match own.sign {
                    Some(Sign::Up) => row.checked_sub(1).map(|above| (above, column)),
                    Some(Sign::Left) => column.checked_sub(1).map(|left| (row, left)),
                    None => None,
                };
                let owner = beside.and_then(|place| owners.get(&place).copied());
                owners.insert((row, column), owner.unwrap_or((row, column)));
            }
        }
        self.set_apart(&mut owners);
        owners
    }

    /// Gives cells back to themselves that make no rectangle or would leave a row without a cell of its own.
    fn set_apart(&self, owners: &mut BTreeMap<Place, Place>) {
        for (row, cells) in self.rows.iter().enumerate() {
            if (0..cells.len()).all(|column| owners.get(&(row, column)) != Some(&(row, column))) {
                owners.extend((0..cells.len()).map(|column| ((row, column), (row, column))));
            }
        }
        let mut extents: BTreeMap<Place, (Place, usize)> = BTreeMap::new();
        for (place, owner) in &*owners {
            let (end, count) = extents.entry(*owner).or_insert((*owner, 0));
            *end = (end.0.max(place.0), end.1.max(place.1));
            *count += 1;
        }
        let is_whole = |owner: &Place| {
            extents.get(owner).is_some_and(|(end, count)| (end.0 - owner.0 + 1) * (end.1 - owner.1 + 1) == *count)
        };
        owners.iter_mut().filter(|(_, own)| !is_whole(own)).for_each(|(place, own)| *own = *place);
    }

    fn write(&self, table: &[Node]) -> Vec<Node> {
        let owners = self.owners();
        let mut cells: BTreeMap<Place, Cell> = BTreeMap::new();
        for (place, owner) in &owners {
            let cell = cells.entry(*owner).or_insert(self.rows[owner.0][owner.1].cell);
            cell.rows = cell.rows.max(u16::try_from(place.0 - owner.0 + 1).unwrap_or(u16::MAX));
            cell.columns = cell.columns.max(u16::try_from(place.1 - owner.1 + 1).unwrap_or(u16::MAX));
        }
        // A head that reaches down takes the rows that it reaches.
        let mut head = self.head;
        for ((row, _), cell) in &cells {
            if *row < head {
                head = head.max(row + usize::from(cell.rows));
            }
        }
        let mut out: Vec<Node> = table.iter().take_while(|node| **node != Node::Open(Element::Head)).copied().collect();
        let has_body = self.rows.len() > head;
        for row in 0..self.rows.len() {
            let group = if row < head { Element::Head } else { Element::Body };
            if row == 0 || row == head {
                out.push(Node::Open(group));
            }
            out.push(Node::Open(Element::Row));
            for ((_, column), cell) in cells.range((row, 0)..(row + 1, 0)) {
                let mut cell = *cell;
                if row < head {
                    (cell.head, cell.scope) = (true, (cell.columns == 1).then_some(Scope::Column));
                }
                out.push(Node::Open(Element::Cell(cell)));
                out.extend(&table[self.rows[row][*column].inner.clone()]);
                out.push(Node::Close(Element::Cell(cell)));
            }
            out.push(Node::Close(Element::Row));
            if row + 1 == head || row + 1 == self.rows.len() {
                out.push(Node::Close(group));
            }
        }
        if !has_body {
            out.extend([Node::Open(Element::Body), Node::Close(Element::Body)]);
        }
        out.extend(table.last());
        out
    }
}
