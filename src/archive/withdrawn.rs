//! Documents that were rightly published and were withdrawn since, because somebody asked for it.
//!
//! The address stays and answers; the text goes. What was withdrawn, when, and for what kind of reason is public: an archive
//! that takes something out of its holdings owes its readers an account of it. In `content/ids.lock` a line says so:
//!
//! ```text
//! withdrawn laws/notice/ 2026-12-03 privacy : asked for by the family
//! ```
//!
//! That is the folder in the site, the day (UTC), the kind, and a note where there is one. The line stays when the document is
//! opened again, and when it moves.

use std::collections::BTreeMap;
use std::fmt;

use super::Archive;
use super::day::is_day;
use super::former::Reason;
use crate::text::anchor::is_id;

/// How its line begins.
const WORD: &str = "withdrawn";

/// What stands before the note.
const NOTE: &str = " : ";

/// Why a document was withdrawn: a closed list, so that readers can tell how many there are of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// It says too much of somebody.
    Privacy,
    /// Somebody else holds rights in it.
    Rights,
    /// An authority ordered it.
    Order,
    /// It was not what it was published as.
    Error,
    /// None of these.
    Other,
}

impl Kind {
    /// All of them, in the order in which they are listed.
    pub(crate) const ALL: [Self; 5] = [Self::Privacy, Self::Rights, Self::Order, Self::Error, Self::Other];

    /// The word in the ledger.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::Rights => "rights",
            Self::Order => "order",
            Self::Error => "error",
            Self::Other => "other",
        }
    }

    /// The string that names it.
    pub(crate) fn key(self) -> String {
        format!("withdrawn_{}", self.word())
    }

    /// The string that says it in a sentence: a record's note where a person gives none.
    pub(crate) fn reason_key(self) -> String {
        format!("withdrawn_because_{}", self.word())
    }

    fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// That a document was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Withdrawn {
    /// The folder in the site that it had then, without a closing `/`.
    pub address: String,
    /// The day on which it was withdrawn, as `2026-12-03`.
    pub day: String,
    /// Why.
    pub kind: Kind,
    /// Why, in one line; may be empty.
    pub note: String,
}

impl Withdrawn {
    /// Whether a line of the ledger is meant to be one.
    pub(super) fn is_meant(line: &str) -> bool {
        line.split_whitespace().next() == Some(WORD)
    }

    /// Reads a line of the ledger.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (words, note) = line.split_once(NOTE).unwrap_or((line, ""));
        let mut words = words.strip_prefix(WORD)?.split_whitespace();
        let (address, day, kind) = (words.next()?.strip_suffix('/')?, words.next()?, words.next()?);
        let is_whole = words.next().is_none() && address.split('/').all(is_id) && is_day(day);
        let (address, day, note) = (address.to_string(), day.to_string(), note.trim().to_string());
        Kind::read(kind).filter(|_| is_whole).map(|kind| Self { address, day, kind, note })
    }
}

/// Each withdrawal with its document by its index in the archive, where there still is one.
pub(crate) fn with_documents<'w>(archive: &Archive, withdrawn: &'w [Withdrawn]) -> Vec<(Option<usize>, &'w Withdrawn)> {
    if withdrawn.is_empty() {
        return Vec::new();
    }
    let documents = archive.documents.iter().enumerate();
    let live: BTreeMap<&str, usize> = documents.map(|(at, entry)| (entry.directory.as_str(), at)).collect();
    let moved = |address: &str| {
        let former = archive.former.get(address).filter(|former| former.reason == Reason::Moved);
        former.map(|former| former.document)
    };
    let document = |address: &str| live.get(address).copied().or_else(|| moved(address));
    withdrawn.iter().map(|line| (document(&line.address), line)).collect()
}

/// As it stands in the ledger.
impl fmt::Display for Withdrawn {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, day, kind, note } = self;
        let before = if note.is_empty() { "" } else { NOTE };
        write!(to, "{WORD} {address}/ {day} {}{before}{note}", kind.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_written() {
        for line in ["withdrawn laws/old/ 2026-12-03 privacy", "withdrawn laws/old/ 2026-12-03 other : 家属 : 请求"]
        {
            assert_eq!(Withdrawn::read(line).map(|line| line.to_string()).as_deref(), Some(line));
        }
        for line in [
            "withdrawn laws/old/ 2026-12-03",
            "withdrawn laws/old/ 2026-12-03 whim",
            "withdrawn laws/old/ 2026-12-03 privacy rights",
            "withdrawn laws/old 2026-12-03 privacy",
            "withdrawn ../old/ 2026-12-03 privacy",
            "withdrawn laws/old/ then privacy",
        ] {
            assert_eq!(Withdrawn::read(line), None, "{line}");
        }
        assert!(!Withdrawn::is_meant("withdrawn/ withdrawn full"));
    }
}
