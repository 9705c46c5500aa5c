//! What a build writes down beside the archive: the addresses that are published, and when each document changed.

use std::collections::BTreeMap;

use crate::archive::changes::{self, Changes, Stamp};
use crate::archive::ids::{self, Ids};
use crate::archive::{Archive, Entry};
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::page::moved;

/// Writes down the addresses that are published now. The site is published by now, so a fault is a warning.
pub(crate) fn addresses(archive: &Archive, ids: &Ids, sections: &[Option<String>], report: &mut Report) {
    let sections_of = |document: usize| sections[document].as_deref().unwrap_or_default();
    // A page was written for each former id too.
    let with_aliases = |document: usize, entry: &Entry| {
        let published = ids.line(&entry.directory).map_or("", |line| line.sections.as_str());
        let aliases = moved::unknown_aliases(entry, published).map(|old| (old, old));
        ids::written(ids::sections(sections_of(document)).chain(aliases))
    };
    let with_aliases: BTreeMap<usize, String> = archive
        .documents
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.record.section_aliases.is_empty())
        .map(|(document, entry)| (document, with_aliases(document, entry)))
        .collect();
    let live = archive.documents.iter().enumerate().map(|(document, entry)| {
        let sections = with_aliases.get(&document).map_or(sections_of(document), String::as_str);
        (entry.directory.as_str(), entry.id.as_str(), sections)
    });
    let former = archive.former.iter().map(|(address, former)| {
        let id = address.rsplit('/').next().unwrap_or(address);
        (address.as_str(), id, moved::sections_at(former.reason, sections[former.document].as_deref()))
    });
    if let Err(error) = ids.write(&archive.root, live.chain(former)) {
        report.push(Diagnostic::warning(ArchiveMessage::IdsNotWritten { cause: (&error).into() }).in_file(ids::FILE));
    }
}

/// Writes down which documents changed today. The site is published by now, so a fault is a warning.
pub(crate) fn changes(archive: &Archive, changes: &Changes, stamps: &[Option<Stamp>], report: &mut Report) {
    let documents = stamps
        .iter()
        .flatten()
        .filter_map(|stamp| Some((archive.documents[stamp.document].id.as_str(), stamp.day.as_deref()?, stamp.print)));
    if let Err(error) = changes.write(&archive.root, documents) {
        report.push(
            Diagnostic::warning(ArchiveMessage::ChangesNotWritten { cause: (&error).into() }).in_file(changes::FILE),
        );
    }
}
