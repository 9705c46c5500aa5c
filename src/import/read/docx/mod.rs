//! Word documents (.docx, ECMA-376 and ISO 29500, both variants).
//!
//! The text of such a file is not all in it: numbers of lists are only printed, what a paragraph is follows from styles that
//! are based on others, and deleted text is still there. So the parts are read on their own (`styles`, `numbering`,
//! `story`), and `pieces` puts the text together as Word would print it. The `witness` is a second, simpler reading of the
//! same parts, which the pieces are held against.
//!
//! Crates considered: docx-rs, which writes more than it reads, and docx-rust, which keeps a document in typed trees. What
//! has no place in such types is lost in reading. A reader that must lose nothing needs the stream of elements itself, so
//! it is zip and quick-xml.

mod chunk;
mod numbering;
mod parts;
mod shared;
mod story;
mod styles;
mod symbol;
#[cfg(test)]
mod tests;
mod witness;

use std::collections::HashMap;

use self::shared::Shared;
use self::story::Story;
use super::media::MediaShelf;
use super::office::notes::NoteId;
use super::office::numbering::Numbering;
use super::office::pieces::Pieces;
use super::office::styles::Styles;
use super::office::{self, Beside};
use super::package::Package;
use super::relations::{self, Relations};
use super::xml;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::flow::Flow;
use crate::import::meta::Meta;

pub(crate) const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Where Word puts its parts.
const FOLDER: &str = "word";

/// The parts with notes.
const NOTE_PARTS: [&str; 2] = ["footnotes", "endnotes"];

/// What a Word document holds.
#[derive(Debug)]
pub(crate) enum Held {
    /// A text.
    Text(Box<Flow>),
    /// In the place of a text a file of another kind, with its name.
    File(String, Vec<u8>),
}

/// Reads a Word document. `name` is the file's, for messages.
///
/// Errors: `not-a-document`, `damaged-xml`, `nested-too-deeply`, and those of [`Package`].
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Held, Diagnostic> {
    document(name, bytes).map_err(|fault| fault.in_file(name))
}

fn document(name: &str, bytes: &[u8]) -> Result<Held, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let root = Relations::read(&mut package, "")?;
    let part = parts::document(&mut package, &root)?.ok_or_else(not_a_document)?;
    let text = package.xml(&part)?.ok_or_else(not_a_document)?;
    let relations = Relations::read(&mut package, &part)?;
    if let Some((name, bytes)) = chunk::only(&mut package, (&part, &text), &relations)? {
        return Ok(Held::File(name, bytes));
    }

    let styles_part = relations.part("styles", FOLDER);
    let styles = match package.xml(&styles_part)? {
        Some(text) => styles::read(&styles_part, &text)?,
        None => Styles::default(),
    };
    let numbering_part = relations.part("numbering", FOLDER);
    let numbering = match package.xml(&numbering_part)? {
        Some(text) => numbering::read(&numbering_part, &text, &styles)?,
        None => Numbering::default(),
    };
    let comments = count_comments(&mut package, &relations.part("comments", FOLDER))?;
    let note_parts = note_parts(&mut package, &relations)?;
    let mut pieces = Pieces::new(name, &styles, numbering);
    let mut properties = Meta::default();
    relations::properties(&mut package, &root, &mut properties)?;

    let mut shared = Shared::new(&styles, MediaShelf::new(&mut package));
    let story = story::read(&part, &text, &relations, &mut shared)?;
    if story.root != "document" {
        return Err(not_a_document());
    }
    let mut notes = Vec::new();
    for NotePart { part, text, relations } in &note_parts {
        let Story { notes: found, .. } = story::read(part, text, relations, &mut shared)?;
        notes.extend(found);
    }
    for block in story.blocks {
        pieces.add(block);
    }
    let appended = shared.notes.append(&mut pieces, notes);
    let witness = read_witness(&part, &text, &note_parts, &appended)?;
    let media = shared.shelf.shelf.files;
    let beside = Beside { media, properties, oddities: shared.oddities, comments, witness };
    Ok(Held::Text(Box::new(office::finish(pieces, beside, MEDIA_TYPE, "UTF-8"))))
}

fn not_a_document() -> Diagnostic {
    Diagnostic::error(PackageMessage::NotADocument)
}

/// A part with notes.
struct NotePart {
    part: String,
    text: String,
    relations: Relations,
}

fn note_parts(package: &mut Package<'_>, relations: &Relations) -> Result<Vec<NotePart>, Diagnostic> {
    let mut parts = Vec::new();
    for kind in NOTE_PARTS {
        let part = relations.part(kind, FOLDER);
        if let Some(text) = package.xml(&part)? {
            let relations = Relations::read(package, &part)?;
            parts.push(NotePart { part, text, relations });
        }
    }
    Ok(parts)
}

fn read_witness(part: &str, text: &str, notes: &[NotePart], order: &[NoteId]) -> Result<String, Diagnostic> {
    let mut all = witness::read(part, text)?.text;
    let mut by_id = HashMap::new();
    for NotePart { part, text, .. } in notes {
        by_id.extend(witness::read(part, text)?.notes);
    }
    for id in order {
        all.push_str(by_id.get(id).map_or("", String::as_str));
    }
    Ok(all)
}

fn count_comments(package: &mut Package<'_>, part: &str) -> Result<usize, Diagnostic> {
    let Some(text) = package.xml(part)? else { return Ok(0) };
    xml::count(part, &text, &["comment"])
}
