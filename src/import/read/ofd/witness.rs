//! The characters of a part taken out once more, in the order of the file and without a look at where they stand.

use super::super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;

/// All characters of a part that are seen.
pub(super) fn read(part: &str, text: &str) -> Result<Vec<char>, Diagnostic> {
    let mut xml = Xml::new(part, text);
    let mut characters = Vec::new();
    loop {
        match xml.next()? {
            Event::Open(element) if element.name().1 == "TextCode" => {
                characters.extend(xml.text()?.chars().filter(|character| is_seen(*character)));
            }
            Event::End => return Ok(characters),
            _ => {}
        }
    }
}

/// Whether a character counts.
pub(super) fn is_seen(character: char) -> bool {
    !character.is_whitespace() && !character.is_control()
}

/// The characters of pages in the order in which the pieces name them. Where they are not all named, and each once, the order
/// of the file stays, so that the comparison tells it.
pub(super) fn in_order(pages: &[Vec<char>], order: &[(usize, usize)]) -> String {
    let mut named: Vec<Vec<bool>> = pages.iter().map(|page| vec![false; page.len()]).collect();
    let mut text = String::new();
    for (page, id) in order {
        let own = named.get_mut(*page).and_then(|page| page.get_mut(*id));
        let character = pages.get(*page).and_then(|page| page.get(*id));
        match (own, character) {
            (Some(own), Some(character)) if !*own => {
                *own = true;
                text.push(*character);
            }
            _ => return pages.concat().into_iter().collect(),
        }
    }
    match named.iter().flatten().all(|named| *named) {
        true => text,
        false => pages.concat().into_iter().collect(),
    }
}
