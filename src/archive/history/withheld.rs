//! Words that are published no more leave what is kept of editions.

use super::revision::Revision;
use super::snapshot::Snapshot;
use super::{TEXTS, changes_file, read_changes, written};
use crate::diagnostic::Report;
use crate::folder::Folder;
use crate::record::Record;

/// Takes away the words that are published no more: of each edition one line is left, which says that there were any.
pub(crate) fn withhold(record: &Record, revisions: &mut Vec<Revision>) {
    let is_open = |revision: &Revision| match revision.place.starts_with('@') {
        true => record.is_described(),
        false => record.text_is_open(),
    };
    for revision in revisions.iter_mut().filter(|revision| !is_open(revision)) {
        *revision = revision.without_words();
    }
    revisions.dedup_by(|next, last| next.is_withheld && last.is_withheld && next.is_of_the_edition_of(last));
}

/// The files of what is kept of a document under an id, each with what may stay of it where its record is closed. A line that
/// cannot be read is not kept: nobody knows what it says.
pub(crate) fn purge(root: &Folder, id: &str, closed: &Record) -> Vec<(String, String)> {
    let is_of = |name: &str| {
        let print = name.strip_prefix(id).and_then(|rest| rest.strip_prefix('.')?.strip_suffix(".txt"));
        print.is_some_and(|print| print.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let nothing = Snapshot::default().written();
    let names = root.names(TEXTS).unwrap_or_default().into_iter().filter(|name| is_of(name));
    let mut files: Vec<(String, String)> = names.map(|name| (format!("{TEXTS}/{name}"), nothing.clone())).collect();
    let list = changes_file(id);
    if root.has_file(&list) {
        let mut revisions = read_changes(root, id, &mut Report::new());
        withhold(closed, &mut revisions);
        files.push((list, written(&revisions)));
    }
    files
}
