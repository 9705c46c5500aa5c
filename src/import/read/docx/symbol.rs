//! Characters of symbol fonts.

use super::xml::{Element, Xml};
use crate::import::read::office;

/// The character of `w:sym`, which was opened last; U+FFFD when it only has a meaning in its font.
pub(super) fn character(xml: &Xml<'_>, element: &Element<'_>) -> char {
    let font = xml.attribute(element, "w", "font").unwrap_or_default();
    let code = xml.attribute(element, "w", "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
    code.map_or('\u{fffd}', |code| office::symbol::character(&font, code))
}
