//! What a harvester can have: records in the order of their days, and sets of them.
//!
//! The days are those of publishing (`content/changes.lock`), so a document that was never published is not there yet. A set is a
//! collection, with all that lies below it.

use std::collections::BTreeMap;

use crate::archive::Archive;
use crate::archive::changes::Since;
use crate::archive::ids::Ids;
use crate::archive::reserved::INDEX;
use crate::format::oai;

/// A record, or what is left of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Item {
    /// The day of its last change.
    pub day: String,
    pub identifier: String,
    /// Its folder in the site.
    pub folder: String,
    /// The document; none where the record was deleted.
    pub document: Option<usize>,
}

impl Item {
    /// What it is ordered by.
    pub(super) fn key(&self) -> (&str, &str) {
        (&self.day, &self.identifier)
    }
}

/// All records.
pub(super) struct Repository {
    /// By day and identifier.
    pub items: Vec<Item>,
}

impl Repository {
    /// The records of an archive whose site stands at `base`.
    pub(super) fn new(archive: &Archive, base: &str, since: &[Since], ids: &Ids) -> Self {
        let mut items: BTreeMap<String, Item> = BTreeMap::new();
        let mut keep = |folder: &str, day: &str, document: Option<usize>| {
            let id = document.map_or(folder.rsplit('/').next().unwrap_or(folder), |at| &archive.documents[at].id);
            let identifier = oai::identifier(base, id);
            let item = Item { day: day.to_string(), folder: folder.to_string(), document, identifier };
            let known = items.entry(item.identifier.clone()).or_insert_with(|| item.clone());
            // What is there counts more than what was deleted, the later deletion more than the earlier.
            if (item.document.is_some(), &item.day) > (known.document.is_some(), &known.day) {
                *known = item;
            }
        };
        for forgotten in ids.forgotten().filter(|forgotten| forgotten.names.iter().any(|name| name == INDEX)) {
            keep(&forgotten.address, &forgotten.day, None);
        }
        // Nothing says when a document was renamed or replaced. Told at every edition, it is missed by nobody.
        let last = ids.last_edition().map(|edition| edition.day.as_str());
        for (address, day) in
            archive.former.keys().filter(|address| ids.line(address).is_some()).zip(last.iter().cycle())
        {
            keep(address, day, None);
        }
        for (at, entry) in archive.documents.iter().enumerate().filter(|(_, entry)| !entry.record.draft) {
            match (since[at].day.as_deref(), entry.record.is_described()) {
                (Some(day), true) => keep(&entry.directory, day, Some(at)),
                // It may have been open in an edition before.
                (Some(day), false) if since[at].has_changed() => keep(&entry.directory, day, None),
                _ => {}
            }
        }
        let mut items: Vec<Item> = items.into_values().collect();
        items.sort_unstable();
        Self { items }
    }
}

/// The set that a folder in the site lies in; none for what lies in no collection.
pub(super) fn set_of(folder: &str) -> Option<String> {
    folder.rsplit_once('/').map(|(collection, _)| spec(collection))
}

/// All sets that have records, with their titles.
pub(super) fn sets(repository: &Repository, archive: &Archive) -> BTreeMap<String, String> {
    let titles: BTreeMap<&str, &str> =
        archive.collections.iter().map(|collection| (collection.path.as_str(), collection.title.as_str())).collect();
    let mut sets = BTreeMap::new();
    for folder in repository.items.iter().map(|item| item.folder.as_str()) {
        for (end, _) in folder.match_indices('/') {
            let path = &folder[..end];
            sets.entry(spec(path)).or_insert_with(|| titles.get(path).unwrap_or(&path).to_string());
        }
    }
    sets
}

/// The path of a collection as the name of a set: its parts with colons between them, and letters that no such name may have by
/// their bytes.
fn spec(path: &str) -> String {
    let mut spec = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' => spec.push(':'),
            b'-' | b'_' | b'.' => spec.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => spec.push(char::from(byte)),
            _ => spec.push_str(&format!("~{byte:02X}")),
        }
    }
    spec
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_have_names_that_the_protocol_allows() {
        assert_eq!(spec("laws/法/a-b_c.d"), "laws:~E6~B3~95:a-b_c.d");
        assert_eq!(set_of("notice"), None);
        assert_eq!(set_of("laws/old/notice").as_deref(), Some("laws:old"));
    }
}
