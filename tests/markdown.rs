//! Any Markdown becomes pages: nothing panics, nothing that a person typed becomes script, every id is there once, and every
//! gap for a link is at the end of an attribute's name.

use std::collections::BTreeSet;

use fonds::diagnostic::{Report, Source};
use fonds::document::Document;
use fonds::document::parse::{self, Labels, Manner};
use proptest::prelude::*;

fn read(text: &str, allow_html: bool) -> Document {
    let labels = Labels::default();
    let manner = Manner { title: "题", labels: &labels, allow_html, numbered: true, restore: true };
    parse::parse(Source { file: "x.md", text }, 0..text.len(), manner, &mut Report::new())
}

fn check(document: &Document) {
    let html = &document.html.html;
    let lower = html.to_lowercase();
    assert!(!lower.contains("<script") && !lower.contains("<iframe") && !lower.contains("<style"), "{html}");
    for (at, link) in &document.html.gaps {
        assert!(html[..*at].ends_with("=\""), "{html} at {at}");
        assert!(*link < document.links.len());
    }
    let mut ids = BTreeSet::new();
    for part in &document.parts {
        assert!(html.is_char_boundary(part.html.start) && html.is_char_boundary(part.html.end));
        for id in part.blocks.iter().chain(part.references.iter().map(|(_, id)| id)) {
            assert!(ids.insert(id.clone()), "{id} twice");
        }
    }
    let all = 0..document.parts.len();
    assert_eq!(document.html_of(all.clone()), 0..html.len(), "every block stands in a part");
    let shown: BTreeSet<usize> = document.notes_of(all).into_iter().collect();
    let reachable = document.notes.iter().filter(|note| note.number > 0).count();
    assert!(shown.len() <= reachable);
    for level in 0..4 {
        let pages = document.pages(level);
        assert!(pages.windows(2).all(|pair| pair[0].end == pair[1].start), "pages follow each other");
        assert!(level == 0 || pages.last().is_some_and(|page| page.end == document.parts.len()));
    }
}

/// Pieces that Markdown gives a meaning, and Chinese text between them.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "# ",
        "## ",
        "### ",
        "一、",
        "（二）",
        "{#s1}",
        "{#a}",
        "\n",
        "\n\n",
        "甲乙",
        "丙丁。",
        "abc",
        " ",
        "* ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "[^1]",
        "[^1]: ",
        "[^a b]",
        "[^a b]: ",
        "[",
        "](",
        ")",
        "![",
        "](x.png)",
        "](#s1)",
        "](javascript:x)",
        "<b>",
        "</b>",
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "<!--",
        "-->",
        "<p>",
        "</div>",
        "`",
        "```\n",
        "**",
        "~~",
        "|",
        "|--|--|\n",
        "&amp;",
        "&lt;",
        "\\",
        "<https://e.example/>",
        "<x@e.example>",
        "---\n",
        "===\n",
        "\u{3000}",
        "\u{feff}",
        "\0",
        "\t",
        "fonds-link:0\"",
        "\"",
        "题",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_soup(text in soup(), allow_html: bool) {
        check(&read(&text, allow_html));
    }

    #[test]
    fn any_text(text: String, allow_html: bool) {
        check(&read(&text, allow_html));
    }
}

#[test]
fn large_and_deep_texts_take_their_time_and_no_more() {
    let headings: String = (0..20_000).map(|number| format!("## 第{number}节\n\n文。\n\n")).collect();
    assert_eq!(read(&headings, false).parts.len(), 20_001);
    check(&read(&format!("{}甲", "> ".repeat(5_000)), false));
    check(&read(&"[".repeat(20_000), false));
    check(&read(&"甲".repeat(1_000_000), false));
    check(&read(&"*a ".repeat(20_000), true));
}
