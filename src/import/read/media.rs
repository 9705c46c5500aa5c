//! The files that a text shows, out of the package.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::import::read::office::shelf::{Kept, Shelf};
use crate::import::read::package::Package;

/// The files taken out of a package so far, each once.
pub(super) struct MediaShelf<'p, 'b> {
    package: &'p mut Package<'b>,
    names: HashMap<String, Kept>,
    pub shelf: Shelf,
}

impl<'p, 'b> MediaShelf<'p, 'b> {
    pub(super) fn new(package: &'p mut Package<'b>) -> Self {
        Self { package, names: HashMap::new(), shelf: Shelf::default() }
    }

    /// Takes a part of the package.
    pub(super) fn keep(&mut self, path: &str) -> Result<Kept, Diagnostic> {
        if let Some(kept) = self.names.get(path) {
            return Ok(kept.clone());
        }
        let kept = match self.package.bytes(path)? {
            None => Kept::Missing,
            Some(bytes) => self.shelf.keep(path, bytes),
        };
        self.names.insert(path.to_string(), kept.clone());
        Ok(kept)
    }
}
