//! What lies in `content/`: which file is a collection's page, which a document, which stands beside one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use walkdir::WalkDir;

use super::litter;
use crate::diagnostic::messages::{ArchiveMessage, FileMessage};
use crate::diagnostic::{Diagnostic, Report, visible as visible_name};
use crate::file;
use crate::folder::{Folder, Kind};
use crate::text::anchor::is_id;

/// A Markdown file of the archive: on disk, or made in memory by an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Path from the archive's root, with `/`: `content/laws/notice.md`.
    pub path: String,
    /// The text, when it does not lie on disk.
    pub text: Option<String>,
}

impl SourceFile {
    /// The whole text.
    ///
    /// # Errors
    /// A fault where it cannot be read.
    pub(crate) fn read(&self, root: &Folder) -> Result<String, Diagnostic> {
        match &self.text {
            Some(text) => Ok(text.clone()),
            None => file::read_text(root, &self.path),
        }
    }

    /// Its length in bytes; 0 where it cannot be asked for.
    pub(crate) fn length(&self, root: &Folder) -> u64 {
        match &self.text {
            Some(text) => text.len() as u64,
            None => root.length(&self.path),
        }
    }

    /// The beginning, as far as the record reaches.
    ///
    /// # Errors
    /// A fault where it cannot be read.
    pub(crate) fn read_head(&self, root: &Folder) -> Result<String, Diagnostic> {
        match &self.text {
            Some(text) => Ok(text.clone()),
            None => file::read_head(root, &self.path, crate::record::front_matter::is_complete),
        }
    }
}

/// A document's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDocument {
    /// The file.
    pub source: SourceFile,
    /// Folder of the collection below `content/`; empty for a document that lies in `content/` itself.
    pub collection: String,
    /// File name without `.md`, or the folder's name: the id of a record that gives none.
    pub stem: String,
    /// Its own folder with a closing `/`, for a document in folder form.
    pub folder: Option<String>,
}

impl FoundDocument {
    fn new(path: &str, collection: &str, stem: &str, folder: Option<String>) -> Self {
        let source = SourceFile { path: path.to_string(), text: None };
        Self { source, collection: collection.to_string(), stem: stem.to_string(), folder }
    }
}

/// Everything found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scanned {
    /// `content/_index.md`.
    pub home: Option<SourceFile>,
    /// Folder below `content/` → its `_index.md`.
    pub collections: BTreeMap<String, Option<SourceFile>>,
    /// In the order of their paths.
    pub documents: Vec<FoundDocument>,
    /// Paths of all other files, from the archive's root.
    pub files: BTreeSet<String>,
    /// Those of the files that are in memory and not on the disc.
    pub held: BTreeMap<String, Vec<u8>>,
}

/// Looks through `content/`.
pub(crate) fn scan(root: &Folder, report: &mut Report) -> Scanned {
    let mut paths = BTreeSet::new();
    match root.kind("content") {
        Ok(Kind::Folder) => {}
        Ok(Kind::Link) => {
            report.push(Diagnostic::error(FileMessage::SymbolicLink).in_file("content"));
            return Scanned::default();
        }
        _ => {
            report.push(Diagnostic::error(ArchiveMessage::NoContent).in_file("content"));
            return Scanned::default();
        }
    }
    let root = root.path();
    let content = root.join("content");
    let visible = |entry: &walkdir::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let mut walk = WalkDir::new(&content).min_depth(1).into_iter().filter_entry(visible);
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let name = error.path().map_or("content".to_string(), |path| relative(root, path));
                report.push(file::unreadable(&name, &error.into()));
                continue;
            }
        };
        let path = relative(root, entry.path());
        let name = entry.file_name().to_string_lossy();
        if litter::is_litter(&name) && !path.contains("/original/") {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            let message = ArchiveMessage::LeftoverFile { name: visible_name(&name).into_owned() };
            report.push(Diagnostic::warning(message).in_file(path));
        } else if entry.path_is_symlink() {
            report.push(Diagnostic::warning(FileMessage::SymbolicLink).in_file(path));
        } else if entry.file_type().is_file() {
            if entry.path().to_str().is_none() {
                report.push(Diagnostic::error(ArchiveMessage::FileNameNotUtf8).in_file(path));
                continue;
            }
            paths.insert(path);
        }
    }
    sort_out(paths, report)
}

fn relative(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Tells what each file is by its name and its neighbours.
fn sort_out(paths: BTreeSet<String>, report: &mut Report) -> Scanned {
    let mut found = Scanned::default();
    let folders: BTreeSet<String> = paths
        .iter()
        .filter_map(|path| path.strip_suffix("/index.md"))
        .filter(|folder| *folder != "content" && !is_original(folder, &paths))
        .map(str::to_string)
        .collect();
    let in_document = |path: &str| path.match_indices('/').any(|(at, _)| folders.contains(&path[..at]));
    for path in &paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("content", path));
        let collection = folder.strip_prefix("content").unwrap_or(folder).trim_start_matches('/');
        let source = || SourceFile { path: path.clone(), text: None };
        if let Some(own) = folders.get(folder).filter(|_| name == "index.md") {
            let (parent, stem) = collection.rsplit_once('/').unwrap_or(("", collection));
            if own.match_indices('/').any(|(at, _)| folders.contains(&own[..at])) {
                report.push(Diagnostic::error(ArchiveMessage::DocumentInDocument).in_file(path.clone()));
                continue;
            }
            let folder = Some(format!("{folder}/"));
            found.documents.push(FoundDocument::new(path, parent, stem, folder));
        } else if in_document(path) || !name.ends_with(".md") || is_original(folder, &paths) {
            if !in_document(path) && !is_original(folder, &paths) && is_misnamed(name) {
                let message = ArchiveMessage::WrongExtension { name: name.to_string() };
                report.push(Diagnostic::warning(message).in_file(path.clone()));
            }
            found.files.insert(path.clone());
        } else if name == "_index.md" && collection.is_empty() {
            found.home = Some(source());
        } else if name == "_index.md" {
            found.collections.insert(collection.to_string(), Some(source()));
        } else if path == "content/index.md" {
            report.push(Diagnostic::error(ArchiveMessage::HomePageName).in_file(path.clone()));
        } else {
            found.documents.push(FoundDocument::new(path, collection, name.trim_end_matches(".md"), None));
        }
    }
    let named: Vec<String> = found
        .documents
        .iter()
        .map(|document| document.collection.clone())
        .chain(found.collections.keys().cloned())
        .collect();
    for path in named {
        // Every folder above a collection is one too, with or without a page of its own.
        for (at, _) in path.match_indices('/').chain([(path.len(), "")]).filter(|(at, _)| *at > 0) {
            found.collections.entry(path[..at].to_string()).or_default();
        }
    }
    for path in found.collections.keys() {
        let name = path.rsplit('/').next().unwrap_or(path);
        if !is_id(name) {
            let message = ArchiveMessage::InvalidFolderName { name: visible_name(name).into_owned() };
            report.push(Diagnostic::error(message).in_file(format!("content/{path}")));
        }
    }
    found
}

/// Whether a folder is, or lies in, the one in which a document's captures are kept: `original/` in its own folder, or in
/// one of its file's name. What lies there is never read, whatever it is called.
fn is_original(folder: &str, paths: &BTreeSet<String>) -> bool {
    folder.match_indices("/original").any(|(at, found)| {
        let (document, rest) = (&folder[..at], &folder[at + found.len()..]);
        (rest.is_empty() || rest.starts_with('/'))
            && [".md", "/index.md"].iter().any(|end| paths.contains(&format!("{document}{end}")))
    })
}

/// Whether a file's name ends as Markdown files do elsewhere.
pub(crate) fn is_misnamed(name: &str) -> bool {
    let name = name.to_lowercase();
    [".md", ".markdown", ".mdown", ".mkd", ".md.txt", ".markdown.txt", ".md.md.txt"]
        .iter()
        .any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_names() {
        let mut report = Report::new();
        let paths = [
            "content/_index.md",
            "content/a/_index.md",
            "content/a/one.md",
            "content/a/one.png",
            "content/a/two/index.md",
            "content/a/two/notes.md",
            "content/a/two/original/x.txt",
            "content/a/two/original/index.md",
            "content/a/two/original/in/index.md",
            "content/a/one/original/index.md",
            "content/b/c/three.md",
            "content/four.md",
        ];
        let found = sort_out(paths.iter().map(|path| path.to_string()).collect(), &mut report);
        assert!(report.is_empty());
        let documents: Vec<_> =
            found.documents.iter().map(|document| (document.collection.as_str(), document.stem.as_str())).collect();
        assert_eq!(documents, [("a", "one"), ("a", "two"), ("b/c", "three"), ("", "four")]);
        assert_eq!(found.collections.keys().collect::<Vec<_>>(), ["a", "b", "b/c"]);
        assert_eq!(found.files.len(), 6);
        assert!(found.home.is_some());
    }
}
