//! The text of a part taken out once more, in the simplest way there is.
//!
//! It knows nothing of styles, lists, tables, links or joined paragraphs. It shares with the reader the stream of elements
//! and the rules of what is text at all: text that is deleted, or the instruction of a field, or the second of two
//! alternatives is not; what a text box holds comes after its paragraph.

use std::collections::HashMap;

use super::symbol;
use super::xml::{Element, Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::import::read::office::equation;
use crate::import::read::office::notes::{NoteId, NoteKind};

/// The text of a part.
#[derive(Default)]
pub(super) struct Witness {
    /// All that is in no note.
    pub text: String,
    /// The notes.
    pub notes: HashMap<NoteId, String>,
    /// The texts of the paragraphs that are open, each with what comes after it.
    paragraphs: Vec<(String, String)>,
    /// For each text that is open, the instruction of each of its fields until that has come to its result, and how many
    /// have not.
    fields: Vec<(Vec<Option<String>>, usize)>,
    choices: Vec<bool>,
    deletions: usize,
    alternative: String,
    note: String,
    /// Where a reading begins, and readings that wait for the end of their characters, above which they stand.
    reading_at: Option<usize>,
    reading: String,
}

/// Takes the text out of a part.
pub(super) fn read(part: &str, text: &str) -> Result<Witness, Diagnostic> {
    let mut xml = Xml::new(part, text);
    let mut witness = Witness { fields: vec![Default::default()], ..Witness::default() };
    loop {
        match xml.next()? {
            Event::Open(element) => witness.open(&mut xml, &element)?,
            Event::Close(closed) => match closed.name() {
                ("w", "del" | "moveFrom") => witness.deletions = witness.deletions.saturating_sub(1),
                ("w", "p") => witness.close_paragraph(),
                ("w", "rt") => witness.set_reading_aside(),
                ("w", "ruby") => {
                    let reading = std::mem::take(&mut witness.reading);
                    witness.place().push_str(&reading);
                }
                ("w", "txbxContent") => drop(witness.fields.pop()),
                ("mc", "AlternateContent") => drop(witness.choices.pop()),
                ("w", name @ ("footnote" | "endnote")) => {
                    let kind = if name == "footnote" { NoteKind::Foot } else { NoteKind::End };
                    let text = std::mem::take(&mut witness.text);
                    let id = std::mem::take(&mut witness.note);
                    witness.notes.entry((kind, id)).or_insert(text);
                }
                _ => {}
            },
            Event::Text(_) => {}
            Event::End => return Ok(witness),
        }
    }
}

impl Witness {
    fn open(&mut self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<(), Diagnostic> {
        match element.name() {
            ("w", "pPr" | "rPr" | "trPr" | "tcPr" | "tblPr" | "tblPrEx" | "sectPr" | "sdtPr" | "sdtEndPr") => {
                xml.skip()?
            }
            ("w", "footnote" | "endnote") => {
                if xml.attribute(element, "w", "type").is_some_and(|kind| kind != "normal") {
                    return xml.skip();
                }
                self.note = xml.attribute(element, "w", "id").unwrap_or_default();
                self.fields = vec![Default::default()];
            }
            ("w", "p") => self.paragraphs.push(Default::default()),
            ("w", "rt") => self.reading_at = Some(self.place().len()),
            ("w", "txbxContent") => self.fields.push(Default::default()),
            ("w", "del" | "moveFrom") => self.deletions += 1,
            ("mc", "AlternateContent") => self.choices.push(false),
            ("mc", "Choice" | "Fallback") => {
                let taken = self.choices.last_mut().is_some_and(|taken| std::mem::replace(taken, true));
                if taken {
                    xml.skip()?;
                }
            }
            ("w", "fldChar") if self.deletions == 0 => self.turn(&xml.attribute(element, "w", "fldCharType")),
            ("w", "instrText") => {
                let text = xml.text()?;
                self.instruct(&text);
            }
            ("w" | "m" | "a", "t") => {
                let text = xml.text()?;
                self.push(&text);
            }
            ("w", "noBreakHyphen") => self.push("\u{2011}"),
            ("w", "softHyphen") => self.push("\u{ad}"),
            ("w", "sym") => self.push(symbol::character(xml, element).encode_utf8(&mut [0; 4])),
            ("wp", "docPr") => self.alternative = xml.attribute(element, "", "descr").unwrap_or_default(),
            ("pic", "cNvPr") if self.alternative.is_empty() => {
                self.alternative = xml.attribute(element, "", "descr").unwrap_or_default();
            }
            ("v", "shape" | "rect" | "roundrect") => {
                self.alternative = xml.attribute(element, "", "alt").unwrap_or_default();
            }
            ("a", "blip") | ("v", "imagedata") => {
                let alternative = std::mem::take(&mut self.alternative);
                self.push(&alternative);
            }
            ("v", "textpath") => self.push(&xml.attribute(element, "", "string").unwrap_or_default()),
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if self.deletions > 0 || self.fields.last().is_some_and(|(_, instructions)| *instructions > 0) {
            return;
        }
        self.place().push_str(text);
    }

    /// The text that is being taken out.
    fn place(&mut self) -> &mut String {
        self.paragraphs.last_mut().map_or(&mut self.text, |(own, _)| own)
    }

    fn set_reading_aside(&mut self) {
        let Some(start) = self.reading_at.take() else { return };
        let place = self.place();
        let reading = if place.is_char_boundary(start) { place.split_off(start) } else { String::new() };
        self.reading.push_str(&reading);
    }

    fn close_paragraph(&mut self) {
        let Some((own, after)) = self.paragraphs.pop() else { return };
        let place = self.paragraphs.last_mut().map_or(&mut self.text, |(_, after)| after);
        place.push_str(&own);
        place.push('\n');
        place.push_str(&after);
    }

    fn turn(&mut self, kind: &Option<String>) {
        let Some((fields, instructions)) = self.fields.last_mut() else { return };
        match kind.as_deref() {
            Some("begin") => {
                fields.push(Some(String::new()));
                *instructions += 1;
            }
            Some("separate") => {
                *instructions -= usize::from(fields.last_mut().is_some_and(|field| field.take().is_some()));
            }
            Some("end") => {
                let Some(instruction) = fields.pop().flatten() else { return };
                *instructions -= 1;
                let shown = equation::shown(&instruction);
                self.push(&shown.map(|shown| shown.text + &shown.reading).unwrap_or_default());
            }
            _ => {}
        }
    }

    /// Adds to the instruction of the innermost field.
    fn instruct(&mut self, text: &str) {
        let field = self.fields.last_mut().and_then(|(fields, _)| fields.last_mut()).and_then(Option::as_mut);
        field.into_iter().for_each(|instruction| instruction.push_str(text));
    }
}
