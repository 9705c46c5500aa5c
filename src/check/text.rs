//! What a text shows and where it leads.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::address::{self, Outward};
use crate::archive::link;
use crate::archive::scan::SourceFile;
use crate::archive::{Archive, Entry};
use crate::diagnostic::messages::{LinkMessage, TextMessage};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::folder::Folder;
use crate::record::front_matter;
use crate::text::events::OPTIONS;

/// What was met in a text.
#[derive(Default)]
pub(crate) struct Seen {
    /// Files of the archive that it shows or links to.
    pub files: BTreeSet<String>,
    /// Addresses that lead out of the archive.
    pub outward: Vec<Outward>,
}

/// Looks through a document: its record's addresses and its text.
pub(crate) fn of_document(archive: &Archive, entry: &Entry, report: &mut Report) -> Seen {
    let Some(text) = read(&archive.root, &entry.source) else { return Seen::default() };
    let source = Source { file: &entry.source.path, text: &text };
    let Ok(split) = front_matter::split(source) else { return Seen::default() };
    let mut seen = of_text(source, split.body.clone(), archive, report);
    seen.outward.extend(address::of_record(source, split.record.clone(), &entry.record));
    let is_empty = text[split.body].trim().is_empty();
    if is_empty && entry.record.text_is_open() && entry.attachments.is_empty() {
        report.push(Diagnostic::note(TextMessage::NoText).at(source, split.record.start..split.record.start));
    }
    seen
}

/// Looks through the text of the home page or of a collection.
pub(crate) fn of_page(archive: &Archive, file: &SourceFile, report: &mut Report) -> Seen {
    let Some(text) = read(&archive.root, file) else { return Seen::default() };
    let source = Source { file: &file.path, text: &text };
    front_matter::split(source).map_or_else(|_| Seen::default(), |split| of_text(source, split.body, archive, report))
}

fn of_text(source: Source<'_>, body: Range<usize>, archive: &Archive, report: &mut Report) -> Seen {
    let mut seen = Seen::default();
    let markdown = &source.text[body.clone()];
    let mut in_code = false;
    for (event, span) in Parser::new_ext(markdown, OPTIONS).into_offset_iter() {
        let place = span.start + body.start..span.end + body.start;
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Link { link_type, dest_url, .. }) if link_type != LinkType::Email => {
                met(&dest_url, source, place, archive, &mut seen, report);
            }
            Event::Start(Tag::Image { dest_url, .. }) => met(&dest_url, source, place, archive, &mut seen, report),
            Event::Text(_) if !in_code => unread_link(source, &place, report),
            _ => {}
        }
    }
    seen
}

fn met(to: &str, source: Source<'_>, place: Range<usize>, archive: &Archive, seen: &mut Seen, report: &mut Report) {
    if address::is_outward(to) {
        seen.outward.push(Outward { address: to.to_string(), place: source.place(place) });
        return;
    }
    let path = link::decode(to.split('#').next().unwrap_or_default());
    let Some(file) = link::join(source.file, &path).filter(|file| archive.files.contains(file)) else { return };
    if file.contains("/original/") {
        report.push(Diagnostic::note(LinkMessage::LinkToOriginal { path }).at(source, place));
    }
    seen.files.insert(file);
}

/// Warns of what a person wrote as a link and Markdown reads as words: an address with a blank in it.
fn unread_link(source: Source<'_>, place: &Range<usize>, report: &mut Report) {
    let after = &source.text[place.end..];
    if !source.text[place.clone()].ends_with(']') || !after.starts_with('(') {
        return;
    }
    let line = after.lines().next().unwrap_or_default();
    let Some(end) = line.find(')') else { return };
    let (address, opening) = (&line[1..end], source.text[..place.end].rfind('['));
    if address.contains([' ', '\u{3000}']) && !address.contains(['"', '\'']) {
        let written = place.end + 1..place.end + end;
        let is_plain = !address.contains(['<', '>']);
        let fault = Diagnostic::warning(LinkMessage::BlankInLink { address: address.to_string() })
            .at(source, opening.unwrap_or(place.start)..place.end + end + 1);
        report.push(match is_plain {
            true => fault.suggest(source, written, format!("<{address}>")),
            false => fault,
        });
    }
}

/// The whole of a text file of the archive; none where it cannot be read, which the build reports.
fn read(root: &Folder, source: &SourceFile) -> Option<String> {
    source.text.clone().or_else(|| file::read_text(root, &source.path).ok())
}
