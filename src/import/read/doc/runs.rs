//! What is said of places in the stream: of paragraphs and of characters ([MS-DOC] 2.9.22, 2.9.55, 2.9.174).
//!
//! Both lie in pages of 512 bytes, each with the places and, from its end, the properties.

use std::ops::Range;

use super::bytes::{Plc, position_at, u16_at};
use super::file::{Place, WordFile};

const PAGE: usize = 512;

/// Which properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Paragraphs,
    Characters,
}

#[derive(Debug, Clone)]
struct Run {
    start: usize,
    end: usize,
    /// Where the properties lie in the stream.
    properties: Range<usize>,
}

/// Runs of the stream with the same properties, by their places.
#[derive(Debug, Default)]
pub(super) struct Runs {
    runs: Vec<Run>,
}

impl Runs {
    pub(super) fn read(file: &WordFile, of: Of) -> Self {
        let place = if of == Of::Paragraphs { Place::ParagraphProperties } else { Place::CharacterProperties };
        let index = Plc::new(file.part(place), 4);
        let mut runs = Vec::new();
        // A file cannot have more pages than it has room for.
        for number in 0..index.len().min(file.word.len() / PAGE + 1) {
            let page = index.record(number).and_then(|record| position_at(record, 0)).map(|page| page & 0x3f_ffff);
            let at = page.and_then(|page| page.checked_mul(PAGE)).unwrap_or(usize::MAX);
            if let Some(page) = at.checked_add(PAGE).and_then(|end| file.word.get(at..end)) {
                read_page(page, at, of, &mut runs);
            }
        }
        runs.sort_by_key(|run: &Run| run.start);
        Self { runs }
    }

    /// The properties at a place, and where they end.
    pub(super) fn at<'b>(&self, file: &'b WordFile, place: usize) -> Option<(&'b [u8], usize)> {
        let after = self.runs.partition_point(|run| run.start <= place);
        let run = self.runs.get(after.checked_sub(1)?).filter(|run| place < run.end)?;
        Some((file.word.get(run.properties.clone()).unwrap_or_default(), run.end))
    }

    /// Where the next run begins behind a place that none covers.
    pub(super) fn next_start(&self, place: usize) -> usize {
        let after = self.runs.partition_point(|run| run.start <= place);
        self.runs.get(after).map_or(usize::MAX, |run| run.start)
    }
}

fn read_page(page: &[u8], at: usize, of: Of, runs: &mut Vec<Run>) {
    let count = usize::from(page[PAGE - 1]);
    let width = if of == Of::Paragraphs { 13 } else { 1 };
    for number in 0..count {
        let ends = (position_at(page, 4 * number), position_at(page, 4 * number + 4));
        let (Some(start), Some(end)) = ends else { return };
        let Some(offset) = page.get(4 * (count + 1) + width * number) else { return };
        let offset = 2 * usize::from(*offset);
        let own = if offset == 0 { 0..0 } else { properties(page, offset, of) };
        if start < end {
            let properties = if own.is_empty() { 0..0 } else { at + own.start..at + own.end };
            runs.push(Run { start, end, properties });
        }
    }
}

/// Where in a page the properties lie that begin at an offset with their length.
fn properties(page: &[u8], offset: usize, of: Of) -> Range<usize> {
    let length = page.get(offset).copied().map_or(0, usize::from);
    let range = match (of, length) {
        (Of::Characters, _) => offset + 1..offset + 1 + length,
        (Of::Paragraphs, 0) => {
            let words = page.get(offset + 1).copied().map_or(0, usize::from);
            offset + 2..offset + 2 + 2 * words
        }
        (Of::Paragraphs, _) => offset + 1..offset + 2 * length,
    };
    if range.end <= PAGE { range } else { 0..0 }
}

/// The style of a paragraph, and the rest of its properties.
pub(super) fn style_and_rest(properties: &[u8]) -> (Option<u16>, &[u8]) {
    (u16_at(properties, 0), properties.get(2..).unwrap_or_default())
}
