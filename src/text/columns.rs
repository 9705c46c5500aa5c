//! Rows of a Markdown table that do not fit it.
//!
//! GitHub Flavored Markdown leaves out a cell for which the head has no column, and takes lines for no table at all when the
//! row of dashes has fewer columns than the head. A text of an archive must lose no word in silence.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostic::messages::TextMessage;
use crate::diagnostic::{Diagnostic, Report, Source};

/// Tells the cells that have no column, and the tables that are none.
pub(super) fn check(source: Source<'_>, events: &[(Event<'_>, Range<usize>)], report: &mut Report) {
    let mut columns = 0;
    for (event, span) in events {
        match event {
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableRow) => surplus(source, span, columns, report),
            Event::Start(Tag::Paragraph) => not_read(source, span, report),
            _ => {}
        }
    }
}

/// A text whose tables have a column for each cell of their rows: what other programs leave out is kept when it is imported.
pub(crate) fn widened<'a>(text: &'a str, events: &[(Event<'_>, Range<usize>)]) -> Cow<'a, str> {
    let mut missing: BTreeMap<usize, usize> = BTreeMap::new();
    let mut table = (0, 0);
    for (event, span) in events {
        match event {
            Event::Start(Tag::Table(alignments)) => table = (span.start, alignments.len()),
            Event::Start(Tag::TableRow) => {
                let row = text.get(span.clone()).unwrap_or_default();
                let last = cells(row).iter().rposition(|cell| !row[cell.clone()].trim().is_empty());
                let more = last.map_or(0, |last| (last + 1).saturating_sub(table.1));
                let most = missing.entry(table.0).or_default();
                *most = more.max(*most);
            }
            _ => {}
        }
    }
    missing.retain(|_, more| *more > 0);
    if missing.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (start, more) in missing {
        let mut first = start;
        for (line, filling) in text[start..].split_inclusive('\n').zip([" |", "---|"]) {
            let end = first + line.trim_end().len();
            first += line.len();
            out.push_str(&text[done..end]);
            if !text[..end].ends_with('|') {
                out.push('|');
            }
            out.push_str(&filling.repeat(more));
            done = end;
        }
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// The cells behind the last column, unless they are empty.
fn surplus(source: Source<'_>, row: &Range<usize>, columns: usize, report: &mut Report) {
    let Some(text) = source.text.get(row.clone()) else { return };
    let cells = cells(text);
    let own = |cell: &Range<usize>| text.get(cell.clone()).unwrap_or_default().trim();
    let rest = cells.get(columns..).unwrap_or_default();
    let Some(first) = rest.iter().find(|cell| !own(cell).is_empty()) else { return };
    let message = TextMessage::SurplusCell { words: own(first).to_string(), columns, cells: cells.len() };
    report.push(Diagnostic::error(message).at(source, row.start + first.start..row.start + first.end));
}

/// A row of dashes within a paragraph: the line above has more or fewer cells.
fn not_read(source: Source<'_>, paragraph: &Range<usize>, report: &mut Report) {
    let Some(text) = source.text.get(paragraph.clone()).filter(|text| text.contains('|') && text.contains("--")) else {
        return;
    };
    let mut start = paragraph.start;
    let mut above = "";
    for line in text.split_inclusive('\n') {
        let row = line.trim_end();
        let (head, dashes) = (cells(above).len(), cells(row).len());
        if is_delimiter(row) && above.contains('|') && head != dashes {
            let message = TextMessage::TableNotRead { head, row: dashes };
            let lead = row.len() - row.trim_start().len();
            let whole = format!("|{}", "---|".repeat(head));
            let span = start + lead..start + row.len();
            report.push(Diagnostic::warning(message).at(source, span.clone()).suggest(source, span, whole));
        }
        above = row;
        start += line.len();
    }
}

fn is_delimiter(row: &str) -> bool {
    let is_dashes = |cell: &Range<usize>| {
        let cell = row[cell.clone()].trim();
        let inner = cell.strip_prefix(':').unwrap_or(cell);
        let inner = inner.strip_suffix(':').unwrap_or(inner);
        !inner.is_empty() && inner.bytes().all(|byte| byte == b'-')
    };
    let cells = cells(row);
    row.contains('|') && !cells.is_empty() && cells.iter().all(is_dashes)
}

/// The cells of a row (GFM 4.10): what stands between strokes that no backslash stands before. The outer strokes are optional.
fn cells(row: &str) -> Vec<Range<usize>> {
    let end = row.trim_end().len();
    let start = row.len() - row.trim_start().len();
    let mut cells = Vec::new();
    let mut first = start;
    let mut escaped = false;
    for (at, byte) in row.bytes().enumerate().take(end).skip(start) {
        if byte == b'|' && !escaped {
            if at > start {
                cells.push(first..at);
            }
            first = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if first < end {
        cells.push(first..end);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_widened() {
        let wide = |text: &str| {
            let events: Vec<_> = pulldown_cmark::Parser::new_ext(text, pulldown_cmark::Options::ENABLE_TABLES)
                .into_offset_iter()
                .collect();
            widened(text, &events).into_owned()
        };
        assert_eq!(
            wide("甲\n\n| a | b |\n|--|--|\n| c | d | e | f |\n| g |\n\n乙\n"),
            "甲\n\n| a | b | | |\n|--|--|---|---|\n| c | d | e | f |\n| g |\n\n乙\n"
        );
        assert_eq!(wide("> a|b\n> -|-\n> c|d|e\n"), "> a|b| |\n> -|-|---|\n> c|d|e\n");
        assert_eq!(wide("|a|b|\n|-|-|\n|c|d| |\n"), "|a|b|\n|-|-|\n|c|d| |\n");
    }

    #[test]
    fn rows() {
        let of = |row: &str| cells(row).into_iter().map(|cell| row[cell].trim().to_string()).collect::<Vec<_>>();
        assert_eq!(of("| 甲 | 乙 |\n"), ["甲", "乙"]);
        assert_eq!(of("甲|乙\\|丙|"), ["甲", "乙\\|丙"]);
        assert_eq!(of("||甲|"), ["", "甲"]);
        assert_eq!(of(""), Vec::<String>::new());
        assert!(is_delimiter("|:-:|--|") && is_delimiter("-|-") && !is_delimiter("---") && !is_delimiter("| - 甲 |"));
    }
}
