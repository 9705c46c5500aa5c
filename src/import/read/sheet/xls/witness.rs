//! The cells of a sheet taken out once more, in the simplest way there is: record by record, a text for each place.
//!
//! It knows nothing of merged areas, links or hidden rows. It shares with the reader the bytes, the strings of the workbook,
//! and what numbers look like.

use std::ops::Range;

use super::records::{Records, kind};
use super::sheet::{Value, is_string, label, place, values};
use super::wide::Wide;
use super::workbook::Globals;
use crate::import::read::sheet::witness::Found;
use crate::import::read::sheet::workbook::clean;

/// Takes the cells out of the bytes that the reader walked through.
pub(super) fn read(stream: &[u8], position: usize, globals: &Globals, walked: &Range<usize>) -> Found {
    let mut found = Found::default();
    let within = stream.get(..walked.end).unwrap_or(stream);
    let mut charts = 0_usize;
    let mut formula = None;
    let mut records = Records::new(within, position);
    // The beginning of the sheet is none of a chart.
    records.next();
    while let Some(record) = records.next() {
        match record.kind {
            kind::BOF => charts += 1,
            kind::EOF => charts = charts.saturating_sub(1),
            _ if charts > 0 => {}
            kind::STRING => {
                let parts = records.continued(record.body);
                let text = globals.script.string(&mut Wide::new(parts), false);
                if let (Some((row, column, look)), Some(text)) = (formula.take(), text) {
                    found.insert((row, column), globals.looks.text(&clean(&text), look));
                }
            }
            kind::LABEL | kind::RSTRING => {
                let parts = records.continued(record.body);
                if let Some(((row, column, look), text)) = label(record.body, parts, globals.script) {
                    found.insert((row, column), globals.looks.text(&clean(&text), look));
                }
            }
            _ => {
                if record.kind == kind::FORMULA && is_string(record.body) {
                    formula = place(record.body);
                }
                for (row, column, look, value) in values(&record, globals) {
                    let shown = match value {
                        Value::Number(number) => globals.looks.number(number, look),
                        Value::Text(text) => text,
                        Value::Shared(text) => globals.looks.text(&text, look),
                        Value::Word(word) => word.to_string(),
                    };
                    found.insert((row, column), clean(&shown));
                }
            }
        }
    }
    found
}
