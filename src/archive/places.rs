//! Where a section is found today, also by an id that it had before.
//!
//! A record's `[section_aliases]` says what stands for a section that was renamed or is gone: a section, the first page
//! (`index`) or the whole text (`full`), of the same document or, after `id#`, of another. Several may follow each other.

use super::former::Reason;
use super::ids;
use super::reserved::{FULL, INDEX, is_own_page};
use super::{Archive, Entry};
use crate::diagnostic::messages::AddressMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::record::fields::nearest;
use crate::text::anchor::is_id;

/// Former ids that may follow each other.
const STEPS: usize = 64;

/// Ids that a message lists.
const LISTED: usize = 12;

/// A place in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arrival {
    /// The document, by its index in the archive.
    pub document: usize,
    /// The page's name without `.html`.
    pub page: String,
    /// The section on it, where it is not the page's own.
    pub section: Option<String>,
}

impl Arrival {
    fn page(document: usize, page: &str) -> Self {
        Self { document, page: page.to_string(), section: None }
    }
}

/// Why a place is not found.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Lost {
    /// Former ids lead back to where they began.
    Circle,
    /// There is no such document.
    Document(String),
    /// There is no such section in a document.
    Section(usize, String),
}

/// The sections of all documents.
pub(crate) struct Places<'a> {
    /// The records.
    pub archive: &'a Archive,
    /// The sections of each document, as content/ids.lock has them; absent where they could not be read.
    pub sections: &'a [Option<String>],
}

impl<'a> Places<'a> {
    /// The sections of a document with their pages; none where the text is withheld.
    pub(crate) fn of(&self, document: usize) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        ids::sections(self.sections[document].as_deref().unwrap_or_default())
    }

    /// Whether a document's sections are known.
    pub(crate) fn is_known(&self, document: usize) -> bool {
        self.sections[document].is_some()
    }

    /// Where a section, or what stands for it, is found.
    pub(crate) fn find(&self, document: usize, name: &str) -> Option<Arrival> {
        self.follow(document, name).ok()
    }

    fn follow(&self, document: usize, name: &str) -> Result<Arrival, Lost> {
        let (mut document, mut name) = (document, name);
        for _ in 0..STEPS {
            let entry = &self.archive.documents[document];
            if name == INDEX || !entry.record.text_is_open() {
                return Ok(Arrival::page(document, INDEX));
            }
            if let Some((id, page)) = self.of(document).find(|(id, _)| *id == name) {
                let section = (page != id).then(|| id.to_string());
                return Ok(Arrival { document, page: page.to_string(), section });
            }
            let Some(next) = alias(entry, name) else { return Err(Lost::Section(document, name.to_string())) };
            name = match next.split_once('#') {
                None => next,
                Some((other, place)) => {
                    document = self.document(other).ok_or_else(|| Lost::Document(other.to_string()))?;
                    place
                }
            };
        }
        Err(Lost::Circle)
    }

    /// A document by its id, or the one that stands for it.
    fn document(&self, id: &str) -> Option<usize> {
        let replaced = || {
            let entry = self.archive.replaced.iter().find(|entry| entry.id == id)?;
            let former = self.archive.former.get(&entry.directory)?;
            (former.reason == Reason::Replaced).then_some(former.document)
        };
        self.archive.by_id(id).or_else(replaced)
    }

    /// Reports former ids that lead nowhere, or that are sections of today.
    pub(crate) fn check(&self, report: &mut Report) {
        for (document, entry) in self.archive.documents.iter().enumerate() {
            if entry.record.section_aliases.is_empty() || !entry.record.text_is_open() || !self.is_known(document) {
                continue;
            }
            let Ok(text) = entry.source.read_head(&self.archive.root) else { continue };
            let source = Source { file: &entry.source.path, text: &text };
            for (old, new) in &entry.record.section_aliases {
                if !is_id(&old.value) || is_own_page(&old.value) {
                    report.push(
                        Diagnostic::error(AddressMessage::InvalidSectionAlias { id: old.value.clone() })
                            .at(source, old.span.clone()),
                    );
                } else if self.of(document).any(|(id, _)| id == old.value) {
                    report.push(
                        Diagnostic::error(AddressMessage::SectionAliasInUse { id: old.value.clone() })
                            .at(source, old.span.clone()),
                    );
                } else if let Err(lost) = self.follow(document, &old.value) {
                    report.push(self.fault(&lost).at(source, new.span.clone()));
                }
            }
        }
    }

    fn fault(&self, lost: &Lost) -> Diagnostic {
        Diagnostic::error(match lost {
            Lost::Circle => AddressMessage::SectionAliasCircle,
            Lost::Document(id) => {
                let ids: Vec<&str> = self.archive.ids().collect();
                let near = nearest(id, &ids).map(str::to_string);
                AddressMessage::SectionAliasDocument { id: id.clone(), near }
            }
            Lost::Section(document, name) => {
                let known: Vec<&str> = self.of(*document).map(|(id, _)| id).filter(|id| *id != FULL).collect();
                AddressMessage::SectionAliasLost {
                    section: name.clone(),
                    document: self.archive.documents[*document].id.clone(),
                    near: nearest(name, &known).map(str::to_string),
                    known: listed(&known),
                }
            }
        })
    }
}

/// The first of some ids, as a message lists them; `None` where there are none.
pub(crate) fn listed(ids: &[&str]) -> Option<Vec<String>> {
    (!ids.is_empty()).then(|| ids.iter().take(LISTED).map(|id| (*id).to_string()).collect())
}

/// What a record says of a former section.
fn alias<'a>(entry: &'a Entry, name: &str) -> Option<&'a str> {
    entry.record.section_aliases.iter().find(|(old, _)| old.value == name).map(|(_, new)| new.value.as_str())
}

/// The ids that the sections of a document had before, in its own text: former id → section of today. `is_section` knows
/// the sections.
pub(crate) fn former_sections<'a>(entry: &'a Entry, is_section: impl Fn(&str) -> bool) -> Vec<(&'a str, &'a str)> {
    let aliases = &entry.record.section_aliases;
    let today = |old: &'a str| {
        let mut name = old;
        for _ in 0..STEPS {
            name = alias(entry, name)?;
            if is_section(name) {
                return Some((old, name));
            }
        }
        None
    };
    aliases.iter().filter(|(old, _)| !is_section(&old.value)).filter_map(|(old, _)| today(&old.value)).collect()
}
