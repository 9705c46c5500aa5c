//! What readers see of a document, what was published of it before, and the page that says what changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use tera::Value;

use crate::archive::address;
use crate::archive::changes::{Since, Stamp};
use crate::archive::edition::Edition;
use crate::archive::former::former_ids;
use crate::archive::history::revision::{ALL, Revision};
use crate::archive::history::snapshot::{BEGINNING, Snapshot};
use crate::archive::history::{self, Changed};
use crate::archive::reserved::EDITIONS;
use crate::archive::{Entry, reserved};
use crate::diagnostic::Report;
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::fixity;
use crate::format::records;
use crate::format::work::Work;
use crate::output::manifest::ManifestEntry;
use crate::page::difference;
use crate::page::editions::said;
use crate::page::template::Template;
use crate::page::{Head, Output, Pages};
use crate::text::Heading;
use crate::text::plain::Plain;
use crate::text::redacted::{self, Redacted};
use crate::text::tape::View;
use crate::words::Words;

use super::reading::Reading;

/// The edition in which a document became what it is.
#[derive(Serialize)]
pub(super) struct EditionOf {
    number: u32,
    day: String,
    date: String,
    /// The page of changes, where there are any, with their number in words.
    changes: Option<String>,
    changes_text: Option<String>,
}

impl EditionOf {
    pub(super) fn new(work: &Work<'_>, changes: usize) -> Option<Self> {
        let name = work.since.edition()?;
        let has_changes = changes > 0;
        Some(Self {
            number: name.number,
            day: name.day.clone(),
            date: said(&name.day, work.words),
            changes: has_changes.then(|| format!("{EDITIONS}.html")),
            changes_text: has_changes.then(|| work.words.count("changes", changes)),
        })
    }
}

/// What an edition changed in a document.
#[derive(Serialize)]
struct EditionView {
    number: u32,
    day: String,
    date: String,
    because: Option<String>,
    anchor: String,
    passages: Vec<PassageView>,
}

/// A passage that it changed.
#[derive(Serialize)]
struct PassageView {
    place: String,
    url: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
    is_withheld: bool,
    is_whole: bool,
}

impl Pages<'_> {
    /// A document as readers see it. `files` are those beside it that are published.
    pub(super) fn snapshot(&self, reading: &Reading<'_>, work: &Work<'_>, files: &[ManifestEntry]) -> Snapshot {
        let mut snapshot = Snapshot::default();
        let record = work.record();
        if !record.is_described() {
            return snapshot;
        }
        for (name, value) in records::fields(work) {
            snapshot.field(name, &value);
        }
        if !record.text_is_open() {
            return snapshot;
        }
        let text = &reading.text;
        for part in &text.parts {
            let plain = Plain::of_part(text, part, View::Printed);
            let section = part.heading.as_ref().map_or(BEGINNING, |heading| heading.id.as_str());
            for span in &plain.spans {
                let words = &plain.text[span.text.clone()];
                match span.block {
                    None => snapshot.heading(section, words),
                    Some(_) => snapshot.text(section, words),
                }
            }
        }
        for note in &text.notes {
            snapshot.note(&note.id, &Plain::of_note(text, &note.tape, View::Printed).text);
        }
        for (name, path) in &reading.files {
            let place = format!("{}/{name}", reading.entry.directory);
            let copied = files.iter().find(|file| *file.path == *place).map(|file| file.sha256);
            // Where nothing is copied, nothing was counted.
            let counted = copied.filter(|sha256| *sha256 != [0; 32]);
            let count = || self.archive.root.file(path).and_then(fixity::sha256_of).unwrap_or_default();
            snapshot.file(name, &counted.unwrap_or_else(count));
        }
        snapshot
    }

    /// The id under which a document was published: its own, or one that it had before and that no other has now.
    pub(crate) fn published_id<'e>(&self, entry: &'e Entry) -> Cow<'e, str> {
        let is_known = |id: &str| self.changes.published(id).is_some();
        if is_known(&entry.id) {
            return entry.id.as_str().into();
        }
        let mut former = former_ids(entry).filter(|id| is_known(id) && self.archive.by_id(id).is_none());
        former.next().map_or_else(|| entry.id.as_str().into(), Into::into)
    }

    /// The document's list of changes with what the edition that is published now adds, which is kept; what readers see is kept
    /// too.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(super) fn changes_of(
        &self,
        reading: &Reading<'_>,
        stamp: &mut Stamp,
        snapshot: &Snapshot,
        report: &mut Report,
    ) -> Result<Vec<Revision>> {
        let entry = reading.entry;
        let id = self.published_id(entry);
        let mut revisions = self.listed(reading, &stamp.since, report);
        let Some(coming) = self.changes.coming() else { return Ok(revisions) };
        if stamp.since.is_changed {
            let changed = match entry.record.is_described() {
                true => self.revisions(&id, snapshot, &revisions, coming, report),
                // Nothing of what it said may be said any more.
                false => history::revisions(vec![Changed::unknown()], &coming.name(), &coming.because),
            };
            if changed.is_empty() {
                // Branches came together, and each change is listed already.
                stamp.since = self.changes.last(&id);
            }
            revisions.extend(changed);
        }
        withhold(reading, &mut revisions);
        let is_kept = !self.changes.knows(&id, stamp.print) && stamp.since.has_changed();
        if is_kept || id != entry.id {
            stamp.changes = Some(history::written(&revisions));
        }
        if self.changes.keeps() && !self.changes.knows(&entry.id, stamp.print) {
            self.keep(&history::text_file(&entry.id, &stamp.print.hex()), &snapshot.written())?;
        }
        Ok(revisions)
    }

    /// The document's list of changes, without words that are published no more.
    pub(super) fn listed(&self, reading: &Reading<'_>, since: &Since, report: &mut Report) -> Vec<Revision> {
        if !since.has_changed() {
            return Vec::new();
        }
        let id = self.published_id(reading.entry);
        let mut revisions = history::read_changes(&self.archive.root, &id, report);
        // An edition of which nothing is known changed the text all the same.
        let coming = self.changes.coming().map(Edition::name);
        for name in since.editions.iter().skip(1).filter(|name| coming.as_ref() != Some(name)) {
            if !revisions.iter().any(|revision| revision.name() == *name) {
                revisions.extend(history::revisions(vec![Changed::unknown()], name, ""));
            }
        }
        revisions.sort();
        withhold(reading, &mut revisions);
        revisions
    }

    /// What an edition changes.
    fn revisions(
        &self,
        id: &str,
        now: &Snapshot,
        listed: &[Revision],
        coming: &Edition,
        report: &mut Report,
    ) -> Vec<Revision> {
        let texts = history::read_texts(&self.archive.root, id, self.changes.prints(id), report);
        let changed = match texts.is_empty() {
            // What stood there is not known any more; that it changed is.
            true => vec![Changed::unknown()],
            false => history::changed(&texts, now, listed, self.changes.apart_since(id)),
        };
        history::revisions(changed, &coming.name(), &coming.because)
    }

    /// Writes what is kept of a text. Until the ledger names it, it counts for nothing.
    fn keep(&self, path: &str, text: &str) -> Result<()> {
        let root = &self.archive.root;
        let write = || {
            root.remove(path)?;
            root.create(path)?.write_all(text.as_bytes())
        };
        write().while_doing(|| Doing::Writing { path: path.to_string() })
    }

    /// The page that says what editions changed in a document.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub(super) fn write_changes(
        &self,
        reading: &Reading<'_>,
        revisions: &[Revision],
        mut context: tera::Context,
        head: &Head<'_>,
        output: &mut Output,
    ) -> Result<()> {
        let places = Where::new(reading, self.words(reading.language));
        let mut editions: Vec<EditionView> = Vec::new();
        for revision in revisions {
            let anchor = revision.name().anchor();
            if editions.last().is_none_or(|edition| edition.anchor != anchor) {
                let (number, day) = (revision.edition, revision.day.clone());
                let date = said(&day, places.words);
                editions.push(EditionView { number, day, date, because: None, anchor, passages: Vec::new() });
            }
            if let Some(edition) = editions.last_mut() {
                if !revision.because.is_empty() {
                    edition.because = Some(revision.because.clone());
                }
                edition.passages.push(places.passage(revision));
            }
        }
        editions.reverse();
        context.insert("editions", &editions);
        self.page(head, &context, output)
    }

    /// The page's head.
    pub(super) fn changes_head<'h>(&self, path: &'h str, title: &'h str, reading: &Reading<'_>) -> Head<'h> {
        Head { template: Template::DocumentEditions, path, title, description: None, language: reading.language }
    }
}

/// The page of changes in a document's folder.
pub(super) fn page_of(entry: &Entry) -> String {
    format!("{}/{EDITIONS}.html", entry.directory)
}

/// Takes away the words that are published no more: those of a text that is withheld, and what is redacted in an open one, for
/// which a bar stands.
fn withhold(reading: &Reading<'_>, revisions: &mut Vec<Revision>) {
    history::withhold(&reading.entry.record, revisions);
    let mut redacted: Vec<String> = reading.text.redacted.iter().map(Redacted::plain_words).collect();
    // What contains others goes first.
    redacted.sort_by_key(|words| std::cmp::Reverse(words.len()));
    for words in redacted.iter().filter(|words| !words.is_empty()) {
        for side in revisions.iter_mut().flat_map(|revision| [&mut revision.before, &mut revision.after]) {
            if let Some(side) = side.as_mut().filter(|side| side.contains(words.as_str())) {
                *side = side.replace(words.as_str(), redacted::BAR);
            }
        }
    }
}

/// Where the passages of a document stand on its pages.
struct Where<'r> {
    words: &'r Words,
    /// The headings of sections with the pages on which they stand.
    sections: BTreeMap<&'r str, (&'r Heading, &'r str)>,
    /// The ids of passages, by their words.
    blocks: BTreeMap<String, (&'r str, &'r str)>,
}

impl<'r> Where<'r> {
    fn new(reading: &'r Reading<'_>, words: &'r Words) -> Self {
        let (mut sections, mut blocks) = (BTreeMap::new(), BTreeMap::new());
        let text = &reading.text;
        for (at, part) in text.parts.iter().enumerate() {
            let page = reading.page_of(at);
            if let Some(heading) = &part.heading {
                sections.insert(heading.id.as_str(), (heading, page));
            }
            let plain = Plain::of_part(text, part, View::Printed);
            for span in &plain.spans {
                let id = span.block.map(|block| text.blocks[block].id.as_str()).filter(|id| !id.is_empty());
                for line in plain.text[span.text.clone()].lines() {
                    if let Some(id) = id {
                        blocks.entry(line.trim_end().to_string()).or_insert((page, id));
                    }
                }
            }
        }
        Self { words, sections, blocks }
    }

    fn passage(&self, revision: &Revision) -> PassageView {
        let (before, after) = match (&revision.before, &revision.after) {
            (Some(before), Some(after)) => {
                let (before, after) = difference::marked(before, after);
                (Some(before), Some(after))
            }
            (before, after) => {
                let plain = |words: &Option<String>| words.as_deref().map(difference::plain);
                (plain(before), plain(after))
            }
        };
        let (place, url) = self.place(revision);
        PassageView {
            place,
            url,
            before: before.as_deref().map(Value::safe_string),
            after: after.as_deref().map(Value::safe_string),
            is_withheld: revision.is_withheld,
            is_whole: revision.place == ALL,
        }
    }

    /// What a place is called, and its address.
    fn place(&self, revision: &Revision) -> (String, Option<String>) {
        let words = self.words;
        let (kind, name) = revision.place.split_at(revision.place.chars().next().map_or(0, char::len_utf8));
        let page = |page: &str, id: &str| Some(format!("{}#{id}", address::encode(page)));
        let section = |id: &str| {
            let found = self.sections.get(id);
            let block = revision.after.as_ref().and_then(|after| self.blocks.get(after));
            let url = match (block, found) {
                (Some((on, block)), _) => page(on, block),
                (None, Some((_, on))) => page(on, id),
                (None, None) => None,
            };
            (found.map_or_else(|| words.get("text").to_string(), |(heading, _)| heading.full()), url)
        };
        match kind {
            "@" => {
                let label = words.find(name).or_else(|| words.find(name.trim_end_matches('s'))).unwrap_or(name);
                (label.to_string(), None)
            }
            "#" => match self.sections.get(name) {
                Some((_, on)) => (words.get("change_heading").to_string(), page(on, name)),
                None => (words.get("change_heading").to_string(), None),
            },
            "^" => (words.get("notes").to_string(), None),
            "&" => (words.get("files").to_string(), None),
            "." if name.is_empty() => section(reserved::INDEX),
            _ => section(&revision.place),
        }
    }
}
