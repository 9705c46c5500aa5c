//! `fonds check`: the whole build but for the writing.

use anyhow::Result;

use super::build::summary;
use super::terminal::{Terminal, count_faults, plural};
use super::{Exit, find_archive};
use crate::cli::{CheckArgs, Common};
use crate::{Input, Order, build};

/// Checks.
///
/// # Errors
/// The machine refuses to read.
pub fn run(args: &CheckArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let root = match find_archive(common) {
        Ok(root) => root,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    let order = Order {
        input: Input::Archive(root),
        out: None,
        zip: None,
        base_url: None,
        drafts: args.drafts,
        progress: terminal.shows_progress(),
    };
    let outcome = build(&order)?;
    terminal.report(&outcome.report);
    let faults = count_faults(&outcome.report);
    let faults = if faults.is_empty() { "nothing wrong".to_string() } else { faults };
    let sentence = format!("{}: {faults}", plural(outcome.documents, "document"));
    terminal.result(&sentence, &summary("check", &outcome, false));
    Ok(if outcome.report.has_errors() { Exit::Faults } else { Exit::Done })
}
