//! Control characters in a record: what no page, book or catalogue can hold (XML 1.0, 2.2).

use toml::de::{DeTable, DeValue};

use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;

/// Reports each value of a table, and of the tables in it, that holds one. `offset` is where the table's text begins.
pub(super) fn refuse(source: Source<'_>, offset: usize, table: &DeTable<'_>, report: &mut Report) {
    for (name, value) in table.iter() {
        refuse_in(source, offset, name.get_ref(), value, report);
    }
}

fn refuse_in(source: Source<'_>, offset: usize, field: &str, value: &toml::Spanned<DeValue<'_>>, report: &mut Report) {
    match value.get_ref() {
        DeValue::String(text) => {
            let Some(found) = text.chars().find(|character| file::is_forbidden(*character)) else { return };
            let code = format!("U+{:04X}", u32::from(found));
            let span = value.span().start + offset..value.span().end + offset;
            let message = RecordMessage::ControlInField { field: field.to_string(), code };
            report.push(Diagnostic::error(message).at(source, span));
        }
        DeValue::Array(items) => items.iter().for_each(|item| refuse_in(source, offset, field, item, report)),
        DeValue::Table(table) => refuse(source, offset, table, report),
        _ => {}
    }
}
