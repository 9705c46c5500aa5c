//! One step from the old site to the new.
//!
//! The work folder stands beside the target, so both lie on one file system: `.public.fonds-work/new` is written, checked,
//! and then exchanged with `public` in one atomic step (renameat2 with RENAME_EXCHANGE on Linux). Elsewhere two renames
//! do it, and a build that dies between them is repaired by the next. The work folder is locked while a build runs; the
//! lock is the system's, so it ends with the process, and what a killed build left the next one clears away.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::manifest::{self, ManifestEntry};
use super::staging::Staging;
use crate::diagnostic::cause::{Failure, NotRegular, While};
use crate::diagnostic::messages::{Doing, FileMessage, SiteMessage};
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::folder::{Folder, fault};

/// Files that file managers leave behind; they are no one's work.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Most folders that wait for their removal.
const GIVEN_UP: usize = 100;

/// Strange files named in one message.
const NAMED: usize = 5;

/// A site that will be replaced, and the folder in which the new one grows.
#[derive(Debug)]
pub(crate) struct SiteFolder {
    site: PathBuf,
    work: PathBuf,
    /// Whether the work folder was cleared.
    done: bool,
    /// Holds the lock until it is dropped.
    _lock: File,
}

/// A build that fails for want of room leaves none of it taken.
impl Drop for SiteFolder {
    fn drop(&mut self) {
        if !self.done {
            // What cannot be removed now is removed by the next build; why this one failed is the thing to tell.
            let _ = file::remove_folder(&self.new_site());
            let _ = fs::remove_dir(&self.work);
        }
    }
}

impl SiteFolder {
    /// Locks the work folder beside `out`, and repairs or clears what an interrupted build left.
    ///
    /// # Errors
    /// Another build is running, or the machine refuses.
    pub(crate) fn prepare(out: &Path) -> Result<Self> {
        // A link to the site is followed, so that the exchange replaces the site and not the link.
        let site = match fs::canonicalize(out) {
            Ok(site) => site,
            Err(_) => std::path::absolute(out).while_doing(|| Doing::NotAFolder { path: file::shown(out) })?,
        };
        let (Some(parent), Some(name)) = (site.parent(), site.file_name()) else {
            return Err(Failure::alone(Doing::BadSiteFolder { path: file::shown(out) }));
        };
        file::create_folder(parent)?;
        let work = parent.join(format!(".{}.fonds-work", name.to_string_lossy()));
        let lock = lock(&work)?;
        let target = Self { site, work, done: false, _lock: lock };
        target.repair()?;
        Ok(target)
    }

    /// Between the two renames of a build that died, the old site is in the work folder and nothing in its place.
    fn repair(&self) -> Result<()> {
        let old = self.work.join("old");
        if !self.site.exists() && old.exists() {
            fs::rename(&old, &self.site).while_doing(|| Doing::PuttingBack { path: file::shown(&self.site) })?;
        }
        self.give_up(&old)?;
        self.give_up(&self.new_site())?;
        for left in self.given_up().filter(|path| path.exists()) {
            // What the machine does not let go of is told when the build ends, and stops no build.
            let _ = file::try_remove_folder(&left);
        }
        Ok(())
    }

    /// Moves a folder out of the way. Half of a site must never be taken for a whole one, so it loses its name before its files.
    fn give_up(&self, folder: &Path) -> Result<()> {
        let Some(free) = self.given_up().find(|path| !path.exists()).filter(|_| folder.exists()) else { return Ok(()) };
        fs::rename(folder, &free).while_doing(|| Doing::RemovingFolder { path: file::shown(folder) })
    }

    /// Names of folders that are to be removed.
    fn given_up(&self) -> impl Iterator<Item = PathBuf> {
        (1..GIVEN_UP).map(|number| self.work.join(format!("gone-{number}")))
    }

    fn new_site(&self) -> PathBuf {
        self.work.join("new")
    }

    /// The staging folder, and faults that forbid replacing what stands in the target's place.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn stage(&self, name: &str, report: &mut Report) -> Result<Staging> {
        file::create_folder(&self.new_site())?;
        let old = self.old_site(name, report);
        Staging::new(self.new_site(), old.map(|old| (self.site.clone(), old)))
    }

    /// The folder in which the new one grows, where nothing is replaced.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn fresh(&self) -> Result<PathBuf> {
        file::create_folder(&self.new_site())?;
        Ok(self.new_site())
    }

    /// What the old site's manifest says. A folder that fonds did not make, or in which something else lies, is refused.
    fn old_site(&self, name: &str, report: &mut Report) -> Option<Vec<ManifestEntry>> {
        if !self.site.exists() {
            return None;
        }
        if self.site.is_dir() && fs::read_dir(&self.site).is_ok_and(|mut entries| entries.next().is_none()) {
            return None;
        }
        let Some(entries) = manifest::read(&self.site).filter(|_| self.site.is_dir()) else {
            report.push(Diagnostic::error(SiteMessage::NotBuiltByFonds { name: name.to_string() }).in_file(name));
            return None;
        };
        let strangers = self.strangers(&entries);
        if !strangers.is_empty() {
            let mut named: Vec<_> = strangers.iter().take(NAMED).cloned().collect();
            if strangers.len() > NAMED {
                named.push("…".to_string());
            }
            let message = SiteMessage::ForeignFiles { name: name.to_string(), count: strangers.len(), files: named };
            report.push(Diagnostic::error(message).in_file(name));
        }
        Some(entries)
    }

    fn strangers(&self, entries: &[ManifestEntry]) -> Vec<String> {
        walkdir::WalkDir::new(&self.site)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .filter(|found| !found.file_type().is_dir())
            .filter(|found| !LITTER.iter().any(|litter| found.file_name() == *litter))
            .filter_map(|found| {
                let path = found.path().strip_prefix(&self.site).ok()?;
                let path =
                    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
                Some(path)
            })
            .filter(|path| path != manifest::NAME)
            .filter(|path| entries.binary_search_by(|entry| entry.path.as_ref().cmp(path)).is_err())
            .collect()
    }

    /// Puts the new site in the old one's place and clears the work folder.
    ///
    /// # Errors
    /// The machine refuses; then the old site stands as it stood. What is left of the old site afterwards is a warning.
    pub(crate) fn commit(mut self, report: &mut Report) -> Result<()> {
        let new = self.new_site();
        // A site that is in its place is a whole one, also after a power cut.
        let exchange = || -> io::Result<()> {
            Folder::open(&new)?.sync()?;
            fault::step()?;
            if self.site.exists() {
                self.exchange(&new)?
            } else {
                fs::rename(&new, &self.site)?
            }
            self.site.parent().map_or(Ok(()), |above| Folder::open(above)?.sync_names(""))
        };
        exchange().while_doing(|| Doing::Exchanging { path: file::shown(&self.site) })?;
        if let Err(error) = self.clear() {
            // The new site is published by now. The next build removes what is left of the old one.
            let name = self.work.file_name().unwrap_or_default().to_string_lossy().into_owned();
            report.push(Diagnostic::warning(FileMessage::OldSiteLeft { cause: (&error).into() }).in_file(name));
        }
        Ok(())
    }

    /// Leaves the old site as it is and clears the work folder.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn abandon(mut self) -> Result<()> {
        match self.clear() {
            Err(error) if self.new_site().exists() => {
                Err(error).while_doing(|| Doing::RemovingFolder { path: file::shown(&self.new_site()) })
            }
            _ => Ok(()),
        }
    }

    fn clear(&mut self) -> io::Result<()> {
        self.done = true;
        file::try_remove_folder(&self.work)
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn exchange(&self, new: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, new, CWD, &self.site, RenameFlags::EXCHANGE) {
            // Some file systems (FAT, older network ones) cannot exchange.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => self.rename_twice(new),
            done => done.map_err(io::Error::from),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn exchange(&self, new: &Path) -> io::Result<()> {
        self.rename_twice(new)
    }

    fn rename_twice(&self, new: &Path) -> io::Result<()> {
        let old = self.work.join("old");
        fs::rename(&self.site, &old)?;
        fs::rename(new, &self.site).inspect_err(|_| {
            // Put the old site back; should that fail too, the next build does it.
            let _ = fs::rename(&old, &self.site);
        })
    }
}

/// Takes the work folder for this process.
fn lock(work: &Path) -> Result<File> {
    // A build that ends removes its work folder, so the folder that was opened may be gone when it is locked.
    loop {
        if fs::symlink_metadata(work).is_ok_and(|found| found.file_type().is_symlink()) {
            let error = io::Error::new(io::ErrorKind::InvalidInput, NotRegular);
            return Err(error).while_doing(|| Doing::OpeningWorkFolder { path: file::shown(work) });
        }
        file::create_folder(work)?;
        let lock = match open_lock(work) {
            Ok(lock) => lock,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(error).while_doing(|| Doing::OpeningWorkFolder { path: file::shown(work) });
            }
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Failure::alone(Doing::AnotherBuild)),
            // A file system without locks: then two builds at once are the person's care.
            Err(TryLockError::Error(_)) => return Ok(lock),
        }
        if is_there(&lock, work) {
            return Ok(lock);
        }
    }
}

#[cfg(unix)]
fn open_lock(work: &Path) -> io::Result<File> {
    File::open(work)
}

#[cfg(unix)]
fn is_there(lock: &File, work: &Path) -> bool {
    file::is_at(lock, work)
}

/// Elsewhere a folder cannot be opened as a file; a file in it is locked instead.
#[cfg(not(unix))]
fn open_lock(work: &Path) -> io::Result<File> {
    File::options().create(true).truncate(false).write(true).open(work.join("lock"))
}

#[cfg(not(unix))]
fn is_there(_: &File, work: &Path) -> bool {
    work.join("lock").exists()
}
