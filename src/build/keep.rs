//! What publishing writes down in the archive: the edition, its addresses, and when each document changed.
//!
//! It is written before the site is exchanged. A machine that fails in between leaves a promise that nobody has seen, and the
//! next publishing keeps it; the other way round, readers would have seen what nobody wrote down.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use crate::archive::changes::{self, Changes, Stamp};
use crate::archive::edition::Edition;
use crate::archive::history;
use crate::archive::ids::{self, Addresses, Ids};
use crate::archive::{Archive, Entry};
use crate::change::{Change, Holder, Lock};
use crate::diagnostic::cause::While;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Doing, Told};
use crate::folder::Folder;
use crate::page::moved;
use crate::progress;

/// What a site is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To look at. It promises nothing: no address is bound, and one that would break is only told.
    Look,
    /// To be seen by others.
    Publish {
        /// Why there is a new edition; may be empty.
        because: String,
        /// Whether it is written down; otherwise it is only tried.
        is_bound: bool,
    },
    /// To be deposited as it was published: it is held against the ledger, and nothing is written down.
    Deposit,
}

/// What publishing bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The edition that is published.
    pub edition: Edition,
    /// Whether it is a new one: a document or an address changed since the last.
    pub is_new: bool,
}

/// What is to be written down.
#[derive(Clone, Copy)]
pub(super) struct Ledger<'a> {
    pub(super) archive: &'a Archive,
    pub(super) changes: &'a Changes,
    pub(super) ids: &'a Ids,
    pub(super) stamps: &'a [Option<Stamp>],
    pub(super) sections: &'a [Option<String>],
}

/// The account files as they are to be, where they change.
#[derive(Debug)]
pub(super) struct Next {
    days: Option<String>,
    text: Option<String>,
    pub(super) bound: Bound,
}

/// Keeps all other commands away from an archive while it is published: what is bound at the end is the account that was read
/// at the beginning.
///
/// # Errors
/// The machine refuses.
pub(super) fn hold(root: &Folder, show: Option<Lang>) -> Result<Lock> {
    let waiting = |holder: &Holder| {
        let (command, process) = (holder.command.clone(), holder.process.clone());
        progress::remark(&Told::WaitingFor { command, process }, show);
    };
    Lock::take(root, "publish", &waiting)
}

impl Ledger<'_> {
    /// The edition that is published now, if there is one; `None` in a build that publishes nothing.
    pub(super) fn next(&self) -> Option<Next> {
        let coming = self.changes.coming()?;
        let days = self.changes.with(
            self.stamps
                .iter()
                .flatten()
                .map(|stamp| (self.archive.documents[stamp.document].id.as_str(), &stamp.since, stamp.print)),
        );
        let addresses = self.addresses(self.ids);
        let last = self.ids.last_edition().filter(|_| days.is_none() && !addresses.is_new);
        let (edition, is_new) = match last {
            Some(last) => (last.clone(), false),
            None => (coming.clone(), true),
        };
        let text = self.ids.text_with(&addresses, is_new.then_some(&edition));
        Some(Next { days, text, bound: Bound { edition, is_new } })
    }

    /// Writes the edition down.
    ///
    /// # Errors
    /// The machine refuses to write; then nothing is written down.
    pub(super) fn bind(&self, next: Next, lock: &Lock) -> Result<Bound> {
        // What is kept of the texts lies there before anything says that it counts.
        if self.stamps.iter().flatten().any(|stamp| !self.changes.knows(self.id(stamp), stamp.print)) {
            lock.folder().sync().while_doing(|| Doing::Writing { path: history::TEXTS.to_string() })?;
        }
        let mut change = Change::begin(lock);
        for stamp in self.stamps.iter().flatten() {
            if let Some(text) = &stamp.changes {
                change.put(&history::changes_file(self.id(stamp)), text.as_bytes())?;
            }
        }
        if let Some(days) = &next.days {
            change.put(changes::FILE, days.as_bytes())?;
        }
        if let Some(text) = &next.text {
            change.put(ids::FILE, text.as_bytes())?;
        }
        change.commit()?;
        if next.days.is_some() {
            self.sweep(lock.folder())?;
        }
        Ok(next.bound)
    }

    fn id(&self, stamp: &Stamp) -> &str {
        &self.archive.documents[stamp.document].id
    }

    /// Removes what is kept of texts that are published no more, and what an edition left that failed.
    fn sweep(&self, root: &Folder) -> Result<()> {
        let stamps = || self.stamps.iter().flatten();
        let texts: BTreeSet<String> =
            stamps().map(|stamp| history::text_file(self.id(stamp), &stamp.print.hex())).collect();
        let lists: BTreeSet<String> = stamps().map(|stamp| history::changes_file(self.id(stamp))).collect();
        for (folder, kept) in [(history::TEXTS, texts), (history::CHANGES, lists)] {
            for name in root.names(folder).unwrap_or_default() {
                let path = format!("{folder}/{name}");
                if !kept.contains(&path) {
                    root.remove(&path).while_doing(|| Doing::Writing { path: path.clone() })?;
                }
            }
        }
        Ok(())
    }

    /// The addresses that are published now, beside those that were.
    fn addresses(&self, ids: &Ids) -> Addresses {
        let (archive, sections) = (self.archive, self.sections);
        let sections_of = |document: usize| sections[document].as_deref().unwrap_or_default();
        // A page was written for each former id too.
        let with_aliases = |document: usize, entry: &Entry| {
            let published = ids.line(&entry.directory).map_or("", |line| line.sections.as_str());
            let aliases = moved::unknown_aliases(entry, published).map(|old| (old, old));
            ids::written(ids::sections(sections_of(document)).chain(aliases))
        };
        let with_aliases: BTreeMap<usize, String> = archive
            .documents
            .iter()
            .enumerate()
            .filter(|(_, entry)| !entry.record.section_aliases.is_empty())
            .map(|(document, entry)| (document, with_aliases(document, entry)))
            .collect();
        let live = archive.documents.iter().enumerate().map(|(document, entry)| {
            let sections = with_aliases.get(&document).map_or(sections_of(document), String::as_str);
            (entry.directory.as_str(), entry.id.as_str(), sections)
        });
        let former = archive.former.iter().map(|(address, former)| {
            let id = address.rsplit('/').next().unwrap_or(address);
            (address.as_str(), id, moved::sections_at(former.reason, sections[former.document].as_deref()))
        });
        ids.with(live.chain(former))
    }
}
