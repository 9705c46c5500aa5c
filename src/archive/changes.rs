//! When each document was last changed: `content/changes.lock`.
//!
//! Harvesters and feed readers ask what is new, and a page's own date does not say it: a letter of 1950 may be corrected
//! today. A build knows no clock, and a file's time of change is lost by every copy. So the day on which a document was
//! first published as it now is stands in a file that lies with the archive, beside a digest of the document. `fonds publish`
//! writes it, and asks the clock only for a document whose digest is new. A build asks no clock at all: what was edited since
//! keeps its day until it is published, and what is new has none. So two builds are the same bytes, on any day and any machine.
//!
//! One line a document, by id, so that two people's changes merge: `id day digest`; of two lines the later day counts. The
//! day is that of UTC; where `SOURCE_DATE_EPOCH` is set (reproducible-builds.org), it stands in for the clock.

use std::collections::BTreeMap;

use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::folder::Folder;
use crate::{file, fixity};

/// Its path from the archive's root.
pub(crate) const FILE: &str = "content/changes.lock";

const HEAD: &str = "# When each document was last changed: its id, the day, a digest of the document. fonds publish writes it; keep it with\n\
                    # the archive, so that harvesters and feeds can tell what is new.\n";

/// A document as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Print([u8; 32]);

impl Print {
    /// The digest of a document's text, or of the record alone where the text is withheld.
    pub(crate) fn of(text: &str) -> Self {
        Self(fixity::sha256(text.as_bytes()))
    }

    /// Half of the digits tell two texts apart, and keep a line short.
    fn hex(self) -> String {
        fixity::hex_text(&self.0)[..32].to_string()
    }
}

/// A document as it is now, and the day since when.
#[derive(Debug, Clone)]
pub(crate) struct Stamp {
    /// Its index in the archive.
    pub document: usize,
    /// Its digest.
    pub print: Print,
    /// Absent where it was not published yet, and is not now.
    pub day: Option<String>,
    /// Its sections as content/ids.lock has them; absent where the text has faults.
    pub sections: Option<String>,
}

/// What the account is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    /// What is new is published today.
    Written,
    /// Nothing is written down, and the clock is not asked.
    Read,
}

/// What is known of changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// By id, the day and the digest.
    known: BTreeMap<String, (String, String)>,
    /// The day of what is published now.
    today: Option<String>,
}

impl Changes {
    /// Reads the account of an archive.
    pub(crate) fn read(root: &Folder, account: Account, report: &mut Report) -> Self {
        let text = match root.has(FILE) {
            true => file::read_text(root, FILE).unwrap_or_else(|fault| {
                report.push(fault);
                String::new()
            }),
            false => String::new(),
        };
        Self { today: (account == Account::Written).then(today), ..Self::parse(&text, report) }
    }

    /// Reads the text of the account.
    pub(crate) fn parse(text: &str, report: &mut Report) -> Self {
        let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        {
            let parts: Vec<&str> = line.split_whitespace().collect();
            match parts[..] {
                [id, day, print] if is_day(day) => {
                    let line = (day.to_string(), print.to_string());
                    let known: &mut (String, String) = known.entry(id.to_string()).or_insert_with(|| line.clone());
                    if line.0 > known.0 {
                        *known = line;
                    }
                }
                _ => report.push(Diagnostic::error(ArchiveMessage::ChangesLine { line: at + 1 }).in_file(FILE)),
            }
        }
        Self { known, today: None }
    }

    /// The day on which a document was published as it is, or is published now. In a build that publishes nothing, the day on
    /// which it was published last; `None` for what never was.
    pub(crate) fn day(&self, id: &str, print: Print) -> Option<&str> {
        match (self.known.get(id), &self.today) {
            (Some((day, digest)), _) if *digest == print.hex() => Some(day),
            (_, Some(today)) => Some(today),
            (_, None) => self.published(id),
        }
    }

    /// The day on which a document was last published with a change.
    pub(crate) fn published(&self, id: &str) -> Option<&str> {
        self.known.get(id).map(|(day, _)| day.as_str())
    }

    /// Whether a document that was published under this id was the same, byte for byte.
    pub(crate) fn knows(&self, id: &str, print: Print) -> bool {
        self.known.get(id).is_some_and(|(_, digest)| *digest == print.hex())
    }

    /// The file with the days of all documents, each by its id; none where that changes nothing.
    pub(crate) fn with<'a>(&self, documents: impl Iterator<Item = (&'a str, &'a str, Print)>) -> Option<String> {
        let now: BTreeMap<String, (String, String)> =
            documents.map(|(id, day, print)| (id.to_string(), (day.to_string(), print.hex()))).collect();
        if now == self.known {
            return None;
        }
        let mut text = HEAD.to_string();
        for (id, (day, print)) in &now {
            text.push_str(&format!("{id} {day} {print}\n"));
        }
        Some(text)
    }
}

/// Whether a text is a day, as `2026-11-29`.
pub(super) fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10
}

/// Today, or the day that `SOURCE_DATE_EPOCH` says.
pub(crate) fn today() -> String {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let now = epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()).unwrap_or_else(jiff::Timestamp::now);
    now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_as_it_was_keeps_its_day() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Folder::open(folder.path()).expect("a folder");
        let write = |text: &str| {
            std::fs::create_dir_all(folder.path().join("content")).expect("made");
            std::fs::write(folder.path().join(FILE), text).expect("written");
        };
        let mut report = Report::new();
        assert_eq!(Changes::read(&root, Account::Read, &mut report).day("a", Print::of("x")), None);
        let print = Print::of("x");
        let line = format!("# words\na 2001-02-03 {}\nold 1999-01-01 00\n", print.hex());
        write(&line);
        let changes = Changes::read(&root, Account::Read, &mut report);
        assert_eq!(changes.day("a", print), Some("2001-02-03"));
        assert_eq!(changes.day("a", Print::of("y")), Some("2001-02-03"), "published last");
        let changes = Changes::read(&root, Account::Written, &mut report);
        assert_eq!(changes.day("a", print), Some("2001-02-03"));
        let now = changes.day("a", Print::of("y")).expect("kept").to_string();
        assert!(now.as_str() > "2026-01-01", "{now}");
        write(&changes.with([("a", now.as_str(), Print::of("y"))].into_iter()).expect("changed"));
        let again = Changes::read(&root, Account::Written, &mut report);
        assert_eq!(again.day("a", Print::of("y")), Some(now.as_str()));
        assert!(report.is_empty());
        write("a 2001-02-03 00\na 2001-02-05 01\na 2001-02-04 02\n");
        let merged = Changes::read(&root, Account::Read, &mut report);
        assert_eq!(merged.day("a", print), Some("2001-02-05"));
        write("a yesterday 00\n");
        Changes::read(&root, Account::Read, &mut report);
        assert!(report.has_errors());
    }
}
