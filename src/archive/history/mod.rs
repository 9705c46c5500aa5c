//! What was published, passage by passage, and what later editions changed in it.
//!
//! `content/ids.lock` says which editions there are, `content/changes.lock` in which of them a document changed. What they changed
//! in it lies in the folder `editions/` of the archive, which belongs to it as much as `content/` does:
//!
//! ```text
//! editions/texts/notice.6d1f0c9a2b3e4d5f.txt   what readers saw last, a passage a line
//! editions/changes/notice.jsonl                what editions changed, a passage a line
//! ```
//!
//! A digest keeps the promise that a text is the one that was published; it cannot say what stood there. So the words are kept. A
//! text has its digest in its name: two people who publish on two branches write two files, which no merge has to join, and the
//! next edition is compared with both. Which files count is what `content/changes.lock` says; others are left over and go. A
//! list of changes only grows, a line at a time, so both sides of a merge count.
//!
//! What is withheld is in neither: a text that is published no more takes its words out of both.

mod compare;
pub(crate) mod revision;
pub(crate) mod snapshot;
mod withheld;

use std::collections::BTreeSet;

pub(crate) use self::compare::{Changed, compare};
use self::revision::Revision;
use self::snapshot::Snapshot;
pub(crate) use self::withheld::{purge, withhold};
use super::edition::Name;
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::folder::Folder;

/// The folder of both.
pub(crate) const FOLDER: &str = "editions/";

/// The folder of texts as they were published last.
pub(crate) const TEXTS: &str = "editions/texts";

/// The folder of lists of changes.
pub(crate) const CHANGES: &str = "editions/changes";

/// The file of a text.
pub(crate) fn text_file(id: &str, print: &str) -> String {
    format!("{TEXTS}/{id}.{}.txt", print.get(..16).unwrap_or(print))
}

/// The file of a document's list of changes.
pub(crate) fn changes_file(id: &str) -> String {
    format!("{CHANGES}/{id}.jsonl")
}

/// Reads what was published last under an id, a text for each digest; one that is gone, or is not what was published, is told.
pub(crate) fn read_texts<'p>(
    root: &Folder,
    id: &str,
    prints: impl Iterator<Item = &'p str>,
    report: &mut Report,
) -> Vec<Snapshot> {
    let read = |print: &str| {
        let path = text_file(id, print);
        let text = root.has_file(&path).then(|| file::read_text(root, &path).ok()).flatten();
        let snapshot = text.and_then(|text| Snapshot::read(&text));
        let snapshot = snapshot.filter(|snapshot| snapshot.print().hex() == print);
        if snapshot.is_none() {
            report.push(Diagnostic::warning(ArchiveMessage::EditionText { id: id.to_string() }).in_file(path));
        }
        snapshot
    };
    prints.filter_map(read).collect()
}

/// Reads a document's list of changes, the oldest first.
pub(crate) fn read_changes(root: &Folder, id: &str, report: &mut Report) -> Vec<Revision> {
    let path = changes_file(id);
    if !root.has(&path) {
        return Vec::new();
    }
    let text = match file::read_text(root, &path) {
        Ok(text) => text,
        Err(fault) => {
            report.push(fault);
            return Vec::new();
        }
    };
    let mut revisions = BTreeSet::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match Revision::read(line) {
            // Both sides of a merge have what was there before.
            Some(revision) => _ = revisions.insert(revision),
            None => report.push(Diagnostic::error(ArchiveMessage::EditionLine { line: at + 1 }).in_file(path.clone())),
        }
    }
    revisions.into_iter().collect()
}

/// What an edition changes in a document that was published as `texts` before: several, where branches came together. `listed`
/// are the changes that are known. What one branch changed, and listed, is new to the text of the other and no change of today.
pub(crate) fn changed(texts: &[Snapshot], now: &Snapshot, listed: &[Revision], since: Option<u32>) -> Vec<Changed> {
    let is_listed = |changed: &Changed| {
        texts.len() > 1
            && listed.iter().any(|revision| {
                since.is_none_or(|since| revision.edition >= since)
                    && revision.before == changed.before
                    && revision.after == changed.after
            })
    };
    let mut found: Vec<Changed> = Vec::new();
    for text in texts {
        for changed in compare(text, now) {
            if !is_listed(&changed) && !found.contains(&changed) {
                found.push(changed);
            }
        }
    }
    found
}

/// The lines of a list of changes.
pub(crate) fn written(revisions: &[Revision]) -> String {
    revisions.iter().map(|revision| revision.line() + "\n").collect()
}

/// What one edition does to a document: as [`changed`] found it, with the edition's name and its reason.
pub(crate) fn revisions(changed: Vec<Changed>, name: &Name, because: &str) -> Vec<Revision> {
    let revision = |(at, Changed { place, before, after }): (usize, Changed)| Revision {
        day: name.day.clone(),
        edition: name.number,
        at: u32::try_from(at).unwrap_or(u32::MAX),
        place,
        before,
        after,
        because: because.to_string(),
        is_withheld: false,
    };
    changed.into_iter().enumerate().map(revision).collect()
}
