//! Heads of official Word files that are not set in plain lines of their own: in a table, by several offices, below an
//! announcement, below 附件. The texts are made up.

use serde_json::Value;

use super::import_formats::package;
use super::official::{TEXT, document, paragraph, read, word};

/// A table; its rows are given with `|` between cells and `/` between the paragraphs of a cell.
fn table(rows: &[&str]) -> String {
    let cell = |cell: &str| format!("<w:tc>{}</w:tc>", cell.split('/').map(paragraph).collect::<String>());
    let row = |row: &&str| format!("<w:tr>{}</w:tr>", row.split('|').map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn file(body: &str) -> Vec<u8> {
    package(&[("word/document.xml", document(body).as_str())])
}

/// Title, issuer, number, the day it was made, and the day it came out.
fn facts(object: &Value) -> [Option<&str>; 5] {
    ["title", "issuer", "doc_number", "created", "date"].map(|field| object["meta"][field].as_str())
}

fn kinds(object: &Value) -> Vec<&str> {
    object["blocks"].as_array().into_iter().flatten().filter_map(|block| block["kind"].as_str()).collect()
}

fn lines(lines: &[&str]) -> String {
    lines.iter().map(|line| paragraph(line)).collect()
}

const OFFICE: &str = "江城县档案局";
const NUMBER: &str = "江档字〔2019〕3号";
const TITLE: &str = "关于征集旧志的通知";

#[test]
fn a_head_set_in_a_table_is_a_head() {
    let below = lines(&[TITLE, "各乡镇人民政府：", TEXT, OFFICE, "2019年7月8日"]);
    let imprint = table(&["抄送：县委办公室，县人大常委会办公室。", "江城县档案局办公室|2019年7月9日印发"]);
    let expected = [Some(TITLE), Some(OFFICE), Some(NUMBER), Some("2019-07-08"), Some("2019-07-09")];
    for head in [
        &["|", "江城县档案局文件", NUMBER, "|"][..],
        &["江城县档案局文件/江档字〔2019〕3号"],
        &["江城县档案局|文件", NUMBER, "──────"],
        &["000012/机密★1年/特急", "江 城 县 档 案 局 文 件", NUMBER],
    ] {
        let object = read(file(&(table(head) + &below + &imprint)));
        assert_eq!(facts(&object), expected, "{head:?} {object:#}");
        assert!(!kinds(&object).contains(&"table"), "{head:?} {object:#}");
    }
    // The title in the same table, and in one of its own.
    for head in [
        table(&["江城县档案局文件", NUMBER, TITLE]),
        table(&["|江城县档案局文件"]) + &lines(&[NUMBER]) + &table(&[TITLE]),
    ] {
        let object = read(file(&(head + &lines(&["各乡镇人民政府：", TEXT, OFFICE, "2019年7月8日"]) + &imprint)));
        assert_eq!(facts(&object), expected, "{object:#}");
    }
}

#[test]
fn a_table_of_anything_else_stays_a_table() {
    for table in [
        table(&["单位|册数", "江城县档案局|12"]),
        table(&["江城县档案局", "江城县图书馆"]),
        table(&["旧志征集办法", "旧志整理办法"]),
        table(&["江城县档案局|文件|12"]),
    ] {
        let object = read(file(&(table + &lines(&[TITLE, TEXT]))));
        assert!(kinds(&object).contains(&"table"), "{object:#}");
    }
    let object = read(file(&(lines(&[TITLE, TEXT]) + &table(&["抄送|份数", "县委办公室|2"]))));
    assert!(kinds(&object).contains(&"table"), "{object:#}");
}

#[test]
fn several_offices_have_one_letterhead() {
    let both = Some("江城县档案局、江城县财政局");
    for head in [
        &["江城县档案局", "江城县财政局文件", NUMBER][..],
        &["江城县档案局文件", "江城县财政局", NUMBER],
        &["江城县档案局", "江 城 县 财 政 局", "文件", NUMBER],
        &["江城县档案局　江城县财政局文件", NUMBER],
        &["江城县档案局", "江城县财政局", NUMBER],
    ] {
        let object = read(word(&[head, &[TITLE, TEXT]].concat(), ""));
        assert_eq!(facts(&object)[..3], [Some(TITLE), both, Some(NUMBER)], "{head:?} {object:#}");
    }
    let object = read(file(&(table(&["江城县档案局|文件", "江城县财政局|"]) + &lines(&[NUMBER, TITLE, TEXT]))));
    assert_eq!(facts(&object)[..3], [Some(TITLE), both, Some(NUMBER)], "{object:#}");
}

#[test]
fn several_offices_stand_above_their_title() {
    for (lines, title) in [
        (&["=江城县档案局　　江城县财政局", "=关于征集旧志的通知"][..], "江城县档案局 江城县财政局关于征集旧志的通知"),
        (
            &["=江城县档案局", "=关于县图书馆与市图书馆", "=互借旧志的办法"],
            "江城县档案局关于县图书馆与市图书馆互借旧志的办法",
        ),
        (&["江城县档案局", "江城县财政局", TITLE], "江城县档案局 江城县财政局关于征集旧志的通知"),
    ] {
        let object = read(word(&[lines, &[TEXT]].concat(), ""));
        assert_eq!(object["meta"]["title"].as_str(), Some(title), "{object:#}");
    }
}

#[test]
fn an_office_may_have_three_characters() {
    let object = read(word(&["=旧志借阅办法", TEXT, "教务处", "2019年7月8日"], ""));
    assert_eq!(facts(&object)[..4], [Some("旧志借阅办法"), Some("教务处"), None, Some("2019-07-08")], "{object:#}");
    for line in ["大结局", "新部署", "俱乐部"] {
        let object = read(word(&["=旧志借阅办法", TEXT, line, "2019年7月8日"], ""));
        assert_eq!(facts(&object)[1], None, "{object:#}");
    }
}

/// An announcement of a text, and the text.
fn announced(head: &[&str], title: &[&str]) -> Vec<u8> {
    let notice = "《江城县旧志借阅办法》已于2019年5月4日由江城县档案局局务会议通过，现予公布，自2019年8月1日起施行。";
    let text = ["第一条　旧志当日借阅，当日归还。", "第二条　本办法由县档案局解释。"];
    word(&[head, &[notice, "2019年7月8日"], title, &text].concat(), "")
}

#[test]
fn the_title_is_that_of_the_announced_text() {
    for head in [&["=江城县档案局", "=公　　告"][..], &["=江城县档案局公告"], &["=江城县档案局", "=令", "=第三号"]]
    {
        for (title, whole) in [
            (&["=江城县旧志借阅办法", "=江档规〔2019〕3号"][..], "江城县旧志借阅办法"),
            (&["江城县旧志", "借阅办法", "江档规〔2019〕3号"], "江城县旧志借阅办法"),
            (&["江城县档案局", "江城县旧志借阅办法", "江档规〔2019〕3号"], "江城县档案局江城县旧志借阅办法"),
        ] {
            let object = read(announced(head, title));
            let expected = [Some(whole), Some(OFFICE), Some("江档规〔2019〕3号"), None, Some("2019-07-08")];
            assert_eq!(facts(&object), expected, "{head:?} {object:#}");
            assert_eq!(object["dropped"].as_array().map(Vec::len), Some(0), "all lines stay: {object:#}");
        }
    }
    let object = read(announced(
        &["=江城县人民政府令", "=第三号"],
        &["=江城县旧志借阅办法", "（2019年5月4日江城县人民政府会议通过）"],
    ));
    let expected = [
        Some("江城县旧志借阅办法"),
        Some("江城县人民政府"),
        Some("江城县人民政府令第三号"),
        Some("2019-05-04"),
        Some("2019-07-08"),
    ];
    assert_eq!(facts(&object), expected, "{object:#}");
}

#[test]
fn an_announcement_that_brings_no_text_is_the_document() {
    let object = read(word(&["=江城县档案局", "=公　　告", "《旧志目录》已经编成，现予公布。", "2019年7月8日"], ""));
    assert_eq!(facts(&object)[0], Some("江城县档案局公告"), "{object:#}");
    let added = ["《旧志目录》等已经编成，现予公布。", "2019年7月8日", "附件", "江城县旧志借阅办法", TEXT];
    let object = read(word(&[&["=江城县档案局", "=公告"], &added[..]].concat(), ""));
    assert_eq!(facts(&object)[0], Some("江城县档案局公告"), "{object:#}");
    let object = read(word(&["=江城县档案局", "=江城县图书馆", "=公告", TEXT], ""));
    assert_eq!(facts(&object)[0], Some("江城县档案局 江城县图书馆公告"), "{object:#}");
}

#[test]
fn the_history_of_a_rule_may_be_long_or_broken() {
    let amended = "根据2012年8月6日江城县人民代表大会常务委员会第十二次会议《关于修改部分旧志办法的决定》第一次修正";
    let again =
        "　根据2016年9月7日江城县人民代表大会常务委员会第二十六次会议《关于修改两件旧志办法的决定》第二次修正）";
    let long = format!("（2009年5月4日江城县人民代表大会常务委员会第三次会议通过　{amended}{again}");
    for history in [
        &[long.as_str()][..],
        &["（2009年5月4日江城县人民代表大会", "常务委员会第三次会议通过）"],
        &["2009年5月4日", "江城县人民代表大会常务委员会第三次会议通过"],
        &["（2009年5月4日江城县人民代表大会常务委员会第三次会议通过", amended, again],
    ] {
        let object = read(word(&[&["=江城县旧志借阅办法"], history, &["第一条　旧志当日借阅。"]].concat(), ""));
        let expected = [Some("江城县旧志借阅办法"), None, None, Some("2009-05-04"), None];
        assert_eq!(facts(&object), expected, "{history:?} {object:#}");
    }
    // Who signs is the issuer, though the day of the adoption is known.
    let lines = ["=江城县旧志借阅办法", "（2009年5月4日江城县局务会议通过）", TEXT, OFFICE, "2009年6月8日"];
    assert_eq!(facts(&read(word(&lines, "")))[1..4], [Some(OFFICE), None, Some("2009-05-04")]);
    // A day alone that nothing is said of is the document's.
    let object = read(word(&["=江城县旧志借阅办法", "2009年5月4日", "第一条　旧志当日借阅。"], ""));
    assert_eq!(facts(&object)[4], Some("2009-05-04"), "{object:#}");
}

#[test]
fn an_order_has_a_number() {
    let lines = ["=江城县旧志借阅办法", "=（江城县人民政府令第 3 号）", "第一条　旧志当日借阅。"];
    let object = read(word(&lines, ""));
    assert_eq!(facts(&object)[..3], [Some("江城县旧志借阅办法"), None, Some("江城县人民政府令第3号")], "{object:#}");
}

#[test]
fn below_the_word_for_an_attachment_stands_its_title() {
    for head in ["附件", "附件1", "附件二："] {
        let object = read(word(&[head, "=江城县旧志", "=借阅办法", "第一条　旧志当日借阅。"], ""));
        assert_eq!(facts(&object)[0], Some("江城县旧志借阅办法"), "{object:#}");
        assert_eq!(kinds(&object).first(), Some(&"attachment-head"), "{object:#}");
    }
}

#[test]
fn a_title_may_stand_above_a_table_of_day_and_number() {
    let object =
        read(file(&(lines(&[OFFICE, TITLE]) + &table(&["2019年7月8日||江档字〔2019〕3号"]) + &lines(&[TEXT]))));
    assert_eq!(facts(&object)[0], Some("江城县档案局关于征集旧志的通知"), "{object:#}");
    assert_eq!(facts(&object)[2..4], [Some(NUMBER), Some("2019-07-08")], "{object:#}");
    let object = read(file(&(lines(&[TITLE]) + &table(&["单位|册数", "江城县档案局|12"]) + &lines(&[TEXT]))));
    assert_eq!(facts(&object)[0], Some(TITLE), "{object:#}");
    let object = read(file(&(lines(&["旧志的册数"]) + &table(&["单位|册数", "江城县档案局|12"]) + &lines(&[TEXT]))));
    assert_eq!(facts(&object)[0], None, "{object:#}");
}

#[test]
fn names_of_attachments_may_take_two_lines() {
    let list = [
        "附件：1．江城县档案局关于征集旧志和",
        "家谱的通知",
        "2．2019年旧志目录",
        "3．征集登记表",
        OFFICE,
        "2019年7月8日",
    ];
    let labelled = ["附表：", "读者填写：", "1．借阅登记表", "2．旧志归还登记表", OFFICE, "2019年7月8日"];
    for lines in [list, labelled] {
        let object = read(word(&[&["=关于征集旧志的通知", TEXT], &lines[..]].concat(), ""));
        assert!(!kinds(&object).contains(&"heading"), "{object:#}");
        assert_eq!(kinds(&object).iter().filter(|kind| **kind == "attachment-list").count(), 4, "{object:#}");
    }
}
