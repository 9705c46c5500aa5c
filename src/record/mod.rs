//! The catalogue record: what is known of a document, and from where.
//!
//! One record drives every surface of the site. Its fields are closed; what an archive needs beyond them goes into
//! `[extra]`, which templates may read and the program never guesses at.

pub mod date;
pub mod date_words;
pub mod fields;
pub mod front_matter;

use std::ops::Range;

use self::date::Date;
use self::fields::{Fields, Located, TextOrTable};
use crate::diagnostic::{Diagnostic, Report, Source};

/// What is known of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The document's lasting name in addresses; the file's name when the record gives none.
    pub id: Option<Located<String>>,
    /// Title as printed.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Who wrote it, in the order printed.
    pub authors: Vec<Person>,
    /// When it was published.
    pub date: Option<Date>,
    /// The date as printed, where it differs: 民国三十八年.
    pub date_printed: Option<String>,
    /// When it was made (成文日期).
    pub created: Option<Date>,
    /// The source office: who published what was captured.
    pub source: Option<String>,
    /// Where it was captured.
    pub source_url: Option<String>,
    /// When it was captured.
    pub captured: Option<Date>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// 发文字号
    pub doc_number: Option<String>,
    /// 索引号
    pub index_number: Option<String>,
    /// 文种: notice, decision, essay …
    pub kind: Option<String>,
    /// BCP 47 tag of the text.
    pub language: Option<String>,
    /// What it is about.
    pub subjects: Vec<String>,
    /// People it speaks of.
    pub people: Vec<String>,
    /// Places it speaks of.
    pub places: Vec<String>,
    /// Bodies it speaks of.
    pub organisations: Vec<String>,
    /// Who holds which rights, in words. Absent means unstated, never free.
    pub rights: Option<String>,
    /// A rights statement's address.
    pub rights_uri: Option<String>,
    /// What may be published.
    pub access: Access,
    /// Why not more may be published.
    pub access_note: Option<String>,
    /// The text is withheld while this stands. An embargo ends when a person removes the line: the clock publishes nothing.
    pub embargo_until: Option<Date>,
    /// How far it was proofread: 未校对 已校对 已核对.
    pub proofread: Option<String>,
    /// Down to which level sections get pages of their own; the site's setting when absent.
    pub split_level: Option<u8>,
    /// Left out of the site unless drafts are asked for.
    pub draft: bool,
    /// The capture that the text was taken from.
    pub original: Option<Original>,
    /// Free fields for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A person or body named as author.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Name as printed.
    pub name: String,
    /// Editor, translator …
    pub role: Option<String>,
    /// Office or post.
    pub affiliation: Option<String>,
    /// Anything else that is known.
    pub note: Option<String>,
    /// What the name sorts by, where that is not the name.
    pub sort: Option<String>,
    /// Language of the name.
    pub lang: Option<String>,
}

/// The kept capture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Original {
    /// Path beside the record.
    pub file: String,
    /// SHA-256 in lower-case hex.
    pub sha256: Option<String>,
    /// Size.
    pub bytes: Option<u64>,
    /// Media type (RFC 6838).
    pub media_type: Option<String>,
    /// Character encoding it was read in.
    pub encoding: Option<String>,
    /// Program and version that read it.
    pub importer: Option<String>,
}

/// What may be published of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Access {
    /// Record and text.
    #[default]
    Open,
    /// The record alone; no word of the text reaches any output.
    Record,
    /// A tombstone: that it existed, and why it is gone.
    Closed,
}

impl Access {
    /// The word in the record.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Record => "record",
            Self::Closed => "closed",
        }
    }
}

impl Record {
    /// Reads the record in `range` of a file.
    pub fn parse(source: Source<'_>, range: Range<usize>, report: &mut Report) -> Self {
        let mut table = Fields::parse(source, range.clone(), "the record", report);
        let fields = &mut table;
        let title = fields.string("title", report);
        if title.is_none() && !fields.has_near_miss("title") {
            report.push(
                Diagnostic::error("missing-title", "the record has no title")
                    .help("add a line  title = \"…\"  between the +++ lines")
                    .at(source, range.start..range.start),
            );
        }
        let record = Self {
            id: fields.text("id", report),
            title: title.unwrap_or_default(),
            subtitle: fields.string("subtitle", report),
            authors: people(fields, report),
            date: date(fields, "date", source, report),
            date_printed: fields.string("date_printed", report),
            created: date(fields, "created", source, report),
            source: fields.string("source", report),
            source_url: fields.address("source_url", report),
            captured: date(fields, "captured", source, report),
            issuer: fields.string("issuer", report),
            doc_number: fields.string("doc_number", report),
            index_number: fields.string("index_number", report),
            kind: fields.string("kind", report),
            language: language(fields, source, report),
            subjects: fields.strings("subjects", report),
            people: fields.strings("people", report),
            places: fields.strings("places", report),
            organisations: fields.strings("organisations", report),
            rights: fields.string("rights", report),
            rights_uri: fields.address("rights_uri", report),
            access: fields
                .word(
                    "access",
                    &[Access::Open, Access::Record, Access::Closed].map(|access| (access.word(), access)),
                    report,
                )
                .unwrap_or_default(),
            access_note: fields.string("access_note", report),
            embargo_until: date(fields, "embargo_until", source, report),
            proofread: fields.string("proofread", report),
            split_level: split_level(fields, source, report),
            draft: fields.flag("draft", report).unwrap_or_default(),
            original: original(fields, report),
            extra: fields.free("extra", report),
        };
        table.finish(report);
        record
    }

    /// Whether the text may be published.
    pub fn text_is_open(&self) -> bool {
        self.access == Access::Open && self.embargo_until.is_none()
    }
}

fn people(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Person> {
    let mut people = Vec::new();
    for member in fields.texts_or_tables("authors", report) {
        match member {
            TextOrTable::Text(name) => people.push(Person { name, ..Person::default() }),
            TextOrTable::Table(mut table, span) => {
                let name = table.string("name", report);
                let person = Person {
                    role: table.string("role", report),
                    affiliation: table.string("affiliation", report),
                    note: table.string("note", report),
                    sort: table.string("sort", report),
                    lang: table.string("lang", report),
                    name: name.unwrap_or_default(),
                };
                if person.name.is_empty() {
                    report.push(
                        Diagnostic::error("missing-name", "an author without a name")
                            .help("add  name = \"…\"  to this [[authors]] table")
                            .at(table.source(), span),
                    );
                } else {
                    people.push(person);
                }
                table.finish(report);
            }
        }
    }
    people
}

/// Reads one date field.
pub fn date(fields: &mut Fields<'_>, key: &'static str, source: Source<'_>, report: &mut Report) -> Option<Date> {
    let text = fields.date(key, report)?;
    match Date::parse(&text.value) {
        Ok(date) => Some(date),
        Err(why) => {
            report.push(
                Diagnostic::error("bad-date", format!("`{key}` is no date fonds can read: {why}"))
                    .help("write 1966, 1966-05, 1966-05-16, 1950~ (about), 1951? (doubtful), 195X (the fifties) or 1949-10/1950-03 (from – to)")
                    .at(source, text.span),
            );
            None
        }
    }
}

fn language(fields: &mut Fields<'_>, source: Source<'_>, report: &mut Report) -> Option<String> {
    let text = fields.text("language", report)?;
    if is_language_tag(&text.value) {
        return Some(text.value);
    }
    report.push(bad_language(&text.value).at(source, text.span));
    None
}

/// The fault of a malformed language tag.
pub fn bad_language(tag: &str) -> Diagnostic {
    Diagnostic::error("bad-language", format!("\"{tag}\" is no language tag"))
        .help("write zh-Hans (simplified Chinese), zh-Hant (traditional), en, bo, ug … (BCP 47)")
}

/// Whether a tag is well formed by the outline of BCP 47: subtags of 1–8 letters and digits, the first of letters.
pub fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first =
        subtags.next().is_some_and(|tag| (2..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic()));
    first && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Reads `split_level`.
pub fn split_level(fields: &mut Fields<'_>, source: Source<'_>, report: &mut Report) -> Option<u8> {
    let level = fields.integer("split_level", report)?;
    let value = u8::try_from(level.value).ok().filter(|level| *level <= 6);
    if value.is_none() {
        report.push(
            Diagnostic::error("bad-split-level", format!("`split_level` cannot be {}", level.value))
                .help("0 keeps the text on one page, 1 gives each first-level section a page, 2 each second-level section too")
                .at(source, level.span),
        );
    }
    value
}

fn original(fields: &mut Fields<'_>, report: &mut Report) -> Option<Original> {
    let mut table = fields.table("original", report)?;
    let original = Original {
        file: table.string("file", report).unwrap_or_default(),
        sha256: table.string("sha256", report).map(|hash| hash.to_ascii_lowercase()),
        bytes: table.integer("bytes", report).and_then(|bytes| u64::try_from(bytes.value).ok()),
        media_type: table.string("media_type", report),
        encoding: table.string("encoding", report),
        importer: table.string("importer", report),
    };
    table.finish(report);
    Some(original)
}
