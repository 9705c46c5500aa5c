//! Tables, by the lines that rule them. Only a grid that is certain is one: every edge of a cell is drawn, cells that are one
//! make a rectangle, and no word crosses an edge.

use super::super::layout::{self, Glyph, Place, PlacedTable, Run, Way};
use super::runs::Turn;

/// Lines that are nearer to each other are one, in points.
const SAME: f64 = 3.0;
/// The part of an edge that is drawn at least.
const DRAWN: f64 = 0.7;
/// Most lines of a page in which tables are looked for, and most rows and columns of one.
const LINES: usize = 2_000;
const ROWS: usize = 300;
const COLUMNS: usize = 40;

/// A line across or down: where it stands, and from where to where it goes.
#[derive(Debug, Clone, Copy)]
struct Rule {
    at: f64,
    from: f64,
    to: f64,
}

/// Takes the runs of tables out of a page; how many lines rule no table.
pub(super) fn settle(rules: &[[f64; 4]], turn: &Turn, page: &mut layout::Page) -> usize {
    if rules.len() > LINES {
        return rules.len();
    }
    let placed: Vec<[f64; 4]> = rules.iter().map(|rule| turn.around(*rule)).collect();
    let (mut across, mut down) = (Vec::new(), Vec::new());
    for [left, top, right, bottom] in placed {
        if right - left >= bottom - top {
            across.push(Rule { at: (top + bottom) / 2.0, from: left, to: right });
        } else {
            down.push(Rule { at: (left + right) / 2.0, from: top, to: bottom });
        }
    }
    let (across, down) = (joined(across), joined(down));
    let mut left_over = across.len() + down.len();
    for (across, down) in groups(&across, &down) {
        let Some(grid) = Grid::of(&across, &down) else { continue };
        if let Some(table) = grid.fill(page) {
            left_over = left_over.saturating_sub(across.len() + down.len());
            page.tables.push(table);
        }
    }
    left_over
}

/// Lines that go on in each other as one.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|one, other| one.at.total_cmp(&other.at).then(one.from.total_cmp(&other.from)));
    let mut out: Vec<Rule> = Vec::new();
    for rule in rules {
        let near = out.iter_mut().rev().take_while(|known| rule.at - known.at < SAME);
        match near.into_iter().find(|known| rule.from <= known.to + SAME && known.from <= rule.to + SAME) {
            Some(known) => (known.from, known.to) = (known.from.min(rule.from), known.to.max(rule.to)),
            None => out.push(rule),
        }
    }
    out
}

/// Lines that touch each other.
fn groups(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let touches = |one: &Rule, other: &Rule| {
        (other.from - SAME..=other.to + SAME).contains(&one.at) && (one.from - SAME..=one.to + SAME).contains(&other.at)
    };
    let mut free_across: Vec<Rule> = across.to_vec();
    let mut free_down: Vec<Rule> = down.to_vec();
    let mut found = Vec::new();
    while let Some(first) = free_across.pop() {
        let (mut own_across, mut own_down) = (vec![first], Vec::new());
        let (mut next_across, mut next_down) = (0, 0);
        while next_across < own_across.len() || next_down < own_down.len() {
            if let Some(rule) = own_across.get(next_across).copied() {
                next_across += 1;
                own_down.extend(free_down.extract_if(.., |other| touches(&rule, other)));
            } else if let Some(rule) = own_down.get(next_down).copied() {
                next_down += 1;
                own_across.extend(free_across.extract_if(.., |other| touches(other, &rule)));
            }
        }
        if own_across.len() > 1 && own_down.len() > 1 {
            found.push((own_across, own_down));
        }
    }
    found
}

/// The cells that lines make.
struct Grid {
    columns: Vec<f64>,
    rows: Vec<f64>,
    /// For each place the first place of the cell that covers it, by row and column.
    owners: Vec<Vec<(usize, usize)>>,
}

impl Grid {
    fn of(across: &[Rule], down: &[Rule]) -> Option<Self> {
        let columns = edges(down.iter().map(|rule| rule.at).chain(across.iter().flat_map(|rule| [rule.from, rule.to])));
        let rows = edges(across.iter().map(|rule| rule.at).chain(down.iter().flat_map(|rule| [rule.from, rule.to])));
        if !(3..=COLUMNS + 1).contains(&columns.len()) || !(3..=ROWS + 1).contains(&rows.len()) {
            return None;
        }
        let mut grid = Self { columns, rows, owners: Vec::new() };
        grid.owners = grid.owners_by(across, down)?;
        let cells = grid.owners.iter().flatten().collect::<std::collections::HashSet<_>>().len();
        let in_row = |row: usize| grid.owners.get(row).is_some_and(|owners| owners.iter().any(|owner| owner.1 > 0));
        let parted = (0..grid.owners.len()).filter(|row| in_row(*row)).count();
        (cells >= 4 && parted >= 2).then_some(grid)
    }

    /// Which places are one cell: those that no line parts. Nothing where they make no rectangle.
    fn owners_by(&self, across: &[Rule], down: &[Rule]) -> Option<Vec<Vec<(usize, usize)>>> {
        let (high, wide) = (self.rows.len() - 1, self.columns.len() - 1);
        let parted = |rules: &[Rule], at: f64, from: f64, to: f64| {
            let own = rules.iter().filter(|rule| (rule.at - at).abs() < SAME);
            let drawn: f64 = own.map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0)).sum();
            drawn >= DRAWN * (to - from)
        };
        let mut owners: Vec<Vec<Option<(usize, usize)>>> = vec![vec![None; wide]; high];
        for row in 0..high {
            for column in 0..wide {
                if owners[row][column].is_some() {
                    continue;
                }
                let (top, left) = (self.rows[row], self.columns[column]);
                let mut right = column;
                while right + 1 < wide && !parted(down, self.columns[right + 1], top, self.rows[row + 1]) {
                    right += 1;
                }
                let mut low = row;
                while low + 1 < high && !parted(across, self.rows[low + 1], left, self.columns[right + 1]) {
                    low += 1;
                }
                for owner in
                    owners.get_mut(row..=low)?.iter_mut().filter_map(|own| own.get_mut(column..=right)).flatten()
                {
                    if owner.replace((row, column)).is_some() {
                        return None;
                    }
                }
            }
        }
        Some(owners.into_iter().map(|row| row.into_iter().flatten().collect()).collect())
    }

    /// The place in which a point lies.
    fn place(&self, x: f64, y: f64) -> Option<(usize, usize)> {
        let column = self.columns.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.rows.partition_point(|edge| *edge <= y).checked_sub(1)?;
        self.owners.get(row)?.get(column).copied()
    }

    /// Takes what stands in the cells from the page. Nothing is taken where a word crosses an edge.
    fn fill(&self, page: &mut layout::Page) -> Option<PlacedTable> {
        let mut cells: Vec<Vec<Vec<Run>>> = self.owners.iter().map(|row| vec![Vec::new(); row.len()]).collect();
        let mut beside: Vec<Run> = Vec::new();
        let mut filled = 0;
        for run in &page.runs {
            let middle = run.y - 0.3 * run.size;
            let place = |glyph: &Glyph| self.place(glyph.x + glyph.width.unwrap_or(0.0) / 2.0, middle);
            if run.way != Way::Across || run.outside.is_some() || !run.glyphs.iter().any(|glyph| place(glyph).is_some())
            {
                beside.push(run.clone());
                continue;
            }
            for part in run.glyphs.chunk_by(|one, other| place(one) == place(other)) {
                let own = Run { glyphs: part.to_vec(), ..run.clone() };
                let Some((row, column)) = part.first().and_then(place) else {
                    beside.push(own);
                    continue;
                };
                filled += 1;
                cells.get_mut(row)?.get_mut(column)?.push(own);
            }
            if crosses(run, &place) {
                return None;
            }
        }
        if filled < 2 {
            return None;
        }
        page.runs = beside;
        let mut rows = Vec::new();
        for (row, owners) in self.owners.iter().enumerate() {
            let places = owners.iter().enumerate().map(|(column, owner)| match owner {
                own if *own == (row, column) => Place::Cell(std::mem::take(&mut cells[row][column])),
                (above, _) if *above < row => Place::Up,
                _ => Place::Left,
            });
            rows.push(places.collect());
        }
        Some(PlacedTable { y: self.rows[0], rows })
    }
}

/// Whether a word stands in two places at once: two letters that no gap parts.
fn crosses(run: &Run, place: &dyn Fn(&Glyph) -> Option<(usize, usize)>) -> bool {
    run.glyphs.windows(2).any(|pair| {
        let [one, other] = pair else { return false };
        let gap = other.x - one.x - one.width.unwrap_or(0.0);
        one.id.is_some() && other.id.is_some() && place(one) != place(other) && gap < 0.1 * run.size
    })
}

/// Where edges stand, those that are near to each other as one.
fn edges(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = all.collect();
    sorted.sort_by(f64::total_cmp);
    let mut out: Vec<f64> = Vec::new();
    for edge in sorted {
        if out.last().is_none_or(|last| edge - last >= SAME) {
            out.push(edge);
        }
    }
    out
}
