//! A section's heading: what it says, the number that is printed before it, and the id that the section has.

use std::ops::Range;

use super::anchor::{Anchors, Given, is_id};
use super::reserved::is_own_page;
use super::tape::{Element, Node};
use super::{Heading, Text, printed_number};
use crate::diagnostic::messages::TextMessage;
use crate::diagnostic::{Diagnostic, Report, Source};

/// A heading as it is written.
pub(super) struct Written<'a> {
    pub(super) level: u8,
    /// The id in `{#…}`.
    pub(super) explicit: Option<&'a str>,
    /// Its characters, without the marks of notes: the id comes from them.
    pub(super) words: &'a str,
    /// The same with stand-ins for phrases, as a list of contents has it.
    pub(super) shown: &'a str,
    pub(super) span: Range<usize>,
}

impl Written<'_> {
    /// What it means; it is on no tape yet. What is wrong with its id is reported.
    pub(super) fn read(self, source: Source<'_>, anchors: &mut Anchors, report: &mut Report) -> Heading {
        let id = self.id(source, anchors, report);
        let number = printed_number::split(self.shown);
        Heading {
            id,
            level: self.level,
            title: number.as_ref().map_or(self.shown, |number| number.rest).to_string(),
            number: number.as_ref().map(|number| number.printed.to_string()),
            spaced: number.as_ref().is_some_and(|number| number.printed.len() + number.rest.len() < self.shown.len()),
            span: self.span,
            tape: 0..0,
        }
    }

    fn id(&self, source: Source<'_>, anchors: &mut Anchors, report: &mut Report) -> String {
        let mut fault = |message| report.push(Diagnostic::error(message).at(source, self.span.clone()));
        let is_bad = |id: &&str| !is_id(id) || is_own_page(id);
        if let Some(id) = self.explicit.filter(is_bad) {
            fault(TextMessage::BadSectionId { id: id.to_string() });
        }
        // What cannot be an id may be no file's name either.
        match anchors.heading(self.level, self.explicit.filter(|id| !is_bad(id)), self.words) {
            Given::New(id) => {
                if id.is_empty() || is_own_page(&id) && self.explicit.is_none() {
                    fault(TextMessage::HeadingWithoutId);
                }
                id
            }
            Given::Taken(id) => {
                report.push(self.duplicate(&id, source, anchors));
                id
            }
        }
    }

    /// It has the id of another heading; one that is free is suggested.
    fn duplicate(&self, id: &str, source: Source<'_>, anchors: &Anchors) -> Diagnostic {
        let free = (2..).map(|number| format!("{id}-{number}")).find(|free| !anchors.is_taken(free));
        let free = free.unwrap_or_default();
        let heading = source.text.get(self.span.clone()).unwrap_or_default();
        let fault = Diagnostic::error(TextMessage::DuplicateSectionId { id: id.to_string(), free: free.clone() })
            .at(source, self.span.clone());
        let written = format!("{{#{id}}}");
        match heading.find(&written).filter(|_| self.explicit.is_some()) {
            Some(at) => {
                let start = self.span.start + at;
                fault.suggest(source, start..start + written.len(), format!("{{#{free}}}"))
            }
            None => {
                let line = heading.lines().next().unwrap_or_default().trim_end();
                let end = self.span.start + line.len();
                fault.suggest(source, end..end, format!(" {{#{free}}}"))
            }
        }
    }
}

/// Sets the printed number apart, where the heading begins with it.
pub(super) fn with_number(text: &Text, tape: Vec<Node>, number: Option<&str>) -> Vec<Node> {
    let (Some(number), Some(Node::Chars(start, end))) = (number, tape.first().copied()) else { return tape };
    if !text.chars(start, end).starts_with(number) {
        return tape;
    }
    let middle = start + number.len();
    let apart = [Node::Open(Element::Number), Node::Chars(start, middle), Node::Close(Element::Number)];
    let rest = (middle < end).then_some(Node::Chars(middle, end));
    apart.into_iter().chain(rest).chain(tape.into_iter().skip(1)).collect()
}
