//! From characters on a page to runs on lines, with the page turned so that most of its lines go across.

use super::super::layout::{self, Glyph, Run, Way, is_wide};
use super::sheet::{Placed, Sheet};
use crate::import::dropped::WhyDropped;

/// How wide a gap within a line is that a space stands for, in letters.
const SPACE: f64 = 0.16;
/// How wide one is that parts two runs.
const APART: f64 = 0.9;
/// How far letters of one run may stand apart in height.
const LEVEL: f64 = 0.25;
/// How much larger letters are that are set in another size.
const LARGER: f64 = 1.12;

/// Which way a page is turned, and its size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    turn: Quarter,
    width: f64,
    height: f64,
}

/// Where a line goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quarter {
    Right,
    Down,
    Left,
    Up,
}

impl Quarter {
    fn of((x, y): (f64, f64)) -> Option<Self> {
        if y.abs() <= 0.1 * x.abs() {
            Some(if x >= 0.0 { Self::Right } else { Self::Left })
        } else if x.abs() <= 0.1 * y.abs() {
            Some(if y >= 0.0 { Self::Down } else { Self::Up })
        } else {
            None
        }
    }
}

impl Turn {
    /// The way that most characters go.
    fn of(sheet: &Sheet<'_>) -> Self {
        let mut counts = [0_usize; 4];
        for placed in sheet.placed.iter().filter(|placed| placed.id.is_some() && placed.outside.is_none()) {
            if let Some(quarter) = Quarter::of(placed.way) {
                counts[quarter as usize] += 1;
            }
        }
        let all = [Quarter::Right, Quarter::Down, Quarter::Left, Quarter::Up];
        let turn = all.into_iter().rev().max_by_key(|quarter| counts[*quarter as usize]).unwrap_or(Quarter::Right);
        Self { turn, width: sheet.width, height: sheet.height }
    }

    /// A place on the turned page.
    pub(super) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            Quarter::Right => (x, y),
            Quarter::Down => (y, self.width - x),
            Quarter::Left => (self.width - x, self.height - y),
            Quarter::Up => (self.height - y, x),
        }
    }

    /// Whether a box lies on the page, at least in part.
    pub(super) fn holds(&self, [left, top, right, bottom]: [f64; 4]) -> bool {
        right > 0.0 && bottom > 0.0 && left < self.width && top < self.height
    }

    pub(super) fn area(&self) -> f64 {
        self.width * self.height
    }

    /// A box on the turned page.
    pub(super) fn around(&self, [left, top, right, bottom]: [f64; 4]) -> [f64; 4] {
        let (one, other) = (self.at(left, top), self.at(right, bottom));
        [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)]
    }

    fn height(&self) -> f64 {
        if matches!(self.turn, Quarter::Right | Quarter::Left) { self.height } else { self.width }
    }
}

/// The page as lines are found on it, and how it was turned.
pub(super) fn page(sheet: &mut Sheet<'_>) -> (layout::Page, Turn) {
    believe_marks(sheet);
    let turn = Turn::of(sheet);
    let mut runs: Vec<Open> = Vec::new();
    for placed in std::mem::take(&mut sheet.placed) {
        let way = match Quarter::of(placed.way) {
            Some(quarter) if quarter == turn.turn => Way::Across,
            Some(_) => Way::Down,
            None => Way::Slanted,
        };
        let (x, y) = turn.at(placed.x, placed.y);
        let placed = Placed { x, y, ..placed };
        match runs.last_mut().filter(|last| last.takes(&placed, way)) {
            Some(last) => last.add(placed),
            None => runs.push(Open::new(placed, way)),
        }
    }
    let runs: Vec<Run> = runs.into_iter().map(Open::close).collect();
    let has_text = runs.iter().any(|run| run.glyphs.iter().any(|glyph| glyph.id.is_some()));
    (layout::Page { height: turn.height(), runs, has_text, ..layout::Page::default() }, turn)
}

/// A page of which most is marked as no part of the text is marked wrongly.
fn believe_marks(sheet: &mut Sheet<'_>) {
    let is_marked =
        |placed: &Placed| matches!(placed.outside, Some(WhyDropped::RunningHead | WhyDropped::PageFurniture));
    let seen = sheet.placed.iter().filter(|placed| placed.id.is_some());
    let (all, marked) = seen.fold((0, 0), |(all, marked), placed| (all + 1, marked + usize::from(is_marked(placed))));
    if 2 * marked > all {
        sheet.placed.iter_mut().filter(|placed| is_marked(placed)).for_each(|placed| placed.outside = None);
    }
}

/// A run that may go on.
struct Open {
    glyphs: Vec<Glyph>,
    /// Gaps that a space was put into, with how wide each is in letters.
    spaces: Vec<(usize, f64)>,
    last: Placed,
    y: f64,
    size: f64,
    way: Way,
    outside: Option<WhyDropped>,
    pairs: usize,
}

impl Open {
    fn new(placed: Placed, way: Way) -> Self {
        let Placed { y, size, outside, .. } = placed;
        Self { glyphs: vec![glyph(&placed)], spaces: Vec::new(), last: placed, y, size, way, outside, pairs: 0 }
    }

    /// How far a character stands behind the last one, along its line and across it, in letters.
    fn gap(&self, next: &Placed) -> (f64, f64) {
        let (x, y) = (next.x - self.last.x, next.y - self.last.y);
        let (along, across) = if self.way == Way::Across {
            (x, y)
        } else {
            // These places are turned already, their ways are not; only how far matters.
            (x.hypot(y), 0.0)
        };
        ((along - self.last.advance) / self.size, across / self.size)
    }

    fn takes(&self, next: &Placed, way: Way) -> bool {
        let same = way == self.way && next.outside == self.outside && next.way == self.last.way;
        let (small, large) = (self.size.min(next.size), self.size.max(next.size));
        let (along, across) = self.gap(next);
        same && large <= LARGER * small && across.abs() < LEVEL && (-0.5..APART).contains(&along)
    }

    fn add(&mut self, next: Placed) {
        let (gap, _) = self.gap(&next);
        let is_seen = |placed: &Placed| placed.id.is_some() && !is_wide(placed.character);
        if is_seen(&self.last) && is_seen(&next) {
            self.pairs += 1;
            if gap > SPACE && self.way == Way::Across {
                self.spaces.push((self.glyphs.len(), gap));
            }
        }
        self.glyphs.push(glyph(&next));
        self.last = next;
    }

    fn close(self) -> Run {
        let Self { mut glyphs, mut spaces, y, size, way, outside, pairs, .. } = self;
        // Letters that are all spaced have no spaces but those that are wider still.
        if pairs > 2 && 2 * spaces.len() > pairs {
            let mut widths: Vec<f64> = spaces.iter().map(|(_, gap)| *gap).collect();
            widths.sort_by(f64::total_cmp);
            let usual = widths.get(widths.len() / 2).copied().unwrap_or(0.0);
            spaces.retain(|(_, gap)| *gap > usual + SPACE);
        }
        for (at, _) in spaces.iter().rev() {
            let Some(before) = at.checked_sub(1).and_then(|at| glyphs.get(at)) else { continue };
            let x = before.x + before.advance.unwrap_or(0.0);
            let advance = glyphs.get(*at).map(|after| after.x - x);
            glyphs.insert(*at, Glyph { character: ' ', x, advance, width: advance, id: None });
        }
        Run { glyphs, size, y, way, outside }
    }
}

fn glyph(placed: &Placed) -> Glyph {
    Glyph {
        character: placed.character,
        x: placed.x,
        advance: Some(placed.advance),
        width: Some(placed.advance),
        id: placed.id,
    }
}
