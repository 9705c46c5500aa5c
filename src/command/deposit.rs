//! `fonds deposit`: the last edition as a bag that can be kept elsewhere.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::build::{from_here, sources_in};
use super::terminal::Terminal;
use super::{Exit, find_archive};
use crate::cli::{Common, DepositArgs};
use crate::deposit::{Deposited, Order, Outcome, deposit, ocfl};
use crate::diagnostic::messages::{CommandMessage, DepositMessage, Summary as Said};
use crate::diagnostic::{Diagnostic, Severity};
use crate::file;
use crate::folder::Folder;

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    errors: usize,
    warnings: usize,
    deposited: bool,
    edition: Option<u32>,
    day: Option<&'a str>,
    documents: usize,
    bags: usize,
    /// The version in a storage root, and whether it is new.
    version: Option<u32>,
    is_new: bool,
    files: usize,
    bytes: u64,
    left_out: usize,
    with_withheld: bool,
}

/// Deposits.
///
/// # Errors
/// The machine refuses to read or write.
pub(crate) fn run(args: &DepositArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let order = find_archive(common, &terminal).and_then(|root| order(args, root, &terminal));
    let order = match order {
        Ok(order) => order,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    let outcome = deposit(&order)?;
    terminal.report(&outcome.report);
    let sentence = match &outcome.deposited {
        Some(deposited) => terminal.say(&success(args, deposited)),
        None => {
            let faults = terminal.count_faults(&outcome.report).unwrap_or_default();
            terminal.say(&Said::NothingDeposited { faults })
        }
    };
    terminal.result(&sentence, &summary(args, &outcome));
    Ok(if outcome.deposited.is_some() { Exit::Done } else { Exit::Faults })
}

fn order(args: &DepositArgs, root: Folder, terminal: &Terminal) -> Result<Order, Diagnostic> {
    let (out, folder) = (args.folder.clone(), file::shown(&args.folder));
    if let Some(holds) = sources_in(root.path(), &out) {
        return Err(Diagnostic::error(DepositMessage::DepositInArchive { folder, holds }));
    }
    let grows = args.ocfl && ocfl::is_root(&out);
    if !grows && !is_free(&out) {
        return Err(Diagnostic::error(CommandMessage::FolderNotEmpty { folder }));
    }
    Ok(Order {
        root,
        out,
        split: args.split,
        is_ocfl: args.ocfl,
        takes_all: args.with_withheld,
        progress: terminal.progress(),
    })
}

/// Whether nothing is there, or an empty folder.
fn is_free(path: &Path) -> bool {
    match std::fs::symlink_metadata(path) {
        Err(_) => true,
        Ok(_) => path.read_dir().is_ok_and(|mut inside| inside.next().is_none()),
    }
}

fn success(args: &DepositArgs, deposited: &Deposited) -> Said {
    if let Some((version, is_new)) = deposited.version {
        return Said::DepositedVersion {
            edition: deposited.edition.number.to_string(),
            day: deposited.edition.day.clone(),
            documents: deposited.documents,
            version: format!("v{version}"),
            is_new,
            files: deposited.files,
            size: file::size_in_words(deposited.bytes),
            folder: file::shown(&from_here(&args.folder)),
            left_out: deposited.left_out,
            takes_all: args.with_withheld,
        };
    }
    Said::Deposited {
        edition: deposited.edition.number.to_string(),
        day: deposited.edition.day.clone(),
        documents: deposited.documents,
        bags: deposited.bags,
        files: deposited.files,
        size: file::size_in_words(deposited.bytes),
        folder: file::shown(&from_here(&args.folder)),
        left_out: deposited.left_out,
        takes_all: args.with_withheld,
        large: deposited.large,
    }
}

fn summary<'a>(args: &DepositArgs, outcome: &'a Outcome) -> Summary<'a> {
    let deposited = outcome.deposited.as_ref();
    Summary {
        summary: "deposit",
        errors: outcome.report.count(Severity::Error),
        warnings: outcome.report.count(Severity::Warning),
        deposited: deposited.is_some(),
        edition: deposited.map(|deposited| deposited.edition.number),
        day: deposited.map(|deposited| deposited.edition.day.as_str()),
        documents: deposited.map_or(0, |deposited| deposited.documents),
        bags: deposited.map_or(0, |deposited| deposited.bags),
        version: deposited.and_then(|deposited| deposited.version).map(|(version, _)| version),
        is_new: deposited.is_some_and(|deposited| deposited.version.is_none_or(|(_, is_new)| is_new)),
        files: deposited.map_or(0, |deposited| deposited.files),
        bytes: deposited.map_or(0, |deposited| deposited.bytes),
        left_out: deposited.map_or(0, |deposited| deposited.left_out),
        with_withheld: args.with_withheld,
    }
}
