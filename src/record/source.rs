//! Where a text comes from.
//!
//! The first source of a document stands in its record as fields of their own, `source`, `source_url`, `captured`, `rights`
//! and `[original]`, since most documents have one and no more. Each further one, a reprint or another site's capture of
//! the same text, is a table `[[sources]]`.

use super::date::Date;
use super::field::{self, Field, Slot, at};
use super::fields::Fields;
use super::original::Original;
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

/// The fields of `[[sources]]`, the sources behind the first one.
#[rustfmt::skip]
pub(super) static SOURCE: &[Field<Source>] = &[
    Field::<Source>::new("office", "\"江城县档案馆\"", "who published what was captured", Slot::Text(at!(office))),
    Field::<Source>::new("address", "\"https://e.example/7\"", "where it was captured", Slot::Address(at!(address))),
    Field::<Source>::new("captured", "\"2026-05-17\"", "when it was captured", Slot::Date(at!(captured))),
    Field::<Source>::new("rights", "\"© 江城县档案馆\"", "who holds which rights in this source", Slot::Text(at!(rights))),
    Field::<Source>::table("original", "file = \"original/second.html\"", "its kept capture; the fields are those of `[original]`",
        |source, fields, report| source.original = Original::read(fields, report)),
];

/// Reads the list; a table that says nothing is left out.
pub(super) fn read(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Source> {
    let tables = fields.tables("sources", report);
    let sources = tables.into_iter().map(|mut table| {
        let mut source = Source::default();
        field::read(SOURCE, &mut source, &mut table, report);
        table.finish(report);
        source
    });
    sources.filter(|source| *source != Source::default()).collect()
}
