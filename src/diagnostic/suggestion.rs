//! Changes that would mend a fault.

use std::ops::Range;

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::Source;

/// How sure a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It is what was meant: `fonds check --fix` may write it.
    Certain,
    /// It is most likely what was meant; a person decides.
    Likely,
}

/// A change of one span of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Path from the archive's root.
    pub file: String,
    /// Bytes of the file that it replaces.
    pub span: Range<usize>,
    /// What stands there instead.
    pub replacement: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Line and column where the span begins, from 1, in characters.
    pub start: (usize, usize),
    /// Line and column behind its last character.
    pub end: (usize, usize),
}

impl Suggestion {
    /// A change of a span of a text. What stays the same at both ends is no part of it.
    pub fn new(source: Source<'_>, span: Range<usize>, replacement: &str, certainty: Certainty) -> Self {
        let written = source.text.get(span.clone()).unwrap_or_default();
        let pairs = |(one, two): &(char, char)| one == two;
        let same: usize =
            written.chars().zip(replacement.chars()).take_while(pairs).map(|(one, _)| one.len_utf8()).sum();
        let rests = written[same..].chars().rev().zip(replacement[same..].chars().rev());
        let behind: usize = rests.take_while(pairs).map(|(one, _)| one.len_utf8()).sum();
        let span = span.start + same..span.end - behind;
        let replacement = replacement[same..replacement.len() - behind].to_string();
        let at = |byte: usize| {
            let place = source.place(byte..byte);
            (place.line, place.column)
        };
        let (start, end) = (at(span.start), at(span.end));
        Self { file: source.file.to_string(), span, replacement, certainty, start, end }
    }

    /// Whether it may be written without asking what was meant.
    pub fn is_certain(&self) -> bool {
        self.certainty == Certainty::Certain
    }
}

impl Serialize for Suggestion {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Suggestion", 7)?;
        object.serialize_field("file", &self.file)?;
        object.serialize_field("start_line", &self.start.0)?;
        object.serialize_field("start_column", &self.start.1)?;
        object.serialize_field("end_line", &self.end.0)?;
        object.serialize_field("end_column", &self.end.1)?;
        object.serialize_field("replacement", &self.replacement)?;
        object.serialize_field("certain", &self.is_certain())?;
        object.end()
    }
}
