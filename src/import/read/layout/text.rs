//! The text of lines: with spaces where there are gaps, and where a line break parts two words.

use super::lines::Line;
use super::width::is_wide;

/// Adds a line to those before it.
pub(super) fn push_line(line: &Line, text: &mut String, place: &mut dyn FnMut(usize, usize)) {
    let first = line.glyphs.first().map(|glyph| glyph.character);
    let last = text.chars().next_back();
    let parted = |character: char| !is_wide(character) && !character.is_whitespace();
    if last.is_some_and(|last| parted(last) && !matches!(last, '-' | '\u{ad}' | '‐')) && first.is_some_and(parted) {
        text.push(' ');
    }
    push(line, text, place);
}

/// The characters of a line, with a space where there is a gap. `place` is told where each stands.
fn push(line: &Line, text: &mut String, place: &mut dyn FnMut(usize, usize)) {
    let mut gaps = line.gaps.iter().map(|(at, _)| *at).peekable();
    for (at, glyph) in line.glyphs.iter().enumerate() {
        let gap = gaps.next_if_eq(&at).is_some();
        if gap && !text.ends_with(char::is_whitespace) && glyph.id.is_some() {
            let square = is_wide(glyph.character) && text.chars().next_back().is_some_and(is_wide);
            text.push(if square { '\u{3000}' } else { ' ' });
        }
        if let Some(id) = glyph.id {
            place(id, text.len());
        }
        if glyph.id.is_some() || !(text.is_empty() || text.ends_with(char::is_whitespace)) {
            text.push(if glyph.id.is_none() && glyph.character != '\u{3000}' { ' ' } else { glyph.character });
        }
    }
}
