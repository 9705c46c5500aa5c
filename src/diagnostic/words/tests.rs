//! Every phrase has its words in both languages, with the arguments that it has, and there are no words that nothing says.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Attribute, Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use super::*;
use crate::diagnostic::messages::{Message, phrases};
use crate::diagnostic::phrase::Line;

/// What words name, and whether they have a remedy.
#[derive(Debug, Default, PartialEq, Eq)]
struct Named {
    arguments: BTreeSet<String>,
    has_help: bool,
}

/// The words of a language by their names.
fn named(lang: Lang) -> BTreeMap<String, Named> {
    let mut all = BTreeMap::new();
    for (file, text) in files(lang.tag()).filter(|(file, _)| *file != "help.ftl") {
        let resource = parser::parse(text).unwrap_or_else(|(_, faults)| panic!("{lang}/{file}: {faults:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut found = Named { has_help: !message.attributes.is_empty(), ..Named::default() };
            message.value.iter().for_each(|pattern| arguments_of(pattern, &mut found.arguments));
            message.attributes.iter().for_each(|Attribute { value, .. }| arguments_of(value, &mut found.arguments));
            let name = message.id.name.to_string();
            assert!(all.insert(name.clone(), found).is_none(), "{lang}/{file}: {name} is there twice");
        }
    }
    all
}

fn arguments_of(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inline_arguments(inline, found),
            Expression::Select { selector, variants } => {
                inline_arguments(selector, found);
                variants.iter().for_each(|variant| arguments_of(&variant.value, found));
            }
        }
    }
}

fn inline_arguments(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(found.insert(id.name.to_string())),
        InlineExpression::Placeable { expression } => match expression.as_ref() {
            Expression::Inline(inline) => inline_arguments(inline, found),
            Expression::Select { selector, .. } => inline_arguments(selector, found),
        },
        _ => {}
    }
}

/// What a phrase gives to its words.
fn given((_, arguments): &Line) -> BTreeSet<String> {
    let names = |(name, kind): &(&str, &str)| match kind.starts_with("Option") {
        true => vec![(*name).to_string(), format!("has_{name}")],
        false => vec![(*name).to_string()],
    };
    arguments.iter().flat_map(names).collect()
}

#[test]
fn every_phrase_has_its_words() {
    let lines: Vec<Line> = [Message::lines(), phrases()].concat();
    let ids: BTreeSet<&str> = lines.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids.len(), lines.len(), "two phrases have one name");
    for lang in [Lang::English, Lang::Simplified] {
        let words = named(lang);
        for line in &lines {
            let found = words.get(&line.0).unwrap_or_else(|| panic!("{lang} has no words for {}", line.0));
            let given = given(line);
            let unknown: Vec<_> = found.arguments.difference(&given).collect();
            assert!(unknown.is_empty(), "{lang}: {} names {unknown:?}, which it is not given", line.0);
        }
        let unused: Vec<&String> =
            words.keys().filter(|id| !ids.contains(id.as_str()) && !id.starts_with("usage-")).collect();
        assert!(unused.is_empty(), "{lang}: nothing says {unused:?}");
        for (id, _) in Message::lines() {
            assert!(words[&id].has_help, "{lang}: {id} says no remedy");
        }
    }
}

#[test]
fn the_languages_name_the_same() {
    let [english, chinese] = [Lang::English, Lang::Simplified].map(named);
    for (id, words) in &english {
        assert_eq!(Some(words), chinese.get(id), "{id}");
    }
    assert_eq!(english.len(), chinese.len());
    for line in [Message::lines(), phrases()].concat() {
        let unsaid: Vec<String> = given(&line).difference(&english[&line.0].arguments).cloned().collect();
        assert!(unsaid.iter().all(|name| name.starts_with("has_")), "{} does not name {unsaid:?}", line.0);
    }
}

#[test]
fn traditional_words_are_converted() {
    let message =
        crate::diagnostic::messages::TomlMessage::DuplicateKey { key: "标题".into(), first: "标题 = 1".into() };
    assert_eq!(say(&message, Lang::Traditional), "重複的字段 `标题`", "names stay as they are");
}
