//! Where a capture goes in the archive.
//!
//! A document gets a folder of its own, with the capture kept byte for byte in `original/`. Its id is the capture's file
//! name, never its title or its place in a list. Three captures are not shelved anew: one whose bytes the archive has
//! already, one of a document whose record waits for its text (`access = "record"` with the same title or the same
//! SHA-256, and no text yet): that record is filled in, and what a person wrote in it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::kept::{file_name, kept_name};
use super::{fill, provenance};
use crate::archive::{Archive, Entry, reserved};
use crate::change::{Change, Lock, Sync};
use crate::diagnostic::Diagnostic;
use crate::import;
use crate::import::capture::{Capture, Import};
use crate::record::Access;
use crate::site::Site;
use crate::text::anchor;

/// The folder of captures that name no source office. Its title is a word of the archive's language.
const UNSORTED: &str = "unsorted";

/// Documents of one capture's name whose captures are read for their titles.
const ALIKE: usize = 16;

/// What is to be done with one capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ShelfPlace {
    /// A new document.
    New {
        /// Folder below `content/`.
        collection: String,
        /// What the collection is called, when it is new too.
        title: Option<String>,
        /// The document's id.
        id: String,
    },
    /// A record that waits for its text.
    Waiting {
        /// The record's file, from the archive's root.
        record: String,
        /// Where the capture is kept, from the record's folder.
        original: String,
    },
    /// A newer capture of a document that the archive has.
    Newer {
        /// The record's file, from the archive's root.
        record: String,
    },
    /// The archive has it.
    Known {
        /// The record's file, from the archive's root.
        record: String,
    },
}

impl ShelfPlace {
    /// The path and title of a collection that is new too.
    pub(crate) fn new_collection(&self) -> Option<(&str, &str)> {
        match self {
            Self::New { collection, title: Some(title), .. } => Some((collection, title)),
            _ => None,
        }
    }

    /// The record's file, from the archive's root.
    pub(crate) fn record(&self) -> String {
        match self {
            Self::New { collection, id, .. } => format!("content/{collection}/{id}/index.md"),
            Self::Waiting { record, .. } | Self::Newer { record } | Self::Known { record } => record.clone(),
        }
    }
}

/// The archive's documents, as far as finding a place needs them. Captures of one run see each other.
#[derive(Debug)]
pub(crate) struct Shelf<'a> {
    archive: &'a Archive,
    /// Ids in lower case, with the record's file.
    ids: BTreeMap<String, String>,
    by_hash: BTreeMap<String, String>,
    waiting_by_title: BTreeMap<String, usize>,
    by_address: BTreeMap<String, String>,
    /// Records by the names of the captures that they keep.
    by_name: BTreeMap<String, Vec<String>>,
    /// Titles that the kept captures print, as far as they were asked for.
    printed: BTreeMap<String, BTreeSet<String>>,
    collections: BTreeMap<String, String>,
}

impl<'a> Shelf<'a> {
    /// Looks over an archive.
    pub(crate) fn new(archive: &'a Archive) -> Self {
        let mut shelf = Self {
            archive,
            ids: BTreeMap::new(),
            by_hash: BTreeMap::new(),
            waiting_by_title: BTreeMap::new(),
            by_address: BTreeMap::new(),
            by_name: BTreeMap::new(),
            printed: BTreeMap::new(),
            collections: BTreeMap::new(),
        };
        for (at, entry) in archive.documents.iter().enumerate() {
            shelf.ids.insert(entry.id.to_lowercase(), entry.source.path.clone());
            if let Some(hash) = entry.record.original.as_ref().and_then(|original| original.sha256.clone()) {
                shelf.by_hash.insert(hash, entry.source.path.clone());
            }
            if let Some(original) = &entry.record.original {
                let record = entry.source.path.clone();
                shelf.by_address.extend(entry.record.source_url.clone().map(|address| (address, record.clone())));
                // A second capture is kept under a name of its own; the document is known by the first one's, too.
                let kept = format!(
                    "{}/original/",
                    entry
                        .folder
                        .as_deref()
                        .map_or_else(|| record.trim_end_matches(".md"), |folder| folder.trim_end_matches('/'))
                );
                let names = archive.files.range(kept.clone()..).take_while(|path| path.starts_with(&kept));
                let names: BTreeSet<String> =
                    names.map(|path| file_name(path)).chain([file_name(&original.file)]).collect();
                for name in names.into_iter().filter(|name| name != provenance::NAME) {
                    shelf.by_name.entry(name).or_default().push(record.clone());
                }
            }
            if entry.record.access == Access::Record {
                shelf.waiting_by_title.insert(entry.record.title.clone(), at);
            }
        }
        for collection in archive.collections.iter().skip(1) {
            shelf.collections.insert(collection.title.clone(), collection.path.clone());
        }
        shelf
    }

    /// Finds the place of a capture, and holds it against the captures that follow. `name` is the capture's file name.
    pub(crate) fn place(&mut self, import: &Import, name: &str, into: Option<&str>) -> ShelfPlace {
        let known = self.by_hash.get(&import.sha256).cloned();
        let waiting = match &known {
            Some(record) => self.archive.by_path(record),
            None => import.meta.title.as_ref().and_then(|title| self.waiting_by_title.get(title).copied()),
        };
        if let Some(entry) = waiting.map(|at| &self.archive.documents[at])
            && entry.record.access == Access::Record
            && fill::waits_for_text(&self.archive.root, &entry.source)
        {
            let record = entry.source.path.clone();
            let original = original_of(entry, name);
            self.by_hash.insert(import.sha256.clone(), record.clone());
            return ShelfPlace::Waiting { record, original };
        }
        if let Some(record) = known {
            return ShelfPlace::Known { record };
        }
        let same_address = import.meta.source_url.as_ref().and_then(|address| self.by_address.get(address).cloned());
        if let Some(record) = same_address.or_else(|| self.of_same_name(import, name)) {
            self.by_hash.insert(import.sha256.clone(), record.clone());
            return ShelfPlace::Newer { record };
        }
        let (collection, title) = self.collection(import, into);
        let id = self.id(import, name);
        let record = format!("content/{collection}/{id}/index.md");
        self.ids.insert(id.to_lowercase(), record.clone());
        self.by_hash.insert(import.sha256.clone(), record);
        ShelfPlace::New { collection, title, id }
    }

    /// Without an address the name and the title together say that it is the same document: the title of the record, or that
    /// which a capture of it prints, since a person may have corrected the record's.
    fn of_same_name(&mut self, import: &Import, name: &str) -> Option<String> {
        let title = import.meta.title.as_ref().filter(|_| import.meta.source_url.is_none())?;
        let records = self.by_name.get(&kept_name(name))?;
        let archive = self.archive;
        let has_title =
            |record: &&String| archive.by_path(record).is_some_and(|at| archive.documents[at].record.title == *title);
        if let Some(record) = records.iter().find(has_title) {
            return Some(record.clone());
        }
        // A name that many captures have says nothing.
        let records = records.clone();
        records.into_iter().take(ALIKE).find(|record| {
            let printed = self.printed.entry(record.clone()).or_insert_with(|| printed_titles(archive, record));
            printed.contains(title)
        })
    }

    /// The document that a person named: it waits for its text, or this is a newer capture of it.
    pub(crate) fn place_as(&self, target: usize, import: &Import, name: &str) -> ShelfPlace {
        if let Some(record) = self.by_hash.get(&import.sha256).cloned() {
            return ShelfPlace::Known { record };
        }
        let entry = &self.archive.documents[target];
        match fill::waits_for_text(&self.archive.root, &entry.source) {
            true => ShelfPlace::Waiting { record: entry.source.path.clone(), original: original_of(entry, name) },
            false => ShelfPlace::Newer { record: entry.source.path.clone() },
        }
    }

    /// The collection named, or one for the source office.
    fn collection(&mut self, import: &Import, into: Option<&str>) -> (String, Option<String>) {
        let exists = |path: &str| self.archive.collections.iter().any(|collection| collection.path == path);
        if let Some(into) = into {
            return (into.to_string(), None);
        }
        let unsorted = unsorted(&self.archive.site);
        let office = import.meta.source.as_deref().or(import.meta.issuer.as_deref()).unwrap_or(&unsorted);
        if office == unsorted && exists(UNSORTED) {
            return (UNSORTED.to_string(), None);
        }
        if let Some(path) = self.collections.get(office) {
            return (path.clone(), None);
        }
        let folder = if office == unsorted { UNSORTED.to_string() } else { anchor::slug(office) };
        let mut folder = Some(folder).filter(|slug| anchor::is_id(slug)).unwrap_or(UNSORTED.to_string());
        if reserved::taker(&folder, &self.archive.site).is_some() {
            folder.push('_');
        }
        self.collections.insert(office.to_string(), folder.clone());
        let title = (!exists(&folder)).then(|| office.to_string());
        (folder, title)
    }

    /// The file name as an id; where it is taken, the beginning of the hash tells the two apart.
    fn id(&self, import: &Import, name: &str) -> String {
        let stem =
            Path::new(name).file_stem().map_or_else(|| name.to_string(), |stem| stem.to_string_lossy().into_owned());
        let plain =
            Some(anchor::slug(&stem)).filter(|slug| anchor::is_id(slug)).unwrap_or_else(|| "capture".to_string());
        let taken =
            |id: &str| self.ids.contains_key(&id.to_lowercase()) || reserved::taker(id, &self.archive.site).is_some();
        if !taken(&plain) {
            return plain;
        }
        let hashed = format!("{plain}-{}", &import.sha256[..8.min(import.sha256.len())]);
        if taken(&hashed) { format!("{plain}-{}", import.sha256) } else { hashed }
    }
}

/// What the collection of captures without a source office is called.
fn unsorted(site: &Site) -> String {
    let language = &site.language;
    match () {
        () if !(language == "zh" || language.starts_with("zh-")) => "Unsorted",
        () if ["Hant", "TW", "HK", "MO"].iter().any(|tag| language.contains(tag)) => "未整理文獻",
        () => "未整理文献",
    }
    .to_string()
}

/// Where a record that waits keeps a capture, from its own folder.
fn original_of(entry: &Entry, name: &str) -> String {
    let file = kept_name(name);
    let stem = entry.source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
    match &entry.folder {
        Some(_) => format!("original/{file}"),
        None => format!("{stem}/original/{file}"),
    }
}

/// The titles that the captures of a document print.
fn printed_titles(archive: &Archive, record: &str) -> BTreeSet<String> {
    let Some(entry) = archive.by_path(record).map(|at| &archive.documents[at]) else { return BTreeSet::new() };
    let Some(file) = entry.record.original.as_ref().map(|original| &original.file) else { return BTreeSet::new() };
    let folder = record.rsplit_once('/').map_or("", |(folder, _)| folder);
    let bytes = archive.root.read(&format!("{folder}/{file}")).unwrap_or_default();
    let import = import::read(&Capture { name: file, bytes: &bytes });
    import.ok().and_then(|import| import.meta.title).into_iter().collect()
}

/// Writes one capture aside, to be moved into its place; none where there is nothing to write.
///
/// # Errors
/// The machine refuses.
pub(crate) fn change<'l>(
    lock: &'l Lock,
    captured: &Kept<'_>,
    place: &ShelfPlace,
    sync: Sync,
) -> Result<Result<Option<Change<'l>>, Diagnostic>> {
    let Kept { import, bytes, name } = *captured;
    match place {
        ShelfPlace::Known { .. } | ShelfPlace::Newer { .. } => Ok(Ok(None)),
        ShelfPlace::Waiting { record, original } => Ok(fill::fill(lock, import, bytes, record, original)?.map(Some)),
        ShelfPlace::New { collection, id, .. } => {
            let folder = format!("content/{collection}/{id}");
            let original = format!("original/{}", kept_name(name));
            let mut change = Change::begin_with(lock, sync);
            change.create_in(&folder, &original, bytes)?;
            let provenance = provenance::file(import, Vec::new());
            change.create_in(&folder, &format!("original/{}", provenance::NAME), provenance.as_bytes())?;
            for file in &import.media {
                change.create_in(&folder, &file.name, &file.bytes)?;
            }
            change.create_in(&folder, "index.md", import.record_file(id, &original).as_bytes())?;
            Ok(Ok(Some(change)))
        }
    }
}

/// A capture with what was recognised in it.
#[derive(Clone, Copy)]
pub(crate) struct Kept<'a> {
    pub(crate) import: &'a Import,
    pub(crate) bytes: &'a [u8],
    /// Its file name.
    pub(crate) name: &'a str,
}

/// Gives a new collection its title.
///
/// # Errors
/// The machine refuses.
pub(crate) fn open_collection(lock: &Lock, collection: &str, title: &str, sync: Sync) -> Result<()> {
    let page = format!("content/{collection}/_index.md");
    if lock.folder().has(&page) {
        return Ok(());
    }
    let title = toml::Value::String(title.to_string());
    let mut change = Change::begin_with(lock, sync);
    change.create(&page, format!("+++\ntitle = {title}\n+++\n").as_bytes())?;
    change.commit()
}
