//! What publishing writes down in the archive: the edition, its addresses, and when each document changed.
//!
//! It is written before the site is exchanged. A machine that fails in between leaves a promise that nobody has seen, and the
//! next publishing keeps it; the other way round, readers would have seen what nobody wrote down.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::archive::changes::{self, Account, Changes, Stamp};
use crate::archive::edition::Edition;
use crate::archive::ids::{self, Addresses, Ids};
use crate::archive::{Archive, Entry};
use crate::change::{Change, Holder, Lock};
use crate::diagnostic::Report;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::Told;
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
pub(super) struct Ledger<'a> {
    pub(super) archive: &'a Archive,
    pub(super) changes: &'a Changes,
    pub(super) ids: &'a Ids,
    pub(super) stamps: &'a [Option<Stamp>],
    pub(super) sections: &'a [Option<String>],
}

impl Ledger<'_> {
    /// Makes an edition of what changed, and writes it down if it is not only tried out.
    ///
    /// # Errors
    /// The machine refuses to write; then nothing is written down.
    pub(super) fn bind(&self, because: &str, writes: bool, show: Option<Lang>) -> Result<Bound> {
        if !writes {
            return Ok(self.next(self.changes, self.ids, because).bound);
        }
        let waiting = |holder: &Holder| {
            let (command, process) = (holder.command.clone(), holder.process.clone());
            progress::remark(&Told::WaitingFor { command, process }, show);
        };
        let lock = Lock::take(&self.archive.root, "publish", &waiting)?;
        // Somebody else may have published since the files were read. What is wrong in them was told then.
        let changes = Changes::read(lock.folder(), Account::Written, &mut Report::new());
        let ids = Ids::read(lock.folder(), &mut Report::new());
        let next = self.next(&changes, &ids, because);
        let mut change = Change::begin(&lock);
        if let Some(days) = next.days {
            change.put(changes::FILE, days.as_bytes())?;
        }
        if let Some(text) = next.text {
            change.put(ids::FILE, text.as_bytes())?;
        }
        change.commit()?;
        Ok(next.bound)
    }

    fn next(&self, changes: &Changes, ids: &Ids, because: &str) -> Next {
        let days = changes.with(self.stamps.iter().flatten().filter_map(|stamp| {
            Some((self.archive.documents[stamp.document].id.as_str(), stamp.day.as_deref()?, stamp.print))
        }));
        let addresses = self.addresses(ids);
        let last = ids.last_edition().filter(|_| days.is_none() && !addresses.is_new);
        let (edition, is_new) = match last {
            Some(last) => (last.clone(), false),
            None => (ids.next_edition(changes::today(), because), true),
        };
        let text = ids.text_with(&addresses, is_new.then_some(&edition));
        Next { days, text, bound: Bound { edition, is_new } }
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

/// The files as they are to be, where they change.
struct Next {
    days: Option<String>,
    text: Option<String>,
    bound: Bound,
}
