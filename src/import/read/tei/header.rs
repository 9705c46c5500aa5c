//! What the header says about the text, in the fields of the record.

use super::super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::import::flow::{Dated, Flow};
use crate::import::meta::Author;
use crate::record::printed_date;

/// Longest value, in characters.
const VALUE: usize = 2_000;
/// Most values of one kind.
const VALUES: usize = 50;
/// Elements that have a value of the record.
const FIELDS: [&str; 12] = [
    "title",
    "author",
    "editor",
    "publisher",
    "distributor",
    "authority",
    "date",
    "idno",
    "availability",
    "language",
    "term",
    "bibl",
];

/// A value of the header.
struct Value {
    name: String,
    kind: String,
    /// `when` of a date, `ident` of a language.
    stated: String,
    text: String,
}

/// Reads the first header.
pub(super) fn read(name: &str, text: &str, flow: &mut Flow) -> Result<(), Diagnostic> {
    let mut xml = Xml::new(name, text);
    let mut path: Vec<String> = Vec::new();
    loop {
        let element = match xml.next()? {
            Event::Open(element) => element,
            Event::Close(closed) if closed.name().1 == "teiHeader" => return Ok(()),
            Event::Close(_) => {
                path.pop();
                continue;
            }
            Event::Text(_) => continue,
            Event::End => return Ok(()),
        };
        let name = element.name().1.to_string();
        let inside = |name: &str| path.iter().any(|open| open == name);
        if !inside("teiHeader") || !FIELDS.contains(&name.as_str()) {
            path.push(name);
            continue;
        }
        let of = |attribute| xml.attribute(&element, "", attribute);
        let kind = of("type").unwrap_or_default();
        let stated = of("when").or_else(|| of("ident")).unwrap_or_default();
        let (text, dates) = value(&mut xml, &name)?;
        flow.dates.extend(
            dates
                .into_iter()
                .filter(|_| inside("sourceDesc"))
                .map(|date| Dated { date, from: "sourceDesc".to_string() }),
        );
        state(flow, &path, Value { name, kind, stated, text });
    }
}

/// The words of an element, without the identifiers in it, and the days that it states.
fn value(xml: &mut Xml<'_>, name: &str) -> Result<(String, Vec<String>), Diagnostic> {
    let depth = xml.depth();
    let mut words = String::new();
    let mut dates = Vec::new();
    let mut is_named = false;
    while let Some(event) = xml.inside(depth)? {
        match event {
            // A second name is the same in another script.
            Event::Open(element) if matches!(element.name().1, "persName" | "name") && name == "author" && is_named => {
                xml.skip()?;
            }
            Event::Close(closed) => is_named |= matches!(closed.name().1, "persName" | "name"),
            Event::Open(element) if element.name().1 == "idno" && name != "idno" => xml.skip()?,
            Event::Open(element) if element.name().1 == "date" => {
                dates.extend(xml.attribute(&element, "", "when").and_then(|when| day(&when)));
            }
            Event::Text(text) => words.push_str(&text),
            _ => {}
        }
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    Ok((words.join(" ").chars().take(VALUE).collect(), dates))
}

/// A day in the form of the record.
fn day(text: &str) -> Option<String> {
    let text = text.get(..10).unwrap_or(text);
    printed_date::read(text).filter(|date| date.whole).map(|date| date.edtf).or_else(|| {
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_year.then(|| text.to_string())
    })
}

/// Puts a value where it belongs.
fn state(flow: &mut Flow, path: &[String], value: Value) {
    let inside = |name: &str| path.iter().any(|open| open == name);
    let Value { name, kind, stated, text } = value;
    let meta = &mut flow.stated;
    let mut extra = |label: &str, text: String| {
        if !text.is_empty() && meta.extra.len() < VALUES {
            meta.extra.entry(label.to_string()).or_insert(text);
        }
    };
    let of_date = if stated.is_empty() { day(&text) } else { day(&stated) };
    match name.as_str() {
        "language" => return extra("language", if text.is_empty() { stated } else { text }),
        "bibl" if inside("sourceDesc") => return extra("source-description", text),
        "idno" if inside("publicationStmt") => {
            let label = if kind.is_empty() { "idno".to_string() } else { format!("idno-{}", kind.to_lowercase()) };
            return extra(&label, text);
        }
        "date" if inside("sourceDesc") => {
            return flow.dates.extend(of_date.map(|date| Dated { date, from: "sourceDesc".to_string() }));
        }
        _ if text.is_empty() => return,
        _ => {}
    }
    let meta = &mut flow.stated;
    match name.as_str() {
        "title" if inside("titleStmt") && !inside("sourceDesc") => {
            let field =
                if matches!(kind.as_str(), "sub" | "alt" | "short") { &mut meta.subtitle } else { &mut meta.title };
            field.get_or_insert(text);
        }
        "author" if inside("titleStmt") && !inside("sourceDesc") && meta.authors.len() < VALUES => {
            let is_known = meta.authors.iter().any(|author| author.name == text);
            meta.authors.extend((!is_known).then_some(Author { name: text, affiliation: None }));
        }
        "editor" if inside("titleStmt") && !inside("sourceDesc") && meta.editors.len() < VALUES => {
            meta.editors.push(text)
        }
        "publisher" | "distributor" | "authority" if inside("publicationStmt") && !inside("sourceDesc") => {
            meta.source.get_or_insert(text);
        }
        "availability" if inside("publicationStmt") && !inside("sourceDesc") => {
            meta.rights.get_or_insert(text);
        }
        "term" if inside("keywords") && meta.subjects.len() < VALUES => {
            let is_known = meta.subjects.contains(&text);
            meta.subjects.extend((!is_known).then_some(text));
        }
        _ => {}
    }
}
