//! What is moved: a document or a section.

use super::{Plan, of_document, section};
use crate::archive::Archive;
use crate::diagnostic::Diagnostic;

/// What is to have another address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A document goes to a collection, under an id.
    Document {
        /// Folder below `content/`; empty for none.
        collection: String,
        /// The id.
        id: String,
    },
    /// A section gets an id.
    Section {
        /// The id that it has.
        old: String,
        /// The id that it is to have.
        new: String,
    },
}

/// Finds out what changes, and writes nothing.
///
/// # Errors
/// The address is taken or cannot be, or a file cannot be read.
pub(crate) fn plan(archive: &Archive, document: usize, what: &What) -> Result<Plan, Diagnostic> {
    match what {
        What::Document { collection, id } => of_document(archive, document, collection, id),
        What::Section { old, new } => section::plan(archive, document, old, new),
    }
}
