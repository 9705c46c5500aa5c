//! Where a capture goes in the archive.
//!
//! A document gets a folder of its own, with the capture kept byte for byte in `original/`. Its id is the capture's file
//! name, never its title or its place in a list. Three captures are not shelved anew: one whose bytes the archive has
//! already, one of a document whose record waits for its text (`access = "record"` with the same title or the same
//! SHA-256, and no text yet): that record is filled in, and what a person wrote in it stands.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::{fill, provenance};
use crate::archive::{Archive, reserved};
use crate::diagnostic::Diagnostic;
use crate::file;
use crate::import::capture::Import;
use crate::record::Access;
use crate::text::anchor;

/// The collection of captures that name no source office.
const UNSORTED: &str = "unsorted";

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

/// The archive's documents, as far as finding a place needs them. Captures of one run see each other.
#[derive(Debug)]
pub(crate) struct Shelf<'a> {
    archive: &'a Archive,
    /// Ids in lower case, with the record's file.
    ids: BTreeMap<String, String>,
    by_hash: BTreeMap<String, String>,
    waiting_by_title: BTreeMap<String, usize>,
    by_address: BTreeMap<String, String>,
    /// By the kept capture's name and the title.
    by_name: BTreeMap<(String, String), String>,
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
                shelf.by_name.insert((file_name(&original.file), entry.record.title.clone()), record);
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
            let file = file_name(name);
            let original = match &entry.folder {
                Some(_) => format!("original/{file}"),
                None => format!("{}/original/{file}", entry.id),
            };
            self.by_hash.insert(import.sha256.clone(), record.clone());
            return ShelfPlace::Waiting { record, original };
        }
        if let Some(record) = known {
            return ShelfPlace::Known { record };
        }
        let same_address = import.meta.source_url.as_ref().and_then(|address| self.by_address.get(address));
        let same_name = || {
            // Without an address the name and the title together say that it is the same document.
            let title = import.meta.title.clone().filter(|_| import.meta.source_url.is_none())?;
            self.by_name.get(&(file_name(name), title))
        };
        if let Some(record) = same_address.or_else(same_name).cloned() {
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

    /// The collection named, or one for the source office.
    fn collection(&mut self, import: &Import, into: Option<&str>) -> (String, Option<String>) {
        let exists = |path: &str| self.archive.collections.iter().any(|collection| collection.path == path);
        if let Some(into) = into {
            return (into.to_string(), None);
        }
        let office = import.meta.source.as_deref().or(import.meta.issuer.as_deref()).unwrap_or(UNSORTED);
        if let Some(path) = self.collections.get(office) {
            return (path.clone(), None);
        }
        let mut folder = Some(anchor::slug(office)).filter(|slug| anchor::is_id(slug)).unwrap_or(UNSORTED.to_string());
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

/// The last part of a path, as the kept capture is named.
pub(crate) fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| "capture".to_string(), |name| name.to_string_lossy().into_owned())
}

/// Writes one capture into its place. Nothing is left when it fails: the folder is made aside and moved in whole.
///
/// # Errors
/// The machine refuses.
pub(crate) fn put(
    root: &Path,
    import: &Import,
    capture: &[u8],
    name: &str,
    place: &ShelfPlace,
) -> Result<Result<(), Diagnostic>> {
    match place {
        ShelfPlace::Known { .. } | ShelfPlace::Newer { .. } => Ok(Ok(())),
        ShelfPlace::Waiting { record, original } => fill::fill(root, import, capture, record, original),
        ShelfPlace::New { collection, title, id } => {
            let folder = root.join("content").join(collection);
            let aside = folder.join(format!(".{id}.importing"));
            file::remove_folder(&aside)?;
            let original = format!("original/{}", file_name(name));
            let media = || import.media.iter().try_for_each(|file| file::write(&aside.join(&file.name), &file.bytes));
            let provenance = provenance::file(import, Vec::new());
            let written = file::write(&aside.join(&original), capture)
                .and_then(|()| file::write(&aside.join("original/provenance.toml"), provenance.as_bytes()))
                .and_then(|()| media())
                .and_then(|()| file::write(&aside.join("index.md"), import.record_file(id, &original).as_bytes()))
                .and_then(|()| file::rename(&aside, &folder.join(id)));
            if let Err(error) = written {
                // What was begun goes; the first error is the one to tell.
                let _ = file::remove_folder(&aside);
                return Err(error);
            }
            if let Some(title) = title {
                let page = folder.join("_index.md");
                if !page.exists() {
                    let title = toml::Value::String(title.clone());
                    file::write(&page, format!("+++\ntitle = {title}\n+++\n").as_bytes())?;
                }
            }
            Ok(Ok(()))
        }
    }
}
