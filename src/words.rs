//! The interface's words: one file of strings a language, three in the binary and any number in an archive.
//!
//! A word that an archive's own language lacks is said in the nearest language that the binary has, and the gap is told
//! once. How dates are said is a matter of words too ([`DateWords`]).

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use crate::diagnostic::messages::SiteMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::record::date_words::DateWords;
use crate::record::table::VOCABULARY;
use crate::record::{self, fields, slip};
use crate::site::Language;
use crate::text::html::Labels;

/// Beginnings of keys that may be there or not: each stands for one value of a record, or one number.
const OPEN: [&str; 3] = ["kind_", "level_", "date_century_"];

/// Keys that only pages in Chinese read.
const CHINESE: [&str; 4] = ["edition", "editions", "edition_notice", "edition_original"];

/// What a pattern of a date may name.
const DATE_PLACES: [&str; 9] = ["n", "y", "m", "month", "d", "season", "date", "from", "to"];

/// The interface's words in one language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    tag: String,
    texts: BTreeMap<String, String>,
    dates: DateWords,
}

/// A file of strings: its path in messages, and what stands in it.
pub(crate) struct StringsFile {
    /// Path from the archive's root.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Whether the archive wrote it.
    pub own: bool,
}

impl Words {
    /// The language's tag, BCP 47.
    pub(crate) fn tag(&self) -> &str {
        &self.tag
    }

    /// How dates are said.
    pub(crate) fn dates(&self) -> &DateWords {
        &self.dates
    }

    /// A word or sentence; the key itself where there is none, so that the gap is seen.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// A word or sentence, where there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// Words for a test.
    #[cfg(test)]
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        let texts = pairs.iter().map(|(key, text)| ((*key).to_string(), (*text).to_string())).collect();
        Self { texts, ..Self::default() }
    }

    /// The same words in two languages.
    pub(crate) fn pairs<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts.iter().filter_map(|(key, text)| Some((text.as_str(), other.texts.get(key)?.as_str())))
    }

    /// A sentence with a number in it.
    pub(crate) fn with_number(&self, key: &str, number: usize) -> String {
        self.get(key).replace("{n}", &number.to_string())
    }

    /// “1 document”, “12 documents”.
    pub(crate) fn count(&self, key: &str, number: usize) -> String {
        let form = format!("{key}_{}", if number == 1 { "one" } else { "other" });
        self.with_number(&form, number)
    }

    /// What the text's own markup says.
    pub(crate) fn labels(&self) -> Labels {
        let escape = |text: &str| {
            let mut escaped = String::new();
            // Writing into a String cannot fail.
            let _ = pulldown_cmark_escape::escape_html(&mut escaped, text);
            escaped
        };
        let paragraph = escape(self.get("paragraph"));
        let (before, after) = paragraph.split_once("{n}").unwrap_or((&paragraph, ""));
        Labels {
            paragraph: (before.to_string(), after.to_string()),
            heading_link: escape(self.get("heading_link")),
            table: escape(self.get("table")),
            redacted: escape(self.get("redacted")),
        }
    }

    /// All of them, for templates.
    pub(crate) fn value(&self) -> Value {
        Value::from_serializable(&self.texts)
    }
}

/// Reads the files of strings: tag → the built-in file, then the archive's over it, so that an archive may change a single
/// word. `is_read` says whether a template reads a key.
pub(crate) fn read(
    strings: &BTreeMap<String, Vec<StringsFile>>,
    is_read: impl Fn(&str) -> bool,
    report: &mut Report,
) -> BTreeMap<Language, Words> {
    let mut words = BTreeMap::new();
    for (language, tag) in Language::BUILT_IN {
        let mut texts = BTreeMap::new();
        for file in of_tag(strings, tag).filter(|file| !file.own) {
            texts.extend(table(file, report));
        }
        let built_in = texts.clone();
        for file in of_tag(strings, tag).filter(|file| file.own) {
            let own = table(file, report);
            check_keys(file, &own, &built_in, &is_read, report);
            texts.extend(own);
        }
        words.insert(language, Words { tag: tag.to_string(), dates: DateWords::new(&texts), texts });
    }
    let is_built_in = |tag: &str| Language::BUILT_IN.iter().any(|(_, known)| known.eq_ignore_ascii_case(tag));
    for (at, (tag, files)) in strings.iter().filter(|(tag, _)| !is_built_in(tag)).enumerate() {
        let Some(nearest) = words.get(&Language::of(tag)) else { continue };
        let (mut texts, near) = (nearest.texts.clone(), nearest.tag.clone());
        for file in files {
            if !record::language::is_tag(tag) {
                report.push(record::language::malformed(tag).in_file(&*file.name));
                continue;
            }
            let own = table(file, report);
            check_keys(file, &own, &texts, &is_read, report);
            tell_missing(file, &own, &texts, &near, report);
            texts.extend(own);
        }
        words.insert(Language::Own(at), Words { tag: tag.clone(), dates: DateWords::new(&texts), texts });
    }
    words
}

fn of_tag<'a>(
    strings: &'a BTreeMap<String, Vec<StringsFile>>,
    tag: &'static str,
) -> impl Iterator<Item = &'a StringsFile> {
    strings.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(tag)).flat_map(|(_, files)| files)
}

fn table(file: &StringsFile, report: &mut Report) -> BTreeMap<String, String> {
    match toml::from_str(&file.text) {
        Ok(own) => own,
        Err(error) => {
            let source = Source { file: &file.name, text: &file.text };
            for fault in slip::faults(source, &(0..file.text.len()), &[error], VOCABULARY) {
                report.push(fault);
            }
            BTreeMap::new()
        }
    }
}

fn is_open(key: &str) -> bool {
    OPEN.iter().any(|open| key.starts_with(open))
}

/// Keys that nothing reads, and places that nothing fills in.
fn check_keys(
    file: &StringsFile,
    own: &BTreeMap<String, String>,
    known: &BTreeMap<String, String>,
    is_read: impl Fn(&str) -> bool,
    report: &mut Report,
) {
    let source = Source { file: &file.name, text: &file.text };
    let keys: Vec<&str> = known.keys().map(String::as_str).collect();
    for (key, text) in own {
        let start = file.text.match_indices(key.as_str()).map(|(at, _)| at);
        let mut start =
            start.filter(|at| file.text[..*at].rsplit('\n').next().is_some_and(|line| line.trim().is_empty()));
        let at = start.next().unwrap_or(0);
        let span = at..at + key.len();
        match known.get(key) {
            None if is_open(key) || is_read(key) => {}
            None => {
                let near = fields::nearest(key, &keys);
                let message = SiteMessage::UnknownString { key: key.clone(), near: near.map(str::to_string) };
                let fault = Diagnostic::warning(message).at(source, span.clone());
                report.push(
                    match near.filter(|near| file.text.get(span.clone()) == Some(key) && !own.contains_key(*near)) {
                        Some(near) => fault.suggest(source, span, near),
                        None => fault,
                    },
                );
            }
            Some(text_before) => {
                let allowed: BTreeSet<&str> =
                    if key.starts_with("date_") { DATE_PLACES.into() } else { places(text_before).collect() };
                for place in places(text).filter(|place| !allowed.contains(place)) {
                    let names: Vec<String> = allowed.iter().map(|place| format!("{{{place}}}")).collect();
                    let message = SiteMessage::UnknownPlace {
                        place: format!("{{{place}}}"),
                        key: key.clone(),
                        known: (!names.is_empty()).then_some(names),
                    };
                    report.push(Diagnostic::warning(message).at(source, span.clone()));
                }
            }
        }
    }
}

/// The names between braces.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// One warning for all words that a language of the archive's own lacks.
fn tell_missing(
    file: &StringsFile,
    own: &BTreeMap<String, String>,
    known: &BTreeMap<String, String>,
    nearest: &str,
    report: &mut Report,
) {
    let wanted = |key: &&String| !CHINESE.contains(&key.as_str()) && !key.starts_with("date_century_");
    let missing: Vec<&str> =
        known.keys().filter(wanted).filter(|key| !own.contains_key(*key)).map(String::as_str).collect();
    if missing.is_empty() {
        return;
    }
    let message = SiteMessage::MissingStrings {
        count: missing.len(),
        language: nearest.to_string(),
        missing: missing.iter().map(|name| (*name).to_string()).collect(),
    };
    report.push(Diagnostic::warning(message).in_file(&*file.name));
}
