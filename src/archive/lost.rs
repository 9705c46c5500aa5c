//! Addresses that were published and would answer no more.
//!
//! A build that lost one would break a footnote that nobody here knows of, so it fails, and says which line mends it: a
//! document that moved gets its former address as an alias, one that is gone leaves a tombstone, a section that was
//! renamed leaves its former id. Where a document of today looks like the one that is missing, it is named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::Entry;
use super::changes::{Changes, Stamp};
use super::former::Reason;
use super::ids::{self, FULL, INDEX, Ids, Line};
use super::places::Places;
use crate::diagnostic::{Diagnostic, Report};
use crate::record::fields::nearest;

/// Sections that one message names.
const NAMED: usize = 40;

/// What is known of the last build.
pub struct Before<'a> {
    /// The addresses that it and those before it published.
    pub ids: &'a Ids,
    /// The digests of its documents.
    pub changes: &'a Changes,
    /// The site that it made.
    pub site: &'a Path,
}

/// Reports every address that was published and leads nowhere. `stamps` are the documents of today.
pub fn check(places: &Places<'_>, before: &Before<'_>, stamps: &[Option<Stamp>], report: &mut Report) {
    let archive = places.archive;
    let live: BTreeMap<&str, usize> =
        archive.documents.iter().enumerate().map(|(at, entry)| (entry.directory.as_str(), at)).collect();
    let mut missing = Vec::new();
    for (address, line) in before.ids.lines() {
        let former = archive.former.get(address);
        match (live.get(address), former) {
            (Some(document), _) => sections(places, before.ids, address, line, *document, report),
            (None, Some(former)) if former.reason == Reason::Moved => {
                sections(places, before.ids, address, line, former.document, report);
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
        let fault = Diagnostic::error("lost-address", format!("`{}` was published at {address}/ and is gone", line.id))
            .help(guess.remedy(address, line))
            .at(before.ids.source(), line.span.clone());
        report.push(fault);
    }
}

/// Reports the sections of one address that are no longer in its document.
fn sections(places: &Places<'_>, ids: &Ids, address: &str, line: &Line, document: usize, report: &mut Report) {
    if !places.is_known(document) || places.sections[document].as_deref() == Some(line.sections.as_str()) {
        return;
    }
    let today: BTreeSet<&str> = places.of(document).flat_map(|(id, page)| [id, page]).chain([INDEX]).collect();
    let published: BTreeSet<&str> = ids::sections(&line.sections).flat_map(|(id, page)| [id, page]).collect();
    let lost: Vec<&str> =
        published.iter().copied().filter(|id| !today.contains(id) && places.find(document, id).is_none()).collect();
    let Some(first) = lost.first() else { return };
    let entry = &places.archive.documents[document];
    let new: Vec<&str> =
        today.iter().copied().filter(|id| !published.contains(id) && ![FULL, INDEX].contains(id)).collect();
    let what = match lost.len() {
        1 => format!("the section `{first}` was published in {address}/ and is gone"),
        count => format!("{count} sections were published in {address}/ and are gone"),
    };
    let source = ids.source();
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
    report.push(Diagnostic::error("lost-section", what).help(aliases_to_write(entry, &lost, &new)).at(source, span));
}

/// The lines that say what stands for sections that are gone.
fn aliases_to_write(entry: &Entry, lost: &[&str], new: &[&str]) -> String {
    let path = &entry.source.path;
    let mut help = match entry.record.section_aliases.is_empty() {
        true => format!("write this at the end of the record in {path} :\n[section_aliases]"),
        false => format!("write this below [section_aliases] in the record of {path} :"),
    };
    let mut guessed = false;
    for id in lost.iter().take(NAMED) {
        let near = nearest(id, new).or(if lost.len() == 1 && new.len() == 1 { Some(new[0]) } else { None });
        guessed |= near.is_some();
        help.push_str(&format!("\n{} = \"{}\"", key(id), near.unwrap_or(INDEX)));
    }
    if lost.len() > NAMED {
        help.push_str(&format!("\nand so on, for {} more", lost.len() - NAMED));
    }
    help.push_str(match guessed {
        true => "\nif that is where it stands now; \"index\" is the document's first page, for what nothing stands for",
        false => "\nor name the section that stands for it instead of \"index\", the document's first page",
    });
    help.push_str("\nIf it was never given to anyone, take it out of its line in content/ids.lock");
    help
}

/// A key of a TOML table.
pub fn key(name: &str) -> String {
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
        let rows = std::fs::read_to_string(before.site.join("records.jsonl")).unwrap_or_default();
        let rows = rows.lines().filter_map(|line| serde_json::from_str::<Row>(line).ok());
        let old = rows.map(|row| (row.path.trim_end_matches("/index.html").to_string(), row)).collect();
        Self { places, before, stamps, new, old }
    }

    /// The document that it is now, most likely, and why.
    fn document(&self, address: &str, line: &Line) -> Option<(usize, &'static str)> {
        let archive = self.places.archive;
        if let Some(document) = archive.by_id(&line.id) {
            return Some((document, "has the same id"));
        }
        let find = |is: &dyn Fn(usize) -> bool| self.new.iter().copied().find(|document| is(*document));
        let record = |document: usize| &archive.documents[document].record;
        let same = |document: usize| {
            self.stamps[document].as_ref().is_some_and(|stamp| self.before.changes.knows(&line.id, stamp.print))
        };
        if let Some(document) = find(&same) {
            return Some((document, "is the same, byte for byte"));
        }
        if let Some(old) = self.old.get(address) {
            let number = |document| old.doc_number.is_some() && record(document).doc_number == old.doc_number;
            if let Some(document) = find(&number) {
                return Some((document, "has the same number"));
            }
            if let Some(document) = find(&|document| record(document).title == old.title) {
                return Some((document, "has the same title"));
            }
        }
        let many = ids::sections(&line.sections).filter(|(id, _)| *id != FULL).count() > 1;
        let alike = |document: usize| many && self.places.sections[document].as_deref() == Some(line.sections.as_str());
        find(&alike).map(|document| (document, "has the same sections"))
    }

    fn remedy(&self, address: &str, line: &Line) -> String {
        let archive = self.places.archive;
        let never = "If the address was never given to anyone, take its line out of content/ids.lock";
        if let Some(draft) = archive.left_out.iter().find(|draft| draft.directory == address) {
            return format!(
                "{} is a draft now: take  draft = true  out of its record, or let it say  access = \"closed\" . {never}",
                draft.path
            );
        }
        if let Some((document, why)) = self.document(address, line) {
            let entry = &archive.documents[document];
            let mut aliases: Vec<&str> = entry.record.aliases.iter().map(|alias| alias.value.as_str()).collect();
            let verb =
                if aliases.is_empty() { "write this line below the title" } else { "let this line stand for  aliases" };
            aliases.push(address);
            return format!(
                "{} {why}: if it is that document, {verb} in its record:\naliases = {aliases:?}\n{never}",
                entry.source.path
            );
        }
        let title = self.old.get(address).map_or("…", |row| row.title.as_str());
        format!(
            "if it is withdrawn, let a file content/{address}.md say so:\n+++\ntitle = {title:?}\naccess = \"closed\"\n\
             access_note = \"why it is gone\"\n+++\nIf another document stands for it, write  replaced_by = \"its id\"  there. \
             If it is in the archive still, under another name, write  aliases = [\"{address}\"]  into its record. {never}"
        )
    }
}
