//! What the file says of its document: its information dictionary, its metadata in XML, and its outline.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Object, Stream, String as Bytes};

use super::super::xml::{Event, Xml};
use super::string::text;
use super::unpack::unpack;
use crate::import::meta::compact;

/// Bytes of the metadata in XML at most.
const METADATA: usize = 4 << 20;
/// Most entries of an outline, and how deep they lie in each other.
const ENTRIES: usize = 5_000;
const DEPTH: usize = 12;

/// Endings of titles that are names of files.
const FILES: [&str; 12] =
    [".html", ".htm", ".doc", ".docx", ".wps", ".txt", ".rtf", ".odt", ".pdf", ".indd", ".xls", ".xlsx"];

/// Facts by their names.
pub(super) fn facts(pdf: &Pdf, root: &Dict<'_>) -> Vec<(String, String)> {
    let info = pdf.metadata();
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: String| {
        let value = value.trim();
        let is_known = facts.iter().any(|(known, _)| known == name);
        let is_file = name == "Title" && FILES.iter().any(|ending| value.to_lowercase().ends_with(ending));
        if !value.is_empty() && !value.contains(char::is_control) && !is_known && !is_file {
            facts.push((name.to_string(), value.to_string()));
        }
    };
    for (name, bytes) in
        [("Title", &info.title), ("Author", &info.author), ("Subject", &info.subject), ("Keyword", &info.keywords)]
    {
        add(name, bytes.as_ref().map(|bytes| text(bytes)).unwrap_or_default());
    }
    if let Some(day) = info.creation_date {
        add("CreationDate", format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
    }
    for (name, value) in metadata(root).unwrap_or_default() {
        add(name, value);
    }
    facts
}

/// The facts of the metadata in XML.
fn metadata(root: &Dict<'_>) -> Option<Vec<(&'static str, String)>> {
    let bytes = unpack(&root.get::<Stream<'_>>("Metadata")?, METADATA).ok()?.bytes;
    let text = std::str::from_utf8(&bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut xml = Xml::new("metadata", text);
    let mut facts = Vec::new();
    let mut within = None;
    // What is damaged says nothing; the text does not depend on it.
    while let Ok(event) = xml.next() {
        match event {
            Event::Open(element) => match element.name().1 {
                "title" => within = Some("Title"),
                "creator" => within = Some("Author"),
                "description" => within = Some("Subject"),
                "li" => {
                    let Ok(value) = xml.text() else { break };
                    facts.extend(within.map(|name| (name, value)));
                }
                "Description" | "RDF" | "Alt" | "Seq" | "Bag" | "xmpmeta" => {}
                _ => within = None,
            },
            Event::End => break,
            _ => {}
        }
    }
    Some(facts)
}

/// The titles of the outline, without white space, and their levels.
pub(super) fn outline(root: &Dict<'_>) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut known = HashSet::new();
    let mut open: Vec<(Dict<'_>, usize)> = Vec::new();
    let first = root.get::<Dict<'_>>("Outlines").and_then(|outline| outline.get::<Dict<'_>>("First"));
    open.extend(first.map(|first| (first, 1)));
    while let Some((entry, level)) = open.pop().filter(|_| found.len() < ENTRIES) {
        if entry.obj_id().is_some_and(|id| !known.insert(id)) {
            continue;
        }
        if let Some(title) = entry.get::<Bytes<'_>>("Title") {
            found.push((compact(&text(&title)), level));
        }
        open.extend(entry.get::<Dict<'_>>("Next").map(|next| (next, level)));
        let inner = entry.get::<Dict<'_>>("First").filter(|_| level < DEPTH);
        open.extend(inner.map(|inner| (inner, level + 1)));
    }
    found
}

/// How many files are attached.
pub(super) fn attachments(root: &Dict<'_>) -> usize {
    let files = root.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles"));
    files.and_then(|files| files.get::<Array<'_>>("Names")).map_or(0, |names| names.iter::<Object<'_>>().count() / 2)
}

/// How many fields are signed.
pub(super) fn signatures(root: &Dict<'_>) -> usize {
    let fields = root.get::<Dict<'_>>("AcroForm").and_then(|form| form.get::<Array<'_>>("Fields")).unwrap_or_default();
    let is_signed = |field: &Dict<'_>| {
        field.get::<hayro_syntax::object::Name<'_>>("FT").is_some_and(|kind| kind.as_ref() == b"Sig")
            && field.contains_key("V")
    };
    fields.iter::<Dict<'_>>().take(ENTRIES).filter(is_signed).count()
}
