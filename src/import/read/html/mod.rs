//! Web pages: saved from a browser, from a web archive, or out of an EPUB.
//!
//! The page is parsed by html5ever, as browsers do, in the tree of dom_query. The whole page is read, not only its article: what is furniture is listed as dropped, with the
//! reason, and the witness holds all the characters that the page has.

mod block;
pub(crate) mod dates;
mod declared;
mod json;
mod main_part;
mod notes;
pub(crate) mod parts;
mod stated;
mod table;
mod title;
mod walk;

use dom_query::Document;

use self::main_part::Part;
pub use self::parts::PageParts;
use super::decode::decode;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::fixity;
use crate::import::flow::{Change, Evidence, Flow, Form, Media, Piece, Sense};
use crate::import::recognise::told::place_on_line;

/// Deepest nesting that is read. Pages have some dozens; broken ones that never close an element have more.
const DEEPEST: usize = 1_000;

/// Files beside a page, by the address that the page has for them.
pub trait Beside: Sync {
    /// The bytes of a file; `None` when there is none.
    fn file(&self, address: &str) -> Option<Vec<u8>>;
}

/// No files at all.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Beside for NoFiles {
    fn file(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

/// What is known of a page from elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The encoding that the server named.
    pub charset: Option<&'a str>,
    /// The page's address.
    pub address: Option<&'a str>,
    /// How its text is told from what stands around it.
    pub parts: Parts<'a>,
}

/// How the text of a page is told from what stands around it.
#[derive(Debug, Clone, Copy, Default)]
pub enum Parts<'a> {
    /// By the names that the program knows.
    #[default]
    Known,
    /// By these.
    Named(&'a PageParts),
    /// All of it is text: a chapter of a book, Markdown.
    Whole,
}

/// Reads a page.
///
/// Errors: those of [`decode`], and `nested-too-deeply`.
pub(crate) fn read(bytes: &[u8], known: Known<'_>, beside: &dyn Beside) -> Result<Flow, Diagnostic> {
    let in_page = declared::charset(bytes);
    let decoded = decode(bytes, known.charset.or(in_page.as_deref()))?;
    let mut flow = read_text(&decoded.text, known, beside)?;
    flow.diagnostics.splice(0..0, decoded.told());
    flow.encoding = decoded.encoding.to_string();
    Ok(flow)
}

/// Reads a page that is characters already.
pub(crate) fn read_text(html: &str, known: Known<'_>, beside: &dyn Beside) -> Result<Flow, Diagnostic> {
    if declared::nesting(html) > DEEPEST {
        return Err(Diagnostic::error(CaptureMessage::NestedTooDeeply { most: DEEPEST }));
    }
    let document = Document::from(html);
    let stated = stated::read(&document, html);
    let mut meta = stated.meta;
    if let Some(address) = known.address {
        meta.source_url = Some(address.to_string());
    }
    let base = meta.source_url.as_deref().and_then(|address| url::Url::parse(address).ok());
    let part = match known.parts {
        Parts::Known => main_part::find(&document, &parts::KNOWN),
        Parts::Named(parts) => main_part::find(&document, parts),
        Parts::Whole => Part::default(),
    };
    let notes = notes::find(&document);
    let mut walk = walk::Walk::new(&part, &notes, base.as_ref());
    walk.page(&document);
    let mut pieces = walk.finish();
    let is_page = !matches!(known.parts, Parts::Whole);
    let title = if is_page { title::settle(&mut pieces, &stated.claims) } else { None };
    let mut dates = if is_page { dates::likely(&document, meta.source_url.as_deref()) } else { Vec::new() };
    dates.extend(title.iter().flat_map(|title| dates::beside_title(&pieces, &title.text)));
    let mut flow = Flow {
        pieces,
        dates,
        witness: witness(&document),
        encoding: "UTF-8".to_string(),
        media_type: "text/html",
        ..Flow::default()
    };
    if let Some(dated) = stated.date {
        flow.evidence.push(Evidence { field: "date", value: dated.date, from: dated.from });
    }
    if let Some(title) = title {
        if title.is_doubtful {
            flow.diagnostics.push(doubtful_title(&flow.pieces, &title.text));
        }
        meta.title = Some(title.text.clone());
        flow.evidence.push(Evidence { field: "title", value: title.text, from: title.from.to_string() });
    }
    flow.stated = meta;
    keep_images(&mut flow, beside);
    note_labels(&mut flow);
    if flow.pieces.iter().all(|piece| piece.outside.is_some()) {
        return Err(Diagnostic::error(CaptureMessage::PageWithoutText));
    }
    Ok(flow)
}

/// The warning of a title that no other sign of the page agrees with, at its line where it is printed.
fn doubtful_title(pieces: &[Piece], title: &str) -> Diagnostic {
    let fault = Diagnostic::warning(CaptureMessage::TitleDoubtful { title: title.to_string() });
    match pieces.iter().position(|piece| piece.outside.is_none() && piece.text.trim() == title) {
        Some(at) => place_on_line(fault, "", &pieces[at].text, at + 1, 0..0),
        None => fault,
    }
}

/// Notes that got another label than the one that is printed.
fn note_labels(flow: &mut Flow) {
    for (at, piece) in flow.pieces.iter().enumerate() {
        for mark in &piece.marks {
            if let Sense::NoteMark(label) = &mark.sense {
                let printed = piece.text.get(mark.range.clone()).unwrap_or_default();
                if printed != label {
                    flow.changes.push(Change {
                        line: at + 1,
                        was: printed.to_string(),
                        now: label.clone(),
                        why: "note-label",
                    });
                }
            }
        }
    }
}

/// Every character of the page that somebody sees, in order, and the words that stand for images.
fn witness(document: &Document) -> String {
    let mut text = String::new();
    for node in block::seen(&document.root()) {
        if node.is_text() {
            text.push_str(&node.text());
        } else if node.has_name("img") {
            text.push_str(&node.attr_or("alt", ""));
        }
    }
    text
}

/// Takes the images that there are files for, and names those that are missing.
fn keep_images(flow: &mut Flow, beside: &dyn Beside) {
    let mut names: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    let mut missing = Vec::new();
    for (at, piece) in flow.pieces.iter_mut().enumerate() {
        let text_piece = piece.outside.is_none() && piece.form != Form::Code;
        piece.marks.retain_mut(|mark| {
            let Sense::Image(address) = &mark.sense else { return true };
            if !text_piece {
                return false;
            }
            if let Some(name) = names.get(address) {
                mark.sense = Sense::Image(name.clone());
                return true;
            }
            match beside.file(address).filter(|bytes| imagesize::image_type(bytes).is_ok()) {
                Some(bytes) => {
                    let name = file_name(address, &bytes);
                    flow.media.push(Media { name: name.clone(), bytes });
                    names.insert(address.clone(), name.clone());
                    mark.sense = Sense::Image(name);
                    true
                }
                None => {
                    missing.push((at + 1, address.clone()));
                    let linked = address.starts_with("http") && !mark.range.is_empty();
                    mark.sense = Sense::Link(address.clone());
                    linked
                }
            }
        });
        piece.marks.sort_by_key(|mark| mark.range.start);
    }
    let first = missing.first().cloned();
    if let Some((line, address)) = first {
        let image: String = address.chars().take(80).collect();
        let fault = Diagnostic::warning(CaptureMessage::ImageNotBeside { image, others: missing.len() - 1 });
        let text = flow.pieces.get(line - 1).map_or("", |piece| &piece.text);
        flow.diagnostics.push(place_on_line(fault, "", text, line, 0..0));
    }
}

/// `files/plan-1f3c5a7e.png`: what the bytes are keeps equal names apart.
fn file_name(address: &str, bytes: &[u8]) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let safe: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(40).collect();
    let ending = match imagesize::image_type(bytes) {
        Ok(imagesize::ImageType::Png) => "png",
        Ok(imagesize::ImageType::Gif) => "gif",
        Ok(imagesize::ImageType::Webp) => "webp",
        _ => "jpg",
    };
    let hash = fixity::hex_text(&fixity::sha256(bytes));
    let mark = hash.get(..8).unwrap_or(&hash);
    if safe.is_empty() { format!("files/{mark}.{ending}") } else { format!("files/{safe}-{mark}.{ending}") }
}
