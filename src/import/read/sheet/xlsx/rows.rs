//! The part of one sheet: its rows of cells, merged areas, hidden rows and columns, links.

use std::rc::Rc;

use super::parts::{Parts, Related};
use super::{place, strings};
use crate::diagnostic::Diagnostic;
use crate::import::read::sheet::area::Area;
use crate::import::read::sheet::code::general;
use crate::import::read::sheet::workbook::{Budget, COLUMNS, Cell, ROWS, Sheet, clean};
use crate::import::read::xml::{Element, Event, Xml};
use crate::text::tape::Align;

/// Most links of a sheet that are followed; Excel's own limit.
const LINKS: usize = 65_530;

/// What the part of a sheet holds.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub sheet: Sheet,
    /// Whether it is a chart that takes a whole sheet.
    pub is_chart: bool,
    /// Documents of other programs.
    pub embedded: usize,
    links: Vec<(Area, String)>,
    /// Where the next row and the next cell are when they do not say so.
    row: u32,
    column: u32,
}

/// A cell while it is read.
#[derive(Debug, Default)]
struct Raw {
    kind: String,
    look: usize,
    value: String,
    /// Whether the characters stand in the cell itself, whatever its kind says.
    is_inline: bool,
}

/// Reads the part of a sheet.
pub(super) fn read(
    part: &str,
    text: &str,
    parts: &Parts,
    related: &Related,
    budget: &mut Budget,
) -> Result<Part, Diagnostic> {
    let mut xml = Xml::new(part, text);
    let mut read = Part::default();
    while let Some(element) = xml.open()? {
        match element.name().1 {
            "chartsheet" => read.is_chart = true,
            "col" => read.column_shape(&xml, &element),
            "row" => read.begin_row(&xml, &element),
            "c" => {
                let cell = read.cell(&mut xml, &element)?;
                read.keep(cell, parts, budget)?;
            }
            "mergeCell" => {
                read.sheet.merges.extend(xml.attribute(&element, "", "ref").as_deref().and_then(place::area));
            }
            "hyperlink" if read.links.len() < LINKS => read.link(&xml, &element, related),
            "oleObject" => read.embedded += 1,
            // What newer programs add, and what old ones need of it.
            "extLst" | "Fallback" => xml.skip()?,
            _ => {}
        }
    }
    read.sheet.settle();
    for (area, address) in std::mem::take(&mut read.links) {
        read.sheet.link(&area, &address);
    }
    Ok(read)
}

impl Part {
    fn column_shape(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let number = |name| xml.attribute(element, "", name).and_then(|value| value.parse::<u32>().ok());
        if let (true, Some(first), Some(last)) = (is_on(xml, element, "hidden"), number("min"), number("max")) {
            self.sheet.hidden_columns.push(first.saturating_sub(1)..last.min(COLUMNS));
        }
    }

    fn begin_row(&mut self, xml: &Xml<'_>, element: &Element<'_>) {
        let number = xml.attribute(element, "", "r").and_then(|row| row.parse::<u32>().ok());
        let row = number.and_then(|row| row.checked_sub(1)).unwrap_or(self.row).min(ROWS - 1);
        if is_on(xml, element, "hidden") {
            self.sheet.hidden_rows.push(row);
        }
        self.row = row + 1;
        self.column = 0;
    }

    /// What a cell says, and where it is.
    fn cell(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(u32, u32, Raw), Diagnostic> {
        let named = xml.attribute(element, "", "r").as_deref().and_then(place::read);
        let (row, column) = named.unwrap_or((self.row.saturating_sub(1), self.column.min(COLUMNS - 1)));
        self.column = column + 1;
        let kind = xml.attribute(element, "", "t").unwrap_or_default();
        let look = xml.attribute(element, "", "s").and_then(|look| look.parse().ok()).unwrap_or_default();
        let mut raw = Raw { kind, look, ..Raw::default() };
        let depth = xml.depth();
        while let Some(event) = xml.inside(depth)? {
            if let Event::Open(element) = event {
                match element.name().1 {
                    "v" => (raw.value, raw.is_inline) = (xml.text()?, false),
                    "is" => (raw.value, raw.is_inline) = (strings::text(xml)?, true),
                    _ => xml.skip()?,
                }
            }
        }
        Ok((row, column, raw))
    }

    fn keep(&mut self, cell: (u32, u32, Raw), parts: &Parts, budget: &mut Budget) -> Result<(), Diagnostic> {
        let (row, column, raw) = cell;
        let look = parts.looks.get(raw.look);
        let (text, stored) = shown(&raw, parts);
        let is_number = matches!(raw.kind.as_str(), "" | "n" | "d") && !raw.is_inline;
        let align = look.align.or_else(|| is_number.then_some(Align::Right));
        self.sheet.keep(Cell { row, column, text, stored, align, link: None }, budget)
    }

    fn link(&mut self, xml: &Xml<'_>, element: &Element<'_>, related: &Related) {
        let id = xml.attribute(element, "r", "id").unwrap_or_default();
        let area = xml.attribute(element, "", "ref").as_deref().and_then(place::area);
        // A place of the workbook has no address in a text.
        if let (Some(area), Some(address)) = (area, related.addresses.get(&id)) {
            self.links.push((area, address.clone()));
        }
    }
}

fn is_on(xml: &Xml<'_>, element: &Element<'_>, name: &str) -> bool {
    xml.attribute(element, "", name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}

/// What a cell shows, and the number that it stores where that is another.
fn shown(raw: &Raw, parts: &Parts) -> (Rc<str>, Option<f64>) {
    let value = raw.value.as_str();
    let characters = |text: &str| -> Rc<str> { Rc::from(parts.looks.text(text, raw.look)) };
    match raw.kind.as_str() {
        _ if raw.is_inline => (characters(&clean(value)), None),
        "s" => {
            let text = value.trim().parse::<usize>().ok().and_then(|at| parts.strings.get(at)).cloned();
            let text = text.unwrap_or_default();
            let own = parts.looks.get(raw.look).code.text(&text);
            (own.map_or(text, |own| Rc::from(clean(&own))), None)
        }
        "str" | "inlineStr" => (characters(&clean(&strings::unescaped(value))), None),
        "b" => (Rc::from(if value.trim() == "1" || value.trim() == "true" { "TRUE" } else { "FALSE" }), None),
        "e" => (Rc::from(clean(value)), None),
        _ => {
            let number = number(value, parts.looks.is_1904, &raw.kind);
            let Some(number) = number else { return (Rc::from(clean(value)), None) };
            let text = parts.looks.number(number, raw.look);
            let stored = (text != general(number)).then_some(number);
            (Rc::from(clean(&text)), stored)
        }
    }
}

/// The number of a cell: as it is, or of a date.
pub(super) fn number(value: &str, is_1904: bool, kind: &str) -> Option<f64> {
    let value = value.trim();
    if kind != "d" {
        return value.parse().ok().filter(|number: &f64| number.is_finite());
    }
    let moment: jiff::civil::DateTime = value.trim_end_matches('Z').parse().ok()?;
    let first = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    let days = moment.duration_since(first).as_secs_f64() / 86_400.0;
    Some(if is_1904 { days - 1462.0 } else { days })
}
