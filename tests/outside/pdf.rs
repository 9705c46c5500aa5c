//! PDFs, read back with programs of others (poppler). Only of a program that was built with the feature `pdf`.

use std::process::Command;

use tempfile::TempDir;

use crate::archive::{Archive, Run, run_with};

const SITE: &str = "title = \"试验库\"\nbase_url = \"https://a.example\"\n[build]\npdf = true\n";

/// A grey picture of one dot.
const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\nIDAT\x78\xda\x63\x68\0\0\0\x82\0\x81\
      \xda\x45\x08\x3b\0\0\0\0IEND\xae\x42\x60\x82";

fn asking() -> Archive {
    Archive::new().file("site.toml", SITE)
}

/// What a program of poppler's says of a file of the site.
#[track_caller]
fn read(program: &str, options: &[&str], run: &Run, path: &str) -> String {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("file.pdf");
    let bytes = run.files().remove(path).unwrap_or_else(|| panic!("there is no {path}: {}", run.stderr));
    std::fs::write(&file, bytes).expect("a file");
    let mut command = Command::new(program);
    command.args(options).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|error| panic!("needs {program} (poppler-utils): {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The words of a PDF without what parts its lines.
#[track_caller]
fn words(run: &Run, path: &str) -> String {
    read("pdftotext", &["-enc", "UTF-8"], run, path).split_whitespace().collect()
}

fn essay() -> Archive {
    asking().document(
        "essays/one.md",
        "title = \"库房札记\"\nauthors = [\"沈一帆\"]\ndate = \"1950~\"\nkind = \"文章\"\ndoc_number = \"江志〔1950〕3号\"\n\
         subjects = [\"库房\"]\nsource = \"江城县地方史志学会\"\nrights = \"© 江城县地方史志学会\"\n\
         source_url = \"https://source.example/a?b=1&c=2\"",
        "库房在楼的北面，窗小，墙厚，一年四季都凉[^1]。\n\n## 一、清点\n\n清点用了十一天。见[上架](#s2)。\n\n### （一）先点数\n\n\
         - 件数\n- 页数\n\n| 年 | 件 |\n|---|--:|\n| 1950 | 三百 |\n\n![一格灰](grey.png \"图一\")\n\n## 二、上架\n\n> 缺的号不猜。\n\n\
         ```\nfn main() {}\n```\n\n[^1]: 冬天十二度。",
    )
    .file("content/essays/grey.png", PICTURE)
}

#[test]
fn a_document_is_set_and_read_back() {
    let run = essay().build().succeeds();
    let path = "essays/one/one.pdf";
    let info = read("pdfinfo", &[], &run, path);
    for line in
        ["Title:           库房札记", "Author:          沈一帆", "Keywords:        库房", "Tagged:          yes"]
    {
        assert!(info.contains(line), "{line}\n{info}");
    }
    assert!(info.contains("Jan  1 00:00:00 1950") || info.contains("Sun Jan  1"), "{info}");
    assert!(info.contains("Page size:       595.276 x 841.89 pts (A4)"), "{info}");
    assert!(info.contains("Encrypted:       no") && info.contains("JavaScript:      no"), "{info}");
    let metadata = read("pdfinfo", &["-meta"], &run, path);
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{metadata}");
    assert!(metadata.contains("zh-CN"), "{metadata}");
    let words = words(&run, path);
    for text in [
        "文章江志〔1950〕3号",
        "库房在楼的北面，窗小，墙厚，一年四季都凉",
        "一、清点",
        "清点用了十一天。见上架。",
        "（一）先点数",
        "1950三百",
        "图一",
        "缺的号不猜。",
        "fnmain(){}",
        "冬天十二度。",
        "https://source.example/a?b=1&c=2",
        "[EB/OL]",
        "—1—",
    ] {
        assert!(words.contains(text), "{text}\n{words}");
    }
    let structure = read("pdfinfo", &["-struct"], &run, path);
    for role in ["H1", "H2", "LI", "Table", "TH", "Figure", "BlockQuote", "Note", "Link"] {
        assert!(structure.contains(role), "{role}\n{structure}");
    }
}

#[test]
fn pages_say_that_there_is_a_pdf() {
    let run = essay().build().succeeds();
    let page = run.page("essays/one/index.html");
    assert!(page.contains("href=\"one.pdf\""));
    assert!(page.contains("<meta name=\"citation_pdf_url\" content=\"https://a.example/essays/one/one.pdf\">"));
    assert!(page.contains("\"encodingFormat\":\"application/pdf\""));
    assert!(run.page("essays/one/linkset.json").contains("https://a.example/essays/one/one.pdf"));
}

#[test]
fn two_builds_are_the_same_bytes() {
    let of = |jobs| essay().run(&["build", "--jobs", jobs]).succeeds().files().remove("essays/one/one.pdf");
    let first = of("1");
    assert!(first.is_some());
    assert_eq!(first, of("3"));
}

#[test]
fn an_archive_that_asks_for_none_has_none() {
    let run = essay().file("site.toml", "title = \"库\"\nbase_url = \"https://a.example\"\n").build().succeeds();
    assert!(!run.exists("essays/one/one.pdf"));
    for page in ["essays/one/index.html", "essays/one/linkset.json"] {
        assert!(!run.page(page).contains("pdf"), "{page}");
    }
}

#[test]
fn without_a_font_the_site_is_published_without_a_pdf() {
    let none = TempDir::new().expect("a folder");
    let archive = essay().document("essays/two.md", "", "文。");
    let site = archive.path().join("public");
    let folder = none.path().to_str().expect("UTF-8");
    let run = run_with(archive.path(), &["build"], &[("FONDS_FONTS", folder)], &site);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stderr.matches("no Chinese font was found").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("fonts-noto-cjk") && run.stderr.contains("Noto Serif CJK SC"), "{}", run.stderr);
    assert!(run.exists("essays/one/index.html") && !run.exists("essays/one/one.pdf"));
    assert!(!run.page("essays/one/index.html").contains("pdf"));
    assert!(!run.page("essays/one/linkset.json").contains("pdf"));
}

#[test]
fn a_withheld_text_is_in_no_pdf() {
    let run = asking().document("secret.md", "access = \"record\"", "机密之文。").build().succeeds();
    assert!(!run.exists("secret/secret.pdf"));
}

/// Words that mean something to Typst are words.
#[test]
fn a_hostile_text_is_text() {
    let hostile = [
        "\\\"];#read(\\\"/etc/passwd\\\")",
        "\"];#panic(\"x\")",
        "#import \"@preview/x:1.0.0\"",
        "#include \"style.typ\"",
        "$ x^2 $ @ref <label> *a* _b_ = h",
        "\\u{41} // /* ~ --- ... \\",
        "]]]) #{[(",
    ];
    let quoted = |text: &str| format!("{:?}", text);
    let mut body = String::new();
    for text in hostile {
        body.push_str(&format!("```\n{text}\n```\n\n`{text}`\n\n> - {}\n\n", text.replace(['*', '_', '<', '\\'], "+")));
    }
    body.push_str("[a](https://a.example/\"];#panic(1))\n\n## \"];#panic(\"t\")\n\nx\n");
    let title = "\"];#panic(\"title\") \\";
    let run = asking()
        .document(
            "hostile.md",
            &format!(
                "title = {0}\nsubtitle = {0}\nauthors = [{0}]\nkind = {0}\ndoc_number = {0}\nrights = {0}\nsource = {0}\n\
                 subjects = [{0}]\nlang = \"en\"",
                quoted(title)
            )
            .replace("lang = \"en\"", "language = \"en\""),
            &body,
        )
        .build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let words = words(&run, "hostile/hostile.pdf");
    for text in hostile {
        let text: String = text.split_whitespace().collect();
        assert_eq!(words.matches(&text).count().min(2), 2, "{text}\n{words}");
    }
    assert!(words.contains("\"];#panic(\"title\")"), "{words}");
    assert!(!words.contains("root:"), "{words}");
}

#[test]
fn a_picture_that_is_broken_costs_the_document_its_pdf_alone() {
    let run = essay().file("content/essays/grey.png", &PICTURE[..40]).document("b.md", "", "文。").build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning[pdf]: no PDF could be made"), "{}", run.stderr);
    assert!(run.stderr.contains("content/essays/one.md"), "{}", run.stderr);
    assert!(!run.exists("essays/one/one.pdf") && run.exists("b/b.pdf"));
    let page = run.page("essays/one/index.html");
    assert!(page.contains("one.epub") && !page.contains("one.pdf"));
}

#[test]
fn deep_and_ragged_texts_are_set() {
    let lists: String = (0..40).map(|depth| format!("{}- 层{depth}\n", "  ".repeat(depth))).collect();
    let quotes = format!("{} 深\n", ">".repeat(60));
    let notes = "文[^a]再[^a]。\n\n[^a]: 注[^b]。\n\n[^b]: 注中注[^c][^a]。\n\n[^c]: 第三层[^d]。\n\n[^d]: 第四层。\n\n[^e]: 无人引。";
    let table = "| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n| x[^a] | y |\n";
    let html = "<table><tr><td colspan=\"900\" rowspan=\"900\">宽</td></tr><tr><td>下</td><td><table><tr><td>内</td></tr></table></td>\
                </tr></table>\n\n<p>a<ruby>字<rt>zi</rt></ruby><b><i><u>x</p>";
    let run = Archive::new()
        .file("site.toml", format!("{SITE}allow_html = true\n"))
        .document("deep.md", "", &format!("{lists}\n{quotes}\n{table}\n{html}\n\n{notes}"))
        .build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let words = words(&run, "deep/deep.pdf");
    for text in ["层39", "深", "宽", "内", "字（zi）", "注中注", "第三层", "第四层", "无人引"] {
        assert!(words.contains(text), "{text}\n{words}\n{}", run.stderr);
    }
}

#[test]
fn four_hundred_sections_are_bookmarks() {
    // Two lines a section: a heading, and 26 characters that stand in by two.
    let line = "永".repeat(26);
    let body: String = (1..=400).map(|at| format!("## 第{at}节\n\n{line}\n\n")).collect();
    let run = asking().document("long.md", "", &body).build().succeeds();
    let pages = read("pdfinfo", &[], &run, "long/long.pdf");
    let pages: usize = pages.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok()).expect("pages");
    assert!((37..=39).contains(&pages), "{pages}");
    let structure = read("pdfinfo", &["-struct"], &run, "long/long.pdf");
    assert_eq!(structure.matches("H1").count(), 400);
    assert!(words(&run, "long/long.pdf").contains(&format!("第400节{line}")));
}

/// GB/T 9704-2012: 22 lines a page, 28 characters a line.
#[test]
fn a_page_has_22_lines_of_28_characters() {
    let run = asking().document("full.md", "", &"永".repeat(28 * 60)).build().succeeds();
    let text = read("pdftotext", &[], &run, "full/full.pdf");
    let page = text.split('\u{c}').nth(1).expect("a second page");
    let lines: Vec<usize> = page.lines().filter(|line| line.contains('永')).map(|line| line.chars().count()).collect();
    assert_eq!(lines, vec![28; 22], "{page}");
}

#[test]
fn an_english_document_is_a_book() {
    let run = asking()
        .document(
            "en.md",
            "language = \"en\"",
            "An *introduction* of one line[^1].\n\n## First\n\nText.\n\n[^1]: Note.",
        )
        .build();
    let run = run.succeeds();
    let metadata = read("pdfinfo", &["-meta"], &run, "en/en.pdf");
    assert!(metadata.contains("<rdf:li>en</rdf:li>"), "{metadata}");
    let text = read("pdftotext", &[], &run, "en/en.pdf");
    assert!(text.contains("An introduction of one line"), "{text}");
}
