//! A record is read: its fields by the table, then what no field says alone.

use std::ops::Range;

use super::Record;
use super::date::Date;
use super::field;
use super::fields::Fields;
use super::table::{RECORD, VOCABULARY};
use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Report, Source};

impl Record {
    /// Reads the record in `range` of a file.
    pub fn parse(source: Source<'_>, range: Range<usize>, report: &mut Report) -> Self {
        let mut fields = Fields::parse(source, range.clone(), "record", VOCABULARY, report);
        let mut record = Self::default();
        field::read(RECORD, &mut record, &mut fields, report);
        if record.title.is_empty() && !fields.has_near_miss("title") && !fields.is_written("title") {
            report.push(Diagnostic::error(RecordMessage::RecordWithoutTitle).at(source, range.start..range.start));
        }
        fields.finish(report);
        check_order(&record, source, range, report);
        record
    }
}

/// Dates that cannot all be true: made after it was published, captured before it was.
fn check_order(record: &Record, source: Source<'_>, at: Range<usize>, report: &mut Report) {
    let text = source.text.get(at.clone()).unwrap_or_default();
    let mut doubt = |field: &str, message: RecordMessage| {
        let line = text.match_indices(field).find(|(at, _)| *at == 0 || text[..*at].ends_with('\n'));
        let start = at.start + line.map_or(0, |(at, _)| at);
        let length = if line.is_some() { field.len() } else { 0 };
        report.push(Diagnostic::warning(message).at(source, start..start + length));
    };
    let after = |one: &Option<Date>, two: &Option<Date>| matches!((one, two), (Some(one), Some(two)) if one.sort_key().is_wholly_after(two.sort_key()));
    if after(&record.created, &record.date) {
        doubt("created", RecordMessage::WrittenAfterPublished);
    }
    if after(&record.date, &record.captured) {
        doubt("captured", RecordMessage::CapturedBeforePublished);
    }
}
