//! From a captured page to a site, on a capture with the shape of the one that the project grew from: a page's head, an
//! introduction, five sections of four, an author's note, a page's furniture.

use std::path::Path;

use crate::archive::{Archive, files_in, run_in, text_of};

/// This repository's own long essay as a government site would print it.
fn capture() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/handbook/keeping-a-document.md");
    let essay = std::fs::read_to_string(path).expect("the essay");
    let body = essay.split("+++\n").nth(2).expect("a body");
    let mut text =
        "守住一份数字文献 沈一帆\n  发布时间:2020-04-12 来源: 江城县地方史志学会\n\n守住一份数字文献\n\n沈一帆\n\n"
            .to_string();
    for block in body.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let block = block.trim_start_matches('#').trim();
        let block = block.split(" {#").next().expect("text");
        text.push_str(&format!("　　{}\n\n", without_links(block)));
    }
    text.push_str("　　（作者系江城县图书馆退休职工）\n\n[打印该页]\n     \n凡注明本网的所有文章，版权均属于江城史志网，未经本网授权不得转载！\n\n");
    text.push_str("江城县地方史志学会主办 江城县信息中心建设维护\n我为政府网站找错     某ICP备00000000号-1\n");
    text
}

fn without_links(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, link)) = rest.split_once('[') {
        text.push_str(before);
        match link.split_once("](").filter(|(label, _)| !label.contains(']')) {
            Some((label, address)) => {
                text.push_str(label);
                rest = address.split_once(')').expect("an address").1;
            }
            None => {
                text.push('[');
                rest = link;
            }
        }
    }
    text + rest
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// The plain beginning of each paragraph and each whole heading, in order.
fn parts(capture: &str) -> (Vec<String>, Vec<String>) {
    let lines =
        capture.lines().filter_map(|line| line.strip_prefix("　　")).filter(|line| !line.starts_with("（作者系"));
    let (headings, paragraphs): (Vec<&str>, Vec<&str>) =
        lines.partition(|line| line.chars().count() < 40 && line.starts_with(['一', '二', '三', '四', '五', '（']));
    let owned =
        |lines: Vec<&str>, length: usize| lines.iter().map(|line| line.chars().take(length).collect()).collect();
    (owned(paragraphs, 24), owned(headings, 60))
}

#[test]
fn a_capture_becomes_a_site_in_one_step_whatever_its_encoding() {
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let capture = capture();
    let (paragraphs, headings) = parts(&capture);
    assert_eq!((paragraphs.len(), headings.len()), (27, 25));
    let mut sites = Vec::new();
    for (name, bytes) in [("utf8", capture.clone().into_bytes()), ("gbk", gb18030(&capture))] {
        let file = folder.path().join(name).join("keeping.txt");
        std::fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        std::fs::write(&file, bytes).expect("the capture is written");
        let site = folder.path().join(format!("{name}-site"));
        let arguments = ["build", "--from", file.to_str().expect("UTF-8"), "--out", site.to_str().expect("UTF-8")];
        let run = run_in(folder.path(), &arguments, &site).warns_of("reprint-forbidden");
        let document = "江城县地方史志学会/keeping";
        let names = ["index", "s1", "s2", "s3", "s4", "s5"].map(|name| format!("{document}/{name}.html"));
        let split: String = names.iter().map(|name| text_of(&run.page(name))).collect();
        let full = text_of(&run.page(&format!("{document}/full.html")));
        for paragraph in &paragraphs {
            assert_eq!(split.matches(paragraph.as_str()).count(), 1, "{paragraph}");
            assert_eq!(full.matches(paragraph.as_str()).count(), 1, "{paragraph}");
        }
        let landing = text_of(&run.page(&names[0]));
        let contents = &landing[landing.find(&headings[0]).expect("the first heading")..];
        let mut from = 0;
        for heading in &headings {
            from += contents[from..].find(heading.as_str()).unwrap_or_else(|| panic!("{heading}")) + heading.len();
        }
        for page in names.iter().map(|name| text_of(&run.page(name))) {
            assert!(["沈一帆", "2020年4月12日", "江城县地方史志学会"].iter().all(|known| page.contains(known)));
        }
        assert!(landing.contains("江城县图书馆退休职工") && landing.contains("未经本网授权不得转载"));
        assert!(!split.contains("打印该页") && !split.contains("ICP"), "furniture is no text");
        sites.push(run.page(&format!("{document}/keeping.txt")));
    }
    assert_eq!(sites[0], sites[1], "the encodings give the same text");
}

#[test]
fn an_import_keeps_the_capture_and_tells_what_it_dropped() {
    let bytes = gb18030(&capture());
    let archive = Archive::new().file("captures/札记.txt", &bytes);
    let run = archive.run(&["import", "captures"]).warns_of("reprint-forbidden");
    assert!(run.stdout.contains("→ content/江城县地方史志学会/札记/index.md"), "{}", run.stdout);
    assert!(run.stdout.contains("(5 + 20)"), "{}", run.stdout);
    assert!(run.stdout.contains("print button, rights notice (in the record), site operator"), "{}", run.stdout);
    let folder = archive.path().join("content/江城县地方史志学会/札记");
    assert_eq!(std::fs::read(folder.join("original/札记.txt")).expect("the original"), bytes);
    let record = std::fs::read_to_string(folder.join("index.md")).expect("the record");
    for line in [
        "title = \"守住一份数字文献\"",
        "date = \"2020-04-12\"",
        "affiliation = \"江城县图书馆退休职工\"",
        "## 一、先记来源，再记内容 {#s1}",
    ] {
        assert!(record.contains(line), "{line} in\n{record}");
    }
    let before = files_in(archive.path());
    let again = archive.run(&["import", "--format", "json", "captures"]).succeeds();
    assert_eq!(again.summary()["known"], 1);
    assert_eq!(files_in(archive.path()), before, "the same capture again changes nothing");
    let site = archive.build().succeeds();
    assert!(site.page("江城县地方史志学会/index.html").contains("江城县地方史志学会"));
}

#[test]
fn a_waiting_record_is_filled_in_and_still_withheld() {
    let record = "+++\n# 待授权\ntitle = \"守住一份数字文献\"\naccess = \"record\"\ndate = \"2020\"\nrights = \"来源单位保留权利\"\n+++\n";
    let archive = Archive::new().file("content/holdings/keeping.md", record).file("in/x.txt", capture());
    let run = archive.run(&["import", "in/x.txt"]).warns_of("reprint-forbidden");
    assert!(run.stdout.contains("content/holdings/keeping.md"), "{}", run.stdout);
    let filled = std::fs::read_to_string(archive.path().join("content/holdings/keeping.md")).expect("the record");
    let own: Vec<&str> = record.lines().skip(1).take(5).collect();
    let stands: Vec<&str> = filled.lines().filter(|line| own.contains(line)).collect();
    assert_eq!(stands, own, "{filled}");
    assert!(filled.contains("file = \"keeping/original/x.txt\"") && filled.contains("### （四）"));
    assert!(archive.path().join("content/holdings/keeping/original/x.txt").exists());
    let site = archive.build().succeeds();
    assert!(
        site.files().iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("一份数字文献不会自己留下来"))
    );
}

#[test]
fn a_dry_run_writes_nothing_and_speaks_to_programs() {
    let archive = Archive::new().file("in/x.txt", capture());
    let before = files_in(archive.path());
    let run = archive.run(&["import", "--dry-run", "--format", "json", "in/x.txt"]).succeeds();
    let object: serde_json::Value = serde_json::from_str(run.stdout.trim_end()).expect("one object");
    assert_eq!(object["meta"]["authors"][0], "沈一帆");
    assert_eq!(object["meta"]["date"], "2020-04-12");
    let kinds =
        |kind: &str| object["blocks"].as_array().expect("blocks").iter().filter(|block| block["kind"] == kind).count();
    assert_eq!((kinds("heading"), kinds("paragraph"), kinds("note-author")), (25, 27, 1));
    assert_eq!(files_in(archive.path()), before);
}

#[test]
fn one_bad_capture_does_not_stop_the_others() {
    let archive = Archive::new()
        .file("in/a.txt", "")
        .file("in/b.txt", "题\n\n一段话。\n")
        .file("in/c.txt", b"\x00\x01\x02\x03".repeat(50));
    let run = archive.run(&["import", "in", "--into", "notes/2020"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stderr.matches("error[").count(), 2, "{}", run.stderr);
    assert!(archive.path().join("content/notes/2020/b/index.md").exists());
    assert!(run.stderr.contains("in/a.txt") && run.stderr.contains("in/c.txt"), "{}", run.stderr);
    let left: Vec<_> = files_in(archive.path()).into_keys().filter(|path| path.contains("importing")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(archive.run(&["import", "in/b.txt", "--into", "../out"]).code, 2);
}
