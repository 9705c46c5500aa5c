//! What an archive keeps: originals, held against its records, and texts as they were published, held against its account of changes.
//!
//! A record has the SHA-256 of the capture that its text was taken from. Records of closed documents have one too, and their
//! originals rot as well as others, so all of them are read here and not only what may be published. The digest of a published text is
//! that of what it says (`content/changes.lock` has it), so it is compared as such; a list of changes has none, and is read.

use rayon::prelude::*;

use super::digest::Algorithm;
use super::listed::{Listed, Looked, Place, Present, compare};
use crate::archive::changes::Changes;
use crate::archive::history;
use crate::archive::scan::{self, FoundDocument};
use crate::bag::leaves;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::FixityMessage;
use crate::diagnostic::{Report, Severity, Source};
use crate::folder::Folder;
use crate::record::{Record, front_matter};

/// Verifies an archive.
pub(super) fn verify(root: &Folder, progress: Option<Lang>) -> Looked {
    let mut report = Report::new();
    let found = scan::scan(root, &mut report);
    let place = Place { prefix: "", list: "", progress };
    let mut listed: Vec<Listed> =
        found.documents.iter().flat_map(|document| originals(root, document, &place, &mut report)).collect();
    listed.sort_by(|one, two| one.path.cmp(&two.path));
    listed.dedup_by(|one, two| one.path == two.path && one.digests == two.digests);
    let present = Present { files: found.files, ..Present::default() };
    let mut looked = compare(root, &listed, &present, &place, false);
    looked.merge(editions(root));
    looked.report.merge(report);
    looked
}

/// What was published, held against the account of changes.
fn editions(root: &Folder) -> Looked {
    let mut looked = Looked::default();
    let changes = Changes::read(root, &mut looked.report);
    let ids: Vec<&str> = changes.ids().collect();
    let read: Vec<Looked> = ids.into_par_iter().map(|id| edition(root, id, &changes)).collect();
    read.into_iter().for_each(|read| looked.merge(read));
    looked
}

fn edition(root: &Folder, id: &str, changes: &Changes) -> Looked {
    let mut looked = Looked::default();
    let mut doubts = Report::new();
    history::read_texts(root, id, changes.prints(id), &mut doubts);
    history::read_changes(root, id, &mut looked.report);
    // A build can do without a text, so there it is a warning; here it is what was asked about.
    for mut doubt in doubts.sorted().into_iter().cloned() {
        doubt.severity = Severity::Error;
        looked.report.push(doubt);
    }
    let paths = changes.prints(id).map(|print| history::text_file(id, print)).chain([history::changes_file(id)]);
    for path in paths.filter(|path| root.has_file(path)) {
        looked.files += 1;
        looked.bytes = looked.bytes.saturating_add(root.length(&path));
    }
    looked.algorithms.extend((looked.files > 0).then_some(Algorithm::Sha256));
    looked
}

/// What the record of a document says of its originals. What is wrong in a record is said by `fonds check`.
fn originals(root: &Folder, document: &FoundDocument, place: &Place<'_>, report: &mut Report) -> Vec<Listed> {
    let path = document.source.path.as_str();
    let text = match document.source.read_head(root) {
        Ok(text) => text,
        Err(fault) => {
            report.push(fault);
            return Vec::new();
        }
    };
    let source = Source { file: path, text: &text };
    let Ok(split) = front_matter::split(source) else { return Vec::new() };
    let record = Record::parse(source, split.record, &mut Report::new());
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let others = record.more_sources.iter().filter_map(|source| source.original.as_deref());
    let mut listed = Vec::new();
    for original in record.original.as_deref().into_iter().chain(others).filter(|original| !original.file.is_empty()) {
        if leaves(&original.file) {
            report.push(place.error(path, FixityMessage::PathLeaves { path: original.file.clone() }));
            continue;
        }
        let digests = original.sha256.iter().map(|sha256| (Algorithm::Sha256, sha256.clone())).collect();
        listed.push(Listed {
            path: format!("{folder}/{}", original.file),
            bytes: original.bytes,
            digests,
            address: None,
        });
    }
    listed
}
