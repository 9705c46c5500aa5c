//! A newer capture of a document that the archive has.
//!
//! Three texts are held together: what the old capture gives today, what the record has now, what the new capture gives. What
//! a person changed since the first import is the difference of the first two, and it survives: field by field in the
//! record, and in the text by a three-way merge (diffy). Where both changed the same words nobody but the person can say
//! which are right, so nothing is written and the places are shown.

use std::path::Path;

use anyhow::Result;
use toml_edit::{DocumentMut, Item};

use super::provenance::{self, Earlier};
use crate::diagnostic::{Diagnostic, Source};
use crate::file;
use crate::import::capture::{Capture, Import};
use crate::import::read;
use crate::record::front_matter;

/// What a newer capture changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
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
pub fn plan(root: &Path, import: &Import, name: &str, record: &str) -> Result<Update, Diagnostic> {
    let path = root.join(record);
    let folder = path.parent().unwrap_or(root);
    let text = file::read_text(&path, record)?;
    let source = Source { file: record, text: &text };
    let split = front_matter::split(source)?;
    let not_toml =
        || Diagnostic::error("toml", "the record is not TOML").help("fonds check says where").in_file(record);
    let mut own: DocumentMut = text[split.record.clone()].parse().map_err(|_| not_toml())?;
    let kept =
        |key: &str| own.get("original").and_then(|table| table.get(key)).and_then(Item::as_str).map(str::to_string);
    let (old_file, old_hash) = (kept("file").unwrap_or_default(), kept("sha256").unwrap_or_default());
    let missing = || {
        Diagnostic::error("original-missing", format!("the capture {old_file} that this record was made from is gone"))
            .help("without it a person's changes cannot be told from the old text; put it back, or import under another name")
            .in_file(record)
    };
    let old_bytes = std::fs::read(folder.join(&old_file)).map_err(|_| missing())?;
    let base = read(&Capture { name: &old_file, bytes: &old_bytes }).map_err(|_| missing())?;

    let original = new_name(folder, name, import);
    let [base_file, new_file] = [base.record_file("x", &old_file), import.record_file("x", &original)];
    let fields = |made: &str| -> Option<DocumentMut> {
        let split = front_matter::split(Source { file: record, text: made }).ok()?;
        made[split.record].parse().ok()
    };
    let (Some(base_fields), Some(new_fields)) = (fields(&base_file), fields(&new_file)) else { return Err(not_toml()) };
    for (key, value) in new_fields.iter().filter(|(key, _)| *key != "id") {
        let as_imported = match (own.get(key), base_fields.get(key)) {
            (Some(own), Some(base)) => own.to_string().trim() == base.to_string().trim(),
            (None, None) => true,
            _ => false,
        };
        if as_imported || key == "original" {
            own.insert(key, value.clone());
        }
    }
    let own_body = text[split.body.clone()].trim_start_matches('\n');
    let body = diffy::merge(&base.body, own_body, &import.body).map_err(|merged| {
        let at = merged.lines().position(|line| line.starts_with("<<<<<<<")).unwrap_or(0);
        let shown: Vec<&str> = merged.lines().skip(at).take(9).collect();
        Diagnostic::error(
            "update-conflict",
            format!("the newer capture and this record changed the same words:\n{}", shown.join("\n")),
        )
        .help("take the change into the record by hand, or take the record's own change back; nothing was written")
        .in_file(record)
    })?;
    let merged = format!("{}{own}+++\n\n{body}", &text[..split.record.start]);
    let diff = diffy::create_patch(&text, &merged).to_string();
    let diff = diff.lines().skip(2).collect::<Vec<_>>().join("\n");
    Ok(Update { text: merged, diff, original, earlier: Earlier { file: old_file, sha256: old_hash } })
}

/// Writes what was planned. The old capture stays beside the new one.
///
/// # Errors
/// The machine refuses.
pub fn apply(root: &Path, import: &Import, capture: &[u8], record: &str, update: Update) -> Result<()> {
    let path = root.join(record);
    let folder = path.parent().unwrap_or(root);
    let original = folder.join(&update.original);
    file::write(&original, capture)?;
    for media in &import.media {
        file::write(&folder.join(&media.name), &media.bytes)?;
    }
    let beside = original.parent().unwrap_or(folder).join("provenance.toml");
    file::write(&beside, provenance::file(import, vec![update.earlier]).as_bytes())?;
    let aside = path.with_extension("md.importing");
    file::write(&aside, update.text.as_bytes())?;
    file::rename(&aside, &path)
}

/// The capture's name, with the beginning of its hash where another capture has the name.
fn new_name(folder: &Path, name: &str, import: &Import) -> String {
    let name = super::shelf::file_name(name);
    if !folder.join("original").join(&name).exists() {
        return format!("original/{name}");
    }
    let mark = import.sha256.get(..8).unwrap_or_default();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("original/{stem}-{mark}.{ending}"),
        None => format!("original/{name}-{mark}"),
    }
}
