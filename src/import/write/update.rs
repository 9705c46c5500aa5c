//! A newer capture of a document that the archive has.
//!
//! Three texts are held together: what the old capture gives today, what the record has now, what the new capture gives. What
//! a person changed since the first import is the difference of the first two, and it survives: field by field in the
//! record, and in the text by a three-way merge, sentence by sentence. Where both changed the same one nobody but the person can say
//! which are right, so nothing is written and the places are shown.

use anyhow::Result;
use toml::Value;

use super::media::Settled;
use super::provenance::{self, Earlier};
use super::{kept, media, merge};
use crate::change::{Change, Lock};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::file;
use crate::folder::Folder;
use crate::import::capture::{Capture, Import};
use crate::import::flow::Media;
use crate::import::read;
use crate::record::edit::Edited;

/// What a newer capture changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Update {
    /// The record file as it was read.
    before: String,
    /// The whole record file.
    text: String,
    /// The change of the file, line by line, as people read it.
    pub diff: String,
    /// Where the new capture is kept, from the record's folder.
    original: String,
    /// Files of the text that the record does not have yet.
    files: Vec<Media>,
    /// The capture before it.
    earlier: Earlier,
}

/// Finds out what a newer capture changes, and writes nothing.
///
/// # Errors
/// `original-missing`, `update-conflict`, or the record cannot be read.
pub(crate) fn plan(root: &Folder, import: &Import, name: &str, record: &str) -> Result<Update, Diagnostic> {
    let folder = record.rsplit_once('/').map_or("", |(folder, _)| folder);
    let text = file::read_text(root, record)?;
    let mut own = Edited::document(&text, record)?;
    let kept = |key: &str| match own.value(&["original", key]) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let (old_file, old_hash) = (kept("file"), kept("sha256"));
    let missing =
        || Diagnostic::error(CaptureMessage::EarlierCaptureMissing { file: old_file.clone() }).in_file(record);
    let old_bytes = root.read(&format!("{folder}/{old_file}")).map_err(|_| missing())?;
    let base = read(&Capture { name: &old_file, bytes: &old_bytes }).map_err(|_| missing())?;

    let Settled { import, files } = media::settle(root, folder, import, &base.media);
    let original = kept::free_name(root, folder, &format!("original/{}", kept::kept_name(name)), &import);
    let base_fields = base.fields("x", &old_file);
    for (key, value) in import.fields("x", &original).into_iter().filter(|(key, _)| key != "id") {
        let is_as_imported = own.value(&[&key]).as_ref() == base_fields.get(&key);
        if is_as_imported || key == "original" {
            own.set(&[&key], value)?;
        }
    }
    let own_body = own.body();
    let own_text = own_body.trim_start_matches('\n');
    let body = merge::merge(&base.body, own_text, &import.body).map_err(|conflicts| {
        let more = conflicts.len() - 1;
        let conflict = conflicts.into_iter().next();
        let [was, own, new] = conflict.map_or_else(Default::default, |found| [found.was, found.own, found.new]);
        Diagnostic::error(CaptureMessage::ChangedTwice { was, own, new, more }).in_file(record)
    })?;
    own.set_body(&format!("{}{body}", &own_body[..own_body.len() - own_text.len()]));
    let merged = own.text();
    let diff = diffy::create_patch(&text, &merged).to_string();
    let diff = diff.lines().skip(2).collect::<Vec<_>>().join("\n");
    let earlier = Earlier { file: old_file, sha256: old_hash };
    Ok(Update { before: text, text: merged, diff, original, files, earlier })
}

/// Writes what was planned aside. The old capture stays beside the new one.
///
/// # Errors
/// The machine refuses.
pub(crate) fn change<'l>(
    lock: &'l Lock,
    import: &Import,
    capture: &[u8],
    record: &str,
    update: &Update,
) -> Result<Change<'l>> {
    let root = lock.folder();
    let folder = record.rsplit_once('/').map_or("", |(folder, _)| folder);
    let original = format!("{folder}/{}", update.original);
    let mut change = Change::begin(lock);
    if !root.has(&original) {
        change.create(&original, capture)?;
    }
    for file in &update.files {
        change.create(&format!("{folder}/{}", file.name), &file.bytes)?;
    }
    let account = original.rsplit_once('/').map_or(folder, |(account, _)| account);
    let mut earlier = provenance::earlier(root, account);
    earlier.push(update.earlier.clone());
    change.put(&format!("{account}/{}", provenance::NAME), provenance::file(import, earlier).as_bytes())?;
    change.replace(record, update.before.as_bytes(), update.text.as_bytes())?;
    Ok(change)
}
