//! `fonds mv`: another address for a document or a section, with the old one kept.

use anyhow::Result;
use serde::Serialize;

use super::record::find;
use super::terminal::Terminal;
use super::{Exit, find_archive};
use crate::archive::{Archive, Drafts};
use crate::build::{Input, read_archive};
use crate::change::Lock;
use crate::cli::{Common, MvArgs};
use crate::diagnostic::messages::{MoveMessage, Summary as Said, Told};
use crate::diagnostic::{Diagnostic, Report};
use crate::moving::{self, Plan, What};

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    from: &'a str,
    to: &'a str,
    links: usize,
    by_hand: usize,
    written: bool,
}

/// Moves.
///
/// # Errors
/// The machine refuses to read or write.
pub(crate) fn run(args: &MvArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let root = match find_archive(common, &terminal) {
        Ok(root) => root,
        Err(fault) => {
            terminal.diagnostic(&fault);
            return Ok(Exit::Usage);
        }
    };
    // What is only tried out writes nothing, no lock either.
    let lock = match args.dry_run {
        true => None,
        false => Some(Lock::take(&root, "mv", &|holder| terminal.waits_for(holder))?),
    };
    let mut report = Report::new();
    let (archive, _) = read_archive(&Input::Archive(root.clone()), None, Drafts::Included, &mut report);
    if report.has_errors() {
        terminal.report(&report);
        terminal.words(&terminal.say(&Said::NothingMoved));
        return Ok(Exit::Faults);
    }
    let (document, section) = match args.old.split_once('#') {
        Some((document, section)) => (document, Some(section)),
        None => (args.old.as_str(), None),
    };
    let meant = find(&archive, document.as_ref()).and_then(|at| Ok((at, what(&archive, at, section, &args.new)?)));
    let plan = meant.and_then(|(at, what)| moving::plan(&archive, at, &what));
    let plan = match plan {
        Ok(plan) => plan,
        Err(fault) => {
            terminal.diagnostic(&fault);
            return Ok(Exit::Usage);
        }
    };
    if let Some(lock) = &lock {
        plan.apply(lock)?;
    }
    tell(&plan, args, &terminal);
    Ok(Exit::Done)
}

/// What is to be done, by what was typed.
fn what(archive: &Archive, document: usize, section: Option<&str>, new: &str) -> Result<What, Diagnostic> {
    let entry = &archive.documents[document];
    let refused = |message: MoveMessage| Err(Diagnostic::error(message));
    match (section, new.split_once('#')) {
        (Some(old), Some((other, new))) if other.is_empty() || other == entry.id => {
            Ok(What::Section { old: old.to_string(), new: new.to_string() })
        }
        (Some(old), Some((other, new))) => refused(MoveMessage::SectionIntoOther {
            path: entry.source.path.clone(),
            old: old.to_string(),
            other: other.to_string(),
            new: new.to_string(),
        }),
        (Some(old), None) => refused(MoveMessage::SectionIntoDocument {
            document: entry.id.to_string(),
            section: old.to_string(),
            new: new.to_string(),
        }),
        (None, Some(_)) => refused(MoveMessage::DocumentIntoSection),
        (None, None) => Ok(destination(archive, document, new)),
    }
}

/// `essays/letters`, `essays/`, `letters`, `content/essays/letters.md`; an address that begins with `/` is from `content/`.
fn destination(archive: &Archive, document: usize, new: &str) -> What {
    let entry = &archive.documents[document];
    let inside = new.strip_prefix("content/").or_else(|| new.strip_prefix('/'));
    let path = inside.unwrap_or(new);
    let path = path.strip_suffix("/index.md").or_else(|| path.strip_suffix(".md")).unwrap_or(path);
    let is_collection = |path: &str| archive.collections.iter().skip(1).any(|collection| collection.path == path);
    let (collection, id) = match path.strip_suffix('/') {
        Some(collection) => (collection, entry.id.as_str()),
        None if path.is_empty() => ("", entry.id.as_str()),
        None if is_collection(path) => (path, entry.id.as_str()),
        None => match path.rsplit_once('/') {
            Some((collection, id)) => (collection, id),
            None if inside.is_some() => ("", path),
            None => (archive.collections[entry.collection].path.as_str(), path),
        },
    };
    What::Document { collection: collection.to_string(), id: id.to_string() }
}

fn tell(plan: &Plan, args: &MvArgs, terminal: &Terminal) {
    if let Some((from, to)) = &plan.moves {
        terminal.words(&format!("{from} → {to}"));
    }
    for (old, new) in &plan.kept {
        terminal.words(&terminal.say(&Told::KeptAddress { old: old.clone(), new: new.clone() }));
    }
    for link in &plan.mended {
        let moving::Mended { file, line, from, to } = link.clone();
        terminal.words(&terminal.say(&Told::LinkChanged { file, line, from, to }));
    }
    terminal.report(&plan.left);
    let links = plan.mended.len();
    let by_hand = plan.left.sorted().len();
    let sentence = terminal.say(&match args.dry_run {
        true => Said::MovedDry { links, by_hand },
        false => Said::Moved { links, by_hand },
    });
    let summary = Summary { summary: "mv", from: &args.old, to: &args.new, links, by_hand, written: !args.dry_run };
    terminal.result(&sentence, &summary);
}
