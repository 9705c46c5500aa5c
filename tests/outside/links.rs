//! Links, notes, tables and images, although a text is split over pages.

use crate::archive::{Archive, between};

/// The smallest PNG: one pixel.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 3, 0, 0, 0, 2, 8, 6, 0, 0, 0,
    0x9d, 0x74, 0x66, 0x1a,
];

#[test]
fn links_between_documents_and_sections() {
    let run = Archive::new()
        .document(
            "a/from/index.md",
            "",
            "[按路径](../b.md) [到节](../b.md#s1-1) [按名](target#s2) [从头](/a/b.md#s2) [本篇](#s2) [引用][r] [外](https://e.example/?a=1&b=\"2\") <x@e.example>\n\n\
             ## 一、甲\n\n[本页](#s1) [别页](#s2) [附件](scan%201.txt)\n\n## 二、乙\n\n[r]: ../b.md \"题\"\n",
        )
        .file("content/a/from/scan 1.txt", "扫描")
        .document("a/b.md", "", "## 一、子\n\n### （一）丑\n\n文。\n\n## 二、寅\n\n文。")
        .document("c/target.md", "split_level = 0", "## 一、子\n\n文。\n\n## 二、丑\n\n文。")
        .build()
        .succeeds();
    let landing = run.page("a/from/index.html");
    let text = between(&landing, "<div class=\"text\"", "</section>");
    for (label, href) in [
        ("按路径", "href=\"../../a/b/index.html\""),
        ("到节", "href=\"../../a/b/s1.html#s1-1\""),
        ("按名", "href=\"../../c/target/full.html#s2\""),
        ("从头", "href=\"../../a/b/s2.html#s2\""),
        ("本篇", "href=\"s2.html#s2\""),
        ("引用", "href=\"../../a/b/index.html\" title=\"题\""),
        ("外", "href=\"https://e.example/?a=1&amp;b=&quot;2&quot;\" class=\"external\" rel=\"external\""),
        ("x@e.example", "href=\"mailto:x@e.example\" class=\"external\" rel=\"external\""),
    ] {
        assert!(text.contains(&format!("<a {href}>{label}</a>")), "{label}: {text}");
    }
    let section = run.page("a/from/s1.html");
    assert!(section.contains("<a href=\"#s1\">本页</a>") && section.contains("<a href=\"s2.html#s2\">别页</a>"));
    assert!(section.contains("<a href=\"scan%201.txt\">附件</a>") && run.exists("a/from/scan 1.txt"));
    let full = run.page("a/from/full.html");
    assert!(full.contains("<a href=\"#s2\">本篇</a>") && full.contains("<a href=\"#s2\">别页</a>"));
}

#[test]
fn broken_links_are_listed_with_their_places_and_never_published() {
    Archive::new()
        .document("a/from.md", "", "[甲](../b/missing.md) [乙](targte)\n[丙](target#s9) [丁](#nowhere) ![戊](none.png) ![己](https://e.example/x.png) [庚](javascript:alert)")
        .document("a/target.md", "", "## 一、子\n\n文。")
        .document("a/closed.md", "access = \"record\"", "")
        .document("a/more.md", "", "[辛](closed#s1) [壬](../../../etc/passwd)")
        .build()
        .fails_as("broken_links");
}

#[test]
fn notes_stand_on_the_page_that_refers_to_them() {
    let run = Archive::new()
        .document(
            "a/x.md",
            "",
            "导言[^b]。\n\n## 一、甲\n\n子[^a]，丑[^b]。\n\n## 二、乙\n\n寅[^b]。\n\n[^a]: 注甲，见[^c]。\n[^b]: 注乙。\n[^c]: 注丙。\n",
        )
        .build()
        .succeeds();
    let notes = |page: &str| {
        let page = run.page(page);
        let list = between(&page, "<section class=\"notes\"", "</section>").to_string();
        list.split("<li id=\"")
            .skip(1)
            .map(|note| note.split('"').next().unwrap_or_default().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(notes("a/x/index.html"), ["fn-b"]);
    assert_eq!(notes("a/x/s1.html"), ["fn-b", "fn-a", "fn-c"]);
    assert_eq!(notes("a/x/s2.html"), ["fn-b"]);
    assert_eq!(notes("a/x/full.html"), ["fn-b", "fn-a", "fn-c"]);
    let section = run.page("a/x/s2.html");
    assert!(
        section.contains("<a id=\"fnref-b-3\" href=\"#fn-b\" role=\"doc-noteref\">1</a>"),
        "a note keeps its number"
    );
    assert!(section.contains("href=\"#fnref-b-3\"") && !section.contains("href=\"#fnref-b\""));
    assert!(run.page("a/x/x.txt").ends_with("[1] 注乙。\n[2] 注甲，见[3]。\n[3] 注丙。\n"));
}

#[test]
fn tables_images_and_attachments() {
    let run = Archive::new()
        .document("a/x/index.md", "", "## 一、图\n\n![一枚印](<印 章.png> \"图一\")\n\n文中![小](p/small.png)图。\n\n| 甲 | 乙 |\n|:--|--:|\n| 子 | 丑 |\n")
        .file("content/a/x/印 章.png", PIXEL)
        .file("content/a/x/p/small.png", PIXEL)
        .file("content/a/x/scan.pdf", vec![0; 12_345])
        .file("content/a/x/original/capture.txt", "原件")
        .build()
        .succeeds();
    let section = run.page("a/x/s1.html");
    assert!(section.contains("<img src=\"印%20章.png\" width=\"3\" height=\"2\" alt=\"一枚印\" loading=\"lazy\"><figcaption>图一</figcaption></figure>"), "{section}");
    assert!(section.contains("<img src=\"p/small.png\""));
    assert!(section.contains("<th scope=\"col\" class=\"left\">甲</th><th scope=\"col\" class=\"right\">乙</th>"));
    assert!(run.exists("a/x/印 章.png") && run.exists("a/x/p/small.png"));
    let landing = run.page("a/x/index.html");
    assert!(landing.contains("<a href=\"scan.pdf\">scan.pdf</a>") && landing.contains("13 kB"));
    assert!(!landing.contains("small.png"), "what the text shows is not listed again");
    assert!(!run.exists("a/x/original"), "the kept capture is not published");
}
