//! `fonds publish`: a build that is a promise, and where a target is named, sending it there.
//!
//! Everything that `fonds build` writes may still be changed at will. What is published is cited, so its addresses are bound,
//! and what changed becomes a new edition.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use super::build::{from_here, misplaced, zip_of};
use super::deliver::{self, Wanted};
use super::terminal::Terminal;
use super::{Exit, archive_of};
use crate::archive::Drafts;
use crate::build::{Input, Order, Outcome, Purpose, build};
use crate::cli::{Common, PublishArgs};
use crate::diagnostic::messages::Summary as Said;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file;
use crate::folder::Folder;

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    errors: usize,
    warnings: usize,
    documents: usize,
    files: usize,
    bytes: u64,
    published: bool,
    edition: Option<u32>,
    day: Option<&'a str>,
    is_new: bool,
}

/// Publishes.
///
/// # Errors
/// The machine refuses to read or write.
pub(crate) fn run(args: &PublishArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let Some(root) = archive_of(common, &terminal) else { return Ok(Exit::Usage) };
    let wanted = args.target.as_deref().map_or(Ok(None), |name| Wanted::find(&root, name));
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err((fault, exit)) => {
            terminal.refusal(&fault);
            return Ok(exit);
        }
    };
    // What would be sent must be there to be looked at, and public/ must stay as it is.
    let aside = (args.dry_run && wanted.is_some()).then(tempfile::tempdir).transpose()?;
    let order = match order(args, root.clone(), aside.as_ref().map(tempfile::TempDir::path), &terminal) {
        Ok(order) => order,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    let started = Instant::now();
    let mut outcome = build(&order)?;
    if let (Some(wanted), Some(bound), Some(out)) = (&wanted, &outcome.bound, &order.out)
        && !outcome.report.has_errors()
    {
        let bound = bound.clone();
        return deliver::run(wanted, &terminal, &root, (out, &bound), &mut outcome, args.dry_run);
    }
    terminal.report(&outcome.report);
    let failed = outcome.report.has_errors();
    let sentence = match &outcome.bound {
        Some(_) if !failed => success(&terminal, args, &order, &outcome, started.elapsed().as_secs_f64()),
        _ => {
            let faults = terminal.count_faults(&outcome.report).unwrap_or_default();
            let old_site = aside.is_none() && order.out.as_ref().is_some_and(|out| out.exists());
            terminal.say(&Said::NothingPublished { faults, old_site })
        }
    };
    terminal.result(&sentence, &summary(args, &outcome));
    Ok(if failed { Exit::Faults } else { Exit::Done })
}

fn order(args: &PublishArgs, root: Folder, aside: Option<&Path>, terminal: &Terminal) -> Result<Order, Diagnostic> {
    let out = args.out.clone().unwrap_or_else(|| root.path().join("public"));
    let order = Order {
        input: Input::Archive(root),
        out: if args.dry_run { aside.map(|aside| aside.join("public")) } else { Some(out.clone()) },
        zip: args.zip.as_ref().filter(|_| !args.dry_run).map(|zip| zip_of(zip.as_deref(), &out)),
        purpose: Purpose::Publish { because: args.because.clone().unwrap_or_default(), is_bound: !args.dry_run },
        base_url: None,
        drafts: Drafts::LeftOut,
        progress: terminal.progress(),
    };
    match misplaced(&order, &out) {
        Some(message) => Err(Diagnostic::error(message)),
        None => Ok(order),
    }
}

fn success(terminal: &Terminal, args: &PublishArgs, order: &Order, outcome: &Outcome, seconds: f64) -> String {
    let Some(bound) = &outcome.bound else { return String::new() };
    let packed = order.zip.as_deref().zip(outcome.packed);
    terminal.say(&Said::Published {
        edition: bound.edition.number.to_string(),
        day: bound.edition.day.clone(),
        is_new: bound.is_new,
        dry_run: args.dry_run,
        documents: outcome.documents,
        files: outcome.files,
        size: file::size_in_words(outcome.bytes),
        zip: packed.map(|(zip, _)| file::shown(&from_here(zip))),
        zip_size: packed.map_or_else(String::new, |(_, bytes)| file::size_in_words(bytes)),
        folder: order.out.as_deref().map_or_else(String::new, |out| file::shown(&from_here(out))),
        seconds: format!("{seconds:.2}"),
        faults: terminal.count_faults(&outcome.report),
    })
}

fn summary<'a>(args: &PublishArgs, outcome: &'a Outcome) -> Summary<'a> {
    let edition = outcome.bound.as_ref().map(|bound| &bound.edition);
    Summary {
        summary: "publish",
        errors: outcome.report.count(Severity::Error),
        warnings: outcome.report.count(Severity::Warning),
        documents: outcome.documents,
        files: outcome.files,
        bytes: outcome.bytes,
        published: edition.is_some() && !args.dry_run && !outcome.report.has_errors(),
        edition: edition.map(|edition| edition.number),
        day: edition.map(|edition| edition.day.as_str()),
        is_new: outcome.bound.as_ref().is_some_and(|bound| bound.is_new),
    }
}
