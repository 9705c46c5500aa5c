//! What a build writes down beside the archive: the addresses that are published, and when each document changed.
//!
//! The site is published by then, so a fault is a warning.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::archive::changes::{self, Changes, Stamp};
use crate::archive::ids::{self, Ids};
use crate::archive::{Archive, Entry};
use crate::change::{Change, Holder, Lock};
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{ArchiveMessage, Told};
use crate::diagnostic::{Diagnostic, Report};
use crate::page::moved;
use crate::progress;

/// What was published.
pub(super) struct Published<'a> {
    pub(super) archive: &'a Archive,
    pub(super) changes: &'a Changes,
    pub(super) ids: &'a Ids,
    pub(super) stamps: &'a [Option<Stamp>],
    pub(super) sections: &'a [Option<String>],
    /// What lies in memory, or has drafts in it, is published to nobody.
    pub(super) binds: bool,
}

impl Published<'_> {
    /// Writes down what is new.
    pub(super) fn write_down(&self, show: Option<Lang>, report: &mut Report) {
        let days = self.days();
        let is_new = self.binds && self.addresses(self.ids).is_some();
        if days.is_none() && !is_new {
            return;
        }
        let file = if is_new { ids::FILE } else { changes::FILE };
        if let Err(error) = self.write(days, show) {
            let cause = (&error).into();
            let message = match is_new {
                true => ArchiveMessage::IdsNotWritten { cause },
                false => ArchiveMessage::ChangesNotWritten { cause },
            };
            report.push(Diagnostic::warning(message).in_file(file));
        }
    }

    fn write(&self, days: Option<String>, show: Option<Lang>) -> Result<()> {
        let waiting = |holder: &Holder| {
            let (command, process) = (holder.command.clone(), holder.process.clone());
            progress::remark(&Told::WaitingFor { command, process }, show);
        };
        let lock = Lock::take(&self.archive.root, "build", &waiting)?;
        let mut change = Change::begin(&lock);
        if let Some(days) = days {
            change.put(changes::FILE, days.as_bytes())?;
        }
        // Another build may have written the file since it was read.
        let ids = Ids::read(lock.folder(), &mut Report::new());
        if let Some(addresses) = self.addresses(&ids).filter(|_| self.binds) {
            change.put(ids::FILE, addresses.as_bytes())?;
        }
        change.commit()
    }

    /// The days on which documents changed.
    fn days(&self) -> Option<String> {
        let documents = self.stamps.iter().flatten().filter_map(|stamp| {
            Some((self.archive.documents[stamp.document].id.as_str(), stamp.day.as_deref()?, stamp.print))
        });
        self.changes.with(&self.archive.root, documents)
    }

    /// The addresses that are published now, beside those that were.
    fn addresses(&self, ids: &Ids) -> Option<String> {
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
