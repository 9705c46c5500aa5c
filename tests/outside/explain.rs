//! `fonds explain`: every code has a page, every page a code, and no message a code that is not listed.

use std::collections::BTreeSet;
use std::path::Path;

use fonds::diagnostic::code;
use fonds::explanation;

use crate::archive::{Archive, files_in};

/// Codes that stand in the source: what is given to a constructor of messages, and what a `match` gives on to one.
fn codes_in_source() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for (path, bytes) in files_in(&folder) {
        if !path.ends_with(".rs") || path.contains("tests") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let text = text.split("#[cfg(test)]\nmod tests {").next().expect("the program's part");
        for (at, _) in text.match_indices('"') {
            let before = text[..at].trim_end();
            let constructed = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note("]
                .into_iter()
                .chain(["Doubt::warning(", "Doubt::note(", "fault(", "note(", "=> ("])
                .any(|constructor| before.ends_with(constructor));
            let Some((word, rest)) = text[at + 1..].split_once('"').filter(|_| constructed) else { continue };
            let given = before.ends_with("::error(") || before.ends_with("::warning(") || before.ends_with("::note(");
            let hyphenated = word.contains('-') && word.bytes().all(|byte| byte == b'-' || byte.is_ascii_lowercase());
            if rest.starts_with(',') && (given || hyphenated) {
                found.insert(word.to_string());
            }
        }
    }
    found
}

#[test]
fn the_list_holds_the_codes_of_the_source_and_no_others() {
    let listed: BTreeSet<String> = code::all().map(str::to_string).collect();
    assert_eq!(listed.len(), code::all().count(), "a code is listed twice");
    assert_eq!(codes_in_source().symmetric_difference(&listed).collect::<Vec<_>>(), [""; 0]);
    for kind in code::KINDS {
        assert!(kind.codes.is_sorted(), "{}", kind.title);
    }
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let listed: BTreeSet<&str> = code::all().collect();
    let pages: BTreeSet<&str> = explanation::codes().iter().copied().collect();
    assert_eq!(listed.symmetric_difference(&pages).collect::<Vec<_>>(), [&""; 0]);
    for code in pages {
        let page = explanation::find(code).unwrap_or_else(|| panic!("docs/content/codes/{code}.md has no title"));
        assert!(!page.title.contains(". ") && !page.title.ends_with('.'), "{code}: one sentence, as in a heading");
        assert!(page.body.contains("```"), "{code}: an example");
        assert!(page.body.lines().filter(|line| line.starts_with("## ")).count() >= 2, "{code}: example and remedy");
    }
}

#[test]
fn a_code_is_explained() {
    let archive = Archive::new();
    let run = archive.run(&["explain", "broken-link"]).succeeds();
    assert!(
        run.stdout.starts_with(
            "broken-link\n\nA link leads to a document, section or file that the archive does not have\n\nLinks within"
        ),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("\n    The answer came [a week later](secnod).\n"));
    let pasted = archive.run(&["explain", "error[broken-link]"]).succeeds();
    assert_eq!(pasted.stdout, run.stdout);
    let list = archive.run(&["explain"]).succeeds().stdout;
    for code in code::all() {
        assert!(list.lines().any(|line| line.split_whitespace().next() == Some(code)), "{code} in\n{list}");
    }
    let json = archive.run(&["explain", "broken-link", "--format", "json"]).succeeds().stdout;
    let object: serde_json::Value = serde_json::from_str(&json).expect("one object");
    assert_eq!((&object["code"], &object["kind"]), (&"broken-link".into(), &"Texts and links".into()));
}

#[test]
fn an_unknown_code_is_told_the_near_one() {
    let run = Archive::new().run(&["explain", "broken-lnik"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr,
        "error[unknown-code]: there is no code `broken-lnik`\n |\n = help: did you mean `broken-link`?\n\n"
    );
}
