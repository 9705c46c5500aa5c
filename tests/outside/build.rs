//! What a site is made of.

use crate::archive::{Archive, between, text_of};

#[test]
fn every_kind_of_page() {
    let run = Archive::new()
        .document(
            "laws/notice.md",
            "authors = [\"甲\", \"乙\"]\ndate = \"1950-03\"\nsource = \"某处\"\nsubjects = [\"水\"]",
            "导言。\n\n## 一、总则\n\n甲。\n\n### （一）细则\n\n乙。\n\n## 二、附则\n\n丙。",
        )
        .build()
        .succeeds();
    for path in [
        "index.html",
        "404.html",
        "robots.txt",
        "manifest.json",
        "fonds.css",
        "laws/index.html",
        "laws/notice/index.html",
        "laws/notice/s1.html",
        "laws/notice/s2.html",
        "laws/notice/full.html",
        "laws/notice/notice.txt",
        "laws/notice/notice.md",
        "browse/index.html",
        "browse/authors/index.html",
        "browse/authors/甲.html",
        "browse/dates/1950.html",
        "browse/offices/某处.html",
        "browse/subjects/水.html",
    ] {
        assert!(run.exists(path), "{path}");
    }
    for path in ["feed.xml", "sitemap.xml", "laws/notice/s1-1.html"] {
        assert!(!run.exists(path), "{path} needs base_url or a deeper split");
    }
    let section = run.page("laws/notice/s1.html");
    assert!(section.contains("<h3 id=\"s1-1\""));
    assert!(section.contains("<a href=\"index.html\" rel=\"prev\">"));
    assert!(section.contains("<a href=\"s2.html\" rel=\"next\">"));
    assert!(section.contains("<a href=\"s1.html\" aria-current=\"page\">"));
    assert!(section.contains("href=\"../../browse/authors/甲.html\""));
    assert_eq!(
        run.page("laws/notice/notice.txt"),
        "notice\n甲\n乙\n1950年3月\n某处\n\n导言。\n\n一、总则\n\n甲。\n\n（一）细则\n\n乙。\n\n二、附则\n\n丙。\n"
    );
}

#[test]
fn absolute_addresses_only_with_a_base() {
    let archive = Archive::new().file("site.toml", "title = \"试验库\"\nbase_url = \"https://b.example/\"\n").document(
        "laws/注意.md",
        "date = \"1950-03\"",
        "文。",
    );
    archive.run_at("981158400", &["publish", "--by-hand"]).succeeds();
    let run = archive.run(&["build", "--base-url", "https://a.example/库"]).succeeds();
    let sitemap = run.page("sitemap.xml");
    assert!(
        sitemap.contains("<loc>https://a.example/%E5%BA%93/laws/%E6%B3%A8%E6%84%8F/</loc><lastmod>2001-02-03<"),
        "{sitemap}"
    );
    assert!(!sitemap.contains("404.html"));
    let feed = run.page("feed.xml");
    // A month is no day, so it is no time of publishing.
    assert!(feed.contains("<updated>2001-02-03T00:00:00Z</updated>") && !feed.contains("<published>"), "{feed}");
    assert!(run.page("robots.txt").contains("Sitemap: https://a.example/%E5%BA%93/sitemap.xml"));
    assert!(
        run.page("laws/注意/index.html").contains("<link rel=\"canonical\" href=\"https://a.example/%E5%BA%93/laws/")
    );
    assert!(run.page("404.html").contains("href=\"https://a.example/%E5%BA%93/index.html\""));
}

#[test]
fn long_lists_are_paginated() {
    let mut archive = Archive::new();
    for number in 0..405 {
        archive = archive.document(&format!("a/d{number:03}.md"), "authors = [\"同一人\"]\ndate = \"1950\"", "文。");
    }
    let run = archive.build().succeeds();
    for list in ["a/index", "browse/authors/同一人", "browse/dates/1950"] {
        let pages =
            [format!("{list}.html"), format!("{list}.2.html"), format!("{list}.3.html")].map(|path| run.page(&path));
        let entries =
            pages.each_ref().map(|page| between(page, "class=\"documents\"", "</ul>").matches("<li>").count());
        assert_eq!(entries, [200, 200, 5], "{list}");
        assert!(!run.exists(&format!("{list}.4.html")));
        let stem = list.rsplit('/').next().expect("a name");
        assert!(
            pages[1].contains(&format!("href=\"{stem}.html\""))
                && pages[1].contains(&format!("href=\"{stem}.3.html\""))
        );
    }
}

#[test]
fn how_deep_a_text_is_split() {
    let body = "导言。\n\n## 一、甲\n\n子。\n\n### （一）乙\n\n丑。\n\n### （二）丙\n\n寅。";
    let run = Archive::new()
        .document("a/none.md", "split_level = 0", body)
        .document("a/one.md", "", body)
        .document("a/two.md", "split_level = 2", body)
        .document("a/bare.md", "", "只有一段。")
        .build()
        .succeeds();
    assert!(!run.exists("a/none/s1.html") && run.exists("a/none/full.html"));
    assert!(run.page("a/none/index.html").contains("href=\"full.html#s1-2\""));
    assert!(run.exists("a/one/s1.html") && !run.exists("a/one/s1-1.html"));
    assert!(run.page("a/two/s1-1.html").contains("丑。") && !run.page("a/two/s1.html").contains("丑。"));
    assert!(run.page("a/two/s1-1.html").contains("<a href=\"s1-2.html\" rel=\"next\">"));
    assert!(run.page("a/bare/index.html").contains("只有一段。"));
    for document in ["none", "one", "two"] {
        assert_eq!(text_of(&run.page(&format!("a/{document}/full.html"))).matches("寅。").count(), 1);
    }
}

#[test]
fn neighbours_between_documents_follow_the_collection() {
    let run = Archive::new()
        .file("content/a/_index.md", "+++\ntitle = \"甲集\"\n+++\n按年。\n")
        .document("a/late.md", "date = \"1966\"", "")
        .document("a/early.md", "date = \"1949-10/1950-03\"", "")
        .document("a/undated.md", "", "")
        .document("a/middle.md", "date = \"195X\"", "")
        .build()
        .succeeds();
    let middle = run.page("a/middle/index.html");
    assert!(
        middle.contains("href=\"../../a/early/index.html\"") && middle.contains("href=\"../../a/late/index.html\"")
    );
    let list = run.page("a/index.html");
    let order: Vec<_> = ["early", "middle", "late", "undated"].map(|id| list.find(&format!("{id}/index.html"))).into();
    assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
    assert!(run.page("browse/dates/index.html").contains("1950年代"));
}

#[test]
fn headings_need_no_numbers_and_levels_no_order() {
    let run = Archive::new()
        .document(
            "a/x.md",
            "title = \"题\"",
            "# 题\n\n导。\n\n#### 深\n\n甲。\n\n## 第一章　总则\n\n乙。\n\n#### 1. 下\n\n丙。",
        )
        .build()
        .succeeds();
    let landing = run.page("a/x/index.html");
    assert!(landing.contains("<h3 id=\"深\""), "a section that is too deep for a page stays on the landing page");
    assert_eq!(
        text_of(between(&landing, "<div class=\"text\"", "</section>")).matches("题").count(),
        0,
        "the title is not repeated"
    );
    assert!(run.page("a/x/s1.html").contains("<h3 id=\"s1-1\""));
}

#[test]
fn line_breaks_between_han_are_no_spaces() {
    let run = Archive::new().document("a/x.md", "", "甲乙\n丙丁。\nabc\ndef 戊\nghi").build().succeeds();
    assert!(run.page("a/x/index.html").contains("甲乙丙丁。\nabc\ndef 戊\nghi</p>"));
    assert!(run.page("a/x/x.txt").contains("甲乙丙丁。 abc def 戊 ghi"));
}

#[test]
fn templates_strings_and_static_files_are_overridden_one_by_one() {
    let run = Archive::new()
        .document("a/x.md", "[extra]\nshelf = \"三架\"", "文。")
        .file("templates/not-found.html", "没有 {{ site.title }}")
        .file("templates/strings/zh-Hans.toml", "home = \"大门\"\n")
        .file("static/fonds.css", "body { color: red }")
        .file("static/scans/图 1.txt", "x")
        .build()
        .succeeds();
    assert_eq!(run.page("404.html"), "没有 试验库");
    assert!(run.page("a/x/index.html").contains(">大门</a>"));
    assert_eq!(run.page("fonds.css"), "body { color: red }");
    assert!(run.exists("scans/图 1.txt") && run.exists("icon.svg"));
}

#[test]
fn the_interface_speaks_the_language_of_the_document() {
    let run = Archive::new()
        .document("a/zh.md", "date = \"1950~\"", "文。")
        .document("a/en.md", "date = \"1950~\"\nlanguage = \"en\"", "Text.")
        .document("a/bo.md", "date = \"1950~\"\nlanguage = \"bo\"", "བོད་ཡིག")
        .build()
        .succeeds();
    let (chinese, english) = (run.page("a/zh/index.html"), run.page("a/en/index.html"));
    assert!(
        chinese.contains("<html lang=\"zh-Hans\" dir=\"ltr\">")
            && chinese.contains("约1950年")
            && chinese.contains("第 1 段")
    );
    assert!(
        english.contains("<html lang=\"en\" dir=\"ltr\">")
            && english.contains("c. 1950")
            && english.contains("Paragraph 1")
    );
    assert!(run.page("a/bo/index.html").contains("lang=\"bo\""));
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let archive = Archive::new().document("a/x.md", "draft = true", "文。").document("a/y.md", "", "文。");
    assert!(!archive.build().succeeds().exists("a/x/index.html"));
    assert!(archive.run(&["build", "--drafts"]).succeeds().exists("a/x/index.html"));
}

#[test]
fn a_new_archive_builds_as_it_is_and_so_does_one_with_everything_ejected() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let plain =
        crate::archive::run_in(folder.path(), &["init", "plain"], &folder.path().join("plain/public")).succeeds();
    assert!(plain.stdout.contains("fonds build --archive plain"));
    crate::archive::run_in(folder.path(), &["init", "ejected", "--eject"], folder.path()).succeeds();
    let sites = ["plain", "ejected"].map(|archive| {
        let site = folder.path().join(archive).join("public");
        crate::archive::run_in(folder.path(), &["build", "--archive", archive], &site).succeeds().files()
    });
    assert!(sites[0].contains_key("essays/first/s1.html"));
    assert!(sites[0] == sites[1], "the ejected theme is the built-in one");
    assert_eq!(crate::archive::run_in(folder.path(), &["init", "plain"], folder.path()).code, 2);
}

/// Only a program with the feature makes PDFs; without it the site is published all the same.
#[cfg(not(feature = "pdf"))]
#[test]
fn an_archive_that_asks_for_pdfs_is_told_where_they_are_to_be_had() {
    let archive =
        Archive::new().file("site.toml", "title = \"库\"\n[build]\npdf = true\n").document("a.md", "", "文。");
    let run = archive.build();
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("warning[no-pdf]") && run.stderr.contains("site.toml:3:7"), "{}", run.stderr);
    assert!(run.stderr.contains("--features pdf"), "{}", run.stderr);
    assert!(run.exists("a/index.html") && !run.exists("a/a.pdf"));
}
