//! The front matter of other generators' Markdown: what Zola, Hugo, Jekyll, Pandoc, Quarto and fonds itself write above a
//! text, as facts of the record.
//!
//! It comes as TOML between `+++`, as YAML between `---`, as a JSON object or as Pandoc's `%` lines. All four are brought to
//! one tree of scalars, and from there each key goes to the field that means the same. Nothing is lost: what has no field
//! keeps its own name among the extra facts, nested keys joined with dots.
//!
//! Scalars keep their spelling. A generic value would make 1.1 of the edition `1.10`, `false` of the language `no` and 493
//! of the shelf mark `0755`; so the text is taken from where the parser says it stands, and the parser's own reading of
//! numbers and truth is not used. For that YAML is read by serde-saphyr, which tells places and limits depth, aliases and
//! merges, and JSON is read by it too, being YAML as well; TOML is read by toml's spanned
//! tree.

mod facts;
mod kept_back;
mod value;

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, NonFiniteFloatPolicy, Spanned};
use toml::de::{DeTable, DeValue};

use self::value::{Map, Value};
use crate::diagnostic::messages::CaptureMessage;
use crate::diagnostic::{Diagnostic, Source};
use crate::import::meta::Meta;

/// What the front matter of a text states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The facts.
    pub meta: Meta,
    /// How many lines it takes, so that the body's lines can be counted in the file.
    pub lines: usize,
}

/// Splits a text into what its front matter states and its body.
///
/// A first line of `---` or `+++` that nothing closes, or that closes around no keys, begins no front matter and stays in
/// the body: it is a rule drawn above the text.
///
/// Errors: `front-matter`, placed in the text; the file's name is left for the caller to add.
pub(crate) fn split(text: &str) -> Result<(Option<Stated>, &str), Diagnostic> {
    let found = match text.lines().next().unwrap_or_default().trim_end() {
        "+++" => between(text, &["+++"]).map(|(inner, body)| Ok((toml(text, inner)?, body))),
        "---" => {
            between(text, &["---", "..."]).and_then(|(inner, body)| Some(yaml(text, inner)?.map(|map| (map, body))))
        }
        first if first.starts_with('{') => json(text),
        first if first == "%" || first.starts_with("% ") => Some(Ok(title_block(text))),
        _ => None,
    };
    let Some(found) = found else { return Ok((None, text)) };
    let (map, body) = found?;
    let above = text.len() - body.len();
    let lines = text.get(..above).map_or(0, |above| above.lines().count());
    Ok((Some(Stated { meta: facts::of(map), lines }), body))
}

/// What stands between the first line and the next that is one of `marks`, and what follows.
fn between<'a>(text: &'a str, marks: &[&str]) -> Option<(&'a str, &'a str)> {
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        let end = at + line.len();
        if marks.contains(&line.trim_end()) {
            return Some((text.get(start..at)?, text.get(end..)?));
        }
        at = end;
    }
    None
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

fn fault(text: &str, at: usize, message: &str) -> Diagnostic {
    let message = message.lines().next().unwrap_or_default();
    // Parsers add the place, counted from where they began.
    let message = message.rsplit_once(" at line ").map_or(message, |(message, _)| message);
    Diagnostic::error(CaptureMessage::FrontMatterUnreadable { why: message.to_string() })
        .at(Source { file: "", text }, at..at + 1)
}

fn toml(text: &str, inner: &str) -> Result<Map, Diagnostic> {
    let table = DeTable::parse(inner).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        fault(text, offset(text, inner) + at, error.message())
    })?;
    Ok(toml_table(table.get_ref(), inner))
}

/// A table in the order in which it is written.
fn toml_table(table: &DeTable<'_>, toml: &str) -> Map {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.into_iter().map(|(key, value)| (key.get_ref().to_string(), toml_value(value, toml))).collect()
}

fn toml_value(value: &toml::Spanned<DeValue<'_>>, toml: &str) -> Value {
    match value.get_ref() {
        DeValue::String(text) => Value::Scalar(text.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| toml_value(item, toml)).collect()),
        DeValue::Table(table) => Value::Map(toml_table(table, toml)),
        _ => Value::Scalar(toml.get(value.span()).unwrap_or_default().to_string()),
    }
}

/// `None` when what stands between the lines is no front matter but text between two rules.
fn yaml(text: &str, inner: &str) -> Option<Result<Map, Diagnostic>> {
    match yaml_value(inner) {
        Ok(Value::Map(map)) => Some(Ok(map)),
        Ok(Value::Nothing) if inner.trim().is_empty() || inner.trim_start().starts_with('#') => Some(Ok(Map::new())),
        Ok(_) => None,
        Err((at, message)) => begins_with_key(inner).then(|| Err(fault(text, offset(text, inner) + at, &message))),
    }
}

/// Whether the first line that says something says `key:`.
fn begins_with_key(yaml: &str) -> bool {
    let first = yaml.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    first.and_then(|line| line.split_once(':')).is_some_and(|(key, rest)| {
        !key.is_empty()
            && !key.contains(char::is_whitespace)
            && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
    })
}

/// A YAML document, or the offset and the message of its first fault.
fn yaml_value(yaml: &str) -> Result<Value, (usize, String)> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options::<Option<Spanned<Node>>>(yaml, options) {
        Ok(node) => Ok(node.map_or(Value::Nothing, |node| spelled(node, yaml))),
        Err(error) => {
            let place = error.location().map_or((1, 1), |location| (location.line(), location.column()));
            Err((at_place(yaml, place.0, place.1), error.to_string()))
        }
    }
}

/// The byte at a line and a column in characters, both from 1.
fn at_place(text: &str, line: u64, column: u64) -> usize {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines.by_ref().take(number(line)).map(str::len).sum();
    let line = lines.next().unwrap_or_default();
    before + line.char_indices().nth(number(column)).map_or(line.trim_end().len(), |(at, _)| at)
}

/// A YAML node before its spelling is looked up.
enum Node {
    Nothing,
    Text(String),
    /// A number or truth value, as the parser would write it.
    Plain(String),
    List(Vec<Spanned<Node>>),
    Map(Vec<(String, Spanned<Node>)>),
}

fn spelled(node: Spanned<Node>, yaml: &str) -> Value {
    match node.value {
        Node::Nothing => Value::Nothing,
        Node::Text(text) => Value::Scalar(text),
        Node::Plain(reading) => {
            let span = node.defined.span();
            let range = span.byte_offset().zip(span.byte_len()).and_then(|(start, length)| {
                let start = usize::try_from(start).ok()?;
                Some(start..start.checked_add(usize::try_from(length).ok()?)?)
            });
            let written = range.and_then(|range| yaml.get(range)).map(str::trim);
            let one_word = written.filter(|word| !word.is_empty() && !word.contains(char::is_whitespace));
            Value::Scalar(one_word.map_or(reading, str::to_string))
        }
        Node::List(items) => Value::List(items.into_iter().map(|item| spelled(item, yaml)).collect()),
        Node::Map(entries) => Value::Map(entries.into_iter().map(|(key, value)| (key, spelled(value, yaml))).collect()),
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

/// Takes whatever stands there.
struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a scalar, a list or keys with values")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_string()))
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Plain(truth.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_i128<E: de::Error>(self, number: i128) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_u128<E: de::Error>(self, number: u128) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Plain(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}

/// An object at the start of a text; `None` when the brace begins anything else, such as a shortcode.
fn json(text: &str) -> Option<Result<(Map, &str), Diagnostic>> {
    if !text.get(1..)?.trim_start().starts_with(['"', '}']) {
        return None;
    }
    let mut objects = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    if let Err(error) = objects.next()? {
        // Its columns are bytes.
        let line = at_place(text, error.line() as u64, 1);
        return Some(Err(fault(text, line + error.column().saturating_sub(1), &error.to_string())));
    }
    let (object, rest) = text.split_at_checked(objects.byte_offset())?;
    let (line, body) = rest.split_once('\n').unwrap_or((rest, ""));
    if !line.trim().is_empty() {
        return None;
    }
    match yaml_value(object) {
        Ok(Value::Map(map)) => Some(Ok((map, body))),
        Ok(_) => None,
        Err((at, message)) => Some(Err(fault(text, at, &message))),
    }
}

/// Pandoc's lines of title, authors and date, each begun with `%` and carried on by lines that begin with a space.
fn title_block(text: &str) -> (Map, &str) {
    const KEYS: [&str; 3] = ["title", "authors", "date"];
    let mut map = Map::new();
    let mut rest = text;
    for key in KEYS {
        let Some(field) = rest.strip_prefix('%') else { break };
        let mut end = 0;
        for (number, line) in field.split_inclusive('\n').enumerate() {
            if number > 0 && (!line.starts_with([' ', '\t']) || line.trim().is_empty()) {
                break;
            }
            end += line.len();
        }
        let (lines, after) = field.split_at(end);
        rest = after;
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        let value = if key == "authors" {
            let names = lines.flat_map(|line| line.split(';')).map(str::trim).filter(|name| !name.is_empty());
            Value::List(names.map(|name| Value::Scalar(name.to_string())).collect())
        } else {
            Value::Scalar(lines.collect::<Vec<_>>().join(" "))
        };
        map.push((key.to_string(), value));
    }
    (map, rest)
}

#[cfg(test)]
mod tests;
