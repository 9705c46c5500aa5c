//! The text of a document taken out once more, in the simplest way there is.
//!
//! It knows nothing of styles, lists, tables or links. It shares with the reader the stream of elements and the rules of what
//! is text at all; what a shape holds comes after its paragraph, and notes after the text.

use super::skipped::{is_shape, is_skipped};
use crate::diagnostic::Diagnostic;
use crate::import::read::xml::{Event, Xml};

/// A text, and what comes after its paragraph.
#[derive(Debug, Default)]
struct Part {
    text: String,
    after: String,
    depth: usize,
    is_note: bool,
}

/// Frames that are open: their depth, whether they show a picture alone, and what is said of it.
#[derive(Debug, Default)]
struct Frame {
    depth: usize,
    has_picture: bool,
    has_text: bool,
    title: String,
    description: String,
}

/// Takes out the text, whose element was opened last.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<String, Diagnostic> {
    let mut parts = vec![Part::default()];
    let mut frames: Vec<Frame> = Vec::new();
    let mut paragraphs: Vec<usize> = Vec::new();
    let mut notes = String::new();
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        match event {
            Event::Open(element) => {
                let name = element.name();
                let depth = xml.depth();
                match name {
                    _ if is_skipped(name) => xml.skip()?,
                    ("text", "tracked-changes") | ("office", "annotation") | ("draw", "object") => xml.skip()?,
                    ("text", "variable-set" | "variable-get" | "user-field-get" | "expression")
                        if xml.attribute(&element, "text", "display").is_some_and(|display| display == "none") =>
                    {
                        xml.skip()?;
                    }
                    ("text", "p" | "h") => paragraphs.push(depth),
                    ("text", "note") => parts.push(Part { depth, is_note: true, ..Part::default() }),
                    ("draw", "frame") => frames.push(Frame { depth, ..Frame::default() }),
                    ("draw", "image") => {
                        frames.last_mut().into_iter().for_each(|frame| frame.has_picture = true);
                        xml.skip()?;
                    }
                    ("svg", "title") => {
                        let text = xml.text()?;
                        frames.last_mut().into_iter().for_each(|frame| frame.title.clone_from(&text));
                    }
                    ("svg", "desc") => {
                        let text = xml.text()?;
                        frames.last_mut().into_iter().for_each(|frame| frame.description.clone_from(&text));
                    }
                    _ if is_shape(name) => {
                        frames.last_mut().into_iter().for_each(|frame| frame.has_text = true);
                        parts.push(Part { depth, ..Part::default() });
                    }
                    _ => {}
                }
            }
            Event::Text(text) if !paragraphs.is_empty() => {
                parts.last_mut().into_iter().for_each(|part| part.text.push_str(&text));
            }
            Event::Text(_) => {}
            Event::Close(_) => {
                let depth = xml.depth();
                if let Some(frame) = frames.pop_if(|frame| frame.depth > depth)
                    && frame.has_picture
                    && !frame.has_text
                {
                    let is_silent = frame.description.trim().is_empty();
                    let said = if is_silent { frame.title } else { frame.description };
                    parts.last_mut().into_iter().for_each(|part| part.text.push_str(&said));
                }
                if paragraphs.pop_if(|paragraph| *paragraph > depth).is_some()
                    && let Some(part) = parts.last_mut()
                {
                    let after = std::mem::take(&mut part.after);
                    part.text.push_str(&after);
                }
                if let Some(part) = parts.pop_if(|part| part.depth > depth) {
                    close(part, &mut parts, paragraphs.is_empty(), &mut notes);
                }
            }
            Event::End => break,
        }
    }
    while parts.len() > 1 {
        let part = parts.pop().unwrap_or_default();
        close(part, &mut parts, false, &mut notes);
    }
    let text = parts.pop().unwrap_or_default();
    Ok(text.text + &text.after + &notes)
}

fn close(part: Part, parts: &mut [Part], stands_alone: bool, notes: &mut String) {
    let text = part.text + &part.after;
    match parts.last_mut() {
        _ if part.is_note => notes.push_str(&text),
        Some(around) if stands_alone => around.text.push_str(&text),
        Some(around) => around.after.push_str(&text),
        None => {}
    }
}
