//! The lines of a page, by where their characters stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::page::{Glyph, Page, Run, Way};
use super::width;
use crate::import::dropped::WhyDropped;

/// How far two runs of a line may stand apart in height, as a part of the letters' height.
const SAME_LINE: f64 = 0.35;
/// The same for letters that are set smaller, above or below the line.
const RAISED: f64 = 0.55;
/// How wide a gap is that parts two cells or columns, in letters.
const APART: f64 = 2.2;
/// How near a second printing of the same characters stands, which only makes them look bold.
const DOUBLED: f64 = 0.15;
/// How much of a character's width another one may cover on the same line.
const COVERED: f64 = 0.4;
/// How much larger letters may be than others of their line.
const TALLER: f64 = 1.8;

/// A line, or a part of one that stands apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub page: usize,
    pub glyphs: Vec<Glyph>,
    pub size: f64,
    pub y: f64,
    /// Where gaps are before glyphs, and how wide in letters.
    pub gaps: Vec<(usize, f64)>,
    /// Which column it stands in, from 0; of one that columns are not found for, 0.
    pub column: usize,
    /// Why it is no part of the text.
    pub outside: Option<WhyDropped>,
    /// It stands for itself, as what is set downwards does.
    pub is_alone: bool,
}

impl Line {
    pub(super) fn start(&self) -> f64 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.x)
    }

    pub(super) fn end(&self) -> f64 {
        self.glyphs.last().map_or(0.0, |glyph| end(glyph, self.size))
    }

    /// The characters, without spaces.
    pub(super) fn compact(&self) -> String {
        self.glyphs.iter().filter(|glyph| glyph.id.is_some()).map(|glyph| glyph.character).collect()
    }

    /// Whether its last character is one of these.
    pub(super) fn ends_with(&self, characters: &[char]) -> bool {
        let last = self.glyphs.iter().rev().find(|glyph| glyph.id.is_some());
        last.is_some_and(|last| characters.contains(&last.character))
    }

    /// Where gaps are from one place to the other.
    pub(super) fn open(&self) -> impl Iterator<Item = (f64, f64)> {
        self.gaps
            .iter()
            .filter_map(|(at, _)| Some((end(self.glyphs.get(at.checked_sub(1)?)?, self.size), self.glyphs.get(*at)?.x)))
    }

    /// The parts that wide gaps cut it into, and those in which one of these places lies.
    pub(super) fn parts(&self, between: &[f64]) -> Vec<Line> {
        let is_between = |(start, end): (f64, f64)| between.iter().any(|place| start < *place && *place < end);
        let open: Vec<bool> = self.open().map(is_between).collect();
        let wide = self.gaps.iter().zip(open).filter(|((_, width), open)| *width > APART || *open);
        let mut starts: Vec<usize> = wide.map(|((at, _), _)| *at).collect();
        starts.insert(0, 0);
        starts.push(self.glyphs.len());
        starts
            .windows(2)
            .map(|pair| {
                let (from, to) = (pair[0], pair[1]);
                let gaps = self.gaps.iter().filter(|(at, _)| *at > from && *at < to);
                let gaps = gaps.map(|(at, width)| (at - from, *width)).collect();
                let Self { page, size, y, column, outside, is_alone, .. } = *self;
                Line { page, glyphs: self.glyphs[from..to].to_vec(), size, y, gaps, column, outside, is_alone }
            })
            .collect()
    }

    pub(super) fn has_parts(&self) -> bool {
        self.gaps.iter().any(|(_, width)| *width > APART)
    }
}

/// The lines of a page.
#[derive(Default)]
pub(super) struct Found {
    /// From the top.
    pub text: Vec<Line>,
    /// What stands beside the text.
    pub aside: Vec<Line>,
}

/// Finds the lines.
pub(super) fn find(page: usize, content: &Page) -> Found {
    let mut found = Found::default();
    let mut across: Vec<&Run> = Vec::new();
    let mut printed: HashSet<(String, i64, i64)> = HashSet::new();
    for run in content.runs.iter().filter(|run| run.glyphs.iter().any(|glyph| glyph.id.is_some())) {
        let own = || Line { is_alone: true, ..line(page, run) };
        let doubled = is_doubled(run, &mut printed).then_some(WhyDropped::PrintedTwice);
        let slanted = (run.way == Way::Slanted).then_some(WhyDropped::Watermark);
        match run.outside.or(doubled).or(slanted) {
            Some(why) => match found.aside.last_mut() {
                Some(last) if last.outside == Some(why) => last.glyphs.extend(&run.glyphs),
                _ => found.aside.push(Line { outside: Some(why), ..own() }),
            },
            None if run.way == Way::Down => found.text.push(own()),
            None => across.push(run),
        }
    }
    across.sort_by(|one, other| one.y.total_cmp(&other.y));
    found.text.extend(gather(page, &across));
    found.text.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.start().total_cmp(&other.start())));
    found
}

fn line(page: usize, run: &Run) -> Line {
    Line { page, glyphs: run.glyphs.clone(), size: run.size, y: run.y, ..Line::default() }
}

/// Whether the same characters were printed at the same place before.
fn is_doubled(run: &Run, printed: &mut HashSet<(String, i64, i64)>) -> bool {
    let step = run.size.max(0.1) * DOUBLED;
    let text: String = run.glyphs.iter().map(|glyph| glyph.character).collect();
    let x = run.glyphs.first().map_or(0.0, |glyph| glyph.x);
    let (x, y) = ((x / step).round() as i64, (run.y / step).round() as i64);
    let near = (-1..=1).flat_map(|across| (-1..=1).map(move |down| (across, down)));
    let known = near.into_iter().any(|(across, down)| printed.contains(&(text.clone(), x + across, y + down)));
    printed.insert((text, x, y));
    known
}

/// A line that is being gathered.
struct Open<'a> {
    runs: Vec<&'a Run>,
    y: f64,
    size: f64,
    /// Where its characters end, by where they begin, both in thousandths.
    taken: BTreeMap<i64, i64>,
}

impl<'a> Open<'a> {
    fn places(run: &Run) -> impl Iterator<Item = (i64, i64)> {
        let visible = run.glyphs.iter().filter(|glyph| glyph.id.is_some());
        visible.map(|glyph| ((glyph.x * 1e3) as i64, (end(glyph, run.size) * 1e3) as i64))
    }

    /// Whether a run stands on this line, at a place that is free.
    fn takes(&self, run: &Run) -> bool {
        let (small, large) = (self.size.min(run.size), self.size.max(run.size));
        let raised = if small < 0.8 * large { RAISED * large } else { 0.0 };
        if large > TALLER * small || (run.y - self.y).abs() > raised.max(SAME_LINE * small) {
            return false;
        }
        let is_taken = |(from, to): (i64, i64)| {
            let covers = |(start, end): (&i64, &i64)| {
                let shared = (*end).min(to) - (*start).max(from);
                shared as f64 > COVERED * (to - from).min(end - start) as f64
            };
            self.taken.range(..=from).next_back().is_some_and(covers)
                || self.taken.range(from..).next().is_some_and(covers)
        };
        3 * Self::places(run).filter(|place| is_taken(*place)).count() < Self::places(run).count()
    }

    fn add(&mut self, run: &'a Run) {
        self.taken.extend(Self::places(run));
        self.runs.push(run);
    }
}

/// How many lines a run is offered to. Lines lie close together, and what is printed over others makes more of them.
const OFFERED: usize = 12;

fn gather(page: usize, runs: &[&Run]) -> Vec<Line> {
    let mut lines: Vec<Open<'_>> = Vec::new();
    for run in runs {
        let from = lines.len().saturating_sub(OFFERED);
        match lines.iter_mut().skip(from).rev().find(|line| line.takes(run)) {
            Some(line) => line.add(run),
            None => {
                let mut line = Open { runs: Vec::new(), y: run.y, size: run.size, taken: BTreeMap::new() };
                line.add(run);
                lines.push(line);
            }
        }
    }
    lines.into_iter().map(|line| closed(page, line)).collect()
}

/// Puts the runs of a line in order, character by character, since one may stand in a gap of another.
fn closed(page: usize, mut open: Open<'_>) -> Line {
    let start = |run: &Run| run.glyphs.first().map_or(0.0, |glyph| glyph.x);
    open.runs.sort_by(|one, other| start(one).total_cmp(&start(other)));
    let mut sizes: HashMap<i64, usize> = HashMap::new();
    let mut glyphs: Vec<(Glyph, f64, usize)> = Vec::new();
    for (nth, run) in open.runs.iter().enumerate() {
        *sizes.entry((run.size * 100.0).round() as i64).or_default() += run.glyphs.len();
        glyphs.extend(run.glyphs.iter().map(|glyph| (*glyph, run.size, nth)));
    }
    let one_after_other = glyphs.windows(2).all(|pair| pair[0].0.x <= pair[1].0.x || pair[0].2 == pair[1].2);
    if !one_after_other {
        glyphs.sort_by(|one, other| one.0.x.total_cmp(&other.0.x));
    }
    let size =
        sizes.iter().max_by_key(|(size, count)| (**count, **size)).map_or(open.size, |(size, _)| *size as f64 / 100.0);
    let gaps = gaps(&glyphs);
    Line {
        page,
        glyphs: glyphs.into_iter().map(|(glyph, ..)| glyph).collect(),
        size,
        y: open.y,
        gaps,
        ..Line::default()
    }
}

/// Where a glyph ends.
pub(super) fn end(glyph: &Glyph, size: f64) -> f64 {
    let own = glyph.width.unwrap_or_else(|| width::of(glyph.character) * size);
    glyph.x + glyph.advance.filter(|advance| *advance > 0.0).map_or(own, |advance| advance.min(own))
}

/// Gaps that a space stands for. Letters that are all spaced have none.
fn gaps(glyphs: &[(Glyph, f64, usize)]) -> Vec<(usize, f64)> {
    let mut all: Vec<(usize, f64, f64)> = Vec::new();
    for (at, pair) in glyphs.windows(2).enumerate() {
        let ((before, size, run), (after, _, next)) = (pair[0], pair[1]);
        let wide = width::is_wide(before.character) || width::is_wide(after.character);
        let least = if wide {
            0.45
        } else if run == next {
            0.6
        } else {
            0.3
        };
        let gap = (after.x - end(&before, size)) / size.max(0.1);
        all.push((at + 1, gap, least));
    }
    let mut widths: Vec<f64> = all.iter().map(|(_, gap, _)| *gap).collect();
    widths.sort_by(f64::total_cmp);
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0.0);
    let usual = if widths.len() > 2 && usual < APART { usual.max(0.0) } else { 0.0 };
    all.into_iter().filter(|(_, gap, least)| *gap > usual + least).map(|(at, gap, _)| (at, gap)).collect()
}
