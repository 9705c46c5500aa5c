//! What belongs into a deposit, and what stays out of it.
//!
//! A deposit goes to somebody else, and cannot be called back. So it holds what the edition shows to readers, and what that was
//! made from: of a document whose text is open its file, without the notes of its editors, its originals and the files beside it.
//! A file that lies among documents and that the site does not show was never meant for readers, and stays out too. Who asks for
//! what is withheld gets all of `content/` as it stands.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use super::item::{Item, Origin};
use crate::archive::changes::Changes;
use crate::archive::scan::Scanned;
use crate::archive::{Archive, Entry, changes, history, ids, reserved};
use crate::bag::{folded, nfc};
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::{DepositMessage, Doing};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::fixity;
use crate::folder::Folder;
use crate::format::markdown;
use crate::output::manifest::{self, ManifestEntry};
use crate::record::Original;
use crate::text::redact;
use crate::theme;

/// Where the site comes to stand.
const SITE: &str = "site/";

/// Records as tables of the site, which have a second place among the records.
const RECORDS: [&str; 2] = ["records.csv", "records.jsonl"];

/// What is deposited.
pub(super) struct Contents {
    /// In the order of their paths.
    pub items: Vec<Item>,
    /// Documents whose file is among them.
    pub documents: usize,
    /// What is not.
    pub left_out: LeftOut,
}

/// Documents and files that stay out, by why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub drafts: usize,
    pub closed: usize,
    pub embargoed: usize,
    pub recorded: usize,
    pub replaced: usize,
    /// Files that no page shows.
    pub files: usize,
    /// Documents whose files have notes of their editors.
    pub noted: usize,
}

impl LeftOut {
    /// Documents whose texts are withheld.
    pub(super) fn documents(&self) -> usize {
        self.drafts + self.closed + self.embargoed + self.recorded
    }
}

/// What a deposit is made from.
pub(super) struct Ground<'a> {
    pub archive: &'a Archive,
    pub found: &'a Scanned,
    /// The files of the site that was built, in the order of their paths.
    pub site: &'a [ManifestEntry],
    /// Whether what is withheld is taken in.
    pub takes_all: bool,
}

/// Gathers all of it.
///
/// # Errors
/// The machine refuses to read. What cannot be deposited is in the report.
pub(super) fn gather(ground: &Ground<'_>, report: &mut Report) -> Result<Contents> {
    let mut items = Vec::with_capacity(ground.site.len() * 2);
    let mut left_out = LeftOut::default();
    let documents = match ground.takes_all {
        true => ground.take_all(&mut items),
        false => {
            ground.count(&mut left_out);
            ground.take_open(&mut items, &mut left_out)?
        }
    };
    ground.take_settings(&mut items, report)?;
    ground.take_editions(&mut items);
    ground.take_site(&mut items);
    items.par_sort_unstable_by(|one, two| one.path.cmp(&two.path));
    find_meeting(&items, report);
    Ok(Contents { items, documents, left_out })
}

impl Ground<'_> {
    fn own_file(&self, path: &str, document: Option<usize>) -> Item {
        let bytes = self.archive.root.length(path);
        Item { path: nfc(path), from: Origin::Archive(path.to_string()), bytes, document }
    }

    /// All of `content/`; gives the number of documents.
    fn take_all(&self, items: &mut Vec<Item>) -> usize {
        let places: BTreeMap<&str, usize> =
            self.archive.documents.iter().enumerate().map(|(at, entry)| (entry.source.path.as_str(), at)).collect();
        for document in &self.found.documents {
            let path = document.source.path.as_str();
            items.push(self.own_file(path, places.get(path).copied()));
        }
        let owners = self.owners();
        items.extend(self.found.files.iter().map(|path| self.own_file(path, owner(&owners, path))));
        let pages = self.found.home.iter().chain(self.found.collections.values().flatten());
        items.extend(pages.map(|page| self.own_file(&page.path, None)));
        self.found.documents.len()
    }

    /// What is open; gives the number of documents.
    fn take_open(&self, items: &mut Vec<Item>, left_out: &mut LeftOut) -> Result<usize> {
        let open = || self.archive.documents.iter().enumerate().filter(|(_, entry)| entry.record.text_is_open());
        for (at, entry) in open() {
            let download = format!("{}/{}.md", entry.directory, entry.id);
            let bytes = self.bytes_in_site(&download);
            left_out.noted += usize::from(bytes != entry.source.length(&self.archive.root));
            items.push(Item { path: nfc(&entry.source.path), from: Origin::Copy(download), bytes, document: Some(at) });
        }
        self.take_files(items, left_out);
        for page in self.found.home.iter().chain(self.found.collections.values().flatten()) {
            let text = page.read(&self.archive.root).unwrap_or_default();
            let text = markdown::without_notes(Source { file: &page.path, text: &text });
            items.push(made(&page.path, text.into_bytes()));
        }
        Ok(open().count())
    }

    /// The files beside documents: those in the folder of an open one, the originals of open ones, and those that the site shows.
    fn take_files(&self, items: &mut Vec<Item>, left_out: &mut LeftOut) {
        let owners = self.owners();
        let originals = self.originals();
        let shown: BTreeSet<(&str, u64, &[u8; 32])> = self
            .site
            .iter()
            .map(|entry| (entry.path.rsplit('/').next().unwrap_or_default(), entry.bytes, &entry.sha256))
            .collect();
        let is_shown = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or_default();
            let hash = self.archive.root.read(path).map(|bytes| (bytes.len() as u64, fixity::sha256(&bytes)));
            hash.is_ok_and(|(length, hash)| shown.contains(&(name, length, &hash)))
        };
        let redacts = |at: usize| {
            let source = &self.archive.documents[at].source;
            source.read(&self.archive.root).is_ok_and(|text| matches!(redact::for_readers(&text), Cow::Owned(_)))
        };
        for path in self.found.files.iter().filter(|path| ![ids::FILE, changes::FILE].contains(&path.as_str())) {
            let document = owner(&owners, path).or_else(|| originals.get(path).copied());
            let is_open = document.is_some_and(|at| self.archive.documents[at].record.text_is_open());
            // The original has the words that are redacted in the text.
            let is_open = is_open && (!originals.contains_key(path.as_str()) || !document.is_some_and(&redacts));
            match !self.archive.withholds(path) && (is_open || document.is_none() && is_shown(path)) {
                true => items.push(self.own_file(path, document)),
                false => left_out.files += 1,
            }
        }
    }

    /// The folder of each document, and the document.
    fn owners(&self) -> BTreeMap<String, usize> {
        self.archive.documents.iter().enumerate().map(|(at, entry)| (entry.own_folder(), at)).collect()
    }

    /// Originals by their paths, with the document that names them.
    fn originals(&self) -> BTreeMap<String, usize> {
        let all = self.archive.documents.iter().enumerate();
        all.flat_map(|(at, entry)| originals_of(entry).map(move |(path, _)| (path, at))).collect()
    }

    fn count(&self, left_out: &mut LeftOut) {
        left_out.drafts = self.archive.left_out.len();
        left_out.replaced = self.archive.replaced.len();
        for entry in self.archive.documents.iter().filter(|entry| !entry.record.text_is_open()) {
            match entry.record.stated_access() {
                "closed" => left_out.closed += 1,
                "embargoed" => left_out.embargoed += 1,
                _ => left_out.recorded += 1,
            }
        }
    }

    /// What the site is made with besides, so that it can be made again.
    fn take_settings(&self, items: &mut Vec<Item>, report: &mut Report) -> Result<()> {
        let root = &self.archive.root;
        let settings = "site.toml";
        match self.takes_all {
            true => items.push(self.own_file(settings, None)),
            false => {
                let reading = || Doing::Reading { path: settings.to_string() };
                let text = root.read(settings).while_doing(reading)?;
                let text = String::from_utf8(text).while_doing(reading)?;
                let mut plain = String::with_capacity(text.len());
                markdown::without_comments(&text, &mut plain);
                items.push(made(settings, plain.into_bytes()));
            }
        }
        for name in [ids::FILE, changes::FILE] {
            // Among all files they were found already.
            if root.has_file(name) && !items.iter().any(|item| item.path == name) {
                items.push(self.own_file(name, None));
            }
        }
        for name in ["templates", "static"] {
            // What is wrong there was told by the build.
            for path in theme::own_files(root, name, &mut Report::new()) {
                items.push(self.own_file(&format!("{name}/{path}"), None));
            }
        }
        if let Some(fault) = unreadable(root, items) {
            report.push(fault);
        }
        Ok(())
    }

    /// What editions said and changed. What counts is what the account of changes names; it holds nothing that is withheld.
    fn take_editions(&self, items: &mut Vec<Item>) {
        let root = &self.archive.root;
        let changes = Changes::read(root, &mut Report::new());
        for id in changes.ids() {
            let texts = changes.prints(id).map(|print| history::text_file(id, print));
            let paths = texts.chain([history::changes_file(id)]);
            let document = self.archive.by_id(id);
            let item = |path: String| self.own_file(&path, document);
            items.extend(paths.filter(|path| root.has_file(path)).map(item));
        }
    }

    /// The site, and its tables of records at their second place.
    fn take_site(&self, items: &mut Vec<Item>) {
        let folders: BTreeMap<&str, usize> =
            self.archive.documents.iter().enumerate().map(|(at, entry)| (entry.directory.as_str(), at)).collect();
        for entry in self.site {
            let own = reserved::without_edition(&entry.path, &self.archive.site);
            let above = own.match_indices('/').rev().find_map(|(at, _)| folders.get(&own[..at]).copied());
            items.push(Item {
                path: format!("{SITE}{}", nfc(&entry.path)),
                from: Origin::Site(entry.path.to_string()),
                bytes: entry.bytes,
                document: above,
            });
            if RECORDS.contains(&entry.path.as_ref()) {
                let (from, bytes) = (Origin::Copy(entry.path.to_string()), entry.bytes);
                items.push(Item { path: format!("records/{}", entry.path), from, bytes, document: None });
            }
        }
    }

    fn bytes_in_site(&self, path: &str) -> u64 {
        let found = self.site.binary_search_by(|entry| entry.path.as_ref().cmp(path));
        found.map_or(0, |at| self.site[at].bytes)
    }
}

/// A file that is made.
pub(super) fn made(path: &str, bytes: Vec<u8>) -> Item {
    Item { path: nfc(path), bytes: bytes.len() as u64, from: Origin::Made(bytes), document: None }
}

/// The paths of a document's originals, from the archive's root, with what its record says of each.
pub(super) fn originals_of(entry: &Entry) -> impl Iterator<Item = (String, &Original)> {
    let record = &entry.record;
    let folder = entry.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let others = record.more_sources.iter().filter_map(|source| source.original.as_deref());
    let all = record.original.as_deref().into_iter().chain(others).filter(|original| !original.file.is_empty());
    all.map(move |original| (format!("{folder}/{}", original.file), original))
}

/// The document in whose folder a file lies.
fn owner(owners: &BTreeMap<String, usize>, path: &str) -> Option<usize> {
    path.match_indices('/').rev().find_map(|(at, _)| owners.get(&path[..=at]).copied())
}

/// The first file of the archive that cannot be read, before anything is written.
fn unreadable(root: &Folder, items: &[Item]) -> Option<Diagnostic> {
    items.par_iter().find_map_first(|item| match &item.from {
        Origin::Archive(path) => root.file(path).err().map(|error| file::unreadable(path, &error)),
        _ => None,
    })
}

/// Names that are one in NFC, or where upper and lower case are the same: of two such files a disc may keep one.
fn find_meeting(items: &[Item], report: &mut Report) {
    let mut known: BTreeMap<String, &Item> = BTreeMap::new();
    for item in items {
        if let Some(other) = known.insert(folded(&item.path), item) {
            let (one, two) = (named(other), named(item));
            report.push(Diagnostic::error(DepositMessage::NamesMeet { one, two }));
        }
    }
}

/// The name by which a person knows a file.
fn named(item: &Item) -> String {
    match &item.from {
        Origin::Archive(path) => path.clone(),
        _ => item.path.clone(),
    }
}

/// The files of a site that was built, with its manifest.
///
/// # Errors
/// It cannot be read.
pub(super) fn site_files(site: &Path) -> Result<Vec<ManifestEntry>> {
    let reading = || Doing::Reading { path: manifest::NAME.to_string() };
    let bytes = file::read_regular(&site.join(manifest::NAME)).while_doing(reading)?;
    let mut entries = manifest::parse(&bytes).unwrap_or_default();
    let (path, sha256) = (manifest::NAME.into(), fixity::sha256(&bytes));
    entries.push(ManifestEntry { path, bytes: bytes.len() as u64, sha256 });
    entries.sort_unstable();
    Ok(entries)
}
