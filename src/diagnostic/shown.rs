//! Text of others on a terminal.
//!
//! A capture or a file's name may hold characters that a terminal obeys instead of showing: escape sequences of C0 and C1 (ECMA-48)
//! that change its colours, its title or what was printed before, and marks that turn the direction of what follows
//! (Unicode, UAX #9), so that a line reads otherwise than it is. They are shown as Rust writes them.

use std::borrow::Cow;

/// Whether a terminal would obey a character.
fn is_obeyed(character: char) -> bool {
    character.is_control() || turns(character)
}

/// Whether a character turns the direction of what follows.
fn turns(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A file's name: line breaks in it are shown too.
pub fn visible(name: &str) -> Cow<'_, str> {
    escaped(name, is_obeyed)
}

/// Words; lines and tabs stay what they are.
pub(crate) fn visible_words(words: &str) -> Cow<'_, str> {
    escaped(words, |character| is_obeyed(character) && !matches!(character, '\n' | '\t'))
}

fn escaped(text: &str, is_shown: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_shown) {
        return Cow::Borrowed(text);
    }
    let show = |letter: char| if is_shown(letter) { letter.escape_default().to_string() } else { letter.to_string() };
    Cow::Owned(text.chars().map(show).collect())
}

/// A line of a file beside a message, where every byte keeps its place. Characters of one byte are shown by annotate-snippets.
pub(super) fn same_length(line: &str) -> Cow<'_, str> {
    let is_shown = |character: char| is_obeyed(character) && !character.is_ascii();
    if !line.contains(is_shown) {
        return Cow::Borrowed(line);
    }
    let stand_in = |character: char| match character.len_utf8() {
        _ if !is_shown(character) => character,
        2 => '\u{b7}',
        _ => '\u{fffd}',
    };
    Cow::Owned(line.chars().map(stand_in).collect())
}

/// JSON (RFC 8259): what serde_json leaves as it is, it may have as an escape too. Line ends stand between its parts only.
pub(crate) fn visible_json(line: &str) -> Cow<'_, str> {
    let is_shown = |letter: char| is_obeyed(letter) && letter != '\n';
    if !line.contains(is_shown) {
        return Cow::Borrowed(line);
    }
    let show = |letter: char| match is_shown(letter) {
        true => format!("\\u{:04x}", u32::from(letter)),
        false => letter.to_string(),
    };
    Cow::Owned(line.chars().map(show).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        assert_eq!(visible("a\u{1b}[31m\u{9b}b\u{202e}\n"), "a\\u{1b}[31m\\u{9b}b\\u{202e}\\n");
        assert_eq!(visible_words("甲\n\t乙\u{7f}"), "甲\n\t乙\\u{7f}");
        assert_eq!(same_length("甲\u{9b}\u{202e}\u{1b}\t"), "甲\u{b7}\u{fffd}\u{1b}\t");
        assert_eq!(visible_json("{\"a\":\"\u{9b}\u{2066}\"}"), "{\"a\":\"\\u009b\\u2066\"}");
        assert!(matches!(visible("库房.txt"), Cow::Borrowed(_)));
    }
}
