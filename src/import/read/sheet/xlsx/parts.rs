//! Which file of the package is which part: the sheets in their order, their strings and looks.

use std::collections::HashMap;
use std::rc::Rc;

use super::{strings, styles};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{PackageMessage, Torn};
use crate::diagnostic::said::Said;
use crate::import::read::package::Package;
use crate::import::read::relations::Relations;
use crate::import::read::sheet::looks::Looks;
use crate::import::read::sheet::workbook::{self, LeftOut, clean};
use crate::import::read::xml::{self, Xml};

/// Where Excel puts its parts.
const FOLDER: &str = "xl";

/// Most sheets of a workbook; each has a part of its own.
const SHEETS: usize = 2000;

/// The parts that all sheets share.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub root: Relations,
    pub sheets: Vec<Entry>,
    pub strings: Vec<Rc<str>>,
    pub looks: Looks,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: String,
    pub part: String,
    pub is_hidden: bool,
}

/// What a sheet refers to.
#[derive(Debug, Default)]
pub(super) struct Related {
    /// Addresses of links, by their ids.
    pub addresses: HashMap<String, String>,
}

impl Parts {
    pub(super) fn read(package: &mut Package<'_>) -> Result<Self, Diagnostic> {
        let root = Relations::read(package, "")?;
        let part = root.kind("officeDocument").filter(|part| package.has(part));
        let part = part.or_else(|| package.name_of("xl/workbook.xml")).unwrap_or_else(|| "xl/workbook.xml".to_string());
        let text = package.xml(&part)?.ok_or_else(|| missing(&part))?;
        let relations = Relations::read(package, &part)?;
        let mut parts = Self { root, ..Self::default() };
        parts.workbook(&part, &text, &relations)?;
        let shared = relations.part("sharedStrings", FOLDER);
        if let Some(text) = optional(package, &shared)? {
            let mut xml = Xml::new(&shared, &text);
            parts.strings = workbook::shared(std::iter::from_fn(|| strings::next(&mut xml).transpose()))?;
        }
        let style = relations.part("styles", FOLDER);
        if let Some(text) = optional(package, &style)? {
            styles::read(&style, &text, &mut parts.looks)?;
        }
        Ok(parts)
    }

    fn workbook(&mut self, part: &str, text: &str, relations: &Relations) -> Result<(), Diagnostic> {
        let mut xml = Xml::new(part, text);
        while let Some(element) = xml.open()? {
            match element.name().1 {
                "workbookPr" => {
                    let is_on = xml.attribute(&element, "", "date1904");
                    self.looks.is_1904 = is_on.is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
                }
                "sheet" if self.sheets.len() < SHEETS => {
                    let id = xml.attribute(&element, "r", "id").or_else(|| xml.attribute(&element, "", "id"));
                    let state = xml.attribute(&element, "", "state");
                    let named = id.as_deref().and_then(|id| relations.get(id)).map(|relation| relation.target.clone());
                    let number = self.sheets.len() + 1;
                    self.sheets.push(Entry {
                        name: clean(&xml.attribute(&element, "", "name").unwrap_or_default()),
                        part: named.unwrap_or_else(|| format!("{FOLDER}/worksheets/sheet{number}.xml")),
                        is_hidden: state.is_some_and(|state| state != "visible"),
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A part that need not be there, whatever the case of its name.
fn optional(package: &mut Package<'_>, part: &str) -> Result<Option<String>, Diagnostic> {
    match package.name_of(part) {
        Some(name) => package.xml(&name),
        None => Ok(None),
    }
}

/// What a sheet refers to; comments and drawings are counted.
pub(super) fn related(package: &mut Package<'_>, part: &str, out: &mut LeftOut) -> Result<Related, Diagnostic> {
    let relations = Relations::read(package, part)?;
    if let Some(comments) = relations.kind("comments") {
        out.comments += count(package, &comments, &["comment"])?;
    }
    if let Some(drawing) = relations.kind("drawing") {
        out.drawings += count(package, &drawing, &["twoCellAnchor", "oneCellAnchor", "absoluteAnchor"])?;
    }
    let outside = relations.outside().map(|(id, address)| (id.to_string(), address.to_string()));
    Ok(Related { addresses: outside.collect() })
}

fn count(package: &mut Package<'_>, part: &str, names: &[&str]) -> Result<usize, Diagnostic> {
    let Some(text) = package.xml(part)? else { return Ok(0) };
    xml::count(part, &text, names)
}

/// A part that holds text and is not there: a text with gaps must not look complete.
pub(super) fn missing(part: &str) -> Diagnostic {
    Diagnostic::error(PackageMessage::DamagedPackage { why: Said(Torn::PartMissing { file: part.to_string() }) })
}
