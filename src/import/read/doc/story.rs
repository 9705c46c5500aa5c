//! The text of a part of the file: paragraph after paragraph, and the tables they stand in.
//!
//! A paragraph's mark says what it is, so a paragraph is read when its end is known. A table is nothing but paragraphs whose
//! marks end cells and rows.

use std::collections::BTreeMap;
use std::ops::Range;

use super::art::{Drawings, Shape};
use super::characters::Characters as Text;
use super::file::WordFile;
use super::paragraph;
use super::properties::Paragraph;
use super::runs::Runs;
use crate::import::read::office::draft::{Cell, Draft, DraftBlock, Row};
use crate::import::read::office::notes::{NoteId, Notes};
use crate::import::read::office::oddity::Oddities;
use crate::import::read::office::shelf::Shelf;
use crate::import::read::office::styles::Styles;
use crate::import::read::office::table;

/// Most tables inside each other that are told apart.
const DEPTH: usize = 16;

/// The text of a cell or a row ends with this.
pub(super) const CELL_END: u16 = 7;
/// A page ends, and with it a section of the text where a paragraph ends too.
pub(super) const PAGE_END: u16 = 12;
pub(super) const PARAGRAPH_END: u16 = 13;

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
    /// Where notes are referred to, and whether the mark is a number that Word prints.
    pub references: BTreeMap<usize, (NoteId, bool)>,
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

/// A table that is being read.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    edges: Vec<Vec<i32>>,
    cells: Vec<Cell>,
    cell: Cell,
    /// Whether it holds a table.
    is_layout: bool,
}

/// The text of a part while it is read.
#[derive(Default)]
struct Story {
    blocks: Vec<DraftBlock>,
    tables: Vec<Table>,
    /// A paragraph whose end is deleted, so that it goes on in the next.
    unfinished: Option<Box<Draft>>,
}

/// Reads a part of the text.
pub(super) fn read(word: &mut Word<'_>, part: Range<usize>) -> Vec<DraftBlock> {
    let mut story = Story::default();
    let end = part.end.min(word.text.units.len());
    let mut start = part.start;
    let mut fields = crate::import::read::office::field::Fields::default();
    while start < end {
        let mark = word.paragraph_end(start, end);
        let paragraph = word.paragraph(mark.min(end - 1));
        let is_cell_end = mark < end && word.text.units[mark] == CELL_END;
        story.go_to(paragraph.table.depth().min(DEPTH));
        let ends_row = paragraph.table.ends_row || paragraph.table.ends_inner_row;
        let mut draft = story.unfinished.take().unwrap_or_default();
        draft.properties = paragraph.properties.clone();
        let boxes = paragraph::read(word, &mut fields, start..mark, &mut draft);
        start = mark + 1;
        if ends_row && !story.tables.is_empty() && draft.is_empty() {
            let is_deleted = paragraph::is_deleted(word, mark);
            story.end_row(&paragraph, is_deleted);
            continue;
        }
        let is_deleted = mark < end && paragraph::is_deleted(word, mark);
        let ends_cell = (is_cell_end || paragraph.table.ends_inner_cell) && !story.tables.is_empty();
        // What a text box holds comes after its paragraph, so such a paragraph is not joined with the next.
        if is_deleted && !ends_cell && boxes.is_empty() && start < end {
            story.unfinished = Some(draft);
            continue;
        }
        story.add(DraftBlock::Paragraph(draft));
        boxes.into_iter().for_each(|block| story.add(block));
        if ends_cell {
            story.end_cell();
        }
    }
    story.finish()
}

impl Story {
    /// Opens and closes tables, until the text stands in as many.
    fn go_to(&mut self, depth: usize) {
        while self.tables.len() > depth {
            self.end_table();
        }
        while self.tables.len() < depth {
            self.tables.iter_mut().for_each(|table| table.is_layout = true);
            self.tables.push(Table::default());
        }
    }

    fn add(&mut self, block: DraftBlock) {
        match self.tables.last_mut() {
            Some(table) => table.cell.blocks.push(block),
            None => self.blocks.push(block),
        }
    }

    fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
    }

    fn end_row(&mut self, paragraph: &Paragraph, is_deleted: bool) {
        let Some(table) = self.tables.last_mut() else { return };
        if !table.cell.blocks.is_empty() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
        let shape = &paragraph.table.shape;
        let mut edges = shape.edges.clone();
        let mut cells: Vec<Cell> = Vec::new();
        let mut joined = 0;
        for (at, mut cell) in std::mem::take(&mut table.cells).into_iter().enumerate() {
            let own = shape.cells.get(at).copied().unwrap_or_default();
            cell.is_continued = own.goes_on_up;
            match cells.last_mut() {
                // What Word hides in a cell that is part of another is text all the same.
                Some(before) if own.goes_on_left => {
                    before.blocks.append(&mut cell.blocks);
                    if at - joined < edges.len() {
                        edges.remove(at - joined);
                        joined += 1;
                    }
                }
                _ => cells.push(cell),
            }
        }
        table.edges.push(edges);
        table.rows.push(Row { cells, is_deleted, ..Row::default() });
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        // Text behind the last row that the file calls part of the table.
        if !table.cell.blocks.is_empty() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
        if !table.cells.is_empty() {
            table.edges.push(Vec::new());
            table.rows.push(Row { cells: std::mem::take(&mut table.cells), ..Row::default() });
        }
        table::lay_out(&mut table.rows, &table.edges);
        for block in table::blocks(table.rows, table.is_layout) {
            self.add(block);
        }
    }

    fn finish(mut self) -> Vec<DraftBlock> {
        self.go_to(0);
        if let Some(draft) = self.unfinished.take() {
            self.blocks.push(DraftBlock::Paragraph(draft));
        }
        self.blocks
    }
}
