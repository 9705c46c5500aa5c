//! Which captures are meant: files, folders of them, patterns, and the pages of web archives.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::format::{ENDINGS, counted_as, is_capture_name, is_lock_file, is_of_page};
use super::html::Beside;
use super::marked_up;
use super::warc::WebPage;
use super::web_archive;
use super::zipped::Zipped;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;

/// Largest file beside a page that is kept, in bytes.
const LARGEST: u64 = 64 << 20;

/// Files that were found, and what was passed over in the folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FoundSources {
    /// The captures, in the order of the paths given, and by name within a folder.
    pub files: Vec<PathBuf>,
    /// How many files in folders are in no format that is read, by ending.
    pub passed_over: BTreeMap<String, usize>,
}

/// Finds the files that paths, folders and patterns name.
///
/// # Errors
/// `no-such-file`, `no-captures`, `bad-pattern`.
pub(crate) fn find(paths: &[PathBuf]) -> Result<FoundSources, Diagnostic> {
    let mut found = FoundSources::default();
    for path in paths {
        let text = path.to_string_lossy();
        if path.is_dir() {
            folder(path, &mut found);
        } else if path.is_file() {
            found.files.push(path.clone());
        } else if text.contains(['*', '?', '[']) {
            let bad = |_| Diagnostic::error(CaptureMessage::BadPattern { pattern: text.to_string() });
            let matches = glob::glob(&text).map_err(bad)?;
            let before = found.files.len();
            for path in matches.filter_map(Result::ok) {
                // A pipe may never give anything, and a device never end.
                match path {
                    path if path.is_dir() => folder(&path, &mut found),
                    path if path.is_file() => found.files.push(path),
                    path => pass_over(&path, &mut found),
                }
            }
            if found.files.len() == before {
                return Err(Diagnostic::error(CaptureMessage::NoFileMatches { pattern: text.to_string() }));
            }
        } else {
            return Err(Diagnostic::error(CaptureMessage::NoSuchFile { path: text.to_string() }));
        }
    }
    if found.files.is_empty() {
        return Err(no_captures());
    }
    for path in &found.files {
        let Some(zipped) = zip_of_captures(path).and_then(Result::ok) else { continue };
        for (ending, count) in zipped.captures().1 {
            *found.passed_over.entry(ending).or_default() += count;
        }
    }
    Ok(found)
}

fn no_captures() -> Diagnostic {
    let endings = ENDINGS.iter().map(|ending| format!(".{ending}")).collect();
    Diagnostic::error(CaptureMessage::NoCaptures { endings })
}

/// A ZIP file of captures, opened; `None` for all other files.
pub(super) fn zip_of_captures(path: &Path) -> Option<Result<Zipped, Diagnostic>> {
    let is_named = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    if is_named { Zipped::open(path) } else { None }
}

/// The captures in a folder. What a browser saved beside a page, in `page_files`, belongs to that page.
fn folder(path: &Path, found: &mut FoundSources) {
    let beside_page = |entry: &walkdir::DirEntry| {
        let is_page = |page: &str| entry.path().with_file_name(page).is_file();
        entry.depth() > 0 && entry.file_type().is_dir() && is_of_page(&entry.file_name().to_string_lossy(), &is_page)
    };
    let entries = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| !beside_page(entry)).filter_map(Result::ok) {
        if !entry.file_type().is_file() {
            continue;
        }
        let name = entry.file_name().to_string_lossy();
        if is_lock_file(&name) {
            continue;
        }
        // XML may be anything, so it is looked into.
        let is_xml = || name.to_ascii_lowercase().ends_with(".xml") && marked_up::of_file(entry.path()).is_some();
        if is_capture_name(&name) || is_xml() {
            found.files.push(entry.into_path());
        } else {
            pass_over(entry.path(), found);
        }
    }
}

/// Counts a file that is in no format that is read.
fn pass_over(path: &Path, found: &mut FoundSources) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    *found.passed_over.entry(counted_as(&name)).or_default() += 1;
}

/// One capture that is to be read.
#[derive(Debug)]
pub(crate) enum Source {
    /// A file.
    File(PathBuf),
    /// A page out of a web archive.
    Page {
        /// The archive.
        archive: PathBuf,
        /// The page.
        page: Box<WebPage>,
    },
    /// A file in a ZIP file.
    Zipped {
        /// The ZIP file.
        archive: PathBuf,
        /// The same, opened.
        zipped: Arc<Zipped>,
        /// The name of the file in it.
        name: String,
    },
    /// What could not be read of an archive.
    Fault(Diagnostic),
}

impl Source {
    /// Bytes held in memory already, or to be unpacked into it.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Page { page, .. } => page.body.len(),
            Self::Zipped { zipped, name, .. } => usize::try_from(zipped.size(name)).unwrap_or(usize::MAX),
            Self::File(_) | Self::Fault(_) => 0,
        }
    }
}

/// The captures of files, one after the other; a web archive gives its pages.
pub(crate) fn captures(files: Vec<PathBuf>) -> impl Iterator<Item = Source> {
    files.into_iter().flat_map(|path| -> Box<dyn Iterator<Item = Source>> {
        if let Some(pages) = super::wiki_pages(&path) {
            return Box::new(pages.map(move |page| Source::Page { archive: path.clone(), page: Box::new(page) }));
        }
        if let Some(zipped) = zip_of_captures(&path) {
            return match zipped {
                Ok(zipped) => Box::new(members(path, zipped).into_iter()),
                Err(fault) => Box::new(std::iter::once(Source::Fault(fault.in_file(path.to_string_lossy())))),
            };
        }
        if !is_web_archive(&path) {
            return Box::new(std::iter::once(Source::File(path)));
        }
        Box::new(web_archive::pages(&path).map(move |page| match page {
            Ok(page) => Source::Page { archive: path.clone(), page: Box::new(page) },
            Err(fault) => Source::Fault(fault),
        }))
    })
}

/// The captures in a ZIP file.
fn members(archive: PathBuf, zipped: Zipped) -> Vec<Source> {
    let names = zipped.captures().0;
    if names.is_empty() {
        return vec![Source::Fault(no_captures().in_file(archive.to_string_lossy()))];
    }
    let zipped = Arc::new(zipped);
    let source = |name| Source::Zipped { archive: archive.clone(), zipped: Arc::clone(&zipped), name };
    names.into_iter().map(source).collect()
}

/// Whether a file is a web archive, by its first bytes.
pub(super) fn is_web_archive(path: &Path) -> bool {
    web_archive::is_one(path, &web_archive::head(path))
}

/// What a page out of an archive is called: the end of its address, as a file name.
pub(crate) fn page_name(page: &WebPage) -> String {
    let ending = match page.media_type.as_str() {
        "text/plain" => "txt",
        "application/xml" => "xml",
        _ => "html",
    };
    let address = page.address.split_once("://").map_or(page.address.as_str(), |(_, rest)| rest);
    let address = address.split('#').next().unwrap_or_default().trim_end_matches('/');
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let last = path.rsplit('/').next().unwrap_or_default();
    let stem = last.rsplit_once('.').filter(|_| path.contains('/')).map_or(last, |(stem, _)| stem);
    // index.html says nothing; the folder above it does.
    let stem = match (stem, path.rsplit('/').nth(1)) {
        ("index" | "default" | "content", Some(above)) => above,
        _ => stem,
    };
    let words = if query.is_empty() { stem.to_string() } else { format!("{stem}-{query}") };
    let safe: String = words
        .chars()
        .take(80)
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let safe = safe.trim_matches(['-', '.']);
    if safe.is_empty() { format!("page.{ending}") } else { format!("{safe}.{ending}") }
}

/// The files beside a saved page, never outside its folder.
#[derive(Debug)]
pub(crate) struct Folder<'a>(pub &'a Path);

impl Beside for Folder<'_> {
    fn file(&self, address: &str) -> Option<Vec<u8>> {
        let address = address.strip_prefix("file://").unwrap_or(address).split(['?', '#']).next()?;
        let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
        let inside = Path::new(&*decoded);
        if !inside.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return None;
        }
        let folder = self.0.parent()?;
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.canonicalize().ok()?;
        let path = folder.join(inside).canonicalize().ok().filter(|path| path.starts_with(&folder))?;
        let small = path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST);
        if small { std::fs::read(path).ok() } else { None }
    }

    fn local(&self, address: &str) -> Option<Vec<u8>> {
        self.file(address)
    }
}

/// Notes which images a page asks for, and gives those that were found since.
#[derive(Debug, Default)]
pub(crate) struct Images {
    wanted: Mutex<BTreeSet<String>>,
    found: BTreeMap<String, Vec<u8>>,
}

impl Images {
    /// Takes the images that were asked for out of a web archive; whether there are any.
    pub(crate) fn fetch(&mut self, archive: &Path) -> bool {
        let wanted = std::mem::take(self.wanted.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner));
        if !wanted.is_empty() {
            self.found = web_archive::images(archive, &wanted);
        }
        !self.found.is_empty()
    }
}

impl Beside for Images {
    fn file(&self, address: &str) -> Option<Vec<u8>> {
        if let Some(bytes) = self.found.get(address) {
            return Some(bytes.clone());
        }
        self.wanted.lock().ok()?.insert(address.to_string());
        None
    }
}
