//! Words that the end of a line parts.
//!
//! A hyphen there may belong to the word. It is taken out where the file has the whole word elsewhere, in one piece; and
//! always where it is the soft one, which says of itself that it only parts.

use std::collections::HashSet;

use super::super::layout::{Hyphen, LaidOut};
use crate::import::flow::Change;

/// Takes such hyphens out of the pieces and, since they are told as changes, out of the witness.
pub(super) fn settle(laid_out: &mut LaidOut, witness: &mut [char]) -> Vec<Change> {
    let hyphens = std::mem::take(&mut laid_out.hyphens);
    if hyphens.is_empty() {
        return Vec::new();
    }
    let words: HashSet<String> = laid_out.pieces.iter().flat_map(|piece| words(&piece.text)).collect();
    let parts = |hyphen: &Hyphen| {
        let text = &laid_out.pieces.get(hyphen.piece)?.text;
        let own = text.get(hyphen.at..)?.chars().next()?;
        let before: String = text.get(..hyphen.at)?.chars().rev().take_while(|one| one.is_alphabetic()).collect();
        let after = text.get(hyphen.at + own.len_utf8()..)?.chars().take_while(|one| one.is_alphabetic());
        let word: String = before.chars().rev().chain(after).collect();
        (own == '\u{ad}' || words.contains(&word.to_lowercase())).then_some(own)
    };
    let found: Vec<(Hyphen, char)> = hyphens.iter().filter_map(|hyphen| Some((*hyphen, parts(hyphen)?))).collect();
    let mut changes = Vec::new();
    for (hyphen, own) in &found {
        changes.push(Change {
            line: hyphen.piece + 1,
            was: own.to_string(),
            now: String::new(),
            why: "line-end-hyphen",
        });
        if let Some(character) = witness.get_mut(hyphen.id) {
            *character = ' ';
        }
    }
    for same in found.chunk_by(|one, other| one.0.piece == other.0.piece) {
        without(laid_out, same);
    }
    changes
}

/// Takes the hyphens of one piece out.
fn without(laid_out: &mut LaidOut, hyphens: &[(Hyphen, char)]) {
    let Some(number) = hyphens.first().map(|(hyphen, _)| hyphen.piece) else { return };
    let Some(piece) = laid_out.pieces.get_mut(number) else { return };
    let mut text = String::with_capacity(piece.text.len());
    let mut from = 0;
    // Where each hyphen stood, and how many bytes are gone with it and those before.
    let mut gone: Vec<(usize, u32)> = Vec::new();
    for (hyphen, own) in hyphens {
        text.push_str(piece.text.get(from..hyphen.at).unwrap_or_default());
        from = hyphen.at + own.len_utf8();
        gone.push((hyphen.at, gone.last().map_or(0, |(_, bytes)| *bytes) + own.len_utf8() as u32));
    }
    text.push_str(piece.text.get(from..).unwrap_or_default());
    piece.text = text;
    // Places stand by piece, as the pieces do.
    let first = laid_out.places.partition_point(|(_, piece, _)| (*piece as usize) < number);
    let own = laid_out.places.iter_mut().skip(first).take_while(|(_, piece, _)| *piece as usize == number);
    for (_, _, at) in own {
        let before = gone.partition_point(|(hyphen, _)| *hyphen < *at as usize);
        *at -= before.checked_sub(1).and_then(|last| gone.get(last)).map_or(0, |(_, bytes)| *bytes);
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(|character: char| !(character.is_alphabetic() || character == '-' || character == '\u{ad}'));
    parts.filter(|word| word.len() > 2 && !word.contains(['-', '\u{ad}'])).map(str::to_lowercase)
}
