//! What the readers of these formats bring: blocks of lines.

use super::super::prose::Prose;
use super::label::Role;
use crate::import::meta::Meta;

/// What was recognised.
#[derive(Default)]
pub(super) struct Recognised {
    /// In the order of the file.
    pub blocks: Vec<Block>,
    /// The ids of blocks and lines in the order of reading, where it is stated.
    pub reading_order: Vec<String>,
    pub stated: Meta,
}

/// Lines that belong together.
#[derive(Default)]
pub(super) struct Block {
    pub id: String,
    pub role: Role,
    pub lines: Vec<Line>,
}

/// A line.
#[derive(Default)]
pub(super) struct Line {
    pub id: String,
    pub prose: Prose,
    /// A hyphen that was at its end, of a word that goes on in the next line.
    pub hyphen: Option<char>,
}

/// A line's text without the hyphen that parts its last word, and that hyphen.
pub(super) fn without_hyphen(text: &str) -> (&str, Option<char>) {
    let text = text.trim_end();
    let hyphen = text.chars().next_back().filter(|last| matches!(last, '-' | '\u{ad}' | '¬' | '⸗' | '‐'));
    (hyphen.map_or(text, |hyphen| &text[..text.len() - hyphen.len_utf8()]), hyphen)
}
