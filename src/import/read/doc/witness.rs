//! The text of a part taken out once more, in the simplest way there is.
//!
//! It knows nothing of styles, lists, tables, links or joined paragraphs. It shares with the reader the characters and the
//! rules of what is text at all: what is deleted or instructs a field is not; what a text box holds comes after its paragraph.

use std::ops::Range;

use super::art;
use super::paragraph::properties;
use super::properties::Characters;
use super::word::{Word, is_text};
use crate::import::read::office::{equation, symbol};

/// Takes the text out of a part.
pub(super) fn read(word: &Word<'_>, part: Range<usize>, shown: &mut Vec<u32>) -> String {
    let mut text = String::new();
    let end = part.end.min(word.text.units.len());
    // Of each field that is open, its instruction, until its result begins.
    let mut fields: Vec<Option<Vec<u16>>> = Vec::new();
    let mut start = part.start;
    while start < end {
        let mark = word.paragraph_end(start, end);
        let mut boxes = Vec::new();
        let mut number = start;
        while number < mark {
            let (said, until) = properties(word, number, mark);
            let units = run(word, &said, number..until, &mut fields, &mut boxes);
            text.push_str(&String::from_utf16_lossy(&units));
            number = until;
        }
        text.push('\n');
        for id in boxes {
            if let Some(range) = word.boxes.get(&id).filter(|_| !shown.contains(&id)) {
                shown.push(id);
                text.push_str(&read(word, range.clone(), shown));
            }
        }
        start = mark + 1;
    }
    text
}

/// The text of a run, and the shapes that are anchored in it.
fn run(
    word: &Word<'_>,
    said: &Characters,
    range: Range<usize>,
    fields: &mut Vec<Option<Vec<u16>>>,
    boxes: &mut Vec<u32>,
) -> Vec<u16> {
    let mut units: Vec<u16> = Vec::new();
    for number in range {
        let unit = word.text.units[number];
        match unit {
            0x13 if !said.is_deleted => fields.push(Some(Vec::new())),
            0x14 if !said.is_deleted => fields.iter_mut().last().into_iter().for_each(|field| *field = None),
            0x15 if !said.is_deleted => {
                let instruction = fields.pop().flatten().filter(|_| fields.iter().all(Option::is_none));
                let shown =
                    instruction.and_then(|instruction| equation::shown(&String::from_utf16_lossy(&instruction)));
                units.extend(shown.map(|shown| shown.text + &shown.reading).unwrap_or_default().encode_utf16());
            }
            _ if said.is_deleted => {}
            _ if fields.iter().any(Option::is_some) => {
                let own = match unit {
                    0x1e => Some(0x2011),
                    0x1f => Some(0xad),
                    unit => Some(unit).filter(|unit| is_text(*unit) || *unit == 9),
                };
                if let Some(instruction) = fields.last_mut().and_then(Option::as_mut) {
                    instruction.extend(own);
                }
            }
            0x28 if said.is_special && said.symbol.is_some() => {
                let (font, code) = said.symbol.unwrap_or_default();
                let font = word.fonts.get(usize::from(font)).map_or("", String::as_str);
                units.extend(symbol::character(font, u32::from(code)).encode_utf16(&mut [0; 2]).iter());
            }
            0x01 if !said.is_data && said.picture.is_some() => {
                let picture = said.picture.and_then(|at| art::in_line(&word.file.data, at));
                units.extend(picture.unwrap_or_default().1.encode_utf16());
            }
            0x08 => {
                for (id, shape) in word.shapes_at(number) {
                    units.extend(shape.picture.map_or("", |_| &shape.alternative).encode_utf16());
                    units.extend(shape.letters.encode_utf16());
                    boxes.push(id);
                }
            }
            0x1e => units.push(0x2011),
            0x1f => units.push(0xad),
            unit if is_text(unit) => units.push(unit),
            _ => {}
        }
    }
    units
}
