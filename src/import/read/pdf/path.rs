//! Lines and shapes of a page, as far as they rule tables or lie behind letters.

use super::matrix::Matrix;
use super::sheet::Sheet;

/// How thick a shape may be that is a line.
const THIN: f64 = 2.5;
/// How long a line of a table is at least.
const LONG: f64 = 6.0;
/// Most points of a shape that are looked at.
const POINTS: usize = 10_000;

/// A shape that is being drawn.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// Straight lines.
    lines: Vec<((f64, f64), (f64, f64))>,
    rectangles: Vec<[f64; 4]>,
    around: Option<[f64; 4]>,
    start: (f64, f64),
    pen: (f64, f64),
    is_curved: bool,
}

impl Path {
    pub(super) fn begin(&mut self, at: (f64, f64)) {
        (self.start, self.pen) = (at, at);
        self.reach(at);
    }

    pub(super) fn line(&mut self, to: (f64, f64)) {
        if self.lines.len() < POINTS {
            self.lines.push((self.pen, to));
        }
        self.pen = to;
        self.reach(to);
    }

    pub(super) fn curve(&mut self, to: (f64, f64)) {
        self.is_curved = true;
        self.pen = to;
        self.reach(to);
    }

    pub(super) fn close(&mut self) {
        if self.pen != self.start {
            self.line(self.start);
        }
    }

    pub(super) fn rectangle(&mut self, matrix: &Matrix, [x, y, width, height]: [f64; 4]) {
        let place = matrix.around(x, y, width, height);
        self.reach((place[0], place[1]));
        self.reach((place[2], place[3]));
        if self.rectangles.len() < POINTS {
            self.rectangles.push(place);
        }
    }

    fn reach(&mut self, (x, y): (f64, f64)) {
        let [left, top, right, bottom] = self.around.unwrap_or([x, y, x, y]);
        self.around = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
    }

    /// Draws the outline.
    pub(super) fn stroke(&mut self, sheet: &mut Sheet<'_>) {
        let path = std::mem::take(self);
        sheet.paths += 1;
        for (from, to) in &path.lines {
            rule(sheet, [from.0.min(to.0), from.1.min(to.1), from.0.max(to.0), from.1.max(to.1)]);
        }
        for [left, top, right, bottom] in path.rectangles {
            if right - left <= THIN || bottom - top <= THIN {
                rule(sheet, [left, top, right, bottom]);
                continue;
            }
            rule(sheet, [left, top, right, top]);
            rule(sheet, [left, bottom, right, bottom]);
            rule(sheet, [left, top, left, bottom]);
            rule(sheet, [right, top, right, bottom]);
        }
    }

    /// Fills the shape, and draws its outline where `stroked`.
    pub(super) fn fill(&mut self, sheet: &mut Sheet<'_>, is_white: bool, stroked: bool) {
        let around = self.around;
        if let Some(around) = around.filter(|_| !is_white) {
            sheet.paint(around);
            self.rectangles.iter().for_each(|place| rule(sheet, *place));
            if self.rectangles.is_empty() && !self.is_curved {
                rule(sheet, around);
            }
        }
        if stroked {
            self.stroke(sheet);
        } else {
            sheet.paths += 1;
            *self = Self::default();
        }
    }
}

/// Notes a line that is thin, long and straight.
fn rule(sheet: &mut Sheet<'_>, [left, top, right, bottom]: [f64; 4]) {
    let (width, height) = (right - left, bottom - top);
    if width.min(height) <= THIN && width.max(height) >= LONG {
        sheet.rule([left, top, right, bottom]);
    }
}
