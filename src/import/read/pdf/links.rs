//! Links of pages: an area that leads to an address, and the characters in it.

use hayro_syntax::object::{Array, Dict, Name, String as Bytes};
use hayro_syntax::page::Page;

use super::matrix::Matrix;
use super::sheet::Sheet;
use super::string::text;
use crate::import::flow::{Mark, Piece, Sense};
use crate::import::read::layout::LaidOut;

/// Most links of a page.
const LINKS: usize = 1_000;
/// Most comparisons of characters with areas on a page.
const COMPARED: usize = 5_000_000;

/// An address, and the numbers of the characters that lead there.
pub(super) struct Link {
    address: String,
    ids: Vec<usize>,
}

/// The links of a page.
pub(super) fn find(page: &Page<'_>, sheet: &Sheet<'_>) -> Vec<Link> {
    let matrix = Matrix(page.initial_transform(true).as_coeffs());
    let annotations = page.raw().get::<Array<'_>>("Annots").unwrap_or_default();
    let mut found = Vec::new();
    let mut compared = 0;
    for annotation in annotations.iter::<Dict<'_>>().take(LINKS) {
        if annotation.get::<Name<'_>>("Subtype").is_none_or(|kind| kind.as_ref() != b"Link") {
            continue;
        }
        let address = annotation.get::<Dict<'_>>("A").and_then(|action| action.get::<Bytes<'_>>("URI"));
        let (Some(address), Some([x0, y0, x1, y1])) = (address, annotation.get::<[f64; 4]>("Rect")) else { continue };
        compared += sheet.placed.len();
        if compared > COMPARED {
            break;
        }
        let [left, top, right, bottom] = matrix.around(x0, y0, x1 - x0, y1 - y0);
        let ids = sheet.placed.iter().filter_map(|placed| {
            let x = placed.x + 0.5 * placed.advance * placed.way.0;
            // The middle of a letter lies above where it stands.
            let y = placed.y - 0.3 * placed.size;
            ((left..=right).contains(&x) && (top..=bottom).contains(&y)).then_some(placed.id).flatten()
        });
        let ids: Vec<usize> = ids.collect();
        if !ids.is_empty() {
            found.push(Link { address: text(&address), ids });
        }
    }
    found
}

/// Marks the characters in the pieces that they became.
pub(super) fn settle(links: &[Link], characters: usize, laid_out: &LaidOut, pieces: &mut [Piece]) {
    if links.is_empty() {
        return;
    }
    let mut places = vec![(0, 0); characters];
    for (id, piece, at) in &laid_out.places {
        if let Some(place) = places.get_mut(*id as usize) {
            *place = (*piece as usize + 1, *at as usize);
        }
    }
    for link in links {
        let mut own: Vec<(usize, usize)> = link.ids.iter().filter_map(|id| places.get(*id).copied()).collect();
        own.sort_unstable();
        for part in own.chunk_by(|one, other| one.0 == other.0) {
            let (Some((number, first)), Some((_, last))) = (part.first(), part.last()) else { continue };
            let Some(piece) = number.checked_sub(1).and_then(|at| pieces.get_mut(at)) else { continue };
            mark(piece, *first, *last, part.len(), &link.address);
        }
    }
    pieces.iter_mut().for_each(|piece| piece.marks.sort_by_key(|mark| mark.range.start));
}

/// Marks a part of a piece, where it holds just as many characters as lead there and none leads elsewhere.
fn mark(piece: &mut Piece, first: usize, last: usize, count: usize, address: &str) {
    let Some(end) = piece.text.get(last..).and_then(|rest| rest.chars().next()).map(|own| last + own.len_utf8()) else {
        return;
    };
    let held = piece.text.get(first..end).unwrap_or_default();
    let is_whole = held.chars().filter(|character| !character.is_whitespace()).count() == count;
    let is_free = piece.marks.iter().all(|mark| mark.range.end <= first || end <= mark.range.start);
    if is_whole && is_free {
        piece.marks.push(Mark { range: first..end, sense: Sense::Link(address.to_string()) });
    }
}
