//! Which list a paragraph counts in.

use std::collections::BTreeMap;

use super::styles::Sheet;
use crate::import::read::office::numbering::{LEVELS, List};
use crate::import::read::office::styles::ListPlace;

/// A list that is open.
#[derive(Debug, Clone)]
pub(super) struct Open {
    /// The name of its style; a list inside another has that of the one around it.
    style: Option<String>,
    /// Its number for counting.
    number: u64,
    /// Whether the item that is open has had a paragraph.
    is_begun: bool,
    is_header: bool,
}

/// The lists of a text.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    next: u64,
    /// The last list of each style, and lists by their ids.
    last: BTreeMap<String, u64>,
    by_id: BTreeMap<String, u64>,
}

/// What a paragraph has of the lists around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InList {
    Nothing,
    /// It begins an item.
    Item(ListPlace),
    /// It begins an item of a list whose look no style says.
    Plain,
    /// It goes on with the item of this level.
    GoesOn(usize),
}

/// What a list says of itself.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub style: Option<String>,
    pub id: Option<String>,
    /// Whether it goes on with the numbers of the last list of its style, or with the list of an id.
    pub goes_on: bool,
    pub goes_on_with: Option<String>,
}

impl Lists {
    pub(super) fn open(&mut self, said: Said, sheet: &mut Sheet) {
        let around = self.open.last().cloned();
        let style = said.style.or_else(|| around.as_ref().and_then(|around| around.style.clone()));
        let earlier = said.goes_on_with.as_ref().and_then(|id| self.by_id.get(id)).copied();
        let last = style.as_ref().filter(|_| said.goes_on).and_then(|style| self.last.get(style)).copied();
        let number = match around {
            Some(around) if around.style == style => around.number,
            _ => earlier.or(last).unwrap_or_else(|| self.begin(style.as_deref(), sheet)),
        };
        if let Some(style) = &style {
            self.last.insert(style.clone(), number);
        }
        if let Some(id) = said.id {
            self.by_id.insert(id, number);
        }
        self.open.push(Open { style, number, is_begun: true, is_header: false });
    }

    /// A list that counts from its beginning.
    fn begin(&mut self, style: Option<&str>, sheet: &mut Sheet) -> u64 {
        self.next += 1;
        let mut list = List { from: style.unwrap_or_default().to_string(), ..List::default() };
        if let Some(shape) = style.and_then(|style| sheet.numbering.abstracts.get(style)) {
            for (start, level) in list.starts.iter_mut().zip(&shape.levels) {
                *start = Some(level.as_ref().and_then(|level| level.start).unwrap_or(1));
            }
        }
        sheet.numbering.lists.insert(self.next, list);
        self.next
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// An item begins, with a number of its own or without.
    pub(super) fn item(&mut self, is_header: bool, start: Option<u64>, sheet: &mut Sheet) {
        let level = self.open.len().saturating_sub(1);
        let Some(mut list) = self.open.last().cloned() else { return };
        if let Some(start) = start.filter(|_| level < LEVELS) {
            self.next += 1;
            let from = list.style.clone().unwrap_or_default();
            let mut own = List { from, ..List::default() };
            own.starts[level] = Some(start);
            sheet.numbering.lists.insert(self.next, own);
            list.number = self.next;
        }
        (list.is_begun, list.is_header) = (false, is_header);
        self.open.pop();
        self.open.push(list);
    }

    /// What a paragraph has of the lists around it.
    pub(super) fn paragraph(&mut self, sheet: &Sheet) -> InList {
        let level = self.open.len().saturating_sub(1);
        let Some(list) = self.open.last_mut() else { return InList::Nothing };
        if std::mem::replace(&mut list.is_begun, true) || list.is_header {
            return InList::GoesOn(level);
        }
        // The items around this one have begun with it.
        let style = list.style.clone();
        let number = list.number;
        self.open.iter_mut().for_each(|list| list.is_begun = true);
        let shape = style.as_ref().and_then(|style| sheet.numbering.abstracts.get(style));
        match shape.and_then(|shape| shape.levels.get(level)?.as_ref()) {
            Some(_) => InList::Item(ListPlace { number: Some(number), level: Some(level) }),
            None => InList::Plain,
        }
    }

    /// Sets the lists aside, as a text box or a note does.
    pub(super) fn set_aside(&mut self) -> Vec<Open> {
        std::mem::take(&mut self.open)
    }

    pub(super) fn take_up(&mut self, open: Vec<Open>) {
        self.open = open;
    }
}
