//! Members of a list in brackets, or entries of a table in braces: one more, one less, on one line or on many.

use std::ops::Range;

use super::lines::{blanks_end, line_start};
use super::splice::Splice;

/// What stands between brackets or braces, and the bytes of each member.
pub(super) struct List<'a> {
    /// The whole text.
    pub text: &'a str,
    /// With the brackets.
    pub span: Range<usize>,
    pub members: Vec<Range<usize>>,
}

impl List<'_> {
    /// Adds a member at the end.
    pub(crate) fn append(&self, new: &str, eol: &str) -> Vec<Splice> {
        let Some(last) = self.members.last() else { return vec![self.first(new)] };
        let comma = self.comma(last.end..self.span.end - 1);
        let behind = comma.map_or(last.end, |comma| comma + 1);
        let line_end = remark_end(self.text, behind);
        let (Some(indent), Some(line_end)) = (self.indent(last), line_end) else {
            return vec![Splice::new(last.end..last.end, format!(", {new}"))];
        };
        // Each member has a line of its own, and perhaps a remark behind it.
        if comma.is_some() {
            return vec![Splice::new(line_end..line_end, format!("{eol}{indent}{new},"))];
        }
        vec![Splice::new(last.end..last.end, ","), Splice::new(line_end..line_end, format!("{eol}{indent}{new}"))]
    }

    /// Adds a member before another one.
    pub(crate) fn insert(&self, before: usize, new: &str, eol: &str) -> Splice {
        let next = &self.members[before];
        match self.indent(next) {
            Some(indent) => {
                let start = line_start(self.text, next.start);
                Splice::new(start..start, format!("{indent}{new},{eol}"))
            }
            None => Splice::new(next.start..next.start, format!("{new}, ")),
        }
    }

    /// Removes a member. Its comma goes with it, remarks stay.
    pub(crate) fn remove(&self, at: usize) -> Vec<Splice> {
        let member = self.members[at].clone();
        let next = self.members.get(at + 1).map_or(self.span.end - 1, |next| next.start);
        if let Some(comma) = self.comma(member.end..next) {
            if !self.text[member.end..comma].trim_matches([' ', '\t']).is_empty() {
                return vec![Splice::new(member, ""), Splice::new(comma..comma + 1, "")];
            }
            let both = member.start..comma + 1;
            let with_blanks = both.start..blanks_end(self.text, both.end);
            return vec![Splice::new(self.whole_line(&both).unwrap_or(with_blanks), "")];
        }
        let before = at.checked_sub(1).map(|before| self.members[before].end);
        let span = match before {
            // The comma before it may stay where lines are broken: remarks may stand between.
            Some(before) if !self.text[before..member.start].contains('\n') => before..member.end,
            _ => self.whole_line(&member).unwrap_or(member),
        };
        vec![Splice::new(span, "")]
    }

    fn first(&self, new: &str) -> Splice {
        let inside = self.span.start + 1..self.span.end - 1;
        let is_empty = self.text[inside.clone()].trim_matches([' ', '\t']).is_empty();
        let span = if is_empty { inside } else { inside.start..inside.start };
        match self.text[self.span.clone()].starts_with('{') {
            true => Splice::new(span, format!(" {new} ")),
            false => Splice::new(span, new),
        }
    }

    /// Blanks before a member that begins a line of its own.
    fn indent(&self, member: &Range<usize>) -> Option<&str> {
        let start = line_start(self.text, member.start);
        let before = &self.text[start..member.start];
        (start > self.span.start && before.trim_matches([' ', '\t']).is_empty()).then_some(before)
    }

    /// The lines that a member has for itself, with their end.
    fn whole_line(&self, member: &Range<usize>) -> Option<Range<usize>> {
        self.indent(member)?;
        let end = blanks_end(self.text, member.end);
        let rest = &self.text[end..];
        let eol = rest.len() - rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?.len();
        Some(line_start(self.text, member.start)..end + eol)
    }

    /// The comma in a place between two members, where only blanks and remarks stand besides.
    fn comma(&self, between: Range<usize>) -> Option<usize> {
        let mut at = between.start;
        for line in self.text[between].split_inclusive('\n') {
            let code = line.split('#').next().unwrap_or_default();
            if let Some(comma) = code.find(',') {
                return Some(at + comma);
            }
            at += line.len();
        }
        None
    }
}

/// Where a line ends behind a value, with its remark; none where something else stands there.
fn remark_end(text: &str, behind: usize) -> Option<usize> {
    let at = blanks_end(text, behind);
    let rest = text[at..].split('\n').next().unwrap_or_default();
    let rest = rest.strip_suffix('\r').unwrap_or(rest);
    match rest.chars().next() {
        None => Some(behind),
        Some('#') => Some(at + rest.len()),
        Some(_) => None,
    }
}
