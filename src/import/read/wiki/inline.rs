//! What stands within a line: links, emphasis, notes, elements of HTML; and what is set aside before lines are looked at.

use std::collections::HashMap;

use super::marks::{CATEGORIES, FILES, LITERAL, element, outside_link, tag};
use super::{export, marks, pairs};

/// Elements of HTML that a wiki takes as they are.
const TAGS: [&str; 26] = [
    "b",
    "i",
    "u",
    "s",
    "del",
    "ins",
    "strike",
    "sub",
    "sup",
    "br",
    "small",
    "big",
    "code",
    "tt",
    "blockquote",
    "p",
    "pre",
    "ruby",
    "rb",
    "rp",
    "rt",
    "em",
    "strong",
    "cite",
    "var",
    "kbd",
];
/// How deep links and notes stand in each other.
const DEEPEST: usize = 12;
/// The state of a page while its lines are brought to HTML.
#[derive(Debug)]
pub(super) struct Inline<'a> {
    base: Option<&'a str>,
    pub templates: Vec<String>,
    pub categories: Vec<String>,
    pub images: Vec<String>,
    /// The texts of notes, in the order of their marks.
    pub notes: Vec<String>,
    /// Labels of notes by their names.
    names: HashMap<String, usize>,
    /// Texts whose marks are none.
    literal: Vec<String>,
    depth: usize,
}

/// Stands in a text for one that was set aside; the number follows in characters of the private use area.
const ASIDE: char = '\u{f8ff}';

impl<'a> Inline<'a> {
    pub(super) fn new(base: Option<&'a str>) -> Self {
        Self {
            base,
            templates: Vec::new(),
            categories: Vec::new(),
            images: Vec::new(),
            notes: Vec::new(),
            names: HashMap::new(),
            literal: Vec::new(),
            depth: 0,
        }
    }

    /// Takes templates, comments, notes and literal texts out of a page: they may go over many lines.
    pub(super) fn set_aside(&mut self, text: &str) -> String {
        let pairs = pairs::find(text);
        let mut unclosed = Vec::new();
        let mut plain = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let end = pairs.get(&at).copied();
            if let Some(end) = end.filter(|_| rest.starts_with("{{")) {
                self.templates.push(text.get(at..end).unwrap_or_default().to_string());
                at = end;
            } else if let Some(length) = marks::comment(rest) {
                at += length;
            } else if let Some((inside, length)) = element(rest, &LITERAL, &mut unclosed) {
                let is_block = !rest.starts_with("<nowiki") && !rest.starts_with("<math");
                let escaped = escaped_words(inside);
                self.keep(if is_block { format!("<pre>{escaped}</pre>") } else { escaped }, &mut plain);
                at += length;
            } else if let Some((inside, length)) = element(rest, &["ref"], &mut unclosed) {
                let inside = self.without_templates(inside);
                self.note(rest, inside, &mut plain);
                at += length;
            } else {
                let character = rest.chars().next().unwrap_or(' ');
                plain.extend(Some(character).filter(|character| *character != ASIDE));
                at += character.len_utf8();
            }
        }
        plain
    }

    /// A note's text without its templates.
    fn without_templates(&mut self, text: &str) -> String {
        let pairs = pairs::find(text);
        let mut plain = String::new();
        let mut at = 0;
        while let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
            match pairs.get(&at).filter(|_| character == '{') {
                Some(end) => {
                    self.templates.push(text.get(at..*end).unwrap_or_default().to_string());
                    at = *end;
                }
                None => {
                    plain.push(character);
                    at += character.len_utf8();
                }
            }
        }
        plain
    }

    /// Puts HTML where its marks are not looked at.
    fn keep(&mut self, html: String, plain: &mut String) {
        plain.push(ASIDE);
        let number = u32::try_from(self.literal.len()).unwrap_or(0);
        // Two digits of a number system whose digits are private characters.
        for digit in [number / 4096, number % 4096] {
            plain.extend(char::from_u32(0xe000 + digit.min(4095)));
        }
        self.literal.push(html);
    }

    /// The mark of a note, which may be named and referred to again.
    fn note(&mut self, opening: &str, inside: String, plain: &mut String) {
        let tag = opening.split('>').next().unwrap_or_default();
        let name = tag.split("name").nth(1).and_then(|rest| rest.trim_start().strip_prefix('='));
        let name = name.map(|name| name.trim().trim_end_matches('/').trim().trim_matches(['"', '\'']).to_string());
        let known = name.as_ref().and_then(|name| self.names.get(name).copied());
        let label = match known {
            Some(label) => {
                if let Some(text) = self.notes.get_mut(label - 1).filter(|text| text.is_empty()) {
                    *text = inside;
                    return self.note_mark(label, plain);
                }
                if inside.trim().is_empty() {
                    label
                } else {
                    self.notes.push(inside);
                    self.notes.len()
                }
            }
            None => {
                self.notes.push(inside);
                self.notes.len()
            }
        };
        if let Some(name) = name {
            self.names.entry(name).or_insert(label);
        }
        self.note_mark(label, plain);
    }

    fn note_mark(&mut self, label: usize, plain: &mut String) {
        let html = format!("<sup class=\"footnote-reference\"><a href=\"#{label}\">{label}</a></sup>");
        self.keep(html, plain);
    }

    /// A line as HTML.
    pub(super) fn html(&mut self, text: &str) -> String {
        if self.depth > DEEPEST {
            return escaped(text);
        }
        self.depth += 1;
        let pairs = pairs::find(text);
        let mut html = String::with_capacity(text.len() * 2);
        let mut emphasis: Vec<&'static str> = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let link = pairs.get(&at).copied().filter(|_| rest.starts_with("[["));
            let length = match link.and_then(|end| text.get(at + 2..end - 2)) {
                Some(inside) => {
                    self.link(inside, &mut html);
                    inside.len() + 4
                }
                None => self.mark(rest, &mut emphasis, &mut html),
            };
            at += length;
        }
        while let Some(tag) = emphasis.pop() {
            html.push_str(&format!("</{tag}>"));
        }
        self.depth -= 1;
        html
    }

    /// What a text begins with, and how long that is.
    fn mark(&mut self, rest: &str, emphasis: &mut Vec<&'static str>, html: &mut String) -> usize {
        let quotes = rest.bytes().take_while(|byte| *byte == b'\'').count().min(5);
        if quotes >= 2 {
            let tags: &[&'static str] = match quotes {
                2 => &["i"],
                3 | 4 => &["b"],
                _ => &["b", "i"],
            };
            tags.iter().for_each(|tag| toggle(tag, emphasis, html));
            html.push_str(if quotes == 4 { "'" } else { "" });
            return quotes;
        }
        if rest.starts_with(ASIDE) {
            let digits: Vec<u32> =
                rest.chars().skip(1).take(2).map(|digit| u32::from(digit).wrapping_sub(0xe000)).collect();
            if let [high, low] = digits[..]
                && let Some(kept) = self.literal.get((high as usize).wrapping_mul(4096).wrapping_add(low as usize))
            {
                html.push_str(kept);
                return rest.chars().take(3).map(char::len_utf8).sum();
            }
        }
        if let Some((address, label, length)) = outside_link(rest) {
            let label = self.html(label);
            html.push_str(&format!("<a href=\"{}\">{label}</a>", escaped(address)));
            return length;
        }
        if let Some((name, is_end, length)) = tag(rest) {
            let own = TAGS.iter().find(|own| **own == name);
            own.into_iter().for_each(|name| html.push_str(&format!("<{}{name}>", if is_end { "/" } else { "" })));
            return length;
        }
        if let Some(length) = marks::switch(rest) {
            return length;
        }
        if let Some(length) = marks::entity(rest) {
            html.push_str(&rest[..length]);
            return length;
        }
        let character = rest.chars().next().unwrap_or(' ');
        html.push_str(&escaped(character.encode_utf8(&mut [0; 4])));
        character.len_utf8()
    }

    /// A link to a page of the wiki, a picture or a category.
    fn link(&mut self, inside: &str, html: &mut String) {
        let (target, label) = marks::target(inside);
        let (shown, target) = target.strip_prefix(':').map_or((false, target), |target| (true, target));
        let space = target.split_once(':').map(|(space, _)| space.trim().to_lowercase());
        let is_in = |spaces: &[&str]| !shown && space.as_deref().is_some_and(|space| spaces.contains(&space));
        if is_in(&CATEGORIES) {
            let name = target.split_once(':').map_or("", |(_, name)| name).trim().to_string();
            if !name.is_empty() && !self.categories.contains(&name) {
                self.categories.push(name);
            }
            return;
        }
        if is_in(&FILES) {
            self.images.push(target.split_once(':').map_or("", |(_, name)| name).trim().to_string());
            let label = self.html(label.unwrap_or_default());
            html.push_str(&label);
            return;
        }
        let label = self.html(label.unwrap_or(target));
        match self.base {
            Some(base) => {
                html.push_str(&format!("<a href=\"{}\">{label}</a>", escaped(&export::address(base, target))))
            }
            None => html.push_str(&label),
        }
    }
}

/// Begins an emphasis, or ends it with those that began after it.
fn toggle(tag: &'static str, emphasis: &mut Vec<&'static str>, html: &mut String) {
    match emphasis.iter().position(|open| *open == tag) {
        None => {
            emphasis.push(tag);
            html.push_str(&format!("<{tag}>"));
        }
        Some(at) => {
            let after: Vec<&'static str> = emphasis.drain(at..).skip(1).collect();
            after.iter().rev().for_each(|open| html.push_str(&format!("</{open}>")));
            html.push_str(&format!("</{tag}>"));
            for open in after {
                emphasis.push(open);
                html.push_str(&format!("<{open}>"));
            }
        }
    }
}

/// Words without marks, whose entities are entities all the same.
fn escaped_words(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        html.push_str(&escaped(&rest[..at]));
        let length = marks::entity(&rest[at..]);
        html.push_str(length.map_or("&amp;", |length| &rest[at..at + length]));
        rest = &rest[at + length.unwrap_or(1)..];
    }
    html + &escaped(rest)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
