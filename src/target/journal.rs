//! Which of the files that a stopped publishing touched have arrived: `.fonds/targets/NAME`.
//!
//! A line a file, written when the file was read back. The first line names the publishing, as the marker at the target does;
//! a journal of another one says nothing, since somebody else may have published in between. Its other use is to remember which
//! edition stands there.
//!
//! ```text
//! fonds-target 1 RUN EDITION
//! = SHA-256 path          it is there
//! ? path                  it is being changed
//! done EDITION SHA-256    all is there, and this is the manifest
//! ```

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use crate::fixity::{hex_text, unhex};
use crate::folder::Folder;

const HEAD: &str = "fonds-target 1";

/// The journal of a target, locked while it is open.
pub(super) struct Journal {
    file: Mutex<File>,
    text: String,
}

/// What it says of a publishing that was stopped.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Files that arrived, with what is in them.
    pub(super) there: HashMap<String, [u8; 32]>,
    /// Whether it is the journal of that publishing at all.
    pub(super) is_of_this: bool,
}

impl Journal {
    /// Opens the journal of a target; none where another process publishes to it.
    pub(super) fn open(archive: &Folder, target: &str) -> io::Result<Option<Self>> {
        archive.make(".fonds/targets")?;
        let mut file = archive.writable(&format!(".fonds/targets/{target}"))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        // What is not text was not written here, and says nothing.
        let text = String::from_utf8(bytes).unwrap_or_default();
        Ok(Some(Self { file: Mutex::new(file), text }))
    }

    /// What it says of a publishing.
    pub(super) fn known(&self, run: &str) -> Known {
        let mut lines = self.text.split_inclusive('\n');
        let head = lines.next().and_then(|line| line.trim_end().strip_prefix(HEAD)).unwrap_or_default();
        let mut known = Known { is_of_this: head.split(' ').nth(1) == Some(run), ..Known::default() };
        // The last line may have been cut.
        for line in lines.filter(|line| known.is_of_this && line.ends_with('\n')) {
            let line = line.trim_end_matches('\n');
            let is = line.strip_prefix("= ").and_then(|rest| rest.split_once(' '));
            if let Some((hash, path)) = is.and_then(|(hash, path)| Some((unhex(hash.as_bytes())?, path))) {
                known.there.insert(path.to_string(), hash);
            } else if let Some(path) = line.strip_prefix("? ") {
                known.there.remove(path);
            }
        }
        known
    }

    /// The edition that was sent last, where this is its manifest.
    pub(super) fn edition_of(&self, manifest: &[u8; 32]) -> Option<u32> {
        let mut words = self.text.strip_prefix("done ")?.trim_end().split(' ');
        let (edition, hash) = (words.next()?.parse().ok()?, words.next()?);
        (hash == hex_text(manifest)).then_some(edition)
    }

    /// Begins anew, for a publishing.
    pub(super) fn begin(&self, run: &str, edition: u32) -> io::Result<()> {
        self.rewrite(&format!("{HEAD} {run} {edition}\n"))
    }

    /// All is there.
    pub(super) fn end(&self, edition: u32, manifest: &[u8; 32]) -> io::Result<()> {
        self.rewrite(&format!("done {edition} {}\n", hex_text(manifest)))
    }

    fn rewrite(&self, text: &str) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(text.as_bytes())
    }

    /// A file is about to be changed.
    pub(super) fn will_change(&self, path: &str) -> io::Result<()> {
        self.append(&format!("? {path}\n"))
    }

    /// A file is there.
    pub(super) fn is_there(&self, path: &str, hash: &[u8; 32]) -> io::Result<()> {
        self.append(&format!("= {} {path}\n", hex_text(hash)))
    }

    fn append(&self, line: &str) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::End(0))?;
        file.write_all(line.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reopened(folder: &Folder) -> Journal {
        Journal::open(folder, "web").expect("a journal").expect("no other")
    }

    #[test]
    fn what_was_written_is_known() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = Folder::open(root.path()).expect("a folder");
        let journal = reopened(&folder);
        assert!(Journal::open(&folder, "web").expect("a journal").is_none(), "one at a time");
        journal.begin("a1", 3).expect("written");
        for path in ["x y", "z"] {
            journal.is_there(path, &[7; 32]).expect("written");
        }
        journal.will_change("z").expect("written");
        journal.append("= 07").expect("written");
        drop(journal);
        let journal = reopened(&folder);
        assert_eq!(journal.known("a1").there, HashMap::from([("x y".to_string(), [7; 32])]));
        assert_eq!(journal.known("a2"), Known::default());
        journal.end(3, &[1; 32]).expect("written");
        drop(journal);
        let journal = reopened(&folder);
        assert_eq!((journal.edition_of(&[1; 32]), journal.edition_of(&[2; 32])), (Some(3), None));
    }
}
