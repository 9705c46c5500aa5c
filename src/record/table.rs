//! Every field of a record, once.
//!
//! A field was listed wherever something was done with it: in the reader, among the names that a misspelled one may have
//! meant, in the columns of `records.csv`, in the guide. A list forgot one sooner or later. Now a field is a line here, and
//! these follow from it; so do the order in which a person's record is written, [`super::edit`], and what the guide's tables
//! say, which a test compares. Where it is shown is a line of its own in a template; a test looks whether it is there.

use std::sync::LazyLock;

use super::field::{Field, Slot, Value, at};
use super::original::{self, Original};
use super::person::AUTHOR;
use super::source::SOURCE;
use super::vocabulary::Vocabulary;
use super::{Access, Record, language, person, rights, source};

/// The record's own fields.
#[rustfmt::skip]
pub static RECORD: &[Field<Record>] = &[
    Field::<Record>::new("title", "\"库房札记\"", "as printed", Slot::Own(
            |record, fields, report| record.title = fields.string("title", report).unwrap_or_default(),
            |record| Value::text(Some(&record.title)),
        ))
        .chinese(&["标题", "题名"]).column().shown().mapped(["title", "citation_title", "headline", "title", "title", "TI"]),
    Field::<Record>::new("subtitle", "\"旧报刊部分\"", "", Slot::Text(at!(subtitle)))
        .chinese(&["副标题"]).column().shown().mapped(["alternative", "–", "alternativeHeadline", "–", "–", "–"]),
    Field::<Record>::new("id", "\"storeroom-notes\"", "the document's name in its address. Default: the file's name, or the folder's. Unique in the archive. Once published it lasts: `fonds mv` changes it and lets the old address lead on",
        Slot::Aside(|record, fields, report| record.id = fields.text("id", report)))
        .shown().mapped(["identifier", "–", "identifier", "id", "key", "ID"]),
    Field::<Record>::new("aliases", "[\"letters/storeroom\"]", "addresses that the document had before, folders from the site's root: [Addresses that last](#addresses-that-last)",
        Slot::Aside(|record, fields, report| record.aliases = fields.located_strings("aliases", report))),
    Field::<Record>::new("replaced_by", "\"second\"", "the id of the document that stands for this one, which is then in no list and no index; its addresses lead to the other",
        Slot::Aside(|record, fields, report| record.replaced_by = fields.text("replaced_by", report))),
    Field::<Record>::new("authors", "[\"沈一帆\"]", "in the order printed; or tables, below", Slot::Own(
            |record, fields, report| record.authors = person::people(fields, report),
            |record| Value::Texts(record.authors.iter().map(|author| author.name.as_str()).collect()),
        ))
        .chinese(&["作者", "责任者"]).column().shown().mapped(["creator", "citation_author", "author", "author", "author", "AU"]),
    Field::<Record>::new("date", "\"2020-04-12\"", "published", Slot::Date(at!(date)))
        .chinese(&["日期", "时间", "发布日期"]).column().shown().mapped(["issued", "citation_publication_date ²", "datePublished", "issued ²", "date ²", "PY, DA ²"]),
    Field::<Record>::new("date_printed", "\"庚子年三月\"", "as printed, where it differs", Slot::Text(at!(date_printed)))
        .column().shown(),
    Field::<Record>::new("created", "\"2019~\"", "written (成文日期)", Slot::Date(at!(created)))
        .chinese(&["成文日期"]).column().shown().mapped(["created", "", "dateCreated", "", "", ""]),
    Field::<Record>::new("source", "\"江城县地方史志学会\"", "the source office: who published what was captured", Slot::Text(at!(source)))
        .chinese(&["来源"]).column().shown().mapped(["publisher", "citation_publisher", "publisher", "publisher", "organization", "PB"]),
    Field::<Record>::new("source_url", "\"https://d.example/1\"", "where it was captured", Slot::Address(at!(source_url)))
        .chinese(&["网址"]).column().shown().mapped(["source", "–", "isBasedOn", "URL", "url", "UR"]),
    Field::<Record>::new("captured", "\"2026-05-16\"", "when it was captured", Slot::Date(at!(captured)))
        .column().shown().mapped(["provenance", "–", "–", "accessed", "urldate", "Y2"]),
    Field::<Record>::new("issuer", "\"江城县图书馆\"", "发文机关, the body that issued it", Slot::Text(at!(issuer)))
        .chinese(&["发文机关"]).column().shown(),
    Field::<Record>::new("doc_number", "\"江图〔2020〕3号\"", "发文字号, its reference number", Slot::Text(at!(doc_number)))
        .chinese(&["发文字号", "文号"]).column().shown().mapped(["identifier", "citation_technical_report_number ⁴", "identifier", "number", "number", "M1"]),
    Field::<Record>::new("index_number", "\"0143/2020-003\"", "索引号", Slot::Text(at!(index_number)))
        .chinese(&["索引号"]).column().shown().mapped(["identifier", "–", "identifier", "–", "–", "–"]),
    Field::<Record>::new("kind", "\"essay\"", "文种: 通知, 意见, essay …", Slot::Text(at!(kind)))
        .chinese(&["文种"]).column().shown().mapped(["type", "–", "genre", "genre", "type", "M3"]),
    Field::<Record>::new("language", "\"zh-Hans\"", "BCP 47; the archive's when it is absent", Slot::Own(
            |record, fields, report| record.language = language::read(fields, report),
            |record| Value::text(record.language.as_deref()),
        ))
        .chinese(&["语言"]).column().shown().mapped(["language", "citation_language", "inLanguage", "language", "language, langid", "LA"]),
    Field::<Record>::new("subjects", "[\"保管\", \"旧报刊\"]", "what it is about", Slot::Texts(at!(subjects)))
        .chinese(&["主题", "关键词"]).column().shown().mapped(["subject", "citation_keywords", "keywords", "keyword", "keywords", "KW"]),
    Field::<Record>::new("people", "[\"沈一帆\"]", "of whom it speaks", Slot::Texts(at!(people)))
        .column().shown().mapped(["–", "–", "mentions", "–", "–", "–"]),
    Field::<Record>::new("places", "[\"江城县\"]", "of which places", Slot::Texts(at!(places)))
        .chinese(&["地点"]).column().shown().mapped(["spatial", "–", "mentions", "–", "–", "–"]),
    Field::<Record>::new("organisations", "[\"江城县图书馆\"]", "of which bodies", Slot::Texts(at!(organisations)))
        .column().shown().mapped(["–", "–", "mentions", "–", "–", "–"]),
    Field::<Record>::new("rights", "\"© 江城县地方史志学会\"", "who holds which rights. Absent means unstated, and the site says so", Slot::Text(at!(rights)))
        .column().shown().mapped(["rights", "–", "copyrightNotice", "–", "note", "N1"]),
    Field::<Record>::new("rights_uri", "\"http://rightsstatements.org/vocab/InC/1.0/\"", "the same for machines: one of RightsStatements.org or Creative Commons", Slot::Own(
            |record, fields, report| record.rights_uri = rights::read(fields, report),
            |record| Value::text(record.rights_uri.as_deref()),
        ))
        .column().shown().mapped(["license", "–", "license", "–", "–", "–"]),
    Field::<Record>::new("access", "\"record\"", "`\"open\"` (default); `\"record\"`: the record is published and no word of the text; `\"closed\"`: only its title, and `access_note`", Slot::Own(
            |record, fields, report| record.access = Access::read(fields, report),
            |record| Value::text(Some(record.stated_access())),
        ))
        .column().mapped(["accessRights", "–", "conditionsOfAccess", "–", "–", "–"]),
    Field::<Record>::new("access_note", "\"Rights are unclear.\"", "why", Slot::Text(at!(access_note))),
    Field::<Record>::new("embargo_until", "\"2030-01-01\"", "the text is withheld while this line stands. The date is shown; the clock publishes nothing, a person removes the line", Slot::Date(at!(embargo_until)))
        .shown(),
    Field::<Record>::new("proofread", "\"已校对\"", "未校对, 已校对, 已核对", Slot::Text(at!(proofread)))
        .column().shown(),
    Field::<Record>::new("split_level", "0", "as in site.toml, for this document",
        Slot::Aside(|record, fields, report| record.split_level = super::split_level(fields, report))),
    Field::<Record>::new("draft", "true", "leaves the document out unless `--drafts` is given",
        Slot::Aside(|record, fields, report| record.draft = fields.flag("draft", report).unwrap_or_default())),
    Field::<Record>::table("section_aliases", "s4 = \"s3\"", "an id that a section had before, and what stands for it: [Addresses that last](#addresses-that-last)",
        |record, fields, report| record.section_aliases = fields.text_table("section_aliases", report)),
    Field::<Record>::table("original", "", "",
        |record, fields, report| record.original = Original::read(fields, report))
        .shown(),
    Field::<Record>::table("sources", "", "",
        |record, fields, report| record.more_sources = source::read(fields, report))
        .shown(),
    Field::<Record>::table("extra", "shelf = \"B 12\"", "anything else; templates read it as `doc.extra`",
        |record, fields, report| record.extra = fields.free("extra", report)),
];

/// Whether a field has this name, in the record or in a Chinese catalogue.
pub(super) fn is_name(name: &str) -> bool {
    RECORD.iter().any(|field| field.name == name || field.chinese.contains(&name))
}

/// Names in the order in which a record is written; those of a table behind its own, with a dot.
pub(super) fn order() -> &'static [&'static str] {
    static ORDER: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        fn inner<T>(table: &'static str, fields: &'static [Field<T>]) -> impl Iterator<Item = &'static str> {
            fields.iter().map(move |field| &*format!("{table}.{}", field.name).leak())
        }
        let own = RECORD.iter().map(|field| field.name);
        let authors = inner("authors", AUTHOR).chain(inner("sources", SOURCE));
        let originals = inner("original", original::FIELDS).chain(inner("sources.original", original::FIELDS));
        own.chain(authors).chain(originals).collect()
    });
    &ORDER
}

/// The rows of the guide's three tables: the record, its authors, its further sources.
pub fn guide() -> [Vec<String>; 3] {
    let mut record = Vec::new();
    for field in RECORD {
        match (field.name, &field.slot) {
            ("original", _) => record.extend(rows("[original]", original::FIELDS)),
            ("sources", _) => {}
            (name, Slot::Table(_)) => record.push(row(&format!("`[{name}]` "), field.example, field.what)),
            (name, _) => record.push(row("", &format!("{name} = {}", field.example), field.what)),
        }
    }
    [record, rows("[[authors]]", AUTHOR), rows("[[sources]]", SOURCE)]
}

fn rows<T>(table: &str, fields: &[Field<T>]) -> Vec<String> {
    let inner = table.trim_matches(['[', ']']);
    let row_of = |field: &Field<T>| match field.slot {
        Slot::Table(_) => row(&format!("`[{inner}.{}]` ", field.name), field.example, field.what),
        _ => row(&format!("`{table}` "), &format!("{} = {}", field.name, field.example), field.what),
    };
    fields.iter().map(row_of).collect()
}

fn row(table: &str, example: &str, what: &str) -> String {
    let space = if what.is_empty() { "" } else { " " };
    format!("| {table}`{example}` | {what}{space}|")
}

/// The names of the record's fields, for whatever reads one.
pub(crate) const VOCABULARY: Vocabulary = Vocabulary {
    translated: |chinese| RECORD.iter().find(|field| field.chinese.contains(&chinese)).map(|field| field.name),
    is_list: |name| RECORD.iter().any(|field| field.is_list() && field.name == name),
};
