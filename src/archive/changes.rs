//! When each document was last changed, and in which editions: `content/changes.lock`.
//!
//! Harvesters and feed readers ask what is new, and a page's own date does not say it: a letter of 1950 may be corrected
//! today. A build knows no clock, and a file's time of change is lost by every copy. So the day on which a document was
//! first published as it now is stands in a file that lies with the archive, beside a digest of what readers see of it
//! ([`super::history`]). `fonds publish` writes it, and asks the clock only for a document whose digest is new. A build asks no
//! clock at all: what was edited since keeps its day until it is published, and what is new has none. So two builds are the
//! same bytes, on any day and any machine.
//!
//! One line a document, by id, so that two people's changes merge: `id day digest`, and the editions that changed it, the first of
//! which brought it: `1@2026-11-02 3@2026-11-29`. Of two lines of one id, as a merge leaves them, the later day counts, and all
//! editions. The day is that of UTC; where `SOURCE_DATE_EPOCH` is set (reproducible-builds.org), it stands in for the clock.

use std::collections::{BTreeMap, BTreeSet};

use super::day::is_day;
use super::edition::{Edition, Name};
use super::ids::Ids;
use super::withdrawn::Withdrawn;
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::folder::Folder;
use crate::{file, fixity};

/// Its path from the archive's root.
pub(crate) const FILE: &str = "content/changes.lock";

const HEAD: &str = "# When each document was last changed: its id, the day, a digest of what readers see, the editions that changed it.\n\
                    # fonds publish writes it; keep it with the archive, so that harvesters and feeds can tell what is new.\n";

/// What readers see of a document, as a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Print([u8; 32]);

impl Print {
    /// From the SHA-256 of all that they see.
    pub(crate) fn new(sha256: [u8; 32]) -> Self {
        Self(sha256)
    }

    /// Half of the digits tell two texts apart, and keep a line short.
    pub(crate) fn hex(self) -> String {
        fixity::hex_text(&self.0)[..32].to_string()
    }
}

/// A document as it is now, and since when.
#[derive(Debug, Clone)]
pub(crate) struct Stamp {
    /// Its index in the archive.
    pub document: usize,
    /// Its digest.
    pub print: Print,
    /// When it became so.
    pub since: Since,
    /// Its sections as content/ids.lock has them; absent where the text has faults.
    pub sections: Option<String>,
    /// Its list of changes, where the edition that is published adds to it.
    pub changes: Option<String>,
}

/// When a document became what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Since {
    /// The day. Absent where it was not published yet, and is not now.
    pub day: Option<String>,
    /// The editions that changed it, the first of which brought it.
    pub editions: BTreeSet<Name>,
    /// Whether it was published before, and the edition that is published now changes it.
    pub is_changed: bool,
    /// Whether what is published differs from it.
    pub is_unpublished: bool,
}

impl Since {
    /// Whether an edition changed the document after the one that brought it.
    pub(crate) fn has_changed(&self) -> bool {
        self.editions.len() > 1
    }

    /// The edition that made a document what it is; none where it was not published so.
    pub(crate) fn edition(&self) -> Option<&Name> {
        self.editions.last().filter(|_| !self.is_unpublished)
    }

    /// The edition before that one, which it stands for.
    pub(crate) fn replaced(&self) -> Option<&Name> {
        self.editions.iter().rev().nth(1).filter(|_| !self.is_unpublished)
    }
}

/// What was published of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Known {
    day: String,
    /// The digest; several where branches came together.
    prints: BTreeSet<String>,
    editions: BTreeSet<Name>,
    /// The last edition of each branch.
    last: BTreeSet<Option<Name>>,
}

/// What is known of changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// By id.
    known: BTreeMap<String, Known>,
    /// The edition that is published now.
    coming: Option<Edition>,
    /// Whether it is written down, and not only tried out.
    keeps: bool,
    /// All editions before it.
    editions: Vec<Edition>,
    /// What was withdrawn.
    withdrawn: Vec<Withdrawn>,
}

impl Changes {
    /// Reads the account of an archive.
    pub(crate) fn read(root: &Folder, report: &mut Report) -> Self {
        let text = match root.has(FILE) {
            true => file::read_text(root, FILE).unwrap_or_else(|fault| {
                report.push(fault);
                String::new()
            }),
            false => String::new(),
        };
        Self::parse(&text, report)
    }

    /// Reads the text of the account.
    pub(crate) fn parse(text: &str, report: &mut Report) -> Self {
        let mut known: BTreeMap<String, Known> = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
        {
            match read_line(line) {
                Some((id, line)) => known.entry(id.to_string()).or_default().join(line),
                None => report.push(Diagnostic::error(ArchiveMessage::ChangesLine { line: at + 1 }).in_file(FILE)),
            }
        }
        Self { known, ..Self::default() }
    }

    /// The same with what the ledger names: the editions, and what was withdrawn.
    pub(crate) fn among(self, ids: &Ids) -> Self {
        Self { editions: ids.editions().to_vec(), withdrawn: ids.withdrawn().cloned().collect(), ..self }
    }

    /// What was withdrawn, in the order of addresses and days.
    pub(crate) fn withdrawn(&self) -> &[Withdrawn] {
        &self.withdrawn
    }

    /// The editions that were published, in their order.
    pub(crate) fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The same while an edition is published: what differs from what was published changes today.
    pub(crate) fn publishing(self, coming: Edition, keeps: bool) -> Self {
        Self { coming: Some(coming), keeps, ..self }
    }

    /// Whether that edition is written down.
    pub(crate) fn keeps(&self) -> bool {
        self.keeps
    }

    /// The edition that is published now.
    pub(crate) fn coming(&self) -> Option<&Edition> {
        self.coming.as_ref()
    }

    /// Since when a document is as it is. In a build that publishes nothing, since when it is as it was published last.
    pub(crate) fn since(&self, id: &str, print: Print) -> Since {
        let known = self.known.get(id);
        let mut since = Since {
            day: known.map(|known| known.day.clone()),
            editions: known.map(|known| known.editions.clone()).unwrap_or_default(),
            is_changed: false,
            is_unpublished: !self.knows(id, print),
        };
        if let Some(coming) = self.coming.as_ref().filter(|_| since.is_unpublished) {
            since.day = Some(coming.day.clone());
            since.editions.insert(coming.name());
            (since.is_changed, since.is_unpublished) = (known.is_some(), false);
        }
        since
    }

    /// Since when a document was as it was published last.
    pub(crate) fn last(&self, id: &str) -> Since {
        let Some(known) = self.known.get(id) else { return Since::default() };
        Since { day: Some(known.day.clone()), editions: known.editions.clone(), ..Since::default() }
    }

    /// The day on which a document was last published with a change.
    pub(crate) fn published(&self, id: &str) -> Option<&str> {
        self.known.get(id).map(|known| known.day.as_str())
    }

    /// Whether a document that was published under this id was the same to its readers.
    pub(crate) fn knows(&self, id: &str, print: Print) -> bool {
        self.known.get(id).is_some_and(|known| known.prints.len() == 1 && known.prints.contains(&print.hex()))
    }

    /// The digests of what was published under an id: several where branches came together.
    pub(crate) fn prints(&self, id: &str) -> impl Iterator<Item = &str> {
        self.known.get(id).into_iter().flat_map(|known| known.prints.iter().map(String::as_str))
    }

    /// The ids of all documents that were published.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// The number of the edition from which on branches that came together may have published apart.
    pub(crate) fn apart_since(&self, id: &str) -> Option<u32> {
        let known = self.known.get(id)?;
        known.last.iter().map(|last| last.as_ref().map_or(0, |name| name.number)).min()
    }

    /// The file with all documents, each by its id; none where that changes nothing.
    pub(crate) fn with<'a>(&self, documents: impl Iterator<Item = (&'a str, &'a Since, Print)>) -> Option<String> {
        let mut now: BTreeMap<String, Known> = BTreeMap::new();
        for (id, since, print) in documents {
            let Some(day) = since.day.clone() else { continue };
            let (prints, last) = (BTreeSet::from([print.hex()]), BTreeSet::from([since.editions.last().cloned()]));
            now.insert(id.to_string(), Known { day, prints, editions: since.editions.clone(), last });
        }
        if now == self.known {
            return None;
        }
        let mut text = HEAD.to_string();
        for (id, known) in &now {
            let print = known.prints.first().map_or("", String::as_str);
            text.push_str(&format!("{id} {} {print}", known.day));
            for name in &known.editions {
                text.push_str(&format!(" {name}"));
            }
            text.push('\n');
        }
        Some(text)
    }
}

impl Known {
    /// Takes in another line of the same id.
    fn join(&mut self, other: Self) {
        self.day = std::mem::take(&mut self.day).max(other.day);
        self.prints.extend(other.prints);
        self.editions.extend(other.editions);
        self.last.extend(other.last);
    }
}

fn read_line(line: &str) -> Option<(&str, Known)> {
    let mut parts = line.split_whitespace();
    let (id, day, print) = (parts.next()?, parts.next().filter(|day| is_day(day))?, parts.next()?);
    let editions: BTreeSet<Name> = parts.map(Name::read).collect::<Option<_>>()?;
    let last = BTreeSet::from([editions.last().cloned()]);
    Some((id, Known { day: day.to_string(), prints: BTreeSet::from([print.to_string()]), editions, last }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(words: &str) -> Print {
        Print::new(fixity::sha256(words.as_bytes()))
    }

    fn read(text: &str) -> (Changes, bool) {
        let mut report = Report::new();
        let changes = Changes::parse(text, &mut report);
        (changes, report.has_errors())
    }

    fn edition(number: u32) -> Edition {
        Edition { number, day: "2026-12-03".to_string(), because: String::new() }
    }

    #[test]
    fn a_document_that_is_as_it_was_keeps_its_day() {
        let (x, y) = (print("x"), print("y"));
        assert_eq!(Changes::default().since("a", x).day, None);
        let (changes, _) = read(&format!("# words\na 2001-02-03 {} 1@2001-02-03\nold 1999-01-01 00\n", x.hex()));
        let same = changes.since("a", x);
        assert_eq!((same.day.as_deref(), same.is_unpublished), (Some("2001-02-03"), false));
        let edited = changes.since("a", y);
        assert_eq!((edited.day.as_deref(), edited.is_unpublished), (Some("2001-02-03"), true), "published last");
        let changes = changes.publishing(edition(2), true);
        assert_eq!(changes.since("a", x), same);
        let now = changes.since("a", y);
        assert_eq!((now.day.as_deref(), now.is_changed, now.editions.len()), (Some("2026-12-03"), true, 2));
        let new = changes.since("b", y);
        assert_eq!((new.day.as_deref(), new.is_changed, new.editions.len()), (Some("2026-12-03"), false, 1));
        let text = changes.with([("a", &now, y)].into_iter()).expect("changed");
        assert!(text.contains(&format!("\na 2026-12-03 {} 1@2001-02-03 2@2026-12-03\n", y.hex())), "{text}");
        let again = read(&text).0;
        assert_eq!(again.with([("a", &again.since("a", y), y)].into_iter()), None);
    }

    #[test]
    fn both_sides_of_a_merge_count() {
        let (x, y) = (print("x"), print("y"));
        let lines = format!(
            "a 2001-02-03 {} 1@2001-01-01 2@2001-02-03\na 2001-02-05 {} 1@2001-01-01 2@2001-02-05\n",
            x.hex(),
            y.hex()
        );
        let (merged, _) = read(&lines);
        let since = merged.since("a", x);
        assert_eq!((since.day.as_deref(), since.editions.len(), since.is_unpublished), (Some("2001-02-05"), 3, true));
        assert_eq!((merged.prints("a").count(), merged.apart_since("a")), (2, Some(2)));
    }

    #[test]
    fn damage_is_told() {
        for line in ["a yesterday 00", "a 2001-02-03", "a 2001-02-03 00 0@2001-02-03", "a 2001-02-03 00 1@then"] {
            assert!(read(line).1, "{line}");
        }
    }
}
