//! What all parts of a Word file are read with.

use std::collections::BTreeMap;
use std::ops::Range;

use super::art::{Drawings, Shape};
use super::characters::Characters as Text;
use super::file::WordFile;
use super::properties::Paragraph;
use super::runs::Runs;
use crate::import::read::office::notes::{NoteId, Notes};
use crate::import::read::office::oddity::Oddities;
use crate::import::read::office::shelf::Shelf;
use crate::import::read::office::styles::Styles;

/// The text of a cell or a row ends with this.
pub(super) const CELL_END: u16 = 7;
/// A page ends, and with it a section of the text where a paragraph ends too.
pub(super) const PAGE_END: u16 = 12;
pub(super) const PARAGRAPH_END: u16 = 13;

/// Whether a unit is text, and neither stands for something else nor controls a printer of old.
pub(super) fn is_text(unit: u16) -> bool {
    unit >= 0x20 && !(0x7f..=0x9f).contains(&unit)
}

/// What all parts of the file are read with.
pub(super) struct Word<'f> {
    pub file: &'f WordFile,
    pub text: Text,
    pub paragraphs: Runs,
    pub characters: Runs,
    pub styles: &'f Styles,
    pub drawings: Drawings,
    /// Names of fonts, by their numbers.
    pub fonts: Vec<String>,
    /// Names of places, by the characters before which they stand.
    pub names: BTreeMap<usize, Vec<String>>,
    /// Where notes are referred to.
    pub references: BTreeMap<usize, NoteId>,
    /// The shapes that are anchored at characters.
    pub anchors: BTreeMap<usize, u32>,
    /// The text boxes of shapes, by the shape's id: ranges of characters.
    pub boxes: BTreeMap<u32, Range<usize>>,
    pub notes: Notes,
    pub shelf: Shelf,
    pub oddities: Oddities,
    /// Text boxes that were shown.
    pub shown: Vec<u32>,
}

impl Word<'_> {
    /// The shape that an anchor stands for, and those of its group.
    pub(super) fn shapes_at(&self, anchor: usize) -> Vec<(u32, Shape)> {
        let Some(id) = self.anchors.get(&anchor) else { return Vec::new() };
        let of_group = self.drawings.shapes.iter().filter(|(_, shape)| shape.group == Some(*id));
        let own = self.drawings.shapes.get(id).filter(|shape| shape.group.is_none());
        let own = own.cloned().or_else(|| self.boxes.contains_key(id).then(Shape::default));
        own.map(|shape| (*id, shape)).into_iter().chain(of_group.map(|(id, shape)| (*id, shape.clone()))).collect()
    }

    /// Where the paragraph of a character ends: the number of its mark, or the end of the part.
    pub(super) fn paragraph_end(&self, from: usize, end: usize) -> usize {
        (from..end).find(|number| self.ends_paragraph(*number)).unwrap_or(end)
    }

    fn ends_paragraph(&self, number: usize) -> bool {
        match self.text.units[number] {
            PARAGRAPH_END | CELL_END => true,
            // A page may end in the midst of a paragraph; where a section ends, the paragraph does.
            PAGE_END => self.text.place(number).is_some_and(|place| {
                let last = self.paragraphs.at(self.file, place).map(|(_, end)| end);
                last.is_some_and(|end| end <= place + 2)
            }),
            _ => false,
        }
    }

    /// What is said of the paragraph that a mark ends.
    pub(super) fn paragraph(&self, mark: usize) -> Paragraph {
        let place = self.text.place(mark).unwrap_or(usize::MAX);
        let properties = self.paragraphs.at(self.file, place).map_or(&[][..], |(properties, _)| properties);
        Paragraph::read(self.file, properties, self.text.modifier(mark))
    }
}
