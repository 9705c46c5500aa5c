//! What the properties of paragraphs and characters mean ([MS-DOC] 2.6.1 to 2.6.3).

use super::bytes::{position_at, u16_at};
use super::characters::Modifier;
use super::file::WordFile;
use super::row;
use super::runs::style_and_rest;
use super::sprm::{Sprms, toggled};
use crate::import::read::office::body::RowShape;
use crate::import::read::office::styles::{Height, ParagraphProperties, RunProperties};
use crate::text::tape::Align;

/// Deepest that a list of properties may lead on to another.
const CHAIN: usize = 4;

/// A paragraph's place in tables.
#[derive(Debug, Clone, Default)]
pub(super) struct TablePlace {
    is_in_table: bool,
    /// How deep in tables it stands, where that is stated.
    depth: usize,
    /// Whether its mark ends a row.
    pub ends_row: bool,
    /// Whether its mark ends a cell of a table inside another.
    pub ends_inner_cell: bool,
    pub ends_inner_row: bool,
    /// Where the cells of the row are.
    pub shape: RowShape,
}

impl TablePlace {
    pub(super) fn depth(&self) -> usize {
        self.depth.max(usize::from(self.is_in_table))
    }
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub properties: ParagraphProperties,
    pub table: TablePlace,
}

impl Paragraph {
    /// What a paragraph's style and properties say.
    pub(super) fn read(file: &WordFile, properties: &[u8], modifier: Modifier<'_>) -> Self {
        let mut read = Self::default();
        let (style, rest) = style_and_rest(properties);
        read.properties.style = style.map(|style| style.to_string());
        read.apply(file, rest, CHAIN);
        match modifier {
            Modifier::List(list) => read.apply(file, list, CHAIN),
            Modifier::One(0x05, value) => read.apply_one(0x2403, &[value]),
            Modifier::One(0x0c, value) => read.apply_one(0x260a, &[value]),
            Modifier::One(0x18, value) => read.apply_one(0x2416, &[value]),
            Modifier::One(0x19, value) => read.apply_one(0x2417, &[value]),
            Modifier::One(..) | Modifier::None => {}
        }
        read
    }

    /// What the properties of a style say.
    pub(super) fn of_style(file: &WordFile, properties: &[u8]) -> ParagraphProperties {
        let mut read = Self::default();
        read.apply(file, properties, CHAIN);
        read.properties
    }

    fn apply(&mut self, file: &WordFile, properties: &[u8], chain: usize) {
        for (sprm, value) in Sprms::of(properties) {
            // Properties that have no room in their page lie with the pictures.
            if matches!(sprm, 0x6646 | 0x6645) {
                let more = position_at(value, 0).and_then(|at| {
                    let length = usize::from(u16_at(&file.data, at)?);
                    file.data.get(at + 2..(at + 2).checked_add(length)?)
                });
                if let Some(more) = more.filter(|_| chain > 0) {
                    self.apply(file, more, chain - 1);
                }
                continue;
            }
            self.apply_one(sprm, value);
        }
    }

    fn apply_one(&mut self, sprm: u16, value: &[u8]) {
        let byte = value.first().copied().unwrap_or_default();
        let is_on = byte != 0;
        match sprm {
            0x4600 => self.properties.style = u16_at(value, 0).map(|style| style.to_string()),
            0x260a => self.properties.list.level = Some(usize::from(byte)).filter(|level| *level < 9),
            0x460b => {
                // Numbers beyond the lists there can be take the paragraph out of any.
                let number = u16_at(value, 0).filter(|number| *number < 0x07ff).unwrap_or(0);
                self.properties.list.number = Some(u64::from(number));
            }
            0x2640 => self.properties.outline = Some(usize::from(byte)),
            0x2403 | 0x2461 => self.properties.align = align(byte),
            0x2416 => self.table.is_in_table = is_on,
            0x2417 => self.table.ends_row = is_on,
            0x6649 => self.table.depth = position_at(value, 0).unwrap_or_default(),
            0x664a => self.table.depth = self.table.depth.saturating_add(position_at(value, 0).unwrap_or_default()),
            0x244b => self.table.ends_inner_cell = is_on,
            0x244c => self.table.ends_inner_row = is_on,
            _ => row::apply(&mut self.table.shape, sprm, value),
        }
    }
}

/// What a value of sprmPJc means ([MS-DOC] 2.6.2); lines that fill the width are set as others are.
fn align(value: u8) -> Option<Align> {
    match value {
        0 | 3 | 4 => Some(Align::Left),
        1 => Some(Align::Center),
        2 => Some(Align::Right),
        _ => None,
    }
}

/// Characters.
#[derive(Debug, Clone, Default)]
pub(super) struct Characters {
    pub run: RunProperties,
    /// Whether the characters stand for something else: a picture, a note, the parts of a field.
    pub is_special: bool,
    pub is_deleted: bool,
    pub is_inserted: bool,
    /// Where the picture lies among the pictures.
    pub picture: Option<usize>,
    /// Whether what lies there is no picture but the data of a field.
    pub is_data: bool,
    /// A sign: its font's number, and its code in it.
    pub symbol: Option<(u16, u16)>,
}

impl Characters {
    /// What the properties of a run say.
    pub(super) fn read(properties: &[u8], modifier: Modifier<'_>) -> Self {
        let mut read = Self::default();
        read.apply(properties);
        match modifier {
            Modifier::List(list) => read.apply(list),
            Modifier::One(0x41, value) => read.apply_one(0x0800, &[value]),
            Modifier::One(0x42, value) => read.apply_one(0x0801, &[value]),
            Modifier::One(short @ (0x55 | 0x56 | 0x57 | 0x5c | 0x73 | 0x75), value) => {
                read.apply_one(0x0800 | u16::from(short - 0x20), &[value]);
            }
            Modifier::One(0x68, value) => read.apply_one(0x2a48, &[value]),
            Modifier::One(..) | Modifier::None => {}
        }
        read
    }

    fn apply(&mut self, properties: &[u8]) {
        for (sprm, value) in Sprms::of(properties) {
            self.apply_one(sprm, value);
        }
    }

    fn apply_one(&mut self, sprm: u16, value: &[u8]) {
        let is_on = value.first().is_some_and(|byte| *byte != 0);
        match sprm {
            0x0800 => self.is_deleted = is_on,
            0x0801 => self.is_inserted = is_on,
            0x0855 => self.is_special = is_on,
            0x6a03 => {
                self.picture = position_at(value, 0);
                self.is_special = true;
            }
            0x0806 => self.is_data = is_on,
            0x6a09 => {
                self.symbol = u16_at(value, 0).zip(u16_at(value, 2));
                self.is_special = true;
            }
            0x4a30 => self.run.style = u16_at(value, 0).map(|style| style.to_string()),
            // Back to the characters of the style.
            0x2a33 => self.run = RunProperties { style: self.run.style.take(), ..RunProperties::default() },
            0x0835 => self.run.bold = toggled(value),
            0x0836 => self.run.italic = toggled(value),
            0x0837 | 0x2a53 => self.run.struck = toggled(value).or(self.run.struck),
            0x083c => self.run.hidden = toggled(value) == Some(true),
            0x2a34 => self.run.dotted = Some(is_on),
            0x2a48 => {
                self.run.height = Some(match value.first() {
                    Some(1) => Height::Above,
                    Some(2) => Height::Below,
                    _ => Height::Line,
                });
            }
            _ => {}
        }
    }
}
