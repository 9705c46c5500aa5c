//! What the built-in templates read: every variable, with loops, assignments and components followed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::documented::{Documented, Shape, Type};

/// Words of the template language.
const WORDS: [&str; 14] =
    ["if", "elif", "else", "for", "in", "and", "or", "not", "is", "set", "true", "false", "none", "loop"];

/// A template that is followed with what it is said to receive.
pub struct Reads<'a> {
    documented: &'a Documented,
    sources: BTreeMap<String, String>,
    /// Components: parameter and body.
    components: BTreeMap<String, (String, String)>,
    seen: BTreeSet<String>,
    /// What was read and is not documented.
    pub unknown: BTreeSet<String>,
}

impl<'a> Reads<'a> {
    pub fn new(documented: &'a Documented) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let sources: BTreeMap<String, String> = crate::archive::files_in(&folder)
            .into_iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, bytes)| (path, without_comments(&String::from_utf8(bytes).expect("UTF-8"))))
            .collect();
        let mut components = BTreeMap::new();
        for piece in sources["components.html"].split("{%- component ").skip(1) {
            let (head, rest) = piece.split_once("-%}").expect("a component's head");
            let (name, parameter) = head.trim().trim_end_matches(')').split_once('(').expect("parameters");
            let body = rest.split("{%- endcomponent").next().expect("a body");
            components.insert(name.to_string(), (parameter.to_string(), body.to_string()));
        }
        Self { documented, sources, components, seen: BTreeSet::new(), unknown: BTreeSet::new() }
    }

    /// Follows a page's template, with those that it includes and the frame that it extends.
    pub fn follow(&mut self, template: &str) {
        let shape = self.documented.template(template).expect("a template that is documented");
        let scope = shape.into_iter().map(|(name, field)| (name, field.kind)).collect();
        let source = self.sources[template].clone();
        if source.contains("{% extends \"base.html\"") {
            let frame = self.sources["base.html"].clone();
            self.walk(template, &frame, &scope);
        }
        self.walk(template, &source, &scope);
    }

    fn walk(&mut self, template: &str, source: &str, scope: &BTreeMap<String, Type>) {
        let mut scopes = vec![scope.clone()];
        let mut rest = source;
        while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            let is_tag = rest[at..].starts_with("{%");
            let end = rest[at..].find(if is_tag { "%}" } else { "}}" }).expect("a closed tag") + at;
            let inner = rest[at + 2..end].trim_matches(['-', ' ']);
            // The braces of a component's arguments end before those of the expression.
            let end = if inner.starts_with('<') { rest[at..].find("/> }}").expect("a call") + at + 3 } else { end };
            let inner = if inner.starts_with('<') { &rest[at + 2..end] } else { inner };
            rest = &rest[end + 2..];
            let now = scopes.last().expect("a scope").clone();
            let mut words = inner.split_whitespace();
            match words.next().filter(|_| is_tag) {
                Some("include") => {
                    let name = inner.split('"').nth(1).expect("a name");
                    let included = self.sources[name].clone();
                    self.walk(template, &included, &now);
                }
                Some("for") => {
                    let (name, list) =
                        inner.trim_start_matches("for ").split_once(" in ").expect("what the loop goes through");
                    let mut inside = now.clone();
                    match self.expression(template, list, &now) {
                        Some(Type::List(item)) => inside.insert(name.to_string(), *item),
                        other => panic!("{template}: {list} is no list but {other:?}"),
                    };
                    scopes.push(inside);
                }
                Some("endfor") => drop(scopes.pop()),
                Some("set") => {
                    let (name, value) = inner.trim_start_matches("set ").split_once(" = ").expect("what it is set to");
                    if let Some(kind) = self.expression(template, value, &now) {
                        scopes.last_mut().expect("a scope").insert(name.to_string(), kind);
                    }
                }
                Some("extends" | "block" | "endblock" | "component" | "endcomponent" | "endif" | "else") => {}
                _ if inner.trim().starts_with('<') => self.call(template, inner.trim(), &now),
                _ => drop(self.expression(template, inner, &now)),
            }
        }
    }

    /// A component with its argument: `<person author={author}/`.
    fn call(&mut self, template: &str, call: &str, scope: &BTreeMap<String, Type>) {
        let (name, argument) = call.trim_start_matches('<').split_once(' ').expect("an argument");
        let (_, value) = argument.split_once("={").expect("a value");
        let value = value.split('}').next().expect("a value");
        let Some(kind) = self.expression(template, value, scope) else { return };
        let (parameter, body) = self.components[name].clone();
        if self.seen.insert(format!("{name} {kind:?}")) {
            let inside: BTreeMap<String, Type> = [(parameter, kind), ("t".to_string(), Type::Free)].into();
            self.walk("components.html", &body, &inside);
        }
    }

    /// Looks up every variable of an expression; gives the type of the last.
    fn expression(&mut self, template: &str, text: &str, scope: &BTreeMap<String, Type>) -> Option<Type> {
        let mut last = None;
        let (mut rest, mut before) = (text, ' ');
        while let Some(character) = rest.chars().next() {
            if character == '"' {
                let end = rest[1..].find('"').expect("a closed string") + 2;
                rest = &rest[end..];
            } else if character.is_ascii_alphabetic() || character == '_' {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                rest = after;
                let is_argument = after.starts_with('=') && !after.starts_with("==");
                let root = name.split('.').next().unwrap_or(name);
                if before != '|' && !is_argument && !WORDS.contains(&root) {
                    last = self.look_up(template, name, scope);
                }
            } else {
                rest = &rest[character.len_utf8()..];
                if character != ' ' {
                    before = character;
                }
                continue;
            }
            before = ' ';
        }
        last
    }

    fn look_up(&mut self, template: &str, name: &str, scope: &BTreeMap<String, Type>) -> Option<Type> {
        let mut steps = name.split('.');
        let mut kind = scope.get(steps.next()?).cloned();
        for step in steps {
            let Some(now) = kind else { break };
            if self.documented.is_free(&now) {
                return Some(Type::Free);
            }
            let fields: Option<Shape> = self.documented.fields(&now);
            kind = fields.and_then(|fields| Some(fields.get(step)?.kind.clone()));
        }
        if kind.is_none() {
            self.unknown.insert(format!("{template} reads `{name}`"));
        }
        kind
    }
}

fn without_comments(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, comment)) = rest.split_once("{#") {
        text.push_str(before);
        rest = comment.split_once("#}").expect("a closed comment").1;
    }
    text + rest
}
