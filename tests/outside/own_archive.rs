//! This repository's own archive: its long essay has the shape of the capture that the project grew from.

use std::path::Path;

use crate::archive::{between, run_in, text_of};

#[test]
fn an_essay_of_five_sections_of_four_comes_out_whole() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let site = folder.path().join("site");
    let out = site.to_str().expect("UTF-8");
    let run = run_in(repository, &["build", "--out", out], &site).succeeds();
    let source = std::fs::read_to_string(repository.join("content/handbook/keeping-a-document.md")).expect("the essay");
    let body = source.split("+++\n").nth(2).expect("a body");
    let blocks: Vec<&str> = body.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).collect();
    let plain = |markdown: &str| {
        let linkless = markdown.replace(['[', ']'], "");
        linkless.split('(').next().unwrap_or_default().chars().take(30).collect::<String>()
    };
    let paragraphs: Vec<String> =
        blocks.iter().filter(|block| !block.starts_with('#')).map(|block| plain(block)).collect();
    let headings: Vec<String> = blocks
        .iter()
        .filter(|block| block.starts_with('#'))
        .map(|block| block.trim_start_matches('#').split(" {#").next().unwrap_or_default().trim().to_string())
        .collect();
    assert_eq!((paragraphs.len(), headings.len()), (27, 25));

    let folder = "handbook/keeping-a-document";
    let names = ["index.html", "s1.html", "s2.html", "s3.html", "s4.html", "s5.html"];
    let pages: Vec<String> = names.iter().map(|name| run.page(&format!("{folder}/{name}"))).collect();
    let split: String = pages.iter().map(|page| text_of(page)).collect();
    let full = run.page(&format!("{folder}/full.html"));
    let whole = text_of(&full);
    for paragraph in &paragraphs {
        assert_eq!(split.matches(paragraph.as_str()).count(), 1, "over introduction and sections: {paragraph}");
        assert_eq!(whole.matches(paragraph.as_str()).count(), 1, "in the full text: {paragraph}");
    }
    assert_eq!(full.matches(" data-n=\"").count(), 27);

    for (page, contents) in
        [(&pages[0], "<nav class=\"block\" id=\"fonds-contents\""), (&full, "id=\"fonds-contents\"")]
    {
        let contents = text_of(between(page, contents, "</nav>"));
        let mut from = 0;
        for heading in &headings {
            let at = contents[from..].find(heading.as_str()).unwrap_or_else(|| panic!("{heading} in order"));
            from += at + heading.len();
        }
    }
    for page in pages.iter().chain([&full]) {
        let source = text_of(between(page, "<footer class=\"source\"", "</footer>"));
        for known in ["fonds 编写组", "2026年7月6日", "fonds 项目"] {
            assert!(source.contains(known), "{known} in the source footer");
        }
    }
    assert!(!run.exists(&format!("{folder}/s6.html")));
}
