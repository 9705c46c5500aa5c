//! What was published: the ledger of editions and their addresses, `content/ids.lock`.
//!
//! A published address cannot be recalled: it stands in footnotes and letters that the archive does not know of. So `fonds
//! publish` writes down each document's address with the ids of its sections, in a file that is kept with the archive, and
//! holds what it makes against it the next time ([`super::lost`]). A line stays when its document moves, for its address must
//! go on answering; only a person takes one away. A build writes nothing down: it is no promise.
//!
//! The editions come first ([`super::edition`]), what was taken back next ([`super::forgotten`]), then what was withdrawn
//! ([`super::withdrawn`]); then one line an address, in the order of addresses, so that two people's changes merge:
//!
//! ```text
//! laws/notice/ notice full s1 s1-2@s1 s2
//! ```
//!
//! That is the document's folder in the site, its id, and its sections, each with `@` and a page where it does not stand
//! on the page of its own name. `full` is the page of the whole text, which an open text has. Ids of paragraphs are not
//! kept: they come from the words, and a corrected word must not keep anybody from publishing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::edition::Edition;
use super::forgotten::Forgotten;
use super::reserved::FULL;
use super::withdrawn::Withdrawn;
use crate::diagnostic::messages::ArchiveMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::folder::Folder;
use crate::text::anchor::is_id;

/// Its path from the archive's root.
pub(crate) const FILE: &str = "content/ids.lock";

const HEAD: &str = "# What was published: the editions; then a document's folder in the site, its id, its sections (with @ the page,\n\
                    # where it is not the section's own). fonds publish writes it and loses no address; keep it with the archive.\n";

/// What was published at one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublishedAt {
    /// The document's id.
    pub id: String,
    /// Its sections, as they stand in the file.
    pub sections: String,
    /// Where the address stands in the file.
    pub span: Range<usize>,
}

/// Everything that was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ids {
    text: String,
    /// In the order of their numbers; two of one number where two people published apart.
    editions: Vec<Edition>,
    /// What was taken back.
    forgotten: BTreeSet<Forgotten>,
    /// What was withdrawn.
    withdrawn: BTreeSet<Withdrawn>,
    lines: BTreeMap<String, PublishedAt>,
}

impl Ids {
    /// Reads the file of an archive; none is an empty one.
    pub(crate) fn read(root: &Folder, report: &mut Report) -> Self {
        if !root.has(FILE) {
            return Self::default();
        }
        match file::read_text(root, FILE) {
            Ok(text) => Self::parse(text, report),
            Err(fault) => {
                report.push(fault);
                Self::default()
            }
        }
    }

    /// Reads the text of the file.
    pub(crate) fn parse(text: String, report: &mut Report) -> Self {
        let mut lines: BTreeMap<String, PublishedAt> = BTreeMap::new();
        let (mut editions, mut forgotten, mut withdrawn) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let words = line.trim();
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            let is_read = match words {
                _ if Edition::is_meant(words) => Edition::read(words).map(|edition| editions.insert(edition)).is_some(),
                _ if Forgotten::is_meant(words) => Forgotten::read(words).map(|line| forgotten.insert(line)).is_some(),
                _ if Withdrawn::is_meant(words) => Withdrawn::read(words).map(|line| withdrawn.insert(line)).is_some(),
                _ => read_line(words).map(|line| add(&mut lines, line, start)).is_some(),
            };
            if !is_read {
                report.push(damaged(words).at(Source { file: FILE, text: &text }, start..start + words.len()));
            }
        }
        Self { text, editions: editions.into_iter().collect(), forgotten, withdrawn, lines }
    }

    /// All editions, in the order of their numbers.
    pub(crate) fn editions(&self) -> &[Edition] {
        &self.editions
    }

    /// The last edition.
    pub(crate) fn last_edition(&self) -> Option<&Edition> {
        self.editions.last()
    }

    /// What was taken back, in the order of addresses.
    pub(crate) fn forgotten(&self) -> impl Iterator<Item = &Forgotten> {
        self.forgotten.iter()
    }

    /// What was withdrawn, in the order of addresses and days.
    pub(crate) fn withdrawn(&self) -> impl Iterator<Item = &Withdrawn> {
        self.withdrawn.iter()
    }

    /// The ledger after a document is withdrawn.
    pub(crate) fn withdraw(&self, withdrawn: Withdrawn) -> Self {
        let mut after = self.clone();
        after.withdrawn.insert(withdrawn);
        after.text = after.text_of(&after.with(std::iter::empty()), None);
        after
    }

    /// The ledger after an address, or one section of it, is taken back; `None` where it was never published.
    pub(crate) fn forget(&self, address: &str, section: Option<&str>, day: String, because: &str) -> Option<Self> {
        let mut after = self.clone();
        let line = after.lines.get_mut(address)?;
        let old = std::mem::take(&mut line.sections);
        let (gone, left): (Vec<_>, Vec<_>) =
            sections(&old).partition(|(id, page)| section.is_none_or(|name| name == *id || name == *page));
        if gone.is_empty() && section.is_some() {
            return None;
        }
        line.sections = written(left.into_iter());
        let names = gone.iter().map(|(id, _)| *id);
        after.forgotten.insert(Forgotten::new(address, names, section.is_none(), day, because));
        if section.is_none() {
            after.lines.remove(address);
        }
        after.text = after.text_of(&after.with(std::iter::empty()), None);
        Some(after)
    }

    /// The file as it stands.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The edition that is published next.
    pub(crate) fn next_edition(&self, day: String, because: &str) -> Edition {
        Edition::after(&self.editions, day, because)
    }

    /// The file, for faults in it.
    pub(crate) fn source(&self) -> Source<'_> {
        Source { file: FILE, text: &self.text }
    }

    /// What was published at an address, a folder in the site without a closing `/`.
    pub(crate) fn line(&self, address: &str) -> Option<&PublishedAt> {
        self.lines.get(address)
    }

    /// All addresses, in their order.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (&str, &PublishedAt)> {
        self.lines.iter().map(|(address, line)| (address.as_str(), line))
    }

    /// The addresses with what is published now, each an address, an id and sections.
    pub(crate) fn with<'a>(&self, published: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> Addresses {
        let mut now: BTreeMap<&str, (&str, String)> = BTreeMap::new();
        for (address, id, sections) in published {
            let sections = match self.line(address) {
                Some(line) if line.sections != sections => united(&line.sections, sections),
                _ => sections.to_string(),
            };
            now.insert(address, (id, sections));
        }
        for (address, line) in self.lines() {
            now.entry(address).or_insert_with(|| (&line.id, line.sections.clone()));
        }
        let mut text = String::new();
        for (address, (id, sections)) in &now {
            text.push_str(address);
            text.push_str("/ ");
            text.push_str(id);
            if !sections.is_empty() {
                text.push(' ');
                text.push_str(sections);
            }
            text.push('\n');
        }
        Addresses { is_new: now.iter().any(|(address, (id, sections))| !self.has(address, id, sections)), text }
    }

    fn has(&self, address: &str, id: &str, sections: &str) -> bool {
        self.line(address).is_some_and(|line| line.id == id && line.sections == sections)
    }

    /// The file with these addresses, and with another edition where there is one; none where that changes nothing.
    pub(crate) fn text_with(&self, addresses: &Addresses, edition: Option<&Edition>) -> Option<String> {
        let text = self.text_of(addresses, edition);
        (text != self.text).then_some(text)
    }

    fn text_of(&self, addresses: &Addresses, edition: Option<&Edition>) -> String {
        let mut text = HEAD.to_string();
        for edition in self.editions.iter().chain(edition) {
            text.push_str(&format!("{edition}\n"));
        }
        for forgotten in &self.forgotten {
            text.push_str(&format!("{forgotten}\n"));
        }
        for withdrawn in &self.withdrawn {
            text.push_str(&format!("{withdrawn}\n"));
        }
        text.push_str(&addresses.text);
        text
    }
}

/// All addresses, those of now and those of before.
#[derive(Debug)]
pub(crate) struct Addresses {
    /// Whether one of them, or a section, was never published before.
    pub is_new: bool,
    /// A line each.
    text: String,
}

/// Sections with their pages.
pub(crate) fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split_whitespace().map(|word| word.split_once('@').unwrap_or((word, word)))
}

/// Sections as the file has them: the whole text first, then by their ids, so that a new order of the text is no change.
pub(crate) fn written<'a>(words: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let words: BTreeSet<(bool, &str, &str)> = words.map(|(id, page)| (id != FULL, id, page)).collect();
    let mut text = String::with_capacity(words.len() * 8);
    for (_, id, page) in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(id);
        if page != id {
            text.push('@');
            text.push_str(page);
        }
    }
    text
}

fn united(one: &str, two: &str) -> String {
    written(sections(one).chain(sections(two)))
}

/// Takes in a line of an address, which begins at a place in the file. A merge may leave two lines of one address; then both
/// were published.
fn add(lines: &mut BTreeMap<String, PublishedAt>, (address, id, sections): (&str, &str, &str), start: usize) {
    let span = start..start + address.len() + 1;
    let known = lines.entry(address.to_string());
    known.and_modify(|line| line.sections = united(&line.sections, sections)).or_insert_with(|| PublishedAt {
        id: id.to_string(),
        sections: sections.to_string(),
        span,
    });
}

/// Address, id and sections of a line.
fn read_line(line: &str) -> Option<(&str, &str, &str)> {
    let (address, rest) = line.split_once("/ ")?;
    let (id, words) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
    let is_whole =
        address.split('/').all(is_id) && is_id(id) && sections(words).all(|(id, page)| is_id(id) && is_id(page));
    is_whole.then_some((address, id, words.trim()))
}

fn damaged(line: &str) -> Diagnostic {
    let is_merge = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark));
    Diagnostic::error(if is_merge { ArchiveMessage::IdsLockMerge } else { ArchiveMessage::IdsLockLine })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Ids, usize) {
        let mut report = Report::new();
        let ids = Ids::parse(text.to_string(), &mut report);
        (ids, report.sorted().len())
    }

    #[test]
    fn a_line_is_an_address_an_id_and_sections() {
        let (ids, faults) = read("# words\n\nlaws/notice/ notice full s1 s1-2@s1\r\nloose/ loose\n");
        assert_eq!(faults, 0);
        let line = ids.line("laws/notice").expect("read");
        assert_eq!((line.id.as_str(), line.sections.as_str()), ("notice", "full s1 s1-2@s1"));
        assert_eq!(&ids.text[line.span.clone()], "laws/notice/");
        assert_eq!(ids.line("loose").expect("read").sections, "");
        let sections: Vec<_> = sections(&line.sections).collect();
        assert_eq!(sections, [("full", "full"), ("s1", "s1"), ("s1-2", "s1")]);
    }

    #[test]
    fn what_is_taken_back_is_a_line_of_its_own() {
        let (ids, _) = read("a/x/ x full s1 s1-1@s1 s2\na/y/ y full\n");
        let day = || "2026-12-03".to_string();
        assert_eq!(ids.forget("a/z", None, day(), "why"), None);
        assert_eq!(ids.forget("a/x", Some("s9"), day(), "why"), None);
        let ids = ids.forget("a/x", Some("s1"), day(), "why").expect("published");
        let ids = ids.forget("a/y", None, day(), "why").expect("published");
        let lines: Vec<&str> = ids.text().lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(
            lines,
            [
                "forgotten a/x/ 2026-12-03 s1 s1-1 : why",
                "forgotten a/y/ 2026-12-03 index editions full : why",
                "a/x/ x full s2"
            ]
        );
        let (again, faults) = read(ids.text());
        assert_eq!((again.forgotten, again.text, faults), (ids.forgotten, ids.text, 0));
    }

    #[test]
    fn what_is_withdrawn_keeps_its_address() {
        let (ids, _) = read("edition 1 2026-11-29\na/x/ x full s1\n");
        let line = Withdrawn::read("withdrawn a/x/ 2026-12-03 rights : why").expect("a line");
        let ids = ids.withdraw(line.clone());
        let lines: Vec<&str> = ids.text().lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines, ["edition 1 2026-11-29", "withdrawn a/x/ 2026-12-03 rights : why", "a/x/ x full s1"]);
        let (again, faults) = read(ids.text());
        assert_eq!((again.withdrawn().collect::<Vec<_>>(), faults), (vec![&line], 0));
        assert_eq!(again.withdraw(line).text, ids.text);
    }

    #[test]
    fn both_sides_of_a_merge_count() {
        let (ids, faults) = read("a/x/ x full s1 s3\na/x/ x full s1 s2\n");
        assert_eq!((faults, ids.lines().count()), (0, 1));
        assert_eq!(ids.line("a/x").expect("read").sections, "full s1 s2 s3");
    }

    #[test]
    fn damage_is_told() {
        for line in [
            "edition one 2026-11-29",
            "withdrawn a/x/ 2026-11-29 whim",
            "a/x x",
            "a/x/",
            "/ x",
            "a//x/ x",
            "../x/ x",
            "a/x/ x s1@",
            "a/x/ x @s1",
            "<<<<<<< HEAD",
            "a/x/ x s/1",
        ] {
            assert_eq!(read(&format!("a/y/ y\n{line}\n")).1, 1, "{line}");
        }
    }

    #[test]
    fn what_was_published_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("content")).expect("made");
        let (ids, _) = read("a/old/ old full s1\na/x/ x full s1 s2\n");
        let now = [("a/x", "x", "full s1 s2@s1"), ("a/new", "new", "")];
        let addresses = ids.with(now.into_iter());
        assert!(addresses.is_new);
        let edition = ids.next_edition("2026-11-29".to_string(), "why");
        let text = ids.text_with(&addresses, Some(&edition)).expect("changed");
        std::fs::write(folder.path().join(FILE), text).expect("written");
        let mut report = Report::new();
        let again = Ids::read(&Folder::open(folder.path()).expect("a folder"), &mut report);
        assert!(report.is_empty());
        let lines: Vec<&str> = again.text.lines().filter(|line| !line.starts_with('#')).collect();
        let first = "edition 1 2026-11-29 why";
        assert_eq!(lines, [first, "a/new/ new", "a/old/ old full s1", "a/x/ x full s1 s2@s1 s2"]);
        let same = again.with([("a/x", "x", "full s1")].into_iter());
        assert!(!same.is_new && again.text_with(&same, None).is_none());
    }
}
