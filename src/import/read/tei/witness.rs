//! The characters of the text taken out once more, in the order of the file.

use super::super::order::is_seen;
use super::super::xml::{Event, Xml};
use super::kept::Choices;
use crate::diagnostic::Diagnostic;

/// All characters of the text that are seen.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<char>, Diagnostic> {
    let mut xml = Xml::new(name, text);
    let mut choices = Choices::default();
    let mut characters = Vec::new();
    let mut texts = 0usize;
    loop {
        match xml.next()? {
            Event::Open(element) => {
                let name = element.name().1;
                if name == "teiHeader" || !choices.open(name) {
                    xml.skip()?;
                    continue;
                }
                texts += usize::from(name == "text");
            }
            Event::Close(closed) => {
                texts -= usize::from(closed.name().1 == "text" && texts > 0);
                choices.close();
            }
            Event::Text(text) if texts > 0 => characters.extend(text.chars().filter(|character| is_seen(*character))),
            Event::Text(_) => {}
            Event::End => return Ok(characters),
        }
    }
}
