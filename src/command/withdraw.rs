//! `fonds withdraw`: takes a document that was rightly published out of what readers see.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Serialize;

use super::record::find;
use super::terminal::Terminal;
use super::{Exit, archive_of};
use crate::archive::former::{Reason, former_ids};
use crate::archive::history;
use crate::archive::ids::{self, Ids};
use crate::archive::withdrawn::{Kind, Withdrawn};
use crate::archive::{Archive, Drafts, Entry, day};
use crate::build::{Input, read_archive};
use crate::change::{Change, Lock};
use crate::cli::{Because, Common, WithdrawArgs};
use crate::diagnostic::messages::{CommandMessage, Summary as Said};
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::record::edit::Edited;
use crate::record::{Access, Record};
use crate::theme::Theme;

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    id: &'a str,
    address: &'a str,
    kind: &'static str,
    day: &'a str,
    written: bool,
}

/// What is written.
struct Plan {
    withdrawn: Withdrawn,
    ids: Ids,
    /// The document's file, as it is and as it will be.
    path: String,
    before: String,
    after: String,
    /// What is kept of its editions, without words.
    kept: Vec<(String, String)>,
}

/// Withdraws a document.
///
/// # Errors
/// The machine refuses to read or write.
pub(crate) fn run(args: &WithdrawArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let Some(root) = archive_of(common, &terminal) else { return Ok(Exit::Usage) };
    // What is only tried out writes nothing, no lock either.
    let lock = match args.dry_run {
        true => None,
        false => Some(Lock::take(&root, "withdraw", &|holder| terminal.waits_for(holder))?),
    };
    let mut report = Report::new();
    let (archive, theme) = read_archive(&Input::Archive(root.clone()), None, Drafts::Included, &mut report);
    let ids = Ids::read(&root, &mut report);
    // What cannot be read may well be what is meant.
    if report.has_errors() {
        terminal.report(&report);
        return Ok(Exit::Faults);
    }
    let planned = find(&archive, args.document.as_ref()).and_then(|at| plan(&archive, &theme, &ids, at, args));
    let (plan, id) = match planned {
        Ok(planned) => planned,
        Err(fault) => {
            terminal.refusal(&fault);
            return Ok(Exit::Usage);
        }
    };
    if let Some(lock) = &lock {
        plan.apply(lock)?;
    }
    let Withdrawn { address, day, kind, .. } = &plan.withdrawn;
    let said = Said::Withdrawn { id: id.clone(), path: plan.path.clone(), dry_run: args.dry_run };
    let (kind, written) = (kind.word(), !args.dry_run);
    terminal.result(&terminal.say(&said), &Summary { summary: "withdraw", id: &id, address, kind, day, written });
    Ok(Exit::Done)
}

/// What is to be written, and the document's id.
fn plan(
    archive: &Archive,
    theme: &Theme,
    ids: &Ids,
    at: usize,
    args: &WithdrawArgs,
) -> Result<(Plan, String), Diagnostic> {
    let entry = &archive.documents[at];
    let (id, path) = (entry.id.clone(), entry.source.path.clone());
    let had = addresses(archive, at);
    if !had.iter().any(|address| ids.line(address).is_some()) {
        return Err(Diagnostic::error(CommandMessage::NotYetPublished { id, path }));
    }
    let before = ids.withdrawn().filter(|withdrawn| had.contains(&withdrawn.address.as_str()));
    if let Some(last) = before.max_by_key(|withdrawn| &withdrawn.day).filter(|_| !entry.record.is_described()) {
        return Err(Diagnostic::error(CommandMessage::AlreadyWithdrawn { id, day: last.day.clone() }));
    }
    let kind = kind_of(args.because);
    let note = args.note.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let words = theme.words(theme.language(entry.language(&archive.site)));
    let said = if note.is_empty() { words.get(&kind.reason_key()).to_string() } else { note.clone() };
    let before = file::read_text(&archive.root, &path)?;
    let after = closed(&before, &path, &said)?;
    let withdrawn = Withdrawn { address: entry.directory.clone(), day: day::today(), kind, note };
    let (ids, kept) = (ids.withdraw(withdrawn.clone()), kept(archive, entry));
    Ok((Plan { withdrawn, ids, path, before, after, kept }, id))
}

impl Plan {
    fn apply(&self, lock: &Lock) -> Result<()> {
        let mut change = Change::begin(lock);
        if self.before != self.after {
            change.replace(&self.path, self.before.as_bytes(), self.after.as_bytes())?;
        }
        for (path, text) in &self.kept {
            change.put(path, text.as_bytes())?;
        }
        change.put(ids::FILE, self.ids.text().as_bytes())?;
        change.commit()
    }
}

/// The folders in the site that a document has, and had.
fn addresses(archive: &Archive, at: usize) -> Vec<&str> {
    let former = archive.former.iter().filter(|(_, former)| former.document == at && former.reason == Reason::Moved);
    let own = archive.documents[at].directory.as_str();
    std::iter::once(own).chain(former.map(|(address, _)| address.as_str())).collect()
}

/// The document with its record closed. A draft has no address, and this one's must answer.
fn closed(text: &str, path: &str, note: &str) -> Result<String, Diagnostic> {
    let mut edited = Edited::document(text, path)?;
    edited.set(&["access"], Access::Closed.word())?;
    edited.set(&["access_note"], note)?;
    edited.remove(&["draft"])?;
    Ok(edited.text())
}

/// What is kept of the document's editions, under each id that it has or had.
fn kept(archive: &Archive, entry: &Entry) -> Vec<(String, String)> {
    let closed = Record { access: Access::Closed, ..Record::default() };
    let former = former_ids(entry).filter(|id| archive.by_id(id).is_none());
    let ids: BTreeSet<String> = former.chain([entry.id.clone()]).collect();
    ids.iter().flat_map(|id| history::purge(&archive.root, id, &closed)).collect()
}

fn kind_of(because: Because) -> Kind {
    match because {
        Because::Privacy => Kind::Privacy,
        Because::Rights => Kind::Rights,
        Because::Order => Kind::Order,
        Because::Error => Kind::Error,
        Because::Other => Kind::Other,
    }
}
