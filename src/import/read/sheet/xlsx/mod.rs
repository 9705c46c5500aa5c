//! Workbooks of Excel since 2007 (.xlsx and .xlsm): a package of XML.
//!
//! Elements are known by their local names, so that both variants of the standard, and files of programs that leave the
//! namespace out, are read alike.

mod parts;
mod place;
mod rows;
mod strings;
mod styles;
mod witness;

use self::parts::Parts;
use super::finish;
use super::witness::Found;
use super::workbook::{Budget, Workbook};
use crate::diagnostic::Diagnostic;
use crate::import::flow::Flow;
use crate::import::read::package::Package;
use crate::import::read::relations;

const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Reads a workbook. `name` is the file's, for messages.
///
/// Errors: `damaged-file`, `capture-too-large`, `empty-capture`, those of [`Package`] and of its XML.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let flow = workbook(name, bytes).map_err(|fault| fault.in_file(name))?;
    let told = flow.diagnostics.into_iter().map(|fault| fault.in_file(name)).collect();
    Ok(Flow { diagnostics: told, ..flow })
}

fn workbook(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let parts = Parts::read(&mut package)?;
    let mut workbook = Workbook::default();
    relations::properties(&mut package, &parts.root, &mut workbook.properties)?;
    let mut budget = Budget::default();
    let mut found: Vec<Found> = Vec::new();
    for entry in &parts.sheets {
        let Some(text) = package.xml(&entry.part)? else { return Err(parts::missing(&entry.part)) };
        let related = parts::related(&mut package, &entry.part, &mut workbook.left_out)?;
        let mut sheet = rows::read(&entry.part, &text, &parts, &related, &mut budget)?;
        sheet.sheet.name.clone_from(&entry.name);
        sheet.sheet.is_hidden = entry.is_hidden;
        workbook.left_out.embedded += sheet.embedded;
        workbook.left_out.drawings += usize::from(sheet.is_chart);
        found.push(witness::read(&entry.part, &text, &parts)?);
        workbook.sheets.push(sheet.sheet);
    }
    let flow = Flow { encoding: "UTF-8".to_string(), media_type: MEDIA_TYPE, ..Flow::default() };
    finish::flow(name, workbook, &found, flow)
}
