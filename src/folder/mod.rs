//! A folder that is never left: files are found from it, and no symbolic link is followed on the way.
//!
//! An archive may come from elsewhere, and a link in it may lead anywhere: to a private key that a build would publish, to a
//! file that an import would write over. To look first and open afterwards is not enough, since a name can become a link in
//! between. So the folder is held open, and each name is opened from it in one step that refuses links (openat2 with
//! `RESOLVE_NO_SYMLINKS` on Linux, openat with `O_NOFOLLOW` name by name on other Unix systems). Windows lets only
//! administrators make links; there each part of the name is looked at before. cap-std was not taken: it keeps within a folder
//! too, but follows links that stay inside, and a link from an open document to a withheld one is such a link.
//!
//! Only regular files are read. A pipe or a device would hold the program up, or have no end.

pub(crate) mod fault;
mod kind;
#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use self::kind::{Clash, Kind};
#[cfg(not(unix))]
use self::other as system;
#[cfg(unix)]
use self::unix as system;
use crate::diagnostic::cause::NotRegular;

/// A folder, held open.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    path: PathBuf,
    /// Absent where there is none on a disc.
    handle: Option<Arc<system::Handle>>,
}

/// Two are equal that have one path.
impl PartialEq for Folder {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Folder {
    /// Opens a folder. The way to it may have links: a person named it.
    ///
    /// # Errors
    /// It is no folder, or may not be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_path_buf(), handle: Some(Arc::new(system::open(path)?)) })
    }

    /// The folder's path, for messages and for what must have one.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn handle(&self) -> io::Result<&system::Handle> {
        self.handle.as_deref().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// A regular file, to be read. Names have `/` between their parts.
    ///
    /// # Errors
    /// There is none, or a link or something else has its name.
    pub(crate) fn file(&self, name: &str) -> io::Result<File> {
        let file = system::file(self.handle()?, &plain(name)?)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(not_regular()) }
    }

    /// The bytes of a regular file.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub(crate) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut file = self.file(name)?;
        let length = file.metadata()?.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What a name stands for; a link at its end is told as a link.
    ///
    /// # Errors
    /// Nothing has this name, or a link stands on the way.
    pub(crate) fn kind(&self, name: &str) -> io::Result<Kind> {
        system::kind(self.handle()?, &plain(name)?)
    }

    /// Whether a name stands for a regular file.
    pub(crate) fn has_file(&self, name: &str) -> bool {
        matches!(self.kind(name), Ok(Kind::File))
    }

    /// Whether anything has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.kind(name).is_ok()
    }

    /// A regular file's size in bytes; 0 where there is none.
    pub(crate) fn length(&self, name: &str) -> u64 {
        let length = || system::length(self.handle()?, &plain(name)?);
        length().unwrap_or(0)
    }

    /// The names in a folder, in their order.
    ///
    /// # Errors
    /// It is none.
    pub(crate) fn names(&self, name: &str) -> io::Result<Vec<String>> {
        let mut names = system::names(self.handle()?, &plain(name)?)?;
        names.sort_unstable();
        Ok(names)
    }

    /// A new file, with the folders above it.
    ///
    /// # Errors
    /// Its name is taken, or the machine refuses.
    pub(crate) fn create(&self, name: &str) -> io::Result<File> {
        let name = plain(name)?;
        fault::step()?;
        self.with_folders_above(&name, || system::create(self.handle()?, &name))
    }

    /// Does something that needs the folders above a name; mostly they are there.
    fn with_folders_above<T>(&self, name: &str, step: impl Fn() -> io::Result<T>) -> io::Result<T> {
        match (step(), name.rsplit_once('/')) {
            (Err(error), Some((above, _))) if error.kind() == io::ErrorKind::NotFound => {
                self.make(above)?;
                step()
            }
            (done, _) => done,
        }
    }

    /// A file to be written and locked: it is made where there is none, and what is in it stands.
    ///
    /// # Errors
    /// A link or something else has its name, or the machine refuses.
    pub(crate) fn writable(&self, name: &str) -> io::Result<File> {
        system::writable(self.handle()?, &plain(name)?)
    }

    /// Whether the folder that is held open stands where it was opened.
    pub(crate) fn is_at_its_path(&self) -> bool {
        self.handle.as_deref().is_some_and(|handle| system::stands_at(handle, &self.path))
    }

    /// Whether an open file is the one that has a name.
    pub(crate) fn is_at(&self, file: &File, name: &str) -> bool {
        self.handle().is_ok_and(|handle| system::is_at(handle, file, name))
    }

    /// A folder with those above it, where they are not there yet.
    ///
    /// # Errors
    /// Something else has its name, or the machine refuses.
    pub(crate) fn make(&self, name: &str) -> io::Result<()> {
        let name = plain(name)?;
        if name.is_empty() {
            return Ok(());
        }
        fault::step()?;
        match self.with_folders_above(&name, || system::make(self.handle()?, &name)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && self.kind(&name)? == Kind::Folder => Ok(()),
            made => made,
        }
    }

    /// Gives a file or folder another name, and makes the folders above that.
    ///
    /// # Errors
    /// The new name is taken and may not be replaced, or the machine refuses.
    pub(crate) fn rename(&self, from: &str, to: &str, clash: Clash) -> io::Result<()> {
        let (from, to) = (plain(from)?, plain(to)?);
        fault::step()?;
        match system::rename(self.handle()?, &from, &to, clash) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.has(&from) => {
                self.make(to.rsplit_once('/').map_or("", |(above, _)| above))?;
                system::rename(self.handle()?, &from, &to, clash)
            }
            renamed => renamed,
        }
    }

    /// Removes a file, or a link itself; it is no error when there is none.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn remove(&self, name: &str) -> io::Result<()> {
        fault::step()?;
        absent(system::remove(self.handle()?, &plain(name)?))
    }

    /// Removes a folder that has nothing in it.
    ///
    /// # Errors
    /// There is something in it, or the machine refuses.
    pub(crate) fn remove_empty(&self, name: &str) -> io::Result<()> {
        absent(system::remove_folder(self.handle()?, &plain(name)?))
    }

    /// Removes a folder with all that is in it; links in it are removed, and what they lead to stands. It is no error when there
    /// is none.
    ///
    /// # Errors
    /// The machine refuses.
    pub(crate) fn remove_all(&self, name: &str) -> io::Result<()> {
        match self.kind(name) {
            Ok(Kind::Folder) => {
                for inner in self.names(name)? {
                    self.remove_all(&format!("{name}/{inner}"))?;
                }
                fault::step()?;
                absent(system::remove_folder(self.handle()?, &plain(name)?))
            }
            Ok(_) => self.remove(name),
            Err(error) => absent(Err(error)),
        }
    }

    /// Has the names in a folder lie on the disc: what was made, renamed and removed in it.
    ///
    /// # Errors
    /// The disc refuses.
    pub(crate) fn sync_names(&self, name: &str) -> io::Result<()> {
        system::sync_names(self.handle()?, &plain(name)?)
    }

    /// Has all that was written to the folder's file system lie on the disc. It costs as long as the disc takes.
    ///
    /// # Errors
    /// The disc refuses.
    pub(crate) fn sync(&self) -> io::Result<()> {
        system::sync(self.handle()?)
    }
}

/// It is no error that what is to go is gone.
fn absent(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, NotRegular)
}

/// The name without `.` and `..`. One that leads out of the folder is refused.
fn plain(name: &str) -> io::Result<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_some() => {}
            ".." => return Err(io::ErrorKind::NotFound.into()),
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}
