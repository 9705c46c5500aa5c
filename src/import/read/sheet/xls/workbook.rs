//! What all sheets of a workbook share: strings, looks, and where the sheets are.

use std::rc::Rc;

use super::records::{Record, Records, Version, damaged, kind};
use super::strings::{self, Script};
use super::wide::Wide;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage};
use crate::import::read::bytes::{position_at, u16_at};
use crate::import::read::format::OLD_EXCEL;
use crate::import::read::sheet::looks::Looks;
use crate::import::read::sheet::workbook::{self, clean};
use crate::import::read::summary;
use crate::text::tape::Align;

/// Most sheets of a workbook.
const SHEETS: usize = 2000;

/// What all sheets share.
#[derive(Debug)]
pub(super) struct Globals {
    pub script: Script,
    pub looks: Looks,
    pub strings: Vec<Rc<str>>,
    pub sheets: Vec<Entry>,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: String,
    pub position: usize,
    pub is_hidden: bool,
}

/// Reads the beginning of the stream.
///
/// Errors: `damaged-file`, `encrypted-document`, `format-not-read`.
pub(super) fn read(stream: &[u8]) -> Result<Globals, Diagnostic> {
    let mut records = Records::new(stream, 0);
    let first = records.next().filter(|record| record.kind == kind::BOF).ok_or_else(damaged)?;
    let version = match u16_at(first.body, 0) {
        Some(0x0600) => Version::Eight,
        Some(0x0500) => Version::Five,
        _ => return Err(Diagnostic::error(CaptureMessage::FormatNotRead { format: OLD_EXCEL })),
    };
    let script = Script { version, encoding: encoding_rs::WINDOWS_1252 };
    let mut globals = Globals { script, looks: Looks::default(), strings: Vec::new(), sheets: Vec::new() };
    while let Some(record) = records.next() {
        match record.kind {
            kind::EOF => break,
            kind::FILEPASS => return Err(Diagnostic::error(PackageMessage::EncryptedDocument { format: "Excel" })),
            kind::SST => {
                let parts = records.continued(record.body);
                globals.strings = workbook::shared(strings::shared(parts).map(Ok))?;
            }
            _ => drop(globals.add(&record)),
        }
    }
    if globals.sheets.is_empty() {
        // A workbook of Excel 5 may be one sheet alone.
        globals.sheets.push(Entry { name: String::new(), position: 0, is_hidden: false });
    }
    Ok(globals)
}

impl Globals {
    /// Keeps what a record says; `None` where it breaks off.
    fn add(&mut self, record: &Record<'_>) -> Option<()> {
        let body = record.body;
        match record.kind {
            kind::CODEPAGE => self.script.encoding = summary::encoding(u16_at(body, 0)?),
            kind::DATEMODE => self.looks.is_1904 = u16_at(body, 0)? == 1,
            kind::FORMAT => {
                let mut bytes = Wide::new(vec![body.get(2..)?]);
                let code = self.script.string(&mut bytes, self.script.version == Version::Five)?;
                self.looks.add_code(u32::from(u16_at(body, 0)?), code);
            }
            kind::XF => {
                let align = match body.get(6)? & 7 {
                    1 => Some(Align::Left),
                    2 | 6 => Some(Align::Center),
                    3 => Some(Align::Right),
                    _ => None,
                };
                self.looks.add(u32::from(u16_at(body, 2)?), align);
            }
            kind::BOUNDSHEET if self.sheets.len() < SHEETS => {
                let mut bytes = Wide::new(vec![body.get(6..)?]);
                let name = clean(&self.script.string(&mut bytes, true)?);
                // A chart or a module of a macro has no cells.
                let has_cells = matches!(body.get(5)?, 0 | 1);
                let position = position_at(body, 0)?;
                if has_cells && self.sheets.iter().all(|sheet| sheet.position != position) {
                    self.sheets.push(Entry { name, position, is_hidden: body.get(4)? & 3 != 0 });
                }
            }
            _ => {}
        }
        Some(())
    }
}
