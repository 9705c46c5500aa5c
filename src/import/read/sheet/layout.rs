//! What the cells of a sheet are: lines of text, or tables.
//!
//! A sheet of an office is rarely a bare table. On top is the title across all columns, and below it who filled it in and
//! when; behind come remarks and signatures. These are lines. A blank row or column parts two tables.

use std::collections::BTreeSet;
use std::ops::Range;

use super::area::{Area, Cover};
use super::workbook::Sheet;

/// Most places of all tables of a workbook; what would take more is read row by row.
const PLACES: usize = 1_000_000;
/// Most tables that stand side by side; more blank columns than that part nothing.
const SIDE_BY_SIDE: usize = 32;

/// A part of a sheet that is one piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub area: Area,
    pub is_table: bool,
    /// A line alone above a table, across it.
    pub is_title: bool,
    /// Its cells, and areas that show nothing.
    pub cells: Vec<Placed>,
}

/// A cell with the places that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    /// Its number among the sheet's cells; none where the area shows nothing.
    pub cell: Option<usize>,
    pub area: Area,
}

/// A row that shows something.
#[derive(Debug, Clone)]
struct Row {
    /// Cells of the sheet, and places.
    cells: Vec<Placed>,
    /// The rows that they take.
    end: u32,
}

impl Row {
    fn shown(&self) -> impl Iterator<Item = (usize, &Area)> {
        self.cells.iter().filter_map(|placed| Some((placed.cell?, &placed.area)))
    }

    fn start(&self) -> u32 {
        self.cells.first().map_or(0, |placed| placed.area.rows.start)
    }
}

/// The cells of a sheet with the places that they take.
fn placed(sheet: &Sheet) -> Vec<Placed> {
    let last = sheet.cells.last().map_or(0, |cell| cell.row + 1);
    let width = sheet.cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0);
    let mut cover = Cover::new(&sheet.merges);
    let mut all: Vec<Placed> = Vec::with_capacity(sheet.cells.len());
    for (at, cell) in sheet.cells.iter().enumerate() {
        let own = Area { rows: cell.row..cell.row + 1, columns: cell.column..cell.column + 1 };
        let area = cover.area(cell.row, cell.column).cloned().unwrap_or(own);
        all.push(Placed { cell: Some(at), area });
    }
    let taken: BTreeSet<(u32, u32)> =
        all.iter().map(|placed| (placed.area.rows.start, placed.area.columns.start)).collect();
    let mut cover = Cover::new(&sheet.merges);
    for area in &sheet.merges {
        let (row, column) = (area.rows.start, area.columns.start);
        if row < last && column < width && !taken.contains(&(row, column)) && cover.area(row, column) == Some(area) {
            all.push(Placed { cell: None, area: area.clone() });
        }
    }
    // What lies behind the last row and column shows nothing.
    for placed in &mut all {
        placed.area.rows.end = placed.area.rows.end.min(last).max(placed.area.rows.start + 1);
        placed.area.columns.end = placed.area.columns.end.min(width).max(placed.area.columns.start + 1);
    }
    all.sort_by_key(|placed| (placed.area.rows.start, placed.area.columns.start));
    all
}

/// Lays out the sheets of a workbook one after the other.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Places that the tables so far take.
    places: usize,
}

impl Layout {
    /// The parts of a sheet, in the order in which they are read.
    pub(super) fn regions(&mut self, sheet: &Sheet) -> Vec<Region> {
        let mut regions = Vec::new();
        for mut band in bands(rows(placed(sheet))) {
            let width = columns(&band).len();
            let lines = leading(sheet, &band, width);
            let mut rest = band.split_off(lines);
            let behind = rest.split_off(rest.len() - trailing(sheet, &rest, width));
            let has_table = !rest.is_empty();
            for (at, row) in band.iter().enumerate() {
                regions.push(Region { is_title: at == 0 && has_table && row.shown().count() == 1, ..line(row) });
            }
            for block in side_by_side(rest) {
                self.table(&block, &mut regions);
            }
            regions.extend(behind.iter().map(line));
        }
        regions
    }

    /// Adds a table, or lines where it has but one row or column.
    fn table(&mut self, rows: &[Row], regions: &mut Vec<Region>) {
        let width = columns(rows).len();
        let places = width.saturating_mul(rows.len());
        if width < 2 || rows.len() < 2 || self.places.saturating_add(places) > PLACES {
            regions.extend(rows.iter().map(line));
            return;
        }
        self.places += places;
        let start = rows.first().map_or(0, Row::start);
        let end = rows.last().map_or(0, Row::start) + 1;
        let cells: Vec<Placed> = rows.iter().flat_map(|row| row.cells.iter().cloned()).collect();
        regions.push(Region { area: around(&cells, start..end), is_table: true, is_title: false, cells });
    }
}

/// The rows, and all columns that cells take.
fn around(cells: &[Placed], rows: Range<u32>) -> Area {
    let start = cells.iter().map(|placed| placed.area.columns.start).min().unwrap_or(0);
    let end = cells.iter().map(|placed| placed.area.columns.end).max().unwrap_or(0);
    Area { rows, columns: start..end }
}

fn rows(placed: Vec<Placed>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for placed in placed {
        let end = placed.area.rows.end;
        match rows.last_mut().filter(|row| row.start() == placed.area.rows.start) {
            Some(row) => {
                row.end = row.end.max(end);
                row.cells.push(placed);
            }
            None => rows.push(Row { end, cells: vec![placed] }),
        }
    }
    rows
}

/// Rows that follow each other without a blank one between. Areas that show nothing keep rows together, and are no rows.
fn bands(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut bands: Vec<Vec<Row>> = Vec::new();
    let mut end = 0;
    for row in rows {
        let follows = row.start() <= end;
        end = end.max(row.end);
        match bands.last_mut().filter(|_| follows) {
            Some(band) => band.push(row),
            None => bands.push(vec![row]),
        }
    }
    for band in &mut bands {
        band.retain(|row| row.shown().next().is_some());
    }
    bands.retain(|band| !band.is_empty());
    bands
}

/// The columns in which something begins.
fn columns(rows: &[Row]) -> BTreeSet<u32> {
    rows.iter().flat_map(Row::shown).map(|(_, area)| area.columns.start).collect()
}

/// How many rows on top are lines and no part of the table.
fn leading(sheet: &Sheet, band: &[Row], width: usize) -> usize {
    if width == 1 {
        return band.len();
    }
    let is_line = |(at, row): &(usize, &Row)| {
        let shown = row.shown().count();
        let Some(next) = band.get(at + 1) else { return true };
        let stands_alone = row.end <= next.start();
        let next_has = next.shown().count();
        stands_alone && (shown == 1 || is_labels(sheet, row) && 2 * shown <= next_has.max(width))
    };
    band.iter().enumerate().take_while(is_line).count()
}

/// How many rows at the end are lines.
fn trailing(sheet: &Sheet, rest: &[Row], width: usize) -> usize {
    let is_line = |row: &&Row| {
        let first = row.shown().next();
        let shown = row.shown().count();
        let is_wide = first.is_some_and(|(_, area)| 2 * (area.columns.end - area.columns.start) as usize > width);
        let is_remark = first.and_then(|(at, _)| sheet.cells.get(at)).is_some_and(|cell| {
            let text = cell.text.trim_start();
            ["注", "备注", "说明", "附注", "填表", "制表"].iter().any(|word| text.starts_with(word))
        });
        let is_alone = shown == 1 && (is_wide || is_labels(sheet, row) || is_remark);
        is_alone || shown > 1 && 2 * shown <= width && is_labels(sheet, row)
    };
    // A table has its head and one row more.
    let most = rest.len().saturating_sub(2);
    rest.iter().rev().take(most).take_while(is_line).count()
}

/// Whether a row begins with a label: 填报单位：甲镇.
fn is_labels(sheet: &Sheet, row: &Row) -> bool {
    let first = row.shown().next().and_then(|(at, _)| sheet.cells.get(at));
    first.is_some_and(|cell| cell.text.contains(['：', ':']) && cell.text.chars().any(char::is_alphabetic))
}

fn line(row: &Row) -> Region {
    let area = around(&row.cells, row.start()..row.start() + 1);
    Region { area, is_table: false, is_title: false, cells: row.cells.clone() }
}

/// Parts rows where a column is blank in all of them.
fn side_by_side(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut spans: Vec<Range<u32>> =
        rows.iter().flat_map(|row| &row.cells).map(|placed| placed.area.columns.clone()).collect();
    spans.sort_by_key(|span| span.start);
    let mut blocks: Vec<Range<u32>> = Vec::new();
    for span in spans {
        match blocks.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => blocks.push(span),
        }
    }
    if blocks.len() < 2 || blocks.len() > SIDE_BY_SIDE {
        return vec![rows];
    }
    let of = |block: &Range<u32>| {
        let own = |row: &Row| {
            let cells: Vec<Placed> =
                row.cells.iter().filter(|placed| block.contains(&placed.area.columns.start)).cloned().collect();
            Row { cells, ..row.clone() }
        };
        let mut rows: Vec<Row> = rows.iter().map(own).collect();
        rows.retain(|row| row.shown().next().is_some());
        rows
    };
    let mut parted: Vec<Vec<Row>> = blocks.iter().map(of).collect();
    parted.retain(|rows| !rows.is_empty());
    parted
}
