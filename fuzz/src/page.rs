//! Markdown to a page: what is written is well-formed, has no script, and every id once.

use std::collections::BTreeSet;

use fonds::diagnostic::{Report, Source};
use fonds::text::html::{self, Labels};
use fonds::text::parse::{self, Ids, Manner};
use fonds::text::strict::{self, Step};
use fonds::text::tape::{Element, Node, View};
use fonds::text::{Text, markdown};

/// Elements without an end.
const VOID: [&str; 7] = ["area", "br", "col", "hr", "img", "input", "wbr"];

/// Addresses that do nothing but lead somewhere, and those that the site gives.
const HARMLESS: &str = "there";

pub fn run(bytes: &[u8]) {
    let Ok(markdown) = std::str::from_utf8(bytes) else { return };
    for allow_html in [false, true] {
        let manner = Manner { title: "题", allow_html, numbered: true, restore: true, ids: Ids::All };
        let source = Source { file: "x.md", text: markdown };
        let mut report = Report::new();
        let text = parse::parse(source, 0..markdown.len(), manner, &mut report);
        page(&text, report.has_errors());
    }
}

/// What has a fault, such as two headings of one name, is not published.
fn page(text: &Text, is_faulty: bool) {
    let mut ids = BTreeSet::new();
    for tape in [&text.tape].into_iter().chain(text.notes.iter().map(|note| &note.tape)) {
        let mut out = String::new();
        html::write(text, tape, &Labels::default(), &mut out, &mut |link, out| {
            assert!(link < text.links.len() && out.ends_with("=\""), "{out}");
            out.push_str(HARMLESS);
            out.push('"');
        });
        let written = is_harmless(&out);
        assert!(is_faulty || written.into_iter().all(|id| ids.insert(id)), "an id twice: {out}");
        nests(text, tape);
    }
    // What is written as Markdown again is read as the same characters.
    let _ = markdown::write(text);
}

/// Elements nest, and strict formats get every character.
fn nests(text: &Text, tape: &[Node]) {
    let (mut open, mut steps): (Vec<Element>, Vec<_>) = Default::default();
    let (mut characters, mut strictly) = (String::new(), String::new());
    for node in tape {
        match *node {
            Node::Open(element) => open.push(element),
            Node::Close(element) => assert_eq!(open.pop(), Some(element)),
            Node::Void(_) => {}
            Node::Chars(start, end) => characters.push_str(text.chars(start, end)),
            Node::Choice(choice) => characters.push_str(text.chosen(choice, View::Printed)),
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    strict::walk(text, tape, View::Printed, &mut |step| match step {
        Step::Start(element, _) if strict::is_void(element) => {}
        Step::Start(element, _) => steps.push(element),
        Step::End(element) => assert_eq!(steps.pop(), Some(element)),
        Step::Text(part) => strictly.push_str(part),
    });
    assert!(steps.is_empty(), "{steps:?} stay open");
    let visible = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    assert_eq!(visible(&strictly), visible(&characters));
}

/// Reads HTML as strictly as it was to be written, and gives its ids.
fn is_harmless(page: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a bracket in the text: {page}");
        rest = &rest[at + 1..];
        if let Some(closed) = rest.strip_prefix('/') {
            let (name, after) = closed.split_once('>').expect("an end tag is closed");
            assert_eq!(open.pop(), Some(name), "{page}");
            rest = after;
            continue;
        }
        let end = rest.find([' ', '>', '/']).expect("a tag is closed");
        let name = &rest[..end];
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        assert!(is_name, "<{name}: {page}");
        assert!(
            !["script", "style", "iframe", "object", "embed", "base", "meta", "link", "form"].contains(&name),
            "{page}"
        );
        rest = attributes(&rest[end..], page, &mut ids);
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty() && !rest.contains('>'), "{open:?}: {page}");
    ids
}

/// The attributes of a tag, each with a value in quotation marks or none; gives what follows the tag.
fn attributes<'a>(mut rest: &'a str, page: &str, ids: &mut Vec<String>) -> &'a str {
    loop {
        rest = rest.trim_start_matches([' ', '/']);
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let end = rest.find(['=', ' ', '>']).expect("an attribute ends");
        let name = &rest[..end];
        assert!(
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{name}: {page}"
        );
        assert!(!name.starts_with("on") && name != "style" && name != "srcdoc", "{name}: {page}");
        rest = &rest[end..];
        if let Some(value) = rest.strip_prefix("=\"") {
            let (value, after) = value.split_once('"').expect("a value ends");
            assert!(!value.contains('<'), "{value}: {page}");
            let plain: String = value.to_lowercase().chars().filter(|character| !character.is_whitespace()).collect();
            assert!(!plain.starts_with("javascript:") && !plain.starts_with("vbscript:"), "{value}: {page}");
            if name == "id" {
                ids.push(value.to_string());
            }
            rest = after;
        }
    }
}
