//! The numbering part: what lists there are.

use super::xml::{Element, Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::import::read::office::numbering::{Abstract, LEVELS, Level, List, Numbering, PATTERN};
use crate::import::read::office::styles::Styles;

/// Reads the lists of a document.
pub(super) fn read(part: &str, text: &str, styles: &Styles) -> Result<Numbering, Diagnostic> {
    let mut numbering = Numbering::default();
    let mut xml = Xml::new(part, text);
    loop {
        match xml.next()? {
            Event::Open(element) => match element.name() {
                ("w", "abstractNum") => {
                    let id = xml.attribute(&element, "w", "abstractNumId").unwrap_or_default();
                    let read = read_abstract(&mut xml)?;
                    numbering.abstracts.insert(id, read);
                }
                ("w", "num") => {
                    let id = xml.attribute(&element, "w", "numId").and_then(|id| id.parse().ok());
                    let read = read_list(&mut xml)?;
                    if let Some(id) = id {
                        numbering.lists.insert(id, read);
                    }
                }
                _ => {}
            },
            Event::End => break,
            _ => {}
        }
    }
    numbering.follow_links(styles);
    Ok(numbering)
}

fn read_abstract(xml: &mut Xml<'_>) -> Result<Abstract, Diagnostic> {
    let mut read = Abstract::default();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("w", "styleLink") => read.style_link = xml.value(&element),
            ("w", "numStyleLink") => read.number_style_link = xml.value(&element),
            ("w", "lvl") => read_level_into(&mut read.levels, &element, xml)?,
            _ => {}
        }
    }
    Ok(read)
}

fn read_list(xml: &mut Xml<'_>) -> Result<List, Diagnostic> {
    let mut read = List::default();
    let mut overridden = 0;
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("w", "abstractNumId") => read.from = xml.value(&element).unwrap_or_default(),
            ("w", "lvlOverride") => overridden = level_number(xml, &element),
            ("w", "startOverride") => {
                if let Some(start) = read.starts.get_mut(overridden) {
                    *start = xml.value(&element).and_then(|value| value.parse().ok());
                }
            }
            ("w", "lvl") => read_level_into(&mut read.levels, &element, xml)?,
            _ => {}
        }
    }
    Ok(read)
}
fn read_level_into(
    levels: &mut [Option<Level>; LEVELS],
    element: &Element<'_>,
    xml: &mut Xml<'_>,
) -> Result<(), Diagnostic> {
    let number = level_number(xml, element);
    let level = read_level(xml)?;
    if let Some(place) = levels.get_mut(number) {
        *place = Some(level);
    }
    Ok(())
}

fn read_level(xml: &mut Xml<'_>) -> Result<Level, Diagnostic> {
    let mut level = Level { format: "decimal".to_string(), ..Level::default() };
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        let value = xml.value(&element);
        match element.name() {
            ("w", "start") => level.start = value.and_then(|value| value.parse().ok()),
            ("w", "numFmt") => level.format = value.unwrap_or_default(),
            ("w", "lvlText") => level.pattern = value.unwrap_or_default().chars().take(PATTERN).collect(),
            ("w", "lvlRestart") => level.restart = value.and_then(|value| value.parse().ok()),
            ("w", "isLgl") => level.legal = xml.is_on(&element),
            ("w", "suff") => level.close = value.is_some_and(|value| value == "nothing"),
            ("w", "pStyle") => level.style = value,
            ("w", "pPr" | "rPr") => xml.skip()?,
            _ => {}
        }
    }
    Ok(level)
}

fn level_number(xml: &Xml<'_>, element: &Element<'_>) -> usize {
    xml.attribute(element, "w", "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0)
}
