//! The cells of a sheet taken out once more, in the simplest way there is.
//!
//! It knows nothing of the workbook's form: it walks over the elements in a flat loop and keeps a text for each place. It
//! shares with the reader the strings and what numbers look like.

use super::parts::Parts;
use super::rows::number;
use super::{place, strings};
use crate::diagnostic::Diagnostic;
use crate::import::read::sheet::witness::Found;
use crate::import::read::sheet::workbook::{COLUMNS, ROWS, clean};
use crate::import::read::xml::Xml;

/// Takes the cells out of a part.
pub(super) fn read(part: &str, text: &str, parts: &Parts) -> Result<Found, Diagnostic> {
    let mut xml = Xml::new(part, text);
    let mut found = Found::default();
    let (mut row, mut place) = (0, (0, 0));
    let (mut kind, mut look) = (String::new(), 0);
    while let Some(element) = xml.open()? {
        let attribute = |name| xml.attribute(&element, "", name);
        match element.name().1 {
            "extLst" | "Fallback" => xml.skip()?,
            "row" => {
                let said =
                    attribute("r").and_then(|said| said.parse::<u32>().ok()).and_then(|said| said.checked_sub(1));
                place = (said.unwrap_or(row).min(ROWS - 1), 0);
                row = place.0 + 1;
            }
            "c" => {
                let next = (row.saturating_sub(1), place.1.min(COLUMNS - 1));
                let own = attribute("r").as_deref().and_then(place::read).unwrap_or(next);
                kind = attribute("t").unwrap_or_default();
                look = attribute("s").and_then(|look| look.parse().ok()).unwrap_or_default();
                found.remove(&own);
                place = (own.0, own.1 + 1);
            }
            "v" => {
                let value = xml.text()?;
                found.insert((place.0, place.1.saturating_sub(1)), shown(&kind, look, &value, parts));
            }
            "is" => {
                let text = clean(&strings::text(&mut xml)?);
                found.insert((place.0, place.1.saturating_sub(1)), parts.looks.text(&text, look));
            }
            _ => {}
        }
    }
    Ok(found)
}

fn shown(kind: &str, look: usize, value: &str, parts: &Parts) -> String {
    let shown = match kind {
        "s" => {
            let text = value.trim().parse::<usize>().ok().and_then(|at| parts.strings.get(at));
            parts.looks.text(text.map_or("", |text| text), look)
        }
        "str" | "inlineStr" => parts.looks.text(&strings::unescaped(value), look),
        "b" if matches!(value.trim(), "1" | "true") => "TRUE".to_string(),
        "b" => "FALSE".to_string(),
        "e" => value.to_string(),
        _ => number(value, parts.looks.is_1904, kind)
            .map_or_else(|| value.to_string(), |number| parts.looks.number(number, look)),
    };
    clean(&shown)
}
