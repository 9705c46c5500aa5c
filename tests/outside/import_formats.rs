//! One essay as the captures that archivists hold: text, a page of a publishing system in GB18030, Word, Markdown, a book,
//! a web archive. Whatever it was captured as, the same record and the same text come out.

use std::io::Write;

use serde_json::Value;

use crate::archive::{Archive, files_in, run_in};

/// Title, author, labels, the text's lines, and the page's furniture.
pub(crate) const TITLE: &str = "守护旧报刊的三点体会";
pub(crate) const LABELS: &str = "发布时间:2021-06-08 来源: 江城县地方史志学会";
pub(crate) const TEXT: [&str; 10] = [
    "旧报刊的纸张酸化严重,翻动时要用竹起子,这是多年摸索出来的经验,也是馆里的规矩。",
    "一、先登记,后整理",
    "登记要逐页进行,缺页、残页分别注明,不得补写,也不得凭记忆推断原来的文字。",
    "（一） 登记的次序",
    "先登记报头和日期,再登记版次,最后登记破损的位置,三项都要由两个人核对。",
    "（二）登记的格式",
    "格式由县图书馆统一印制,填写时用碳素墨水,写错了划去重写,不许涂改。",
    "二、先清洁,后修补",
    "清洁用软毛刷,顺着纸纹的方向轻轻扫,不要用水,更不要用橡皮去擦铅笔字。",
    "（作者系江城县图书馆馆员）",
];
pub(crate) const TAIL: [&str; 3] = [
    "[打印该页]",
    "凡注明本网的所有文章,版权均属于江城史志网,未经本网授权不得转载!",
    "江城县地方史志学会主办 江城县信息中心建设维护",
];

pub(crate) fn plain() -> String {
    let lines = ["守护旧报刊的三点体会 沈一帆", LABELS, TITLE, "沈一帆"];
    lines.iter().chain(&TEXT).chain(&TAIL).map(|line| format!("{line}\n\n")).collect()
}

fn page() -> String {
    let paragraphs: String = TEXT.iter().map(|line| format!("<p>　　<span>{line}</span></p>\n")).collect();
    let tail: String = TAIL.iter().map(|line| format!("<p>{line}</p>")).collect();
    format!(
        "<!DOCTYPE html><html><head><meta charset=gb2312><title>{TITLE}_江城史志网</title><style>p{{}}</style></head><body>\
         <div class=nav><a href=/>首页</a> <a href=/a>专题</a></div><script>document.write('<p>不是正文</p>')</script>\
         <h1>{TITLE}</h1><div>沈一帆</div><div class=info>{LABELS}</div><div class=\"TRS_Editor\">{paragraphs}</div>\
         <div class=footer>{tail}</div></body></html>"
    )
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

/// A zip file of these files.
pub(crate) fn package(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file begins");
        zip.write_all(text.as_bytes()).expect("a file is written");
    }
    zip.finish().expect("a package").into_inner()
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A Word file whose headings are styled and whose numbers are made by Word, so that they are nowhere in its text.
fn word(numbered: bool) -> Vec<u8> {
    let paragraph = |style: &str, level: Option<u8>, text: &str| {
        let number = level.map_or_else(String::new, |level| {
            format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>")
        });
        let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
        format!("<w:p><w:pPr>{style}{number}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
    };
    let mut body: String =
        ["守护旧报刊的三点体会 沈一帆", LABELS, TITLE, "沈一帆"].iter().map(|line| paragraph("", None, line)).collect();
    for line in TEXT {
        let styled = |level: u8, text: &str| paragraph(if level == 0 { "H1" } else { "H2" }, Some(level), text);
        let first = line.strip_prefix("一、").or_else(|| line.strip_prefix("二、"));
        let second = line.strip_prefix("（一） ").or_else(|| line.strip_prefix("（二）"));
        body.push_str(&match (first, second) {
            (Some(text), _) if numbered => styled(0, text),
            (_, Some(text)) if numbered => styled(1, text),
            _ => paragraph("", None, line),
        });
    }
    body.extend(TAIL.iter().map(|line| paragraph("", None, line)));
    let document =
        format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>");
    let level = |level: u8, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering xmlns:w=\"{WORD}\"><w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        level(0, "%1、"),
        level(1, "（%2）")
    );
    let style = |id: &str, level: u8| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/><w:pPr><w:outlineLvl w:val=\"{level}\"/></w:pPr></w:style>"
        )
    };
    let styles = format!("<w:styles xmlns:w=\"{WORD}\">{}{}</w:styles>", style("H1", 0), style("H2", 1));
    package(&[
        ("word/document.xml", document.as_str()),
        ("word/numbering.xml", numbering.as_str()),
        ("word/styles.xml", styles.as_str()),
    ])
}

fn web_archive(pages: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (nth, (address, body)) in pages.iter().enumerate() {
        let mut http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec();
        http.extend_from_slice(body);
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{nth}>\r\nWARC-Date: 2021-07-01T08:00:00Z\r\n\
             WARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            http.len()
        );
        let mut member = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        member.write_all(head.as_bytes()).and_then(|()| member.write_all(&http)).expect("a record");
        member.write_all(b"\r\n\r\n").expect("a record's end");
        bytes.extend(member.finish().expect("a member"));
    }
    bytes
}

/// What a dry run says of one capture.
pub(crate) fn recognised(archive: &Archive, file: &str) -> Value {
    let run = archive.run(&["import", "--dry-run", "--format", "json", file]).succeeds();
    serde_json::from_str(run.stdout.trim_end()).expect("one object")
}

/// Blocks without their lines, which count the pieces of each format.
pub(crate) fn blocks(object: &Value) -> Vec<Value> {
    let mut blocks = object["blocks"].as_array().expect("blocks").clone();
    for block in &mut blocks {
        block.as_object_mut().expect("an object").remove("line");
    }
    blocks
}

#[test]
fn every_format_gives_the_same_text_and_record() {
    let archive = Archive::new()
        .file("in/a/essay.txt", plain())
        .file("in/b/essay.html", gb18030(&page()))
        .file("in/c/essay.docx", word(false))
        .file("in/d/essay.md", plain().replace("[打印该页]", "\\[打印该页\\]"));
    let text = recognised(&archive, "in/a/essay.txt");
    let kinds: Vec<&str> =
        text["blocks"].as_array().expect("blocks").iter().filter_map(|b| b["kind"].as_str()).collect();
    assert_eq!(
        kinds,
        [
            "paragraph",
            "heading",
            "paragraph",
            "heading",
            "paragraph",
            "heading",
            "paragraph",
            "heading",
            "paragraph",
            "note-author"
        ]
    );
    for file in ["in/b/essay.html", "in/c/essay.docx", "in/d/essay.md"] {
        let other = recognised(&archive, file);
        assert_eq!(blocks(&other), blocks(&text), "{file}");
        assert_eq!(other["meta"], text["meta"], "{file}");
    }
    assert_eq!(recognised(&archive, "in/b/essay.html")["encoding"], "GBK");
}

#[test]
fn a_page_of_a_government_site_gives_its_whole_record() {
    let html = "<html><head><meta charset=utf-8><meta name=ArticleTitle content=\"江城县人民政府关于开放书库的通知\"><meta name=PubDate content=\"2017-08-30 10:22:11\">\
        <meta name=ContentSource content=\"江城县人民政府办公室\"><meta name=Keywords content=\"图书,开放\"><title>江城县人民政府关于开放书库的通知 - 江城县</title></head><body>\
        <table><tr><td>索 引 号：</td><td>0001/2017-2</td><td>发文机关：</td><td>江城县人民政府</td></tr><tr><td>发文字号：</td><td>江政发[2017]3号</td>\
        <td>成文日期：</td><td>2017年8月1日</td></tr></table><h1>江城县人民政府关于开放书库的通知</h1><div>2017-08-30 10:22 <span>来源： 江城县人民政府办公室</span> 【字体：大 中 小】</div>\
        <div id=\"UCAP-CONTENT\"><p>江城县人民政府<br/>关于开放书库的通知</p><p>江政发〔2017〕3号</p><p>各乡镇人民政府：</p><p>　　为了方便读者查阅，现将有关事项通知如下，请认真贯彻执行。</p>\
        <p><strong>一、开放时间</strong></p><p>每日上午九时至下午五时。</p><p><strong>二、开放范围</strong></p><p>一九五〇年以前的旧报刊不在开放之列。</p><p>附件：1.登记表</p>\
        <p>2017年8月1日</p><p>（此件公开发布）</p></div><div>责任编辑：林小雨</div><div>主办：江城县人民政府</div></body></html>";
    let archive = Archive::new().file("in/page.html", html);
    let object = recognised(&archive, "in/page.html");
    let meta = &object["meta"];
    for (field, value) in [
        ("title", "江城县人民政府关于开放书库的通知"),
        ("date", "2017-08-30 10:22:11"),
        ("created", "2017-08-01"),
        ("source", "江城县人民政府办公室"),
        ("issuer", "江城县人民政府"),
        ("doc_number", "江政发〔2017〕3号"),
        ("index_number", "0001/2017-2"),
    ] {
        assert_eq!(meta[field].as_str(), Some(value), "{field} in {object}");
    }
    assert_eq!(meta["subjects"], serde_json::json!(["图书", "开放"]));
    assert_eq!(meta["editors"], serde_json::json!(["林小雨"]));
    let kinds: Vec<&str> =
        object["blocks"].as_array().expect("blocks").iter().filter_map(|b| b["kind"].as_str()).collect();
    assert_eq!(
        kinds,
        [
            "salutation",
            "paragraph",
            "heading",
            "paragraph",
            "heading",
            "paragraph",
            "attachment-list",
            "date",
            "note-public",
            "note-editor"
        ]
    );
}

#[test]
fn menus_above_a_marked_title_are_no_text() {
    let markdown = format!("- 首页\n- 专题\n\n# {TITLE}\n\n沈一帆\n\n{LABELS}\n\n{}\n", TEXT.join("\n\n"));
    let markdown = format!("---\ntitle: {TITLE}-江城史志网\n---\n\n{markdown}");
    let archive = Archive::new().file("in/a/essay.md", markdown).file("in/b/essay.txt", plain());
    let object = recognised(&archive, "in/a/essay.md");
    let text = recognised(&archive, "in/b/essay.txt");
    assert_eq!(object["meta"]["title"].as_str(), Some(TITLE));
    assert_eq!(object["meta"]["authors"], text["meta"]["authors"]);
    assert_eq!(blocks(&object), blocks(&text));
    let dropped: Vec<&str> =
        object["dropped"].as_array().expect("dropped").iter().filter_map(|d| d["why"].as_str()).collect();
    assert_eq!(dropped, ["navigation", "navigation", "repeated-title"]);
}

#[test]
fn numbers_that_word_makes_are_printed() {
    let archive = Archive::new().file("in/essay.docx", word(true));
    let object = recognised(&archive, "in/essay.docx");
    let headings: Vec<(u64, &str, &str)> = object["blocks"]
        .as_array()
        .expect("blocks")
        .iter()
        .filter(|block| block["kind"] == "heading")
        .map(|block| {
            (
                block["level"].as_u64().unwrap_or(0),
                block["number"].as_str().unwrap_or(""),
                block["text"].as_str().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(
        headings,
        [
            (1, "一、", "先登记,后整理"),
            (2, "（一）", "登记的次序"),
            (2, "（二）", "登记的格式"),
            (1, "二、", "先清洁,后修补")
        ]
    );
    archive.run(&["import", "in/essay.docx"]).warns_of("reprint-forbidden");
    let folder = archive.path().join("content/江城县地方史志学会/essay");
    let record = std::fs::read_to_string(folder.join("index.md")).expect("the record");
    assert!(record.contains("### （一）登记的次序 {#s1-1}"), "{record}");
    let provenance = std::fs::read_to_string(folder.join("original/provenance.toml")).expect("the provenance");
    assert_eq!(provenance.matches("why = \"list-number\"").count(), 4, "{provenance}");
    assert!(provenance.contains("why = \"rights-notice\"") && provenance.contains("importer = \"fonds "));
}

#[test]
fn a_page_keeps_its_tables_images_links_and_notes() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU".to_vec();
    let html = "<html><head><title>库房</title></head><body><h1>库房</h1><p>见<a href=\"https://example.org/a\">条例</a>第三条<a href=\"#n1\" id=\"r1\"><sup>[1]</sup></a>，<b>不得外借</b>。</p>\
        <table><tr><th>名称</th><th>册数</th></tr><tr><td>县志</td><td>12|3</td></tr></table>\
        <ul><li>甲</li><li>乙<ol><li>子</li><li>丑</li></ol></li></ul><blockquote><p>原文如此。</p></blockquote>\
        <p><img src=\"pic/a%20b.png\" alt=\"平面图\"></p><p><img src=\"../../secret.png\" alt=\"外面\"></p>\
        <pre>一  二\n三</pre><div><p id=\"n1\"><a href=\"#r1\">[1]</a> 县人民政府公布。</p></div></body></html>";
    let archive = Archive::new().file("in/page.html", html).file("in/pic/a b.png", &png).file("secret.png", &png);
    let run = archive.run(&["import", "in/page.html", "--into", "notes"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.tells("missing-image") && run.stderr.contains("../../secret.png"), "{}", run.stderr);
    let folder = archive.path().join("content/notes/page");
    let record = std::fs::read_to_string(folder.join("index.md")).expect("the record");
    for part in [
        "见[条例](https://example.org/a)第三条[^1]，**不得外借**。",
        "| 名称 | 册数 |\n| --- | --- |\n| 县志 | 12\\|3 |",
        "- 甲\n- 乙\n  1. 子\n  2. 丑\n",
        "> 原文如此。",
        "```\n一  二\n三\n```",
        "[^1]: 县人民政府公布。",
    ] {
        assert!(record.contains(part), "{part}\nin\n{record}");
    }
    let kept: Vec<String> = files_in(&folder.join("files")).into_keys().collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(record.contains(&format!("![平面图](files/{})", kept[0])), "{record}");
    let site = archive.build().succeeds();
    assert!(site.page("notes/page/index.html").contains("平面图"));
    let out = archive.path().join("site");
    let straight = run_in(archive.path(), &["build", "--from", "in/page.html", "--out", "site"], &out);
    assert_eq!(straight.code, 0, "{}", straight.stderr);
    assert!(
        out.join("unsorted/page/files").join(&kept[0]).is_file(),
        "the image goes with a site made straight from captures"
    );
}

#[test]
fn a_web_archive_gives_a_document_a_page() {
    let other = page().replace(TITLE, "另一篇");
    let bytes = web_archive(&[
        ("http://example.org/art/2021/essay.html", &gb18030(&page())),
        ("http://example.org/art/2021/other.html", &gb18030(&other)),
    ]);
    let archive = Archive::new().file("in/site.warc.gz", bytes);
    let run = archive.run(&["import", "in"]).warns_of("reprint-forbidden");
    assert_eq!(run.stdout.matches(" → content/").count(), 2, "{}", run.stdout);
    let record = archive.path().join("content/江城县地方史志学会/essay/index.md");
    let record = std::fs::read_to_string(record).expect("the record");
    assert!(
        record.contains("source_url = \"http://example.org/art/2021/essay.html\"")
            && record.contains("captured = \"2021-07-01\""),
        "{record}"
    );
}

#[test]
fn a_newer_capture_is_shown_and_taken_when_asked() {
    let saved = |text: &str| {
        gb18030(&text.replace("<html>", "<html><!-- saved from url=(0028)http://example.org/essay.html -->"))
    };
    let archive = Archive::new().file("in/essay.html", saved(&page()));
    archive.run(&["import", "in/essay.html"]).warns_of("reprint-forbidden");
    let folder = archive.path().join("content/江城县地方史志学会/essay");
    let record = folder.join("index.md");
    let own = std::fs::read_to_string(&record).expect("the record");
    // A person corrects the date and a word, and adds a subject.
    let own = own
        .replace("date = \"2021-06-08\"", "date = \"2021-06-09\" # 见封面\nsubjects = [\"报刊\"]")
        .replace("多年摸索出来的经验", "多年摸索的经验");
    std::fs::write(&record, &own).expect("an edit");
    let before = files_in(archive.path());
    let again = archive.run(&["import", "--format", "json", "in/essay.html"]).succeeds();
    assert_eq!(again.summary()["known"], 1);
    assert_eq!(files_in(archive.path()), before, "the same capture changes nothing");

    std::fs::write(archive.path().join("in/essay.html"), saved(&page().replace("用软毛刷", "用羊毛刷")))
        .expect("a capture");
    let shown = archive.run(&["import", "in/essay.html"]).succeeds();
    assert!(shown.stdout.contains("-清洁用软毛刷") && shown.stdout.contains("+清洁用羊毛刷"), "{}", shown.stdout);
    assert_eq!(std::fs::read_to_string(&record).expect("the record"), own, "nothing is written unasked");
    archive.run(&["import", "--update", "in/essay.html"]).warns_of("reprint-forbidden");
    let updated = std::fs::read_to_string(&record).expect("the record");
    for part in ["date = \"2021-06-09\" # 见封面", "subjects = [\"报刊\"]", "多年摸索的经验", "用羊毛刷"]
    {
        assert!(updated.contains(part), "{part}\nin\n{updated}");
    }
    assert_eq!(files_in(&folder.join("original")).len(), 3, "both captures and the provenance");
    archive.build().succeeds();

    // Both sides changed the same words: the person decides.
    let own = updated.replace("用羊毛刷", "用猪鬃刷");
    std::fs::write(&record, &own).expect("an edit");
    std::fs::write(archive.path().join("in/essay.html"), saved(&page().replace("用软毛刷", "用棕刷")))
        .expect("a capture");
    let refused = archive.run(&["import", "--update", "in/essay.html"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("update-conflict"), "{}", refused.stderr);
    assert_eq!(std::fs::read_to_string(&record).expect("the record"), own);
}

#[test]
fn folders_and_patterns() {
    let archive = Archive::new()
        .file("in/a.html", page())
        .file("in/a_files/frame.html", "<p>框架</p>")
        .file("in/b/c.md", "---\ntitle: 甲\nauthor: 沈一帆\ndate: 2020-05-06\n---\n\n# 一章\n\n一段话。\n")
        .file("old/d.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(9))
        .file("in/b/~$d.doc", "\u{6}someone")
        .file("in/b/e.jpg", "x");
    let run = archive.run(&["import", "in", "--into", "notes"]).warns_of("reprint-forbidden");
    assert_eq!(run.stdout.matches(" → content/").count(), 2, "{}", run.stdout);
    let record = std::fs::read_to_string(archive.path().join("content/notes/c/index.md")).expect("the record");
    assert!(
        record.contains("title = \"甲\"\nauthors = [\"沈一帆\"]\ndate = \"2020-05-06\"") && record.contains("## 一章"),
        "{record}"
    );
    let run = archive.run(&["import", "--dry-run", "--format", "json", "in/**/*.md"]).succeeds();
    assert_eq!(run.stdout.lines().count(), 1);
    let old = archive.run(&["import", "old/d.doc"]);
    assert!(old.code == 1 && old.tells("not-a-document"), "{}", old.stderr);
    assert_eq!(archive.run(&["import", "in/*.tex"]).code, 2);
}
