//! The capture that a text was taken from, as it is kept.

use super::field::{self, Field, Slot, at};
use super::fields::Fields;
use crate::diagnostic::Report;

/// The kept capture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// Path beside the record.
    pub file: String,
    /// SHA-256 in lower-case hex.
    pub sha256: Option<String>,
    /// Size.
    pub bytes: Option<u64>,
    /// Media type (RFC 6838).
    pub media_type: Option<String>,
    /// Character encoding it was read in.
    pub encoding: Option<String>,
    /// Program and version that read it.
    pub importer: Option<String>,
}

impl Original {
    pub(super) fn read(fields: &mut Fields<'_>, report: &mut Report) -> Option<Box<Self>> {
        let mut table = fields.table("original", report)?;
        let mut original = Self::default();
        field::read(FIELDS, &mut original, &mut table, report);
        table.finish(report);
        Some(Box::new(original))
    }
}

/// The fields of `[original]`.
#[rustfmt::skip]
pub(super) static FIELDS: &[Field<Original>] = &[
    Field::<Original>::new("file", "\"original/notes.html\"", "the kept capture, written by `fonds import` as all of this table is",
        Slot::Aside(|original, fields, report| original.file = fields.string("file", report).unwrap_or_default())),
    Field::<Original>::new("sha256", "\"a22fefe4…\"", "its digest",
        Slot::Aside(|original, fields, report| original.sha256 = fields.string("sha256", report).map(|hash| hash.to_ascii_lowercase()))),
    Field::<Original>::new("bytes", "1222", "its size",
        Slot::Aside(|original, fields, report| original.bytes = fields.integer("bytes", report).and_then(|bytes| u64::try_from(bytes.value).ok()))),
    Field::<Original>::new("media_type", "\"text/html\"", "", Slot::Text(at!(media_type))),
    Field::<Original>::new("encoding", "\"GB18030\"", "in which it was read", Slot::Text(at!(encoding))),
    Field::<Original>::new("importer", "\"fonds 0.1.0\"", "which read it", Slot::Text(at!(importer))),
];
