//! Fixity of originals: whether a kept capture is still the one that its record describes.

use crate::archive::{Archive, Entry, consistency};
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::fixity;
use crate::record::Original;

/// Compares the kept originals with the hashes in the record.
pub(crate) fn check(archive: &Archive, entry: &Entry, report: &mut Report) {
    let record = &entry.record;
    let others = record.more_sources.iter().filter_map(|source| source.original.as_deref());
    let originals = record.original.as_deref().into_iter().chain(others);
    originals
        .filter(|original| !original.file.is_empty())
        .for_each(|original| check_one(archive, entry, original, report));
}

fn check_one(archive: &Archive, entry: &Entry, original: &Original, report: &mut Report) {
    let folder = entry.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = format!("{folder}/{}", original.file);
    let at = |field: &str, value: &str, fault| consistency::located(&archive.root, entry, field, value, fault);
    let Ok(bytes) = archive.root.read(&path) else {
        let fault = Diagnostic::warning(ArchiveMessage::OriginalMissing { file: original.file.clone(), path });
        report.push(at("file", &original.file, fault));
        return;
    };
    let found = fixity::hex_text(&fixity::sha256(&bytes));
    if let Some(recorded) = original.sha256.as_ref().filter(|recorded| **recorded != found) {
        let before = original.bytes.filter(|size| *size != bytes.len() as u64);
        let fault = Diagnostic::error(ArchiveMessage::ChangedOriginal {
            file: original.file.clone(),
            sha256: found,
            bytes: bytes.len(),
            before: before.and_then(|size| usize::try_from(size).ok()),
        });
        report.push(at("sha256", recorded, fault));
    }
}
