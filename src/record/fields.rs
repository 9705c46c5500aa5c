//! Reading a closed set of fields from TOML that a person wrote.
//!
//! serde's derive stops at the first fault and knows no place for a wrong value. An archivist who mends thirty records
//! wants every fault of every record at once, with its line, and a guess at the field that was meant. So the toml
//! crate's spanned tree is walked here: each field is asked for by name, and what nobody asked for is reported.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::control;
use super::several;
use super::slip;
use super::vocabulary::Vocabulary;
use crate::diagnostic::messages::{RecordMessage, ValueType};
use crate::diagnostic::said::Said;
use crate::diagnostic::{Diagnostic, Report, Source};

/// A value with the bytes of the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
}

/// One table of a file, and the names it may hold.
pub(crate) struct Fields<'a> {
    source: Source<'a>,
    offset: usize,
    table: DeTable<'a>,
    /// What the table is called in messages.
    name: &'static str,
    vocabulary: Vocabulary,
    asked: Vec<&'static str>,
    /// The names that stand in it.
    written: BTreeSet<String>,
    /// The whole text, where not all of it could be read.
    unread: Option<Range<usize>>,
}

impl<'a> Fields<'a> {
    /// Parses the TOML in `range` of the file.
    pub(crate) fn parse(
        source: Source<'a>,
        range: Range<usize>,
        name: &'static str,
        vocabulary: Vocabulary,
        report: &mut Report,
    ) -> Self {
        let (table, errors) = DeTable::parse_recoverable(&source.text[range.clone()]);
        slip::faults(source, &range, &errors, vocabulary).into_iter().for_each(|fault| report.push(fault));
        let unread = (!errors.is_empty()).then(|| range.clone());
        let fields = Self { unread, ..Self::of(source, range.start, table.into_inner(), name, vocabulary) };
        // Only an escape such as `\u0007` brings one into TOML.
        if source.text[range].contains('\\') {
            control::refuse(source, fields.offset, &fields.table, report);
        }
        fields
    }

    fn of(source: Source<'a>, offset: usize, table: DeTable<'a>, name: &'static str, vocabulary: Vocabulary) -> Self {
        let written = table.keys().map(|key| key.get_ref().to_string()).collect();
        Self { source, offset, table, name, vocabulary, asked: Vec::new(), written, unread: None }
    }

    /// The file it is read from.
    pub(crate) fn source(&self) -> Source<'a> {
        self.source
    }

    fn shift(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    fn take(&mut self, key: &'static str) -> Option<Located<DeValue<'a>>> {
        self.asked.push(key);
        let (_, value) = self.table.remove_entry(key)?;
        let span = self.shift(value.span());
        Some(Located { value: value.into_inner(), span })
    }

    fn wrong_type(&self, key: &str, wanted: ValueType, found: &Located<DeValue<'a>>, report: &mut Report) {
        let fault = Diagnostic::error(RecordMessage::WrongType {
            field: key.to_string(),
            wanted: Said(wanted),
            found: Said(shape(&found.value)),
            example: example(wanted),
        })
        .at(self.source, found.span.clone());
        report.push(match without_marks(wanted, &found.value) {
            Some(value) if is_quoted(self.source, &found.span) => fault.fix(self.source, found.span.clone(), value),
            _ => fault,
        });
    }

    /// A text; absent when it is empty.
    pub(crate) fn text(&mut self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let found = self.take(key)?;
        let Some(text) = found.value.as_str() else {
            self.wrong_type(key, ValueType::Text, &found, report);
            return None;
        };
        let text = text.trim();
        (!text.is_empty()).then(|| Located { value: text.to_string(), span: found.span.clone() })
    }

    /// A text, without its place.
    pub(crate) fn string(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        self.text(key, report).map(|located| located.value)
    }

    /// A date as text. TOML's own dates and a bare year are taken too, since people write them.
    pub(crate) fn date(&mut self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let found = self.take(key)?;
        let text = match &found.value {
            DeValue::String(text) => text.trim().to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(year) => year.to_string(),
            _ => {
                self.wrong_type(key, ValueType::Date, &found, report);
                return None;
            }
        };
        (!text.is_empty()).then_some(Located { value: text, span: found.span })
    }

    /// An address on the web; anything that is not http or https could run as script in a reader's browser.
    pub(crate) fn address(&mut self, key: &'static str, report: &mut Report) -> Option<String> {
        self.located_address(key, report).map(|located| located.value)
    }

    /// The same with its place.
    pub(crate) fn located_address(&mut self, key: &'static str, report: &mut Report) -> Option<Located<String>> {
        let text = self.text(key, report)?;
        let lower = text.value.to_ascii_lowercase();
        if lower.starts_with("https://") || lower.starts_with("http://") {
            return Some(Located { value: clean_address(&text.value), ..text });
        }
        report.push(self.not_an_address(key, text));
        None
    }

    fn not_an_address(&self, key: &str, text: Located<String>) -> Diagnostic {
        let is_whole = text.value.contains(['.', '/']) && !text.value.contains(char::is_whitespace);
        let meant = is_whole.then(|| format!("https://{}", host_of(&text.value)));
        let message = RecordMessage::NotAnAddress { field: key.to_string(), text: text.value, meant: meant.clone() };
        let fault = Diagnostic::error(message).at(self.source, text.span.clone());
        match meant.filter(|_| is_quoted(self.source, &text.span)) {
            Some(meant) => fault.suggest(self.source, text.span, format!("\"{meant}\"")),
            None => fault,
        }
    }

    /// A list of texts; a single text is a list of one.
    pub(crate) fn strings(&mut self, key: &'static str, report: &mut Report) -> Vec<String> {
        self.located_strings(key, report).into_iter().map(|text| text.value).collect()
    }

    /// The same with their places.
    pub(crate) fn located_strings(&mut self, key: &'static str, report: &mut Report) -> Vec<Located<String>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let one = |text: &str, span: Range<usize>| {
            let value = text.trim().to_string();
            (!value.is_empty()).then_some(Located { value, span })
        };
        let look = |text: &str, span: Range<usize>, report: &mut Report| {
            let told = several::told(self.source, key, text.trim(), span, found.span.clone());
            told.into_iter().for_each(|fault| report.push(fault));
        };
        match &found.value {
            DeValue::String(text) => {
                look(text, found.span.clone(), report);
                one(text, found.span.clone()).into_iter().collect()
            }
            DeValue::Array(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for item in items.iter() {
                    let span = self.shift(item.span());
                    match item.get_ref().as_str() {
                        Some(text) => {
                            look(text, span.clone(), report);
                            texts.extend(one(text, span));
                        }
                        None => {
                            let found = Located { value: item.get_ref().clone(), span };
                            self.wrong_type(key, ValueType::TextList, &found, report);
                        }
                    }
                }
                texts
            }
            _ => {
                self.wrong_type(key, ValueType::TextList, &found, report);
                Vec::new()
            }
        }
    }

    /// A table of texts under keys of a person's own, in the order of the keys.
    pub(crate) fn text_table(
        &mut self,
        key: &'static str,
        report: &mut Report,
    ) -> Vec<(Located<String>, Located<String>)> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let DeValue::Table(table) = &found.value else {
            self.wrong_type(key, ValueType::Table, &found, report);
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(table.len());
        for (name, value) in table.iter() {
            let span = self.shift(value.span());
            match value.get_ref().as_str() {
                Some(text) => texts.push((
                    Located { value: name.get_ref().to_string(), span: self.shift(name.span()) },
                    Located { value: text.trim().to_string(), span },
                )),
                None => {
                    let found = Located { value: value.get_ref().clone(), span };
                    self.wrong_type(name.get_ref(), ValueType::Text, &found, report);
                }
            }
        }
        texts
    }

    /// A whole number.
    pub(crate) fn integer(&mut self, key: &'static str, report: &mut Report) -> Option<Located<i64>> {
        let found = self.take(key)?;
        let number =
            found.value.as_integer().and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        let Some(value) = number else {
            self.wrong_type(key, ValueType::WholeNumber, &found, report);
            return None;
        };
        Some(Located { value, span: found.span })
    }

    /// true or false.
    pub(crate) fn flag(&mut self, key: &'static str, report: &mut Report) -> Option<bool> {
        self.located_flag(key, report).map(|located| located.value)
    }

    /// The same with its place.
    pub(crate) fn located_flag(&mut self, key: &'static str, report: &mut Report) -> Option<Located<bool>> {
        let found = self.take(key)?;
        let Some(value) = found.value.as_bool() else {
            self.wrong_type(key, ValueType::TrueOrFalse, &found, report);
            return None;
        };
        Some(Located { value, span: found.span })
    }

    /// A text that must be one of a few words.
    pub(crate) fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)], report: &mut Report) -> Option<T> {
        let text = self.text(key, report)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        report.push(self.unknown_word(key, text, &known));
        None
    }

    fn unknown_word(&self, key: &str, text: Located<String>, known: &[&str]) -> Diagnostic {
        let near = self.meant(&text.value, known);
        let fault = Diagnostic::error(RecordMessage::UnknownWord {
            field: key.to_string(),
            word: text.value,
            near: near.map(str::to_string),
            known: names(known),
        })
        .at(self.source, text.span.clone());
        match near.filter(|_| is_quoted(self.source, &text.span)) {
            Some(near) => fault.suggest(self.source, text.span, format!("\"{near}\"")),
            None => fault,
        }
    }

    /// A table below this one.
    pub(crate) fn table(&mut self, key: &'static str, report: &mut Report) -> Option<Fields<'a>> {
        let found = self.take(key)?;
        if !matches!(found.value, DeValue::Table(_)) {
            self.wrong_type(key, ValueType::Table, &found, report);
        }
        let DeValue::Table(table) = found.value else { return None };
        Some(self.inner(key, table))
    }

    /// Tables under names of a person's own: `[publish.NAME]`.
    pub(crate) fn named_tables(
        &mut self,
        key: &'static str,
        report: &mut Report,
    ) -> Vec<(Located<String>, Fields<'a>)> {
        let Some(found) = self.take(key) else { return Vec::new() };
        if !matches!(found.value, DeValue::Table(_)) {
            self.wrong_type(key, ValueType::Table, &found, report);
        }
        let DeValue::Table(table) = found.value else { return Vec::new() };
        let mut tables = Vec::with_capacity(table.len());
        for (name, value) in table {
            let (name_span, span) = (self.shift(name.span()), self.shift(value.span()));
            let name = name.into_inner().into_owned();
            match value.into_inner() {
                DeValue::Table(table) => {
                    tables.push((Located { value: name, span: name_span }, self.inner(key, table)));
                }
                value => self.wrong_type(&name, ValueType::Table, &Located { value, span }, report),
            }
        }
        tables
    }

    /// A list whose members are texts or tables: `authors = ["…"]` or `[[authors]]`.
    pub(crate) fn texts_or_tables(&mut self, key: &'static str, report: &mut Report) -> Vec<TextOrTable<'a>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let items = match found.value {
            DeValue::Array(items) => items,
            DeValue::String(text) => {
                let told = several::told(self.source, key, text.trim(), found.span.clone(), found.span.clone());
                told.into_iter().for_each(|fault| report.push(fault));
                return vec![TextOrTable::Text(text.trim().to_string())];
            }
            _ => {
                self.wrong_type(key, ValueType::TextList, &found, report);
                return Vec::new();
            }
        };
        let mut members = Vec::with_capacity(items.len());
        for item in items {
            let span = self.shift(item.span());
            match item.into_inner() {
                DeValue::String(text) if text.trim().is_empty() => {}
                DeValue::String(text) => {
                    let told = several::told(self.source, key, text.trim(), span, found.span.clone());
                    told.into_iter().for_each(|fault| report.push(fault));
                    members.push(TextOrTable::Text(text.trim().to_string()));
                }
                DeValue::Table(table) => members.push(TextOrTable::Table(self.inner(key, table), span)),
                value => self.wrong_type(key, ValueType::TextList, &Located { value, span }, report),
            }
        }
        members
    }

    /// A list of tables: `[[sources]]`.
    pub(crate) fn tables(&mut self, key: &'static str, report: &mut Report) -> Vec<Fields<'a>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = found.value else {
            self.wrong_type(key, ValueType::TableList, &found, report);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            let span = self.shift(item.span());
            match item.into_inner() {
                DeValue::Table(table) => tables.push(self.inner(key, table)),
                value => self.wrong_type(key, ValueType::TableList, &Located { value, span }, report),
            }
        }
        tables
    }

    fn inner(&self, name: &'static str, table: DeTable<'a>) -> Fields<'a> {
        Fields::of(self.source, self.offset, table, name, self.vocabulary)
    }

    /// The free table `[extra]`, as it is.
    pub(crate) fn free(
        &mut self,
        key: &'static str,
        report: &mut Report,
    ) -> serde_json::Map<String, serde_json::Value> {
        let Some(found) = self.take(key) else { return serde_json::Map::new() };
        if let serde_json::Value::Object(map) = json(&found.value) {
            return map;
        }
        self.wrong_type(key, ValueType::Table, &found, report);
        serde_json::Map::new()
    }

    /// Whether a field stands here that may be a misspelling of `key`: then it is not reported as missing too.
    pub(crate) fn has_near_miss(&self, key: &str) -> bool {
        let rest: Vec<&str> = self.table.keys().map(|key| key.get_ref().as_ref()).collect();
        let is_translated = |field: &&str| (self.vocabulary.translated)(field) == Some(key);
        nearest(key, &rest).is_some() || rest.iter().any(is_translated)
    }

    /// Whether a field that was asked for stands in the table.
    pub(crate) fn asked_is_written(&self, key: &str) -> bool {
        self.written.contains(key)
    }

    /// Whether a field stands in a text that could not be read to its end: then its fault is told, and it is not missing.
    pub(crate) fn is_written(&self, key: &str) -> bool {
        let text = self.unread.as_ref().and_then(|range| self.source.text.get(range.clone())).unwrap_or_default();
        text.lines().any(|line| line.trim_start_matches(|sign: char| !sign.is_alphanumeric()).starts_with(key))
    }

    /// The known word that a Chinese name or a misspelling stands for.
    fn meant<'k>(&self, word: &str, known: &[&'k str]) -> Option<&'k str> {
        let translated = known.iter().find(|field| self.is_translation(word, field));
        translated.copied().or_else(|| nearest(word, known))
    }

    fn is_translation(&self, word: &str, field: &str) -> bool {
        (self.vocabulary.translated)(word) == Some(field)
    }

    /// Leaves out fields that are told elsewhere.
    pub(crate) fn pass_over(&mut self, is_told: impl Fn(&str) -> bool) {
        let told: Vec<_> = self.table.keys().filter(|key| is_told(key.get_ref())).cloned().collect();
        told.iter().for_each(|key| drop(self.table.remove(key)));
    }

    /// Reports every field that nobody asked for.
    pub(crate) fn finish(self, report: &mut Report) {
        for key in self.table.keys() {
            let near = self.meant(key.get_ref(), &self.asked);
            let span = self.shift(key.span());
            let fault = Diagnostic::error(RecordMessage::UnknownField {
                field: key.get_ref().to_string(),
                table: self.name.to_string(),
                near: near.map(str::to_string),
                known: names(&self.asked),
                takes_extra: self.asked.contains(&"extra"),
            })
            .at(self.source, span.clone());
            // Where the field that was meant is there already, one of the two must go.
            let near = near.filter(|near| !self.written.contains(*near));
            report.push(match near {
                Some(near) if self.is_translation(key.get_ref(), near) => fault.fix(self.source, span, near),
                Some(near) => fault.suggest(self.source, span, near),
                None => fault,
            });
        }
    }
}

/// A member of a list that takes both.
pub(crate) enum TextOrTable<'a> {
    /// A text.
    Text(String),
    /// A table, and where it stands.
    Table(Fields<'a>, Range<usize>),
}

fn names(known: &[&str]) -> Vec<String> {
    known.iter().map(|name| (*name).to_string()).collect()
}

/// Whether a span is a text between quotation marks on one line, so that another one can stand in its place.
pub(crate) fn is_quoted(source: Source<'_>, span: &Range<usize>) -> bool {
    let text = source.text.get(span.clone()).unwrap_or_default();
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.is_some_and(|inner| !inner.contains(['"', '\n']))
}

/// The known word that was probably meant.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let near = |candidate: &&'a str| {
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
        (distance <= 1 + candidate.chars().count() / 4).then_some((distance, *candidate))
    };
    known.iter().filter_map(near).min().map(|(_, candidate)| candidate)
}

/// An address in which nothing stands that an address cannot hold (RFC 3986, 2): many formats have no escape for it.
/// Letters of all scripts stay.
fn clean_address(address: &str) -> String {
    let mut clean = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                clean.push_str(&format!("%{:02X}", u32::from(character)));
            }
            character => clean.push(character),
        }
    }
    clean
}

/// What a value is.
fn shape(value: &DeValue<'_>) -> ValueType {
    match value {
        DeValue::String(_) => ValueType::Text,
        DeValue::Integer(_) | DeValue::Float(_) => ValueType::Number,
        DeValue::Boolean(_) => ValueType::TrueOrFalse,
        DeValue::Datetime(_) => ValueType::Date,
        DeValue::Array(_) => ValueType::List,
        DeValue::Table(_) => ValueType::Table,
    }
}

/// An address without a beginning that is missing or mistyped.
fn host_of(text: &str) -> &str {
    text.rsplit_once(":/").map_or(text, |(_, rest)| rest).trim_start_matches('/')
}

/// What was meant by a text between quotation marks that need none.
fn without_marks(wanted: ValueType, found: &DeValue<'_>) -> Option<String> {
    let text = found.as_str()?.trim();
    let is_meant = match wanted {
        ValueType::TrueOrFalse => matches!(text, "true" | "false"),
        ValueType::WholeNumber => text.parse::<u32>().is_ok_and(|number| number.to_string() == text),
        _ => false,
    };
    is_meant.then(|| text.to_string())
}

fn example(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Date => "\"1966-05\"",
        ValueType::TextList => "[\"…\", \"…\"]",
        ValueType::TableList => "[{ … }]",
        ValueType::WholeNumber => "1",
        ValueType::TrueOrFalse => "true",
        ValueType::Table => "{ … }",
        _ => "\"…\"",
    }
}

fn json(value: &DeValue<'_>) -> serde_json::Value {
    match value {
        DeValue::String(text) => text.to_string().into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).unwrap_or_default().into(),
        DeValue::Float(number) => number.as_str().parse::<f64>().unwrap_or_default().into(),
        DeValue::Boolean(flag) => (*flag).into(),
        DeValue::Datetime(date) => date.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
        }
    }
}
