//! A newer capture of a document that the archive has.
//!
//! Three texts are held together: what the old capture gives today, what the record has now, what the new capture gives. What
//! a person changed since the first import is the difference of the first two, and it survives: field by field in the
//! record, and in the text by a three-way merge, sentence by sentence. Where both changed the same one nobody but the person can say
//! which are right, so nothing is written and the places are shown.

use std::path::Path;

use anyhow::Result;
use toml::Value;

use super::provenance::{self, Earlier};
use super::{kept, merge};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::file;
use crate::import::capture::{Capture, Import};
use crate::import::read;
use crate::record::edit::Edited;

/// What a newer capture changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Update {
    /// The whole record file.
    text: String,
    /// The change of the file, line by line, as people read it.
    pub diff: String,
    /// Where the new capture is kept, from the record's folder.
    original: String,
    /// The capture before it.
    earlier: Earlier,
}

/// Finds out what a newer capture changes, and writes nothing.
///
/// # Errors
/// `original-missing`, `update-conflict`, or the record cannot be read.
pub(crate) fn plan(root: &Path, import: &Import, name: &str, record: &str) -> Result<Update, Diagnostic> {
    let path = root.join(record);
    let folder = path.parent().unwrap_or(root);
    let text = file::read_text(&path, record)?;
    let mut own = Edited::document(&text, record)?;
    let kept = |key: &str| match own.value(&["original", key]) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let (old_file, old_hash) = (kept("file"), kept("sha256"));
    let missing =
        || Diagnostic::error(CaptureMessage::EarlierCaptureMissing { file: old_file.clone() }).in_file(record);
    let old_bytes = std::fs::read(folder.join(&old_file)).map_err(|_| missing())?;
    let base = read(&Capture { name: &old_file, bytes: &old_bytes }).map_err(|_| missing())?;

    let original = kept::free_name(folder, &format!("original/{}", kept::kept_name(name)), import);
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
    Ok(Update { text: merged, diff, original, earlier: Earlier { file: old_file, sha256: old_hash } })
}

/// Writes what was planned. The old capture stays beside the new one.
///
/// # Errors
/// The machine refuses.
pub(crate) fn apply(root: &Path, import: &Import, capture: &[u8], record: &str, update: Update) -> Result<()> {
    let path = root.join(record);
    let folder = path.parent().unwrap_or(root);
    let original = folder.join(&update.original);
    file::write(&original, capture)?;
    for media in &import.media {
        file::write(&folder.join(&media.name), &media.bytes)?;
    }
    let beside = original.parent().unwrap_or(folder);
    let mut earlier = provenance::earlier(beside);
    earlier.push(update.earlier);
    file::write(&beside.join(provenance::NAME), provenance::file(import, earlier).as_bytes())?;
    file::replace(&path, update.text.as_bytes())
}
