//! The text of a part of the file: paragraph after paragraph, and the tables they stand in.
//!
//! A paragraph's mark says what it is, so a paragraph is read when its end is known. A table is nothing but paragraphs whose
//! marks end cells and rows.

use std::ops::Range;

use super::paragraph;
use super::word::{CELL_END, Word};
use crate::import::read::office::body::Body;
use crate::import::read::office::draft::DraftBlock;
use crate::import::read::office::field::Fields;

/// Reads a part of the text.
pub(super) fn read(word: &mut Word<'_>, part: Range<usize>) -> Vec<DraftBlock> {
    let mut body = Body::default();
    let end = part.end.min(word.text.units.len());
    let mut start = part.start;
    let mut fields = Fields::default();
    while start < end {
        let mark = word.paragraph_end(start, end);
        let paragraph = word.paragraph(mark.min(end - 1));
        let is_cell_end = mark < end && word.text.units[mark] == CELL_END;
        body.go_to(paragraph.table.depth());
        let ends_row = paragraph.table.ends_row || paragraph.table.ends_inner_row;
        let mut draft = body.unfinished.take().unwrap_or_default();
        draft.properties = paragraph.properties.clone();
        let boxes = paragraph::read(word, &mut fields, start..mark, &mut draft);
        let boxes: Vec<DraftBlock> = boxes.into_iter().flat_map(|range| read(word, range)).collect();
        start = mark + 1;
        if ends_row && body.is_in_table() && draft.is_empty() {
            let is_deleted = paragraph::is_deleted(word, mark);
            body.end_row(&paragraph.table.shape, is_deleted);
            continue;
        }
        let is_deleted = mark < end && paragraph::is_deleted(word, mark);
        let ends_cell = (is_cell_end || paragraph.table.ends_inner_cell) && body.is_in_table();
        // What a text box holds comes after its paragraph, so such a paragraph is not joined with the next.
        if is_deleted && !ends_cell && boxes.is_empty() && start < end {
            body.unfinished = Some(draft);
            continue;
        }
        body.add(DraftBlock::Paragraph(draft));
        boxes.into_iter().for_each(|block| body.add(block));
        if ends_cell {
            body.end_cell();
        }
    }
    body.finish()
}
