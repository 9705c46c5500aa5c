//! The archive in memory, kept as the files are.
//!
//! Two steps follow an edit. At once the record of a document that was edited is read and put in the place of the old one,
//! and the browser is told: that takes as long in an archive of a hundred thousand documents as in one of ten. What follows
//! from it for other pages, its place in lists and indexes, is worked out when no edit has come for a moment, by the same
//! [`Archive::assemble`] that a build runs, so that the two can never differ.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::desk::Desk;
use super::state::{Faults, News, State};
use super::watch::Changed;
use crate::archive::changes::Changes;
use crate::archive::ids::Ids;
use crate::archive::scan::{self, Scanned};
use crate::archive::{Archive, Drafts, ReadRecord};
use crate::diagnostic::Report;
use crate::folder::{Folder, Kind};
use crate::record::Record;
use crate::site::Site;
use crate::theme::Theme;

/// From so many documents on, the old archive goes before the new one is put together, and requests wait for the half second
/// that this takes: both at once would be half as much memory again.
const LARGE: usize = 50_000;

/// What stands behind the state.
pub(crate) struct Live {
    root: Folder,
    drafts: Drafts,
    site: Site,
    found: Scanned,
    /// One for each document that was found.
    records: Vec<Arc<Record>>,
    /// Files that may have come or gone.
    unsettled: BTreeSet<String>,
    /// Whether what follows from an edit is still to be worked out.
    behind: bool,
    /// Whether everything is to be read again as soon as the archive stands at its path.
    stale: bool,
}

impl Live {
    /// Reads site.toml, the theme and every record.
    pub(crate) fn load(root: Folder, drafts: Drafts) -> (Self, State) {
        let mut faults = Faults::default();
        let (site, theme) = rayon::join(|| read_site(&root), || Theme::load(Some(&root), &mut faults.theme));
        let (site, of_site) = site;
        faults.site = of_site;
        let found = scan::scan(&root, &mut faults.files);
        let mut live = Self {
            root,
            drafts,
            site,
            found,
            records: Vec::new(),
            unsettled: BTreeSet::new(),
            behind: false,
            stale: false,
        };
        live.records = live.read_records(|_| None, &mut faults.records);
        let changes = Arc::new(published(&live.root, &mut faults.files));
        let archive = Arc::new(live.assemble(&mut faults));
        (live, State { archive, changes, theme: Arc::new(theme), faults, version: 1 })
    }

    /// Reads records, but for those that are `known`.
    fn read_records(
        &self,
        known: impl Fn(&str) -> Option<Arc<Record>> + Sync,
        faults: &mut BTreeMap<String, Report>,
    ) -> Vec<Arc<Record>> {
        let documents = &self.found.documents;
        let mut read: Vec<ReadRecord> = documents
            .par_iter()
            .map(|document| match known(&document.source.path) {
                Some(record) => ReadRecord { record, report: Report::new() },
                None => ReadRecord::of(&self.root, &document.source, self.site.profile),
            })
            .collect();
        for (document, reading) in documents.iter().zip(&mut read) {
            if !reading.report.is_empty() {
                faults.insert(document.source.path.clone(), std::mem::take(&mut reading.report));
            }
        }
        read.into_iter().map(|reading| reading.record).collect()
    }

    fn assemble(&self, faults: &mut Faults) -> Archive {
        faults.archive = Report::new();
        let read = self
            .records
            .iter()
            .map(|record| ReadRecord { record: Arc::clone(record), report: Report::new() })
            .collect();
        Archive::assemble(self.site.clone(), &self.root, self.found.clone(), read, self.drafts, &mut faults.archive)
    }

    /// Whether what follows from an edit is still to be worked out.
    pub(crate) fn is_behind(&self) -> bool {
        self.behind || self.stale
    }

    /// Takes what can be taken at once.
    pub(crate) fn take(&mut self, changed: &Changed, desk: &Desk) -> Option<News> {
        if changed.everything {
            return self.reload(desk);
        }
        let theme = (changed.templates || changed.files).then(|| {
            let mut report = Report::new();
            (Arc::new(Theme::load(Some(&self.root), &mut report)), report)
        });
        let site = changed.site.then(|| read_site(&self.root));
        let mut read = Vec::new();
        for path in changed.paths.iter().filter(|path| path.starts_with("content/")) {
            let known = self.document(path).filter(|_| self.root.has_file(path));
            match known {
                Some(at) => {
                    read.push((at, ReadRecord::of(&self.root, &self.found.documents[at].source, self.site.profile)))
                }
                None if path.ends_with("_index.md") => self.behind = true,
                None => {}
            }
            let there = self.root.has_file(path);
            if known.is_none() && !(there && self.found.files.contains(path)) {
                self.unsettled.insert(path.clone());
            }
        }
        self.behind |= !self.unsettled.is_empty() || site.is_some();
        desk.change_state(|state| {
            state.version += 1;
            if let Some((theme, report)) = theme {
                state.theme = theme;
                state.faults.theme = report;
            }
            if let Some((site, report)) = site {
                state.faults.site = report;
                self.take_site(site, state);
            }
            for (at, reading) in read {
                self.take_record(at, reading, state);
            }
            Some(match () {
                () if changed.scripts => News::Theme(state.version),
                () if changed.styles => News::Style(state.version),
                () => News::Pages(state.version),
            })
        })
    }

    fn document(&self, path: &str) -> Option<usize> {
        self.found.documents.binary_search_by(|document| document.source.path.as_str().cmp(path)).ok()
    }

    /// A site.toml that cannot be read leaves the old one in force.
    fn take_site(&mut self, site: Site, state: &mut State) {
        if state.faults.site.has_errors() {
            return;
        }
        let other_profile = self.site.profile != site.profile;
        self.site = site.clone();
        Arc::make_mut(&mut state.archive).site = site;
        if other_profile {
            state.faults.records.clear();
            self.records = self.read_records(|_| None, &mut state.faults.records);
        }
    }

    /// A record that cannot be read leaves the old one in force, so that the page can be looked at while it is mended.
    fn take_record(&mut self, at: usize, reading: ReadRecord, state: &mut State) {
        let path = &self.found.documents[at].source.path;
        let broken = reading.report.has_errors();
        match reading.report.is_empty() {
            true => state.faults.records.remove(path),
            false => state.faults.records.insert(path.clone(), reading.report),
        };
        if broken || *reading.record == *self.records[at] {
            return;
        }
        let old = std::mem::replace(&mut self.records[at], Arc::clone(&reading.record));
        self.behind = true;
        // An address that changes, or a document that comes or goes, is more than one page.
        let id = |record: &Record| record.id.as_ref().map(|id| id.value.clone());
        let same_place = id(&old) == id(&reading.record)
            && old.draft == reading.record.draft
            && old.replaced_by.is_some() == reading.record.replaced_by.is_some()
            && old.text_is_open() == reading.record.text_is_open();
        if let Some(shown) = state.archive.by_path(path).filter(|_| same_place) {
            Arc::make_mut(&mut state.archive).documents[shown].record = reading.record;
        }
    }

    /// Works out what follows from the edits since the last time.
    pub(crate) fn catch_up(&mut self, desk: &Desk) -> Option<News> {
        if self.stale {
            return self.reload(desk);
        }
        self.behind = false;
        let mut faults = desk.with_state(|state| state.faults.clone());
        let unsettled = std::mem::take(&mut self.unsettled);
        // Editors write and remove files beside the one that is edited; what is gone again is no reason to look.
        let came_or_went = |path: &String| {
            let known = self.document(path).is_some() || self.found.files.contains(path);
            known != self.root.has_file(path)
                || matches!(self.root.kind(path), Ok(Kind::Folder))
                || path.ends_with("_index.md")
        };
        if unsettled.iter().any(came_or_went) && !self.rescan(&unsettled, &mut faults) {
            self.stale = true;
            return None;
        }
        let apart = (self.records.len() < LARGE).then(|| Arc::new(self.assemble(&mut faults)));
        Some(desk.change_state(|state| {
            state.version += 1;
            state.archive = apart.unwrap_or_else(|| {
                state.archive = Arc::default();
                Arc::new(self.assemble(&mut faults))
            });
            state.faults = faults;
            News::Pages(state.version)
        }))
    }

    /// Looks through `content/` again; records of files that are still there are kept. `false` where the archive was moved away
    /// meanwhile: the names of its files are looked for by its path.
    fn rescan(&mut self, changed: &BTreeSet<String>, faults: &mut Faults) -> bool {
        faults.files = Report::new();
        let found = scan::scan(&self.root, &mut faults.files);
        if !self.root.is_at_its_path() {
            return false;
        }
        let old: BTreeMap<String, Arc<Record>> = std::mem::replace(&mut self.found, found)
            .documents
            .into_iter()
            .map(|document| document.source.path)
            .zip(std::mem::take(&mut self.records))
            .collect();
        let broken: BTreeMap<String, Report> = std::mem::take(&mut faults.records);
        let known =
            |path: &str| old.get(path).filter(|_| !changed.contains(path) && !broken.contains_key(path)).cloned();
        self.records = self.read_records(known, &mut faults.records);
        true
    }

    /// Reads everything again. While nothing stands at the archive's path, what is held open stays as it is; the watcher tells
    /// when something does again.
    fn reload(&mut self, desk: &Desk) -> Option<News> {
        self.stale = true;
        // Another folder may have taken the place of the one that is held open.
        let root = Folder::open(self.root.path()).ok()?;
        let (live, state) = Self::load(root, self.drafts);
        if !live.root.is_at_its_path() {
            return None;
        }
        *self = live;
        Some(desk.change_state(|now| {
            *now = State { version: now.version + 1, ..state };
            News::Theme(now.version)
        }))
    }
}

fn read_site(root: &Folder) -> (Site, Report) {
    let mut report = Report::new();
    (Site::read(root, &mut report), report)
}

/// What was published of the archive.
fn published(root: &Folder, report: &mut Report) -> Changes {
    // What is wrong with the ledger is told where it is asked for an address.
    Changes::read(root, report).among(&Ids::read(root, &mut Report::new()))
}
