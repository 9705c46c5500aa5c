//! `fonds build`: the site, in one step.

use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use super::terminal::Terminal;
use super::{Exit, find_archive, import};
use crate::archive::Drafts;
use crate::build::{Input, Order, Outcome, Purpose, build};
use crate::change;
use crate::cli::{BuildArgs, Common};
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::diagnostic::messages::{CommandMessage, Stage, Summary as Said, Told};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::output::package;
use crate::{file, timing};

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary {
    summary: &'static str,
    errors: usize,
    warnings: usize,
    documents: usize,
    files: usize,
    bytes: u64,
    published: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<Vec<Timing>>,
}

#[derive(Serialize)]
struct Timing {
    stage: Stage,
    seconds: f64,
}

/// Builds.
///
/// # Errors
/// The machine refuses to read or write.
pub(crate) fn run(args: &BuildArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let mut report = Report::new();
    let (input, out) = match input(args, common, &terminal, &mut report) {
        Ok(found) => found,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    if report.has_errors() {
        terminal.report(&report);
        let outcome = Outcome { report, ..Outcome::default() };
        let faults = terminal.count_faults(&outcome.report).unwrap_or_default();
        terminal.result(&terminal.say(&Said::NothingBuilt { faults }), &summary(Ended::Unpublished, &outcome, None));
        return Ok(Exit::Faults);
    }
    if let Input::Archive(root) = &input {
        terminal.remark(&terminal.say(&Told::ReadingWriting { from: file::shown(root.path()), to: file::shown(&out) }));
    }
    let order = Order {
        input,
        out: Some(out.clone()),
        zip: args.zip.as_ref().map(|zip| zip_of(zip.as_deref(), &out)),
        purpose: Purpose::Look,
        base_url: args.base_url.clone(),
        drafts: Drafts::asked_for(args.drafts),
        progress: terminal.progress(),
    };
    if let Some(message) = misplaced(&order, &out) {
        terminal.refusal(&Diagnostic::error(message));
        return Ok(Exit::Usage);
    }
    let started = Instant::now();
    let zip = order.zip.clone();
    let mut outcome = with_threads(args.jobs, || build(&order))??;
    outcome.report.merge(report);
    terminal.report(&outcome.report);
    let failed = outcome.report.has_errors();
    let sentence = if failed {
        let faults = terminal.count_faults(&outcome.report).unwrap_or_default();
        terminal.say(&Said::NothingPublished { faults, old_site: out.exists() })
    } else {
        success(&terminal, &outcome, &out, zip.as_deref(), started.elapsed().as_secs_f64())
    };
    if args.timings {
        terminal.aside(&timing::table(&outcome.timings, terminal.lang()));
    }
    let ended = if failed { Ended::Unpublished } else { Ended::Published };
    let timings = args.timings.then_some(outcome.timings.as_slice());
    terminal.result(&sentence, &summary(ended, &outcome, timings));
    Ok(if failed { Exit::Faults } else { Exit::Done })
}

/// An archive, or captures that stand for one; and where the site goes.
fn input(
    args: &BuildArgs,
    common: &Common,
    terminal: &Terminal,
    report: &mut Report,
) -> Result<(Input, PathBuf), Diagnostic> {
    if !args.from.is_empty() {
        let out = args.out.clone().unwrap_or_else(|| PathBuf::from("public"));
        return Ok((import::in_memory(&args.from, terminal, report)?, out));
    }
    let root = find_archive(common, terminal)?;
    let out = args.out.clone().unwrap_or_else(|| root.path().join("public"));
    Ok((Input::Archive(root), out))
}

/// Whether a path lies in a folder, however both are written.
fn lies_in(path: &Path, folder: &Path) -> bool {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    absolute(path).starts_with(absolute(folder))
}

/// Why site and zip cannot go where they were sent.
pub(super) fn misplaced(order: &Order, out: &Path) -> Option<CommandMessage> {
    if let Input::Archive(root) = &order.input
        && let Some(folder) = sources_in(root.path(), out)
    {
        return Some(CommandMessage::SiteInArchive { out: file::shown(out), folder });
    }
    let zip = order.zip.as_deref()?;
    if lies_in(zip, out) {
        return Some(CommandMessage::ZipInSite { zip: file::shown(zip) });
    }
    (is_there(zip) && !package::is_own(zip)).then(|| CommandMessage::ZipInTheWay { zip: file::shown(zip) })
}

/// Whether anything has this name, a link that leads nowhere too.
fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// The folder of the archive that a site would come to lie in, or would contain.
pub(super) fn sources_in(root: &Path, out: &Path) -> Option<String> {
    let (root, out) = (real(root), real(out));
    if root.starts_with(&out) {
        return Some(file::shown(&root));
    }
    let own = ["content", "static", "templates", change::OWN];
    own.into_iter().find(|name| out.starts_with(root.join(name))).map(str::to_string)
}

/// A path without links and `..`, as far as it is there.
pub(super) fn real(path: &Path) -> PathBuf {
    let mut written = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    if !written.exists() {
        let mut plain = PathBuf::new();
        for part in written.components() {
            match part {
                Component::ParentDir => drop(plain.pop()),
                part => plain.push(part),
            }
        }
        written = plain;
    }
    let path = written;
    let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    there.map_or(path.clone(), |(above, real)| path.strip_prefix(above).map_or(real.clone(), |rest| real.join(rest)))
}

/// Where the zip goes: as it was said, or beside the site's folder.
pub(super) fn zip_of(said: Option<&Path>, out: &Path) -> PathBuf {
    if let Some(said) = said {
        return said.to_path_buf();
    }
    let mut name = out.as_os_str().to_owned();
    name.push(".zip");
    PathBuf::from(name)
}

fn success(terminal: &Terminal, outcome: &Outcome, out: &Path, zip: Option<&Path>, seconds: f64) -> String {
    let packed = zip.zip(outcome.packed);
    terminal.say(&Said::Built {
        documents: outcome.documents,
        files: outcome.files,
        size: file::size_in_words(outcome.bytes),
        path: file::shown(&from_here(&out.join("index.html"))),
        zip: packed.map(|(zip, _)| file::shown(&from_here(zip))),
        zip_size: packed.map_or_else(String::new, |(_, bytes)| file::size_in_words(bytes)),
        seconds: format!("{seconds:.2}"),
        faults: terminal.count_faults(&outcome.report),
    })
}

/// A path as a person in this folder would type it.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here).unwrap_or(path).to_path_buf()
}

/// How a build or a check ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Published,
    /// The site was to be built, and the old one stands.
    Unpublished,
    Checked,
}

/// The object that ends `--format json`; with `timings` where they were asked for.
pub(super) fn summary(ended: Ended, outcome: &Outcome, timings: Option<&[timing::Timing]>) -> impl Serialize + use<> {
    Summary {
        summary: match ended {
            Ended::Published | Ended::Unpublished => "build",
            Ended::Checked => "check",
        },
        errors: outcome.report.count(Severity::Error),
        warnings: outcome.report.count(Severity::Warning),
        documents: outcome.documents,
        files: outcome.files,
        bytes: outcome.bytes,
        published: ended == Ended::Published,
        timings: timings.map(|timings| {
            timings.iter().map(|(stage, seconds)| Timing { stage: *stage, seconds: *seconds }).collect()
        }),
    }
}

/// Runs work on a number of threads.
fn with_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T> {
    let Some(jobs) = jobs else { return Ok(work()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build().while_doing(|| Doing::StartingThreads)?;
    Ok(pool.install(work))
}
