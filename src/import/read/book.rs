//! A book's chapters as one text.
//!
//! Each chapter is a page and is read as one; here they are joined. What must be told apart over the whole book is renamed:
//! every chapter may have a footnote 1.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::epub::{self, Book};
use super::html::{self, Beside, Elsewhere, Known, Parts};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::flow::{Change, Flow, Form, Sense};

/// Reads an EPUB.
///
/// Errors: those of the package and of pages; `empty-capture`.
pub(crate) fn read(bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let mut book = epub::open(bytes)?;
    let chapters = std::mem::take(&mut book.chapters);
    let mut flow = Flow {
        stated: book.stated.clone(),
        diagnostics: std::mem::take(&mut book.diagnostics),
        encoding: "UTF-8".to_string(),
        media_type: "application/epub+zip",
        ..Flow::default()
    };
    let book = Mutex::new(book);
    let names: BTreeSet<&str> = chapters.iter().map(|chapter| chapter.name.as_str()).collect();
    let pages: Vec<(&str, &str)> =
        chapters.iter().map(|chapter| (chapter.name.as_str(), chapter.html.as_str())).collect();
    let elsewhere = html::elsewhere::find(&pages, &epub::resolve);
    let mut items = 0;
    for (nth, chapter) in chapters.iter().enumerate() {
        let files = ChapterFiles { book: &book, chapter: &chapter.name };
        let known = Known { parts: Parts::Whole, elsewhere: elsewhere.get(nth), ..Known::default() };
        let mut read = match html::read_text(&chapter.html, known, &files) {
            Ok(read) => read,
            // A cover or a blank page.
            Err(fault) if fault.code() == Code::EmptyCapture => continue,
            Err(fault) => return Err(fault),
        };
        let first = flow.pieces.len();
        if nth > 0 {
            rename_notes(&mut read, nth + 1, &elsewhere[nth]);
        }
        name_places(&mut read, &chapter.name, &names);
        flow.anchors.extend(read.anchors.iter().map(|(name, line)| (name.clone(), line + first)));
        let mut last = items;
        for inside in read.pieces.iter_mut().flat_map(|piece| &mut piece.inside) {
            inside.id += items;
            last = last.max(inside.id);
        }
        items = last;
        for change in &mut read.changes {
            change.line += first;
        }
        flow.pieces.extend(read.pieces);
        flow.changes.extend(read.changes);
        flow.diagnostics.extend(read.diagnostics.into_iter().map(|mut fault| {
            if let Some(place) = &mut fault.place {
                place.line += first;
            }
            fault
        }));
        flow.witness.push_str(&read.witness);
        for file in read.media {
            if flow.media.iter().all(|known| known.name != file.name) {
                flow.media.push(file);
            }
        }
    }
    if flow.pieces.is_empty() {
        return Err(Diagnostic::error(CaptureMessage::BookWithoutText));
    }
    Ok(flow)
}

/// Puts the chapter's name before the names of its places, and before those that its links lead to: in the archive all
/// chapters are one text. The chapter itself is named too.
fn name_places(flow: &mut Flow, chapter: &str, chapters: &BTreeSet<&str>) {
    let anchors = std::mem::take(&mut flow.anchors);
    flow.anchors = anchors.into_iter().map(|(name, line)| (format!("{chapter}#{name}"), line)).collect();
    flow.anchors.insert(chapter.to_string(), 1);
    for mark in flow.pieces.iter_mut().flat_map(|piece| &mut piece.marks) {
        let Sense::Link(address) = &mut mark.sense else { continue };
        let (path, place) =
            address.split_once('#').map_or((address.as_str(), None), |(path, place)| (path, Some(place)));
        let target = if path.is_empty() { Some(chapter.to_string()) } else { epub::resolve(chapter, path) };
        let Some(target) = target.filter(|target| chapters.contains(target.as_str())) else { continue };
        *address = place.map_or_else(|| format!("#{target}"), |place| format!("#{target}#{place}"));
    }
}

/// Puts the chapter's number before the labels of its own notes.
fn rename_notes(flow: &mut Flow, chapter: usize, elsewhere: &Elsewhere) {
    for (at, piece) in flow.pieces.iter_mut().enumerate() {
        if let Form::Note(label) = &mut piece.form
            && !elsewhere.has(label)
        {
            *label = format!("{chapter}-{label}");
        }
        for mark in &mut piece.marks {
            let Sense::NoteMark(label) = &mut mark.sense else { continue };
            if elsewhere.has(label) {
                continue;
            }
            let now = format!("{chapter}-{label}");
            let was = piece.text.get(mark.range.clone()).unwrap_or_default().to_string();
            flow.changes.retain(|change| change.line != at + 1 || change.was != was);
            flow.changes.push(Change { line: at + 1, was, now: now.clone(), why: "note-label" });
            *label = now;
        }
    }
}

/// The files that a chapter names.
struct ChapterFiles<'a, 'b> {
    book: &'a Mutex<Book<'b>>,
    chapter: &'a str,
}

impl Beside for ChapterFiles<'_, '_> {
    fn file(&self, address: &str) -> Option<Vec<u8>> {
        self.book.lock().ok()?.file(self.chapter, address).map(|(_, bytes)| bytes)
    }
}
