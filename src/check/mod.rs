//! What only `fonds check` looks for: what harms no page and is most likely a mistake.
//!
//! A build reports what would be wrong in the site. A check has time: it reads every file once more and asks what the archive
//! itself may lack. A file that nothing shows, an original that has changed on the disc, a title that stands twice, an
//! address that leads nowhere. Most of it may be meant, so most of it is a note.

pub(crate) mod address;
mod cache;
pub(crate) mod external;
pub(crate) mod original;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use self::address::Outward;
use self::text::Seen;
use crate::archive::{Archive, Entry, changes, consistency, ids, scan};
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::record::Access;
use crate::record::date::Date;
use crate::record::profile::Profile;

/// Looks through an archive, and gives the addresses that lead out of it.
pub(crate) fn look(archive: &Archive, report: &mut Report) -> Vec<Outward> {
    consistency::near_names(&archive.root, &archive.documents, report);
    titles(archive, report);
    if archive.site.profile == Profile::Minimal {
        rights(archive, report);
    }
    let seen: Vec<(Seen, Report)> = (0..archive.documents.len())
        .into_par_iter()
        .map(|at| {
            let mut report = Report::new();
            let entry = &archive.documents[at];
            original::check(archive, entry, &mut report);
            (text::of_document(archive, entry, &mut report), report)
        })
        .collect();
    let mut shown = BTreeSet::new();
    let mut outward = Vec::new();
    let pages =
        archive.home.iter().chain(archive.collections.iter().filter_map(|collection| collection.source.as_ref()));
    let pages = pages.map(|source| {
        let mut report = Report::new();
        (text::of_page(archive, source, &mut report), report)
    });
    for (seen, found) in seen.into_iter().chain(pages) {
        report.merge(found);
        shown.extend(seen.files);
        outward.extend(seen.outward);
    }
    orphans(archive, &shown, report);
    outward.extend(address::of_site(&archive.root));
    outward
}

/// Notes files that no page shows and no document publishes. What lies in a document's folder is published with it.
fn orphans(archive: &Archive, shown: &BTreeSet<String>, report: &mut Report) {
    let mut folders: BTreeMap<String, bool> = BTreeMap::new();
    let mut is_document = |folder: &str| {
        *folders.entry(folder.to_string()).or_insert_with(|| archive.root.has_file(&format!("{folder}/index.md")))
    };
    for path in &archive.files {
        let name = path.rsplit('/').next().unwrap_or(path);
        let beside_document = path.match_indices('/').any(|(at, _)| is_document(&path[..at]));
        let is_account = [changes::FILE, ids::FILE].contains(&path.as_str());
        if beside_document || shown.contains(path) || scan::is_misnamed(name) || is_account {
            continue;
        }
        report.push(Diagnostic::note(ArchiveMessage::OrphanFile).in_file(path.clone()));
    }
}

/// Notes documents with the same title and subtitle and the same date, or none: nothing in a list tells them apart.
fn titles(archive: &Archive, report: &mut Report) {
    let mut first: BTreeMap<(&str, Option<&str>, Option<&str>), usize> = BTreeMap::new();
    for (at, entry) in archive.documents.iter().enumerate().filter(|(_, entry)| entry.record.is_described()) {
        let record = &entry.record;
        let date = record.date.as_ref().map(Date::edtf);
        let other = *first.entry((record.title.as_str(), record.subtitle.as_deref(), date)).or_insert(at);
        if other == at || record.title.is_empty() {
            continue;
        }
        let other = archive.documents[other].source.path.clone();
        let fault = Diagnostic::note(ArchiveMessage::DuplicateTitle { other, dated: date.is_some() });
        report.push(consistency::located(&archive.root, entry, "title", &entry.record.title, fault));
    }
}

/// One note for all records that say nothing of rights where most others do: a reader cannot tell what may be done with their
/// texts, and it was most likely forgotten. An archive that never speaks of rights has its reasons, or a profile that asks.
fn rights(archive: &Archive, report: &mut Report) {
    let silent = |entry: &&Entry| {
        entry.record.rights.is_none() && entry.record.rights_uri.is_none() && entry.record.access != Access::Closed
    };
    let unstated: Vec<_> = archive.documents.iter().filter(silent).collect();
    let Some(first) = unstated.first().filter(|_| unstated.len() * 2 <= archive.documents.len()) else { return };
    let message = ArchiveMessage::RightsUnstated { count: unstated.len() };
    report.push(Diagnostic::note(message).in_file(first.source.path.clone()));
}
