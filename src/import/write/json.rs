//! What was recognised, for programs: one object a capture, on one line.
//!
//! The names are those of the interface's description. Beyond them, facts that a capture may have or not are left out when
//! it has not, and `close` and `contents` are
//! there only where a heading is closed with 。 or stands in a printed table of contents.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::diagnostic::lang::Lang;

use crate::import::block::{Block, BlockKind};
use crate::import::capture::Import;
use crate::import::meta::Meta;

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    meta: MetaLine<'a>,
    blocks: Vec<BlockLine<'a>>,
    dropped: Vec<DroppedLine<'a>>,
    diagnostics: Vec<DiagnosticLine<'a>>,
    reader: &'a str,
    encoding: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct MetaLine<'a> {
    title: Option<&'a str>,
    authors: Vec<&'a str>,
    date: Option<String>,
    source: Option<&'a str>,
    doc_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    affiliations: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_printed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index_number: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    subjects: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    editors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    source_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    captured: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: &'a BTreeMap<String, String>,
}

impl<'a> From<&'a Meta> for MetaLine<'a> {
    fn from(meta: &'a Meta) -> Self {
        let affiliations =
            meta.authors.iter().filter_map(|author| Some((author.name.as_str(), author.affiliation.as_deref()?)));
        Self {
            title: meta.title.as_deref(),
            authors: meta.authors.iter().map(|author| author.name.as_str()).collect(),
            // A program may want the time of day; only the record, whose dates are EDTF, has no place for it.
            date: meta.date.as_ref().map(|date| match &meta.time {
                Some(time) => format!("{date} {time}"),
                None => date.clone(),
            }),
            source: meta.source.as_deref(),
            doc_number: meta.doc_number.as_deref(),
            subtitle: meta.subtitle.as_deref(),
            affiliations: affiliations.collect(),
            date_printed: meta.date_printed.as_deref(),
            created: meta.created.as_deref(),
            issuer: meta.issuer.as_deref(),
            index_number: meta.index_number.as_deref(),
            subjects: &meta.subjects,
            editors: &meta.editors,
            source_url: meta.source_url.as_deref(),
            captured: meta.captured.as_deref(),
            rights: meta.rights.as_deref(),
            extra: &meta.extra,
        }
    }
}

#[derive(Serialize)]
struct BlockLine<'a> {
    kind: BlockKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    close: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    run_in: Option<bool>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    contents: bool,
    line: usize,
}

impl<'a> From<&'a Block> for BlockLine<'a> {
    fn from(block: &'a Block) -> Self {
        let heading = block.kind == BlockKind::Heading;
        Self {
            kind: block.kind,
            level: heading.then_some(block.level),
            number: block.number.as_deref(),
            text: &block.text,
            close: &block.close,
            run_in: heading.then_some(block.run_in),
            contents: block.contents,
            line: block.line,
        }
    }
}

#[derive(Serialize)]
struct DroppedLine<'a> {
    line: usize,
    text: &'a str,
    why: String,
}

#[derive(Serialize)]
struct DiagnosticLine<'a> {
    severity: Severity,
    code: &'a str,
    line: Option<usize>,
    message: String,
}

/// One capture as one line, without a line feed at its end.
pub(crate) fn line(import: &Import, file: &str, lang: Lang) -> String {
    let line = Line {
        file,
        meta: MetaLine::from(&import.meta),
        blocks: import.blocks.iter().map(BlockLine::from).collect(),
        dropped: import
            .dropped
            .iter()
            .map(|dropped| DroppedLine { line: dropped.line, text: &dropped.text, why: dropped.why.name() })
            .collect(),
        diagnostics: import
            .diagnostics
            .iter()
            .map(|diagnostic| DiagnosticLine {
                severity: diagnostic.severity,
                code: diagnostic.code().name(),
                line: diagnostic.place.as_ref().map(|place| place.line).filter(|line| *line > 0),
                message: diagnostic.message(lang),
            })
            .collect(),
        reader: import.reader,
        encoding: &import.encoding,
        sha256: &import.sha256,
    };
    serde_json::to_string(&line).unwrap_or_default()
}
