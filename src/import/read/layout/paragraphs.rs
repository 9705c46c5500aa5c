//! Paragraphs, by how lines stand to each other: what is indented, set apart or set larger begins one, and a line that ends
//! early ends one.

use super::furniture::SetPage;
use super::lines::Line;
use super::page::{Hyphen, LaidOut, PlacedTable};
use super::tables;
use super::text::push_line;
use super::width::is_wide;
use crate::import::flow::{Mark, Picture, Piece, Sense};
use crate::text::tape::Align;

/// How much larger letters are that are set in another size.
const LARGER: f64 = 1.12;
/// Lines that a page has at least to tell its own margins.
const LINES: usize = 8;

/// Where the lines of a column begin and end, and how far they lie apart, in letters.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    left: f64,
    right: f64,
    pitch: f64,
}

/// Puts paragraphs together.
pub(super) fn build(pages: Vec<SetPage>) -> LaidOut {
    let text = |page: &SetPage| page.lines.iter().filter(|line| line.outside.is_none()).cloned().collect::<Vec<Line>>();
    let all: Vec<Line> = pages.iter().flat_map(text).collect();
    let whole = measure(&all).unwrap_or_default();
    let mut builder = Builder::default();
    for (number, page) in pages.into_iter().enumerate() {
        builder.page(number, page, whole);
    }
    builder.close();
    builder.out
}

#[derive(Default)]
struct Builder {
    out: LaidOut,
    open: Option<Paragraph>,
    /// Furniture and pictures that stand between two lines of one paragraph.
    waiting: Vec<Waiting>,
}

enum Waiting {
    Line(Line),
    Picture(String),
    Table(usize, PlacedTable),
}

/// A paragraph that may go on.
struct Paragraph {
    lines: Vec<Line>,
    measure: Measure,
}

impl Builder {
    fn page(&mut self, number: usize, page: SetPage, whole: Measure) {
        let columns = page.lines.iter().map(|line| line.column).max().unwrap_or(0) + 1;
        let measures: Vec<Measure> = (0..columns)
            .map(|column| {
                let own: Vec<Line> =
                    page.lines.iter().filter(|line| line.column == column && line.outside.is_none()).cloned().collect();
                measure(&own).filter(|_| columns > 1 || own.len() >= LINES).unwrap_or(whole)
            })
            .collect();
        let pictures = page.pictures.into_iter().map(|picture| (picture.y, Waiting::Picture(picture.name)));
        let tables = page.tables.into_iter().map(|table| (table.y, Waiting::Table(number, table)));
        let mut beside: Vec<(f64, Waiting)> = pictures.chain(tables).collect();
        beside.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut beside = beside.into_iter().peekable();
        self.waiting.extend(page.aside.into_iter().map(Waiting::Line));
        for (at, line) in page.lines.iter().enumerate() {
            while let Some((_, before)) = beside.next_if(|(y, _)| *y < line.y) {
                self.waiting.push(before);
            }
            if line.outside.is_some() {
                self.waiting.push(Waiting::Line(line.clone()));
                continue;
            }
            let next = page.lines.get(at + 1).filter(|next| next.outside.is_none());
            self.line(line, next, measures.get(line.column).copied().unwrap_or(whole));
        }
        self.waiting.extend(beside.map(|(_, before)| before));
    }

    fn line(&mut self, line: &Line, next: Option<&Line>, measure: Measure) {
        let goes_on = self
            .open
            .as_ref()
            .is_some_and(|open| open.lines.last().is_some_and(|last| goes_on(last, open, line, next, measure)));
        match self.open.as_mut().filter(|_| goes_on) {
            Some(open) => {
                open.lines.push(line.clone());
                open.measure = measure;
            }
            None => {
                self.close();
                self.open = Some(Paragraph { lines: vec![line.clone()], measure });
            }
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.emit(&open.lines, align(&open));
        }
        for waiting in std::mem::take(&mut self.waiting) {
            match waiting {
                Waiting::Line(line) => self.emit(&[line], None),
                Waiting::Table(page, table) => tables::emit(page, table, &mut self.out),
                Waiting::Picture(name) => {
                    let marks = vec![Mark { range: 0..0, sense: Sense::Image(Picture::at(name)) }];
                    self.out.pieces.push(Piece { marks, ..Piece::default() });
                    self.out.sizes.push(None);
                }
            }
        }
    }

    fn emit(&mut self, lines: &[Line], align: Option<Align>) {
        let mut text = String::new();
        let piece = self.out.pieces.len() as u32;
        for (nth, line) in lines.iter().enumerate() {
            let before = nth.checked_sub(1).and_then(|before| lines.get(before));
            if let Some(id) = before.and_then(|before| hyphen(before, line)) {
                let at = text.trim_end().char_indices().next_back().map_or(0, |(at, _)| at);
                self.out.hyphens.push(Hyphen { id, piece: self.out.pieces.len(), at });
            }
            line.glyphs.iter().filter_map(|glyph| glyph.id).for_each(|id| self.out.order.push(id));
            push_line(line, &mut text, &mut |id, at| self.out.places.push((id as u32, piece, at as u32)));
        }
        let outside = lines.first().and_then(|line| line.outside);
        self.out.sizes.push(lines.first().map(|line| line.size));
        self.out.pieces.push(Piece { text: text.trim().to_string(), outside, align, ..Piece::default() });
    }
}

/// The number of the hyphen at the end of a line that parts a word which the next one goes on with.
fn hyphen(before: &Line, line: &Line) -> Option<usize> {
    let last = before.glyphs.iter().rev().find(|glyph| glyph.id.is_some())?;
    let first = line.glyphs.iter().find(|glyph| glyph.id.is_some())?;
    let is_hyphen = matches!(last.character, '-' | '\u{ad}' | '‐');
    last.id.filter(|_| is_hyphen && first.character.is_lowercase())
}

/// The margins of lines, by where most of them begin and the longest end.
fn measure(lines: &[Line]) -> Option<Measure> {
    let plain: Vec<&Line> = lines.iter().filter(|line| !line.is_alone && !line.has_parts()).collect();
    let mut starts: Vec<f64> = plain.iter().map(|line| line.start()).collect();
    let mut ends: Vec<f64> = plain.iter().map(|line| line.end()).collect();
    starts.sort_by(f64::total_cmp);
    ends.sort_by(f64::total_cmp);
    let left = *starts.get(starts.len() / 10)?;
    let right = *ends.get(ends.len().saturating_sub(1 + ends.len() / 10))?;
    let mut steps: Vec<f64> = plain
        .windows(2)
        .filter(|pair| pair[0].page == pair[1].page && !differs(pair[0].size, pair[1].size))
        .map(|pair| (pair[1].y - pair[0].y) / pair[1].size.max(0.1))
        .filter(|step| (0.9..3.5).contains(step))
        .collect();
    steps.sort_by(f64::total_cmp);
    let pitch = steps.get(steps.len() / 2).copied().unwrap_or(2.0);
    Some(Measure { left, right, pitch })
}

fn differs(one: f64, other: f64) -> bool {
    one.max(other) > LARGER * one.min(other).max(0.01)
}

/// Whether a line goes on with the paragraph that `last` is the end of.
fn goes_on(last: &Line, open: &Paragraph, line: &Line, next: Option<&Line>, measure: Measure) -> bool {
    let em = line.size.max(0.1);
    if last.is_alone || line.is_alone || last.has_parts() || line.has_parts() || differs(last.size, line.size) {
        return false;
    }
    let room = |word: f64| last.end() + word + 0.3 * em < open.measure.right;
    let ends_early = match line.glyphs.first() {
        Some(first) if is_wide(first.character) => room(1.8 * em),
        _ => room(first_word(line) + 0.8 * em),
    };
    let from_left = line.start() - measure.left;
    if last.page != line.page || last.column != line.column {
        let ended = last.ends_with(&['。', '！', '？', '：', '；', '.', '!', '?', ':']);
        return !ends_early && from_left.abs() < 0.8 * em && !(ended && open.lines.len() < 2);
    }
    let step = (line.y - last.y) / em;
    if ends_early || step <= 0.0 || step > (1.35 * measure.pitch).max(measure.pitch + 0.3) {
        return false;
    }
    let first = open.lines.first().unwrap_or(last);
    let begins_item = (line.start() - first.start()).abs() < 0.5 * em && is_numbered(line);
    if begins_item && (is_numbered(first) || last.ends_with(&['。', '；', '：', '！', '？', '.', ';', ':'])) {
        return false;
    }
    let indented = from_left > 0.8 * em && line.start() - last.start() > 0.8 * em;
    // The second line of an item whose lines are all set in, but for the first.
    let hangs = open.lines.len() == 1
        && next.is_some_and(|next| (next.start() - line.start()).abs() < 0.3 * em && next.page == line.page)
        && (is_numbered(last) || last.glyphs.first().is_some_and(|first| "•·-–".contains(first.character)));
    !indented || hangs
}

/// Whether a line begins with a number of its own: `12、`, `3.`, `（四）`, `二、`, `第五条`.
fn is_numbered(line: &Line) -> bool {
    let start: String =
        line.glyphs.iter().filter(|glyph| glyph.id.is_some()).take(8).map(|glyph| glyph.character).collect();
    let is_digit = |character: char| character.is_ascii_digit() || "〇一二三四五六七八九十百".contains(character);
    let rest = start.trim_start_matches(['（', '(', '第']);
    let after = rest.trim_start_matches(is_digit);
    after.len() < rest.len() && after.starts_with(['、', '．', '.', '）', ')', '条', '章', '节', '款'])
}

/// How wide the first word of a line is.
fn first_word(line: &Line) -> f64 {
    let end = line.glyphs.iter().take_while(|glyph| glyph.id.is_some() && !is_wide(glyph.character)).last();
    end.map_or(0.0, |glyph| super::lines::end(glyph, line.size) - line.start())
}

/// The side that a paragraph of one line is set to.
fn align(paragraph: &Paragraph) -> Option<Align> {
    let [line] = paragraph.lines.as_slice() else { return None };
    let Measure { left, right, .. } = paragraph.measure;
    let (em, width) = (line.size.max(0.1), right - left);
    let (before, after) = (line.start() - left, right - line.end());
    if line.is_alone || line.has_parts() || width < 12.0 * em {
        return None;
    }
    if before > 3.0 * em && after > 2.0 * em && (before - after).abs() < 1.5 * em {
        return Some(Align::Center);
    }
    (before > 0.4 * width && after < 6.0 * em && before > 2.0 * after).then_some(Align::Right)
}
