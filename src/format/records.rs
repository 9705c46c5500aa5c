//! All records in one file: `records.jsonl`, one JSON object a line, for OpenSearch, Quickwit, Meilisearch or a data
//! frame; `records.csv` (RFC 4180), for a spreadsheet. docs/content/reference/formats.md has the shape.
//!
//! A line is flat: texts, lists of texts, a few numbers. Every key stands on every line, so that a program which guesses
//! a schema from the first one guesses right. The spreadsheet begins with a byte order mark, without which Excel takes
//! UTF-8 for the system's own encoding; lists are joined with `; `.

use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use super::File;
use super::holdings::Holdings;
use super::work::Work;
use crate::record::Record;
use crate::record::field::{Field, Value};
use crate::record::table;

/// A column, and what stands in it.
struct Column {
    name: &'static str,
    value: In,
}

enum In {
    /// A field of the record.
    Field(&'static Field<Record>),
    /// What is known of a document besides.
    Known(Known),
}

type Known = for<'a> fn(&Work<'a>) -> Value<'a>;

/// Columns that are no field, behind the field that they belong to or, last, behind none.
const KNOWN: [(&str, &str, Known); 9] = [
    ("authors", "author_roles", |work| {
        let authors = &work.entry.record.authors;
        Value::Texts(authors.iter().map(|author| author.role.as_deref().unwrap_or_default()).collect())
    }),
    ("date", "date_first", |work| owned(work.entry.record.date.as_ref().and_then(|date| date.earliest_day()))),
    ("date", "year", |work| {
        work.entry.record.date.as_ref().and_then(|date| date.years().0).map_or(Value::None, Value::Number)
    }),
    ("", "collection", |work| Value::text(Some(work.collection().map_or("", |(_, path)| path)))),
    ("", "collection_title", |work| Value::text(work.collection().map(|(title, _)| title))),
    ("", "path", |work| owned(Some(format!("{}/index.html", work.entry.directory)))),
    ("", "url", |work| owned(work.permalink("index.html"))),
    ("", "changed", |work| Value::text(work.since.day.as_deref())),
    ("", "sha256", |work| {
        Value::text(work.entry.record.original.as_ref().and_then(|original| original.sha256.as_deref()))
    }),
];

fn owned<'a>(text: Option<String>) -> Value<'a> {
    text.map_or(Value::None, |text| Value::Text(text.into()))
}

/// The columns in their order.
static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(columns);

fn columns() -> Vec<Column> {
    let known_behind = |field: &'static str| {
        let known = KNOWN.into_iter().filter(move |(behind, ..)| *behind == field);
        known.map(|(_, name, value)| Column { name, value: In::Known(value) })
    };
    let mut columns = vec![Column { name: "id", value: In::Known(|work| Value::text(Some(&work.entry.id))) }];
    for field in table::RECORD.iter().filter(|field| field.is_column) {
        columns.push(Column { name: field.name, value: In::Field(field) });
        columns.extend(known_behind(field.name));
    }
    columns.extend(known_behind(""));
    columns
}

impl Column {
    fn of<'a>(&self, work: &Work<'a>) -> Value<'a> {
        match self.value {
            // A record without a language has the archive's.
            In::Field(field) if field.name == "language" => Value::text(Some(work.language_tag())),
            In::Field(field) => field.value(&work.entry.record),
            In::Known(value) => value(work),
        }
    }
}

/// What a record says, field by field, in words: what is shown to readers, and what an edition may change.
pub(crate) fn fields(work: &Work<'_>) -> Vec<(&'static str, String)> {
    let is_said = |column: &Column| matches!(column.value, In::Field(_)) || column.name == "author_roles";
    let said = COLUMNS.iter().filter(|column| is_said(column));
    said.map(|column| (column.name, cell(column.of(work)))).collect()
}

/// A document as an object, its keys in the order of the columns.
struct Line<'a> {
    columns: &'a [Column],
    work: Work<'a>,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().map(|column| (column.name, column.of(&self.work))))
    }
}

/// `records.jsonl`
pub(crate) fn json_lines(holdings: &Holdings<'_>) -> Vec<File> {
    let mut text = Vec::new();
    for document in holdings.described() {
        // A record is text and numbers, which JSON can always hold.
        if serde_json::to_writer(&mut text, &Line { columns: &COLUMNS, work: holdings.work(document) }).is_ok() {
            text.push(b'\n');
        }
    }
    vec![("records.jsonl".to_string(), text)]
}

/// `records.csv`; its columns are the keys of a line of `records.jsonl`.
pub(crate) fn csv(holdings: &Holdings<'_>) -> Vec<File> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    // Writing into memory cannot fail, and every row has as many fields as the first.
    let _ = writer.write_record(COLUMNS.iter().map(|column| column.name));
    for document in holdings.described() {
        let work = holdings.work(document);
        let _ = writer.write_record(COLUMNS.iter().map(|column| no_formula(cell(column.of(&work)))));
    }
    vec![("records.csv".to_string(), writer.into_inner().unwrap_or_default())]
}

/// A spreadsheet takes what begins with one of these for a formula, and would calculate, or ask another computer (OWASP, CSV
/// injection). The apostrophe says that it is text; one that stands first is doubled, so that every cell comes back unchanged when
/// one is taken off.
fn no_formula(cell: String) -> String {
    let is_taken = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'', '＝', '＋', '－', '＠']);
    if is_taken { format!("'{cell}") } else { cell }
}

fn cell(value: Value<'_>) -> String {
    match value {
        Value::None => String::new(),
        Value::Text(text) => text.into_owned(),
        Value::Number(number) => number.to_string(),
        Value::Texts(texts) if texts.iter().all(|text| text.is_empty()) => String::new(),
        Value::Texts(texts) => texts.join("; "),
    }
}
