//! `fonds deposit`: an edition as a thing that can be kept elsewhere.
//!
//! A site on one host is gone when the host is. A deposit is what a library, another office or a safe receives: the texts with their
//! originals, the site, the records, and the proof that all of it is whole, in a form that outlives this program (BagIt 1.0, RFC
//! 8493; or a version in a storage root of OCFL 1.1). It is of an edition, since only what was published has a number under which others can ask for it; so an archive that
//! has changed since is refused, and the site is built anew and held against the ledger.
//!
//! A deposit is never overwritten: somebody may have signed for it. It is written beside its place and moved there as a whole.

mod bagit;
mod contents;
mod describe;
mod item;
pub(crate) mod ocfl;
mod readme;
mod split;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use self::bagit::Said;
use self::contents::{Contents, Ground, gather, made, site_files};
use self::describe::describe;
use self::item::{Item, Sources};
use self::readme::Named;
use self::split::{Split, split};
use crate::archive::edition::Edition;
use crate::archive::ids::Ids;
use crate::archive::{Archive, Drafts, scan};
use crate::build::{self, Bound, Input, Purpose};
use crate::change::{Holder, Lock};
use crate::diagnostic::cause::While;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{DepositMessage, Doing, Task, Told};
use crate::diagnostic::{Diagnostic, Report};
use crate::file::{self, shown};
use crate::folder::Folder;
use crate::format::epub;
use crate::output::commit::SiteFolder;
use crate::progress::{self, Progress};

/// Where the site is built before its files are put into bags; a name that no bag has.
const SITE: &str = "site-of-the-deposit";

/// Where a version is put together, beside the files of the site; a name that no site has.
const ASIDE: &str = ".version-of-the-deposit";

/// What is to be deposited, and where.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// The archive.
    pub root: Folder,
    /// The folder of the deposit, which is not there yet or empty.
    pub out: PathBuf,
    /// The most bytes that a bag may have.
    pub split: Option<u64>,
    /// Whether it is a storage root of OCFL, and not a bag.
    pub is_ocfl: bool,
    /// Whether what is withheld is taken in.
    pub takes_all: bool,
    /// The language of a progress bar, where one may be shown.
    pub progress: Option<Lang>,
}

/// What came of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    /// What was found wrong; with an error, nothing was written.
    pub report: Report,
    /// What was deposited.
    pub deposited: Option<Deposited>,
}

/// What was deposited.
#[derive(Debug, Clone)]
pub(crate) struct Deposited {
    pub edition: Edition,
    pub documents: usize,
    pub bags: usize,
    pub files: usize,
    pub bytes: u64,
    /// Documents whose text is withheld, and that stayed out.
    pub left_out: usize,
    /// Files that are larger than a bag was to be.
    pub large: usize,
    /// The version in a storage root, and whether it is new.
    pub version: Option<(u32, bool)>,
}

/// Deposits the last edition.
///
/// # Errors
/// The machine refuses to read or write; then nothing is there.
pub(crate) fn deposit(order: &Order) -> Result<Outcome> {
    let waiting = |holder: &Holder| {
        let (command, process) = (holder.command.clone(), holder.process.clone());
        progress::remark(&Told::WaitingFor { command, process }, order.progress);
    };
    // What another command would change meanwhile would be in one half of the deposit and not in the other.
    let _lock = Lock::take(&order.root, "deposit", &waiting)?;
    let mut report = Report::new();
    if Ids::read(&order.root, &mut report).last_edition().is_none() {
        report.push(Diagnostic::error(DepositMessage::NothingPublished));
        return Ok(Outcome { report, deposited: None });
    }
    let target = SiteFolder::prepare(&order.out)?;
    let work = target.fresh()?;
    let bound = built(order, work.join(SITE), &mut report)?;
    let deposited = match bound.filter(|_| !report.has_errors()) {
        Some(bound) => write(order, &bound.edition, &work, &mut report)?,
        None => None,
    };
    // A root that was there has its new version by now.
    let is_moved = deposited.is_some() && !(order.is_ocfl && ocfl::is_root(&order.out));
    match is_moved {
        true => target.commit(&mut report)?,
        false => target.abandon()?,
    }
    Ok(Outcome { report, deposited })
}

/// Builds the site, and holds it against what was published.
fn built(order: &Order, site: PathBuf, report: &mut Report) -> Result<Option<Bound>> {
    let outcome = build::build(&build::Order {
        input: Input::Archive(order.root.clone()),
        out: Some(site),
        base_url: None,
        zip: None,
        purpose: Purpose::Deposit,
        drafts: Drafts::LeftOut,
        progress: order.progress,
    })?;
    report.merge(outcome.report);
    if let Some(bound) = outcome.bound.as_ref().filter(|bound| bound.is_new) {
        let last = Ids::read(&order.root, &mut Report::new()).last_edition().cloned();
        let last = last.unwrap_or_else(|| bound.edition.clone());
        let (edition, day) = (last.number.to_string(), last.day);
        report.push(Diagnostic::error(DepositMessage::UnpublishedChanges { edition, day }));
    }
    Ok(outcome.bound)
}

/// Writes the bags; none where something in the archive forbids it.
fn write(order: &Order, edition: &Edition, work: &Path, report: &mut Report) -> Result<Option<Deposited>> {
    let input = Input::Archive(order.root.clone());
    // What is wrong in the records was told by the build.
    let (archive, theme) = build::read_archive(&input, None, Drafts::LeftOut, &mut Report::new());
    let found = scan::scan(&order.root, &mut Report::new());
    let sources = Sources { archive: &order.root, site: work.join(SITE) };
    let site = site_files(&sources.site)?;
    let ground = Ground { archive: &archive, found: &found, site: &site, takes_all: order.takes_all };
    let Contents { mut items, documents, left_out } = gather(&ground, report)?;
    for entry in archive.documents.iter().filter(|entry| order.takes_all || entry.record.text_is_open()) {
        crate::check::original::check(&archive, entry, report);
    }
    if report.has_errors() {
        return Ok(None);
    }
    items.extend(describe(&ground, &theme, &items)?);
    items.sort_unstable_by(|one, two| one.path.cmp(&two.path));
    let named = Named { site: &archive.site, edition, documents, left_out, takes_all: order.takes_all };
    if order.is_ocfl {
        return version(order, &named, items, &sources, work).map(Some);
    }
    let Split { bags, large } = match order.split {
        Some(size) => split(items, size),
        None => Split { bags: vec![items], large: 0 },
    };
    let count = bags.len();
    let mut deposited = Deposited {
        edition: edition.clone(),
        documents,
        bags: count,
        files: 0,
        bytes: 0,
        left_out: left_out.documents(),
        large,
        version: None,
    };
    let progress = Progress::new(Task::Depositing, bags.iter().map(Vec::len).sum(), order.progress);
    for (at, mut items) in bags.into_iter().enumerate() {
        items.push(made("README.txt", named.text(at + 1, count).into_bytes()));
        let folder = if count == 1 { work.to_path_buf() } else { work.join(format!("bag-{:03}", at + 1)) };
        let said = said(&archive, &named, (at + 1, count));
        deposited.bytes += place(&folder, &items, &sources, &said, &progress)?;
        deposited.files += items.len();
    }
    progress.finish();
    file::remove_folder(&sources.site)?;
    Ok(Some(deposited))
}

/// Adds a version to a storage root: to the one that is there, or to a new one that takes its place afterwards.
fn version(
    order: &Order,
    named: &Named<'_>,
    mut items: Vec<Item>,
    sources: &Sources<'_>,
    work: &Path,
) -> Result<Deposited> {
    items.push(made("README.txt", named.version_text().into_bytes()));
    let root = if ocfl::is_root(&order.out) { &order.out } else { work };
    // What grows there is no part of a root.
    let aside = sources.site.join(ASIDE);
    fs::create_dir_all(&aside).while_doing(|| Doing::Writing { path: shown(&aside) })?;
    let progress = Progress::new(Task::Depositing, items.len(), order.progress);
    let id = epub::archive_identifier(named.site);
    let added = ocfl::write(root, &aside, &items, sources, (&id, named), &progress)?;
    progress.finish();
    file::remove_folder(&sources.site)?;
    Ok(Deposited {
        edition: named.edition.clone(),
        documents: named.documents,
        bags: 0,
        files: items.len(),
        bytes: added.bytes,
        left_out: named.left_out.documents(),
        large: 0,
        version: Some((added.version, added.is_new)),
    })
}

fn place(folder: &Path, items: &[Item], sources: &Sources<'_>, said: &[Said], progress: &Progress) -> Result<u64> {
    fs::create_dir_all(folder)
        .and_then(|()| bagit::write(folder, items, sources, said, progress))
        .while_doing(|| Doing::Writing { path: shown(folder) })
}

/// What bag-info.txt says, of one bag of so many.
fn said(archive: &Archive, named: &Named<'_>, (number, count): (usize, usize)) -> Vec<Said> {
    let site = &archive.site;
    let edition = named.edition;
    let identifier = epub::archive_identifier(site);
    let description = format!("{}. {}", site.title, site.description.as_deref().unwrap_or_default());
    let withheld = match (named.takes_all, named.left_out.documents()) {
        (true, _) => "included: keep this bag closed".to_string(),
        (false, 0) => String::new(),
        (false, count) => format!("left out: {count} documents"),
    };
    let mut said = vec![
        ("Source-Organization", site.publisher.clone().unwrap_or_default()),
        ("Contact-Email", site.publisher_email.clone().unwrap_or_default()),
        ("External-Description", description.trim_end_matches([' ', '.']).to_string()),
        ("External-Identifier", identifier.clone()),
        ("Internal-Sender-Identifier", format!("edition {}", edition.number)),
        ("Internal-Sender-Description", edition.because.clone()),
        ("Bagging-Date", edition.day.clone()),
        ("Bag-Software-Agent", concat!("fonds ", env!("CARGO_PKG_VERSION")).to_string()),
        ("Fonds-Edition", edition.number.to_string()),
        ("Fonds-Withheld", withheld),
    ];
    if count > 1 {
        said.push((crate::bag::GROUP, format!("{identifier} edition {}", edition.number)));
        said.push((crate::bag::COUNT, format!("{number} of {count}")));
    }
    said
}
