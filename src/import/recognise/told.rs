//! What is to be told of a capture, at its place in it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::paragraphs::Line;
use crate::diagnostic::messages::CaptureMessage;
use crate::diagnostic::{Diagnostic, Source};

/// Puts what is to be told at its place in the capture.
pub(crate) struct Told<'a> {
    pub(crate) name: &'a str,
    pub(crate) lines: &'a [Line<'a>],
}

impl Told<'_> {
    /// Finding a line by its number keeps the time linear, however many doubts there are.
    pub(crate) fn at_line(&self, diagnostic: Diagnostic, number: usize) -> Diagnostic {
        let text = self.lines.get(number.saturating_sub(1)).map_or("", |line| line.text);
        let span = text.len() - text.trim_start().len()..text.trim_end().len();
        place_on_line(diagnostic, self.name, text, number, span)
    }

    /// A title that only its place tells.
    pub(crate) fn guessed_title(&self, title: &str) -> Diagnostic {
        let fault = Diagnostic::warning(CaptureMessage::TitleGuessed { title: title.to_string() });
        match self.lines.iter().find(|line| line.text.trim() == title) {
            Some(line) => self.at_line(fault, line.number),
            None => fault.in_file(self.name),
        }
    }

    pub(crate) fn unread_date(&self, line: usize) -> Diagnostic {
        self.at_line(Diagnostic::warning(CaptureMessage::UnreadDate), line)
    }

    /// U+FFFD in the capture stands for a character that was lost before it was captured.
    /// `known` are lines of which it was told already why they have a character that nobody can read.
    pub(crate) fn lost_characters(&self, known: &BTreeSet<usize>) -> Option<Diagnostic> {
        let is_lost = |line: &&Line<'_>| line.text.contains('\u{fffd}') && !known.contains(&line.number);
        let line = self.lines.iter().find(is_lost)?;
        let at = line.text.find('\u{fffd}')?;
        let fault = Diagnostic::warning(CaptureMessage::LostCharacter);
        Some(place_on_line(fault, self.name, line.text, line.number, at..at + '\u{fffd}'.len_utf8()))
    }
}

/// Places a diagnostic on a line whose number is known.
pub(crate) fn place_on_line(
    fault: Diagnostic,
    name: &str,
    text: &str,
    number: usize,
    span: Range<usize>,
) -> Diagnostic {
    let mut fault = fault.at(Source { file: name, text }, span);
    if let Some(place) = &mut fault.place {
        place.line = number;
    }
    fault
}
