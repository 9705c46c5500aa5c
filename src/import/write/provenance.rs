//! What was done to a capture, kept beside it: who read it, what is no part of the text, which characters were changed.
//!
//! The file is for a person who doubts a text ten years on, so it is TOML like the record, and says nothing of the machine.

use serde::{Deserialize, Serialize};

use crate::file;
use crate::folder::Folder;
use crate::import::capture::Import;

/// Its name, in the folder of the captures.
pub(crate) const NAME: &str = "provenance.toml";

/// The program's name and version, as records have it.
pub(crate) const IMPORTER: &str = concat!("fonds ", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
struct Provenance<'a> {
    importer: &'a str,
    /// The reader of the format.
    reader: &'a str,
    sha256: &'a str,
    /// Characters that are in the text otherwise than in the capture.
    characters_changed: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Earlier>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Evidence<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dropped: Vec<Dropped<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    change: Vec<Change<'a>>,
}

/// A capture that a newer one took the place of.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Earlier {
    pub file: String,
    pub sha256: String,
}

/// Where a field of the record was found when no line says it.
#[derive(Serialize)]
struct Evidence<'a> {
    field: &'a str,
    value: &'a str,
    from: &'a str,
}

#[derive(Serialize)]
struct Dropped<'a> {
    line: usize,
    why: String,
    text: &'a str,
}

#[derive(Serialize)]
struct Change<'a> {
    line: usize,
    why: &'a str,
    was: &'a str,
    now: &'a str,
}

/// The captures before the last one, as the file in a folder names them; none where there is no such file.
pub(crate) fn earlier(root: &Folder, folder: &str) -> Vec<Earlier> {
    #[derive(Deserialize, Default)]
    struct Kept {
        #[serde(default)]
        earlier: Vec<Earlier>,
    }
    let text = file::read_text(root, &format!("{folder}/{NAME}")).unwrap_or_default();
    toml::from_str::<Kept>(&text).unwrap_or_default().earlier
}

/// The file's text.
pub(crate) fn file(import: &Import, earlier: Vec<Earlier>) -> String {
    let provenance = Provenance {
        importer: IMPORTER,
        reader: import.reader,
        sha256: &import.sha256,
        characters_changed: import
            .changes
            .iter()
            .map(|change| change.was.chars().count().max(change.now.chars().count()))
            .sum(),
        earlier,
        evidence: import
            .evidence
            .iter()
            .map(|found| Evidence { field: found.field, value: &found.value, from: &found.from })
            .collect(),
        dropped: import
            .dropped
            .iter()
            .map(|dropped| Dropped { line: dropped.line, why: dropped.why.name(), text: &dropped.text })
            .collect(),
        change: import
            .changes
            .iter()
            .map(|change| Change { line: change.line, why: change.why, was: &change.was, now: &change.now })
            .collect(),
    };
    toml::to_string(&provenance).unwrap_or_default()
}
