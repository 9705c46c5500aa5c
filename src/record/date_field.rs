//! A date as a field has it, and what is said of one that cannot be read.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::date::Date;
use super::fields::{self, Fields};
use super::printed_date;
use crate::diagnostic::messages::{DateFault, RecordMessage};
use crate::diagnostic::{Diagnostic, Report, Source};

/// Reads one date field.
pub(crate) fn read(fields: &mut Fields<'_>, key: &'static str, report: &mut Report) -> Option<Date> {
    let text = fields.date(key, report)?;
    match Date::parse(&text.value) {
        Ok(date) => Some(date),
        Err(why) => {
            report.push(bad_date(key, &text.value, why, fields.source(), text.span));
            None
        }
    }
}

/// A date that is printed as people say it is known for what it is.
fn bad_date(key: &str, text: &str, why: DateFault, source: Source<'_>, span: Range<usize>) -> Diagnostic {
    let narrow: String = text.nfkc().collect();
    let printed =
        printed_date::read(narrow.trim()).filter(|date| date.length == narrow.trim().len() && date.time.is_none());
    let meant = printed.map(|date| date.edtf).or_else(|| Date::parse(&narrow).is_ok().then(|| narrow.clone()));
    let is_printed = |sign: char| !sign.is_ascii();
    let has_printed_form = key == "date"
        && match meant {
            Some(_) => text.nfkc().any(is_printed),
            None => text.contains(is_printed),
        };
    let message = RecordMessage::BadDate {
        field: key.to_string(),
        text: text.to_string(),
        why,
        meant: meant.clone(),
        has_printed_form,
    };
    let fault = Diagnostic::error(message).at(source, span.clone());
    match meant.filter(|_| fields::is_quoted(source, &span)) {
        Some(edtf) => fault.fix(source, span, format!("\"{edtf}\"")),
        None => fault,
    }
}
