//! `fonds publish`: a build that is a promise.
//!
//! Everything that `fonds build` writes may still be changed at will. What is published is cited, so its addresses are bound,
//! and what changed becomes a new edition.

use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use super::build::{from_here, misplaced, zip_of};
use super::terminal::Terminal;
use super::{Exit, find_archive};
use crate::archive::Drafts;
use crate::build::{Input, Order, Outcome, Purpose, build};
use crate::cli::{Common, PublishArgs};
use crate::diagnostic::messages::{CommandMessage, Summary as Said};
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
    let order = find_archive(common, &terminal).and_then(|root| order(args, root, &terminal));
    let order = match order {
        Ok(order) => order,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    let started = Instant::now();
    let outcome = build(&order)?;
    terminal.report(&outcome.report);
    let failed = outcome.report.has_errors();
    let sentence = match &outcome.bound {
        Some(_) if !failed => success(&terminal, args, &order, &outcome, started.elapsed().as_secs_f64()),
        _ => {
            let faults = terminal.count_faults(&outcome.report).unwrap_or_default();
            terminal
                .say(&Said::NothingPublished { faults, old_site: order.out.as_ref().is_some_and(|out| out.exists()) })
        }
    };
    terminal.result(&sentence, &summary(args, &outcome));
    Ok(if failed { Exit::Faults } else { Exit::Done })
}

fn order(args: &PublishArgs, root: Folder, terminal: &Terminal) -> Result<Order, Diagnostic> {
    if let Some(name) = &args.target {
        return Err(Diagnostic::error(CommandMessage::NoTarget { name: name.clone() }));
    }
    let out = args.out.clone().unwrap_or_else(|| root.path().join("public"));
    let order = Order {
        input: Input::Archive(root),
        out: (!args.dry_run).then(|| out.clone()),
        zip: args.zip.as_ref().filter(|_| !args.dry_run).map(|zip| zip_of(zip.as_deref(), &out)),
        purpose: Purpose::Publish { because: args.because.clone().unwrap_or_default() },
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
