//! Addresses that were published and taken back: they answer with a tombstone.
//!
//! Now and then an address was published by mistake: a sample document, a misspelled folder. `fonds forget` takes the promise
//! back, by a person's decision and with the reason. What was published cannot be called in from those who have it, so the
//! address does not fall silent: a page there says that it was taken back, when, and why. In `content/ids.lock` a line says so:
//!
//! ```text
//! forgotten laws/old/ 2026-12-03 index editions full s1 : published by mistake
//! ```
//!
//! That is the folder in the site, the day (UTC), the pages or sections, and the reason.

use std::fmt;

use super::day::is_day;
use super::reserved::{EDITIONS, INDEX};
use crate::text::anchor::is_id;

/// How its line begins.
const WORD: &str = "forgotten";

/// What stands before the reason.
const BECAUSE: &str = " : ";

/// An address, or sections of it, that were taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Forgotten {
    /// The folder in the site, without a closing `/`.
    pub address: String,
    /// The day on which it was taken back, as `2026-12-03`.
    pub day: String,
    /// `index` where all of it was, and the names of sections and pages.
    pub names: Vec<String>,
    /// Why, in one line.
    pub because: String,
}

impl Forgotten {
    /// All of an address with its sections, or one section of it.
    pub(super) fn new<'a>(
        address: &str,
        sections: impl Iterator<Item = &'a str>,
        is_whole: bool,
        day: String,
        because: &str,
    ) -> Self {
        let mut names: Vec<String> = sections.map(str::to_string).collect();
        names.dedup();
        if is_whole {
            names.splice(0..0, [INDEX, EDITIONS].map(str::to_string));
        }
        let because = because.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { address: address.to_string(), day, names, because }
    }

    /// Whether a line of the ledger is meant to be one.
    pub(super) fn is_meant(line: &str) -> bool {
        line.split_whitespace().next() == Some(WORD)
    }

    /// Reads a line of the ledger.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (words, because) = line.split_once(BECAUSE)?;
        let mut words = words.strip_prefix(WORD)?.split_whitespace();
        let (address, day) = (words.next()?.strip_suffix('/')?, words.next()?);
        let names: Vec<String> = words.map(str::to_string).collect();
        let is_whole = address.split('/').all(is_id)
            && is_day(day)
            && !names.is_empty()
            && names.iter().all(|name| name == INDEX || is_id(name));
        let (address, day, because) = (address.to_string(), day.to_string(), because.trim().to_string());
        (is_whole && !because.is_empty()).then_some(Self { address, day, names, because })
    }
}

/// As it stands in the ledger.
impl fmt::Display for Forgotten {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{WORD} {}/ {} {}{BECAUSE}{}", self.address, self.day, self.names.join(" "), self.because)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let line = "forgotten laws/old/ 2026-12-03 index full s1 : 误发 : 样例";
        assert_eq!(Forgotten::read(line).map(|line| line.to_string()).as_deref(), Some(line));
        for line in [
            "forgotten laws/old/ 2026-12-03 index",
            "forgotten laws/old/ 2026-12-03 index : ",
            "forgotten laws/old/ 2026-12-03 : why",
            "forgotten laws/old 2026-12-03 index : why",
            "forgotten ../old/ 2026-12-03 index : why",
            "forgotten laws/old/ then index : why",
            "forgotten laws/old/ 2026-12-03 a/b : why",
        ] {
            assert_eq!(Forgotten::read(line), None, "{line}");
        }
    }
}
