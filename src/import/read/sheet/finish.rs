//! From a workbook to the text of a capture.

use super::layout::Layout;
use super::pieces;
use super::witness::{self, Found};
use super::workbook::{Sheet, Workbook};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage, SheetMessage};
use crate::import::flow::Flow;

/// Names that programs give to sheets by themselves, before a number.
const DEFAULT_NAMES: [&str; 8] = ["sheet", "工作表", "表", "シート", "tabelle", "feuil", "hoja", "лист"];

/// The text of a workbook, and what a second reading found on each of its sheets.
///
/// Errors: `empty-capture`.
pub(super) fn flow(mut workbook: Workbook, found: &[Found], mut flow: Flow) -> Result<Flow, Diagnostic> {
    let covered: usize = workbook.sheets.iter_mut().map(Sheet::take_covered).sum();
    let is_shown = |sheet: &&Sheet| !sheet.is_hidden && !sheet.cells.is_empty();
    let shown = workbook.sheets.iter().filter(is_shown).count();
    if workbook.sheets.iter().all(|sheet| sheet.cells.is_empty()) {
        return Err(Diagnostic::error(CaptureMessage::CaptureWithoutText { part: None }));
    }
    let mut layout = Layout::default();
    for (at, sheet) in workbook.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.cells.is_empty()) {
        let name = sheet.name.trim();
        if !sheet.is_hidden && (shown > 1 || says_something(name)) && !name.is_empty() {
            pieces::heading(name, &mut flow);
            flow.witness.push_str(name);
        }
        let regions = layout.regions(sheet);
        for region in &regions {
            pieces::add(sheet, region, &mut flow);
        }
        let empty = Found::default();
        flow.witness.push_str(&witness::text(found.get(at).unwrap_or(&empty), &sheet.merges, &regions));
    }
    flow.stated = std::mem::take(&mut workbook.properties);
    flow.file_title = flow.stated.title.take();
    tell(&workbook, covered, &mut flow);
    Ok(flow)
}

/// Whether a sheet has a name that a person gave it.
fn says_something(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_number =
        |rest: &str| rest.chars().all(|character| character.is_ascii_digit() || " ()_-".contains(character));
    !DEFAULT_NAMES.iter().any(|default| name.strip_prefix(default).is_some_and(is_number))
}

/// What is told of what was left out, and of what is shown although the sheet hides it.
fn tell(workbook: &Workbook, covered: usize, flow: &mut Flow) {
    let some = |count: usize| Some(count).filter(|count| *count > 0);
    let left_out = workbook.left_out;
    let hidden = workbook.sheets.iter().filter(|sheet| sheet.is_hidden && !sheet.cells.is_empty()).count();
    let shown = workbook.sheets.iter().filter(|sheet| !sheet.is_hidden);
    let notes = [
        some(left_out.comments).map(|count| PackageMessage::CommentsLeftOut { count }.into()),
        some(left_out.drawings).map(|count| SheetMessage::DrawingsLeftOut { count }.into()),
        some(left_out.embedded).map(|count| PackageMessage::EmbeddedDocumentLeftOut { count }.into()),
        some(shown.map(Sheet::hidden_cells).sum()).map(|count| SheetMessage::HiddenCells { count }.into()),
        some(hidden).map(|count| SheetMessage::HiddenSheets { count }.into()),
        some(covered).map(|count| SheetMessage::CoveredCells { count }.into()),
    ];
    flow.diagnostics.extend(
        notes.into_iter().flatten().map(|message: crate::diagnostic::messages::Message| Diagnostic::warning(message)),
    );
}

#[cfg(test)]
mod tests {
    use super::says_something;

    #[test]
    fn names_of_sheets() {
        for name in ["Sheet1", "sheet 2", "Sheet1 (2)", "工作表1", "表1", "Tabelle3", "Sheet"] {
            assert!(!says_something(name), "{name}");
        }
        for name in ["名册", "表一", "2020", "Sheet1 备份", "工作表格式"] {
            assert!(says_something(name), "{name}");
        }
    }
}
