//! What the content of a page is marked as: no part of the text, or another text than its glyphs say.

use hayro_syntax::object::{Dict, Name, String as Bytes};

use super::sheet::Placed;
use super::string::text;
use crate::import::dropped::WhyDropped;
use crate::import::read::order::is_seen;

/// How deep marks may lie in marks.
const DEPTH: usize = 256;

/// One mark.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub outside: Option<WhyDropped>,
    /// What is meant by the glyphs.
    actual: Option<Vec<char>>,
    /// How many characters were placed before, and how many of them are seen.
    from: (usize, usize),
}

impl Marked {
    pub(super) fn of(tag: &Name<'_>, properties: Option<&Dict<'_>>, from: (usize, usize)) -> Self {
        let word = |key: &str| properties.and_then(|dict| dict.get::<Name<'_>>(key)).map(|name| name.to_vec());
        let outside = (tag.as_ref() == b"Artifact").then(|| match word("Subtype").as_deref() {
            Some(b"Watermark") => WhyDropped::Watermark,
            _ if word("Type").as_deref() == Some(b"Pagination") => WhyDropped::RunningHead,
            _ => WhyDropped::PageFurniture,
        });
        let actual = properties.and_then(|dict| dict.get::<Bytes<'_>>("ActualText"));
        Self { outside, actual: actual.map(|bytes| text(&bytes).chars().collect()), from }
    }

    /// Puts what is meant in the place of the characters that the glyphs were taken for.
    pub(super) fn replace(self, placed: &mut Vec<Placed>, witness: &mut Vec<char>, unknown: &mut usize) {
        let Some(actual) = self.actual else { return };
        let (first, seen) = self.from;
        let Some(own) = placed.get(first..).filter(|own| !own.is_empty()) else { return };
        let meant: Vec<char> =
            actual.into_iter().filter(|character| is_seen(*character) && *character != '\u{ad}').collect();
        let had: Vec<char> = own.iter().filter(|one| one.id.is_some()).map(|one| one.character).collect();
        let (start, last) = (own[0], own[own.len() - 1]);
        let is_one_line = own.iter().all(|one| (one.y - start.y).abs() < 0.5 * start.size && one.way == start.way);
        if meant == had || !is_one_line {
            return;
        }
        let lost = had.iter().filter(|character| **character == '\u{fffd}').count();
        *unknown = unknown.saturating_sub(lost);
        let reach = ((last.x - start.x).hypot(last.y - start.y) + last.advance).max(0.0);
        placed.truncate(first);
        witness.truncate(seen);
        let share = reach / meant.len().max(1) as f64;
        for (nth, character) in meant.into_iter().enumerate() {
            let further = share * nth as f64;
            let (x, y) = (start.x + further * start.way.0, start.y + further * start.way.1);
            placed.push(Placed { character, x, y, advance: share, id: Some(witness.len()), ..start });
            witness.push(character);
        }
    }
}

/// The marks that are open.
#[derive(Debug, Default)]
pub(super) struct Marks {
    open: Vec<Marked>,
    /// How many are open beyond those.
    over: usize,
}

impl Marks {
    pub(super) fn open(&mut self, marked: Marked) {
        if self.open.len() < DEPTH {
            self.open.push(marked);
        } else {
            self.over += 1;
        }
    }

    pub(super) fn close(&mut self) -> Option<Marked> {
        if self.over > 0 {
            self.over -= 1;
            return None;
        }
        self.open.pop()
    }

    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Why what is drawn now is no part of the text.
    pub(super) fn outside(&self) -> Option<WhyDropped> {
        self.open.iter().rev().find_map(|marked| marked.outside)
    }
}
