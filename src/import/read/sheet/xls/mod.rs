//! Workbooks of Excel 5 to 2003 (.xls, [MS-XLS]) and of WPS: a stream of records in a compound file.
//!
//! A record says how long it is, and nothing that it says is believed further: what it holds is read byte by byte, up to its
//! end. A long string goes on in the records behind it, and each begins with a byte that says how its part is stored.

mod links;
mod records;
mod sheet;
mod strings;
mod wide;
mod witness;
mod workbook;

use self::records::damaged;
use super::finish;
use super::witness::Found;
use super::workbook::{Budget, Workbook};
use crate::diagnostic::Diagnostic;
use crate::import::flow::Flow;
use crate::import::read::compound::Compound;
use crate::import::read::summary;

const MEDIA_TYPE: &str = "application/vnd.ms-excel";

/// The work on sheets, in lengths of the file: sheets may begin anywhere in it, and would be walked through over and over.
const ROUNDS: usize = 4;

/// Reads a workbook. `name` is the file's, for messages.
///
/// Errors: `damaged-file`, `encrypted-document`, `format-not-read`, `capture-too-large`, `empty-capture`.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let flow = workbook(name, bytes).map_err(|fault| fault.in_file(name))?;
    let told = flow.diagnostics.into_iter().map(|fault| fault.in_file(name)).collect();
    Ok(Flow { diagnostics: told, ..flow })
}

fn workbook(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let mut compound = Compound::open(bytes).ok_or_else(damaged)?;
    let stream = ["Workbook", "Book"].iter().find_map(|name| compound.stream(name)).ok_or_else(damaged)?;
    let mut globals = workbook::read(&stream)?;
    let properties = compound.stream("\u{5}SummaryInformation").map(|bytes| summary::read(&bytes)).unwrap_or_default();
    let mut workbook = Workbook { properties, ..Workbook::default() };
    let mut budget = Budget::default();
    let mut work = ROUNDS.saturating_mul(stream.len());
    let mut found: Vec<Found> = Vec::new();
    for entry in std::mem::take(&mut globals.sheets) {
        let mut read = sheet::read(&stream, entry.position, &globals, &mut budget, &mut work)?;
        read.sheet.name = entry.name;
        read.sheet.is_hidden = entry.is_hidden;
        found.push(witness::read(&stream, entry.position, &globals, &read.walked));
        workbook.left_out.comments += read.left_out.comments;
        workbook.left_out.drawings += read.left_out.drawings;
        workbook.left_out.embedded += read.left_out.embedded;
        workbook.sheets.push(read.sheet);
    }
    let flow = Flow { encoding: "binary".to_string(), media_type: MEDIA_TYPE, ..Flow::default() };
    finish::flow(name, workbook, &found, flow)
}
