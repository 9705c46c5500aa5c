//! Web pages: saved from a browser, from a web archive, or out of an EPUB.
//!
//! The page is parsed by html5ever, as browsers do, in the tree of dom_query; dom_smoothie, which builds on the same tree,
//! helps where a page names no part of itself as its text. (scraper was the other choice; its tree cannot be shared with a
//! readability algorithm.) The whole page is read, not only its article: what is furniture is listed as dropped, with the
//! reason, and the witness holds all the characters that the page has.

mod block;
mod declared;
mod main_part;
mod notes;
mod stated;
mod table;
mod walk;

use dom_query::Document;

use super::decode::decode;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::fixity;
use crate::import::flow::{Change, Flow, Form, Media, Sense};
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
}

/// Reads a page.
///
/// Errors: those of [`decode`], and `nested-too-deeply`.
pub(crate) fn read(bytes: &[u8], known: Known<'_>, beside: &dyn Beside) -> Result<Flow, Diagnostic> {
    let in_page = declared::charset(bytes);
    let decoded = decode(bytes, known.charset.or(in_page.as_deref()))?;
    let mut flow = read_text(&decoded.text, known, beside)?;
    flow.encoding = decoded.encoding.to_string();
    Ok(flow)
}

/// Reads a page that is characters already.
pub(crate) fn read_text(html: &str, known: Known<'_>, beside: &dyn Beside) -> Result<Flow, Diagnostic> {
    if declared::nesting(html) > DEEPEST {
        return Err(Diagnostic::error(CaptureMessage::NestedTooDeeply { most: DEEPEST }));
    }
    let document = Document::from(html);
    let mut stated = stated::read(&document, html);
    if let Some(address) = known.address {
        stated.source_url = Some(address.to_string());
    }
    let base = stated.source_url.as_deref().and_then(|address| url::Url::parse(address).ok());
    let part = main_part::find(&document, html);
    let notes = notes::find(&document);
    let mut walk = walk::Walk::new(part, &notes, base.as_ref());
    walk.page(&document);
    let mut flow = Flow {
        pieces: walk.finish(),
        stated,
        witness: witness(&document),
        encoding: "UTF-8".to_string(),
        media_type: "text/html",
        ..Flow::default()
    };
    keep_images(&mut flow, beside);
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
    if flow.pieces.iter().all(|piece| piece.outside.is_some()) {
        return Err(Diagnostic::error(CaptureMessage::PageWithoutText));
    }
    Ok(flow)
}

/// Every character that the page has, in order: no script, no style, and the words that stand for images.
fn witness(document: &Document) -> String {
    let mut text = String::new();
    for node in document.root().descendants_it() {
        if node.is_text() {
            let hidden = node.parent().is_some_and(|parent| block::is_silent(parent.node_name().as_deref()));
            if !hidden {
                text.push_str(&node.text());
            }
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
