//! What an archive withholds, so that the finished site can be searched for it.
//!
//! That is: passages that are redacted; the texts of documents that are closed, recorded only or embargoed, and of those that another
//! document replaced; drafts with their titles. A word of one character is too common to be searched for.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::archive::{Archive, Entry};
use crate::diagnostic::messages::LeakMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::output::watch::{Kind, Leak, Passage, SHORTEST, Watch};
use crate::record::front_matter;
use crate::text::redact;
use crate::text::redacted::Redacted;

/// Headings and titles of so many bytes are more than a common word.
const TITLE: usize = 18;

/// Redacted words of which one document is told.
const NAMED: usize = 20;

/// Everything that is withheld; `None` where nothing is.
pub(super) fn watch(archive: &Archive, report: &mut Report) -> Option<Watch> {
    let mut passages: Vec<Passage> =
        archive.documents.par_iter().flat_map_iter(|entry| of_document(archive, entry)).collect();
    passages.extend(archive.replaced.iter().flat_map(|entry| of_text(archive, &entry.source.path, false)));
    passages.extend(archive.left_out.iter().flat_map(|draft| of_text(archive, &draft.path, true)));
    if passages.is_empty() {
        return None;
    }
    let watch = Watch::new(passages);
    let open: Vec<Open> = archive.documents.par_iter().map(|entry| told_apart(archive, entry, &watch)).collect();
    let mut also_open: BTreeMap<String, String> = BTreeMap::new();
    for Open { faults, sentences_of } in open {
        report.merge(faults);
        for (owner, path) in sentences_of {
            also_open.entry(owner).or_insert(path);
        }
    }
    if let Some((owner, path)) = also_open.first_key_value() {
        let message = LeakMessage::SentencesElsewhere { owner: owner.clone(), count: also_open.len() };
        report.push(Diagnostic::warning(message).in_file(path.clone()));
    }
    Some(watch.settle())
}

/// What a document says openly of what is withheld.
#[derive(Default)]
struct Open {
    faults: Report,
    /// The documents of whose texts it has sentences, each with its own path.
    sentences_of: BTreeMap<String, String>,
}

/// What is withheld of a document.
fn of_document(archive: &Archive, entry: &Entry) -> Vec<Passage> {
    let path = &entry.source.path;
    if !entry.record.text_is_open() {
        return of_text(archive, path, false);
    }
    // A text that cannot be read is told where its pages are made.
    let Ok(text) = entry.source.read(&archive.root) else { return Vec::new() };
    let body = front_matter::split(Source { file: path, text: &text }).map_or(0, |split| split.body.start);
    let hidden = redact::hide(Source { file: path, text: &text }, body, &mut Report::new());
    let is_telling = |words: &String| words.chars().count() > 1 && words.len() > 3;
    let redacted = hidden.redacted.iter().map(Redacted::plain_words).filter(is_telling);
    redacted.map(|words| passage(&words, Kind::Redacted, path, 0)).collect()
}

/// The sentences and headings of a text that is withheld, and its title if that is.
fn of_text(archive: &Archive, path: &str, with_title: bool) -> Vec<Passage> {
    let Ok(text) = file::read_text(&archive.root, path) else { return Vec::new() };
    let Ok(split) = front_matter::split(Source { file: path, text: &text }) else { return Vec::new() };
    let first = text[..split.body.start].lines().count();
    let mut passages = Vec::new();
    if with_title {
        let record: Option<toml::Table> = text[split.record.clone()].parse().ok();
        let title = record.as_ref().and_then(|record| record.get("title")).and_then(toml::Value::as_str);
        passages.extend(title.filter(|title| title.len() >= TITLE).map(|title| passage(title, Kind::Title, path, 1)));
    }
    for (at, line) in text[split.body].lines().enumerate() {
        let at = first + at + 1;
        if let Some(heading) = line.strip_prefix('#') {
            let heading = heading.trim_start_matches('#').trim();
            let heading = heading.rsplit_once("{#").map_or(heading, |(heading, _)| heading.trim());
            passages.extend((heading.len() >= TITLE).then(|| passage(heading, Kind::Title, path, at)));
        }
        passages.extend(sentences(line).into_iter().map(|words| passage(words, Kind::Sentence, path, at)));
    }
    passages
}

fn passage(words: &str, kind: Kind, owner: &str, line: usize) -> Passage {
    Passage { words: words.to_string(), kind, owner: owner.to_string(), line }
}

/// The sentences of a line, each long enough to be told from a phrase; a short one is joined to the next.
fn sentences(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, end) in line.match_indices(['。', '！', '？', '；', '.']) {
        let end = at + end.len();
        if end - start >= SHORTEST && line.len() - end >= SHORTEST {
            sentences.push(line[start..end].trim());
            start = end;
        }
    }
    sentences.push(line[start..].trim());
    sentences.retain(|words| words.len() >= SHORTEST);
    sentences
}

/// Finds what of the withheld words a document says openly: of another document that is told, of its own it is a mistake.
fn told_apart(archive: &Archive, entry: &Entry, watch: &Watch) -> Open {
    let mut open = Open::default();
    let path = entry.source.path.as_str();
    let Ok(text) = entry.source.read(&archive.root) else { return open };
    let source = Source { file: path, text: &text };
    let Ok(split) = front_matter::split(source) else { return open };
    let hidden = redact::hide(source, split.body.start, &mut Report::new());
    let shown = match (entry.record.text_is_open(), entry.record.is_described()) {
        (true, _) => &*hidden.text,
        (false, true) => &text[..split.body.start],
        // A closed document shows its title, and why it is closed.
        (false, false) => {
            watch.open(&entry.record.title);
            watch.open(entry.record.access_note.as_deref().unwrap_or_default());
            return open;
        }
    };
    let mut told = BTreeSet::new();
    for (at, place) in watch.open(shown) {
        let passage = &watch.passages()[at];
        let owner = passage.owner.clone();
        match (passage.kind, place) {
            (Kind::Redacted, Some(place)) if told.len() < NAMED && told.insert(passage.words.as_str()) => {
                let fault = match owner == path {
                    true => Diagnostic::error(LeakMessage::RedactedOnce),
                    false => Diagnostic::warning(LeakMessage::OpenElsewhere { owner }),
                };
                open.faults.push(fault.at(source, place));
            }
            (Kind::Sentence, _) => _ = open.sentences_of.insert(owner, path.to_string()),
            _ => {}
        }
    }
    open
}

/// Reports what was found in the finished site.
pub(super) fn report(watch: &Watch, report: &mut Report) {
    for (passage, Leak { path, files }) in watch.found() {
        let Passage { owner, line, .. } = passage;
        let message = LeakMessage::Leak { owner, line: (line > 0).then_some(line), files };
        report.push(Diagnostic::error(message).in_file(path));
    }
}
