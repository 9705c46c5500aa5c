//! What stands on a page, before lines are found.

use hayro_syntax::object::Stream;

use crate::import::dropped::WhyDropped;

/// Most lines of a page that are kept to find tables.
const RULES: usize = 20_000;
/// Most painted boxes of a page that are looked at behind white letters.
const PAINTED: usize = 2_000;

/// A character on a page, from its upper left corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub character: char,
    pub x: f64,
    pub y: f64,
    /// Which way the line goes, as a step of length 1.
    pub way: (f64, f64),
    pub advance: f64,
    pub size: f64,
    pub outside: Option<WhyDropped>,
    /// Its number in the file; none for white space.
    pub id: Option<usize>,
}

/// A picture on a page.
pub(super) struct Shown<'a> {
    /// None for one that stands within the content.
    pub stream: Option<Stream<'a>>,
    /// Left, top, right, bottom.
    pub place: [f64; 4],
}

/// A page.
#[derive(Default)]
pub(super) struct Sheet<'a> {
    pub placed: Vec<Placed>,
    pub pictures: Vec<Shown<'a>>,
    /// Straight lines, across or down: left, top, right, bottom.
    pub rules: Vec<[f64; 4]>,
    painted: Vec<[f64; 4]>,
    is_painted_all_over: bool,
    pub width: f64,
    pub height: f64,
    pub paths: usize,
}

impl Sheet<'_> {
    pub(super) fn of(width: f64, height: f64) -> Self {
        Self { width, height, ..Self::default() }
    }

    pub(super) fn rule(&mut self, place: [f64; 4]) {
        if self.rules.len() < RULES && place.iter().all(|number| number.is_finite()) {
            self.rules.push(place);
        }
    }

    /// Something other than white was painted.
    pub(super) fn paint(&mut self, place: [f64; 4]) {
        if self.painted.len() < PAINTED {
            self.painted.push(place);
        } else {
            self.is_painted_all_over = true;
        }
    }

    pub(super) fn paint_all_over(&mut self) {
        self.is_painted_all_over = true;
    }

    /// Whether nothing but the white page lies behind a place, for certain.
    pub(super) fn is_blank_at(&self, x: f64, y: f64) -> bool {
        let holds = |[left, top, right, bottom]: &[f64; 4]| {
            *left - 1.0 <= x && x <= *right + 1.0 && *top - 1.0 <= y && y <= *bottom + 1.0
        };
        !self.is_painted_all_over && !self.painted.iter().any(holds)
    }

    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        let edge = 0.02 * self.width.max(self.height);
        (-edge..=self.width + edge).contains(&x) && (-edge..=self.height + edge).contains(&y)
    }
}
