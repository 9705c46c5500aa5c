//! A part of the text while it is read: the text itself, a note, a text box.

use super::body::{Body, RowShape};
use super::draft::{Draft, DraftBlock};
use super::field::Fields;
use super::notes::NoteId;
use super::styles::ParagraphProperties;

/// Which part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Note(NoteId),
    /// A text box; what it holds comes after the paragraph in which it stands.
    Box,
}

/// A part of the text while it is read.
#[derive(Debug)]
pub(crate) struct Part {
    pub kind: Kind,
    pub body: Body,
    pub draft: Box<Draft>,
    pub boxes: Vec<DraftBlock>,
    pub fields: Fields,
}

impl Part {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, body: Body::default(), draft: Box::default(), boxes: Vec::new(), fields: Fields::default() }
    }

    /// The paragraph ends that is open, so deep in tables.
    pub(crate) fn end_paragraph(&mut self, properties: &ParagraphProperties, depth: usize, is_deleted: bool) {
        self.body.go_to(depth);
        self.draft.properties = properties.clone();
        if is_deleted && depth == 0 && self.boxes.is_empty() {
            return;
        }
        self.body.add(DraftBlock::Paragraph(std::mem::take(&mut self.draft)));
        for block in std::mem::take(&mut self.boxes) {
            self.body.add(block);
        }
    }

    /// A row ends. Text behind its last cell is a cell too.
    pub(crate) fn end_row(&mut self, properties: &ParagraphProperties, depth: usize, row: &RowShape, is_deleted: bool) {
        if !self.draft.is_empty() {
            self.end_paragraph(properties, depth, false);
        }
        self.body.go_to(depth);
        self.body.end_row(row, is_deleted);
    }

    pub(crate) fn finish(self) -> Vec<DraftBlock> {
        let mut blocks = self.body.finish();
        blocks.extend(self.boxes);
        blocks
    }
}
