//! From a workbook to the text of a capture.

use super::layout::Layout;
use super::pieces;
use super::witness::{self, Found};
use super::workbook::{Sheet, Workbook};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, Message, PackageMessage, SheetMessage};
use crate::import::flow::{Evidence, Flow};
use crate::import::meta::Meta;

/// Names that programs give to sheets by themselves, before a number.
const DEFAULT_NAMES: [&str; 8] = ["sheet", "工作表", "表", "シート", "tabelle", "feuil", "hoja", "лист"];

/// The text of a workbook in a file of this name, and what a second reading found on each of its sheets.
///
/// Errors: `empty-capture`.
pub(super) fn flow(name: &str, mut workbook: Workbook, found: &[Found], mut flow: Flow) -> Result<Flow, Diagnostic> {
    let covered: usize = workbook.sheets.iter_mut().map(Sheet::take_covered).sum();
    let is_shown = |sheet: &&Sheet| !sheet.is_hidden && !sheet.cells.is_empty();
    let shown = workbook.sheets.iter().filter(is_shown).count();
    if shown == 0 {
        return Err(Diagnostic::error(CaptureMessage::CaptureWithoutText { part: None }));
    }
    let mut layout = Layout::default();
    let mut stated: Option<String> = None;
    for (at, sheet) in workbook.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.cells.is_empty()) {
        let regions = layout.regions(sheet);
        let title = regions.first().filter(|region| region.is_title).and_then(|region| pieces::title(sheet, region));
        let name = sheet.name.trim();
        let is_named = !sheet.is_hidden && (shown > 1 || says_something(name)) && !name.is_empty();
        // A title that says the same is the heading.
        let is_heading = is_named && title.as_deref() == Some(name);
        if is_named && !is_heading {
            pieces::heading(name, &mut flow);
            flow.witness.push_str(name);
        }
        for (at, region) in regions.iter().enumerate() {
            pieces::add(sheet, region, is_heading && at == 0, &mut flow);
        }
        stated = stated.or(title.filter(|_| shown == 1 && !sheet.is_hidden));
        let empty = Found::default();
        flow.witness.push_str(&witness::text(found.get(at).unwrap_or(&empty), &sheet.merges, &regions));
    }
    let mut properties = std::mem::take(&mut workbook.properties);
    flow.file_title = properties.title.take();
    // The name of the first of several sheets is not that of the whole.
    if shown > 1 && flow.file_title.is_none() {
        let value = stem(name);
        flow.evidence.push(Evidence { field: "title", value: value.clone(), from: "file name".to_string() });
        stated = Some(value);
    }
    flow.stated = Meta { title: stated, ..properties };
    tell(&workbook, covered, &mut flow);
    Ok(flow)
}

/// A file's name without folders and its ending.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    file.rsplit_once('.').map_or(file, |(stem, _)| stem).trim().to_string()
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
    let comments = some(left_out.comments).map(|count| PackageMessage::CommentsLeftOut { count });
    flow.diagnostics.extend(comments.map(Diagnostic::note));
    let warnings: [Option<Message>; 5] = [
        some(left_out.drawings).map(|count| SheetMessage::DrawingsLeftOut { count }.into()),
        some(left_out.embedded).map(|count| PackageMessage::EmbeddedDocumentLeftOut { count }.into()),
        some(shown.map(Sheet::hidden_cells).sum()).map(|count| SheetMessage::HiddenCells { count }.into()),
        some(hidden).map(|count| SheetMessage::HiddenSheets { count }.into()),
        some(covered).map(|count| SheetMessage::CoveredCells { count }.into()),
    ];
    flow.diagnostics.extend(warnings.into_iter().flatten().map(Diagnostic::warning));
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
