//! A change of an archive: all of it happens, or nothing.
//!
//! A command may be killed at any moment, and a disc may be full at any byte. So every file that a command will write is
//! written aside first, in `.fonds/work/`, and sent to the disc; then a journal says which of them goes where; then they are moved
//! into their places. What dies before the journal has changed nothing. What dies after it is finished by the next command
//! that opens the archive ([`settle`]). A change that is one move needs no journal, since a move is whole by itself.
//!
//! One process at a time changes an archive: a [`Change`] is begun with the archive's [`Lock`].

mod journal;
mod lock;
mod place;

use std::collections::BTreeMap;
use std::io::{self, Write};

use anyhow::Result;

use self::journal::Step;
pub(crate) use self::lock::{Holder, Lock, settle};
pub(crate) use self::place::OWN;
use self::place::WORK;
use crate::diagnostic::cause::{Failure, While};
use crate::diagnostic::messages::Doing;
use crate::folder::{Clash, Folder, Kind, fault};

/// So many files are sent to the disc one by one; above that all of the file system is sent at once.
const FEW: usize = 16;

/// When what is written aside is sent to the disc.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sync {
    /// By the change itself.
    Own,
    /// By whoever makes many changes at once: before the first is committed, and after the last.
    Together,
}

/// Files that will be written, moved and replaced together.
pub(crate) struct Change<'l> {
    lock: &'l Lock,
    sync: Sync,
    /// How the names begin under which its files wait.
    stage: String,
    /// What waits there.
    waiting: Vec<String>,
    staged: usize,
    steps: Vec<Step>,
    /// New folders, with where they wait.
    folders: BTreeMap<String, String>,
    /// Files as they were when they were read.
    read: Vec<(String, Vec<u8>)>,
}

impl<'l> Change<'l> {
    /// A change without anything in it.
    pub(crate) fn begin(lock: &'l Lock) -> Self {
        Self::begin_with(lock, Sync::Own)
    }

    /// The same, where many are made at once.
    pub(crate) fn begin_with(lock: &'l Lock, sync: Sync) -> Self {
        Self {
            lock,
            sync,
            stage: format!("{WORK}/{}", lock.number()),
            waiting: Vec::new(),
            staged: 0,
            steps: Vec::new(),
            folders: BTreeMap::new(),
            read: Vec::new(),
        }
    }

    fn folder(&self) -> &'l Folder {
        self.lock.folder()
    }

    fn next(&mut self) -> String {
        self.staged += 1;
        let aside = format!("{}-{}", self.stage, self.staged);
        self.waiting.push(aside.clone());
        aside
    }

    /// Writes bytes aside, with the permissions of the file that they replace.
    fn write(&self, aside: &str, bytes: &[u8], replaced: Option<&str>) -> Result<()> {
        let write = || -> io::Result<()> {
            let mut file = self.folder().create(aside)?;
            fault::step()?;
            file.write_all(bytes)?;
            if let Some(old) = replaced.and_then(|path| self.folder().file(path).ok()) {
                file.set_permissions(old.metadata()?.permissions())?;
            }
            // Elsewhere there is no way to send a whole file system to its disc, so each file is sent by itself.
            let all_at_once = cfg!(any(target_os = "linux", target_os = "android"))
                && (self.sync == Sync::Together || self.staged > FEW);
            if all_at_once { Ok(()) } else { file.sync_all() }
        };
        write().while_doing(|| Doing::Writing { path: aside.to_string() })
    }

    /// A new file. The change fails where its name is taken.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn create(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        let from = self.next();
        self.write(&from, bytes, None)?;
        self.steps.push(Step::place(from, path, Clash::Refused));
        Ok(())
    }

    /// A new file in a new folder, which appears with all that is in it. The change fails where the folder's name is taken.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn create_in(&mut self, folder: &str, name: &str, bytes: &[u8]) -> Result<()> {
        if !self.folders.contains_key(folder) {
            let from = self.next();
            self.steps.push(Step::place(from.clone(), folder, Clash::Refused));
            self.folders.insert(folder.to_string(), from);
        }
        self.staged += 1;
        let aside = format!("{}/{name}", self.folders.get(folder).map_or("", String::as_str));
        self.write(&aside, bytes, None)
    }

    /// A file in the place of another, whose permissions it gets; or a new one. `before` is what was read there: should the file
    /// hold something else by then, the change fails and the person's work stands.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn replace(&mut self, path: &str, before: &[u8], bytes: &[u8]) -> Result<()> {
        let from = self.next();
        self.write(&from, bytes, Some(path))?;
        self.read.push((path.to_string(), before.to_vec()));
        self.steps.push(Step::place(from, path, Clash::Replaced));
        Ok(())
    }

    /// A file that the program itself keeps in a place, whatever stood there.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        let from = self.next();
        self.write(&from, bytes, Some(path))?;
        self.steps.push(Step::place(from, path, Clash::Replaced));
        Ok(())
    }

    /// A file or folder gets another name. Steps behind it name what is in it by its new name.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        self.steps.push(Step::place(from.to_string(), to, Clash::Refused));
    }

    /// Does all of it.
    ///
    /// # Errors
    /// A name is taken, a file is not what it was, or the machine refuses. Then nothing has happened; or, where the machine
    /// refused between two moves, the next command finishes it.
    pub(crate) fn commit(mut self) -> Result<()> {
        let steps = std::mem::take(&mut self.steps);
        let folder = self.folder();
        for (path, before) in &self.read {
            match folder.read(path) {
                Ok(now) if now == *before => {}
                _ => return Err(Failure::alone(Doing::ChangedMeanwhile { path: path.clone() })),
            }
        }
        // One move finds out by itself.
        for step in steps.iter().filter(|_| steps.len() > 1) {
            step.check(folder)?;
        }
        if self.staged > FEW && self.sync == Sync::Own {
            folder.sync().while_doing(|| Doing::Writing { path: OWN.to_string() })?;
        }
        let _one_at_a_time = self.lock.committing();
        if steps.len() > 1 {
            journal::write(folder, &self.stage, &steps)?;
        }
        for (at, step) in steps.iter().enumerate() {
            if let Err(error) = step.take(folder) {
                if at == 0 && steps.len() > 1 {
                    journal::remove(folder)?;
                }
                return Err(error);
            }
        }
        if self.sync == Sync::Own {
            steps.iter().try_for_each(|step| step.sync(folder))?;
        }
        self.waiting.clear();
        if steps.len() > 1 { journal::remove(folder) } else { Ok(()) }
    }
}

/// What was written aside for nothing goes.
impl Drop for Change<'_> {
    fn drop(&mut self) {
        if !self.waiting.is_empty() && !matches!(self.folder().kind(journal::JOURNAL), Ok(Kind::File)) {
            for aside in &self.waiting {
                // The next command clears what cannot be removed now.
                let _ = self.folder().remove_all(aside);
            }
        }
    }
}
