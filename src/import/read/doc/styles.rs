//! The styles of a Word file ([MS-DOC] 2.9.271 STSH, 2.9.260 STD).

use super::bytes::u16_at;
use super::characters::Modifier;
use super::file::{Place, WordFile};
use super::properties::{Characters, Paragraph};
use crate::import::read::office::styles::{Style, Styles};

/// The number of a style that is based on none.
const NONE: u16 = 0x0fff;

/// Reads the styles; what is damaged has none.
pub(super) fn read(file: &WordFile) -> Styles {
    let mut styles = Styles::default();
    let sheet = file.part(Place::Styles);
    let Some(head) = u16_at(sheet, 0).map(usize::from) else { return styles };
    let count = u16_at(sheet, 2).unwrap_or_default();
    let base = u16_at(sheet, 4).map_or(10, usize::from);
    let mut at = 2 + head;
    for number in 0..count {
        let Some(size) = u16_at(sheet, at).map(usize::from) else { break };
        let Some(bytes) = sheet.get(at + 2..at + 2 + size) else { break };
        if let Some((style, is_paragraph)) = style(file, bytes, base) {
            // The first is that of paragraphs that name none.
            if number == 0 && is_paragraph {
                styles.default = Some(number.to_string());
            }
            styles.all.insert(number.to_string(), style);
        }
        // Each begins at an even place.
        at += 2 + size + size % 2;
    }
    styles
}

/// A style, and whether it is one of paragraphs.
fn style(file: &WordFile, bytes: &[u8], base: usize) -> Option<(Style, bool)> {
    let known = u16_at(bytes, 0)? & 0x0fff;
    let kind_and_base = u16_at(bytes, 2)?;
    let (kind, based_on) = (kind_and_base & 0x0f, kind_and_base >> 4);
    let length = usize::from(u16_at(bytes, base)?);
    let name = bytes.get(base + 2..base + 2 + 2 * length)?;
    let units: Vec<u16> = name.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    let name = String::from_utf16_lossy(&units).trim().to_lowercase();
    let mut style = Style {
        name: known_name(known).unwrap_or(name),
        based_on: (based_on != NONE).then(|| based_on.to_string()),
        ..Style::default()
    };
    // Behind the name and its end.
    let mut at = base + 2 + 2 * length + 2;
    let mut next = || {
        at += at % 2;
        let size = usize::from(u16_at(bytes, at)?);
        let part = bytes.get(at + 2..at + 2 + size)?;
        at += 2 + size;
        Some(part)
    };
    match kind {
        1 => {
            let paragraph = next().and_then(|part| part.get(2..)).unwrap_or_default();
            style.paragraph = Paragraph::of_style(file, paragraph);
            style.run = Characters::read(next().unwrap_or_default(), Modifier::None).run;
        }
        2 => style.run = Characters::read(next().unwrap_or_default(), Modifier::None).run,
        _ => {}
    }
    Some((style, kind == 1))
}

/// The name of a style that every Word has, in whatever language it is installed ([MS-DOC] 2.9.259, sti).
fn known_name(known: u16) -> Option<String> {
    match known {
        1..=9 => Some(format!("heading {known}")),
        62 => Some("title".to_string()),
        _ => None,
    }
}
