//! Any Markdown becomes a tape, and every walk over it comes out whole: nothing panics, elements nest, nothing that a
//! person typed becomes script, every id is there once, every address is filled in where an address belongs, and formats that
//! are strict get every character that a page shows.

use std::collections::BTreeSet;

use fonds::diagnostic::{Report, Source};
use fonds::text::Text;
use fonds::text::html::{self, Labels};
use fonds::text::parse::{self, Ids, Manner};
use fonds::text::plain::Plain;
use fonds::text::strict::{self, Step};
use fonds::text::tape::{Element, Node, View};
use proptest::prelude::*;

fn read(text: &str, allow_html: bool) -> Text {
    let manner = Manner { title: "题", allow_html, numbered: true, restore: true, ids: Ids::All };
    parse::parse(Source { file: "x.md", text }, 0..text.len(), manner, &mut Report::new())
}

/// Where an address belongs, and nowhere else.
const ADDRESS: &str = "\u{f8ff}";

fn page(text: &Text, tape: &[Node]) -> String {
    let mut out = String::new();
    html::write(text, tape, &Labels::default(), &mut out, &mut |link, out| {
        assert!(link < text.links.len());
        assert!(out.ends_with("=\""), "{out}");
        out.push_str(ADDRESS);
        out.push('"');
    });
    out
}

fn check(text: &Text) {
    let lower = page(text, &text.tape).to_lowercase();
    assert!(!lower.contains("<script") && !lower.contains("<iframe") && !lower.contains("<style"), "{lower}");
    let mut ids = BTreeSet::new();
    let marks = text.marks.iter().map(|mark| &mark.id);
    for id in text.blocks.iter().map(|block| &block.id).chain(marks) {
        assert!(ids.insert(id.clone()), "{id} twice");
    }
    let all = 0..text.parts.len();
    assert_eq!(text.tape_of(all.clone()).len(), text.tape.len(), "everything stands in a part");
    check_tape(text, &text.tape);
    for note in &text.notes {
        check_tape(text, &note.tape);
        page(text, &note.tape);
    }
    for block in &text.blocks {
        check_tape(text, &text.tape[block.tape.clone()]);
    }
    let shown: BTreeSet<usize> = text.notes_of(all).into_iter().collect();
    let reachable = text.notes.iter().filter(|note| note.number > 0).count();
    assert!(shown.len() <= reachable);
    for level in 0..4 {
        let pages = text.pages(level);
        assert!(pages.windows(2).all(|pair| pair[0].end == pair[1].start), "pages follow each other");
        assert!(level == 0 || pages.last().is_some_and(|page| page.end == text.parts.len()));
    }
}

/// Elements nest, characters are whole, and both views differ only where a choice stands.
fn check_tape(text: &Text, tape: &[Node]) {
    let mut open = Vec::new();
    let (mut printed, mut characters) = (String::new(), String::new());
    for node in tape {
        match *node {
            Node::Open(element) => open.push(element),
            Node::Close(element) => assert_eq!(open.pop(), Some(element)),
            Node::Void(Element::SoftBreak) => characters.push('\n'),
            Node::Void(_) => {}
            Node::Chars(start, end) => {
                assert!(start < end || text.chars.is_char_boundary(start), "{start}..{end}");
                assert!(text.chars.get(start..end).is_some(), "{start}..{end}");
                characters.push_str(text.chars(start, end));
            }
            Node::Choice(choice) => {
                assert_ne!(text.chosen(choice, View::Printed), text.chosen(choice, View::Read));
                characters.push_str(text.chosen(choice, View::Printed));
            }
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    // What is strict nests too, and gets every character.
    let mut steps = Vec::new();
    strict::walk(text, tape, View::Printed, &mut |step| match step {
        Step::Start(element, _) if strict::is_void(element) => {}
        Step::Start(element, _) => steps.push(element),
        Step::End(element) => assert_eq!(steps.pop(), Some(element)),
        Step::Text(part) => printed.push_str(part),
    });
    assert!(steps.is_empty(), "{steps:?} stay open");
    let visible = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    assert_eq!(visible(&printed), visible(&characters));
    let lengths = [View::Printed, View::Read].map(|view| Plain::of_note(text, tape, view).text.chars().count());
    assert_eq!(lengths[0], lengths[1], "a mark is restored to a mark");
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

/// A heading in a footnote begins no section.
#[test]
fn a_heading_in_a_note_is_part_of_it() {
    let text = read("甲[^1]\n\n[^1]: # 乙\n\n    丙\n\n丁\n", false);
    assert_eq!((text.parts.len(), text.blocks.len()), (1, 2));
    assert!(page(&text, &text.notes[0].tape).contains("乙"), "{text:?}");
}

/// What is struck, raised and lowered is told apart in plain text too, and a search looks through the signs.
#[test]
fn phrases_that_change_what_a_text_says_are_seen_in_plain_text() {
    for (markdown, plain, passage) in [
        ("共10^{5}册，H_{2}O", "共10^5册，H_2O", "共105册，H2O"),
        ("CO_{2}-Bilanz, H_{2}, \\_{3}", "CO_2-Bilanz, H_2, _{3}", "CO2-Bilanz, H2, _{3}"),
        ("10^{5}6，x^{n+1}", "10^{5}6，x^{n+1}", "1056，xn+1"),
        ("~~此条已废。~~后条有效", "~~此条已废。~~后条有效", "此条已废。后条有效"),
    ] {
        let text = read(markdown, false);
        let own = Plain::of_part(&text, &text.parts[0], View::Read);
        assert_eq!(own.text.trim_end(), plain);
        let passages: Vec<String> = own.passages(0..plain.len()).iter().map(|pieces| pieces.concat()).collect();
        assert_eq!(passages, [passage]);
    }
    let text = read("## 一、10^{5}册~~清单~~[^1]\n\n文[^1]\n\n[^1]: 注\n", false);
    assert_eq!(text.parts[1].heading.as_ref().map(|heading| heading.title.as_str()), Some("10^5册~~清单~~"));
}

/// Tables and phrases whose cost must not grow with the square of their number.
#[test]
fn many_signs_take_their_time_and_no_more() {
    let row = format!("|{}", "<|".repeat(300));
    check(&read(&format!("|{}\n|{}\n{}", "甲|".repeat(300), "-|".repeat(300), format!("{row}\n").repeat(60)), false));
    check(&read(&"甲^{*乙* ".repeat(20_000), false));
    check(&read(
        &(0..20_000)
            .filter_map(|at| char::from_u32(0x3400 + at))
            .map(|own| format!("**{own}：**{own}"))
            .collect::<String>(),
        false,
    ));
}

#[test]
fn large_and_deep_texts_take_their_time_and_no_more() {
    let headings: String = (0..20_000).map(|number| format!("## 第{number}节\n\n文。\n\n")).collect();
    assert_eq!(read(&headings, false).parts.len(), 20_001);
    check(&read(&format!("{}甲", "> ".repeat(5_000)), false));
    check(&read(&"[".repeat(20_000), false));
    check(&read(&"甲".repeat(1_000_000), false));
    check(&read(&"*a ".repeat(20_000), true));
    check(&read(&format!("<div>{}甲", "<b>".repeat(20_000)), true));
}

#[test]
fn a_picture_within_a_tag_of_its_own() {
    check(&read("\u{3000}<p>![](x.png)\n", true));
}
