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

mod draft;
mod field;
mod numbering;
mod parts;
mod pieces;
mod shared;
mod story;
mod styles;
mod symbol;
#[cfg(test)]
mod tests;
mod witness;

use std::collections::{BTreeMap, HashMap};

use self::numbering::Numbering;
use self::parts::Relations;
pub(super) use self::parts::{is_default_title, resolved};
use self::pieces::Pieces;
use self::shared::{Note, NoteId, Oddity, Shared};
use self::story::Story;
use self::styles::Styles;
use super::media::{self, MediaShelf};
use super::package::Package;
use super::xml;
use super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::flow::{Change, Flow};

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// How a compound file begins: what Word wrote before 2007, and what it writes when a password is set.
const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// The parts with notes.
const NOTE_PARTS: [&str; 2] = ["footnotes", "endnotes"];

/// Reads a Word document. `name` is the file's, for messages.
///
/// Errors: `old-word-file`, `not-a-document`, `damaged-xml`, `nested-too-deeply`, and those of [`Package`].
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    document(name, bytes).map_err(|fault| fault.in_file(name))
}

fn document(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    if bytes.starts_with(&COMPOUND) {
        return Err(Diagnostic::error(PackageMessage::WordFileBefore2007));
    }
    let mut package = Package::open(bytes)?;
    let root = Relations::read(&mut package, "")?;
    let part = parts::document(&mut package, &root)?.ok_or_else(not_a_document)?;
    let text = package.xml(&part)?.ok_or_else(not_a_document)?;
    let relations = Relations::read(&mut package, &part)?;

    let styles_part = relations.part("styles");
    let styles = match package.xml(&styles_part)? {
        Some(text) => Styles::read(&styles_part, &text)?,
        None => Styles::default(),
    };
    let numbering_part = relations.part("numbering");
    let numbering = match package.xml(&numbering_part)? {
        Some(text) => Numbering::read(&numbering_part, &text, &styles)?,
        None => Numbering::default(),
    };
    let comments = count_comments(&mut package, &relations.part("comments"))?;
    let note_parts = note_parts(&mut package, &relations)?;
    let mut pieces = Pieces::new(name, &styles, numbering);
    let mut properties = crate::import::meta::Meta::default();
    parts::properties(&mut package, &root, &mut properties)?;

    let mut shared = Shared::new(&styles, MediaShelf::new(&mut package));
    let story = story::read(&part, &text, &relations, &mut shared)?;
    if story.root != "document" {
        return Err(not_a_document());
    }
    let mut notes: HashMap<NoteId, Note> = HashMap::new();
    let mut order: Vec<NoteId> = Vec::new();
    for NotePart { part, text, relations } in &note_parts {
        let Story { notes: found, .. } = story::read(part, text, relations, &mut shared)?;
        for note in found {
            order.push(note.id.clone());
            notes.entry(note.id.clone()).or_insert(note);
        }
    }
    for block in story.blocks {
        pieces.add(block);
    }
    let appended = append_notes(&mut pieces, &mut shared, notes, &order);

    let mut flow = pieces.flow;
    flow.witness = read_witness(&part, &text, &note_parts, &appended)?;
    flow.media = shared.shelf.files;
    flow.stated = crate::import::meta::Meta { title: flow.stated.title.or(properties.title), ..properties };
    flow.encoding = "UTF-8".to_string();
    flow.media_type = MEDIA_TYPE;
    let told = tracked(&flow).into_iter().chain(left_out(comments)).chain(odd(&shared.oddities));
    flow.diagnostics.extend(told.map(|told| told.in_file(name)));
    let brackets: Vec<Change> = flow.printed().filter_map(|(line, now)| Change::reading_bracket(line, now)).collect();
    flow.changes.extend(brackets);
    let last = flow.pieces.len().max(1);
    for change in &mut flow.changes {
        change.line = change.line.min(last);
    }
    Ok(flow)
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
        let part = relations.part(kind);
        if let Some(text) = package.xml(&part)? {
            let relations = Relations::read(package, &part)?;
            parts.push(NotePart { part, text, relations });
        }
    }
    Ok(parts)
}

/// Puts the notes after the text: those that it refers to in the order of reference, then the others in their own.
fn append_notes(
    pieces: &mut Pieces<'_>,
    shared: &mut Shared<'_, '_, '_>,
    mut notes: HashMap<NoteId, Note>,
    order: &[NoteId],
) -> Vec<NoteId> {
    let referenced = shared.notes.clone();
    for (index, id) in referenced.iter().enumerate() {
        let label = (index + 1).to_string();
        let blocks = notes.remove(id).map(|note| note.blocks).unwrap_or_else(|| {
            let fault = Diagnostic::warning(PackageMessage::NoteMissing { label: label.clone() });
            pieces.flow.diagnostics.push(fault.in_file(pieces.name));
            Vec::new()
        });
        pieces.note(&label, blocks);
    }
    let mut appended = referenced;
    for id in order {
        let Some(note) = notes.remove(id).filter(|_| !shared.deleted_notes.contains(id)) else { continue };
        let says_something = |block: &draft::DraftBlock| match block {
            draft::DraftBlock::Paragraph(draft) => !draft.is_empty(),
            draft::DraftBlock::Table(_) => true,
        };
        if !note.blocks.iter().any(says_something) {
            continue;
        }
        let label = shared.label(id.clone());
        let fault = Diagnostic::warning(PackageMessage::UnreferencedNote { label: label.to_string() });
        pieces.flow.diagnostics.push(fault.in_file(pieces.name));
        pieces.note(&label, note.blocks);
        appended.push(id.clone());
    }
    appended
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
    let mut xml = Xml::new(part, &text);
    let mut count = 0;
    loop {
        match xml.next()? {
            Event::Open(element) if element.name() == ("w", "comment") => count += 1,
            Event::End => return Ok(count),
            _ => {}
        }
    }
}

fn tracked(flow: &Flow) -> Option<Diagnostic> {
    let of = |why| flow.changes.iter().filter(|change| change.why == why).count();
    let (insertions, deletions) = (of("insertion-accepted"), of("deletion-accepted"));
    (insertions + deletions > 0).then(|| Diagnostic::note(PackageMessage::TrackedChanges { insertions, deletions }))
}

fn left_out(comments: usize) -> Option<Diagnostic> {
    (comments > 0).then(|| Diagnostic::note(PackageMessage::CommentsLeftOut { count: comments }))
}

fn odd(oddities: &BTreeMap<Oddity, usize>) -> impl Iterator<Item = Diagnostic> {
    oddities.iter().map(|(oddity, count)| {
        let count = *count;
        Diagnostic::warning(match oddity {
            Oddity::Formula => PackageMessage::FormulaFlattened { count },
            Oddity::Hidden => PackageMessage::HiddenText { count },
            Oddity::Diagram => PackageMessage::DiagramLeftOut { count },
            Oddity::Embedded => PackageMessage::EmbeddedDocumentLeftOut { count },
            Oddity::Instruction => PackageMessage::FieldTextLeftOut { count },
        })
    })
}
