//! Tables as Markdown's tables: one line a row, the first row as the head, every row of the same width.
//!
//! Markdown has no cells over several columns or rows; their words stand in the first of the cells they cover, and the others
//! are empty. So no word is lost, and a person who needs the drawn form has the original beside it.

use std::ops::Range;

use super::marked;
use crate::import::flow::Mark;

/// Writes a table.
pub(crate) fn write(text: &str, marks: &[Mark], rows: &[Vec<Range<usize>>], known: &dyn Fn(&str) -> bool) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (nth, row) in rows.iter().enumerate() {
        let mut line = String::from("|");
        for column in 0..width {
            line.push(' ');
            if let Some(range) = row.get(column) {
                line.push_str(cell(text, marks, range, known).trim());
            }
            line.push_str(" |");
        }
        lines.push(line);
        if nth == 0 {
            lines.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    lines.join("\n")
}

fn cell(text: &str, marks: &[Mark], range: &Range<usize>, known: &dyn Fn(&str) -> bool) -> String {
    let first = marks.partition_point(|mark| mark.range.start < range.start);
    let own: Vec<Mark> = marks
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(|mark| mark.range.start <= range.end)
        .filter(|mark| mark.range.end <= range.end)
        .map(|mark| Mark {
            range: mark.range.start - range.start..mark.range.end - range.start,
            sense: mark.sense.clone(),
        })
        .collect();
    let plain = text.get(range.clone()).unwrap_or_default().replace('\n', " ");
    // Code is written as it is, and a stroke in it would end the cell.
    let has_stroke = |mark: &Mark| plain.get(mark.range.clone()).is_some_and(|part| part.contains('|'));
    let own: Vec<Mark> =
        own.into_iter().filter(|mark| mark.sense != crate::import::flow::Sense::Code || !has_stroke(mark)).collect();
    marked::write(&plain, &own, None, known)
}
