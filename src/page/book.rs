//! The book of a collection, made from the books of its documents.

use anyhow::Result;
use serde::Serialize;

use super::{Output, Pages};
use crate::archive::address;
use crate::file;
use crate::format::epub;

/// A book as the collection's page shows it.
#[derive(Debug, Serialize)]
pub(super) struct BookView {
    url: String,
    /// “12 kB”.
    size: String,
}

impl Pages<'_> {
    /// Writes the book of a collection. The books of its documents must have been written.
    pub(super) fn write_book(&self, at: usize, output: &mut Output) -> Result<Option<BookView>> {
        if !self.staging.writes() {
            return Ok(None);
        }
        let collection = &self.archive.collections[at];
        let words = self.words(self.site_language());
        let read = |path: &str| self.staging.read(path);
        let Some(book) = epub::collection::write(self.archive, at, words, &read)? else {
            return Ok(None);
        };
        let name = collection.path.rsplit('/').next().unwrap_or(&collection.path);
        let name = format!("{name}.epub");
        output.files.push(self.staging.write(&format!("{}/{name}", collection.path), &book)?);
        Ok(Some(BookView { url: address::encode(&name), size: file::size_in_words(book.len() as u64) }))
    }
}
