//! Characters of symbol fonts, and what is told when a sign or an image is not there.

use super::xml::{Element, Xml};
use crate::diagnostic::Diagnostic;

/// The character of `w:sym`, which was opened last; U+FFFD when it only has a meaning in its font.
pub(super) fn character(xml: &Xml<'_>, element: &Element<'_>) -> char {
    let font = xml.attribute(element, "w", "font").unwrap_or_default().to_lowercase();
    let code = xml.attribute(element, "w", "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
    let is_symbol_font = font.starts_with("wingdings") || font.starts_with("webdings") || font == "symbol";
    code.filter(|code| !(0xe000..=0xf8ff).contains(code) && (*code > 0xff || !is_symbol_font))
        .and_then(char::from_u32)
        .filter(|character| !character.is_control())
        .unwrap_or('\u{fffd}')
}

pub(super) fn lost(font: &str) -> Diagnostic {
    Diagnostic::warning("symbol-font", format!("a sign here only has its meaning in the font {font}"))
        .help("U+FFFD stands for it; compare with the original and put the character itself")
}

pub(super) fn missing_image(target: &str) -> Diagnostic {
    let what = if target.is_empty() { "an image here".to_string() } else { format!("the image {target}") };
    Diagnostic::warning("missing-image", format!("{what} is not in the file"))
        .help("take the image from the original or where it was linked from, and put it beside the text")
}
