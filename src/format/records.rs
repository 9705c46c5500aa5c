//! All records in one file: `records.jsonl`, one JSON object a line, for OpenSearch, Quickwit, Meilisearch or a data
//! frame; `records.csv` (RFC 4180), for a spreadsheet. docs/content/reference/formats.md has the shape.
//!
//! A line is flat: texts, lists of texts, a few numbers. Every key stands on every line, so that a program which guesses
//! a schema from the first one guesses right. The spreadsheet begins with a byte order mark, without which Excel takes
//! UTF-8 for the system's own encoding; lists are joined with `; `.

use serde::Serialize;

use super::holdings::{File, Holdings};

/// One record, flat.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    authors: Vec<&'a str>,
    author_roles: Vec<&'a str>,
    date: Option<&'a str>,
    date_first: Option<String>,
    year: Option<i64>,
    date_printed: Option<&'a str>,
    created: Option<&'a str>,
    source: Option<&'a str>,
    source_url: Option<&'a str>,
    captured: Option<&'a str>,
    issuer: Option<&'a str>,
    doc_number: Option<&'a str>,
    index_number: Option<&'a str>,
    kind: Option<&'a str>,
    language: &'a str,
    subjects: &'a [String],
    people: &'a [String],
    places: &'a [String],
    organisations: &'a [String],
    rights: Option<&'a str>,
    rights_uri: Option<&'a str>,
    access: &'static str,
    proofread: Option<&'a str>,
    collection: &'a str,
    collection_title: Option<&'a str>,
    path: String,
    url: Option<String>,
    changed: Option<&'a str>,
    sha256: Option<&'a str>,
}

fn row<'a>(holdings: &Holdings<'a>, document: usize) -> Row<'a> {
    let work = holdings.work(document);
    let (entry, record) = (work.entry, work.record());
    Row {
        id: &entry.id,
        title: &record.title,
        subtitle: record.subtitle.as_deref(),
        authors: record.authors.iter().map(|author| author.name.as_str()).collect(),
        author_roles: record.authors.iter().map(|author| author.role.as_deref().unwrap_or_default()).collect(),
        date: record.date.as_ref().map(|date| date.edtf()),
        date_first: record.date.as_ref().and_then(|date| date.earliest_day()),
        year: record.date.as_ref().and_then(|date| date.years().0),
        date_printed: record.date_printed.as_deref(),
        created: record.created.as_ref().map(|date| date.edtf()),
        source: record.source.as_deref(),
        source_url: record.source_url.as_deref(),
        captured: record.captured.as_ref().map(|date| date.edtf()),
        issuer: record.issuer.as_deref(),
        doc_number: record.doc_number.as_deref(),
        index_number: record.index_number.as_deref(),
        kind: record.kind.as_deref(),
        language: work.language_tag(),
        subjects: &record.subjects,
        people: &record.people,
        places: &record.places,
        organisations: &record.organisations,
        rights: record.rights.as_deref(),
        rights_uri: record.rights_uri.as_deref(),
        access: record.access.word(),
        proofread: record.proofread.as_deref(),
        collection: work.collection().map_or("", |(_, path)| path),
        collection_title: work.collection().map(|(title, _)| title),
        path: format!("{}/index.html", entry.directory),
        url: work.permalink("index.html"),
        changed: work.changed,
        sha256: record.original.as_ref().and_then(|original| original.sha256.as_deref()),
    }
}

/// `records.jsonl`
pub fn json_lines(holdings: &Holdings<'_>) -> Vec<File> {
    let mut text = Vec::new();
    for document in holdings.described() {
        // A record is text and numbers, which JSON can always hold.
        if serde_json::to_writer(&mut text, &row(holdings, document)).is_ok() {
            text.push(b'\n');
        }
    }
    vec![("records.jsonl".to_string(), text)]
}

/// The columns of `records.csv`, which are the keys of a line.
const COLUMNS: [&str; 32] = [
    "id",
    "title",
    "subtitle",
    "authors",
    "author_roles",
    "date",
    "date_first",
    "year",
    "date_printed",
    "created",
    "source",
    "source_url",
    "captured",
    "issuer",
    "doc_number",
    "index_number",
    "kind",
    "language",
    "subjects",
    "people",
    "places",
    "organisations",
    "rights",
    "rights_uri",
    "access",
    "proofread",
    "collection",
    "collection_title",
    "path",
    "url",
    "changed",
    "sha256",
];

/// `records.csv`
pub fn csv(holdings: &Holdings<'_>) -> Vec<File> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    // Writing into memory cannot fail, and every row has as many fields as the first.
    let _ = writer.write_record(COLUMNS);
    for document in holdings.described() {
        let Ok(serde_json::Value::Object(row)) = serde_json::to_value(row(holdings, document)) else { continue };
        let cell = |column: &&str| match row.get(*column) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Array(list)) => {
                let texts: Vec<&str> = list.iter().filter_map(|value| value.as_str()).collect();
                if texts.iter().all(|text| text.is_empty()) { String::new() } else { texts.join("; ") }
            }
            Some(value) => value.to_string(),
        };
        let _ = writer.write_record(COLUMNS.iter().map(cell));
    }
    vec![("records.csv".to_string(), writer.into_inner().unwrap_or_default())]
}
