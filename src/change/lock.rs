//! One process at a time changes an archive.
//!
//! The lock is the system's, on a file in `.fonds/`, so it ends with its process. Whoever finds it taken waits, and is told who
//! has it.

use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;

use super::journal;
use super::place::{OWN, WORK};
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::folder::{Clash, Folder, Kind};

const LOCK: &str = ".fonds/lock";
/// Who has the lock. A file of its own, since Windows lets nobody read one that is locked.
const HOLDER: &str = ".fonds/holder";
/// Git leaves the folder alone.
const IGNORE: &str = ".fonds/.gitignore";

/// The right to change an archive.
#[derive(Debug)]
pub(crate) struct Lock {
    folder: Folder,
    next: AtomicUsize,
    committing: Mutex<()>,
    /// Holds the lock until it is dropped.
    _file: File,
}

/// Who changes an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Holder {
    /// The command, as it is typed.
    pub(crate) command: String,
    /// The process's number.
    pub(crate) process: String,
}

impl Lock {
    /// Takes the lock for a command; `waiting` is told who has it, once, when it must wait. What a command that was stopped has
    /// left is finished or cleared.
    ///
    /// # Errors
    /// The machine refuses, or an earlier change cannot be finished.
    pub(crate) fn take(folder: &Folder, command: &str, waiting: &dyn Fn(&Holder)) -> Result<Self> {
        let file = locked(folder, waiting).while_doing(|| Doing::Writing { path: LOCK.to_string() })?;
        journal::recover(folder)?;
        // It is for people alone; nothing depends on it.
        let _ = say_who(folder, command);
        Ok(Self { folder: folder.clone(), next: AtomicUsize::new(0), committing: Mutex::new(()), _file: file })
    }

    /// The archive's folder.
    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Sends all that was written to the disc.
    ///
    /// # Errors
    /// The disc refuses.
    pub(crate) fn sync(&self) -> Result<()> {
        self.folder.sync().while_doing(|| Doing::Writing { path: OWN.to_string() })
    }

    /// A number that no other change of this process has.
    pub(super) fn number(&self) -> usize {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// Changes may be prepared side by side, and are made one after the other.
    pub(super) fn committing(&self) -> MutexGuard<'_, ()> {
        self.committing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be removed is cleared by the next command.
        let _ = self.folder.remove(HOLDER);
        let _ = self.folder.remove_empty(WORK);
    }
}

fn locked(folder: &Folder, waiting: &dyn Fn(&Holder)) -> io::Result<File> {
    loop {
        folder.make(OWN)?;
        if !folder.has(IGNORE) {
            // Two processes may begin at once.
            let _ = folder.create(IGNORE).and_then(|mut file| file.write_all(b"*\n"));
        }
        let file = folder.writable(LOCK)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting(&holder(folder));
                file.lock()?;
            }
            // A file system without locks: then two commands at once are the person's care.
            Err(TryLockError::Error(_)) => return Ok(file),
        }
        // Whoever removed the folder meanwhile removed the lock with it.
        if folder.is_at(&file, LOCK) {
            return Ok(file);
        }
    }
}

fn holder(folder: &Folder) -> Holder {
    let text = folder.read(HOLDER).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let (command, process) = text.trim().rsplit_once(' ').unwrap_or_default();
    Holder { command: command.to_string(), process: process.to_string() }
}

fn say_who(folder: &Folder, command: &str) -> io::Result<()> {
    let aside = format!("{HOLDER}.new");
    folder.remove(&aside)?;
    folder.create(&aside)?.write_all(format!("{command} {}\n", std::process::id()).as_bytes())?;
    folder.rename(&aside, HOLDER, Clash::Replaced)
}

/// Finishes a change that was stopped between two moves, before an archive is read. Where nothing was begun, nothing is written.
///
/// # Errors
/// It cannot be finished.
pub(crate) fn settle(folder: &Folder, waiting: &dyn Fn(&Holder)) -> Result<()> {
    match folder.kind(journal::JOURNAL) {
        Ok(Kind::File) => Lock::take(folder, "", waiting).map(drop),
        _ => Ok(()),
    }
}
