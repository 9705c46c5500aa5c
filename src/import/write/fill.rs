//! Filling in a record that waits for its text.
//!
//! The record's own lines stand: its comments, its order, every value that a person gave. Only fields that it does not
//! have are added. `access` stays too: that a text is now in the archive does not mean that it may be published.

use super::kept;
use super::media::{self, Settled};
use super::provenance::{self, Earlier};
use crate::archive::scan::SourceFile;
use crate::change::{Change, Lock};
use crate::diagnostic::{Diagnostic, Source};
use crate::file;
use crate::folder::Folder;
use crate::import::capture::Import;
use crate::record::edit::Edited;
use crate::record::front_matter;
use anyhow::Result;

/// Whether a record has no text yet.
pub(crate) fn waits_for_text(root: &Folder, record: &SourceFile) -> bool {
    let Ok(text) = record.read(root) else { return false };
    let source = Source { file: &record.path, text: &text };
    front_matter::split(source).is_ok_and(|split| text[split.body].trim().is_empty())
}

/// Adds text, original and missing fields to a record.
///
/// # Errors
/// The machine refuses. A record that cannot be read as TOML is a [`Diagnostic`].
pub(crate) fn fill<'l>(
    lock: &'l Lock,
    import: &Import,
    capture: &[u8],
    record: &str,
    original: &str,
) -> Result<Result<Change<'l>, Diagnostic>> {
    let root = lock.folder();
    let text = match file::read_text(root, record) {
        Ok(text) => text,
        Err(fault) => return Ok(Err(fault)),
    };
    let folder = record.rsplit_once('/').map_or("", |(folder, _)| folder);
    let original = kept::free_name(root, folder, original, import);
    let account = original.rsplit_once('/').map_or(folder.to_string(), |(inner, _)| format!("{folder}/{inner}"));
    let earlier = earlier(&text, record, lock.folder(), &account, &original);
    let Settled { import, files } = media::settle(root, folder, import, &[]);
    let filled = match merge(&text, record, &import, &original) {
        Ok(filled) => filled,
        Err(fault) => return Ok(Err(fault)),
    };
    let mut change = Change::begin(lock);
    if !root.has(&format!("{folder}/{original}")) {
        change.create(&format!("{folder}/{original}"), capture)?;
    }
    change.put(&format!("{account}/{}", provenance::NAME), provenance::file(&import, earlier).as_bytes())?;
    for file in &files {
        change.create(&format!("{folder}/{}", file.name), &file.bytes)?;
    }
    change.replace(record, text.as_bytes(), filled.as_bytes())?;
    Ok(Ok(change))
}

/// The captures that the record had before: they stay where they are, and the account of them goes on.
fn earlier(text: &str, record: &str, root: &Folder, account: &str, original: &str) -> Vec<Earlier> {
    let mut all = provenance::earlier(root, account);
    let Ok(own) = Edited::document(text, record) else { return all };
    let kept = |key: &str| own.value(&["original", key]).and_then(|value| value.as_str().map(str::to_string));
    let folder = record.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_kept = |file: &String| file != original && root.has_file(&format!("{folder}/{file}"));
    if let Some(file) = kept("file").filter(is_kept) {
        all.push(Earlier { file, sha256: kept("sha256").unwrap_or_default() });
    }
    all
}

/// The record with what it lacks, and the text.
fn merge(text: &str, record: &str, import: &Import, original: &str) -> Result<String, Diagnostic> {
    let mut own = Edited::document(text, record)?;
    let mut found = import.fields("unused", original);
    // The id is the file's, and the title is the one by which the record was found.
    for key in ["id", "title"] {
        found.remove(key);
    }
    for (key, value) in found {
        if key == "original" || own.value(&[&key]).is_none() {
            own.set(&[&key], value)?;
        }
    }
    own.set_body(&format!("\n{}", import.body));
    Ok(own.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::capture::Capture;
    use crate::import::read;

    #[test]
    fn what_a_person_wrote_stands() {
        let capture = "库房札记 沈一帆\n发布时间：2020-04-12 来源：江城县地方史志学会\n\n库房札记\n\n沈一帆\n\n一、清点\n\n逐架清点。\n\n二、登记\n\n逐件登记。\n";
        let import = read(&Capture { name: "x.txt", bytes: capture.as_bytes() }).expect("a text");
        let own = "+++\n# 著录员手记\ntitle = \"库房札记\"\naccess = \"record\"   # 待授权\ndate = \"2020\"\n+++\n";
        let merged = merge(own, "content/a/x/index.md", &import, "original/x.txt").expect("merged");
        let stands: Vec<&str> = merged.lines().filter(|line| own.lines().any(|own| own == *line)).collect();
        assert_eq!(stands, own.lines().collect::<Vec<_>>(), "{merged}");
        assert!(merged.contains("source = \"江城县地方史志学会\"") && merged.contains("[original]"));
        assert!(merged.contains("## 一、清点 {#s1}"));
        assert_eq!(merged.matches("\ndate =").count(), 1);
    }
}
