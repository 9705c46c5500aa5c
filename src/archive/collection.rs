//! A collection: a fonds, a series, a file, or whatever an archive calls its groups.

use crate::archive::scan::SourceFile;
use crate::diagnostic::{Report, Source};
use crate::record::date::Date;
use crate::record::date_field;
use crate::record::fields::Fields;
use crate::record::front_matter;
use crate::record::table::VOCABULARY;

/// A folder of documents with what its `_index.md` says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Collection {
    /// Folder below `content/` and in the site; empty for the archive itself.
    pub path: String,
    /// Its name; the folder's when `_index.md` gives none.
    pub title: String,
    /// What it is.
    pub description: Option<String>,
    /// fonds, series, file …
    pub level: Option<String>,
    /// When its documents were made.
    pub dates: Option<Date>,
    /// Reference code.
    pub reference: Option<String>,
    /// How its documents are ordered.
    pub sort: Sort,
    /// Its `_index.md`.
    pub source: Option<SourceFile>,
    /// The collection it lies in.
    pub parent: Option<usize>,
    /// Collections in it, in their order.
    pub children: Vec<usize>,
    /// Documents in it, in its order.
    pub documents: Vec<usize>,
    /// Documents in it and in the collections below.
    pub total: usize,
}

/// The order of a collection's documents, and so of “previous” and “next”.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Oldest first; undated last.
    #[default]
    Date,
    /// Newest first; undated last.
    DateDescending,
    /// By title.
    Title,
    /// By file name.
    File,
}

/// The words for [`Sort`].
const SORTS: [(&str, Sort); 4] =
    [("date", Sort::Date), ("date-desc", Sort::DateDescending), ("title", Sort::Title), ("file", Sort::File)];

impl Collection {
    /// Reads `_index.md`.
    pub(crate) fn read(path: &str, source: Option<SourceFile>, text: Option<&str>, report: &mut Report) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut collection = Self { path: path.to_string(), title: name.to_string(), ..Self::default() };
        if let (Some(file), Some(text)) = (&source, text) {
            let here = Source { file: &file.path, text };
            match front_matter::split(here) {
                Err(fault) => report.push(fault),
                Ok(split) => {
                    let mut fields = Fields::parse(here, split.record, "collection", VOCABULARY, report);
                    if let Some(title) = fields.string("title", report) {
                        collection.title = title;
                    }
                    collection.description = fields.string("description", report);
                    collection.level = fields.string("level", report);
                    collection.dates = date_field::read(&mut fields, "dates", report);
                    collection.reference = fields.string("reference", report);
                    collection.sort = fields.word("sort", &SORTS, report).unwrap_or_default();
                    fields.finish(report);
                }
            }
        }
        collection.source = source;
        collection
    }
}
