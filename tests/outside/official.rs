//! Word files of offices: a title over several lines, attachments that are only named, who signed and when, and a file that
//! holds its text as another one. The texts are made up.

use serde_json::Value;

use super::import_formats::package;
use crate::archive::Archive;

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A paragraph; one that begins with `=` is set in the middle.
pub(super) fn paragraph(line: &str) -> String {
    let (align, text) = match line.strip_prefix('=') {
        Some(text) => ("<w:pPr><w:jc w:val=\"center\"/></w:pPr>", text),
        None => ("", line),
    };
    format!("<w:p>{align}<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

pub(super) fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {SPACES}><w:body>{body}</w:body></w:document>")
}

/// A Word file of these lines, with a title in its properties where there is one.
pub(super) fn word(lines: &[&str], file_title: &str) -> Vec<u8> {
    let body: String = lines.iter().map(|line| paragraph(line)).collect();
    let core = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{file_title}</dc:title></cp:coreProperties>"
    );
    package(&[("word/document.xml", document(&body).as_str()), ("docProps/core.xml", core.as_str())])
}

pub(super) fn read(bytes: Vec<u8>) -> Value {
    let archive = Archive::new().file("a.docx", bytes);
    let run = archive.run(&["import", "--dry-run", "--format", "json", "a.docx"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    serde_json::from_str(run.stdout.trim_end()).expect("one object")
}

pub(super) const TEXT: &str = "为做好旧志的征集和保管，现将有关事项通知如下，请各单位遵照执行，不得延误。";

#[test]
fn a_title_may_stand_on_several_lines() {
    for (lines, title) in [
        (&["=江城大学（东区）继续教育学院", "=旧志征集办法", TEXT][..], "江城大学（东区）继续教育学院旧志征集办法"),
        (&["江城县档案局", "旧志征集办法", TEXT], "江城县档案局旧志征集办法"),
        (&["江城县档案局", "关于征集旧志的通知", TEXT], "江城县档案局关于征集旧志的通知"),
        (&["=江城县旧志整理", "=征集办法", "=（试行）", TEXT], "江城县旧志整理征集办法（试行）"),
        (&["江城县档案局", "员", "工", "手", "册", TEXT], "江城县档案局员工手册"),
        (&["=关于征集旧志的通知", "=江城县档案局", TEXT], "关于征集旧志的通知"),
        (&["=关于征集旧志的通知", "=目 录", TEXT], "关于征集旧志的通知"),
        (&["=旧志征集办法", "=（2015年12月修订）", TEXT], "旧志征集办法"),
        (&["=旧志征集办法", "=（试 行）", TEXT], "旧志征集办法（试 行）"),
        (&["=旧志征集办法", "=（试 行）", "=江城大学地方志学院 编", TEXT], "旧志征集办法（试 行）"),
        (&["关于印发《旧志整理计划", "管理办法》的通知", TEXT], "关于印发《旧志整理计划管理办法》的通知"),
        (&["=关于审理旧志借阅制度", "=若干问题的规定", TEXT], "关于审理旧志借阅制度若干问题的规定"),
        (
            &["=关于正确", "=确定县级人民政府", "=旧志保管责任的规定", TEXT],
            "关于正确确定县级人民政府旧志保管责任的规定",
        ),
        (&["=关于适用《江城县旧志借阅办法》的", "=解释", TEXT], "关于适用《江城县旧志借阅办法》的解释"),
        (
            &["关于适用《江城县旧志借阅办法》", "第三条有关问题的批复", TEXT],
            "关于适用《江城县旧志借阅办法》第三条有关问题的批复",
        ),
        (&["=关于旧志的二三事", "=江城县档案局", TEXT], "关于旧志的二三事"),
        (&["=关于征集旧志的通知", "=旧志征集办法", TEXT], "关于征集旧志的通知"),
        (&["关于印发《旧志征集办法》", "的通知", TEXT], "关于印发《旧志征集办法》的通知"),
        (&["=江城大学", "=“旧志整理计划”", "=中期报告", TEXT], "江城大学“旧志整理计划”中期报告"),
    ] {
        assert_eq!(read(word(lines, ""))["meta"]["title"].as_str(), Some(title), "{lines:?}");
    }
}

#[test]
fn the_title_of_the_file_is_worth_less_than_the_printed_one() {
    for (lines, file_title, title) in [
        (&["关于征集旧志的通知", TEXT][..], "关于开放书库的通知", "关于征集旧志的通知"),
        (&["征集", "旧志", TEXT], "征集旧志", "征集旧志"),
        (&["关于征集旧志的通知", TEXT], TEXT, "关于征集旧志的通知"),
    ] {
        let object = read(word(lines, file_title));
        assert_eq!(object["meta"]["title"].as_str(), Some(title), "{lines:?} {object:#}");
    }
    // It may be that of the document from which the file was made.
    let object = read(word(&[TEXT, TEXT], "关于开放书库的通知"));
    assert_eq!(object["meta"]["title"].as_str(), None, "{object:#}");
    assert_eq!(object["meta"]["extra"]["file-title"].as_str(), Some("关于开放书库的通知"), "{object:#}");
}

#[test]
fn named_attachments_are_no_headings_and_the_office_below_signs() {
    let object = read(word(
        &[
            "=关于征集旧志的通知",
            "各乡镇人民政府：",
            TEXT,
            "附件：",
            "1．旧志目录（样表）",
            "2．征集登记表",
            "江城县档案局",
            "2019年7月8日",
        ],
        "",
    ));
    let kinds: Vec<&str> =
        object["blocks"].as_array().into_iter().flatten().filter_map(|b| b["kind"].as_str()).collect();
    assert!(!kinds.contains(&"heading"), "{object:#}");
    assert_eq!(object["meta"]["issuer"].as_str(), Some("江城县档案局"));
    assert_eq!(object["meta"]["created"].as_str(), Some("2019-07-08"));

    // Nothing is signed below an essay.
    let object = read(word(&["=库房的窗", TEXT, "江城县档案局", "2019年7月8日"], ""));
    assert_eq!(object["meta"]["issuer"].as_str(), None, "{object:#}");
}

#[test]
fn an_office_above_a_number_is_the_letterhead() {
    let object = read(word(&["江城县档案局", "江档字〔2019〕3号", "=关于征集旧志的通知", TEXT], ""));
    assert_eq!(object["meta"]["title"].as_str(), Some("关于征集旧志的通知"));
    assert_eq!(object["meta"]["issuer"].as_str(), Some("江城县档案局"));
    assert_eq!(object["meta"]["doc_number"].as_str(), Some("江档字〔2019〕3号"));
}

#[test]
fn an_attachment_below_its_head_is_read_as_before() {
    let object = read(word(
        &["=关于征集旧志的通知", TEXT, "附件：", "1．旧志目录的填写应当逐册进行，缺册的要注明，不得并为一条。", TEXT],
        "",
    ));
    let kinds: Vec<&str> =
        object["blocks"].as_array().into_iter().flatten().filter_map(|b| b["kind"].as_str()).collect();
    assert!(kinds.contains(&"attachment-head"), "{object:#}");
}

#[test]
fn a_word_file_that_only_holds_a_page_is_that_page() {
    let page = "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
        <html><body><h1>旧志征集办法</h1><p>第一条　征集以自愿为原则。</p><p>第二条　征集来的旧志归县档案局保管。</p></body></html>\r\n--b--\r\n";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
        Id=\"c\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk\" Target=\"/word/a.mht\"/></Relationships>";
    let chunk = "<w:altChunk r:id=\"c\"/>";
    let file = |body: &str| {
        package(&[
            ("word/document.xml", document(body).as_str()),
            ("word/_rels/document.xml.rels", relations),
            ("word/a.mht", page),
        ])
    };
    let object = read(file(chunk));
    assert_eq!(object["meta"]["title"].as_str(), Some("旧志征集办法"));
    assert_eq!(object["blocks"].as_array().map(Vec::len), Some(2), "{object:#}");
    assert_eq!(object["reader"].as_str(), Some("docx"));

    // Beside a text of its own it is told as left out.
    let object = read(file(&(paragraph(TEXT) + chunk)));
    assert!(object.to_string().contains("embedded-document-left-out"), "{object:#}");
}
