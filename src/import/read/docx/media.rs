//! The files that a text shows.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::import::flow::Media;
use crate::import::read::package::Package;

/// The files taken out of a package so far, each once.
pub(super) struct MediaShelf<'p, 'b> {
    package: &'p mut Package<'b>,
    names: HashMap<String, Option<String>>,
    taken: HashSet<String>,
    pub(super) files: Vec<Media>,
}

impl<'p, 'b> MediaShelf<'p, 'b> {
    pub(super) fn new(package: &'p mut Package<'b>) -> Self {
        Self { package, names: HashMap::new(), taken: HashSet::new(), files: Vec::new() }
    }

    /// The name that a part of the package is kept under; `None` when the package has no such part.
    pub(super) fn keep(&mut self, path: &str) -> Result<Option<String>, Diagnostic> {
        if let Some(name) = self.names.get(path) {
            return Ok(name.clone());
        }
        let name = match self.package.bytes(path)? {
            Some(bytes) => {
                let name = self.free_name(path);
                self.files.push(Media { name: name.clone(), bytes });
                Some(name)
            }
            None => None,
        };
        self.names.insert(path.to_string(), name.clone());
        Ok(name)
    }

    /// The file's own name, of plain letters, and with a number when another file has it. Letters that only differ in case
    /// are the same to some file systems.
    fn free_name(&mut self, path: &str) -> String {
        let file = path.rsplit('/').next().unwrap_or_default();
        let is_plain = |character: &char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
        let plain: String = file.chars().filter(is_plain).collect();
        let plain = plain.trim_start_matches('.');
        let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
        let stem = if stem.is_empty() { "image" } else { stem };
        let ending = if ending.is_empty() { String::new() } else { format!(".{ending}") };
        let mut name = format!("files/{stem}{ending}");
        let mut number = self.taken.len() + 1;
        while !self.taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("files/{stem}-{number}{ending}");
        }
        name
    }
}
