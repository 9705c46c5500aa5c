//! The record file: the catalogue record between `+++` lines, then the text.
//!
//! The fields are those of the record's description, in its order; TOML wants tables last. Only what the capture states is
//! written, and nothing depends on the clock or the machine: the same capture gives the same file.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::import::capture::Import;
use crate::import::recognise::language;

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[serde(rename = "authors")]
    names: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_printed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    captured: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    subjects: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proofread: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<bool>,
}

#[derive(Serialize)]
struct Tables<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Person<'a>>,
    original: Original<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'a str, Extra<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    affiliation: Option<&'a str>,
}

#[derive(Serialize)]
struct Original<'a> {
    file: &'a str,
    sha256: &'a str,
    bytes: usize,
    media_type: &'a str,
    encoding: &'a str,
    importer: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Extra<'a> {
    One(&'a str),
    Many(&'a [String]),
}

/// The whole file.
pub(crate) fn file(import: &Import, id: &str, original: &str) -> String {
    let [record, tables] = parts(import, id, original);
    format!("+++\n{record}\n{tables}+++\n\n{}", import.body)
}

/// The record's fields.
pub(crate) fn fields(import: &Import, id: &str, original: &str) -> toml::Table {
    let [record, tables] = parts(import, id, original);
    // What toml has written it can read.
    format!("{record}\n{tables}").parse().unwrap_or_default()
}

/// Fields without a table, and those with one.
fn parts(import: &Import, id: &str, original: &str) -> [String; 2] {
    let meta = &import.meta;
    let language = language::of(&import.blocks);
    let detailed = meta.authors.iter().any(|author| author.affiliation.is_some());
    let record = Record {
        id,
        // A capture that prints no title is known by its id until a person gives it one.
        title: meta.title.as_deref().unwrap_or(id),
        subtitle: meta.subtitle.as_deref(),
        names: if detailed { Vec::new() } else { meta.authors.iter().map(|author| author.name.as_str()).collect() },
        date: meta.date.as_deref(),
        date_printed: meta.date_printed.as_deref(),
        created: meta.created.as_deref(),
        source: meta.source.as_deref(),
        source_url: meta.source_url.as_deref(),
        captured: meta.captured.as_deref(),
        issuer: meta.issuer.as_deref(),
        doc_number: meta.doc_number.as_deref(),
        index_number: meta.index_number.as_deref(),
        language,
        subjects: &meta.subjects,
        rights: meta.rights.as_deref(),
        proofread: language.filter(|tag| tag.starts_with("zh")).map(|_| "未校对"),
        draft: meta.kept_back.as_ref().map(|_| true),
    };
    let mut extra: BTreeMap<&str, Extra<'_>> =
        meta.extra.iter().map(|(label, value)| (label.as_str(), Extra::One(value.as_str()))).collect();
    if !meta.editors.is_empty() {
        extra.insert("editors", Extra::Many(&meta.editors));
    }
    let people = meta.authors.iter().filter(|_| detailed);
    let tables = Tables {
        authors: people
            .map(|author| Person { name: &author.name, affiliation: author.affiliation.as_deref() })
            .collect(),
        original: Original {
            file: original,
            sha256: &import.sha256,
            bytes: import.bytes,
            media_type: import.media_type,
            encoding: &import.encoding,
            importer: super::provenance::IMPORTER,
        },
        extra,
    };
    [toml::to_string(&record), toml::to_string(&tables)].map(Result::unwrap_or_default)
}
