//! Word documents of 1997 to 2003 (.doc, [MS-DOC]), and those of WPS.
//!
//! The text lies in pieces, and what is said of it lies apart, by places in the file (`characters`, `runs`, `sprm`); a
//! paragraph is read when its mark is known (`story`, `paragraph`). What is found is told in the terms that all formats of
//! word processors share (`office`), so a heading, a number or a table is the same here as in .docx. The `witness` is a
//! second, simpler reading, which the pieces are held against.
//!
//! Crates considered: rwml, whose model keeps neither tracked changes nor which note a mark belongs to, prints its own numbers
//! into the text, and misses headings whose style has a name of another language; office_oxide, which loses text of Chinese
//! files. The container is read by cfb.

mod art;
mod bytes;
mod characters;
mod file;
mod lists;
mod paragraph;
mod properties;
mod row;
mod runs;
mod sprm;
mod story;
mod styles;
mod witness;
mod word;

use std::collections::BTreeMap;
use std::ops::Range;

use self::bytes::{Plc, position_at, u16_at, u32_at};
use self::characters::Characters;
use self::file::{Place, WordFile};
use self::runs::{Of, Runs};
use self::word::Word;
use super::office::notes::{Note, NoteId, NoteKind, Notes};
use super::office::oddity::Oddities;
use super::office::pieces::Pieces;
use super::office::shelf::Shelf;
use super::office::{self, Beside};
use super::summary;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::flow::Flow;

const MEDIA_TYPE: &str = "application/msword";

/// Reads a Word document. `name` is the file's, for messages.
///
/// Errors: `not-a-document`, `old-word-file`, `encrypted-document`.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    document(name, bytes).map_err(|fault| fault.in_file(name))
}

fn document(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let file = WordFile::open(bytes)?;
    let text = Characters::read(&file).ok_or_else(|| Diagnostic::error(PackageMessage::DamagedWordFile))?;
    let styles = styles::read(&file);
    let notes = notes(&file);
    let mut word = Word {
        file: &file,
        text,
        paragraphs: Runs::read(&file, Of::Paragraphs),
        characters: Runs::read(&file, Of::Characters),
        styles: &styles,
        drawings: art::Drawings::read(file.part(Place::Drawings)),
        fonts: fonts(file.part(Place::Fonts)),
        names: names(&file),
        references: notes.references,
        anchors: anchors(&file),
        boxes: boxes(&file),
        notes: Notes::default(),
        shelf: Shelf::default(),
        oddities: Oddities::default(),
        shown: Vec::new(),
    };
    let mut pieces = Pieces::new(name, &styles, lists::read(&file));
    for block in story::read(&mut word, 0..file.lengths.text) {
        pieces.add(block);
    }
    for (id, range) in word.boxes.clone() {
        if !word.shown.contains(&id) {
            word.shown.push(id);
            story::read(&mut word, range).into_iter().for_each(|block| pieces.add(block));
        }
    }
    let found: Vec<Note> = notes
        .texts
        .iter()
        .map(|(id, range)| Note { id: id.clone(), blocks: story::read(&mut word, range.clone()) })
        .collect();
    let mut labels = std::mem::take(&mut word.notes);
    let appended = labels.append(&mut pieces, found);
    let witness = witness(&word, &notes.texts, &appended);
    let beside = Beside {
        media: word.shelf.files,
        properties: file.summary.as_deref().map(summary::read).unwrap_or_default(),
        oddities: word.oddities,
        comments: Plc::new(file.part(Place::Comments), 30).len(),
        witness,
    };
    Ok(office::finish(pieces, beside, MEDIA_TYPE, "binary"))
}

fn witness(word: &Word<'_>, notes: &[(NoteId, Range<usize>)], appended: &[NoteId]) -> String {
    let mut shown = Vec::new();
    let mut text = witness::read(word, 0..word.file.lengths.text, &mut shown);
    for (id, range) in &word.boxes {
        if !shown.contains(id) {
            shown.push(*id);
            text.push_str(&witness::read(word, range.clone(), &mut shown));
        }
    }
    for id in appended {
        let range = notes.iter().find(|(other, _)| other == id).map(|(_, range)| range.clone());
        text.push_str(&witness::read(word, range.unwrap_or_default(), &mut shown));
    }
    text
}

/// The notes of a file.
#[derive(Default)]
struct FoundNotes {
    references: BTreeMap<usize, NoteId>,
    texts: Vec<(NoteId, Range<usize>)>,
}

fn notes(file: &WordFile) -> FoundNotes {
    let mut found = FoundNotes::default();
    let kinds = [
        (
            NoteKind::Foot,
            Place::FootnoteMarks,
            Place::FootnoteTexts,
            file.lengths.footnotes_at(),
            file.lengths.footnotes,
        ),
        (NoteKind::End, Place::EndnoteMarks, Place::EndnoteTexts, file.lengths.endnotes_at(), file.lengths.endnotes),
    ];
    for (kind, marks, texts, at, length) in kinds {
        let marks = Plc::new(file.part(marks), 2);
        let texts = file.part(texts);
        for number in 0..marks.len() {
            let id = (kind, number.to_string());
            if let Some(mark) = marks.position(number) {
                found.references.insert(mark, id.clone());
            }
            let range = position_at(texts, 4 * number).zip(position_at(texts, 4 * number + 4));
            if let Some((start, end)) = range.filter(|(start, end)| start < end && *end <= length) {
                found.texts.push((id, at + start..at + end));
            }
        }
    }
    found
}

/// The names of fonts ([MS-DOC] 2.9.287 SttbfFfn).
fn fonts(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 4;
    while let Some(size) = bytes.get(at).copied().map(usize::from) {
        let font = bytes.get(at + 1..at + 1 + size).unwrap_or_default();
        let units = font.get(39..).unwrap_or_default().chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
        names.push(String::from_utf16_lossy(&units));
        at += 1 + size;
    }
    names
}

/// Names of places, by their characters ([MS-DOC] 2.8.10 PlcfBkf).
fn names(file: &WordFile) -> BTreeMap<usize, Vec<String>> {
    let starts = Plc::new(file.part(Place::BookmarkStarts), 4);
    let bytes = file.part(Place::BookmarkNames);
    let mut names: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut at = 6;
    for number in 0..starts.len() {
        let Some(length) = u16_at(bytes, at).map(usize::from) else { break };
        let Some(name) = bytes.get(at + 2..at + 2 + 2 * length) else { break };
        at += 2 + 2 * length;
        let units: Vec<u16> = name.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        if let Some(place) = starts.position(number) {
            names.entry(place).or_default().push(String::from_utf16_lossy(&units));
        }
    }
    names
}

/// The shapes that are anchored at characters ([MS-DOC] 2.8.37 PlcfSpa).
fn anchors(file: &WordFile) -> BTreeMap<usize, u32> {
    let shapes = Plc::new(file.part(Place::Shapes), 26);
    (0..shapes.len())
        .filter_map(|number| Some((shapes.position(number)?, u32_at(shapes.record(number)?, 0)?)))
        .collect()
}

/// The text boxes, by their shapes ([MS-DOC] 2.8.39 PlcftxbxTxt).
fn boxes(file: &WordFile) -> BTreeMap<u32, Range<usize>> {
    let texts = Plc::new(file.part(Place::TextBoxes), 22);
    let at = file.lengths.boxes_at();
    let range = |number: usize| {
        let record = texts.record(number)?;
        let (start, end) = (texts.position(number)?, texts.position(number + 1)?);
        let is_free = u16_at(record, 8)? & 1 == 1;
        let is_text = !is_free && start < end && end <= file.lengths.boxes;
        is_text.then_some((u32_at(record, 14)?, at + start..at + end))
    };
    (0..texts.len()).filter_map(range).collect()
}
