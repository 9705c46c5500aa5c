//! BibTeX, in the fields of BibLaTeX 3: an `@online` entry with an EDTF date.
//!
//! Escaping and braces are the biblatex crate's, typst's own reader and writer of the format. A name that the record does
//! not split stands in braces, which BibTeX takes as one word and never turns round.

use biblatex::{Chunk, Entry, EntryType, Spanned};

use super::cited::Cited;
use super::work::Work;
use crate::record::person::{Person, Role};

/// The download.
pub fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    work.record().is_described().then(|| text(&Cited::whole(*work)).into_bytes())
}

/// One entry.
pub fn text(cited: &Cited<'_>) -> String {
    let record = cited.record();
    let mut entry = Entry::new(cited.key(), EntryType::Online);
    let plain = |text: &str| vec![Spanned::detached(Chunk::Normal(text.to_string()))];
    // In braces, so that no style changes its capitals.
    entry.set("title", vec![Spanned::detached(Chunk::Verbatim(cited.title()))]);
    let people = cited.authors();
    for (field, wanted) in [
        ("author", &[Role::Author][..]),
        ("editor", &[Role::Editor, Role::Compiler]),
        ("translator", &[Role::Translator]),
        ("annotator", &[Role::Contributor]),
    ] {
        let people: Vec<&Person> = people.iter().filter(|person| wanted.contains(&Role::of(person))).collect();
        if !people.is_empty() {
            entry.set(field, names(&people));
        }
    }
    let facts = [
        ("date", cited.date().map(|date| date.edtf().to_string())),
        ("organization", cited.publisher().map(str::to_string)),
        ("number", record.doc_number.clone()),
        ("type", record.kind.clone()),
        ("langid", langid(cited.work.language_tag()).map(str::to_string)),
        ("language", Some(cited.work.language_tag().to_string())),
        ("url", cited.address()),
        ("urldate", cited.accessed().map(|date| date.edtf().to_string())),
        ("keywords", (!record.subjects.is_empty()).then(|| record.subjects.join(", "))),
        ("note", record.rights.clone()),
    ];
    for (field, value) in facts {
        if let Some(value) = value {
            entry.set(field, plain(&value));
        }
    }
    let mut text = entry.to_biblatex_string();
    text.push('\n');
    text
}

/// Names joined with `and`.
fn names(people: &[&Person]) -> Vec<Spanned<Chunk>> {
    let mut chunks = Vec::new();
    for (at, person) in people.iter().enumerate() {
        if at > 0 {
            chunks.push(Spanned::detached(Chunk::Normal(" and ".to_string())));
        }
        chunks.push(Spanned::detached(match person.split() {
            Some((family, given)) => Chunk::Normal(format!("{family}, {given}")),
            None => Chunk::Verbatim(person.name.clone()),
        }));
    }
    chunks
}

/// What babel and polyglossia call a language.
fn langid(tag: &str) -> Option<&'static str> {
    match tag.split('-').next().unwrap_or_default() {
        "zh" => Some("chinese"),
        "en" => Some("english"),
        "fr" => Some("french"),
        "de" => Some("german"),
        "ru" => Some("russian"),
        "ja" => Some("japanese"),
        "bo" => Some("tibetan"),
        "ug" => Some("uyghur"),
        _ => None,
    }
}
