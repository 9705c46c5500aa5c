//! Pages that are one text: the chapters of a book, the topics of a help file.
//!
//! Each is read as a page; here they are joined. What must be told apart over the whole is renamed: every chapter may have a
//! footnote 1.

use std::collections::BTreeSet;

use super::html::{self, Beside, Elsewhere, Known, Parts};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::import::flow::{Change, Flow, Form, Sense};

/// What holds the pages.
pub(super) trait Chapters {
    /// The page that an address in a page leads to, by its name. The address has no fragment.
    fn resolve(&self, page: &str, address: &str) -> Option<String>;
    /// A file that a page shows.
    fn file(&self, page: &str, address: &str) -> Option<Vec<u8>>;
    /// Sets a page into the whole before it is joined; what was read of the pages before it is given too.
    fn settle(&self, _nth: usize, _page: &mut Flow, _before: &mut Flow) {}
}

/// Reads pages, given by name and HTML, in their order, and adds them to a flow.
///
/// Errors: those of pages, but that one has no text.
pub(super) fn join(flow: &mut Flow, pages: &[(&str, &str)], book: &(dyn Chapters + Sync)) -> Result<(), Diagnostic> {
    let names: BTreeSet<&str> = pages.iter().map(|(name, _)| *name).collect();
    let resolve = |page: &str, address: &str| book.resolve(page, address);
    let elsewhere = html::elsewhere::find(pages, &resolve);
    let mut items = 0;
    for (nth, (name, html)) in pages.iter().enumerate() {
        let files = Files { book, page: name };
        let known = Known { parts: Parts::Whole, elsewhere: elsewhere.get(nth), ..Known::default() };
        let mut read = match html::read_text(html, known, &files) {
            Ok(read) => read,
            // A cover or a blank page.
            Err(fault) if fault.code() == Code::EmptyCapture => Flow::default(),
            Err(fault) => return Err(fault),
        };
        book.settle(nth, &mut read, flow);
        if read.pieces.is_empty() {
            continue;
        }
        if nth > 0 {
            rename_notes(&mut read, nth + 1, &elsewhere[nth]);
        }
        name_places(&mut read, name, &names, &resolve);
        items = add(flow, read, items);
    }
    Ok(())
}

/// Adds a page; `items` is the highest number of a list item so far.
fn add(flow: &mut Flow, mut read: Flow, items: usize) -> usize {
    let first = flow.pieces.len();
    flow.anchors.extend(read.anchors.into_iter().map(|(name, line)| (name, line + first)));
    let mut last = items;
    for inside in read.pieces.iter_mut().flat_map(|piece| &mut piece.inside) {
        inside.id += items;
        last = last.max(inside.id);
    }
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
    last
}

/// Puts the page's name before the names of its places, and before those that its links lead to: in the archive all pages are
/// one text. The page itself is named too.
fn name_places(flow: &mut Flow, page: &str, pages: &BTreeSet<&str>, resolve: &dyn Fn(&str, &str) -> Option<String>) {
    let anchors = std::mem::take(&mut flow.anchors);
    flow.anchors = anchors.into_iter().map(|(name, line)| (format!("{page}#{name}"), line)).collect();
    flow.anchors.insert(page.to_string(), 1);
    for mark in flow.pieces.iter_mut().flat_map(|piece| &mut piece.marks) {
        let Sense::Link(address) = &mut mark.sense else { continue };
        let (path, place) =
            address.split_once('#').map_or((address.as_str(), None), |(path, place)| (path, Some(place)));
        let target = if path.is_empty() { Some(page.to_string()) } else { resolve(page, path) };
        let Some(target) = target.filter(|target| pages.contains(target.as_str())) else { continue };
        *address = place.map_or_else(|| format!("#{target}"), |place| format!("#{target}#{place}"));
    }
}

/// Puts the page's number before the labels of its own notes.
fn rename_notes(flow: &mut Flow, page: usize, elsewhere: &Elsewhere) {
    for (at, piece) in flow.pieces.iter_mut().enumerate() {
        if let Form::Note(label) = &mut piece.form
            && !elsewhere.has(label)
        {
            *label = format!("{page}-{label}");
        }
        for mark in &mut piece.marks {
            let Sense::NoteMark(label) = &mut mark.sense else { continue };
            if elsewhere.has(label) {
                continue;
            }
            let now = format!("{page}-{label}");
            let was = piece.text.get(mark.range.clone()).unwrap_or_default().to_string();
            flow.changes.retain(|change| change.line != at + 1 || change.was != was);
            flow.changes.push(Change { line: at + 1, was, now: now.clone(), why: "note-label" });
            *label = now;
        }
    }
}

/// The files that a page names.
struct Files<'a> {
    book: &'a (dyn Chapters + Sync),
    page: &'a str,
}

impl Beside for Files<'_> {
    fn file(&self, address: &str) -> Option<Vec<u8>> {
        self.book.file(self.page, address)
    }
}
