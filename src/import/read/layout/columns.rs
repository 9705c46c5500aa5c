//! Text that is set in columns, and the order in which they are read.

use super::lines::Line;

/// How many lines each column has at least.
const LINES: usize = 6;
/// How many characters a line of a column has on average, at least. Cells of tables have fewer.
const CHARACTERS: usize = 9;
/// How narrow the gap between two columns may be, in letters, on one line in how many it must be there, and how many gaps are
/// looked at.
const NARROW: f64 = 0.8;
const FEW: usize = 4;
const GAPS: usize = 2_000;
/// The column of lines that go across all of them: those have margins of their own.
const ACROSS: usize = 8;
/// How often columns are looked for within columns.
const DEPTH: usize = 2;

/// Puts the lines of a page in the order of their columns; how many columns there are.
pub(super) fn settle(lines: &mut Vec<Line>) -> usize {
    let between = between(lines);
    let parts: Vec<Line> = lines.iter().flat_map(|line| line.parts(&between)).collect();
    let Some(gutter) = gutter(&parts, &between) else { return 1 };
    let (ordered, found) = by_bands(parts, gutter, DEPTH, &between);
    if found == 1 {
        return 1;
    }
    *lines = ordered;
    found
}

/// Places that lie in gaps of so many lines that columns must be on both sides, however narrow the gaps are.
fn between(lines: &[Line]) -> Vec<f64> {
    let size = lines.iter().map(|line| line.size).min_by(f64::total_cmp).unwrap_or(1.0);
    let mut open: Vec<(f64, f64)> =
        lines.iter().flat_map(Line::open).filter(|(start, end)| end - start > NARROW * size).collect();
    let mut found = Vec::new();
    if open.len() > GAPS {
        return found;
    }
    while found.len() < DEPTH {
        let held = |place: f64| open.iter().filter(|(start, end)| *start < place && place < *end).count();
        let places = open.iter().map(|(start, end)| (start + end) / 2.0).map(|place| (held(place), place));
        let Some((count, place)) = places.max_by_key(|(count, _)| *count) else { return found };
        let is_many = count >= LINES && FEW * count >= lines.len();
        if !is_many && !parts_most(lines, place, count) {
            return found;
        }
        open.retain(|(start, end)| place <= *start || *end <= place);
        found.push(place);
    }
    found
}

/// Whether lines stand on both sides of a place, and few go across it.
fn parts_most(lines: &[Line], place: f64, count: usize) -> bool {
    let left = lines.iter().filter(|line| line.end() <= place).count();
    let right = lines.iter().filter(|line| line.start() >= place).count();
    let across = lines.len() - left - right - count.min(lines.len() - left - right);
    left.min(right) + count >= LINES && left.min(right) > 0 && 3 * across <= left.min(right) + count
}

/// Where a second column begins, when lines begin there often enough.
fn gutter(parts: &[Line], between: &[f64]) -> Option<f64> {
    let left = parts.iter().map(Line::start).min_by(f64::total_cmp)?;
    let right = parts.iter().map(Line::end).max_by(f64::total_cmp)?;
    let size = parts.iter().map(|line| line.size).min_by(f64::total_cmp)?.max(0.1);
    let mut starts: Vec<(i64, usize, usize)> = Vec::new();
    for part in parts.iter().filter(|part| part.start() > left + 0.25 * (right - left)) {
        let place = (part.start() / size).round() as i64;
        match starts.iter_mut().find(|(known, ..)| (*known - place).abs() <= 1) {
            Some((_, lines, characters)) => (*lines, *characters) = (*lines + 1, *characters + part.glyphs.len()),
            None => starts.push((place, 1, part.glyphs.len())),
        }
    }
    let likely = starts.iter().filter(|(_, lines, characters)| *lines >= LINES && characters / lines >= CHARACTERS);
    // The leftmost: what is right of it may have columns again.
    let found = likely.map(|(place, ..)| (*place as f64 - 1.5) * size).min_by(f64::total_cmp)?;
    let known = between.iter().find(|place| (found..=found + 2.5 * size).contains(place));
    Some(known.copied().unwrap_or(found))
}

/// Cuts a page at the lines that cross the gutter, and reads what is between two of them column by column.
fn by_bands(parts: Vec<Line>, gutter: f64, depth: usize, between: &[f64]) -> (Vec<Line>, usize) {
    let mut ordered = Vec::new();
    let mut most = 1;
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut close = |left: &mut Vec<Line>, right: &mut Vec<Line>, ordered: &mut Vec<Line>| {
        let (left, mut right) = (std::mem::take(left), std::mem::take(right));
        if !is_column(&left) || !is_column(&right) {
            let mut both: Vec<Line> = left.into_iter().chain(right).collect();
            both.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.start().total_cmp(&other.start())));
            ordered.extend(both.into_iter().map(|part| Line { is_alone: true, ..part }));
            return;
        }
        let mut columns = 1;
        if depth > 0
            && let Some(next) = self::gutter(&right, between)
        {
            (right, columns) = by_bands(right, next, depth - 1, between);
        }
        most = most.max(columns + 1);
        ordered.extend(left);
        ordered.extend(right.into_iter().map(|line| Line { column: line.column + 1, ..line }));
    };
    for part in parts {
        if part.start() < gutter && part.end() > gutter {
            close(&mut left, &mut right, &mut ordered);
            ordered.push(Line { column: ACROSS, ..part });
        } else if part.start() < gutter {
            left.push(part);
        } else {
            right.push(part);
        }
    }
    close(&mut left, &mut right, &mut ordered);
    (ordered, most)
}

fn is_column(lines: &[Line]) -> bool {
    let characters: usize = lines.iter().map(|line| line.glyphs.len()).sum();
    lines.len() >= LINES && characters / lines.len() >= CHARACTERS
}
