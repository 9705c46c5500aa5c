//! Whatever a capture holds, its text survives Markdown: written, read back as the build reads it, it is the same.

use fonds::diagnostic::Severity;
use fonds::import::{Capture, Import, Paragraph, read, recognise};
use fonds::text::markdown::escape;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The text of each block of a Markdown file, and the id of each heading.
fn blocks_of(markdown: &str) -> Vec<(String, Option<String>)> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_STRIKETHROUGH;
    let mut blocks = Vec::new();
    let mut depth = 0;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Paragraph) if depth == 0 => blocks.push((String::new(), None)),
            Event::Start(Tag::Heading { id, .. }) if depth == 0 => {
                blocks.push((String::new(), id.map(|id| id.to_string())));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_)) => {}
            Event::Text(text) if depth == 0 => blocks.last_mut().expect("text stands in a block").0.push_str(&text),
            Event::Start(_) => {
                blocks.push(("<not plain text>".to_string(), None));
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            other => blocks.push((format!("<{other:?}>"), None)),
        }
    }
    blocks
}

fn printed(import: &Import) -> Vec<String> {
    import.blocks.iter().filter(|block| !block.recorded).map(|block| block.printed().trim().to_string()).collect()
}

/// How many cases are tried: FONDS_CASES, or enough for every day.
fn cases() -> u32 {
    std::env::var("FONDS_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(1000)
}

/// Pieces of which nasty lines are made.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[甲乙丙一二三十章节条馆，。；：、“”（）《》…—·]{1,6}",
        3 => "[!-/:-@\\[-`{-~]{1,4}",
        3 => "[a-zA-Z0-9]{1,5}",
        2 => "[ \t\u{3000}\u{a0}]{1,3}",
        3 => prop::sample::select(vec![
            "1. ", "1.", "12) ", "- ", "+ ", "* ", "# ", "###### ", "> ", "---", "***", "___", "===", "~~~", "```", "    ",
            "**甲**", "*a*", "__a__", "_a_", "~~a~~", "`a`", "[a](b)", "![a](b)", "[a][b]", "[a]: b", "[^1]", "[^1]: a",
            "<a@b.cc>", "<https://a.cc>", "<b>", "</b>", "<!-- a -->", "<?a?>", "&amp;", "&#38;", "&nbsp;", "\\", "\\*", "{#id}",
            "{.a}", "| a | b |", "|-|-|", ":::", "::: a", "$a$", "^a^", "  ", "a  ", "第一章 ", "一、", "（一）", "（二） ", "1.1 ", "①",
            "附件：", "附件1", "来源：", "作者：", "2017-08-30", "\u{feff}", "\u{200b}", "\u{c}", "\u{85}", "\u{2028}", "𠮷", "é",
        ]).prop_map(str::to_string),
    ]
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..7).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_paragraph_reads_back(text in line()) {
        let wanted = text.trim().to_string();
        let found = blocks_of(&format!("甲\n\n{}\n\n乙\n", escape(&text)));
        let inner: Vec<&str> = found.iter().map(|block| block.0.as_str()).collect();
        if wanted.is_empty() {
            prop_assert_eq!(inner, ["甲", "乙"]);
        } else {
            prop_assert_eq!(inner, ["甲", wanted.as_str(), "乙"]);
        }
    }

    #[test]
    fn any_characters_read_back(text in "\\PC{0,40}") {
        let text = format!("{text}甲");
        let found = blocks_of(&escape(&text));
        prop_assert_eq!(found, vec![(text.trim().to_string(), None)]);
    }

    #[test]
    fn blocks_read_back(lines in prop::collection::vec(line(), 1..25), numbered in any::<bool>()) {
        let numbers = ["一、", "二、", "（一）", "（二） ", "三、", "1. ", "2.", "第一章 ", "第二章　", "第一条 ", "①", "附件1"];
        let paragraphs: Vec<Paragraph> = lines
            .iter()
            .enumerate()
            .map(|(at, line)| {
                let number = if numbered { numbers[at % numbers.len()] } else { "" };
                Paragraph { text: format!("{number}{}", line.trim()).trim().to_string(), line: at + 1, ..Paragraph::default() }
            })
            .filter(|paragraph| !paragraph.text.is_empty())
            .collect();
        let blocks = recognise(&paragraphs).blocks;
        let mut import = read(&Capture { name: "a", bytes: b"a" }).expect("text");
        import.blocks = blocks;
        let found = blocks_of(&import.markdown_body());
        let texts: Vec<String> = found.iter().map(|block| block.0.clone()).collect();
        prop_assert_eq!(texts, printed(&import));
        let mut ids: Vec<&String> = found.iter().filter_map(|block| block.1.as_ref()).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), count, "each id is given once");
    }

    #[test]
    fn captures_are_proven(lines in prop::collection::vec(line(), 1..40), blank in any::<bool>()) {
        let text = lines.join(if blank { "\n\n" } else { "\n" });
        if let Ok(import) = read(&Capture { name: "a", bytes: text.as_bytes() }) {
            let errors: Vec<String> = import
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .map(|diagnostic| diagnostic.render(fonds::diagnostic::lang::Lang::English, false, fonds::diagnostic::WIDTH))
                .collect();
            prop_assert!(errors.is_empty(), "{}\n{}", errors.join("\n"), import.json("a", fonds::diagnostic::lang::Lang::English));
            let record = import.record_file("a", "original/a.txt");
            let front = record.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).expect("a record").0;
            prop_assert!(toml::from_str::<toml::Table>(front).is_ok(), "{}", front);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&Capture { name: "a", bytes: &bytes });
    }
}
