//! What of a capture is no part of the text, why, and where its words went.

use std::ops::Range;

pub use crate::diagnostic::messages::WhyDropped;
use crate::diagnostic::phrase::Phrase;

/// A line, or a part of one, that is no part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its line, from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
    /// The reason.
    pub why: WhyDropped,
}

impl WhyDropped {
    /// The reason's stable name: `page-title`.
    pub fn name(self) -> String {
        self.id().trim_start_matches("why-dropped-").to_string()
    }

    /// Whether it was found above the text; what is below it is the page's boilerplate.
    pub fn is_in_head(self) -> bool {
        matches!(
            self,
            Self::PageTitle
                | Self::RepeatedTitle
                | Self::RepeatedAuthor
                | Self::RepeatedNumber
                | Self::NoValue
                | Self::Breadcrumb
                | Self::ViewCounter
                | Self::FontSize
        )
    }
}

/// A line that is no part of the text, and where its words went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Its line, from 1.
    pub line: usize,
    /// The whole line.
    pub text: String,
    /// Ranges of the line, in bytes. What lies outside them may only be space and separators.
    pub pieces: Pieces,
}

/// Ranges of a line in bytes, each with where its words went.
pub(crate) type Pieces = Vec<(Range<usize>, TakenAs)>;

/// Where words that are no part of the text went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakenAs {
    /// They name a field, which the record has.
    Label,
    /// They are a value of the record.
    Record,
    /// They are among the dropped.
    Dropped,
}
