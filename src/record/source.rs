//! Where a text comes from.
//!
//! The first source of a document stands in its record as fields of their own, `source`, `source_url`, `captured`, `rights`
//! and `[original]`, since most documents have one and no more. Each further one, a reprint or another site's capture of
//! the same text, is a table `[[sources]]`.

use super::Original;
use super::date::Date;
use super::fields::Fields;
use super::table;
use crate::diagnostic::Report;

/// A source behind the first one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Source {
    /// Who published what was captured.
    pub office: Option<String>,
    /// Where it was captured.
    pub address: Option<String>,
    /// When it was captured.
    pub captured: Option<Date>,
    /// Who holds which rights in it.
    pub rights: Option<String>,
    /// The kept capture.
    pub original: Option<Box<Original>>,
}

/// Reads the list; a table that says nothing is left out.
pub(super) fn read(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Source> {
    let tables = fields.tables("sources", report);
    let sources = tables.into_iter().map(|mut table| {
        let mut source = Source::default();
        table::read(table::SOURCE, &mut source, &mut table, report);
        table.finish(report);
        source
    });
    sources.filter(|source| *source != Source::default()).collect()
}
