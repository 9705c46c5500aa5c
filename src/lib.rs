//! fonds turns documents and their catalogue records into a lasting, navigable, citable static site.
//!
//! A *fonds* is what one creator left behind. The program reads an archive (`site.toml` and a folder `content/` of
//! Markdown files, each with its record) and writes a site that works from a disc, an intranet or any host. It does so
//! in one straight pipeline, and [`build`] is that pipeline, one line a stage:
//!
//! ```text
//! site.toml ──► Site
//! content/ ──scan──► SourceFile ──read∥──► Record ──assemble──► Archive           pass 1: records only
//!                                                                 │
//!        each document ∥: parse once ► Document ► pages ► Staging ◄┘              pass 2: one text at a time
//!                                                                 │
//!               collections · indexes · feed · sitemap ► Staging ◄┘
//!                                                                 │
//!                                          checks ► commit (atomic exchange) ► public/
//! ```
//!
//! There are two passes because navigation needs every record and no page needs every text. What a person wrote wrong
//! becomes a [`diagnostic::Diagnostic`] with its place and remedy; all are gathered, and while one is an error nothing
//! is published. What the machine refuses (a full disk, a missing permission) is an [`anyhow::Error`].

pub mod archive;
pub mod check;
pub mod cli;
pub mod command;
pub mod deflate;
pub mod diagnostic;

pub mod explanation;
pub mod file;
pub mod fixity;
pub mod format;
pub mod import;
pub mod moving;
pub mod output;
pub mod page;
pub mod progress;
pub mod record;
pub mod search;
pub mod serve;
pub mod site;
pub mod text;
pub mod theme;
pub mod timing;
pub mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rayon::prelude::*;

use crate::archive::changes::Changes;
use crate::archive::ids::Ids;
use crate::archive::index::Kind;
use crate::archive::lost::{self, Before};
use crate::archive::places::Places;
use crate::archive::scan::{self, Found};
use crate::archive::{Archive, Entry, Reading, ids};
use crate::check::address::Outward;
use crate::diagnostic::{Diagnostic, Report};
use crate::output::commit::Target;
use crate::output::package;
use crate::output::staging::Staging;
use crate::page::{Output, Pages, Stamp};
use crate::progress::Progress;
use crate::search::Index;
use crate::site::Site;
use crate::theme::Theme;
use crate::timing::{Stage, Timings};

/// What is to be built.
#[derive(Debug, Clone)]
pub struct Order {
    /// Where the documents come from.
    pub input: Input,
    /// The site's folder; `None` checks everything and writes nothing.
    pub out: Option<PathBuf>,
    /// Stands in for the site's own `base_url`.
    pub base_url: Option<String>,
    /// A zip of the whole site that is to be written too.
    pub zip: Option<PathBuf>,
    /// Whether drafts are built.
    pub drafts: bool,
    /// Whether a progress bar may be shown.
    pub progress: bool,
}

/// Where documents come from.
#[derive(Debug, Clone)]
pub enum Input {
    /// An archive's folder.
    Archive(PathBuf),
    /// Documents made in memory, for the embedded theme.
    Memory {
        /// What site.toml would say.
        site: Box<Site>,
        /// The documents.
        found: Found,
    },
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Everything found wrong.
    pub report: Report,
    /// Documents read.
    pub documents: usize,
    /// Files in the site.
    pub files: usize,
    /// Their size.
    pub bytes: u64,
    /// Size of the zip, where one was asked for.
    pub packed: Option<u64>,
    /// Addresses that lead out of the archive, where it was only checked.
    pub outward: Vec<Outward>,
    /// How long each stage took.
    pub timings: Vec<Stage>,
}

/// Builds a site, or checks that it could be built. While the report holds an error, nothing was published.
///
/// # Errors
/// The machine refuses to read or write; the old site stands as it stood.
pub fn build(order: &Order) -> Result<Outcome> {
    let mut timings = Timings::start();
    let mut report = Report::new();
    #[cfg_attr(not(feature = "pdf"), expect(unused_mut))]
    let (mut archive, theme) =
        read_timed(&order.input, order.base_url.as_deref(), order.drafts, order.progress, &mut report, &mut timings);
    #[cfg(feature = "pdf")]
    format::pdf::prepare(&mut archive.site, &mut report);
    let mut outward = Vec::new();
    if order.out.is_none() {
        outward = check::look(&archive, &mut report);
        timings.end("looking closer");
    }
    let target = order.out.as_deref().map(Target::prepare).transpose()?;
    let staging = match &target {
        Some(target) if !report.has_errors() => target.stage(&shown(order.out.as_deref()), &mut report)?,
        _ => Staging::nowhere(),
    };
    let wants_catalogues = archive.site.base_url.is_some() && order.out.is_some();
    let changes = match &order.input {
        Input::Archive(root) => Changes::read(root, wants_catalogues, &mut report),
        Input::Memory { .. } => Changes::default(),
    };
    let ids = match &order.input {
        Input::Archive(root) => Ids::read(root, &mut report),
        Input::Memory { .. } => Ids::default(),
    };
    let before = Before { ids: &ids, changes: &changes, site: &site_of(order) };
    // A record that cannot be read may well have the address that seems to be missing.
    let holds_addresses = !report.has_errors();
    let before = holds_addresses.then_some(before);
    let Written { output, stamps, sections } =
        write_pages(&archive, &theme, &staging, &changes, before.as_ref(), order.progress, &mut timings)?;
    report.merge(output.report);
    let entries = staging.seal(output.files, &mut report)?;
    timings.end("manifest");
    match target {
        Some(target) if report.has_errors() => target.abandon()?,
        Some(target) => {
            target.commit()?;
            keep_account(&archive, &changes, &stamps, &mut report);
            if matches!(order.input, Input::Archive(_)) && !order.drafts {
                keep_addresses(&archive, &ids, &sections, &mut report);
            }
        }
        None => {}
    }
    timings.end("commit");
    let packed = match (&order.zip, &order.out) {
        (Some(zip), Some(out)) if !report.has_errors() => Some(package::write(out, &entries, zip, order.progress)?),
        _ => None,
    };
    if packed.is_some() {
        timings.end("packing");
    }
    let bytes = entries.iter().map(|entry| entry.bytes).sum();
    Ok(Outcome {
        report,
        documents: archive.documents.len(),
        files: entries.len(),
        bytes,
        packed,
        outward,
        timings: timings.stages(),
    })
}

/// Pass 1: site.toml, the theme and every record. `base_url` stands in for the site's own.
pub fn read_archive(input: &Input, base_url: Option<&str>, drafts: bool, report: &mut Report) -> (Archive, Theme) {
    read_timed(input, base_url, drafts, false, report, &mut Timings::start())
}

fn read_timed(
    input: &Input,
    base_url: Option<&str>,
    drafts: bool,
    show_progress: bool,
    report: &mut Report,
    timings: &mut Timings,
) -> (Archive, Theme) {
    let (root, mut site, found) = read_input(input, report);
    if let Some(address) = base_url {
        site.base_url = Some(site::with_slash(address.to_string()));
    }
    timings.end("scan");
    let theme = Theme::load(root.as_deref(), report);
    timings.end("theme");
    let root = root.as_deref().unwrap_or(Path::new(""));
    let progress = Progress::new("reading records", found.documents.len(), show_progress);
    let read = found.documents.par_iter().map(|document| Reading::of(root, &document.source, site.profile));
    let read = read.inspect(|_| progress.step()).collect();
    progress.finish();
    let archive = Archive::assemble(site, root, found, read, drafts, report);
    timings.end("records");
    (archive, theme)
}

/// site.toml and the list of files, or what stands for them.
fn read_input(input: &Input, report: &mut Report) -> (Option<PathBuf>, Site, Found) {
    match input {
        Input::Memory { site, found } => (None, Site::clone(site), found.clone()),
        Input::Archive(root) => {
            let site = Site::read(root, report);
            (Some(root.clone()), site, scan::scan(root, report))
        }
    }
}

/// A page that lists documents.
#[derive(Debug, Clone, Copy)]
enum List {
    Home,
    Collection(usize),
    BrowseHome,
    Timeline,
    Index(Kind),
    Entry(Kind, usize),
}

/// Documents that are in hand at once: as many as keep all processors busy, and few enough for memory.
const BATCH: usize = 256;

/// What pass 2 made.
struct Written {
    output: Output,
    /// The state of each document.
    stamps: Vec<Option<Stamp>>,
    /// The sections of each document.
    sections: Vec<Option<String>>,
}

/// Pass 2: every page, in parallel, one document at a time; the index of their words; what is made of all records; and a
/// page at every address that was published `before` and is no more.
fn write_pages(
    archive: &Archive,
    theme: &Theme,
    staging: &Staging,
    changes: &Changes,
    before: Option<&Before<'_>>,
    show_progress: bool,
    timings: &mut Timings,
) -> Result<Written> {
    let order = search::order(archive);
    // A check makes no index, nor does an archive that is not to be searched.
    let indexed = staging.writes() && archive.site.search;
    let sampled = if indexed { order.as_slice() } else { &[] };
    let alphabet = search::alphabet(archive, sampled);
    let pages = Pages::new(archive, theme, staging, &alphabet, changes);
    let mut index = indexed.then(|| Index::new(staging, &alphabet, order.len())).transpose()?;
    timings.end("preparing");
    let progress = Progress::new("writing pages", archive.documents.len(), show_progress);
    let (mut output, mut stamps) = write_documents(&pages, &order, index.as_mut(), &progress)?;
    timings.end("pages");
    // Sorting the index and writing the lists keep no processor waiting for the other.
    let finish = || index.map(|index| index.finish(archive, &order)).transpose();
    let (lists, files) = rayon::join(|| write_lists(&pages), finish);
    output.merge(lists?);
    output.files.extend(files?.into_iter().flatten());
    progress.finish();
    timings.end("lists and index");
    output.merge(pages.write_rest()?);
    pages.write_catalogues(&mut output.files, &stamps)?;
    let sections: Vec<Option<String>> = stamps.iter_mut().map(|stamp| stamp.as_mut()?.sections.take()).collect();
    if let Some(before) = before {
        let places = Places { archive, sections: &sections };
        places.check(&mut output.report);
        lost::check(&places, before, &stamps, &mut output.report);
        // Behind the catalogues: a page that only leads elsewhere is in none of them.
        output.merge(pages.write_moved(&places, before.ids)?);
    }
    timings.end("catalogues");
    Ok(Written { output, stamps, sections })
}

/// Writes down the addresses that are published now. The site is published by now, so a fault is a warning.
fn keep_addresses(archive: &Archive, ids: &Ids, sections: &[Option<String>], report: &mut Report) {
    let sections_of = |document: usize| sections[document].as_deref().unwrap_or_default();
    // A page was written for each former id too.
    let with_aliases = |document: usize, entry: &Entry| {
        let published = ids.line(&entry.directory).map_or("", |line| line.sections.as_str());
        let aliases = page::moved::unknown_aliases(entry, published).map(|old| (old, old));
        ids::written(ids::sections(sections_of(document)).chain(aliases))
    };
    let with_aliases: BTreeMap<usize, String> = archive
        .documents
        .iter()
        .enumerate()
        .filter(|(_, entry)| !entry.record.section_aliases.is_empty())
        .map(|(document, entry)| (document, with_aliases(document, entry)))
        .collect();
    let live = archive.documents.iter().enumerate().map(|(document, entry)| {
        let sections = with_aliases.get(&document).map_or(sections_of(document), String::as_str);
        (entry.directory.as_str(), entry.id.as_str(), sections)
    });
    let former = archive.former.iter().map(|(address, former)| {
        let id = address.rsplit('/').next().unwrap_or(address);
        (address.as_str(), id, page::moved::sections_at(former.reason, sections[former.document].as_deref()))
    });
    if let Err(error) = ids.write(&archive.root, live.chain(former)) {
        report.push(
            Diagnostic::warning("ids-lock", format!("the account of addresses was not written: {error:#}"))
                .help("without it an address that is lost by mistake is not noticed; may you write into content/?")
                .in_file(ids::FILE),
        );
    }
}

/// Writes down which documents changed today. The site is published by now, so a fault is a warning.
fn keep_account(archive: &Archive, changes: &Changes, stamps: &[Option<Stamp>], report: &mut Report) {
    let documents = stamps
        .iter()
        .flatten()
        .filter_map(|stamp| Some((archive.documents[stamp.document].id.as_str(), stamp.day.as_deref()?, stamp.print)));
    if let Err(error) = changes.write(&archive.root, documents) {
        report.push(
            Diagnostic::warning("changes", format!("the account of changes was not written: {error:#}"))
                .help("without it the next build takes the same documents for new; may you write into content/?")
                .in_file(archive::changes::FILE),
        );
    }
}

/// The pages of all documents. While a batch is written, the one before it goes into the index; without one there is
/// nothing to wait for.
fn write_documents(
    pages: &Pages<'_>,
    order: &[usize],
    index: Option<&mut Index<'_>>,
    progress: &Progress,
) -> Result<(Output, Vec<Option<Stamp>>)> {
    let mut output = Output::default();
    let mut stamps = vec![None; pages.archive.documents.len()];
    let mut keep = |stamp: Option<Stamp>| {
        if let Some(stamp) = stamp {
            let at = stamp.document;
            stamps[at] = Some(stamp);
        }
    };
    let write = |document: &usize| pages.write_document(*document).inspect(|_| progress.step());
    let Some(index) = index else {
        for mut document in order.par_iter().map(write).collect::<Result<Vec<Output>>>()? {
            keep(document.stamp.take());
            output.merge(document);
        }
        return Ok((output, stamps));
    };
    let mut gathered = Vec::new();
    for batch in order.chunks(BATCH) {
        let write = || batch.par_iter().map(write).collect::<Result<Vec<Output>>>();
        let (documents, added) = rayon::join(write, || index.add(&gathered));
        added?;
        gathered.clear();
        for mut document in documents? {
            gathered.extend(document.gathered.take());
            keep(document.stamp.take());
            output.merge(document);
        }
    }
    index.add(&gathered)?;
    Ok((output, stamps))
}

/// The pages that list documents.
fn write_lists(pages: &Pages<'_>) -> Result<Output> {
    let archive = pages.archive;
    let mut lists: Vec<List> = vec![List::Home, List::BrowseHome, List::Timeline];
    lists.extend((1..archive.collections.len()).map(List::Collection));
    for index in &archive.indexes {
        lists.push(List::Index(index.kind));
        lists.extend((0..index.entries.len()).map(|entry| List::Entry(index.kind, entry)));
    }
    let lists: Vec<Output> = lists
        .into_par_iter()
        .map(|list| match list {
            List::Home => pages.write_home(),
            List::Collection(at) => pages.write_collection(at),
            List::BrowseHome => pages.write_browse_home(),
            List::Timeline => pages.write_timeline(),
            List::Index(kind) => pages.write_index(kind),
            List::Entry(kind, entry) => pages.write_entry(kind, entry),
        })
        .collect::<Result<_>>()?;
    let mut output = Output::default();
    for part in lists {
        output.merge(part);
    }
    Ok(output)
}

/// The folder of the site that stands: the one to be replaced, or that of a build without options.
fn site_of(order: &Order) -> PathBuf {
    match (&order.out, &order.input) {
        (Some(out), _) => out.clone(),
        (None, Input::Archive(root)) => root.join("public"),
        (None, Input::Memory { .. }) => PathBuf::new(),
    }
}

/// A folder's name in messages: never an absolute path of this machine.
fn shown(out: Option<&Path>) -> String {
    out.and_then(Path::file_name).map_or_else(|| "the site".to_string(), |name| name.to_string_lossy().into_owned())
}
