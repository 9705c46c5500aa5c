//! `fonds check --fix`: the changes that are certain, shown as a diff and written where a person agrees.
//!
//! Only the bytes that a suggestion names change: line ends, comments and all other lines stay (`record::edit`). What is
//! only likely is left to a person, who sees it in the messages.

use std::collections::BTreeMap;

use anyhow::Result;
use dialoguer::Confirm;
use diffy::DiffOptions;
use serde::Serialize;

use super::terminal::Terminal;
use crate::change::{Change, Lock};
use crate::diagnostic::messages::{Hint, Question, Summary as Said};
use crate::diagnostic::{Report, Suggestion};
use crate::file;
use crate::folder::Folder;
use crate::record::edit::{self, Splice};

/// The line of `--format json`.
#[derive(Serialize)]
struct Summary {
    summary: &'static str,
    fixes: usize,
    files: usize,
    written: bool,
}

/// A file as it would be.
struct Fixed {
    path: String,
    before: String,
    after: String,
    count: usize,
}

/// Shows what would change, and writes it where that is agreed to. Says whether anything was written.
///
/// # Errors
/// The machine refuses to read or write.
pub(super) fn offer(root: &Folder, report: &Report, agreed: bool, terminal: &Terminal) -> Result<bool> {
    let fixed = plan(root, report);
    let count = fixed.iter().map(|file| file.count).sum();
    let files = fixed.len();
    if files == 0 {
        terminal.words(&terminal.say(&Hint::NothingToFix));
        return Ok(false);
    }
    for file in &fixed {
        terminal.words(diff(file).trim_end());
    }
    let written = agreed || ask(count, terminal)?;
    if written {
        let lock = Lock::take(root, "check --fix", &|holder| terminal.waits_for(holder))?;
        let mut change = Change::begin(&lock);
        for Fixed { path, before, after, .. } in &fixed {
            change.replace(path, before.as_bytes(), after.as_bytes())?;
        }
        change.commit()?;
    }
    let sentence = match written {
        true => terminal.say(&Said::Fixed { count, files }),
        false => terminal.say(&Hint::HowToApply),
    };
    terminal.entry(&Summary { summary: "fix", fixes: count, files, written }, || format!("\n{sentence}\n"));
    Ok(written)
}

/// The files with all changes that are certain. Of two that overlap the first is made; the next check tells the other.
fn plan(root: &Folder, report: &Report) -> Vec<Fixed> {
    let mut by_file: BTreeMap<&str, Vec<&Suggestion>> = BTreeMap::new();
    let certain = report.sorted().into_iter().flat_map(|fault| &fault.suggestions).filter(|change| change.is_certain());
    for change in certain {
        by_file.entry(&change.file).or_default().push(change);
    }
    let fixed = by_file.into_iter().filter_map(|(path, mut changes)| {
        let before = file::read_text(root, path).ok()?;
        changes.sort_by_key(|change| (change.span.start, change.span.end));
        changes.dedup();
        let mut end = 0;
        changes.retain(|change| {
            let is_apart = change.span.start >= end && before.get(change.span.clone()).is_some();
            end = if is_apart { change.span.end } else { end };
            is_apart
        });
        let splices =
            changes.iter().map(|change| Splice::new(change.span.clone(), change.replacement.as_str())).collect();
        let after = edit::apply(&before, splices).ok()?;
        (after != before).then(|| Fixed { path: path.to_string(), before, after, count: changes.len() })
    });
    fixed.collect()
}

fn diff(file: &Fixed) -> String {
    let mut options = DiffOptions::new();
    options.set_original_filename(format!("a/{}", file.path)).set_modified_filename(format!("b/{}", file.path));
    options.create_patch(&file.before, &file.after).to_string()
}

/// Asks where somebody can answer.
fn ask(count: usize, terminal: &Terminal) -> Result<bool> {
    if !terminal.can_ask() {
        return Ok(false);
    }
    let question = terminal.say(&Question::ApplyFixes { count });
    Ok(Confirm::new().with_prompt(question).default(false).interact_opt()?.unwrap_or(false))
}
