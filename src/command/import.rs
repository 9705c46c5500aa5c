//! `fonds import`: captures become records with their text, and nothing is lost on the way.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::terminal::{Terminal, plural};
use super::{Exit, find_archive};
use crate::archive::Archive;
use crate::archive::scan::{self, Found, FoundDocument, SourceFile};
use crate::cli::{Common, Format, ImportArgs};
use crate::diagnostic::{Diagnostic, Report, Severity, Source};
use crate::document::anchor;
use crate::import::shelf::{self, Place, Shelf};
use crate::import::{Capture, Import, Kind, read};
use crate::progress::Progress;
use crate::site::Site;
use crate::{Input, file};

/// Endings of files that are read when a folder is named.
const ENDINGS: [&str; 2] = ["txt", "text"];

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary {
    summary: &'static str,
    captures: usize,
    imported: usize,
    known: usize,
    failed: usize,
}

/// A capture that was read.
struct Captured {
    name: String,
    bytes: Vec<u8>,
    import: Import,
}

/// Imports.
///
/// # Errors
/// The machine refuses to write.
pub fn run(args: &ImportArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let files = match find_files(&args.paths) {
        Ok(files) => files,
        Err(fault) => {
            terminal.diagnostic(&fault);
            return Ok(Exit::Usage);
        }
    };
    let captures = read_all(&files, &terminal);
    if args.dry_run {
        return Ok(dry_run(captures, common, &terminal));
    }
    let root = match find_archive(common) {
        Ok(root) => root,
        Err(fault) => {
            terminal.diagnostic(&fault);
            return Ok(Exit::Usage);
        }
    };
    if let Some(into) = args.into.as_deref().filter(|into| !into.split('/').all(anchor::is_id)) {
        terminal.diagnostic(
            &Diagnostic::error("bad-folder-name", format!("`{into}` cannot be a collection's folder"))
                .help("letters, digits, - and _ ; parts of a path are separated by /"),
        );
        return Ok(Exit::Usage);
    }
    let mut report = Report::new();
    let site = match file::read_text(&root.join("site.toml"), "site.toml") {
        Ok(text) => Site::parse(Source { file: "site.toml", text: &text }, &mut report),
        Err(_) => Site::default(),
    };
    let found = scan::scan(&root, &mut report);
    // Faults of the archive are the build's to tell; here only its ids and hashes are asked for.
    let archive = Archive::read(site, &root, found, true, &mut Report::new());
    shelve(&root, &archive, captures, args.into.as_deref(), &terminal)
}

/// Puts every capture into its place, in the order of their names.
fn shelve(
    root: &Path,
    archive: &Archive,
    captures: Vec<Result<Captured, Report>>,
    into: Option<&str>,
    terminal: &Terminal,
) -> Result<Exit> {
    let mut shelf = Shelf::new(archive);
    let total = captures.len();
    let (mut imported, mut known, mut failed) = (0, 0, 0);
    for capture in captures {
        let captured = match capture {
            Ok(captured) => captured,
            Err(report) => {
                failed += 1;
                terminal.report(&report);
                continue;
            }
        };
        let place = shelf.place(&captured.import, &captured.name, into);
        match shelf::put(root, &captured.import, &captured.bytes, &captured.name, &place)? {
            Ok(()) if matches!(place, Place::Known { .. }) => known += 1,
            Ok(()) => imported += 1,
            Err(fault) => {
                failed += 1;
                terminal.diagnostic(&fault);
                continue;
            }
        }
        tell(&captured, Some(&place), terminal);
    }
    let mut parts = vec![format!("{} imported", plural(imported, "capture"))];
    parts.extend((known > 0).then(|| format!("{known} known already")));
    parts.extend((failed > 0).then(|| format!("{failed} failed")));
    let summary = Summary { summary: "import", captures: total, imported, known, failed };
    terminal.result(&parts.join(", "), &summary);
    Ok(if failed > 0 { Exit::Faults } else { Exit::Done })
}

/// Says what would be recognised.
fn dry_run(captures: Vec<Result<Captured, Report>>, common: &Common, terminal: &Terminal) -> Exit {
    let mut exit = Exit::Done;
    for capture in captures {
        match capture {
            Ok(captured) if common.format == Format::Json => terminal.line(&captured.import.json(&captured.name)),
            Ok(captured) => tell(&captured, None, terminal),
            Err(report) => {
                exit = Exit::Faults;
                terminal.report(&report);
            }
        }
    }
    exit
}

/// The files named, and the captures in the folders named.
fn find_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let inside = walkdir::WalkDir::new(path).sort_by_file_name().into_iter().filter_map(Result::ok);
            files.extend(inside.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).filter(
                |file| {
                    file.extension()
                        .is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
                },
            ));
        } else if path.is_file() {
            files.push(path.clone());
        } else {
            return Err(Diagnostic::error("no-such-file", format!("there is no file {}", path.display()))
                .help("name captures, or folders of them"));
        }
    }
    if files.is_empty() {
        return Err(Diagnostic::error("no-captures", "there is no text file in the folder")
            .help(format!("captures end in .{}", ENDINGS.join(" or ."))));
    }
    Ok(files)
}

/// Reads captures in parallel; the results come in the order of the files.
fn read_all(files: &[PathBuf], terminal: &Terminal) -> Vec<Result<Captured, Report>> {
    let progress = Progress::new(files.len(), terminal.shows_progress());
    let captures = files.par_iter().map(|path| read_one(path)).inspect(|_| progress.step()).collect();
    progress.finish();
    captures
}

/// Reads one capture; its errors are its own and stop no other.
fn read_one(path: &Path) -> Result<Captured, Report> {
    let name = path.to_string_lossy().into_owned();
    let mut report = Report::new();
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            report.push(file::unreadable(&name, &error));
            return Err(report);
        }
    };
    match read(&Capture { name: &name, bytes: &bytes }) {
        Ok(import) if import.diagnostics.iter().any(|fault| fault.severity == Severity::Error) => {
            import.diagnostics.into_iter().for_each(|fault| report.push(fault));
            Err(report)
        }
        Ok(import) => Ok(Captured { name, bytes, import }),
        Err(fault) => {
            report.push(fault);
            Err(report)
        }
    }
}

/// Tells a person what was recognised, what was dropped, and where it went.
fn tell(captured: &Captured, place: Option<&Place>, terminal: &Terminal) {
    let import = &captured.import;
    let mut told = shelf::file_name(&captured.name);
    match place {
        None => {}
        Some(Place::New { collection, id, .. }) => told.push_str(&format!(" → content/{collection}/{id}/index.md")),
        Some(Place::Waiting { record, .. }) => {
            told.push_str(&format!(" → {record} (filled in; access = \"record\" still withholds the text)"));
        }
        Some(Place::Known { record }) => {
            terminal.words(&format!("{told}: known already, as {record}"));
            return;
        }
    }
    let meta = &import.meta;
    let authors: Vec<String> = meta
        .authors
        .iter()
        .map(|author| match &author.affiliation {
            Some(affiliation) => format!("{}（{affiliation}）", author.name),
            None => author.name.clone(),
        })
        .collect();
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(told, "\n  {label:<9}{value}");
        }
    };
    line("title", meta.title.as_deref().unwrap_or("not found; the record has the file's name"));
    line("author", &authors.join(", "));
    line("date", meta.date.as_deref().unwrap_or_default());
    line("source", meta.source.as_deref().unwrap_or_default());
    line("issuer", meta.issuer.as_deref().unwrap_or_default());
    line("number", meta.doc_number.as_deref().unwrap_or_default());
    line("rights", meta.rights.as_deref().unwrap_or_default());
    line("text", &outline(import));
    line("dropped", &dropped(import));
    line("read as", &format!("{}, SHA-256 {}…", import.encoding, &import.sha256[..16.min(import.sha256.len())]));
    terminal.words(&told);
    for doubt in &import.diagnostics {
        terminal.diagnostic(doubt);
    }
}

/// “25 headings (5 + 20), 27 paragraphs”
fn outline(import: &Import) -> String {
    let mut levels: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut headings, mut others) = (0, 0);
    for block in &import.blocks {
        if block.kind == Kind::Heading {
            headings += 1;
            *levels.entry(block.level).or_default() += 1;
        } else if !matches!(block.kind, Kind::NoteAuthor | Kind::NoteEditor) {
            // What a note says of its author or editor is in the record.
            others += 1;
        }
    }
    let by_level: Vec<String> = levels.values().map(usize::to_string).collect();
    match (headings, by_level.len()) {
        (0, _) => plural(others, "paragraph"),
        (_, 1) => format!("{}, {}", plural(headings, "heading"), plural(others, "paragraph")),
        _ => format!("{} ({}), {}", plural(headings, "heading"), by_level.join(" + "), plural(others, "paragraph")),
    }
}

/// “7 lines: page-title, repeated-title, …”
fn dropped(import: &Import) -> String {
    if import.dropped.is_empty() {
        return String::new();
    }
    let reasons: Vec<&str> = import.dropped.iter().map(|dropped| dropped.why.name()).collect();
    format!("{}: {}", plural(reasons.len(), "line"), reasons.join(", "))
}

/// Captures as the documents of an archive in memory, for `build --from`. Faults go into the report.
pub(super) fn in_memory(paths: &[PathBuf], terminal: &Terminal, report: &mut Report) -> Result<Input, Diagnostic> {
    let files = find_files(paths)?;
    let site = Site::default();
    let empty = Archive::read(site.clone(), Path::new(""), Found::default(), true, &mut Report::new());
    let mut shelf = Shelf::new(&empty);
    let mut found = Found::default();
    let mut titles = Vec::new();
    for capture in read_all(&files, terminal) {
        let captured = match capture {
            Ok(captured) => captured,
            Err(faults) => {
                report.merge(faults);
                continue;
            }
        };
        captured.import.diagnostics.iter().for_each(|doubt| report.push(doubt.clone()));
        let Place::New { collection, title, id } = shelf.place(&captured.import, &captured.name, None) else {
            continue;
        };
        let folder = format!("content/{collection}/{id}/");
        let original = format!("original/{}", shelf::file_name(&captured.name));
        let text = captured.import.record_file(&id, &original);
        let name = title.clone().unwrap_or_else(|| collection.clone());
        found.collections.entry(collection.clone()).or_insert_with(|| {
            titles.push(name.clone());
            let text = format!("+++\ntitle = {}\n+++\n", toml::Value::String(name));
            Some(SourceFile { path: format!("content/{collection}/_index.md"), text: Some(text) })
        });
        let source = SourceFile { path: format!("{folder}index.md"), text: Some(text) };
        found.documents.push(FoundDocument { source, collection, stem: id, folder: Some(folder) });
    }
    let title = match titles.as_slice() {
        [only] => only.clone(),
        _ => site.title.clone(),
    };
    Ok(Input::Memory { site: Box::new(Site { title, ..site }), found })
}
