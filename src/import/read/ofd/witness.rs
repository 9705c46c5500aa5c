//! The characters of a part taken out once more, in the order of the file and without a look at where they stand.

use super::super::order::is_seen;
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
