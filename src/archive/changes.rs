//! When each document was last changed: `content/changes.lock`.
//!
//! Harvesters and feed readers ask what is new, and a page's own date does not say it: a letter of 1950 may be corrected
//! today. A build knows no clock, and a file's time of change is lost by every copy. So the day on which a build first saw
//! a document as it now is stands in a file that lies with the archive, beside a digest of the document; only for a
//! document whose digest is new is the clock asked. With the file at hand two builds are the same bytes, on any day and
//! any machine. It is kept where catalogues are made, that is where the site's address is known, or where it lies already.
//!
//! One line a document, by id, so that two people's changes merge: `id day digest`. The day is that of UTC; where
//! `SOURCE_DATE_EPOCH` is set (reproducible-builds.org), it stands in for the clock.

use std::collections::BTreeMap;

use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::folder::Folder;
use crate::{file, fixity};

/// Its path from the archive's root.
pub(crate) const FILE: &str = "content/changes.lock";

const HEAD: &str = "# When each document was last changed: its id, the day, a digest of the document. fonds build writes it; keep it with\n\
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
    /// Absent where no account of changes is kept.
    pub day: Option<String>,
    /// Its sections as content/ids.lock has them; absent where the text has faults.
    pub sections: Option<String>,
}

/// Whether an archive that keeps no account of changes is to keep one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    /// An empty one is begun.
    Begun,
    /// Only one that is there is kept.
    Continued,
}

/// What is known of changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Absent where no account is kept.
    known: Option<BTreeMap<String, (String, String)>>,
    today: String,
}

impl Changes {
    /// Reads the account of an archive.
    pub(crate) fn read(root: &Folder, account: Account, report: &mut Report) -> Self {
        let text = match root.has(FILE) {
            true => match file::read_text(root, FILE) {
                Ok(text) => text,
                Err(fault) => {
                    report.push(fault);
                    return Self::default();
                }
            },
            false if account == Account::Begun => String::new(),
            false => return Self::default(),
        };
        Self::parse(&text, report)
    }

    /// Reads the text of the account.
    pub(crate) fn parse(text: &str, report: &mut Report) -> Self {
        let mut known = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        {
            let parts: Vec<&str> = line.split_whitespace().collect();
            match parts[..] {
                [id, day, print] if is_day(day) => {
                    known.insert(id.to_string(), (day.to_string(), print.to_string()));
                }
                _ => report.push(Diagnostic::error(ArchiveMessage::ChangesLine { line: at + 1 }).in_file(FILE)),
            }
        }
        Self { known: Some(known), today: today() }
    }

    /// The day on which a document became what it is; `None` where no account is kept.
    pub(crate) fn day(&self, id: &str, print: Print) -> Option<&str> {
        let known = self.known.as_ref()?;
        Some(match known.get(id) {
            Some((day, digest)) if *digest == print.hex() => day,
            _ => &self.today,
        })
    }

    /// Whether a document that was published under this id was the same, byte for byte.
    pub(crate) fn knows(&self, id: &str, print: Print) -> bool {
        self.known.as_ref().and_then(|known| known.get(id)).is_some_and(|(_, digest)| *digest == print.hex())
    }

    /// The file with the days of all documents, each by its id; none where that changes nothing, or no account is kept.
    pub(crate) fn with<'a>(
        &self,
        root: &Folder,
        documents: impl Iterator<Item = (&'a str, &'a str, Print)>,
    ) -> Option<String> {
        let known = self.known.as_ref()?;
        let now: BTreeMap<String, (String, String)> =
            documents.map(|(id, day, print)| (id.to_string(), (day.to_string(), print.hex()))).collect();
        if now == *known && root.has_file(FILE) {
            return None;
        }
        let mut text = HEAD.to_string();
        for (id, (day, print)) in &now {
            text.push_str(&format!("{id} {day} {print}\n"));
        }
        Some(text)
    }
}

fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10
}

fn today() -> String {
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
        assert_eq!(Changes::read(&root, Account::Continued, &mut report).day("a", Print::of("x")), None);
        let print = Print::of("x");
        let line = format!("# words\na 2001-02-03 {}\nold 1999-01-01 00\n", print.hex());
        write(&line);
        let changes = Changes::read(&root, Account::Continued, &mut report);
        assert_eq!(changes.day("a", print), Some("2001-02-03"));
        let now = changes.day("a", Print::of("y")).expect("kept").to_string();
        assert!(now.as_str() > "2026-01-01", "{now}");
        write(&changes.with(&root, [("a", now.as_str(), Print::of("y"))].into_iter()).expect("changed"));
        let again = Changes::read(&root, Account::Continued, &mut report);
        assert_eq!(again.day("a", Print::of("y")), Some(now.as_str()));
        assert!(report.is_empty());
        write("a yesterday 00\n");
        Changes::read(&root, Account::Begun, &mut report);
        assert!(report.has_errors());
    }
}
