//! Rich Text (.rtf, Rich Text Format Specification 1.9.1).
//!
//! A document is one stream of words and characters, so it is read in one pass (`reader`), part by part; what is found is told
//! in the terms that all formats of word processors share (`office`). The `witness` is a second, simpler reading of the same
//! characters, which the pieces are held against.

mod characters;
mod fonts;
mod picture;
mod reader;
mod skipped;
mod tables;
mod token;
mod witness;

use self::reader::Reader;
use super::office::pieces::Pieces;
use super::office::{self, Beside};
use crate::diagnostic::Diagnostic;
use crate::import::flow::Flow;

const MEDIA_TYPE: &str = "application/rtf";

/// Reads a document. `name` is the file's, for messages.
///
/// Errors: `nested-too-deeply`.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let mut reader = Reader::of(bytes);
    let text = reader.run().map_err(|fault| fault.in_file(name))?;
    let styles = std::mem::take(&mut reader.styles);
    let mut pieces = Pieces::new(name, &styles, std::mem::take(&mut reader.numbering));
    for block in text.finish() {
        pieces.add(block);
    }
    let mut notes = std::mem::take(&mut reader.notes);
    notes.append(&mut pieces, std::mem::take(&mut reader.found));
    let beside = Beside {
        media: reader.shelf.files,
        properties: reader.properties,
        oddities: reader.oddities,
        comments: reader.comments,
        witness: witness::read(bytes),
    };
    Ok(office::finish(pieces, beside, MEDIA_TYPE, "binary"))
}
