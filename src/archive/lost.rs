//! Addresses that were published and would answer no more.
//!
//! To publish without one would break a footnote that nobody here knows of, so `fonds publish` refuses, and says which line
//! mends it; a build, which promises nothing, only warns: a document that moved gets its former address as an alias, one that is gone leaves a tombstone, a section that was
//! renamed leaves its former id. Where a document of today looks like the one that is missing, it is named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::Entry;
use super::changes::{Changes, Stamp};
use super::former::Reason;
use super::ids::{self, Ids, PublishedAt};
use super::places::Places;
use super::reserved::{FULL, INDEX, is_own_page};
use crate::diagnostic::messages::{AddressMessage, SameThing};
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::record::fields::nearest;

/// Sections that one message names.
const NAMED: usize = 40;

/// What is known of what was published.
pub(crate) struct Before<'a> {
    /// The addresses.
    pub ids: &'a Ids,
    /// The digests of the documents.
    pub changes: &'a Changes,
    /// The site that stands.
    pub site: &'a Path,
    /// Whether a loss is an error.
    pub binds: bool,
}

impl Before<'_> {
    fn fault(&self, message: AddressMessage) -> Diagnostic {
        if self.binds { Diagnostic::error(message) } else { Diagnostic::warning(message) }
    }
}

/// Reports every address that was published and leads nowhere. `stamps` are the documents of today.
pub(crate) fn check(places: &Places<'_>, before: &Before<'_>, stamps: &[Option<Stamp>], report: &mut Report) {
    let archive = places.archive;
    let live: BTreeMap<&str, usize> =
        archive.documents.iter().enumerate().map(|(at, entry)| (entry.directory.as_str(), at)).collect();
    let mut missing = Vec::new();
    for (address, line) in before.ids.lines() {
        let former = archive.former.get(address);
        match (live.get(address), former) {
            (Some(document), _) => sections(places, before, address, line, *document, report),
            (None, Some(former)) if former.reason == Reason::Moved => {
                sections(places, before, address, line, former.document, report);
            }
            (None, Some(_)) => {}
            (None, None) => missing.push((address, line)),
        }
    }
    if missing.is_empty() {
        return;
    }
    let guess = Guess::new(places, before, stamps);
    for (address, line) in missing {
        let fault = before.fault(guess.message(address, line));
        report.push(fault.at(before.ids.source(), line.span.clone()));
    }
}

/// Reports the sections of one address that are no longer in its document.
fn sections(
    places: &Places<'_>,
    before: &Before<'_>,
    address: &str,
    line: &PublishedAt,
    document: usize,
    report: &mut Report,
) {
    if !places.is_known(document) || places.sections[document].as_deref() == Some(line.sections.as_str()) {
        return;
    }
    let today: BTreeSet<&str> = places.of(document).flat_map(|(id, page)| [id, page]).chain([INDEX]).collect();
    let published: BTreeSet<&str> = ids::sections(&line.sections).flat_map(|(id, page)| [id, page]).collect();
    let lost: Vec<&str> =
        published.iter().copied().filter(|id| !today.contains(id) && places.find(document, id).is_none()).collect();
    let Some(first) = lost.first() else { return };
    let entry = &places.archive.documents[document];
    let new: Vec<&str> = today.iter().copied().filter(|id| !published.contains(id) && !is_own_page(id)).collect();
    let source = before.ids.source();
    let rest = &source.text[line.span.end..];
    let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let words = rest.split(' ').scan(line.span.end, |at, word| {
        let start = *at;
        *at += word.len() + 1;
        Some((start, word))
    });
    let span = words
        .map(|(start, word)| (start, word.split('@').next().unwrap_or_default()))
        .find(|(_, id)| id == first)
        .map_or(line.span.clone(), |(start, id)| start..start + id.len());
    report.push(before.fault(lost_sections(entry, address, &lost, &new)).at(source, span));
}

/// The sections that are gone, with the lines that say what stands for them.
fn lost_sections(entry: &Entry, address: &str, lost: &[&str], new: &[&str]) -> AddressMessage {
    let near = |id: &str| nearest(id, new).or(if lost.len() == 1 && new.len() == 1 { Some(new[0]) } else { None });
    let guesses: Vec<(&str, Option<&str>)> = lost.iter().take(NAMED).map(|id| (*id, near(id))).collect();
    let line = |(id, near): &(&str, Option<&str>)| format!("{} = \"{}\"", key(id), near.unwrap_or(INDEX));
    AddressMessage::LostSections {
        section: lost[0].to_string(),
        count: lost.len(),
        address: address.to_string(),
        path: entry.source.path.clone(),
        has_table: !entry.record.section_aliases.is_empty(),
        lines: match entry.record.section_aliases.is_empty() {
            true => format!("[section_aliases]\n{}", guesses.iter().map(line).collect::<Vec<_>>().join("\n")),
            false => guesses.iter().map(line).collect::<Vec<_>>().join("\n"),
        },
        more: lost.len().saturating_sub(NAMED),
        guessed: guesses.iter().any(|(_, near)| near.is_some()),
    }
}

/// A key of a TOML table.
pub(crate) fn key(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { name.to_string() } else { format!("\"{name}\"") }
}

/// What a line of the old site's `records.jsonl` says.
#[derive(Deserialize)]
struct Row {
    path: String,
    title: String,
    doc_number: Option<String>,
}

/// Looks for a document of today that may be one that is missing.
struct Guess<'a> {
    places: &'a Places<'a>,
    before: &'a Before<'a>,
    stamps: &'a [Option<Stamp>],
    /// Documents whose address was never published.
    new: Vec<usize>,
    /// Records of the old site, by their addresses.
    old: BTreeMap<String, Row>,
}

impl<'a> Guess<'a> {
    fn new(places: &'a Places<'a>, before: &'a Before<'a>, stamps: &'a [Option<Stamp>]) -> Self {
        let documents = &places.archive.documents;
        let new = (0..documents.len()).filter(|at| before.ids.line(&documents[*at].directory).is_none()).collect();
        let rows = file::read_regular(&before.site.join("records.jsonl"))
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default();
        let rows = rows.lines().filter_map(|line| serde_json::from_str::<Row>(line).ok());
        let old = rows.map(|row| (row.path.trim_end_matches("/index.html").to_string(), row)).collect();
        Self { places, before, stamps, new, old }
    }

    /// The document that it is now, most likely, and why.
    fn document(&self, address: &str, line: &PublishedAt) -> Option<(usize, SameThing)> {
        let archive = self.places.archive;
        if let Some(document) = archive.by_id(&line.id) {
            return Some((document, SameThing::Id));
        }
        let find = |is: &dyn Fn(usize) -> bool| self.new.iter().copied().find(|document| is(*document));
        let record = |document: usize| &archive.documents[document].record;
        let same = |document: usize| {
            self.stamps[document].as_ref().is_some_and(|stamp| self.before.changes.knows(&line.id, stamp.print))
        };
        if let Some(document) = find(&same) {
            return Some((document, SameThing::Bytes));
        }
        if let Some(old) = self.old.get(address) {
            let number = |document| old.doc_number.is_some() && record(document).doc_number == old.doc_number;
            if let Some(document) = find(&number) {
                return Some((document, SameThing::Number));
            }
            if let Some(document) = find(&|document| record(document).title == old.title) {
                return Some((document, SameThing::Title));
            }
        }
        let many = ids::sections(&line.sections).filter(|(id, _)| *id != FULL).count() > 1;
        let alike = |document: usize| many && self.places.sections[document].as_deref() == Some(line.sections.as_str());
        find(&alike).map(|document| (document, SameThing::Sections))
    }

    fn message(&self, address: &str, line: &PublishedAt) -> AddressMessage {
        let archive = self.places.archive;
        let (id, address) = (line.id.to_string(), address.to_string());
        if let Some(draft) = archive.left_out.iter().find(|draft| draft.had(&address)) {
            return AddressMessage::LostDraft { id, address, path: draft.path.clone() };
        }
        if let Some((document, same)) = self.document(&address, line) {
            let entry = &archive.documents[document];
            let mut aliases: Vec<&str> = entry.record.aliases.iter().map(|alias| alias.value.as_str()).collect();
            let has_aliases = !aliases.is_empty();
            aliases.push(&address);
            let aliases = format!("{aliases:?}");
            return AddressMessage::LostMoved {
                id,
                address,
                path: entry.source.path.clone(),
                same,
                aliases,
                has_aliases,
            };
        }
        let title = self.old.get(&address).map_or("…", |row| row.title.as_str()).to_string();
        AddressMessage::LostAddress { id, address, title }
    }
}
