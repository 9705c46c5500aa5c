//! What the program of a font says of its glyphs: the characters that its table leads to them from, and their names.

use std::collections::HashMap;

use skrifa::raw::FontRef;
use skrifa::{GlyphId, MetadataProvider};

/// Glyphs of which a character is known.
#[derive(Debug, Default)]
pub(super) struct Program {
    characters: HashMap<u32, char>,
}

impl Program {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut characters: HashMap<u32, char> = HashMap::new();
        let Ok(font) = FontRef::new(bytes) else { return Self::default() };
        for (code, glyph) in font.charmap().mappings() {
            let Some(character) = char::from_u32(code).filter(|character| !character.is_control()) else { continue };
            let known = characters.entry(glyph.to_u32()).or_insert(character);
            if rank(character) < rank(*known) {
                *known = character;
            }
        }
        let names = font.glyph_names();
        for glyph in 0..names.num_glyphs().min(70_000) {
            if !characters.contains_key(&glyph)
                && let Some(name) = names.get(GlyphId::new(glyph)).filter(|name| !name.is_synthesized())
                && let Some(character) = of_name(name.as_str())
            {
                characters.insert(glyph, character);
            }
        }
        Self { characters }
    }

    /// The character of a glyph.
    pub(super) fn character(&self, glyph: u32) -> Option<String> {
        self.characters.get(&glyph).filter(|_| glyph > 0).map(char::to_string)
    }
}

/// Of several characters that share a glyph, the plainest is the lowest.
fn rank(character: char) -> (u8, u32) {
    let number = u32::from(character);
    let class = match number {
        0xe000..=0xf8ff | 0xf_0000.. => 3,
        // Radicals and forms that are there for the sake of older character sets.
        0x2e80..=0x2fdf | 0xf900..=0xfaff | 0x2f800..=0x2fa1f => 2,
        0xa0 | 0xad => 1,
        _ => 0,
    };
    (class, number)
}

/// The character of a name such as `uni4E00`, `u2000B` or `a`.
fn of_name(name: &str) -> Option<char> {
    let stem = name.split('.').next().unwrap_or_default();
    let digits = stem.strip_prefix("uni").or_else(|| stem.strip_prefix('u'));
    let by_number = digits
        .filter(|digits| (4..=6).contains(&digits.len()))
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .and_then(char::from_u32);
    let mut letters = stem.chars();
    let single = letters.next().filter(|letter| letter.is_ascii_alphabetic() && letters.next().is_none());
    by_number.or(single)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs() {
        assert_eq!(of_name("uni4E00"), Some('一'));
        assert_eq!(of_name("u2000B.alt"), Some('\u{2000b}'));
        assert_eq!(of_name("Q"), Some('Q'));
        for name in ["g12", "universe", "uniform", ".notdef", "cid1"] {
            assert_eq!(of_name(name), None, "{name}");
        }
    }
}
