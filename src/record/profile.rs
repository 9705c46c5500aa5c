//! Which fields an archive wants every record to have: `[records] profile` in site.toml.
//!
//! `minimal` asks for a title, so that a beginner's first page builds. `archival` asks for what a reader must have to
//! trust a text: who, when, from which office, and who holds the rights; it follows what ISAD(G) calls essential and
//! DA/T 46-2009 obligatory, as far as one document can have it.

use std::ops::Range;

use super::{Access, Record};
use crate::diagnostic::messages::{Lacking, RecordMessage};
use crate::diagnostic::{Diagnostic, Report, Source};

/// How much a record must say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Profile {
    /// A title.
    #[default]
    Minimal,
    /// Author or issuer, date, source office, rights as well.
    Archival,
}

impl Profile {
    /// The words in site.toml.
    pub(crate) const WORDS: [(&str, Self); 2] = [("minimal", Self::Minimal), ("archival", Self::Archival)];

    /// Reports what a record lacks. Its place is the beginning of the record.
    pub(crate) fn check(self, record: &Record, source: Source<'_>, at: Range<usize>, report: &mut Report) {
        // Of a closed document only its existence is published.
        if self == Self::Minimal || record.access == Access::Closed {
            return;
        }
        let lacks = [
            (record.authors.is_empty() && record.issuer.is_none(), "authors", Lacking::Authors),
            (record.date.is_none() && record.created.is_none(), "date", Lacking::Date),
            (record.source.is_none(), "source", Lacking::Source),
            (record.rights.is_none() && record.rights_uri.is_none(), "rights", Lacking::Rights),
        ];
        // A field that is there and could not be read has been reported.
        let text = source.text.get(at.clone()).unwrap_or_default();
        let is_there = |field: &str| text.lines().any(|line| line.trim_start().starts_with(field));
        for (_, _, lacking) in lacks.into_iter().filter(|(lacks, field, _)| *lacks && !is_there(field)) {
            report.push(Diagnostic::error(RecordMessage::MissingField { lacking }).at(source, at.start..at.start));
        }
    }
}
