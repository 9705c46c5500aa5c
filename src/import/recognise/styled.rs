//! What the capture's format says, joined with what its print says.
//!
//! A Word file or a web page may mark a heading by its style, and print 一、 besides, or neither, or only some of them. A
//! style is a statement, a printed number is evidence; so what is styled is a heading whatever its number, and what is only
//! numbered is one where the numbering shows it. The levels of both are brought onto one ladder: headings that have both tell
//! which number stands on which level.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::paragraphs::Paragraph;
use crate::import::block::{Block, BlockKind};
use crate::import::flow::{Around, Form, Mark, Sense};

/// Gives the blocks what the format says of their paragraphs.
pub(crate) fn settle(blocks: &mut [Block], paragraphs: &[Paragraph]) {
    if paragraphs
        .iter()
        .all(|p| p.marks.is_empty() && p.inside.is_empty() && p.form == Form::Paragraph && p.align.is_none())
    {
        return;
    }
    let mut at = 0;
    let mut last_item = None;
    for paragraph in paragraphs {
        let Some(block) = blocks.get_mut(at) else { return };
        at += 1;
        let printed = block.printed();
        if paragraph.text.starts_with(&printed) {
            block.marks = within(&paragraph.marks, 0, printed.len());
        }
        let run_in = block.run_in;
        say(block, paragraph, &mut last_item);
        // A run-in heading left the rest of its paragraph to the next block.
        if run_in && let Some(rest) = blocks.get_mut(at).filter(|rest| rest.line == paragraph.line) {
            at += 1;
            let start = paragraph.text.len().saturating_sub(rest.text.len());
            rest.marks = within(&paragraph.marks, start, paragraph.text.len());
        }
    }
    levels(blocks);
}

/// The marks inside a range, with the range's start as zero.
fn within(marks: &[Mark], start: usize, end: usize) -> Vec<Mark> {
    let inside = marks.iter().filter(|mark| mark.range.start >= start || mark.range.end > start);
    inside
        .filter(|mark| mark.range.start < end || (mark.range.start == end && mark.range.is_empty()))
        .map(|mark| Mark {
            range: mark.range.start.max(start) - start..mark.range.end.min(end).max(start) - start,
            sense: mark.sense.clone(),
        })
        .collect()
}

/// What kind of block the format makes of it.
fn say(block: &mut Block, paragraph: &Paragraph, last_item: &mut Option<usize>) {
    block.form = paragraph.form.clone();
    block.inside = paragraph.inside.clone();
    block.align = paragraph.align;
    let item = paragraph.inside.iter().rev().find(|inside| inside.around != Around::Quote).map(|inside| inside.id);
    block.kind = match &paragraph.form {
        Form::Heading(level) if paragraph.inside.is_empty() => {
            block.styled = (*level).max(1);
            if matches!(block.kind, BlockKind::AttachmentHead) { block.kind } else { BlockKind::Heading }
        }
        Form::Table(_) => BlockKind::Table,
        Form::Code => BlockKind::Code,
        Form::Note(label) => {
            block.number = Some(label.clone());
            BlockKind::Footnote
        }
        _ if is_figure(&paragraph.text, &paragraph.marks) => BlockKind::Figure,
        _ if item.is_some() && item != *last_item => BlockKind::Item,
        _ if paragraph.inside.iter().any(|inside| inside.around == Around::Quote) => BlockKind::Quote,
        _ => block.kind,
    };
    if block.kind == BlockKind::Heading && block.level == 0 {
        block.level = block.styled;
    }
    *last_item = item.or(*last_item);
}

/// Whether images are all there is.
fn is_figure(text: &str, marks: &[Mark]) -> bool {
    let mut images = marks.iter().filter(|mark| matches!(mark.sense, Sense::Image(_))).peekable();
    images.peek().is_some() && images.map(|mark| mark.range.len()).sum::<usize>() == text.len()
}

/// Whether a paragraph is a picture, or the link that stands for one that is not there. Its words are no text of the document,
/// so no number in them counts: 1.jpg
pub(crate) fn is_picture(paragraph: &Paragraph) -> bool {
    const PICTURES: [&str; 8] = [".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".svg"];
    let is_picture = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        PICTURES.iter().any(|ending| path.ends_with(ending))
    };
    let is_link = |mark: &Mark| {
        matches!(&mark.sense, Sense::Link(address) if is_picture(address)) && mark.range.len() == paragraph.text.len()
    };
    is_figure(&paragraph.text, &paragraph.marks) || paragraph.marks.iter().any(is_link)
}

/// The style's level of each number's level, as most of the headings that have both tell it.
fn ladder(blocks: &[Block]) -> BTreeMap<usize, usize> {
    let mut votes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    let both = |block: &&Block| block.kind == BlockKind::Heading && block.styled > 0 && block.number.is_some();
    for block in blocks.iter().filter(both) {
        *votes.entry(block.level).or_default().entry(block.styled).or_default() += 1;
    }
    let most = |votes: &BTreeMap<usize, usize>| {
        votes.iter().max_by_key(|(styled, count)| (**count, Reverse(**styled))).map(|(styled, _)| *styled)
    };
    votes.iter().filter_map(|(level, votes)| Some((*level, most(votes)?))).collect()
}

/// Brings the levels of styles and of numbers onto one ladder without gaps.
fn levels(blocks: &mut [Block]) {
    let mut ladder = ladder(blocks);
    // Where deeper numbers have no deeper style, styles say that lines are headings, and no more.
    let is_flat = ladder.values().zip(ladder.values().skip(1)).any(|(upper, lower)| lower <= upper);
    if is_flat {
        ladder.clear();
    }
    let is_heading = |block: &&Block| block.kind == BlockKind::Heading && !block.contents;
    let deepest = blocks.iter().map(|block| block.styled).max().unwrap_or(0);
    if deepest == 0 {
        return;
    }
    // Styles stand above numbers where the numbers follow them; one at the end of a numbered text does not lift all of it.
    let first = blocks.iter().position(|block| block.styled > 0).unwrap_or(0);
    let (before, after) = blocks.split_at(first);
    let numbered = |blocks: &[Block]| blocks.iter().filter(is_heading).filter(|block| block.styled == 0).count();
    let above = if is_flat || numbered(before) > numbered(after) { 0 } else { deepest };
    let rung = |block: &Block| {
        if block.styled > 0 && !(is_flat && block.number.is_some()) {
            return block.styled;
        }
        match ladder.range(..=block.level).next_back() {
            Some((level, styled)) => styled + (block.level - level),
            None => above + block.level,
        }
    };
    let mut used: BTreeMap<usize, usize> =
        blocks.iter().filter(|block| block.kind == BlockKind::Heading).map(|block| (rung(block), 0)).collect();
    for (level, slot) in (1..).zip(used.values_mut()) {
        *slot = level;
    }
    for block in blocks.iter_mut().filter(|block| block.kind == BlockKind::Heading) {
        let rung = rung(block);
        block.level = used.get(&rung).copied().unwrap_or(1);
    }
}
