//! One document of the archive: its record and its place.

use std::sync::Arc;

use super::scan::SourceFile;
use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::folder::Folder;
use crate::record::profile::Profile;
use crate::record::{Record, front_matter};
use crate::site::Site;

/// A document of the archive.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Entry {
    /// Its record.
    pub record: Arc<Record>,
    /// Its lasting name.
    pub id: String,
    /// Its file.
    pub source: SourceFile,
    /// Its own folder in `content/`, with a closing `/`, when it has one.
    pub folder: Option<String>,
    /// The collection it lies in.
    pub collection: usize,
    /// Its folder in the site: `laws/notice`.
    pub directory: String,
    /// Files beside it that are published with it: paths from the archive's root.
    pub attachments: Vec<String>,
    /// The document before it in its collection.
    pub previous: Option<usize>,
    /// The document after it.
    pub next: Option<usize>,
}

impl Entry {
    /// Whether it is the document in a file, or in the folder of a document that has one.
    pub(crate) fn is_in(&self, place: &str) -> bool {
        let folder = self.folder.as_deref().map(|folder| folder.trim_end_matches('/'));
        self.source.path == place || folder == Some(place.trim_end_matches('/'))
    }

    /// The file's name without its ending, or its folder's name.
    pub(crate) fn stem(&self) -> &str {
        let file = self.folder.as_deref().unwrap_or(&self.source.path).trim_end_matches('/');
        let name = file.rsplit('/').next().unwrap_or(file);
        if self.folder.is_some() { name } else { name.trim_end_matches(".md") }
    }

    /// The tag of the text's language.
    pub(crate) fn language<'a>(&'a self, site: &'a Site) -> &'a str {
        self.record.language.as_deref().unwrap_or(&site.language)
    }
}

/// A record as it was read, with what is wrong in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ReadRecord {
    /// What of the record may be published. It is shared: with a hundred thousand documents, a second copy of each record
    /// would be half of the memory.
    pub record: Arc<Record>,
    /// Faults of the record.
    pub report: Report,
}

/// Bytes that a record may have: it is kept in memory, and its title stands on every page.
const LONGEST_RECORD: usize = 1 << 20;

impl Entry {
    /// The folder in which files lie that are its own, with a closing `/`: that of the document, or the one of its file's name.
    pub(crate) fn own_folder(&self) -> String {
        self.folder.clone().unwrap_or_else(|| format!("{}/", self.source.path.trim_end_matches(".md")))
    }
}

impl ReadRecord {
    /// Reads the record at the head of a document's file.
    pub(crate) fn of(root: &Folder, file: &SourceFile, profile: Profile) -> Self {
        let mut report = Report::new();
        let record = file.read_head(root).and_then(|text| {
            let source = Source { file: &file.path, text: &text };
            let split = front_matter::split(source)?;
            if split.record.len() > LONGEST_RECORD {
                return Err(Diagnostic::error(RecordMessage::LongRecord).in_file(file.path.clone()));
            }
            let record = Record::parse(source, split.record.clone(), &mut report);
            profile.check(&record, source, split.record, &mut report);
            Ok(record.published().compact())
        });
        let record = record.unwrap_or_else(|fault| {
            report.push(fault);
            Record::default()
        });
        Self { record: Arc::new(record), report }
    }
}
