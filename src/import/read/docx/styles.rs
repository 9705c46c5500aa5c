//! The styles part, and the properties of paragraphs and runs.

use super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::import::read::office::styles::{Height, ParagraphProperties, RunProperties, Style, Styles};
use crate::text::tape::Align;

/// Reads the styles of a document.
pub(super) fn read(part: &str, text: &str) -> Result<Styles, Diagnostic> {
    let mut styles = Styles::default();
    let mut xml = Xml::new(part, text);
    loop {
        match xml.next()? {
            Event::Open(element) if element.name() == ("w", "style") => {
                let id = xml.attribute(&element, "w", "styleId").unwrap_or_default();
                let is_default = xml
                    .attribute(&element, "w", "default")
                    .is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
                if is_default && xml.attribute(&element, "w", "type").is_some_and(|kind| kind == "paragraph") {
                    styles.default = Some(id.clone());
                }
                let style = read_style(&mut xml)?;
                styles.all.insert(id, style);
            }
            Event::End => return Ok(styles),
            _ => {}
        }
    }
}

fn read_style(xml: &mut Xml<'_>) -> Result<Style, Diagnostic> {
    let mut style = Style::default();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("w", "name") => style.name = xml.value(&element).unwrap_or_default().trim().to_lowercase(),
            ("w", "basedOn") => style.based_on = xml.value(&element),
            ("w", "pPr") => style.paragraph = paragraph_properties(xml)?,
            ("w", "rPr") => style.run = run_properties(xml)?,
            // Parts of tables have properties of their own.
            ("w", "tblStylePr") => xml.skip()?,
            _ => {}
        }
    }
    Ok(style)
}

/// What a value of `w:vertAlign` means (ECMA-376, 17.18.96).
fn height(value: &str) -> Height {
    match value {
        "superscript" => Height::Above,
        "subscript" => Height::Below,
        _ => Height::Line,
    }
}

/// What a value of `w:jc` means (ECMA-376, 17.18.44); lines that fill the width are set as others are.
fn align(value: &str) -> Option<Align> {
    match value {
        "left" | "start" | "both" | "distribute" => Some(Align::Left),
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        _ => None,
    }
}

/// Reads `w:pPr`, which was opened last, to its end.
pub(super) fn paragraph_properties(xml: &mut Xml<'_>) -> Result<ParagraphProperties, Diagnostic> {
    let mut found = ParagraphProperties::default();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("w", "pStyle") => found.style = xml.value(&element),
            ("w", "numId") => found.list.number = xml.value(&element).and_then(|value| value.parse().ok()),
            ("w", "ilvl") => found.list.level = xml.value(&element).and_then(|value| value.parse().ok()),
            ("w", "jc") => found.align = xml.value(&element).and_then(|value| align(&value)),
            ("w", "outlineLvl") => found.outline = xml.value(&element).and_then(|value| value.parse().ok()),
            // The mark of the paragraph's end is formatted like a run, and so can be deleted like one.
            ("w", "del" | "moveFrom") => found.end_deleted = true,
            ("w", "pPrChange" | "rPrChange" | "sectPr") => xml.skip()?,
            _ => {}
        }
    }
    Ok(found)
}

/// Reads `w:rPr`, which was opened last, to its end.
pub(super) fn run_properties(xml: &mut Xml<'_>) -> Result<RunProperties, Diagnostic> {
    let mut found = RunProperties::default();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("w", "rStyle") => found.style = xml.value(&element),
            ("w", "b") => found.bold = Some(xml.is_on(&element)),
            ("w", "i") => found.italic = Some(xml.is_on(&element)),
            ("w", "em") => found.dotted = xml.value(&element).map(|value| value != "none"),
            ("w", "strike" | "dstrike") => found.struck = Some(xml.is_on(&element)),
            ("w", "vertAlign") => found.height = xml.value(&element).map(|value| height(&value)),
            ("w", "vanish") => found.hidden = xml.is_on(&element),
            ("w", "rPrChange") => xml.skip()?,
            _ => {}
        }
    }
    Ok(found)
}
