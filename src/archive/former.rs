//! Addresses that a document had before, and documents that another one stands for.
//!
//! A record says `aliases = ["laws/notice"]` of a document that moved, and `replaced_by = "other"` of one that is published
//! no more because another took its place. Both leave addresses behind that lead to a document of today. An address that
//! meant two things could be trusted for neither, so each leads to one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::collection::Collection;
use super::{Entry, reserved};
use crate::diagnostic::messages::AddressMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::folder::Folder;
use crate::record::fields::nearest;
use crate::site::Site;
use crate::text::anchor::is_id;

/// Why an address leads elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The document has another address.
    Moved,
    /// Another document stands for it.
    Replaced,
}

/// Where a former address leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Former {
    /// The document, by its index in the archive.
    pub document: usize,
    /// Why.
    pub reason: Reason,
}

/// A document that is left out of the site: a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftOut {
    /// Its id.
    pub id: String,
    /// The folder in the site that it would have.
    pub directory: String,
    /// The folders in the site that it had before.
    pub aliases: Vec<String>,
    /// Its file.
    pub path: String,
}

impl LeftOut {
    /// A document that is left out.
    pub(crate) fn of(entry: Entry) -> Self {
        let aliases = entry.record.aliases.iter().filter_map(|alias| folder_of(&alias.value)).collect();
        Self { id: entry.id, directory: entry.directory, aliases, path: entry.source.path }
    }

    /// Whether an address is or was its own.
    pub(crate) fn had(&self, address: &str) -> bool {
        self.directory == address || self.aliases.iter().any(|alias| alias == address)
    }
}

/// Everything that may have an address, or have had one.
pub(crate) struct Everything<'a> {
    /// The archive's folder.
    pub root: &'a Folder,
    /// site.toml.
    pub site: &'a Site,
    /// Documents that are published.
    pub documents: &'a [Entry],
    /// Documents that others stand for.
    pub replaced: &'a [Entry],
    /// Drafts that are not built.
    pub left_out: &'a [LeftOut],
    /// The archive itself first.
    pub collections: &'a [Collection],
}

/// Finds where each former address leads; reports what cannot be.
pub(crate) fn find(everything: &Everything<'_>, report: &mut Report) -> BTreeMap<String, Former> {
    let Everything { documents, replaced, collections, .. } = *everything;
    let search = Search { all: everything, by_id: ids(documents, replaced) };
    let mut live: BTreeMap<String, String> = collections
        .iter()
        .skip(1)
        .map(|collection| (collection.path.to_lowercase(), format!("content/{}", collection.path)))
        .collect();
    for entry in documents.iter().chain(replaced) {
        live.insert(entry.directory.to_lowercase(), entry.source.path.clone());
    }
    let mut former = BTreeMap::new();
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for entry in replaced {
        let Some(document) = search.successor(entry, report) else { continue };
        former.insert(entry.directory.clone(), Former { document, reason: Reason::Replaced });
        for address in search.aliases(entry, &live, &mut taken, report) {
            former.insert(address, Former { document, reason: Reason::Replaced });
        }
    }
    for (document, entry) in documents.iter().enumerate() {
        for address in search.aliases(entry, &live, &mut taken, report) {
            former.insert(address, Former { document, reason: Reason::Moved });
        }
    }
    former
}

/// The folder that an alias names: `laws/notice`, also written with slashes around it or with the page's name.
pub(crate) fn folder_of(alias: &str) -> Option<String> {
    let folder = alias.strip_suffix("index.html").unwrap_or(alias).trim_matches('/');
    folder.split('/').all(is_id).then(|| folder.to_string())
}

/// The ids that a document had before, by the addresses that it had.
pub(crate) fn former_ids(entry: &Entry) -> impl Iterator<Item = String> {
    let folders = entry.record.aliases.iter().filter_map(|alias| folder_of(&alias.value));
    folders.map(|folder| folder.rsplit('/').next().unwrap_or(&folder).to_string())
}

/// What an id names.
#[derive(Debug, Clone, Copy)]
enum Named {
    Document(usize),
    Replaced(usize),
}

fn ids<'a>(documents: &'a [Entry], replaced: &'a [Entry]) -> BTreeMap<&'a str, Named> {
    let documents = documents.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), Named::Document(at)));
    let replaced = replaced.iter().enumerate().map(|(at, entry)| (entry.id.as_str(), Named::Replaced(at)));
    documents.chain(replaced).collect()
}

struct Search<'a> {
    all: &'a Everything<'a>,
    by_id: BTreeMap<&'a str, Named>,
}

impl Search<'_> {
    /// The document that stands for one that was replaced, perhaps over several others.
    fn successor(&self, entry: &Entry, report: &mut Report) -> Option<usize> {
        let mut at = entry;
        for _ in 0..=self.all.replaced.len() {
            let by = at.record.replaced_by.as_ref()?;
            match self.by_id.get(by.value.as_str()) {
                Some(Named::Document(document)) => return Some(*document),
                Some(Named::Replaced(next)) => at = &self.all.replaced[*next],
                // A fault further along is told where it stands.
                None if !std::ptr::eq(at, entry) => return None,
                None => {
                    let fault = Diagnostic::error(self.unknown(&by.value));
                    report.push(placed(self.all.root, entry, by.span.clone(), fault));
                    return None;
                }
            }
        }
        let by = entry.record.replaced_by.as_ref()?;
        let fault = Diagnostic::error(AddressMessage::ReplacedInCircle);
        report.push(placed(self.all.root, entry, by.span.clone(), fault));
        None
    }

    fn unknown(&self, id: &str) -> AddressMessage {
        if let Some(draft) = self.all.left_out.iter().find(|draft| draft.id == id) {
            return AddressMessage::ReplacedByDraft { id: id.to_string(), path: draft.path.clone() };
        }
        let ids: Vec<&str> = self.all.documents.iter().map(|entry| entry.id.as_str()).collect();
        AddressMessage::ReplacedByUnknown { id: id.to_string(), near: nearest(id, &ids).map(str::to_string) }
    }

    /// A record's former addresses, those that can be.
    fn aliases<'a>(
        &self,
        entry: &'a Entry,
        live: &BTreeMap<String, String>,
        taken: &mut BTreeMap<String, &'a str>,
        report: &mut Report,
    ) -> Vec<String> {
        let mut addresses = Vec::new();
        for alias in &entry.record.aliases {
            let own = &entry.source.path;
            let free = |address: &String| reserved::taker(address, self.all.site).is_none();
            let message = match folder_of(&alias.value).filter(free) {
                None => {
                    AddressMessage::InvalidAlias { alias: alias.value.clone(), directory: entry.directory.to_string() }
                }
                Some(address) => {
                    let folded = address.to_lowercase();
                    match (live.get(&folded), taken.get(&folded)) {
                        (Some(place), _) if place == own => AddressMessage::AliasIsOwn { address },
                        (Some(place), _) => AddressMessage::AliasInUse { address, other: place.clone() },
                        (None, Some(other)) if other == own => AddressMessage::AliasTwice { address },
                        (None, Some(other)) => AddressMessage::AliasOfTwo { address, other: (*other).to_string() },
                        (None, None) => {
                            taken.insert(folded, own);
                            addresses.push(address);
                            continue;
                        }
                    }
                }
            };
            let fault = Diagnostic::error(message);
            report.push(placed(self.all.root, entry, alias.span.clone(), fault));
        }
        addresses
    }
}

/// A fault at its place in a record.
fn placed(root: &Folder, entry: &Entry, span: Range<usize>, fault: Diagnostic) -> Diagnostic {
    match entry.source.read_head(root) {
        Ok(text) => fault.at(Source { file: &entry.source.path, text: &text }, span),
        Err(_) => fault.in_file(entry.source.path.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_is_a_folder_in_the_site() {
        for same in ["laws/notice", "/laws/notice/", "laws/notice/index.html"] {
            assert_eq!(folder_of(same).as_deref(), Some("laws/notice"), "{same}");
        }
        for none in ["", "/", "..", "a/../b", "a//b", "a b", "https://a.example/x", "a?b", "con"] {
            assert_eq!(folder_of(none), None, "{none}");
        }
    }
}
