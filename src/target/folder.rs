//! A folder of this machine, or a share that it has.
//!
//! The folder is held open and never left: a link in it leads nowhere. A file is written beside its place and then renamed.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use super::store::{Head, Listed, Stop, Store, part};
use crate::folder::{Clash, Folder, Kind, fault};

/// The target.
pub(super) struct Share {
    path: PathBuf,
    /// Absent as long as there is none.
    folder: Folder,
    part: String,
}

impl Share {
    /// The connection with a number. A folder that is not there is made when something is put into it.
    pub(super) fn open(path: PathBuf, number: usize) -> Result<Self, Stop> {
        let folder = match Folder::open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Folder::default(),
            folder => folder?,
        };
        Ok(Self { path, folder, part: part(number) })
    }

    fn make(&mut self) -> io::Result<()> {
        if self.folder == Folder::default() {
            std::fs::create_dir_all(&self.path)?;
            self.folder = Folder::open(&self.path)?;
        }
        Ok(())
    }
}

impl Store for Share {
    fn read(&mut self, path: &str, to: &mut dyn Write) -> Result<bool, Stop> {
        match self.folder.file(path) {
            Ok(mut file) => {
                io::copy(&mut file, to)?;
                Ok(true)
            }
            Err(error) if is_absent(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn write(&mut self, path: &str, from: &mut dyn Read, _: u64, _: &Head) -> Result<(), Stop> {
        self.make()?;
        self.folder.remove(&self.part)?;
        let mut file = self.folder.create(&self.part)?;
        fault::step()?;
        io::copy(from, &mut file)?;
        drop(file);
        Ok(self.folder.rename(&self.part, path, Clash::Replaced)?)
    }

    fn remove(&mut self, path: &str) -> Result<(), Stop> {
        match self.folder.remove(path) {
            Err(error) if is_absent(&error) => Ok(()),
            removed => Ok(removed?),
        }
    }

    fn list(&mut self, folder: &str) -> Result<Vec<Listed>, Stop> {
        let names = match self.folder.names(folder) {
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            names => names?,
        };
        let kind = |name: &str| match folder {
            "" => self.folder.kind(name),
            folder => self.folder.kind(&format!("{folder}/{name}")),
        };
        Ok(names.into_iter().map(|name| Listed { is_folder: matches!(kind(&name), Ok(Kind::Folder)), name }).collect())
    }

    fn remove_empty(&mut self, folder: &str) {
        // It stands where somebody else has put something into it.
        let _ = self.folder.remove_empty(folder);
    }

    fn settle(&mut self) -> Result<(), Stop> {
        Ok(self.folder.sync()?)
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
