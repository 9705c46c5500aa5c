//! Filling in a record that waits for its text.
//!
//! The record's own lines stand: its comments, its order, every value that a person gave. Only fields that it does not
//! have are added (toml_edit keeps the rest byte for byte). `access` stays too: that a text is now in the archive does not
//! mean that it may be published.

use std::path::Path;

use anyhow::Result;
use toml_edit::DocumentMut;

use super::provenance;
use crate::archive::scan::SourceFile;
use crate::diagnostic::{Diagnostic, Source};
use crate::file;
use crate::import::capture::Import;
use crate::record::front_matter;

/// Whether a record has no text yet.
pub fn waits_for_text(root: &Path, record: &SourceFile) -> bool {
    let Ok(text) = record.read(root) else { return false };
    let source = Source { file: &record.path, text: &text };
    front_matter::split(source).is_ok_and(|split| text[split.body].trim().is_empty())
}

/// Adds text, original and missing fields to a record.
///
/// # Errors
/// The machine refuses. A record that cannot be read as TOML is a [`Diagnostic`].
pub fn fill(
    root: &Path,
    import: &Import,
    capture: &[u8],
    record: &str,
    original: &str,
) -> Result<Result<(), Diagnostic>> {
    let path = root.join(record);
    let text = match file::read_text(&path, record) {
        Ok(text) => text,
        Err(fault) => return Ok(Err(fault)),
    };
    let filled = match merge(&text, record, import, original) {
        Ok(filled) => filled,
        Err(fault) => return Ok(Err(fault)),
    };
    let folder = path.parent().unwrap_or(root);
    let original = folder.join(original);
    file::write(&original, capture)?;
    let beside = original.parent().unwrap_or(folder).join("provenance.toml");
    file::write(&beside, provenance::file(import, Vec::new()).as_bytes())?;
    for media in &import.media {
        file::write(&folder.join(&media.name), &media.bytes)?;
    }
    // A new file moved over the old one: the record is whole at every moment.
    let aside = path.with_extension("md.importing");
    file::write(&aside, filled.as_bytes())?;
    file::rename(&aside, &path)?;
    Ok(Ok(()))
}

/// The record with what it lacks, and the text.
fn merge(text: &str, record: &str, import: &Import, original: &str) -> Result<String, Diagnostic> {
    let source = Source { file: record, text };
    let split = front_matter::split(source)?;
    let not_toml =
        || Diagnostic::error("toml", "the record is not TOML").help("fonds check says where").in_file(record);
    let mut own: DocumentMut = text[split.record.clone()].parse().map_err(|_| not_toml())?;
    let made = import.record_file("unused", original);
    let made_source = Source { file: record, text: &made };
    let made_split = front_matter::split(made_source)?;
    let mut found: DocumentMut = made[made_split.record].parse().map_err(|_| not_toml())?;
    // The id is the file's, and the title is the one by which the record was found.
    for key in ["id", "title"] {
        found.remove(key);
    }
    own.remove("original");
    for (key, value) in found.iter() {
        if !own.contains_key(key) {
            own.insert(key, value.clone());
        }
    }
    Ok(format!("{}{own}+++\n\n{}", &text[..split.record.start], import.body))
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
        assert!(
            merged.starts_with(
                "+++\n# 著录员手记\ntitle = \"库房札记\"\naccess = \"record\"   # 待授权\ndate = \"2020\"\n"
            ),
            "{merged}"
        );
        assert!(merged.contains("source = \"江城县地方史志学会\"") && merged.contains("[original]"));
        assert!(merged.contains("## 一、清点 {#s1}"));
        assert_eq!(merged.matches("\ndate =").count(), 1);
    }
}
