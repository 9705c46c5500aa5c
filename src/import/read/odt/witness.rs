//! The text of a document taken out once more, in the simplest way there is.
//!
//! It knows nothing of styles, lists, tables or links. It shares with the reader the stream of elements and the rules of what
//! is text at all; what a shape holds comes after its paragraph, and notes after the text.

use super::skipped::{is_shape, is_skipped};
use crate::diagnostic::Diagnostic;
use crate::import::read::xml::{Element, Event, Xml};

/// A text, and what comes after its paragraph.
#[derive(Debug, Default)]
struct Part {
    text: String,
    after: String,
    depth: usize,
    is_note: bool,
}

/// A frame that is open: its depth, whether it shows a picture alone, and what is said of it.
#[derive(Debug, Default)]
struct Frame {
    depth: usize,
    has_picture: bool,
    has_text: bool,
    title: String,
    description: String,
}

/// What is open.
struct Witness {
    parts: Vec<Part>,
    frames: Vec<Frame>,
    /// The depths of the paragraphs.
    paragraphs: Vec<usize>,
    notes: String,
}

/// Takes out the text, whose element was opened last.
pub(super) fn read(xml: &mut Xml<'_>) -> Result<String, Diagnostic> {
    let parts = vec![Part::default()];
    let mut witness = Witness { parts, frames: Vec::new(), paragraphs: Vec::new(), notes: String::new() };
    let depth = xml.depth();
    while let Some(event) = xml.inside(depth)? {
        match event {
            Event::Open(element) => witness.open(xml, &element)?,
            Event::Text(text) if !witness.paragraphs.is_empty() => witness.push(&text),
            Event::Text(_) => {}
            Event::Close(_) => witness.close(xml.depth()),
            Event::End => break,
        }
    }
    while witness.parts.len() > 1 {
        witness.end_part();
    }
    let text = witness.parts.pop().unwrap_or_default();
    Ok(text.text + &text.after + &witness.notes)
}

impl Witness {
    fn push(&mut self, text: &str) {
        self.parts.last_mut().into_iter().for_each(|part| part.text.push_str(text));
    }

    fn open(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        let (name, depth) = (element.name(), xml.depth());
        let frame = self.frames.last_mut();
        match name {
            _ if is_skipped(name) => return xml.skip(),
            ("text", "tracked-changes") | ("office", "annotation") | ("draw", "object") => return xml.skip(),
            ("text", "variable-set" | "variable-get" | "user-field-get" | "expression")
                if xml.attribute(element, "text", "display").is_some_and(|display| display == "none") =>
            {
                return xml.skip();
            }
            ("text", "p" | "h") => self.paragraphs.push(depth),
            ("text", "note") => self.parts.push(Part { depth, is_note: true, ..Part::default() }),
            ("draw", "frame") => self.frames.push(Frame { depth, ..Frame::default() }),
            ("draw", "image") => {
                frame.into_iter().for_each(|frame| frame.has_picture = true);
                return xml.skip();
            }
            ("svg", kind @ ("title" | "desc")) => {
                let text = xml.text()?;
                if let Some(frame) = frame {
                    *(if kind == "title" { &mut frame.title } else { &mut frame.description }) = text;
                }
            }
            _ if is_shape(name) => {
                frame.into_iter().for_each(|frame| frame.has_text = true);
                self.parts.push(Part { depth, ..Part::default() });
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends what stood deeper than `depth`.
    fn close(&mut self, depth: usize) {
        let frame = self.frames.pop_if(|frame| frame.depth > depth);
        if let Some(frame) = frame.filter(|frame| frame.has_picture && !frame.has_text) {
            let is_silent = frame.description.trim().is_empty();
            self.push(if is_silent { &frame.title } else { &frame.description });
        }
        if self.paragraphs.pop_if(|paragraph| *paragraph > depth).is_some()
            && let Some(part) = self.parts.last_mut()
        {
            let after = std::mem::take(&mut part.after);
            part.text.push_str(&after);
        }
        if self.parts.last().is_some_and(|part| part.depth > depth) {
            self.end_part();
        }
    }

    fn end_part(&mut self) {
        let Some(part) = self.parts.pop() else { return };
        let text = part.text + &part.after;
        let stands_alone = self.paragraphs.is_empty();
        match self.parts.last_mut() {
            _ if part.is_note => self.notes.push_str(&text),
            Some(around) if stands_alone => around.text.push_str(&text),
            Some(around) => around.after.push_str(&text),
            None => {}
        }
    }
}
