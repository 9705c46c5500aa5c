//! Where files are written before they are the site.
//!
//! A build writes all of them into a folder; a check writes none; and a server asks for one, which is kept in memory, and
//! whoever makes pages passes over those that nobody wants.
//!
//! Workers write through a shared reference: each path is written once, so nothing is locked. What a worker wrote it
//! returns as manifest entries; two entries with one path are a fault of the archive, found before anything is published.

use std::borrow::Cow;
use std::fs::{self, File, FileTimes};
use std::io::{self, Cursor, ErrorKind, Read, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

use anyhow::Result;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::manifest::{self, ManifestEntry};
use super::watch::Watch;
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::{Doing, SiteMessage};
use crate::diagnostic::{Diagnostic, Report, visible};
use crate::file::shown;
use crate::fixity;
use crate::folder::{Folder, fault};
use crate::text::reserved::is_device;

/// Bytes copied at a time.
const CHUNK: usize = 1 << 16;

/// Where the files of a build go.
#[derive(Debug)]
pub struct Staging {
    /// Absent where nothing is written.
    folder: Option<Root>,
    /// The one file that is asked for, where it is only one.
    wanted: Option<Wanted>,
    /// The site that stands there now, and what is in it.
    old: Option<(PathBuf, Vec<ManifestEntry>)>,
    /// What is withheld, where anything is.
    watch: Option<Watch>,
}

/// A file that is asked for.
#[derive(Debug)]
struct Wanted {
    path: String,
    found: OnceLock<Made>,
}

/// A file of the site that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// What is in it.
    Bytes(Vec<u8>),
    /// The file of the archive that is published as it is, by its path from the archive's root.
    Copy(String),
}

/// The staging folder, held open: a file is then found from it, and not by walking down from the root of the system each
/// time.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    #[cfg(unix)]
    handle: File,
}

impl Root {
    fn open(path: PathBuf) -> Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            handle: File::open(&path).while_doing(|| Doing::Reading { path: shown(&path) })?,
            path,
        })
    }

    /// A new file, with the folders above it; none where a folder has its name, or a file that of a folder above it, which
    /// [`Staging::seal`] tells.
    fn create(&self, path: &str) -> io::Result<Option<File>> {
        let created = match self.create_in_folder(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let parent = self.path.join(path).parent().map_or(Ok(()), fs::create_dir_all);
                parent.and_then(|()| self.create_in_folder(path))
            }
            created => created,
        };
        match created {
            Err(error) if is_clash(&error) => Ok(None),
            created => created.map(Some),
        }
    }

    #[cfg(unix)]
    fn create_in_folder(&self, path: &str) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, openat};
        let flags = OFlags::CREATE | OFlags::WRONLY | OFlags::TRUNC | OFlags::CLOEXEC;
        Ok(File::from(openat(&self.handle, path, flags, Mode::from_raw_mode(0o666))?))
    }

    #[cfg(not(unix))]
    fn create_in_folder(&self, path: &str) -> io::Result<File> {
        File::create(self.path.join(path))
    }
}

/// Whether a file stands where a folder must be, or the reverse.
fn is_clash(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotADirectory | ErrorKind::IsADirectory | ErrorKind::AlreadyExists)
}

impl Staging {
    /// Writes into an empty folder. Files that are the same in `old` keep their time of change.
    ///
    /// # Errors
    /// The folder cannot be opened.
    pub(crate) fn new(folder: PathBuf, old: Option<(PathBuf, Vec<ManifestEntry>)>) -> Result<Self> {
        Ok(Self { folder: Some(Root::open(folder)?), wanted: None, old, watch: None })
    }

    /// Writes nothing.
    pub fn nowhere() -> Self {
        Self { folder: None, wanted: None, old: None, watch: None }
    }

    /// Keeps one file and passes over all others.
    pub fn only(path: impl Into<String>) -> Self {
        Self { wanted: Some(Wanted { path: path.into(), found: OnceLock::new() }), ..Self::nowhere() }
    }

    /// The same, with every file searched for what is withheld.
    pub(crate) fn watched(self, watch: Option<Watch>) -> Self {
        Self { watch, ..self }
    }

    /// The search for what is withheld.
    pub(crate) fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// Whether a file is to be made.
    pub(crate) fn wants(&self, path: &str) -> bool {
        self.wanted.as_ref().is_none_or(|wanted| wanted.path == path)
    }

    /// Whether every file is to be made.
    pub(crate) fn wants_all(&self) -> bool {
        self.wanted.is_none()
    }

    /// The file that was asked for; `None` where nothing made it.
    pub fn into_wanted(self) -> Option<Made> {
        self.wanted?.found.into_inner()
    }

    /// Keeps the file that was asked for.
    fn keep(&self, path: &str, made: impl FnOnce() -> Made) {
        if let Some(wanted) = self.wanted.as_ref().filter(|wanted| wanted.path == path) {
            wanted.found.get_or_init(made);
        }
    }

    /// Whether anything is written at all.
    pub(crate) fn writes(&self) -> bool {
        self.folder.is_some()
    }

    /// Makes a folder, so that the files in it can be written at once.
    ///
    /// # Errors
    /// With the path.
    pub(crate) fn folder(&self, path: &str) -> Result<()> {
        match &self.folder {
            Some(folder) => match fs::create_dir_all(folder.path.join(path)) {
                Err(error) if is_clash(&error) => Ok(()),
                made => made.while_doing(|| Doing::CreatingFolder { path: shown(&folder.path.join(path)) }),
            },
            None => Ok(()),
        }
    }

    /// Writes one file. Its folder is made when it is not there yet.
    ///
    /// # Errors
    /// With the path.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<ManifestEntry> {
        let mut entry = ManifestEntry { path: path.into(), bytes: bytes.len() as u64, sha256: [0; 32] };
        if let Some(watch) = &self.watch {
            watch.look(path, bytes);
        }
        let Some(folder) = &self.folder else {
            self.keep(path, || Made::Bytes(bytes.to_vec()));
            return Ok(entry);
        };
        entry.sha256 = fixity::sha256(bytes);
        let write = || -> io::Result<()> {
            let Some(mut out) = folder.create(path)? else { return Ok(()) };
            fault::step()?;
            out.write_all(bytes)?;
            self.keep_time(&out, &entry)
        };
        write().while_doing(|| Doing::Writing { path: shown(&folder.path.join(path)) })?;
        Ok(entry)
    }

    /// Reads a file that was written; none where it was not.
    ///
    /// # Errors
    /// With the path.
    pub(crate) fn read(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let Some(path) = self.folder.as_ref().map(|folder| folder.path.join(path)) else { return Ok(None) };
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).while_doing(|| Doing::Reading { path: shown(&path) }),
        }
    }

    /// Copies a file of the archive, of any size.
    ///
    /// # Errors
    /// With the path.
    pub(crate) fn copy(&self, path: &str, from: &Folder, source: &str) -> Result<ManifestEntry> {
        let mut entry = ManifestEntry { path: path.into(), bytes: 0, sha256: [0; 32] };
        if self.wanted.is_some() {
            self.keep(path, || Made::Copy(source.to_string()));
            return Ok(entry);
        }
        let reading = || Doing::Reading { path: source.to_string() };
        let mut input: Box<dyn Read> = match &self.watch {
            Some(watch) => {
                let bytes = from.read(source).while_doing(reading)?;
                watch.look_at_foreign(path, &bytes);
                Box::new(Cursor::new(bytes))
            }
            None => Box::new(from.file(source).while_doing(reading)?),
        };
        let Some(folder) = &self.folder else { return Ok(entry) };
        let mut copy = || -> io::Result<()> {
            let Some(mut out) = folder.create(path)? else { return Ok(()) };
            let mut hash = Sha256::new();
            let mut chunk = vec![0; CHUNK];
            loop {
                let length = input.read(&mut chunk)?;
                if length == 0 {
                    break;
                }
                hash.update(&chunk[..length]);
                out.write_all(&chunk[..length])?;
                entry.bytes += length as u64;
            }
            entry.sha256 = hash.finalize().into();
            self.keep_time(&out, &entry)
        };
        copy().while_doing(|| Doing::Copying { from: source.to_string(), to: shown(&folder.path.join(path)) })?;
        Ok(entry)
    }

    /// Gives a file that has not changed the time of the one it replaces.
    fn keep_time(&self, out: &File, entry: &ManifestEntry) -> io::Result<()> {
        let Some((folder, old)) = &self.old else { return Ok(()) };
        let same = old.binary_search_by(|before| before.path.cmp(&entry.path)).is_ok_and(|at| old[at] == *entry);
        if !same {
            return Ok(());
        }
        match fs::metadata(folder.join(&*entry.path)).and_then(|metadata| metadata.modified()) {
            Ok(time) => out.set_times(FileTimes::new().set_modified(time)),
            // The old file is gone; then there is no time to keep.
            Err(_) => Ok(()),
        }
    }

    /// Puts the entries of all workers in order, finds paths that were claimed twice, and writes the manifest.
    ///
    /// # Errors
    /// With the path of the manifest.
    pub(crate) fn seal(&self, mut entries: Vec<ManifestEntry>, report: &mut Report) -> Result<Vec<ManifestEntry>> {
        entries.par_sort_unstable();
        let write = || self.folder.as_ref().map_or(Ok(()), |folder| manifest::write(&folder.path, &entries));
        let find = || {
            // Two documents of one id clash in every file; that was told.
            if !report.has_errors() {
                find_clashes(&entries, report);
                find_bad_names(&entries, report);
            }
        };
        let ((), written) = rayon::join(find, write);
        written?;
        Ok(entries)
    }
}

/// Names that a file cannot have on Windows: the site must unpack there.
fn find_bad_names(entries: &[ManifestEntry], report: &mut Report) {
    for entry in entries {
        let is_bad = |name: &str| {
            name.bytes().any(|byte| byte < b' ' || b"<>:\"\\|?*".contains(&byte) || byte == 0x7f)
                || name.ends_with(['.', ' '])
                || is_device(name)
        };
        if entry.path.split('/').any(is_bad) {
            report.push(Diagnostic::error(SiteMessage::UnportableName { path: visible(&entry.path).into_owned() }));
        }
    }
}

/// Two files at one path, also where upper and lower case are the same (Windows, macOS, most discs), and a file where a
/// folder must be. The entries come in the order of their paths.
fn find_clashes(entries: &[ManifestEntry], report: &mut Report) {
    let mut folded: Vec<(Cow<'_, str>, &str)> =
        entries.iter().map(|entry| (lower_case(&entry.path), entry.path.as_ref())).collect();
    if folded.iter().any(|(path, _)| matches!(path, Cow::Owned(_))) {
        folded.par_sort_unstable();
    }
    let mut clash = |one: &str, two: &str| {
        report.push(Diagnostic::error(SiteMessage::PathClash { one: one.to_string(), two: two.to_string() }));
    };
    let mut last_folder = "";
    for (at, (path, name)) in folded.iter().enumerate() {
        if at > 0 && folded[at - 1].0 == *path {
            clash(folded[at - 1].1, name);
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder == last_folder {
            continue;
        }
        last_folder = folder;
        for (end, _) in path.match_indices('/') {
            if let Ok(file) = folded.binary_search_by(|(other, _)| other.as_ref().cmp(&path[..end])) {
                clash(folded[file].1, name);
            }
        }
    }
}

/// A path as file systems see it that do not tell upper from lower case; most paths have no upper case.
fn lower_case(path: &str) -> Cow<'_, str> {
    let has_upper_case = match path.is_ascii() {
        true => path.bytes().any(|byte| byte.is_ascii_uppercase()),
        false => path.chars().any(char::is_uppercase),
    };
    if has_upper_case { Cow::Owned(path.to_lowercase()) } else { Cow::Borrowed(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clashes(paths: &[&str]) -> usize {
        let mut report = Report::new();
        let entry = |path: &&str| ManifestEntry { path: (*path).into(), bytes: 0, sha256: [0; 32] };
        find_clashes(&paths.iter().map(entry).collect::<Vec<_>>(), &mut report);
        report.sorted().len()
    }

    #[test]
    fn clashes_are_found() {
        assert_eq!(clashes(&["a/index.html", "b/index.html"]), 0);
        assert_eq!(clashes(&["a/X.html", "a/x.html"]), 1);
        assert_eq!(clashes(&["a", "a/x.html"]), 1);
        assert_eq!(clashes(&["A", "a.html", "a/b/x.html"]), 1);
        assert_eq!(clashes(&["a", "a.html", "ab/x"]), 0);
    }
}
