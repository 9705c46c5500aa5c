//! The outline that a file has for its pages: it names the headings.

use std::collections::HashMap;

use crate::import::flow::{Form, Piece};
use crate::import::meta::compact;

/// Gives the paragraphs that an outline names their levels. Titles are without white space.
pub(in crate::import::read) fn headings(pieces: &mut [Piece], outline: &[(String, usize)]) {
    let mut levels: HashMap<&str, usize> = outline.iter().map(|(title, level)| (title.as_str(), *level)).collect();
    for piece in pieces.iter_mut().rev().filter(|piece| piece.outside.is_none()) {
        // A table of contents has them too, before.
        if let Some(level) = levels.remove(compact(&piece.text).as_str()) {
            piece.form = Form::Heading(level);
            piece.align = None;
        }
    }
}
