//! CSL-JSON (Citation Style Language 1.0.2, data schema): what citation programs read and Zotero imports.
//!
//! A document is a `webpage`. Names that the record does not split are `literal`, so that no style turns a Chinese name
//! round. hayagriva and citationberg read this format and do not write it from a record; it is one JSON object.

use serde_json::{Map, Value, json};

use super::cited::Cited;
use super::work::Work;
use crate::record::date::Date;
use crate::record::person::{Person, Role};

/// The download: a list of one item, as programs expect it.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    work.record().is_described().then(|| text(&Cited::whole(*work)).into_bytes())
}

/// One item as text.
pub(crate) fn text(cited: &Cited<'_>) -> String {
    let mut text = serde_json::to_string_pretty(&json!([item(cited)])).unwrap_or_default();
    text.push('\n');
    text
}

/// The same in one line.
pub(crate) fn line(cited: &Cited<'_>) -> String {
    serde_json::to_string(&json!([item(cited)])).unwrap_or_default()
}

/// One item.
pub(crate) fn item(cited: &Cited<'_>) -> Value {
    let record = cited.record();
    let site = &cited.work.archive.site;
    let mut item = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(key.to_string(), value);
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::from);
    put("id", Some(cited.key().into()));
    put("type", Some("webpage".into()));
    put("title", Some(cited.title().into()));
    for (field, people) in by_role(&cited.authors()) {
        put(field, Some(people.iter().map(name).collect()));
    }
    put("issued", cited.date().map(|day| date(cited, day)));
    put("accessed", cited.accessed().map(|day| date(cited, day)));
    put("URL", cited.address().map(Value::from));
    put("publisher", cited.publisher().map(Value::from));
    put("container-title", Some(site.title.clone().into()));
    put("archive", text(&site.publisher));
    put("number", text(&record.doc_number));
    put("version", cited.edition().map(|number| number.to_string().into()));
    put("genre", text(&record.kind));
    put("language", Some(cited.work.language_tag().into()));
    put("keyword", (!record.subjects.is_empty()).then(|| record.subjects.join(", ").into()));
    Value::Object(item)
}

/// CSL's fields for people, by what their roles say.
fn by_role(people: &[Person]) -> Vec<(&'static str, Vec<Person>)> {
    let mut fields: Vec<(&str, Vec<Person>)> = Vec::new();
    for person in people {
        let field = csl_field(Role::of(person));
        match fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, people)) => people.push(person.clone()),
            None => fields.push((field, vec![person.clone()])),
        }
    }
    fields
}

fn csl_field(role: Role) -> &'static str {
    match role {
        Role::Author => "author",
        Role::Editor => "editor",
        Role::Translator => "translator",
        Role::Compiler => "compiler",
        Role::Contributor => "contributor",
    }
}

fn name(person: &Person) -> Value {
    match person.split() {
        Some((family, given)) => json!({ "family": family, "given": given }),
        None => json!({ "literal": person.name }),
    }
}

/// A CSL date: its calendar parts, and whether it is about right; in words where it has none.
fn date(cited: &Cited<'_>, date: &Date) -> Value {
    let parts: Vec<Vec<i64>> = date
        .calendar()
        .into_iter()
        .map(|(year, month, day)| {
            let smaller = month.into_iter().chain(month.and(day)).map(i64::from);
            std::iter::once(year).chain(smaller).collect()
        })
        .collect();
    if parts.is_empty() {
        return json!({ "literal": cited.work.english.dates().say(date) });
    }
    match date.is_qualified() {
        true => json!({ "date-parts": parts, "circa": true }),
        false => json!({ "date-parts": parts }),
    }
}
