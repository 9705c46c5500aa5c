//! `fonds explain`: every code has a page, every page a code, and no message a code that is not listed.

use std::collections::BTreeSet;

use fonds::diagnostic::code::{self, Code};
use fonds::diagnostic::lang::Lang;
use fonds::explanation;

use crate::archive::Archive;

#[test]
fn codes_are_listed_once_and_in_order() {
    let names: BTreeSet<&str> = code::all().map(Code::name).collect();
    assert_eq!(names.len(), code::all().count(), "a code is listed twice");
    for group in code::GROUPS {
        assert!(group.codes.is_sorted_by_key(|code| code.name()), "{}", group.title(Lang::English));
    }
}

fn pages_are_whole(lang: Lang) {
    let listed: BTreeSet<&str> = code::all().map(Code::name).collect();
    let pages: BTreeSet<&str> = explanation::codes(lang).collect();
    assert_eq!(listed.symmetric_difference(&pages).collect::<Vec<_>>(), [&""; 0], "{lang}");
    for code in pages {
        let page = explanation::find(code, lang).unwrap_or_else(|| panic!("{lang}: {code}.md has no title"));
        assert!(
            !page.title.contains(". ") && !page.title.ends_with(['.', '。']),
            "{code}: one sentence, as in a heading"
        );
        assert!(page.body.contains("```"), "{code}: an example");
        assert!(page.body.lines().filter(|line| line.starts_with("## ")).count() >= 2, "{code}: example and remedy");
    }
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    pages_are_whole(Lang::English);
}

#[test]
fn every_code_has_a_page_in_chinese() {
    pages_are_whole(Lang::Simplified);
}

#[test]
fn a_code_is_explained() {
    let archive = Archive::new();
    let run = archive.run(&["explain", "broken-link"]).succeeds();
    let page = explanation::find("broken-link", Lang::English).expect("the page");
    assert!(run.stdout.starts_with(&format!("broken-link\n\n{}\n\n", page.title)), "{}", run.stdout);
    let pasted = archive.run(&["explain", "error[broken-link]"]).succeeds();
    assert_eq!(pasted.stdout, run.stdout);
    let list = archive.run(&["explain"]).succeeds().stdout;
    for code in code::all().map(Code::name) {
        assert!(list.lines().any(|line| line.split_whitespace().next() == Some(code)), "{code} in\n{list}");
    }
    let json = archive.run(&["explain", "broken-link", "--format", "json"]).succeeds().stdout;
    let object: serde_json::Value = serde_json::from_str(&json).expect("one object");
    let kind = Code::BrokenLink.group().expect("a group").title(Lang::English);
    assert_eq!((&object["code"], &object["kind"]), (&"broken-link".into(), &kind.into()));
}

#[test]
fn an_unknown_code_is_told_the_near_one() {
    let run = Archive::new().run(&["explain", "broken-lnik"]);
    assert_eq!(run.code, 2);
    assert!(run.tells("unknown-code") && run.stderr.contains("`broken-link`"), "{}", run.stderr);
}
