//! The records of one sheet.

use std::rc::Rc;

use super::links;
use super::records::{Record, Records, damaged, kind};
use super::strings::Script;
use super::wide::Wide;
use super::workbook::Globals;
use crate::diagnostic::Diagnostic;
use crate::import::read::bytes::{f64_at, u16_at, u32_at};
use crate::import::read::sheet::area::Area;
use crate::import::read::sheet::code::general;
use crate::import::read::sheet::workbook::{Budget, Cell, LeftOut, Sheet, clean};
use crate::text::tape::Align;

/// Most links of a sheet that are followed.
const LINKS: usize = 65_530;

/// What the records of a sheet hold.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub sheet: Sheet,
    pub left_out: LeftOut,
    /// The bytes of the stream that were walked through.
    pub walked: std::ops::Range<usize>,
    links: Vec<(Area, String)>,
    /// A formula whose result is the string behind it.
    formula: Option<(u32, u32, usize)>,
}

/// What a cell holds.
pub(super) enum Value {
    Number(f64),
    Text(String),
    /// A string of the workbook.
    Shared(Rc<str>),
    /// A truth, or the name of an error.
    Word(&'static str),
}

/// Reads a sheet. One that has no records is empty.
///
/// Errors: `capture-too-large`.
pub(super) fn read(
    stream: &[u8],
    position: usize,
    globals: &Globals,
    budget: &mut Budget,
    work: &mut usize,
) -> Result<Read, Diagnostic> {
    let mut read = Read { walked: position..position, ..Read::default() };
    let mut records = Records::new(stream, position);
    if records.next().is_none_or(|record| record.kind != kind::BOF) {
        return Ok(read);
    }
    // Charts stand within the sheet, with a beginning and an end of their own.
    let mut depth = 0_usize;
    while let Some(record) = records.next() {
        *work = work.saturating_sub(4 + record.body.len());
        if *work == 0 {
            return Err(damaged());
        }
        match record.kind {
            kind::BOF => depth += 1,
            kind::EOF if depth == 0 => break,
            kind::EOF => depth -= 1,
            _ if depth > 0 => {}
            kind::STRING | kind::LABEL | kind::RSTRING => {
                let parts = records.continued(record.body);
                read.string(&record, parts, globals, budget)?;
            }
            _ => {
                for (row, column, look, value) in values(&record, globals) {
                    read.keep((row, column, look), value, globals, budget)?;
                }
                read.add(&record);
            }
        }
    }
    read.walked.end = records.at;
    read.sheet.settle();
    for (area, address) in std::mem::take(&mut read.links) {
        read.sheet.link(&area, &address);
    }
    Ok(read)
}

impl Read {
    /// A cell with characters of its own, or the result of the formula before.
    fn string(
        &mut self,
        record: &Record<'_>,
        parts: Vec<&[u8]>,
        globals: &Globals,
        budget: &mut Budget,
    ) -> Result<(), Diagnostic> {
        if record.kind == kind::STRING {
            let text = globals.script.string(&mut Wide::new(parts), false);
            return match (self.formula.take(), text) {
                (Some(place), Some(text)) => self.keep(place, Value::Text(text), globals, budget),
                _ => Ok(()),
            };
        }
        match label(record.body, parts, globals.script) {
            Some((place, text)) => self.keep(place, Value::Text(text), globals, budget),
            None => Ok(()),
        }
    }

    fn keep(
        &mut self,
        place: (u32, u32, usize),
        value: Value,
        globals: &Globals,
        budget: &mut Budget,
    ) -> Result<(), Diagnostic> {
        let (row, column, look) = place;
        let align = globals.looks.get(look).align;
        let (text, stored, align): (Rc<str>, _, _) = match value {
            Value::Number(number) => {
                let text = globals.looks.number(number, look);
                let stored = (text != general(number)).then_some(number);
                (Rc::from(clean(&text)), stored, align.or(Some(Align::Right)))
            }
            Value::Text(text) => (Rc::from(globals.looks.text(&clean(&text), look)), None, align),
            Value::Shared(text) => {
                let own = globals.looks.get(look).code.text(&text);
                (own.map_or(text, |own| Rc::from(clean(&own))), None, align)
            }
            Value::Word(word) => (Rc::from(word), None, align),
        };
        self.sheet.keep(Cell { row, column, text, stored, align, link: None }, budget)
    }

    /// Keeps what a record says of the sheet; `None` where it breaks off.
    fn add(&mut self, record: &Record<'_>) -> Option<()> {
        let body = record.body;
        match record.kind {
            kind::FORMULA if is_string(body) => {
                let (row, column, look) = place(body)?;
                self.formula = Some((row, column, look));
            }
            kind::MERGEDCELLS => self.sheet.merges.extend(merges(body)),
            kind::ROW if u16_at(body, 12)? & 0x20 != 0 => self.sheet.hidden_rows.push(u32::from(u16_at(body, 0)?)),
            kind::COLINFO if u16_at(body, 8)? & 1 != 0 => {
                let (first, last) = (u16_at(body, 0)?, u16_at(body, 2)?);
                self.sheet.hidden_columns.push(u32::from(first)..u32::from(last) + 1);
            }
            kind::HLINK if self.links.len() < LINKS => self.links.extend(links::read(body)),
            kind::NOTE => self.left_out.comments += 1,
            kind::OBJ => match u16_at(body, 4)? {
                // A shape or a chart; a picture may show a document of another program, and is counted once.
                0..=6 | 8 | 9 | 30 => self.left_out.drawings += 1,
                _ => {}
            },
            _ => {}
        }
        Some(())
    }
}

/// The row, column and look that a record of a cell begins with.
pub(super) fn place(body: &[u8]) -> Option<(u32, u32, usize)> {
    Some((u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?), usize::from(u16_at(body, 4)?)))
}

/// A cell with characters of its own.
pub(super) fn label<'b>(
    body: &'b [u8],
    mut parts: Vec<&'b [u8]>,
    script: Script,
) -> Option<((u32, u32, usize), String)> {
    let place = place(body)?;
    *parts.first_mut()? = body.get(6..)?;
    Some((place, script.string(&mut Wide::new(parts), false)?))
}

/// Areas that are one cell.
fn merges(body: &[u8]) -> impl Iterator<Item = Area> {
    let areas = body.get(2..).unwrap_or_default().chunks_exact(8);
    areas.filter_map(|area| {
        let at = |place: usize| u16_at(area, place).map(u32::from);
        let (first, last, left, right) = (at(0)?, at(2)?, at(4)?, at(6)?);
        (first <= last && left <= right).then_some(Area { rows: first..last + 1, columns: left..right + 1 })
    })
}

/// Whether the result of a formula is a string, which comes behind it.
pub(super) fn is_string(body: &[u8]) -> bool {
    u16_at(body, 12) == Some(0xffff) && body.get(6) == Some(&0)
}

/// The cells of a record that hold no characters of their own.
pub(super) fn values(record: &Record<'_>, globals: &Globals) -> Vec<(u32, u32, usize, Value)> {
    let body = record.body;
    let Some((row, column, look)) = place(body) else { return Vec::new() };
    let one = |value: Option<Value>| value.map(|value| (row, column, look, value)).into_iter().collect();
    match record.kind {
        kind::NUMBER => one(f64_at(body, 6).map(Value::Number)),
        kind::RK => one(u32_at(body, 6).map(|rk| Value::Number(compressed(rk)))),
        kind::LABELSST => {
            let number = u32_at(body, 6).and_then(|number| usize::try_from(number).ok());
            one(number.and_then(|number| globals.strings.get(number)).cloned().map(Value::Shared))
        }
        kind::BOOLERR => one(body.get(6).zip(body.get(7)).map(|(value, is_error)| word(*value, *is_error == 1))),
        kind::FORMULA if u16_at(body, 12) == Some(0xffff) => one(match (body.get(6), body.get(8)) {
            (Some(1), Some(value)) => Some(word(*value, false)),
            (Some(2), Some(value)) => Some(word(*value, true)),
            _ => None,
        }),
        kind::FORMULA => one(f64_at(body, 6).map(Value::Number)),
        kind::MULRK => {
            // Two bytes at the end name the last column.
            let end = body.len().saturating_sub(2);
            let cells = body.get(4..end).unwrap_or_default().chunks_exact(6);
            let cell = |(nth, cell): (u32, &[u8])| {
                Some((row, column + nth, usize::from(u16_at(cell, 0)?), Value::Number(compressed(u32_at(cell, 2)?))))
            };
            (0..).zip(cells).filter_map(cell).collect()
        }
        _ => Vec::new(),
    }
}

/// A number in four bytes ([MS-XLS] 2.5.217, RkNumber).
fn compressed(rk: u32) -> f64 {
    let value =
        if rk & 2 != 0 { f64::from(rk.cast_signed() >> 2) } else { f64::from_bits(u64::from(rk & 0xffff_fffc) << 32) };
    if rk & 1 != 0 { value / 100.0 } else { value }
}

fn word(value: u8, is_error: bool) -> Value {
    Value::Word(match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0f) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1d) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    })
}
