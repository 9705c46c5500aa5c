//! Areas of a sheet, and which places merged ones cover.

use std::collections::BTreeMap;
use std::ops::Range;

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Area {
    pub rows: Range<u32>,
    pub columns: Range<u32>,
}

impl Area {
    pub(super) fn contains(&self, row: u32, column: u32) -> bool {
        self.rows.contains(&row) && self.columns.contains(&column)
    }
}

/// The areas around the row that is looked at. Rows are asked for from the top down; so a million areas are walked through
/// once.
pub(super) struct Cover<'a> {
    waiting: std::iter::Peekable<std::slice::Iter<'a, Area>>,
    /// Areas by their first column. No two of them share a place: of two that do, the later is damage and is left out.
    open: BTreeMap<u32, &'a Area>,
}

impl<'a> Cover<'a> {
    /// The areas must be in the order of their first rows.
    pub(super) fn new(areas: &'a [Area]) -> Self {
        Self { waiting: areas.iter().peekable(), open: BTreeMap::new() }
    }

    /// The area that a place is in.
    pub(super) fn area(&mut self, row: u32, column: u32) -> Option<&'a Area> {
        while let Some(area) = self.waiting.next_if(|area| area.rows.start <= row) {
            self.begin(area);
        }
        let (_, area) = self.open.range(..=column).next_back()?;
        area.contains(row, column).then_some(*area)
    }

    /// Whether a place is in no area, or is the first of one.
    pub(super) fn is_shown(&mut self, row: u32, column: u32) -> bool {
        self.area(row, column).is_none_or(|area| area.rows.start == row && area.columns.start == column)
    }

    fn begin(&mut self, area: &'a Area) {
        let before = self.open.range(..area.columns.start).next_back().map(|(_, other)| *other);
        let left = before.filter(|other| other.columns.end > area.columns.start);
        let inside: Vec<&Area> = self.open.range(area.columns.clone()).map(|(_, other)| *other).collect();
        let others = || left.iter().chain(&inside);
        if others().any(|other| other.rows.end > area.rows.start) {
            return;
        }
        let over: Vec<u32> = others().map(|other| other.columns.start).collect();
        for column in over {
            self.open.remove(&column);
        }
        self.open.insert(area.columns.start, area);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let area = |rows: Range<u32>, columns: Range<u32>| Area { rows, columns };
        let areas = [area(0..1, 0..4), area(1..3, 0..1), area(1..2, 0..2), area(1..3, 2..4), area(3..4, 0..4)];
        let mut cover = Cover::new(&areas);
        assert!(cover.is_shown(0, 0));
        assert!(!cover.is_shown(0, 3));
        assert!(cover.is_shown(1, 0));
        // The area that shares a place with the one before is none.
        assert!(cover.is_shown(1, 1));
        assert!(!cover.is_shown(2, 0));
        assert!(!cover.is_shown(2, 3));
        assert!(cover.is_shown(2, 1));
        assert!(!cover.is_shown(3, 2));
        assert!(cover.is_shown(4, 0));
    }
}
