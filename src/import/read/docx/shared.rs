//! What the parts of a document share while they are read: the files they show, and the labels of notes.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::draft::DraftBlock;
use super::media::MediaShelf;
use super::styles::Styles;

/// Which kind of note, and its id.
pub(super) type NoteId = (NoteKind, String);

/// The kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// What the parts of a document share while they are read.
pub(super) struct Shared<'s, 'p, 'b> {
    pub styles: &'s Styles,
    pub shelf: MediaShelf<'p, 'b>,
    /// The notes in the order of reference: the first has the label 1.
    pub notes: Vec<NoteId>,
    labels: HashMap<NoteId, String>,
    /// Notes that only deleted text refers to.
    pub deleted_notes: HashSet<NoteId>,
    /// What was read otherwise than Word shows it.
    pub oddities: BTreeMap<Oddity, usize>,
}

/// Something that is read otherwise than Word shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Oddity {
    /// A formula became a line of characters.
    Formula,
    /// Text that Word hides.
    Hidden,
    /// A chart or diagram, which has its words elsewhere.
    Diagram,
    /// A whole document inside.
    Embedded,
    /// Text within the instruction of a field.
    Instruction,
}

impl<'s, 'p, 'b> Shared<'s, 'p, 'b> {
    pub(super) fn new(styles: &'s Styles, shelf: MediaShelf<'p, 'b>) -> Self {
        Self {
            styles,
            shelf,
            notes: Vec::new(),
            labels: HashMap::new(),
            deleted_notes: HashSet::new(),
            oddities: BTreeMap::new(),
        }
    }

    /// The label of a note; a new one when it was not referred to before.
    pub(super) fn label(&mut self, note: NoteId) -> String {
        if let Some(label) = self.labels.get(&note) {
            return label.clone();
        }
        self.notes.push(note.clone());
        let label = self.notes.len().to_string();
        self.labels.insert(note, label.clone());
        label
    }

    pub(super) fn odd(&mut self, oddity: Oddity) {
        *self.oddities.entry(oddity).or_default() += 1;
    }
}

/// A note of the part that was read.
pub(super) struct Note {
    pub id: NoteId,
    pub blocks: Vec<DraftBlock>,
}
