//! Characters of symbol fonts, and what is told when a sign or an image is not there.

use super::xml::{Element, Xml};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage};

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
    Diagnostic::warning(PackageMessage::SymbolFont { font: font.to_string() })
}

pub(super) fn missing_image(target: &str) -> Diagnostic {
    let image = Some(target.to_string()).filter(|target| !target.is_empty());
    Diagnostic::warning(PackageMessage::ImageNotInFile { image })
}

pub(super) fn other_image(path: &str, kind: &'static str) -> Diagnostic {
    let image = path.rsplit('/').next().unwrap_or_default().to_string();
    Diagnostic::warning(CaptureMessage::ImageOfOtherKind { image, kind, others: 0 })
}
