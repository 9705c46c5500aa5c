//! The pictures of a file: those that are JPEG are kept as they are, and others are told.

use std::collections::HashMap;

use hayro_syntax::Filter;
use hayro_syntax::object::{ObjectIdentifier, Stream};

use super::page::Page;
use super::sheet::Shown;
use super::unpack;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::flow::Flow;
use crate::import::read::layout::PlacedPicture;
use crate::import::read::office::shelf::{Kept, Shelf};

/// Least width and height of a picture that is more than a line or a mark, in points.
const PICTURE: f64 = 16.0;
/// The part of a page that a picture covers which lies behind the text.
const BEHIND: f64 = 0.8;
/// Most bytes of all pictures.
const BYTES: usize = 256 << 20;

/// Puts the pictures where they stand; how many lie behind the text and are not taken.
pub(super) fn settle(pages: &mut [Page<'_>], flow: &mut Flow) -> usize {
    let mut shelf = Shelf::default();
    let mut known: HashMap<ObjectIdentifier, Kept> = HashMap::new();
    let mut behind = 0;
    let mut bytes = 0;
    let mut others: Vec<Option<&'static str>> = Vec::new();
    for page in pages {
        for shown in &page.pictures {
            let [left, top, right, bottom] = shown.place;
            let (width, height) = (right - left, bottom - top);
            if width.min(height) < PICTURE || !page.turn.holds(shown.place) {
                continue;
            }
            if page.laid_out.has_text && width * height > BEHIND * page.turn.area() {
                behind += 1;
                continue;
            }
            let id = shown.stream.as_ref().map(Stream::obj_id);
            let kept = match id.and_then(|id| known.get(&id)) {
                Some(kept) => kept.clone(),
                None => {
                    let kept = keep(shown, &mut shelf, &mut bytes);
                    if let Kept::Other(kind) = &kept {
                        others.push(*kind);
                    }
                    known.extend(id.map(|id| (id, kept.clone())));
                    kept
                }
            };
            if let Kept::Image(name) = kept {
                let (_, y) = page.turn.at((left + right) / 2.0, (top + bottom) / 2.0);
                page.laid_out.pictures.push(PlacedPicture { name, y });
            }
        }
    }
    flow.media = shelf.files;
    if let Some(first) = others.first() {
        let message = CaptureMessage::ImageOfOtherKind { image: None, kind: *first, others: others.len() - 1 };
        flow.diagnostics.push(Diagnostic::warning(message));
    }
    behind
}

fn keep(shown: &Shown<'_>, shelf: &mut Shelf, bytes: &mut usize) -> Kept {
    let Some(stream) = &shown.stream else { return Kept::Other(None) };
    match stream.filters().last() {
        Some(Filter::DctDecode) => {}
        Some(Filter::JpxDecode) => return Kept::Other(Some("JPEG 2000")),
        Some(Filter::Jbig2Decode) => return Kept::Other(Some("JBIG2")),
        _ => return Kept::Other(None),
    }
    let Ok(unpacked) = unpack::unpack_but_last(stream, unpack::LARGEST) else { return Kept::Other(None) };
    *bytes += unpacked.len();
    match *bytes > BYTES {
        true => Kept::Other(Some("JPEG")),
        false => shelf.keep("image.jpg", unpacked),
    }
}
