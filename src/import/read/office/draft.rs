//! A paragraph as it is being read, before its style and its number are known.

use std::cmp::Reverse;
use std::ops::Range;
use std::rc::Rc;

use super::equation::Shown;
use super::styles::{Height, ParagraphProperties};
use crate::diagnostic::Diagnostic;
use crate::import::flow::{Mark, Sense};

/// How characters look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub is_struck: bool,
    pub height: Height,
    pub link: Option<Rc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EditKind {
    Insertion,
    Deletion,
}

/// How characters came into a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Written,
    /// By a tracked change.
    Inserted,
}

/// Whether bold characters are marked. In a heading they are bold anyway, and that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bold {
    Marked,
    Unmarked,
}

/// A tracked change.
#[derive(Debug)]
pub(crate) struct Edit {
    pub text: String,
    pub kind: EditKind,
    /// Where the text stood when the change ended.
    at: usize,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub text: String,
    pub properties: ParagraphProperties,
    /// The number before it, where the file says it as printed.
    pub label: Option<String>,
    /// The level of the list item that it goes on with, where it is not its first paragraph.
    pub goes_on: Option<usize>,
    pub edits: Vec<Edit>,
    /// Names of places in it (bookmarks).
    pub names: Vec<String>,
    /// What was odd in it.
    pub diagnostics: Vec<Diagnostic>,
    /// Marks other than those that follow from the looks.
    points: Vec<Mark>,
    looks: Vec<(Range<usize>, Look)>,
}

/// A part of a text.
#[derive(Debug)]
pub(crate) enum DraftBlock {
    Paragraph(Box<Draft>),
    /// Rows of cells.
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    /// Columns left out before the first cell.
    pub before: usize,
    pub is_deleted: bool,
}

/// A cell of a table. While a table is read, its cells can hold tables.
#[derive(Debug, Default)]
pub(crate) struct Cell {
    pub blocks: Vec<DraftBlock>,
    /// How many more columns it covers.
    pub more: usize,
    /// Whether it goes on with the cell above it.
    pub is_continued: bool,
}

impl Draft {
    /// Adds characters. Line feeds in them are the file's own layout.
    pub(crate) fn push(&mut self, text: &str, look: &Look, origin: Origin) {
        let start = self.text.len();
        self.text.extend(text.chars().map(|character| if matches!(character, '\n' | '\r') { ' ' } else { character }));
        let range = start..self.text.len();
        if range.is_empty() {
            return;
        }
        if origin == Origin::Inserted {
            self.edit(text, EditKind::Insertion, start);
        }
        if *look != Look::default() {
            match self.looks.last_mut() {
                Some((last, same)) if last.end == start && same == look => last.end = range.end,
                _ => self.looks.push((range, look.clone())),
            }
        }
    }

    /// Takes off what stands from a place on.
    pub(crate) fn cut(&mut self, start: usize) -> String {
        let cut = self.text.split_off(start);
        for range in
            self.looks.iter_mut().map(|(range, _)| range).chain(self.points.iter_mut().map(|mark| &mut mark.range))
        {
            *range = range.start.min(start)..range.end.min(start);
        }
        self.looks.retain(|(range, _)| !range.is_empty());
        cut
    }

    /// Adds the reading of the characters before it, in brackets, which Word sets above them.
    pub(crate) fn read_as(&mut self, reading: &str) {
        for (text, is_bracket) in [("（", true), (reading, false), ("）", true)] {
            let start = self.text.len();
            self.text.push_str(text);
            if is_bracket {
                self.mark(start, Sense::Printed);
            }
        }
    }

    /// Adds what a field shows whose text stands in its instruction.
    pub(crate) fn push_shown(&mut self, shown: &Shown, look: &Look, origin: Origin) {
        self.push(&shown.text, look, origin);
        if !shown.reading.is_empty() {
            self.read_as(&shown.reading);
        }
    }

    /// Notes characters that are deleted.
    pub(crate) fn delete(&mut self, text: &str) {
        if !text.is_empty() {
            self.edit(text, EditKind::Deletion, self.text.len());
        }
    }

    /// Says something of the text from a place on.
    pub(crate) fn mark(&mut self, start: usize, sense: Sense) {
        self.points.push(Mark { range: start..self.text.len(), sense });
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.points.iter().all(|mark| mark.sense == Sense::Break)
    }

    /// All marks, by their first byte; of two that begin together the longer comes first.
    pub(crate) fn marks(&self, bold: Bold) -> Vec<Mark> {
        let mut marks = self.of_look(|look| look.link.as_deref().map(|link| Sense::Link(link.to_string())));
        let words = |mark: &Mark| self.text.get(mark.range.clone()).is_some_and(|text| !text.trim().is_empty());
        if bold == Bold::Marked {
            marks.extend(self.of_look(|look| look.strong.then_some(Sense::Strong)).into_iter().filter(words));
        }
        marks.extend(self.of_look(|look| look.emphasis.then_some(Sense::Emphasis)).into_iter().filter(words));
        marks.extend(self.of_look(|look| look.is_struck.then_some(Sense::Struck)).into_iter().filter(words));
        let height = |look: &Look| match look.height {
            Height::Line => None,
            Height::Above => Some(Sense::Sup),
            Height::Below => Some(Sense::Sub),
        };
        marks.extend(self.of_look(height).into_iter().filter(words));
        marks.extend(self.points.iter().cloned());
        marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
        marks
    }

    fn of_look(&self, sense: impl Fn(&Look) -> Option<Sense>) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for (range, look) in &self.looks {
            let Some(sense) = sense(look) else { continue };
            match marks.last_mut() {
                Some(last) if last.range.end == range.start && last.sense == sense => last.range.end = range.end,
                _ => marks.push(Mark { range: range.clone(), sense }),
            }
        }
        marks
    }

    /// Changes that follow each other at once are one; programs split them at every change of format.
    fn edit(&mut self, text: &str, kind: EditKind, start: usize) {
        let at = self.text.len();
        match self.edits.last_mut() {
            Some(last) if last.kind == kind && last.at == start => {
                last.text.push_str(text);
                last.at = at;
            }
            _ => self.edits.push(Edit { text: text.to_string(), kind, at }),
        }
    }
}
