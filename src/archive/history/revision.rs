//! One passage that an edition changed.

use serde::{Deserialize, Serialize};

use crate::archive::day::is_day;
use crate::archive::edition::Name;

/// A line of a list of changes. Its order is that of the list: by day, by edition, by place in the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Revision {
    /// The day (UTC) on which the edition was published.
    pub day: String,
    /// The edition's number.
    pub edition: u32,
    /// Its place among the changes of this edition.
    pub at: u32,
    /// Where in the document, as [`super::snapshot::Line::place`] has it; `*` is all of it.
    pub place: String,
    /// What stood there; absent where something was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands there since; absent where something was taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Why, in one line; empty where nobody said it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// Whether its words are published no more, and so were taken out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_withheld: bool,
}

/// The place that means all of a document.
pub(crate) const ALL: &str = "*";

impl Revision {
    /// Reads a line.
    pub(super) fn read(line: &str) -> Option<Self> {
        let revision: Self = serde_json::from_str(line).ok()?;
        (is_day(&revision.day) && revision.edition > 0 && !revision.place.is_empty()).then_some(revision)
    }

    /// As it stands in the list.
    pub(super) fn line(&self) -> String {
        // Texts and numbers can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same without its words.
    pub(crate) fn without_words(&self) -> Self {
        let (place, because) = (ALL.to_string(), String::new());
        Self { place, before: None, after: None, because, is_withheld: true, ..self.clone() }
    }

    /// The edition that made the change.
    pub(crate) fn name(&self) -> Name {
        Name { number: self.edition, day: self.day.clone() }
    }

    /// Whether both were changed by one edition.
    pub(crate) fn is_of_the_edition_of(&self, other: &Self) -> bool {
        (self.edition, &self.day) == (other.edition, &other.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let line =
            r#"{"day":"2026-12-03","edition":2,"at":0,"place":"s1","before":"甲","after":"乙","because":"误字"}"#;
        assert_eq!(Revision::read(line).map(|revision| revision.line()).as_deref(), Some(line));
        for line in ["", "{}", r#"{"day":"then","edition":2,"at":0,"place":"s1"}"#, "<<<<<<< HEAD"] {
            assert_eq!(Revision::read(line), None, "{line}");
        }
    }
}
