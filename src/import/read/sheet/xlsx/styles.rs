//! How cells look: the codes of their numbers, and the side that they are set to.

use crate::diagnostic::Diagnostic;
use crate::import::read::sheet::looks::Looks;
use crate::import::read::xml::{Event, Xml};
use crate::text::tape::Align;

/// Reads the looks of a workbook.
pub(super) fn read(part: &str, text: &str, looks: &mut Looks) -> Result<(), Diagnostic> {
    let mut xml = Xml::new(part, text);
    while let Some(element) = xml.open()? {
        let number = |name| xml.attribute(&element, "", name).and_then(|value| value.parse::<u32>().ok());
        match element.name().1 {
            "numFmt" => {
                let code = xml.attribute(&element, "", "formatCode");
                if let (Some(id), Some(code)) = (number("numFmtId"), code) {
                    looks.add_code(id, code);
                }
            }
            "cellXfs" => cells(&mut xml, looks)?,
            // Looks of what is marked by a rule, and of styles, which the cells' own repeat.
            "dxfs" | "cellStyleXfs" => xml.skip()?,
            _ => {}
        }
    }
    Ok(())
}

fn cells(xml: &mut Xml<'_>, looks: &mut Looks) -> Result<(), Diagnostic> {
    let depth = xml.depth();
    let mut open: Option<(u32, Option<Align>)> = None;
    while let Some(event) = xml.inside(depth)? {
        match event {
            Event::Open(element) => match (element.name().1, &mut open) {
                ("xf", _) => {
                    let code = xml.attribute(&element, "", "numFmtId").and_then(|id| id.parse().ok());
                    open = Some((code.unwrap_or_default(), None));
                }
                ("alignment", Some((_, align))) => {
                    *align = match xml.attribute(&element, "", "horizontal").as_deref() {
                        Some("left") => Some(Align::Left),
                        Some("center" | "centerContinuous") => Some(Align::Center),
                        Some("right") => Some(Align::Right),
                        _ => None,
                    };
                }
                _ => {}
            },
            Event::Close(closed) if closed.name().1 == "xf" => {
                if let Some((code, align)) = open.take() {
                    looks.add(code, align);
                }
            }
            _ => {}
        }
    }
    Ok(())
}
