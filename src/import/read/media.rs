//! The files that a text shows.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::import::flow::Media;
use crate::import::read::image_kind;
use crate::import::read::package::Package;

/// What there is at the path of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// An image, with its name.
    Image(String),
    /// An image of a kind that is not taken.
    Other(&'static str),
    Missing,
}

/// The files taken out of a package so far, each once.
pub(super) struct MediaShelf<'p, 'b> {
    package: &'p mut Package<'b>,
    names: HashMap<String, Kept>,
    taken: HashSet<String>,
    pub(super) files: Vec<Media>,
}

impl<'p, 'b> MediaShelf<'p, 'b> {
    pub(super) fn new(package: &'p mut Package<'b>) -> Self {
        Self { package, names: HashMap::new(), taken: HashSet::new(), files: Vec::new() }
    }

    /// Takes a part of the package.
    pub(super) fn keep(&mut self, path: &str) -> Result<Kept, Diagnostic> {
        if let Some(kept) = self.names.get(path) {
            return Ok(kept.clone());
        }
        let kept = match self.package.bytes(path)? {
            None => Kept::Missing,
            Some(bytes) => match image_kind::not_taken(&bytes) {
                Some(kind) => Kept::Other(kind),
                None => {
                    let name = self.free_name(path);
                    self.files.push(Media { name: name.clone(), bytes });
                    Kept::Image(name)
                }
            },
        };
        self.names.insert(path.to_string(), kept.clone());
        Ok(kept)
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
