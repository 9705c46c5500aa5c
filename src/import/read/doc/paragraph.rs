//! The characters of a paragraph.

use std::ops::Range;

use super::art;
use super::properties::Characters;
use super::word::{Word, is_text};
use crate::diagnostic::Diagnostic;
use crate::import::flow::{Picture, Sense};
use crate::import::read::office::draft::{Draft, Look, Origin};
use crate::import::read::office::field::Fields;
use crate::import::read::office::oddity::{self, Oddity};
use crate::import::read::office::shelf::Kept;
use crate::import::read::office::symbol;

/// Characters that stand for something else ([MS-DOC] 2.4.3, 2.9.235).
const PICTURE: u16 = 1;
const DRAWING: u16 = 8;
const TAB: u16 = 9;
const LINE_END: u16 = 11;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_SEPARATE: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const HYPHEN: u16 = 0x1e;
const SOFT_HYPHEN: u16 = 0x1f;
const SYMBOL: u16 = 0x28;

/// What is said of a character, and the number of the one where that ends.
pub(super) fn properties(word: &Word<'_>, number: usize, end: usize) -> (Characters, usize) {
    let modifier = word.text.modifier(number);
    let row_end = word.text.row_end(number).min(end);
    let Some(place) = word.text.place(number) else { return (Characters::default(), number + 1) };
    match word.characters.at(word.file, place) {
        Some((properties, until)) => {
            (Characters::read(properties, modifier), word.text.number_before(number, until).min(row_end))
        }
        None => {
            let until = word.text.number_before(number, word.characters.next_start(place)).min(row_end);
            (Characters::read(&[], modifier), until)
        }
    }
}

/// Whether a tracked change deletes a character.
pub(super) fn is_deleted(word: &Word<'_>, number: usize) -> bool {
    number < word.text.units.len() && properties(word, number, number + 1).0.is_deleted
}

/// Whether a character stands for a sign of a font, and is no bracket.
fn is_symbol(unit: u16, properties: &Characters) -> bool {
    unit == SYMBOL && properties.is_special && properties.symbol.is_some()
}

/// A paragraph while it is read.
struct Reader<'r, 'f> {
    word: &'r mut Word<'f>,
    fields: &'r mut Fields,
    draft: &'r mut Draft,
    /// The text boxes that are anchored here.
    boxes: Vec<Range<usize>>,
    /// Whether hidden text was told of, of the run that is read.
    told_hidden: bool,
}

/// Reads a paragraph, and returns the text boxes that are anchored in it.
pub(super) fn read(
    word: &mut Word<'_>,
    fields: &mut Fields,
    range: Range<usize>,
    draft: &mut Draft,
) -> Vec<Range<usize>> {
    let mut reader = Reader { word, fields, draft, boxes: Vec::new(), told_hidden: false };
    let mut number = range.start;
    while number < range.end {
        let (properties, end) = properties(reader.word, number, range.end);
        reader.told_hidden = false;
        reader.run(&properties, number..end);
        number = end;
    }
    reader.boxes
}

impl Reader<'_, '_> {
    fn run(&mut self, properties: &Characters, range: Range<usize>) {
        let look = self.look(properties);
        let mut text: Vec<u16> = Vec::new();
        for number in range {
            let unit = self.word.text.units[number];
            if let Some(names) = self.word.names.get(&number) {
                self.draft.names.extend(names.iter().cloned());
            }
            let is_mark = self.word.references.contains_key(&number);
            if is_text(unit) && !is_mark && !is_symbol(unit, properties) {
                text.push(unit);
                continue;
            }
            self.push(&std::mem::take(&mut text), properties, &look);
            if is_mark {
                self.note(number, properties, &look);
            } else {
                self.sign(number, properties, &look);
            }
        }
        self.push(&text, properties, &look);
    }

    fn look(&self, properties: &Characters) -> Look {
        let styles = self.word.styles;
        let run = &properties.run;
        Look {
            strong: styles.is_bold(run),
            emphasis: styles.is_italic(run) || styles.is_dotted(run),
            is_struck: styles.is_struck(run),
            height: styles.height(run),
            link: None,
        }
    }

    fn push(&mut self, units: &[u16], properties: &Characters, look: &Look) {
        if !units.is_empty() {
            self.push_text(&String::from_utf16_lossy(units), properties, look);
        }
    }

    fn push_text(&mut self, text: &str, properties: &Characters, look: &Look) {
        if properties.is_deleted {
            if !self.fields.in_instruction() {
                self.draft.delete(text);
            }
            return;
        }
        if self.fields.in_instruction() {
            self.fields.instruct(text);
            return;
        }
        if properties.run.hidden && !self.told_hidden {
            self.told_hidden = true;
            self.word.oddities.add(Oddity::Hidden);
        }
        let origin = if properties.is_inserted { Origin::Inserted } else { Origin::Written };
        self.draft.push(text, &Look { link: self.fields.link(), ..look.clone() }, origin);
    }

    /// What a character below the space stands for.
    fn sign(&mut self, number: usize, properties: &Characters, look: &Look) {
        let unit = self.word.text.units[number];
        let is_shown = !properties.is_deleted && !self.fields.in_instruction();
        match unit {
            TAB => self.push_text("\t", properties, look),
            HYPHEN => self.push_text("\u{2011}", properties, look),
            SOFT_HYPHEN => self.push_text("\u{ad}", properties, look),
            FIELD_BEGIN if !properties.is_deleted => self.fields.begin(),
            FIELD_SEPARATE if !properties.is_deleted => self.fields.separate(),
            FIELD_END if !properties.is_deleted => self.end_field(properties, look),
            LINE_END if is_shown => self.draft.mark(self.draft.text.len(), Sense::Break),
            SYMBOL => self.symbol(properties, look),
            PICTURE if is_shown && !properties.is_data => self.picture(properties),
            DRAWING if is_shown => self.drawing(number, properties),
            _ => {}
        }
    }

    fn end_field(&mut self, properties: &Characters, look: &Look) {
        let shown = self.fields.end();
        if let Some(shown) = shown.filter(|_| !self.fields.in_instruction()) {
            if shown.is_formula {
                self.word.oddities.add(Oddity::Formula);
            }
            let origin = if properties.is_inserted { Origin::Inserted } else { Origin::Written };
            self.draft.push_shown(&shown, look, origin);
        }
    }

    /// A sign of a font; U+FFFD when it only has a meaning in it.
    fn symbol(&mut self, properties: &Characters, look: &Look) {
        let Some((font, code)) = properties.symbol else { return };
        let name = self.word.fonts.get(usize::from(font)).cloned().unwrap_or_default();
        let sign = symbol::character(&name, u32::from(code));
        if sign == '\u{fffd}' {
            self.doubt(properties, oddity::lost_sign(&name));
        }
        self.push_text(sign.encode_utf8(&mut [0; 4]), properties, look);
    }

    fn note(&mut self, number: usize, properties: &Characters, look: &Look) {
        let Some(id) = self.word.references.get(&number).cloned() else { return };
        if properties.is_deleted {
            self.word.notes.deleted.insert(id);
            return;
        }
        if self.fields.in_instruction() {
            return;
        }
        let label = self.word.notes.label(id);
        let start = self.draft.text.len();
        let unit = self.word.text.units[number];
        // A mark of its own, and no number that Word prints.
        if is_symbol(unit, properties) {
            self.symbol(properties, look);
        } else if is_text(unit) {
            self.push(&[unit], properties, look);
        }
        self.draft.mark(start, Sense::NoteMark(label));
    }

    fn picture(&mut self, properties: &Characters) {
        let Some(at) = properties.picture else { return };
        let Some((image, alternative)) = art::in_line(&self.word.file.data, at) else { return };
        self.image(image, &alternative, properties);
    }

    fn image(&mut self, image: Option<art::Image<'_>>, alternative: &str, properties: &Characters) {
        let start = self.draft.text.len();
        let link = self.fields.link();
        self.push_text(alternative, properties, &Look { link, ..Look::default() });
        let kept = match image {
            Some(image) => self.word.shelf.keep(&format!("image.{}", image.ending), image.bytes.to_vec()),
            None => Kept::Missing,
        };
        match kept {
            Kept::Image(name) => self.draft.mark(start, Sense::Image(Picture::at(name))),
            Kept::Other(kind) => self.doubt(properties, oddity::other_image("", kind)),
            Kept::Missing => self.doubt(properties, oddity::missing_image("")),
        }
    }

    /// The shapes that are anchored at a character: pictures, letters, text boxes.
    fn drawing(&mut self, number: usize, properties: &Characters) {
        for (id, shape) in self.word.shapes_at(number) {
            let file = self.word.file;
            if let Some(picture) = shape.picture {
                let image = self.word.drawings.image(picture, &file.word);
                let image = image.map(|image| (image.ending, image.bytes.to_vec()));
                let image = image.as_ref().map(|(ending, bytes)| art::Image { ending, bytes });
                self.image(image, &shape.alternative, properties);
            }
            if !shape.letters.is_empty() {
                self.push_text(&shape.letters, properties, &Look::default());
            }
            if let Some(range) = self.word.boxes.get(&id).cloned()
                && !self.word.shown.contains(&id)
            {
                self.word.shown.push(id);
                self.boxes.push(range);
            }
        }
    }

    fn doubt(&mut self, properties: &Characters, doubt: Diagnostic) {
        let is_shown = !properties.is_deleted && !self.fields.in_instruction();
        if is_shown && self.draft.diagnostics.iter().all(|other| other.code() != doubt.code()) {
            self.draft.diagnostics.push(doubt);
        }
    }
}
