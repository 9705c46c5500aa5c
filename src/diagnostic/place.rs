//! Where a fault is.

use std::ops::Range;

/// A line longer than this many bytes is not kept for showing; up to there the renderer cuts it around the fault.
pub(super) const EXCERPT: usize = 16_384;

/// A place in a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path from the archive's root, with `/`.
    pub file: String,
    /// Line, from 1; 0 when the fault is the whole file.
    pub line: usize,
    /// Column in characters, from 1; 0 when the fault is the whole file.
    pub column: usize,
    /// The line, when there is one of a reasonable length.
    pub(super) excerpt: Option<String>,
    /// Bytes of the fault within the line.
    pub(super) span: Range<usize>,
}

impl Place {
    /// A whole file.
    pub(super) fn whole(file: String) -> Self {
        Self { file, line: 0, column: 0, excerpt: None, span: 0..0 }
    }

    /// The line, where it is of a reasonable length: what stands before the fault, the fault, and what stands after it.
    pub fn excerpt(&self) -> Option<[&str; 3]> {
        let line = self.excerpt.as_deref()?;
        Some([line.get(..self.span.start)?, line.get(self.span.clone())?, line.get(self.span.end..)?])
    }
}

/// A text with the name it is known by in messages.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Path from the archive's root.
    pub file: &'a str,
    /// The whole text.
    pub text: &'a str,
}

impl Source<'_> {
    /// Line, column and excerpt of a span of bytes. A span outside the text, or inside a character, is moved in.
    pub fn place(&self, span: Range<usize>) -> Place {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(span.start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let line = self.text[line_start..line_end].trim_end_matches('\r');
        let end = floor(span.end).clamp(start, line_start + line.len().max(start - line_start));
        // A carriage return before the end of the line is no part of what is shown.
        let shown = |at: usize| (at - line_start).min(line.len());
        Place {
            file: self.file.to_string(),
            line: 1 + self.text[..line_start].matches('\n').count(),
            column: 1 + self.text[line_start..start].chars().count(),
            excerpt: (line.len() <= EXCERPT).then(|| line.to_string()),
            span: shown(start)..shown(end),
        }
    }
}
