//! What the keys of front matter mean: each goes to the field of the record that means the same, or keeps its own name.

use super::kept_back;
use super::value::{Map, Value};
use crate::import::meta::{Author, Meta};
use crate::import::read::epub::edtf;
use crate::record::printed_date as date;

/// Where a key goes.
enum Field {
    Title,
    Subtitle,
    Authors,
    Editors,
    Date,
    Created,
    DatePrinted,
    Source,
    Issuer,
    DocNumber,
    IndexNumber,
    Rights,
    Subjects,
    Taxonomies,
    /// A table of the author's own keys, which are read like those above it.
    Own,
    Draft,
    /// A fact without a field, under one name for its several.
    Named(&'static str),
    Other,
}

fn field(key: &str) -> Field {
    match key.to_lowercase().replace('-', "_").as_str() {
        "title" => Field::Title,
        "subtitle" => Field::Subtitle,
        "author" | "authors" | "by" => Field::Authors,
        "editor" | "editors" => Field::Editors,
        "date" => Field::Date,
        "publishdate" | "publish_date" | "pubdate" | "published" => Field::Date,
        "created" => Field::Created,
        "date_printed" => Field::DatePrinted,
        "publisher" | "source" | "source_office" => Field::Source,
        "issuer" => Field::Issuer,
        "doc_number" => Field::DocNumber,
        "index_number" => Field::IndexNumber,
        "rights" | "copyright" | "license" | "licence" => Field::Rights,
        "tag" | "tags" | "keyword" | "keywords" | "subject" | "subjects" | "category" | "categories" => Field::Subjects,
        "taxonomies" => Field::Taxonomies,
        "extra" | "params" => Field::Own,
        "draft" => Field::Draft,
        "lastmod" | "updated" => Field::Named("updated"),
        "description" | "summary" | "abstract" => Field::Named("description"),
        "lang" | "language" => Field::Named("language"),
        "url" | "canonical" | "source_url" | "original_url" => Field::Named("source_url"),
        _ => Field::Other,
    }
}

/// The facts of a front matter.
pub(super) fn of(mut map: Map) -> Meta {
    // What is plainly called the date comes before what may stand in for it, and so does what is not in a table of its own.
    map.sort_by_key(|(key, _)| match field(key) {
        Field::Date if key.eq_ignore_ascii_case("date") => 0,
        Field::Created => 2,
        Field::Taxonomies | Field::Own => 3,
        _ => 1,
    });
    let mut meta = Meta::default();
    for (key, value) in map {
        take(&mut meta, &key, &key, value);
    }
    meta
}

/// Puts one key's value where it belongs. `label` is the key with those above it.
fn take(meta: &mut Meta, key: &str, label: &str, value: Value) {
    look_for_secrets(meta, label, &value);
    let target = match field(key) {
        Field::Title => &mut meta.title,
        Field::Subtitle => &mut meta.subtitle,
        Field::DatePrinted => &mut meta.date_printed,
        Field::Source => &mut meta.source,
        Field::Issuer => &mut meta.issuer,
        Field::DocNumber => &mut meta.doc_number,
        Field::IndexNumber => &mut meta.index_number,
        Field::Rights => &mut meta.rights,
        Field::Authors => return authors(meta, label, value),
        Field::Editors => match value {
            Value::Scalar(names) => return meta.editors.extend(parted(&names, &NAMES)),
            value => match value.scalars() {
                Some(names) => return meta.editors.extend(names.into_iter().map(str::to_string)),
                None => return keep(meta, label, value),
            },
        },
        Field::Date => return publication(meta, label, value),
        Field::Created => return creation(meta, label, value),
        Field::Subjects => return subjects(meta, label, value),
        Field::Taxonomies => return taxonomies(meta, label, value),
        Field::Own => match value {
            Value::Map(map) => {
                for (key, value) in map {
                    take(meta, &key, &format!("{label}.{key}"), value);
                }
                return;
            }
            value => return keep(meta, label, value),
        },
        Field::Draft => {
            let yes = value.scalar().is_some_and(|word| ["true", "yes", "on"].contains(&word.to_lowercase().as_str()));
            return keep(meta, "draft", if yes { Value::Scalar("true".to_string()) } else { value });
        }
        Field::Named(name) => {
            let free = !meta.extra.contains_key(name);
            return keep(meta, if free { name } else { label }, value);
        }
        Field::Other => return keep(meta, label, value),
    };
    match value {
        Value::Scalar(text) if target.is_none() && !text.trim().is_empty() => *target = Some(text.trim().to_string()),
        value => keep(meta, label, value),
    }
}

/// Notes the first key that keeps the text from the public. Below others only Hugo's `build.render` does: `cover.hidden`
/// speaks of a picture.
fn look_for_secrets(meta: &mut Meta, label: &str, value: &Value) {
    if meta.kept_back.is_some() {
        return;
    }
    match value {
        Value::Map(map) if matches!(label, "build" | "_build") => {
            map.iter().for_each(|(key, value)| look_for_secrets(meta, &format!("{label}.{key}"), value));
        }
        value => meta.kept_back = kept_back::reason(label, value),
    }
}

/// Keeps a value under a name of its own.
fn keep(meta: &mut Meta, label: &str, value: Value) {
    if let Some(scalars) = value.scalars() {
        let joined =
            scalars.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("、");
        return keep(meta, label, Value::Scalar(joined));
    }
    match value {
        Value::Nothing => {}
        Value::Scalar(text) => {
            let text = text.trim();
            if text.is_empty() {
                return;
            }
            let all = meta.extra.entry(label.to_string()).or_default();
            if all.is_empty() {
                all.push_str(text);
            } else if all != text {
                all.push('、');
                all.push_str(text);
            }
        }
        Value::List(items) => {
            for (number, item) in (1..).zip(items) {
                keep(meta, &format!("{label}.{number}"), item);
            }
        }
        Value::Map(map) => {
            for (key, value) in map {
                keep(meta, &format!("{label}.{key}"), value);
            }
        }
    }
}

/// What parts names in one scalar. A comma does not: it stands inside Western names too.
const NAMES: [char; 3] = ['、', ';', '；'];
/// What parts subjects in one scalar.
pub(super) const SUBJECTS: [char; 5] = ['、', ';', '；', ',', '，'];

pub(super) fn parted(text: &str, marks: &[char]) -> Vec<String> {
    text.split(marks).map(str::trim).filter(|part| !part.is_empty()).map(str::to_string).collect()
}

fn authors(meta: &mut Meta, label: &str, value: Value) {
    let add = |meta: &mut Meta, name: &str| {
        let name = name.trim().to_string();
        if !name.is_empty() && !meta.authors.iter().any(|author| author.name == name) {
            meta.authors.push(Author { name, affiliation: None });
        }
    };
    match value {
        Value::Nothing => {}
        Value::Scalar(names) => parted(&names, &NAMES).iter().for_each(|name| add(meta, name)),
        Value::List(items) => {
            for (number, item) in (1..).zip(items) {
                match item {
                    Value::Scalar(name) => add(meta, &name),
                    item => person(meta, &format!("{label}.{number}"), item),
                }
            }
        }
        map @ Value::Map(_) => person(meta, label, map),
    }
}

/// A person with particulars. Those that have no field are kept under the person's own label.
fn person(meta: &mut Meta, label: &str, value: Value) {
    let Value::Map(map) = value else { return keep(meta, label, value) };
    let mut author = Author::default();
    let mut rest = Map::new();
    for (key, value) in map {
        match key.to_lowercase().as_str() {
            "name" if author.name.is_empty() && value.scalar().is_some_and(|name| !name.trim().is_empty()) => {
                author.name = value.scalar().unwrap_or_default().trim().to_string();
            }
            "affiliation" | "affiliations" if author.affiliation.is_none() && affiliation(&value).is_some() => {
                author.affiliation = affiliation(&value);
            }
            _ => rest.push((key, value)),
        }
    }
    if author.name.is_empty() {
        // Without a name there is nobody to belong to an institution.
        rest.extend(author.affiliation.map(|name| ("affiliation".to_string(), Value::Scalar(name))));
    } else {
        meta.authors.push(author);
    }
    keep(meta, label, Value::Map(rest));
}

/// An institution by its name, or several.
fn affiliation(value: &Value) -> Option<String> {
    let name = |value: &Value| match value {
        Value::Scalar(name) => Some(name.trim().to_string()),
        Value::Map(map) => match map.as_slice() {
            [(key, Value::Scalar(name))] if key.eq_ignore_ascii_case("name") => Some(name.trim().to_string()),
            _ => None,
        },
        _ => None,
    };
    let names = match value {
        Value::List(items) => items.iter().map(name).collect::<Option<Vec<_>>>()?.join("、"),
        value => name(value)?,
    };
    (!names.is_empty()).then_some(names)
}

/// When it was published. The date is kept as written beside it, when it says more than the record's form of it.
fn publication(meta: &mut Meta, label: &str, value: Value) {
    let free = meta.date.is_none() && meta.date_printed.is_none();
    match value {
        // `published: false` is no date.
        Value::Scalar(text) if free && !is_truth(&text) => {
            let text = text.trim();
            meta.date = record_date(text);
            meta.time = date::read(text).and_then(|date| date.time);
            meta.date_printed = Some(text.to_string()).filter(|text| Some(text) != meta.date.as_ref());
        }
        value => keep(meta, label, value),
    }
}

/// Whether a word says yes, no or nothing.
fn is_truth(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "" | "true" | "false" | "yes" | "no" | "on" | "off")
}

/// When it was written; where nothing else is stated, that is its date.
fn creation(meta: &mut Meta, label: &str, value: Value) {
    if meta.date.is_none() && meta.date_printed.is_none() {
        return publication(meta, label, value);
    }
    let day = value
        .scalar()
        .map(str::trim)
        .filter(|text| meta.created.is_none() && record_date(text).as_deref() == Some(text));
    match day.map(str::to_string) {
        Some(day) => meta.created = Some(day),
        None => keep(meta, label, value),
    }
}

/// A date as EDTF, which a record of fonds has already.
fn record_date(text: &str) -> Option<String> {
    let own = crate::record::date::Date::parse(text).is_ok();
    if own { Some(text.to_string()) } else { edtf(text) }
}

fn subjects(meta: &mut Meta, label: &str, value: Value) {
    let words = match &value {
        Value::Scalar(text) => parted(text, &SUBJECTS),
        value => match value.scalars() {
            Some(words) => {
                words.into_iter().map(|word| word.trim().to_string()).filter(|word| !word.is_empty()).collect()
            }
            None => return keep(meta, label, value.clone()),
        },
    };
    for word in words {
        if !meta.subjects.contains(&word) {
            meta.subjects.push(word);
        }
    }
}

/// Zola's table of classifications. Who wrote a text may be one of them.
fn taxonomies(meta: &mut Meta, label: &str, value: Value) {
    let Value::Map(map) = value else { return subjects(meta, label, value) };
    for (key, value) in map {
        let label = format!("{label}.{key}");
        match field(&key) {
            Field::Authors => authors(meta, &label, value),
            _ => subjects(meta, &label, value),
        }
    }
}
