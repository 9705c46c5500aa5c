//! BibTeX, in the fields of BibLaTeX 3: an `@online` entry with an EDTF date.
//!
//! The biblatex crate reads the format well, but what it writes was not taken: it escapes `~` in the date `1950~`, which
//! Biber then cannot read, and sets `\\`, `\~` and `\^`, which are a line's end and two accents, for the characters. A name
//! that the record does not split stands in braces, which BibTeX takes as one word and never turns round.

use super::cited::Cited;
use super::work::Work;
use crate::record::person::{Person, Role};

/// The download.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    work.record().is_described().then(|| text(&Cited::whole(*work)).into_bytes())
}

/// One entry.
pub(crate) fn text(cited: &Cited<'_>) -> String {
    let record = cited.record();
    let people = cited.authors();
    let names = |wanted: &[Role]| {
        let names = people.iter().filter(|person| wanted.contains(&Role::of(person))).map(name);
        Some(names.collect::<Vec<_>>().join(" and ")).filter(|names| !names.is_empty())
    };
    let escape = |value: Option<String>| value.map(|value| escaped(&value));
    // Dates, addresses and keys of languages have no escapes.
    let fields = [
        ("author", names(&[Role::Author])),
        ("editor", names(&[Role::Editor, Role::Compiler])),
        ("translator", names(&[Role::Translator])),
        ("annotator", names(&[Role::Contributor])),
        // In braces, so that no style changes its capitals.
        ("title", Some(format!("{{{}}}", escaped(&cited.title())))),
        ("date", cited.date().map(|date| date.edtf().to_string())),
        ("organization", escape(cited.publisher().map(str::to_string))),
        ("number", escape(record.doc_number.clone())),
        ("type", escape(record.kind.clone())),
        ("version", cited.edition().map(|number| number.to_string())),
        ("langid", langid(cited.work.language_tag()).map(str::to_string)),
        ("language", Some(cited.work.language_tag().to_string())),
        ("url", cited.address()),
        ("urldate", cited.accessed().map(|date| date.edtf().to_string())),
        ("keywords", escape((!record.subjects.is_empty()).then(|| record.subjects.join(", ")))),
        ("note", escape(record.rights.clone())),
    ];
    let mut text = format!("@online{{{},\n", cited.key());
    for (name, value) in fields {
        if let Some(value) = value {
            text.push_str(&format!("{name} = {{{value}}},\n"));
        }
    }
    text.push_str("}\n");
    text
}

/// A name, turned round only where the record splits it.
fn name(person: &Person) -> String {
    match person.split() {
        Some((family, given)) => format!("{}, {}", escaped(family), escaped(given)),
        None => format!("{{{}}}", escaped(&person.name)),
    }
}

/// A text as LaTeX sets it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(character);
            }
            character => out.push(character),
        }
    }
    out
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
