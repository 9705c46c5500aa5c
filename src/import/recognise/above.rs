//! What stands above a title that the format marks: the way through the site, saved along with the page.
//!
//! A page turned into a Word file has its menus as lists, and the browser's title, with the site's name behind it, as the
//! document's. Where a heading among the first pieces repeats that title without the site's name, the heading is the title,
//! and short lines above it that state nothing are no part of the text.

use super::label;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Flow, Form};
use crate::import::meta::{compact, doc_number};

/// How far down a title is looked for, in pieces.
const TOP: usize = 25;
/// Longest line of a menu, in characters.
const SHORT: usize = 20;

/// Marks what stands above the title, and takes the site's name off a stated title.
pub(crate) fn settle(flow: &mut Flow) {
    let printed = || {
        flow.pieces.iter().find(|piece| piece.outside == Some(WhyDropped::PageTitle)).map(|piece| piece.text.clone())
    };
    let Some(page_title) = flow.stated.title.clone().or_else(printed).map(|title| compact(&title)) else { return };
    let is_title = |text: &str| {
        let own = compact(text);
        let rest = page_title.strip_prefix(own.as_str()).filter(|_| own.chars().nth(3).is_some());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '-', '－', '—', '–', '|']))
    };
    let heading =
        |piece: &crate::import::flow::Piece| matches!(piece.form, Form::Heading(_)) && piece.outside.is_none();
    let Some(at) = flow.pieces.iter().take(TOP).position(|piece| heading(piece) && is_title(&piece.text)) else {
        return;
    };
    let title = flow.pieces.get(at).map(|piece| piece.text.trim().to_string());
    for piece in flow.pieces.iter_mut().take(at).filter(|piece| piece.outside.is_none()) {
        let text = piece.text.trim();
        let states = label::cut(text).is_some() || doc_number(text).is_some();
        if compact(text) == page_title {
            piece.outside = Some(WhyDropped::PageTitle);
        } else if !states && text.chars().nth(SHORT).is_none() && !text.ends_with(['。', '！', '？', '：']) {
            piece.outside = Some(WhyDropped::Navigation);
        }
    }
    if flow.stated.title.is_some() {
        flow.stated.title = title;
    }
}
