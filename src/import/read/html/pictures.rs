//! The images of a page: taken from beside it, from its web archive or its book, or out of the page itself.
//!
//! A page that a browser saved whole has relative addresses for what lies in the folder beside it, whatever address the
//! page itself came from. So beside the page is looked first, then at the whole address.

use std::collections::BTreeMap;

use super::beside::Beside;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::fixity;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Flow, Form, Media, Picture, Piece, Sense};
use crate::import::read::image_kind;
use crate::import::recognise::told::place_on_line;

/// An image within a page that has fewer pixels on each side only holds a place.
const SMALLEST: usize = 3;
/// Longest address in a message, in characters.
const SHOWN: usize = 80;

/// Longest name of an image file, in characters.
const LONGEST_NAME: usize = 60;

/// Longest words below a picture, in characters; more is a text.
const LONGEST_CAPTION: usize = 300;
/// From how many characters on a piece is the text's beginning.
const LEAD: usize = 80;
/// From how many characters on one that ends as a Chinese sentence does is.
const SENTENCE: usize = 20;
/// How many pieces a picture may be away from the words below it.
const CAPTION_AWAY: usize = 3;

/// What there is at an address.
enum Found {
    Image(Vec<u8>),
    /// A file, but no image that a page can show.
    Other(Option<&'static str>),
    /// An image of no size, which pages have for their layout.
    Nothing,
    Missing,
}

/// Takes the images that there are files for, and names those that are missing.
pub(in crate::import::read) fn keep(flow: &mut Flow, beside: &dyn Beside) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut missing: Vec<(usize, String)> = Vec::new();
    let mut other: Vec<(usize, String, Option<&'static str>)> = Vec::new();
    let base = flow.base.clone();
    let whole = |address: &str| match (url::Url::parse(address), &base) {
        (Err(_), Some(base)) => base.join(address).map_or_else(|_| address.to_string(), |url| url.to_string()),
        _ => address.to_string(),
    };
    for (at, piece) in flow.pieces.iter_mut().enumerate() {
        let is_text = piece.outside.is_none() && piece.form != Form::Code;
        piece.marks.retain_mut(|mark| {
            let Sense::Image(picture) = &mut mark.sense else { return true };
            if !is_text {
                return false;
            }
            if let Some(name) = names.get(&picture.address) {
                picture.address.clone_from(name);
                return true;
            }
            let address = whole(&picture.address);
            match find(picture, &address, beside) {
                Found::Image(bytes) => {
                    let name = file_name(&picture.address, &bytes);
                    if flow.media.iter().all(|known| known.name != name) {
                        flow.media.push(Media { name: name.clone(), bytes });
                    }
                    picture.address.clone_from(&name);
                    names.insert(std::mem::replace(&mut picture.address, name.clone()), name);
                    return true;
                }
                Found::Nothing => return false,
                Found::Other(kind) => other.push((at + 1, address.clone(), kind)),
                Found::Missing => missing.push((at + 1, address.clone())),
            }
            let is_linked = address.starts_with("http") && !mark.range.is_empty();
            mark.sense = Sense::Link(address);
            is_linked
        });
        piece.marks.sort_by_key(|mark| mark.range.start);
    }
    let shows = |piece: &Piece| piece.marks.iter().any(|mark| matches!(mark.sense, Sense::Image(_)));
    for piece in flow.pieces.iter_mut().filter(|piece| piece.outside.is_none() && !shows(piece)) {
        if is_file_names(&piece.text) {
            // No reader sees the words for an image; a file's name tells him nothing.
            piece.outside = Some(WhyDropped::Hidden);
            piece.marks.clear();
        }
    }
    leave_out_captions(&mut flow.pieces, &missing);
    if let Some((line, address)) = missing.first() {
        let message = CaptureMessage::ImageNotBeside { image: shown(address), others: missing.len() - 1 };
        tell(flow, message, *line);
    }
    if let Some((line, address, kind)) = other.first() {
        let message =
            CaptureMessage::ImageOfOtherKind { image: Some(shown(address)), kind: *kind, others: other.len() - 1 };
        tell(flow, message, *line);
    }
}

/// Below a picture that is elsewhere, who made it says nothing, and above the text nothing of it does; within the text the
/// words go on telling what the picture showed. Where its address is not known, they are all there is.
fn leave_out_captions(pieces: &mut [Piece], missing: &[(usize, String)]) {
    let stays = |at: usize, piece: &Piece| {
        let shows = piece.marks.iter().any(|mark| matches!(mark.sense, Sense::Image(_)));
        let is_local = |(line, address): &(usize, String)| *line == at + 1 && !address.starts_with("http");
        shows || missing.iter().any(is_local)
    };
    let stay: Vec<bool> = pieces.iter().enumerate().map(|(at, piece)| stays(at, piece)).collect();
    let long = |text: &str, most: usize| text.chars().nth(most).is_some();
    let reads = |piece: &Piece| {
        let text = piece.text.trim();
        let is_text = long(text, LEAD) || (long(text, SENTENCE) && text.ends_with('。'));
        is_text && piece.outside.is_none() && !piece.is_caption
    };
    let first = pieces.iter().position(reads).unwrap_or(0);
    for (at, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.is_caption && piece.outside.is_none()) {
        let around = at.saturating_sub(CAPTION_AWAY)..(at + CAPTION_AWAY).min(stay.len());
        let has_picture = stay.get(around).is_some_and(|around| around.contains(&true));
        let short = piece.text.chars().nth(LONGEST_CAPTION).is_none();
        if !has_picture && short && (at < first || is_credit(&piece.text)) {
            piece.outside = Some(WhyDropped::Caption);
        }
    }
}

/// Whether words below a picture name who made it or who owns it.
fn is_credit(text: &str) -> bool {
    const SIGNS: [&str; 22] = [
        "©",
        "(c)",
        "foto:",
        "foto ",
        "fotos:",
        "photo:",
        "photo by",
        "photograph",
        "bild:",
        "bilder:",
        "quelle:",
        "source:",
        "credit",
        "crédit",
        "imagen:",
        "kuva:",
        "zdjęcie",
        "reuters",
        "getty",
        "shutterstock",
        "unsplash",
        "picture alliance",
    ];
    let text = text.to_lowercase();
    SIGNS.iter().any(|sign| text.contains(sign))
        || ["/dpa", "/afp", "(afp)", "(ap)", "istock.com"].iter().any(|end| text.contains(end))
}

/// Whether a text is nothing but names of image files: IMG_8429.JPG
fn is_file_names(text: &str) -> bool {
    const ENDINGS: [&str; 6] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"];
    let text = text.trim().to_ascii_lowercase();
    if !ENDINGS.iter().any(|ending| text.ends_with(ending)) {
        return false;
    }
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let ends = ENDINGS.iter().filter_map(|ending| Some(rest.find(ending)? + ending.len()));
        let Some(end) = ends.min() else { return false };
        let name = rest.get(..end).unwrap_or_default();
        if name.chars().nth(LONGEST_NAME).is_some() || name.contains(['。', '，', '：', '；']) {
            return false;
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    true
}

fn tell(flow: &mut Flow, message: CaptureMessage, line: usize) {
    let text = flow.pieces.get(line - 1).map_or("", |piece| &piece.text);
    let fault = place_on_line(Diagnostic::warning(message), "", text, line, 0..0);
    flow.diagnostics.push(fault);
}

fn shown(address: &str) -> String {
    address.chars().take(SHOWN).collect()
}

fn find(picture: &Picture, address: &str, beside: &dyn Beside) -> Found {
    if picture.address.starts_with("data:") {
        // RFC 2397: the address is the file.
        let bytes = data_url::DataUrl::process(&picture.address).ok().and_then(|url| url.decode_to_vec().ok());
        let size = bytes.as_ref().and_then(|(bytes, _)| imagesize::blob_size(bytes).ok());
        return match (bytes, size) {
            (_, Some(size)) if size.width < SMALLEST && size.height < SMALLEST => Found::Nothing,
            (Some((bytes, _)), Some(_)) => Found::Image(bytes),
            (Some((bytes, _)), None) => Found::Other(image_kind::of(address, &bytes)),
            (None, _) => Found::Missing,
        };
    }
    match beside.local(&picture.address).or_else(|| beside.file(address)) {
        Some(bytes) if image_kind::is_taken(&bytes) => Found::Image(bytes),
        Some(bytes) => Found::Other(image_kind::of(address, &bytes)),
        None => Found::Missing,
    }
}

/// `files/plan-1f3c5a7e.png`: what the bytes are keeps equal names apart.
fn file_name(address: &str, bytes: &[u8]) -> String {
    let path = if address.starts_with("data:") { "" } else { address.split(['?', '#']).next().unwrap_or_default() };
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
