//! Editions: what was published, and when.
//!
//! To publish is an act: a person decides that the archive, as it is, may be cited. Each such act that changes what the world
//! sees has a number, a day and, where it was said, a reason. Editions stand first in `content/ids.lock`, one a line:
//!
//! ```text
//! edition 3 2026-11-29 wrong date in the notice of 1950
//! ```
//!
//! Two people who publish on two branches both make an edition with the same number. A merge keeps both lines, for both were
//! published; the next edition has the next number.

use std::fmt;

use super::day::is_day;

/// How the line of an edition begins.
const WORD: &str = "edition";

/// What tells one edition from others: its number, and its day where two have the same number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// From 1 on.
    pub number: u32,
    /// The day (UTC) of its publication.
    pub day: String,
}

impl Name {
    /// The place of an edition on a page of changes.
    pub(crate) fn anchor(&self) -> String {
        format!("e{}-{}", self.number, self.day)
    }

    /// Reads a name.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (number, day) = text.split_once('@')?;
        let number = number.parse().ok().filter(|number| *number > 0)?;
        is_day(day).then(|| Self { number, day: day.to_string() })
    }
}

/// As `content/changes.lock` has it: `3@2026-11-29`.
impl fmt::Display for Name {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}@{}", self.number, self.day)
    }
}

/// Something that was published at once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// From 1 on.
    pub number: u32,
    /// The day (UTC) of its publication, as `2026-11-29`.
    pub day: String,
    /// Why it was published, in one line; empty where nobody said it.
    pub because: String,
}

impl Edition {
    /// Its number and day.
    pub(crate) fn name(&self) -> Name {
        Name { number: self.number, day: self.day.clone() }
    }

    /// The edition that comes after others.
    pub(crate) fn after(editions: &[Self], day: String, because: &str) -> Self {
        let number = editions.iter().map(|edition| edition.number).max().unwrap_or(0).saturating_add(1);
        Self { number, day, because: because.split_whitespace().collect::<Vec<_>>().join(" ") }
    }

    /// Whether a line of the ledger is meant to be one of an edition: an address ends in `/`.
    pub(super) fn is_meant(line: &str) -> bool {
        line.split_whitespace().next() == Some(WORD)
    }

    /// Reads a line of the ledger.
    pub(super) fn read(line: &str) -> Option<Self> {
        let mut parts = line.strip_prefix(WORD)?.trim_start().splitn(3, ' ');
        let (number, day) = (parts.next()?.parse().ok()?, parts.next()?);
        let because = parts.next().unwrap_or_default().trim();
        (number > 0 && is_day(day)).then(|| Self { number, day: day.to_string(), because: because.to_string() })
    }
}

/// As it stands in the ledger.
impl fmt::Display for Edition {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, day, because } = self;
        let space = if because.is_empty() { "" } else { " " };
        write!(to, "{WORD} {number} {day}{space}{because}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        for line in ["edition 1 2026-11-29", "edition 12 2026-11-30 改正 two dates/ x"] {
            assert_eq!(Edition::read(line).map(|edition| edition.to_string()).as_deref(), Some(line));
        }
        for line in ["edition 0 2026-11-29", "edition 1", "edition x 2026-11-29", "edition 1 yesterday", "edition/ x"] {
            assert_eq!(Edition::read(line), None, "{line}");
        }
        assert!(!Edition::is_meant("edition/ edition full") && Edition::is_meant("edition"));
    }

    #[test]
    fn the_next_has_the_next_number() {
        let first = Edition::after(&[], "2026-11-29".to_string(), " in\none  line ");
        assert_eq!(first.to_string(), "edition 1 2026-11-29 in one line");
        let twice = [first.clone(), Edition { day: "2026-11-30".to_string(), ..first }];
        assert_eq!(Edition::after(&twice, "2026-12-01".to_string(), "").number, 2);
    }
}
