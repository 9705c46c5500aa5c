//! Web pages: saved from a browser, from a web archive, or out of an EPUB.
//!
//! The page is parsed by html5ever, as browsers do, in the tree of dom_query. The whole page is read, not only its article: what is furniture is listed as dropped, with the
//! reason, and the witness holds all the characters that the page has.

mod beside;
mod block;
mod counter;
mod dates;
mod day;
mod declared;
pub(crate) mod elsewhere;
mod json;
mod leftover;
mod look;
mod main_part;
mod notes;
pub(crate) mod parts;
mod pictures;
mod shared;
mod stated;
mod table;
mod title;
mod walk;

use std::collections::BTreeMap;

use dom_query::Document;

pub use self::beside::{Beside, NoFiles};
pub(super) use self::declared::{charset, within_bounds};
use self::main_part::Part;
pub use self::notes::Elsewhere;
pub use self::parts::PageParts;
pub(super) use self::pictures::keep as keep_pictures;
pub use self::shared::Shared;
pub(crate) use self::shared::{FEWEST, Sample};
use super::decode::decode;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Change, Evidence, Flow, Picture, Piece, Sense};
use crate::import::recognise::told::place_on_line;

/// What is known of a page from elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The encoding that the server named.
    pub charset: Option<&'a str>,
    /// The page's address.
    pub address: Option<&'a str>,
    /// How its text is told from what stands around it.
    pub parts: Parts<'a>,
    /// Its notes that stand in another file, and their marks.
    pub elsewhere: Option<&'a Elsewhere>,
    /// What the pages around it have in common with it.
    pub shared: Option<&'a Shared>,
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
    declared::within_bounds(html)?;
    let document = Document::from(html);
    let stated = stated::read(&document, html);
    let mut meta = stated.meta;
    let mut claims = stated.claims;
    claims.sites.extend(known.shared.into_iter().flat_map(Shared::sites).cloned());
    if let Some(address) = known.address {
        meta.source_url = Some(address.to_string());
    }
    let base = stated::base(&document, meta.source_url.as_deref());
    let part = match known.parts {
        Parts::Known => main_part::find(&document, &parts::KNOWN, known.shared),
        Parts::Named(parts) => main_part::find(&document, parts, known.shared),
        Parts::Whole => Part::default(),
    };
    let doubt = part.doubt;
    let notes = notes::find(&document, known.elsewhere);
    let looks = look::Looks::of(&document);
    let (mut pieces, mut anchors) = walked(part, |part| {
        let mut walk = walk::Walk::new(part, &notes, &looks);
        walk.page(&document);
        walk.finish()
    });
    let is_page = !matches!(known.parts, Parts::Whole);
    let title = if is_page { settle_title(&mut pieces, &mut anchors, &claims) } else { None };
    let named = title.as_ref().map(|title| title.text.as_str());
    let dates = is_page.then(|| dates::of_page(&document, meta.source_url.as_deref(), &pieces, named));
    let mut flow = Flow {
        pieces,
        dates: dates.unwrap_or_default(),
        witness: witness(&document),
        encoding: "UTF-8".to_string(),
        media_type: "text/html",
        anchors,
        base,
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
    let doubt = doubt.and_then(|(own, other)| doubtful_part(&flow.pieces, own, other));
    flow.diagnostics.extend(doubt);
    flow.stated = meta;
    if is_page {
        // What a page says of an image when the pointer rests on it is no caption.
        captions(&mut flow).for_each(|picture| picture.caption.clear());
    }
    pictures::keep(&mut flow, beside);
    note_labels(&mut flow);
    printed_characters(&mut flow);
    if flow.pieces.iter().all(|piece| piece.outside.is_some()) {
        return Err(Diagnostic::error(CaptureMessage::PageWithoutText));
    }
    Ok(flow)
}

/// Decides on the title, and leaves out what the furniture around it left over.
fn settle_title(
    pieces: &mut Vec<Piece>,
    anchors: &mut BTreeMap<String, usize>,
    claims: &title::Claims,
) -> Option<title::Title> {
    let title = title::settle(pieces, claims);
    if let Some(from) = title.as_ref().and_then(|title| title.moved_from) {
        anchors.values_mut().filter(|line| **line > from).for_each(|line| *line += 1);
    }
    let place = |title: &title::Title| pieces.iter().position(|piece| is_title(piece, &title.text));
    let at = title.as_ref().and_then(place);
    leftover::leave_out(pieces, at);
    title
}

/// The warning of a main part that its name tells and the density of prose does not, at the longest paragraph outside it.
fn doubtful_part(pieces: &[Piece], own: usize, other: usize) -> Option<Diagnostic> {
    let outside = pieces.iter().enumerate().filter(|(_, piece)| piece.outside == Some(WhyDropped::PageFurniture));
    let (at, piece) = outside.max_by_key(|(_, piece)| piece.text.chars().count())?;
    let fault = Diagnostic::warning(CaptureMessage::MainPartDoubtful { own, other });
    Some(place_on_line(fault, "", &piece.text, at + 1, 0..0))
}

fn is_title(piece: &Piece, title: &str) -> bool {
    piece.outside != Some(WhyDropped::PageTitle) && piece.text.trim() == title
}

/// The warning of a title that no other sign of the page agrees with, at its line where it is printed.
fn doubtful_title(pieces: &[Piece], title: &str) -> Diagnostic {
    let fault = Diagnostic::warning(CaptureMessage::TitleDoubtful { title: title.to_string() });
    match pieces.iter().position(|piece| piece.outside.is_none() && piece.text.trim() == title) {
        Some(at) => place_on_line(fault, "", &pieces[at].text, at + 1, 0..0),
        None => fault,
    }
}

/// The pieces of a page, and which of them a name leads to.
type Walked = (Vec<Piece>, BTreeMap<String, usize>);

/// Walks through a page. One of which nothing would be left was understood wrongly: all of its main part is text then, or all
/// of the page.
fn walked(part: Part, walk: impl Fn(&Part) -> Walked) -> Walked {
    let is_empty = |(pieces, _): &Walked| pieces.iter().all(|piece| piece.outside.is_some());
    let main = Part { main: part.main, ..Part::default() };
    let found = [part, main, Part::default()].iter().map(walk).find(|found| !is_empty(found));
    found.unwrap_or_default()
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

fn captions(flow: &mut Flow) -> impl Iterator<Item = &mut Picture> {
    flow.pieces.iter_mut().flat_map(|piece| &mut piece.marks).filter_map(|mark| match &mut mark.sense {
        Sense::Image(picture) => Some(picture),
        _ => None,
    })
}

/// What the page shows without storing it: brackets around the reading of characters, which it sets above them, and numbers.
fn printed_characters(flow: &mut Flow) {
    let number = |line, now: &str| Change { line, was: String::new(), now: now.to_string(), why: "list-number" };
    let told =
        flow.printed().map(|(line, now)| Change::reading_bracket(line, now).unwrap_or_else(|| number(line, now)));
    let told: Vec<Change> = told.collect();
    flow.changes.extend(told);
}

/// Every character of the page that somebody sees, in order, and the words that stand for images.
fn witness(document: &Document) -> String {
    let mut text = String::new();
    for node in block::seen(&document.root()) {
        if node.is_text() {
            text.push_str(&node.text());
        } else if node.has_name("img") {
            text.push_str(&block::words_for(&node));
        }
    }
    text
}
