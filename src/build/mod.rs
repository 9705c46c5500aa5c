//! The pipeline: what is in the archive becomes a site, one line a stage.

mod keep;
mod read;
mod withheld;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use self::keep::Ledger;
pub use self::keep::{Bound, Purpose};
pub use self::read::{Input, read_archive};
use self::write::{Ground, Written};
use crate::archive::changes::Changes;
use crate::archive::day;
use crate::archive::ids::Ids;
use crate::archive::lost::Before;
use crate::archive::{Archive, Drafts};
use crate::change::Lock;
use crate::check;
use crate::check::address::Outward;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{SiteMessage, Stage};
use crate::diagnostic::{Diagnostic, Report};
use crate::output::commit::SiteFolder;
use crate::output::manifest::ManifestEntry;
use crate::output::package;
use crate::output::staging::Staging;
use crate::timing::{Timing, Timings};

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
    /// What the site is for.
    pub purpose: Purpose,
    /// Whether drafts are built.
    pub drafts: Drafts,
    /// The language of a progress bar, where one may be shown.
    pub progress: Option<Lang>,
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
    /// The edition that was published.
    pub bound: Option<Bound>,
    /// Addresses that lead out of the archive, where it was only checked.
    pub outward: Vec<Outward>,
    /// How long each stage took.
    pub timings: Vec<Timing>,
}

impl Order {
    /// Whether an edition is written down, and not only tried out.
    fn publishes(&self) -> bool {
        matches!(self.purpose, Purpose::Publish { is_bound: true, .. }) && self.out.is_some()
    }
}

/// Builds a site, or checks that it could be built. While the report holds an error, nothing was written.
///
/// # Errors
/// The machine refuses to read or write; the old site stands as it stood.
pub fn build(order: &Order) -> Result<Outcome> {
    let mut timings = Timings::start();
    let mut report = Report::new();
    let lock = lock(order)?;
    #[cfg_attr(not(feature = "pdf"), expect(unused_mut))]
    let (mut archive, theme) = read::read_timed(
        &order.input,
        order.base_url.as_deref(),
        order.drafts,
        order.progress,
        &mut report,
        &mut timings,
    );
    #[cfg(feature = "pdf")]
    crate::format::pdf::prepare(&mut archive.site, &mut report);
    let mut outward = Vec::new();
    if order.out.is_none() {
        outward = check::look(&archive, &mut report);
        timings.end(Stage::Look);
    }
    let target = order.out.as_deref().map(SiteFolder::prepare).transpose()?;
    let staging = match &target {
        Some(target) if !report.has_errors() => target.stage(&shown(order.out.as_deref()), &mut report)?,
        _ => Staging::nowhere(),
    };
    let staging = staging.watched(withheld::watch(&archive, &mut report));
    let (changes, ids) = accounts(order, &mut report);
    let binds = order.purpose != Purpose::Look;
    let before = Before { ids: &ids, changes: &changes, site: &site_of(order), binds };
    // A record that cannot be read may well have the address that seems to be missing.
    let holds_addresses = !report.has_errors();
    let before = holds_addresses.then_some(before);
    let ground = Ground { archive: &archive, theme: &theme, staging: &staging, changes: &changes, ids: &ids };
    let Written { output, stamps, sections, next } =
        write::write_pages(&ground, before.as_ref(), order.progress, &mut timings)?;
    report.merge(output.report);
    if let Some(watch) = staging.watch() {
        withheld::report(watch, &mut report);
    }
    let entries = staging.seal(output.files, &mut report)?;
    timings.end(Stage::Manifest);
    let ledger = Ledger { archive: &archive, changes: &changes, ids: &ids, stamps: &stamps, sections: &sections };
    let bound = match (next.filter(|_| !report.has_errors()), &lock) {
        // A promise is written down before anybody can see what it promises.
        (Some(next), Some(lock)) => Some(ledger.bind(next, lock)?),
        (next, _) => next.map(|next| next.bound),
    };
    match target {
        Some(target) if report.has_errors() => target.abandon()?,
        Some(target) => target.commit(&mut report)?,
        None => {}
    }
    timings.end(Stage::Commit);
    let packed = packed(order, &entries, &report)?;
    if packed.is_some() {
        timings.end(Stage::Packing);
    }
    find_other_zips(order, &archive, &ids, &entries, &mut report);
    let (documents, timings) = (archive.documents.len(), timings.stages());
    let bytes = entries.iter().map(|entry| entry.bytes).sum();
    Ok(Outcome { report, documents, files: entries.len(), bytes, packed, bound, outward, timings })
}

/// The size of the zip, where one was asked for.
fn packed(order: &Order, entries: &[ManifestEntry], report: &Report) -> Result<Option<u64>> {
    match (&order.zip, &order.out) {
        (Some(zip), Some(out)) if !report.has_errors() => package::write(out, entries, zip, order.progress).map(Some),
        _ => Ok(None),
    }
}

/// Warns of an older site of this archive that lies packed beside the new one: what was withdrawn since is still in it.
fn find_other_zips(order: &Order, archive: &Archive, ids: &Ids, entries: &[ManifestEntry], report: &mut Report) {
    let Some(out) = order.out.as_deref().filter(|_| !report.has_errors()) else { return };
    let folders: BTreeSet<&str> = archive.documents.iter().map(|document| document.directory.as_str()).collect();
    let is_from_here = |path: &str| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        !folder.is_empty() && (folders.contains(folder) || ids.line(folder).is_some())
    };
    let site = std::fs::canonicalize(out).ok();
    let root = match &order.input {
        Input::Archive(root) => std::fs::canonicalize(root.path()).ok(),
        Input::Memory { .. } => None,
    };
    let beside: BTreeSet<&Path> = site.as_deref().and_then(Path::parent).into_iter().chain(root.as_deref()).collect();
    for zip in beside.into_iter().flat_map(|folder| package::others_in(folder, entries, is_from_here)) {
        report.push(Diagnostic::warning(SiteMessage::OldZip { zip: zip.clone() }).in_file(zip));
    }
}

/// The lock that publishing needs; a build changes nothing in the archive, and what is only tried out neither.
fn lock(order: &Order) -> Result<Option<Lock>> {
    match (&order.input, &order.purpose) {
        (Input::Archive(root), _) if order.publishes() => keep::hold(root, order.progress).map(Some),
        _ => Ok(None),
    }
}

/// The accounts that the archive keeps: which documents changed when, and which addresses were published.
fn accounts(order: &Order, report: &mut Report) -> (Changes, Ids) {
    let Input::Archive(root) = &order.input else { return (Changes::default(), Ids::default()) };
    let ids = Ids::read(root, report);
    let changes = Changes::read(root, report).among(&ids);
    let because = match &order.purpose {
        Purpose::Look => return (changes, ids),
        Purpose::Publish { because, .. } => because.as_str(),
        Purpose::Deposit => "",
    };
    let coming = ids.next_edition(day::today(), because);
    (changes.publishing(coming, order.publishes()), ids)
}

/// The folder of the site that stands: the one to be replaced, or that of a build without options.
fn site_of(order: &Order) -> PathBuf {
    // What is only tried goes elsewhere.
    let is_tried = matches!(order.purpose, Purpose::Publish { is_bound: false, .. });
    match (&order.out, &order.input) {
        (Some(out), _) if !is_tried => out.clone(),
        (Some(out), Input::Memory { .. }) => out.clone(),
        (_, Input::Archive(root)) => root.path().join("public"),
        (None, Input::Memory { .. }) => PathBuf::new(),
    }
}

/// A folder's name in messages: never an absolute path of this machine.
fn shown(out: Option<&Path>) -> String {
    out.and_then(Path::file_name).map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
