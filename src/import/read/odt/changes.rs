//! Tracked changes, which stand before the text (OpenDocument 1.3, part 3, 5.5).

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::import::read::xml::{Event, Xml};

/// A tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Insertion,
    /// What was deleted.
    Deletion(String),
}

/// The changes by their ids. The element that holds them was opened last.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<BTreeMap<String, Change>, Diagnostic> {
    let mut changes = BTreeMap::new();
    let mut id = String::new();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        let Event::Open(element) = event else { continue };
        match element.name() {
            ("text", "changed-region") => {
                let own = xml.attribute(&element, "text", "id").or_else(|| xml.attribute(&element, "", "id"));
                id = own.unwrap_or_default();
            }
            ("text", "insertion") => {
                changes.insert(id.clone(), Change::Insertion);
                xml.skip()?;
            }
            ("text", "deletion") => {
                let mut text = String::new();
                let inner = xml.depth();
                while let Some(event) = xml.inside(inner)? {
                    match event {
                        Event::Open(element) if element.name().1 == "change-info" => xml.skip()?,
                        Event::Text(own) => text.push_str(&own),
                        _ => {}
                    }
                }
                let words: Vec<&str> = text.split_whitespace().collect();
                changes.insert(id.clone(), Change::Deletion(words.join(" ")));
            }
            _ => {}
        }
    }
    Ok(changes)
}
