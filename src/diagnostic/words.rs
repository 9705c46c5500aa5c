//! The words of everything that the program says, a folder of files for each language.
//!
//! The files are in the format of Project Fluent, read by the crates fluent-bundle and fluent-syntax 0.16 and 0.12 (May
//! 2025; Apache-2.0 or MIT), which the Rust compiler uses for its own messages. They are taken because one sentence in
//! another language needs another order, plural or choice of words, and because arguments have names that a test can compare.
//! Releases are rare and a hundred issues are open, most of them on features that are not used here; the format is stable
//! since 2019. Looked at and not taken: gettext (no plural or choice by argument, and the keys are English sentences),
//! rust-i18n (places filled in by text replacement, no plurals), icu_messageformat (not released).
//!
//! Arguments are set in as they are, without the invisible marks by which Fluent keeps texts of two directions apart: a
//! terminal shows them as boxes, and what is printed here is copied into files.
//!
//! Traditional Chinese is the simplified words, converted by OpenCC's tables before the program puts names into them.

use std::borrow::Cow;
use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use include_dir::{Dir, include_dir};

use super::lang::Lang;
use super::phrase::{Arguments, Phrase};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/diagnostic/words");

/// The words of one language.
type Words = FluentBundle<FluentResource>;

/// The files of a language, with their names.
pub(crate) fn files(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = FILES.get_dir(folder).into_iter().flat_map(Dir::files);
    files.filter_map(|file| Some((file.path().file_name()?.to_str()?, file.contents_utf8()?)))
}

fn words(lang: Lang) -> &'static Words {
    static WORDS: [OnceLock<Words>; 3] = [const { OnceLock::new() }; 3];
    WORDS[lang as usize].get_or_init(|| read(lang))
}

fn read(lang: Lang) -> Words {
    let locale = lang.tag().parse().unwrap_or_default();
    let mut words = FluentBundle::new_concurrent(vec![locale]);
    words.set_use_isolating(false);
    let folder = if lang.is_chinese() { Lang::Simplified } else { lang };
    let converter = match lang {
        Lang::Traditional => OpenCC::from_config(BuiltinConfig::S2t).ok(),
        _ => None,
    };
    for (_, text) in files(folder.tag()) {
        let text = converter.as_ref().map_or(Cow::Borrowed(text), |converter| Cow::Owned(converter.convert(text)));
        // What cannot be read in a file is left out; a test reads them all.
        let resource = FluentResource::try_new(text.into_owned()).unwrap_or_else(|(resource, _)| resource);
        words.add_resource_overriding(resource);
    }
    words
}

/// Says a phrase.
pub fn say(phrase: &dyn Phrase, lang: Lang) -> String {
    let id = phrase.id();
    find(&id, None, &phrase.arguments(lang), lang).unwrap_or(id)
}

/// The remedy that belongs to a phrase, where there is one.
pub fn help(phrase: &dyn Phrase, lang: Lang) -> Option<String> {
    find(&phrase.id(), Some("help"), &phrase.arguments(lang), lang).filter(|help| !help.is_empty())
}

/// Words by their name alone, where a language has them.
pub fn text(id: &str, lang: Lang) -> Option<String> {
    find(id, None, &Arguments::new(), lang)
}

/// The same with arguments.
pub fn with(id: &str, arguments: &[(&'static str, &str)], lang: Lang) -> Option<String> {
    let mut all = Arguments::new();
    arguments.iter().for_each(|(name, value)| all.set(*name, (*value).to_string()));
    find(id, None, &all, lang)
}

/// An attribute of words, such as the long form of a description.
pub fn attribute(id: &str, name: &str, lang: Lang) -> Option<String> {
    find(id, Some(name), &Arguments::new(), lang)
}

fn find(id: &str, attribute: Option<&str>, arguments: &Arguments, lang: Lang) -> Option<String> {
    let words = words(lang);
    let message = words.get_message(id)?;
    let pattern = match attribute {
        None => message.value()?,
        Some(name) => message.get_attribute(name)?.value(),
    };
    Some(words.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned())
}

#[cfg(test)]
mod tests;
