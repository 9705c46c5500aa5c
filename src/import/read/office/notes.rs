//! Notes: their labels, and their place after the text.

use std::collections::{HashMap, HashSet};

use super::draft::DraftBlock;
use super::pieces::Pieces;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;

/// Which kind of note, and its id.
pub(crate) type NoteId = (NoteKind, String);

/// The kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum NoteKind {
    Foot,
    End,
}

/// A note that was read.
#[derive(Debug)]
pub(crate) struct Note {
    pub id: NoteId,
    pub blocks: Vec<DraftBlock>,
}

/// The notes that a text refers to.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// In the order of reference: the first has the label 1.
    referenced: Vec<NoteId>,
    labels: HashMap<NoteId, String>,
    /// Notes that only deleted text refers to.
    pub deleted: HashSet<NoteId>,
}

impl Notes {
    /// The label of a note; a new one when it was not referred to before.
    pub(crate) fn label(&mut self, note: NoteId) -> String {
        if let Some(label) = self.labels.get(&note) {
            return label.clone();
        }
        self.referenced.push(note.clone());
        let label = self.referenced.len().to_string();
        self.labels.insert(note, label.clone());
        label
    }

    /// Puts the notes after the text: those that it refers to in the order of reference, then the others in their own.
    /// Returns which were put there, in that order.
    pub(crate) fn append(&mut self, pieces: &mut Pieces<'_>, found: Vec<Note>) -> Vec<NoteId> {
        let order: Vec<NoteId> = found.iter().map(|note| note.id.clone()).collect();
        let mut notes: HashMap<NoteId, Note> = HashMap::new();
        for note in found {
            notes.entry(note.id.clone()).or_insert(note);
        }
        let mut appended = self.referenced.clone();
        for (index, id) in appended.iter().enumerate() {
            let label = (index + 1).to_string();
            let blocks = notes.remove(id).map(|note| note.blocks).unwrap_or_else(|| {
                let fault = Diagnostic::warning(PackageMessage::NoteMissing { label: label.clone() });
                pieces.flow.diagnostics.push(fault.in_file(pieces.name));
                Vec::new()
            });
            pieces.note(&label, blocks);
        }
        for id in &order {
            let Some(note) = notes.remove(id).filter(|_| !self.deleted.contains(id)) else { continue };
            let says_something = |block: &DraftBlock| match block {
                DraftBlock::Paragraph(draft) => !draft.is_empty(),
                DraftBlock::Table(_) => true,
            };
            if !note.blocks.iter().any(says_something) {
                continue;
            }
            let label = self.label(id.clone());
            let fault = Diagnostic::warning(PackageMessage::UnreferencedNote { label: label.clone() });
            pieces.flow.diagnostics.push(fault.in_file(pieces.name));
            pieces.note(&label, note.blocks);
            appended.push(id.clone());
        }
        appended
    }
}
