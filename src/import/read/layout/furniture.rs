//! What stands at the edges of pages: their numbers, and heads that recur.

use std::collections::BTreeMap;

use super::lines::Line;
use super::page::{PlacedPicture, PlacedTable};
use crate::import::dropped::WhyDropped;

/// The part of a page, at its head and foot each, in which furniture stands.
const EDGE: f64 = 0.13;
/// How many lines at each edge may be furniture.
const LINES: usize = 3;
/// Longest head, in characters.
const LONGEST: usize = 60;
/// On how many pages a head recurs at least.
const PAGES: usize = 3;

/// A page whose lines are found.
pub(super) struct SetPage {
    pub height: f64,
    pub lines: Vec<Line>,
    pub aside: Vec<Line>,
    pub pictures: Vec<PlacedPicture>,
    pub tables: Vec<PlacedTable>,
}

/// Marks the lines that are furniture.
pub(super) fn settle(pages: &mut [SetPage]) {
    let mut counts: BTreeMap<(i64, String), usize> = BTreeMap::new();
    for page in pages.iter() {
        for at in edges(page) {
            *counts.entry(place(&page.lines[at])).or_default() += 1;
        }
    }
    for page in pages.iter_mut() {
        for at in edges(page) {
            let line = &mut page.lines[at];
            let recurs = line.glyphs.len() <= LONGEST && counts.get(&place(line)).is_some_and(|count| *count >= PAGES);
            if is_page_number(&line.compact()) {
                line.outside = Some(WhyDropped::PageNumber);
            } else if recurs {
                line.outside = Some(WhyDropped::RunningHead);
            }
        }
    }
}

/// The lines at the edges of a page.
fn edges(page: &SetPage) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..page.lines.len()).collect();
    by_height.sort_by(|one, other| page.lines[*one].y.total_cmp(&page.lines[*other].y));
    let y = |at: &usize| page.lines[*at].y;
    let mut found: Vec<usize> = by_height.iter().take(LINES).filter(|at| y(at) < EDGE * page.height).copied().collect();
    found.extend(by_height.iter().rev().take(LINES).filter(|at| y(at) > (1.0 - EDGE) * page.height));
    found
}

/// The height of a line and its text with its digits alike, since heads count pages and chapters.
fn place(line: &Line) -> (i64, String) {
    let alike = |character: char| if character.is_ascii_digit() { '0' } else { character };
    ((line.y / line.size.max(0.1)).round() as i64, line.compact().chars().map(alike).collect())
}

/// Whether a line is nothing but the number of its page: `12`, `— 12 —`, `第12页，共20页`, `12/20`, `Page 12 of 20`.
pub(super) fn is_page_number(text: &str) -> bool {
    const AROUND: [char; 16] = ['-', '–', '—', '―', '－', '─', '·', '~', '第', '页', '頁', '共', '，', ',', '/', ' '];
    let text = text.to_ascii_lowercase().replace("page", " ").replace("of", " ");
    let mut parts = text.split(AROUND).filter(|part| !part.is_empty()).peekable();
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.peek().is_some() && parts.by_ref().take(2).all(is_number) && parts.next().is_none()
}
