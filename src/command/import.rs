//! `fonds import`: captures become records with their text, and nothing is lost on the way.
//!
//! Captures are read in batches, so that ten thousand of them take no more memory than a few hundred: a batch is read in
//! parallel, its places are found in the order of the names, which alone makes ids dependable, and it is written in parallel.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use rayon::prelude::*;
use serde::Serialize;

use super::recognised::{self, Captured, Tally};
use super::terminal::Terminal;
use super::{Exit, find_archive};
use crate::archive::scan::{self, FoundDocument, Scanned, SourceFile};
use crate::archive::{Archive, Drafts, reserved};
use crate::build::Input;
use crate::change::{Change, Lock, Sync};
use crate::cli::{Common, Format, ImportArgs};
use crate::diagnostic::messages::{ArchiveMessage, CaptureMessage, CommandMessage, Summary as Said, Task, Told};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::import::read;
use crate::import::read::neighbours::Neighbours;
use crate::import::read::source::{self, Folder, Images, Source};
use crate::import::read::zipped::BesideInZip;
use crate::import::write::agree;
use crate::import::write::kept;
use crate::import::write::shelf::{self, Kept, Shelf, ShelfPlace};
use crate::import::write::update;
use crate::import::{Capture, Context, Import, Known, PageParts, Parts, Soundness, read_in};
use crate::progress::Progress;
use crate::record::fields::nearest;
use crate::site::Site;
use crate::text::anchor;

/// Most captures in a batch.
const BATCH: usize = 256;
/// Most bytes in a batch that are in memory before they are read.
const BATCH_BYTES: usize = 64 << 20;
/// So many captures are sent to the disc one by one.
const FEW: usize = 4;
/// Up to so many captures, each is told by itself.
const TOLD: usize = 20;

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary {
    summary: &'static str,
    captures: usize,
    imported: usize,
    known: usize,
    changed: usize,
    failed: usize,
}

/// Imports.
///
/// # Errors
/// The machine refuses to write.
pub(crate) fn run(args: &ImportArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let found = match source::find(&args.paths) {
        Ok(found) => found,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    for (ending, count) in &found.passed_over {
        terminal.remark(&terminal.say(&Told::NotForFormat { count: *count, ending: ending.clone() }));
    }
    let root = find_archive(common, &terminal);
    // Without an archive around it, a trial run has the program's names.
    let parts = root.as_ref().map_or_else(|_| Ok(PageParts::default()), PageParts::of_archive);
    let (root, parts) = match (root, parts) {
        (Err(_), _) if args.dry_run => return Ok(dry_run(found.files, Parts::Known, common, &terminal)),
        (Err(fault), _) | (_, Err(fault)) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
        (Ok(root), Ok(parts)) => (root, parts),
    };
    if args.dry_run {
        return Ok(dry_run(found.files, Parts::Named(&parts), common, &terminal));
    }
    if let Some(into) = args.into.as_deref().filter(|into| !into.split('/').all(anchor::is_id)) {
        terminal.refusal(&Diagnostic::error(CommandMessage::BadCollectionPath { path: into.to_string() }));
        return Ok(Exit::Usage);
    }
    let mut report = Report::new();
    let site = Site::read(&root, &mut report);
    if let Some(into) = args.into.as_deref()
        && let Some(taker) = reserved::taker(into, &site)
    {
        terminal.refusal(&Diagnostic::error(ArchiveMessage::FolderNameTaken { name: into.to_string(), taker }));
        return Ok(Exit::Usage);
    }
    let lock = Lock::take(&root, "import", &|holder| terminal.waits_for(holder))?;
    let scanned = scan::scan(&root, &mut report);
    // Faults of the archive are the build's to tell; here only its ids and hashes are asked for.
    let archive = Archive::read(site, &root, scanned, Drafts::Included, &mut Report::new());
    let target = match args.target.as_deref().map(|id| target(id, &archive, found.files.len())).transpose() {
        Ok(target) => target,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    let newer = if args.update || target.is_some() { Newer::Taken } else { Newer::Told };
    let order = Order { into: args.into.as_deref(), target, newer };
    let captures = Captures { files: found.files, parts: Parts::Named(&parts) };
    shelve(&archive, &lock, captures, &order, &terminal)
}

/// What is to be read, and how the parts of its pages are named.
struct Captures<'a> {
    files: Vec<PathBuf>,
    parts: Parts<'a>,
}

/// Where captures are to go, and what is done with newer ones.
struct Order<'a> {
    into: Option<&'a str>,
    /// The document that `--as` names.
    target: Option<usize>,
    newer: Newer,
}

/// The document that `--as` names. It takes one capture.
fn target(id: &str, archive: &Archive, captures: usize) -> Result<usize, Diagnostic> {
    if captures != 1 {
        return Err(Diagnostic::error(CaptureMessage::OneCaptureOnly { count: captures }));
    }
    archive.by_id(id).ok_or_else(|| {
        let ids: Vec<&str> = archive.ids().collect();
        let near = nearest(id, &ids).map(str::to_string);
        Diagnostic::error(CommandMessage::NoDocument { name: id.to_string(), near })
    })
}

/// A capture, its place, and what became of it; an error where the machine refused.
type Put = (Captured, ShelfPlace, Result<Outcome>);

/// What became of one capture.
enum Outcome {
    Imported,
    Known,
    Updated,
    /// A newer capture that was not asked for; its change.
    NotTaken(String),
    Failed(Diagnostic),
    /// It was written, and a build would refuse what was written.
    Refused(Report),
}

/// Counts what became of a capture, and says it.
fn told((captured, place, outcome): Put, total: usize, tally: &mut Tally, terminal: &Terminal) -> Result<()> {
    tally.count(&captured.import, &place);
    let each = total <= TOLD && tally.captures() <= TOLD || terminal.is_verbose();
    match outcome? {
        Outcome::Imported => tally.imported += 1,
        Outcome::Known => tally.known += 1,
        Outcome::Updated => tally.updated += 1,
        Outcome::NotTaken(diff) => {
            tally.changed += 1;
            recognised::newer(&captured, &place, &diff, terminal);
            return Ok(());
        }
        Outcome::Failed(fault) => {
            tally.failed += 1;
            terminal.diagnostic(&fault);
            return Ok(());
        }
        Outcome::Refused(faults) => {
            tally.failed += 1;
            terminal.report(&faults);
        }
    }
    if each {
        recognised::tell(&captured, Some(&place), terminal);
    }
    Ok(())
}

/// Puts every capture into its place, in the order of their names.
fn shelve(
    archive: &Archive,
    lock: &Lock,
    captures: Captures<'_>,
    order: &Order<'_>,
    terminal: &Terminal,
) -> Result<Exit> {
    let Captures { files, parts } = captures;
    let mut shelf = Shelf::new(archive);
    let mut tally = Tally::default();
    let total = files.len();
    let progress = Progress::new(Task::ReadingCaptures, total, terminal.progress());
    let around = Around { parts, neighbours: &Neighbours::of(&files) };
    let mut sources = source::captures(files).peekable();
    while sources.peek().is_some() {
        let read = read_batch(&mut sources, around, &progress);
        let placed: Vec<Result<(Captured, ShelfPlace), Report>> = read
            .into_iter()
            .map(|captured| {
                let captured = captured?;
                let place = match order.target {
                    Some(target) => shelf.place_as(target, &captured.import, &captured.file),
                    None => shelf.place(&captured.import, &captured.file, order.into),
                };
                Ok((captured, place))
            })
            .collect();
        let done = put_batch(archive, lock, placed, order.newer)?;
        for done in done {
            match done {
                Ok(done) => told(done, total, &mut tally, terminal)?,
                Err(report) => {
                    tally.failed += 1;
                    terminal.report(&report);
                }
            }
        }
    }
    progress.finish();
    if tally.captures() > TOLD {
        recognised::table(&tally, terminal);
    }
    summed_up(&tally, terminal);
    Ok(if tally.failed > 0 { Exit::Faults } else { Exit::Done })
}

/// Says what became of all captures.
fn summed_up(tally: &Tally, terminal: &Terminal) {
    let sentence = terminal.say(&Said::Imported {
        imported: tally.imported,
        updated: tally.updated,
        known: tally.known,
        changed: tally.changed,
        failed: tally.failed,
    });
    let summary = Summary {
        summary: "import",
        captures: tally.captures(),
        imported: tally.imported + tally.updated,
        known: tally.known,
        changed: tally.changed,
        failed: tally.failed,
    };
    terminal.result(&sentence, &summary);
}

/// What a build would say of what was written.
fn agreed(archive: &Archive, import: &Import, place: &ShelfPlace, outcome: Outcome) -> Outcome {
    let body = match outcome {
        Outcome::Imported => import.soundness,
        // What was merged is another text than the one that was proved.
        Outcome::Updated => Soundness::Open,
        _ => return outcome,
    };
    let faults = agree::check(&archive.root, &archive.site, &place.record(), body);
    if faults.is_empty() { outcome } else { Outcome::Refused(faults) }
}

/// What becomes of a capture that is newer than the one its record was made from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Newer {
    /// The record takes what is new in it.
    Taken,
    /// What would change is told.
    Told,
}

/// A capture with its place, or why it could not be read.
type Placed = Result<(Captured, ShelfPlace), Report>;

/// Puts captures into their places: all are written aside, then sent to the disc at once, then moved one by one.
fn put_batch(archive: &Archive, lock: &Lock, placed: Vec<Placed>, newer: Newer) -> Result<Vec<Result<Put, Report>>> {
    let sync = if placed.len() > FEW { Sync::Together } else { Sync::Own };
    let titles: BTreeMap<&str, &str> =
        placed.iter().flatten().filter_map(|(_, place)| place.new_collection()).collect();
    for (collection, title) in titles {
        shelf::open_collection(lock, collection, title, sync)?;
    }
    let written: Vec<_> = placed
        .into_par_iter()
        .map(|placed| {
            placed.map(|(captured, place)| {
                let written = write_aside(lock, &captured, &place, newer, sync);
                (captured, place, written)
            })
        })
        .collect();
    if sync == Sync::Together {
        lock.sync()?;
    }
    let done = written
        .into_par_iter()
        .map(|written| {
            written.map(|(captured, place, written)| {
                let outcome = written.and_then(|(outcome, change)| {
                    change.map_or(Ok(()), Change::commit)?;
                    Ok(agreed(archive, &captured.import, &place, outcome))
                });
                (captured, place, outcome)
            })
        })
        .collect();
    if sync == Sync::Together {
        lock.sync()?;
    }
    Ok(done)
}

fn write_aside<'l>(
    lock: &'l Lock,
    captured: &Captured,
    place: &ShelfPlace,
    newer: Newer,
    sync: Sync,
) -> Result<(Outcome, Option<Change<'l>>)> {
    let Captured { file, bytes, import, .. } = captured;
    Ok(match place {
        ShelfPlace::Known { .. } => (Outcome::Known, None),
        ShelfPlace::Newer { record } => match update::plan(lock.folder(), import, file, record) {
            Ok(plan) if newer == Newer::Taken => {
                (Outcome::Updated, Some(update::change(lock, import, bytes, record, &plan)?))
            }
            Ok(plan) => (Outcome::NotTaken(plan.diff), None),
            Err(fault) => (Outcome::Failed(fault), None),
        },
        ShelfPlace::New { .. } | ShelfPlace::Waiting { .. } => {
            match shelf::change(lock, &Kept { import, bytes, name: file }, place, sync)? {
                Ok(change) => (Outcome::Imported, change),
                Err(fault) => (Outcome::Failed(fault), None),
            }
        }
    })
}

/// Says what would be recognised.
fn dry_run(files: Vec<PathBuf>, parts: Parts<'_>, common: &Common, terminal: &Terminal) -> Exit {
    let mut exit = Exit::Done;
    let total = files.len();
    let mut tally = Tally::default();
    let progress = Progress::new(Task::ReadingCaptures, total, terminal.progress());
    let around = Around { parts, neighbours: &Neighbours::of(&files) };
    let mut sources = source::captures(files).peekable();
    while sources.peek().is_some() {
        for captured in read_batch(&mut sources, around, &progress) {
            match captured {
                Ok(captured) if common.format == Format::Json => {
                    terminal.line(&captured.import.json(&captured.name, terminal.lang()))
                }
                Ok(captured) => {
                    tally.imported += 1;
                    tally.tell_of(&captured.import);
                    if total <= TOLD && tally.captures() <= TOLD || terminal.is_verbose() {
                        recognised::tell(&captured, None, terminal);
                        recognised::side_by_side(&captured.import, terminal);
                    }
                }
                Err(report) => {
                    exit = Exit::Faults;
                    tally.failed += 1;
                    terminal.report(&report);
                }
            }
        }
    }
    progress.finish();
    if tally.captures() > TOLD {
        recognised::table(&tally, terminal);
    }
    terminal.point_to_explanations();
    exit
}

/// What helps to tell the text of a page.
#[derive(Clone, Copy)]
struct Around<'a> {
    parts: Parts<'a>,
    neighbours: &'a Neighbours,
}

/// Reads the next captures in parallel; the results come in their order.
fn read_batch(
    sources: &mut impl Iterator<Item = Source>,
    around: Around<'_>,
    progress: &Progress,
) -> Vec<Result<Captured, Report>> {
    let mut weight = 0;
    let mut batch = Vec::new();
    while batch.len() < BATCH && weight < BATCH_BYTES {
        let Some(source) = sources.next() else { break };
        weight += source.weight();
        batch.push(source);
    }
    batch.into_par_iter().map(|source| read_one(source, around)).inspect(|_| progress.step()).collect()
}

/// Reads one capture; its errors are its own and stop no other.
fn read_one(source: Source, around: Around<'_>) -> Result<Captured, Report> {
    let failed = |fault: Diagnostic| {
        let mut report = Report::new();
        report.push(fault);
        report
    };
    let (name, file, bytes, import) = match source {
        Source::Fault(fault) => return Err(failed(fault)),
        Source::File(path) => {
            let name = path.to_string_lossy().into_owned();
            let bytes = read::bytes(&path).map_err(failed)?;
            let shared = around.neighbours.of_file(&path);
            let known = Known { parts: around.parts, shared, ..Known::default() };
            let context = Context { known, beside: &Folder(&path), ..Context::default() };
            let import = read_in(&Capture { name: &name, bytes: &bytes }, &context).map_err(failed)?;
            (name.clone(), kept::file_name(&name), bytes, import)
        }
        Source::Zipped { archive, zipped, name } => {
            let shown = format!("{}/{name}", archive.to_string_lossy());
            let bytes = zipped.bytes(&name).map_err(|fault| failed(fault.in_file(shown.clone())))?;
            let shared = around.neighbours.of_zipped(&archive, &name);
            let known = Known { parts: around.parts, shared, ..Known::default() };
            let beside = BesideInZip { zipped: &zipped, name: &name };
            let context = Context { known, beside: &beside, ..Context::default() };
            let import = read_in(&Capture { name: &shown, bytes: &bytes }, &context).map_err(failed)?;
            (shown, kept::file_name(&name), bytes, import)
        }
        Source::Page { archive, page } => {
            let file = source::page_name(&page);
            let mut images = Images::default();
            let read = |images: &Images| {
                let known = Known {
                    charset: page.charset.as_deref(),
                    address: Some(&page.address),
                    parts: around.parts,
                    shared: around.neighbours.of_page(&archive, &page.address),
                    ..Known::default()
                };
                let context = Context { known, captured: page.captured.as_deref(), beside: images };
                read_in(&Capture { name: &file, bytes: &page.body }, &context)
            };
            let mut import = read(&images);
            if images.fetch(&archive) {
                import = read(&images);
            }
            let import = import.map_err(|fault| failed(fault.in_file(page.address.clone())))?;
            (page.address.clone(), file, page.body, import)
        }
    };
    if import.diagnostics.iter().any(|fault| fault.severity == Severity::Error) {
        let mut report = Report::new();
        import.diagnostics.into_iter().for_each(|fault| report.push(fault));
        return Err(report);
    }
    Ok(Captured { name, file, bytes, import })
}

/// Captures as the documents of an archive in memory, for `build --from`. Faults go into the report.
pub(super) fn in_memory(paths: &[PathBuf], terminal: &Terminal, report: &mut Report) -> Result<Input, Diagnostic> {
    let files = source::find(paths)?.files;
    let site = Site::default();
    let empty = Archive::read(
        site.clone(),
        &crate::folder::Folder::default(),
        Scanned::default(),
        Drafts::Included,
        &mut Report::new(),
    );
    let mut shelf = Shelf::new(&empty);
    let mut found = Scanned::default();
    let mut titles = Vec::new();
    let progress = Progress::new(Task::ReadingCaptures, files.len(), terminal.progress());
    let around = Around { parts: Parts::Known, neighbours: &Neighbours::of(&files) };
    let mut sources = source::captures(files).peekable();
    let mut read = Vec::new();
    while sources.peek().is_some() {
        read.extend(read_batch(&mut sources, around, &progress));
    }
    progress.finish();
    for captured in read {
        let captured = match captured {
            Ok(captured) => captured,
            Err(faults) => {
                report.merge(faults);
                continue;
            }
        };
        captured.import.diagnostics.iter().for_each(|doubt| report.push(doubt.clone()));
        let ShelfPlace::New { collection, title, id } = shelf.place(&captured.import, &captured.file, None) else {
            continue;
        };
        let folder = format!("content/{collection}/{id}/");
        let original = format!("original/{}", kept::kept_name(&captured.file));
        let text = captured.import.record_file(&id, &original);
        let name = title.clone().unwrap_or_else(|| collection.clone());
        found.collections.entry(collection.clone()).or_insert_with(|| {
            titles.push(name.clone());
            let text = format!("+++\ntitle = {}\n+++\n", toml::Value::String(name));
            Some(SourceFile { path: format!("content/{collection}/_index.md"), text: Some(text) })
        });
        for file in captured.import.media {
            let path = format!("{folder}{}", file.name);
            found.files.insert(path.clone());
            found.held.insert(path, file.bytes);
        }
        let source = SourceFile { path: format!("{folder}index.md"), text: Some(text) };
        found.documents.push(FoundDocument { source, collection, stem: id, folder: Some(folder) });
    }
    let title = match titles.as_slice() {
        [only] => only.clone(),
        _ => site.title.clone(),
    };
    Ok(Input::Memory { site: Box::new(Site { title, ..site }), found })
}
