//! The originals of an archive, held against its records.
//!
//! A record has the SHA-256 of the capture that its text was taken from. Records of closed documents have one too, and their
//! originals rot as well as others, so all of them are read here and not only what may be published.

use super::digest::Algorithm;
use super::listed::{Listed, Looked, Place, Present, compare};
use crate::archive::scan::{self, FoundDocument};
use crate::bag::leaves;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::FixityMessage;
use crate::diagnostic::{Report, Source};
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
    looked.report.merge(report);
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
