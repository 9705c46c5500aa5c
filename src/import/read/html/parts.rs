//! How publishing systems name the parts of a page: a list that is data, since every archive meets sites that nobody here has
//! seen, and may name their parts in a file of its own beside `site.toml`.
//!
//! The names of one system are spelled in many ways (`newsContent`, `news_content`, `NEWS-CONTENT`), so they are compared
//! without regard to that.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use dom_query::NodeRef;
use serde::Deserialize;

use crate::diagnostic::messages::TomlMessage;
use crate::diagnostic::{Diagnostic, Source};
use crate::file;
use crate::folder::Folder;

/// The file's name, beside `site.toml`.
const FILE: &str = "page-parts.toml";

/// The list that the program carries.
const OWN: &str = include_str!("page-parts.toml");

/// Longest word that says nothing in a long name.
const SHORT_WORD: usize = 4;

/// The list as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    text: Vec<String>,
    perhaps: Vec<String>,
    furniture: Vec<String>,
    furniture_words: Vec<String>,
    captions: Vec<String>,
}

/// What a name says of the element that bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// It is the text.
    Text,
    /// It may be; the earlier in the list, the likelier.
    Perhaps(usize),
    /// It is no part of the text.
    Furniture,
    /// It holds the words below a picture.
    Caption,
}

/// Names of parts, with what they say.
#[derive(Debug, Default)]
pub struct PageParts {
    /// By the name as [`squeezed`] spells it, behind `.` `#` or nothing; attributes as they are written.
    exact: HashMap<String, Says>,
    /// Names of which an end is open, without their `*`.
    open: Vec<Open>,
    /// Words, and pairs of words joined by `-`.
    words: HashSet<String>,
    /// Beginnings of words.
    beginnings: Vec<String>,
}

#[derive(Debug)]
struct Open {
    sign: char,
    name: String,
    before: bool,
    after: bool,
    says: Says,
}

/// The program's own names.
pub(crate) static KNOWN: LazyLock<PageParts> = LazyLock::new(|| PageParts::with("").unwrap_or_default());

impl PageParts {
    /// The program's names and an archive's.
    ///
    /// # Errors
    /// The archive's file is no such list.
    pub(crate) fn with(added: &str) -> Result<Self, toml::de::Error> {
        let mut parts = Self::default();
        for written in [toml::from_str::<Written>(added)?, toml::from_str::<Written>(OWN)?] {
            parts.add(&written);
        }
        Ok(parts)
    }

    /// The program's names and those of the archive in a folder.
    ///
    /// # Errors
    /// The archive's file cannot be read, or is no such list.
    pub(crate) fn of_archive(root: &Folder) -> Result<Self, Diagnostic> {
        if !root.has(FILE) {
            return Self::with("").map_err(|_| Diagnostic::error(TomlMessage::FileNotToml));
        }
        let text = file::read_text(root, FILE)?;
        Self::with(&text).map_err(|error| {
            let fault = Diagnostic::error(TomlMessage::FileNotToml);
            fault.at(Source { file: FILE, text: &text }, error.span().unwrap_or(0..0))
        })
    }

    fn add(&mut self, written: &Written) {
        for name in &written.text {
            self.name(name, Says::Text);
        }
        for name in &written.perhaps {
            let rank = self.exact.len() + self.open.len();
            self.name(name, Says::Perhaps(rank));
        }
        for name in &written.furniture {
            self.name(name, Says::Furniture);
        }
        for name in &written.captions {
            self.name(name, Says::Caption);
        }
        for word in &written.furniture_words {
            match word.strip_suffix('*') {
                Some(beginning) => self.beginnings.push(plain(beginning)),
                None => drop(self.words.insert(plain(word))),
            }
        }
    }

    /// The first that says something of a name holds.
    fn name(&mut self, name: &str, says: Says) {
        let sign = name.chars().next().filter(|sign| matches!(sign, '.' | '#')).unwrap_or(' ');
        let inner = name.trim_start_matches(['.', '#']);
        let (before, after) = (inner.starts_with('*'), inner.ends_with('*'));
        if before || after {
            self.open.push(Open { sign, name: squeezed(inner.trim_matches('*')), before, after, says });
        } else if name.starts_with('[') {
            self.exact.entry(name.to_ascii_lowercase()).or_insert(says);
        } else {
            self.exact.entry(format!("{sign}{}", squeezed(inner))).or_insert(says);
        }
    }

    /// What an element's names say of it: first that it is the text, last that it is none.
    pub(super) fn say(&self, node: &NodeRef<'_>, names: &mut Names) -> Option<Says> {
        let element = node.element_ref()?;
        let mut says = self.exact.get(format!(" {}", element.name.local).as_str()).copied();
        for attribute in &element.attrs {
            let (name, value) = (&*attribute.name.local, &*attribute.value);
            let told = match name {
                "class" => value.split_ascii_whitespace().filter_map(|class| names.say(self, '.', class)).min(),
                "id" => names.say(self, '#', value),
                "role" | "itemprop" | "property" | "aria-hidden" => {
                    self.exact.get(format!("[{name}={value}]").to_ascii_lowercase().as_str()).copied()
                }
                _ => None,
            };
            says = [says, told].into_iter().flatten().min();
        }
        says
    }

    fn of_name(&self, sign: char, name: &str) -> Option<Says> {
        let whole = squeezed(name);
        let exact = self.exact.get(format!("{sign}{whole}").as_str()).copied();
        let opens = self.open.iter().filter(|open| open.sign == sign && open.holds(&whole)).map(|open| open.says);
        let named = exact.into_iter().chain(opens).min();
        named.or_else(|| self.is_furniture(&plain(name)).then_some(Says::Furniture))
    }

    /// Whether a word of the name is one of furniture, or two that follow each other. In a long name a short word says
    /// nothing: `enable-in-article-ad` is a switch.
    fn is_furniture(&self, name: &str) -> bool {
        let words: Vec<&str> = name.split('-').filter(|word| !word.is_empty()).collect();
        let says = |word: &str| {
            let most = if word.len() <= SHORT_WORD { 3 } else { 5 };
            let begins = || self.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()));
            words.len() <= most && (self.words.contains(word) || begins())
        };
        words.iter().any(|word| says(word)) || words.windows(2).any(|pair| self.words.contains(pair.join("-").as_str()))
    }
}

impl Open {
    fn holds(&self, name: &str) -> bool {
        match (self.before, self.after) {
            (true, true) => name.contains(&self.name),
            (true, false) => name.ends_with(&self.name),
            _ => name.starts_with(&self.name),
        }
    }
}

/// Names that a page has had already, with what they say: a page has thousands of elements and some dozens of names.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<(char, String), Option<Says>>);

impl Names {
    fn say(&mut self, parts: &PageParts, sign: char, name: &str) -> Option<Says> {
        let key = (sign, name.to_string());
        *self.0.entry(key).or_insert_with(|| parts.of_name(sign, name))
    }
}

/// The words that names of an element are made of.
pub(super) fn words_of(names: &str) -> impl Iterator<Item = String> {
    names.split_ascii_whitespace().flat_map(|name| {
        let name = plain(name);
        name.split('-').map(str::to_string).chain([name.clone()]).collect::<Vec<_>>()
    })
}

/// A name without its joints: systems write `main_text`, `mainText` and `maintext`.
fn squeezed(name: &str) -> String {
    plain(name).replace('-', "")
}

/// `newsContent`, `news_content` and `NEWS-CONTENT` as `news-content`.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for character in name.chars() {
        let joint = matches!(character, '_' | '-' | ':' | '.');
        let begins = character.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (begins || joint) && !plain.ends_with('-') && !plain.is_empty() {
            plain.push('-');
        }
        if !joint {
            plain.push(character.to_ascii_lowercase());
        }
        before = character;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> Option<Says> {
        let document = dom_query::Document::from(html);
        let node = document.select("body > *").nodes().first().copied().expect("an element");
        KNOWN.say(&node, &mut Names::default())
    }

    #[test]
    fn names_are_compared_however_they_are_spelled() {
        for spelled in ["newsContent", "news_content", "NEWS-CONTENT", "news__content"] {
            assert_eq!(plain(spelled), "news-content", "{spelled}");
        }
        assert_eq!(said("<div id=UCAP-CONTENT>"), Some(Says::Text));
        assert_eq!(said("<div class='wide TRS_Editor'>"), Some(Says::Text));
        assert_eq!(said("<div id=vsb_content_41>"), Some(Says::Text));
        assert!(matches!(said("<div class=my-post-content-box>"), Some(Says::Perhaps(_))));
        assert_eq!(said("<div class=shareBar>"), Some(Says::Furniture));
        assert_eq!(said("<div class=shareholders>"), None);
        assert_eq!(said("<div class=enableInArticleAd>"), None);
        assert_eq!(said("<div class=elementor-widget-container>"), None);
        assert_eq!(said("<div id=aboutAuthor>"), Some(Says::Furniture));
        assert_eq!(said("<nav>"), Some(Says::Furniture));
    }

    #[test]
    fn an_archive_names_more() {
        let parts = PageParts::with("text = ['.ferry-words']\nfurniture-words = ['timetable']").expect("a list");
        assert_eq!(parts.of_name('.', "ferryWords"), Some(Says::Text));
        assert_eq!(parts.of_name('#', "west-timetable"), Some(Says::Furniture));
        assert!(PageParts::with("texts = []").is_err());
    }
}
