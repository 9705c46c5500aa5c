//! How wide a character is, as far as that can be said without its font.

/// The width of a character, as a part of its height.
pub(in crate::import::read) fn of(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | '[' | ']' | ' ' => {
            0.3
        }
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.85,
        'A'..='Z' => 0.67,
        _ if is_wide(character) => 1.0,
        _ => 0.52,
    }
}

/// Whether a character takes a square, and no space stands between it and its neighbours.
pub(in crate::import::read) fn is_wide(character: char) -> bool {
    // Quotation marks and dashes are letters of both scripts; a step that is known is believed before this.
    matches!(character, '‘' | '’' | '“' | '”' | '—' | '…' | '·')
        || matches!(u32::from(character), 0x1100..=0x115f | 0x2e80..=0xd7a3 | 0xe000..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3ffff)
}
