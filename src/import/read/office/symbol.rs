//! Characters of symbol fonts.

/// The character that a code means in a font; U+FFFD when it only has a meaning there.
pub(crate) fn character(font: &str, code: u32) -> char {
    let font = font.to_lowercase();
    let is_symbol_font = font.starts_with("wingdings") || font.starts_with("webdings") || font == "symbol";
    Some(code)
        .filter(|code| !(0xe000..=0xf8ff).contains(code) && (*code > 0xff || !is_symbol_font))
        .and_then(char::from_u32)
        .filter(|character| !character.is_control())
        .unwrap_or('\u{fffd}')
}
