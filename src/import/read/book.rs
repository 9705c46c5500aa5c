//! A book's chapters as one text.

use std::sync::Mutex;

use super::chapters::{self, Chapters};
use super::epub::{self, Book};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::flow::Flow;

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
    let pages: Vec<(&str, &str)> =
        chapters.iter().map(|chapter| (chapter.name.as_str(), chapter.html.as_str())).collect();
    chapters::join(&mut flow, &pages, &Opened(Mutex::new(book)))?;
    if flow.pieces.is_empty() {
        return Err(Diagnostic::error(CaptureMessage::BookWithoutText));
    }
    Ok(flow)
}

/// A book whose chapters were taken out.
struct Opened<'b>(Mutex<Book<'b>>);

impl Chapters for Opened<'_> {
    fn resolve(&self, page: &str, address: &str) -> Option<String> {
        epub::resolve(page, address)
    }

    fn file(&self, page: &str, address: &str) -> Option<Vec<u8>> {
        self.0.lock().ok()?.file(page, address).map(|(_, bytes)| bytes)
    }
}
