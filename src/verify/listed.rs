//! A list of files held against a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::digest::{Algorithm, digests};
use crate::bag::{folded, nfc};
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{FileMessage, FixityMessage, Task};
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::folder::Folder;
use crate::progress::Progress;

/// A file in a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    /// Its path in the folder.
    pub path: String,
    /// Its size, where the list says it.
    pub bytes: Option<u64>,
    /// Its digests, in lower case.
    pub digests: Vec<(Algorithm, String)>,
    /// Where it can be had, if it is not there.
    pub address: Option<String>,
}

/// What was looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Looked {
    pub files: usize,
    pub bytes: u64,
    pub algorithms: BTreeSet<Algorithm>,
    pub report: Report,
}

impl Looked {
    /// Takes in what else was looked at.
    pub(super) fn merge(&mut self, other: Self) {
        self.files += other.files;
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.algorithms.extend(other.algorithms);
        self.report.merge(other.report);
    }
}

/// What lies in a folder.
#[derive(Debug, Default)]
pub(super) struct Present {
    /// Regular files, by their paths.
    pub files: BTreeSet<String>,
    /// What is neither a file nor a folder, and is not followed.
    pub links: BTreeSet<String>,
}

impl Present {
    /// Looks through a folder. What cannot be looked at is in the report.
    pub(super) fn in_folder(folder: &Folder, place: &Place<'_>, report: &mut Report) -> Self {
        let mut present = Self::default();
        for entry in WalkDir::new(folder.path()).min_depth(1) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().map_or_else(String::new, |path| relative(folder, path));
                    report.push(file::unreadable(&place.of(&path), &error.into()));
                    continue;
                }
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let path = relative(folder, entry.path());
            match entry.file_type().is_file() {
                true => present.files.insert(path),
                false => present.links.insert(path),
            };
        }
        present
    }
}

fn relative(folder: &Folder, path: &Path) -> String {
    let path = path.strip_prefix(folder.path()).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// How a folder is named in findings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// What stands before its paths.
    pub prefix: &'a str,
    /// The list, for files that are not in it.
    pub list: &'a str,
    /// The language of a progress bar, where one may be shown.
    pub progress: Option<Lang>,
}

impl Place<'_> {
    /// A path as findings name it.
    pub(super) fn of(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// A finding at a path.
    pub(super) fn error(&self, path: &str, message: FixityMessage) -> Diagnostic {
        Diagnostic::error(message).in_file(self.of(path))
    }
}

/// Holds a list against what is there. Where `is_closed`, nothing else may be there.
pub(super) fn compare(
    folder: &Folder,
    listed: &[Listed],
    present: &Present,
    place: &Place<'_>,
    is_closed: bool,
) -> Looked {
    let mut looked = Looked::default();
    for link in &present.links {
        looked.report.push(Diagnostic::error(FileMessage::SymbolicLink).in_file(place.of(link)));
    }
    find_alike(listed, place, &mut looked.report);
    let (found, surplus) = pairs(listed, present, place, &mut looked.report);
    if is_closed {
        for path in surplus {
            let message = FixityMessage::FileSurplus { list: place.list.to_string() };
            looked.report.push(place.error(path, message));
        }
    }
    let progress = Progress::new(Task::Verifying, found.len(), place.progress);
    let checked: Vec<(u64, Report)> =
        found.par_iter().map(|pair| check(folder, pair, place)).inspect(|_| progress.step()).collect();
    progress.finish();
    for (bytes, report) in checked {
        looked.files += 1;
        looked.bytes = looked.bytes.saturating_add(bytes);
        looked.report.merge(report);
    }
    looked.algorithms = listed.iter().flat_map(|file| &file.digests).map(|(algorithm, _)| *algorithm).collect();
    looked
}

/// A file of the list, and the name under which it was found.
type Pair<'a> = (&'a Listed, &'a str);

/// Finds each file of a list, under another spelling of its name if need be; what is left over is in no list.
fn pairs<'a>(
    listed: &'a [Listed],
    present: &'a Present,
    place: &Place<'_>,
    report: &mut Report,
) -> (Vec<Pair<'a>>, Vec<&'a str>) {
    let names: BTreeSet<&str> = listed.iter().map(|file| file.path.as_str()).collect();
    let mut over: BTreeSet<&str> =
        present.files.iter().map(String::as_str).filter(|path| !names.contains(path)).collect();
    let mut by_form: BTreeMap<String, &str> = BTreeMap::new();
    let mut by_fold: BTreeMap<String, &str> = BTreeMap::new();
    for path in &over {
        by_form.insert(nfc(path), path);
        by_fold.insert(folded(path), path);
    }
    let mut found = Vec::with_capacity(listed.len());
    for file in listed {
        let path = file.path.as_str();
        if present.files.contains(path) {
            found.push((file, path));
            continue;
        }
        let form = by_form.get(&nfc(path)).copied().filter(|other| over.contains(other));
        let case = || by_fold.get(&folded(path)).copied().filter(|other| over.contains(other));
        let message = match (form, form.or_else(case)) {
            (_, None) if present.links.contains(path) => continue,
            (_, None) => match file.address.clone() {
                Some(address) => FixityMessage::FileNotFetched { address },
                None => FixityMessage::FileMissing,
            },
            (form, Some(other)) => {
                over.remove(other);
                found.push((file, other));
                match form {
                    Some(_) => FixityMessage::NameInOtherForm { found: escaped(other) },
                    None => FixityMessage::NameInOtherCase { found: other.to_string() },
                }
            }
        };
        report.push(place.error(path, message));
    }
    (found, over.into_iter().collect())
}

/// A name whose form can be seen: two forms of a letter look the same.
fn escaped(name: &str) -> String {
    name.chars()
        .map(|character| match character {
            '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{3099}' | '\u{309a}' => {
                format!("\\u{{{:x}}}", u32::from(character))
            }
            character => character.to_string(),
        })
        .collect()
}

/// Names in a list that many systems take for one.
fn find_alike(listed: &[Listed], place: &Place<'_>, report: &mut Report) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for file in listed {
        if let Some(other) = known.insert(folded(&file.path), &file.path) {
            let message = FixityMessage::NamesAlike { other: other.to_string() };
            report.push(Diagnostic::warning(message).in_file(place.of(&file.path)));
        }
    }
}

/// Holds one file against its line.
fn check(folder: &Folder, (listed, name): &Pair<'_>, place: &Place<'_>) -> (u64, Report) {
    let mut report = Report::new();
    let algorithms: Vec<Algorithm> = listed.digests.iter().map(|(algorithm, _)| *algorithm).collect();
    match folder.file(name).and_then(|file| digests(file, &algorithms)) {
        Ok((bytes, found)) => {
            if let Some(message) = changed(listed, bytes, &found) {
                report.push(place.error(&listed.path, message));
            }
            (bytes, report)
        }
        Err(error) => {
            report.push(file::unreadable(&place.of(&listed.path), &error));
            (0, report)
        }
    }
}

/// What a file has become, where it is not what its line says.
pub(super) fn changed(listed: &Listed, bytes: u64, found: &[String]) -> Option<FixityMessage> {
    if let Some(said) = listed.bytes.filter(|said| *said != bytes) {
        return Some(FixityMessage::SizeChanged { said: said.to_string(), found: bytes.to_string() });
    }
    let differs = listed.digests.iter().zip(found).find(|((_, said), found)| said != *found);
    differs.map(|((algorithm, said), found)| FixityMessage::BytesChanged {
        algorithm: algorithm.name(),
        said: said.clone(),
        found: found.clone(),
    })
}
