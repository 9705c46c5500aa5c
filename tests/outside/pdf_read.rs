//! PDF files as captures: their text, and what keeps them from being one.

use serde_json::Value;

use crate::archive::{Archive, files_in};
use crate::pdf_file::{PdfFile, codes, of_lines};

fn run(bytes: impl AsRef<[u8]>) -> crate::archive::Run {
    Archive::new().file("a.pdf", bytes).run(&["import", "--dry-run", "--format", "json", "a.pdf"])
}

fn read(bytes: impl AsRef<[u8]>) -> Value {
    let run = run(bytes).succeeds();
    serde_json::from_str(run.stdout.trim_end()).expect("one object")
}

/// What a refused file is told as.
fn refused(bytes: impl AsRef<[u8]>) -> String {
    let run = run(bytes);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    let told: Value = serde_json::from_str(run.stdout.lines().next().unwrap_or_default()).expect("a message");
    told["code"].as_str().unwrap_or_default().to_string()
}

/// The title and the text of each block.
fn texts(read: &Value) -> Vec<&str> {
    let blocks = read["blocks"].as_array().expect("blocks");
    let title = read["meta"]["title"].as_str();
    title.into_iter().chain(blocks.iter().filter_map(|block| block["text"].as_str())).collect()
}

fn codes_told(read: &Value) -> Vec<&str> {
    let told = read["diagnostics"].as_array().expect("diagnostics");
    told.iter().filter_map(|told| told["code"].as_str()).filter(|code| *code != "title-doubtful").collect()
}

/// A text of a title and two paragraphs, the second of them on two lines.
const LINES: [(f64, f64, f64, &str); 5] = [
    (22.0, 210.0, 760.0, "南渡口纪事"),
    (12.0, 114.0, 700.0, "渡口在东门之外，水面宽约三百步，自古是往来要道。"),
    (12.0, 114.0, 680.0, "船有大小两种，大船载车马，小船载行人，各有定时各有定价，"),
    (12.0, 90.0, 660.0, "由船工轮流值守。冬季水浅，小船停开，行人改由石桥过河再折向南去"),
    (12.0, 90.0, 640.0, "到镇上歇脚。"),
];

#[test]
fn lines_become_paragraphs() {
    let read = read(of_lines(&LINES).bytes());
    assert_eq!(
        texts(&read),
        [
            "南渡口纪事",
            "渡口在东门之外，水面宽约三百步，自古是往来要道。",
            "船有大小两种，大船载车马，小船载行人，各有定时各有定价，由船工轮流值守。冬季水浅，小船停开，行人改由石桥过河再折向南去到镇上歇脚。"
        ]
    );
    assert_eq!(read["reader"], "pdf");
    assert!(codes_told(&read).is_empty(), "{}", read["diagnostics"]);
}

#[test]
fn a_file_is_known_behind_other_bytes() {
    let mut bytes = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    bytes.extend(of_lines(&LINES).bytes());
    assert_eq!(texts(&read(bytes)).len(), 3);
}

#[test]
fn glyphs_without_a_character_are_never_passed_over() {
    let mut file = PdfFile::new();
    file.font("F1", "渡口在东门之外船有大小两种冬季水浅改由桥", "Identity-H");
    let own = "渡口在东门之外船有大小两种冬季水浅改由桥";
    let known = codes(own, own);
    // One of many is told, one of few is refused.
    file.add_page(&format!("BT /F1 12 Tf 90 700 Td <{known}{known}00ff> Tj ET"));
    let one = read(file.bytes());
    assert!(texts(&one).concat().ends_with('\u{fffd}'));
    assert!(codes_told(&one).contains(&"lost-character"));
    let mut file = PdfFile::new();
    file.font("F1", own, "Identity-H");
    file.add_page(&format!("BT /F1 12 Tf 90 700 Td <{known}00f0f1f2> Tj ET"));
    assert_eq!(refused(file.bytes()), "empty-capture");
}

#[test]
fn codes_of_simple_fonts() {
    let mut file = PdfFile::new();
    file.other_font("F1", "/Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding");
    file.other_font(
        "F2",
        "/Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Differences [65 /eacute /fi /uni4E2D /Lslash] >>",
    );
    file.add_page("BT /F1 12 Tf 90 700 Td (The ferry \\223leaves\\224 at nine) Tj /F2 12 Tf (A) Tj /F1 12 Tf (.) Tj ET\nBT /F2 12 Tf 90 650 Td (BCD) Tj ET");
    let read = read(file.bytes());
    assert_eq!(texts(&read).concat(), "The ferry “leaves” at nineé.fi中Ł");
}

#[test]
fn codes_of_collections() {
    let mut file = PdfFile::new();
    let own = "/Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light \
               /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>";
    let own = file.object(format!("<< {own} >>"));
    for (name, encoding) in [("F1", "GBK-EUC-H"), ("F2", "UniGB-UCS2-H"), ("F3", "Identity-H")] {
        file.other_font(
            name,
            &format!("/Subtype /Type0 /BaseFont /STSong-Light /Encoding /{encoding} /DescendantFonts [{own} 0 R]"),
        );
    }
    // 渡口 in GBK, in Unicode, and 中 as number 4559 of the collection.
    file.add_page("BT /F1 12 Tf 90 700 Td <b6c9bfda> Tj /F2 12 Tf <6e2153e3> Tj /F3 12 Tf <11cf> Tj ET");
    assert_eq!(texts(&read(file.bytes())).concat(), "渡口渡口中");
}

#[test]
fn bytes_of_chinese_programs() {
    let mut file = PdfFile::new();
    file.other_font("F1", "/Subtype /TrueType /BaseFont /#cb#ce#cc#e5 /Encoding /WinAnsiEncoding");
    file.add_page("BT /F1 12 Tf 90 700 Td <b6c9bfda2033b0d9b2bd> Tj ET");
    assert_eq!(texts(&read(file.bytes())), ["渡口 3百步"]);
}

#[test]
fn radicals_and_joined_letters_become_plain_ones() {
    let file = of_lines(&[(12.0, 90.0, 700.0, "⻓江南⼀渡的oﬃce在东岸，船在西岸。")]);
    assert_eq!(texts(&read(file.bytes())), ["长江南一渡的office在东岸，船在西岸。"]);
}

#[test]
fn files_without_text_and_locked_ones_are_refused() {
    let mut drawn = PdfFile::new();
    drawn.add_page("0 0 595 842 re f");
    assert_eq!(refused(drawn.bytes()), "empty-capture");
    let mut locked = of_lines(&LINES);
    let zeros = "0".repeat(64);
    locked.trailer =
        format!("/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <{zeros}> /U <{zeros}> /P -4 >>");
    assert_eq!(refused(locked.bytes()), "encrypted-document");
    assert_eq!(refused("%PDF-1.4\n%%EOF\n"), "damaged-file");
}

#[test]
fn what_is_not_drawn_is_told() {
    let mut file = of_lines(&[]);
    file.font("F1", "渡口在东门之外船", "Identity-H");
    let known = codes("渡口在东门之外船", "渡口在东门之外船");
    file.add_page(&format!("BT /F1 12 Tf 3 Tr 90 700 Td <{known}> Tj ET"));
    let unseen = read(file.bytes());
    assert_eq!(texts(&unseen), ["渡口在东门之外船"]);
    assert_eq!(codes_told(&unseen), ["hidden-text"]);
}

#[test]
fn white_letters_and_letters_beside_the_page_are_left_out() {
    let mut file = PdfFile::new();
    file.font("F1", "渡口在东门之外船有大小两种", "Identity-H");
    let code = |text| codes("渡口在东门之外船有大小两种", text);
    file.add_page(&format!(
        "BT /F1 12 Tf 90 700 Td <{}> Tj ET BT 1 g /F1 12 Tf 90 600 Td <{}> Tj ET \
         0 g 80 490 200 40 re f BT 1 g /F1 12 Tf 90 500 Td <{}> Tj ET BT 0 g /F1 12 Tf 900 500 Td <{}> Tj ET",
        code("渡口在东门之外"),
        code("小船"),
        code("大船在外"),
        code("两种")
    ));
    let read = read(file.bytes());
    assert_eq!(texts(&read), ["渡口在东门之外", "大船在外"]);
    let dropped = read["dropped"].as_array().expect("dropped");
    let hidden: String =
        dropped.iter().filter(|one| one["why"] == "hidden").filter_map(|one| one["text"].as_str()).collect();
    assert_eq!(hidden, "小船两种");
}

#[test]
fn marks_say_what_is_furniture_and_what_glyphs_mean() {
    let mut file = PdfFile::new();
    let own = "渡口在东门之外船有大小两种冬季水浅";
    file.font("F1", own, "Identity-H");
    file.add_page(&format!(
        "/Artifact << /Type /Pagination >> BDC BT /F1 9 Tf 90 780 Td <{}> Tj ET EMC \
         BT /F1 12 Tf 90 700 Td <{}> Tj ET \
         /Span << /ActualText <feff53e3> >> BDC BT /F1 12 Tf 90 600 Td <00ee> Tj ET EMC",
        codes(own, "冬季"),
        codes(own, "渡口在东门之外船有大小两种")
    ));
    let read = read(file.bytes());
    assert_eq!(texts(&read), ["渡口在东门之外船有大小两种", "口"]);
    assert_eq!(read["dropped"][0]["why"], "running-head");
}

#[test]
fn pages_that_are_turned_and_lines_that_go_down() {
    let own = "渡口在东门之外船有大小两种冬季水浅小停开行人";
    let code = |text| codes(own, text);
    let mut turned = PdfFile::new();
    turned.font("F1", own, "Identity-H");
    turned.page = "/Rotate 90".to_string();
    turned.add_page(&format!(
        "BT /F1 12 Tf 0 1 -1 0 100 100 Tm <{}> Tj ET BT /F1 12 Tf 0 1 -1 0 150 100 Tm <{}> Tj ET",
        code("渡口在东门之外"),
        code("船有大小两种")
    ));
    assert_eq!(texts(&read(turned.bytes())), ["渡口在东门之外", "船有大小两种"]);
    let mut down = PdfFile::new();
    down.font("F1", own, "Identity-V");
    down.add_page(&format!(
        "BT /F1 12 Tf 300 700 Td <{}> Tj ET BT /F1 12 Tf 250 700 Td <{}> Tj ET",
        code("渡口在东门之外"),
        code("船有大小两种")
    ));
    assert_eq!(texts(&read(down.bytes())), ["渡口在东门之外", "船有大小两种"]);
}

#[test]
fn words_are_parted_where_they_stand_apart() {
    let mut file = PdfFile::new();
    file.other_font("F1", "/Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding");
    file.add_page("BT /F1 12 Tf 90 700 Td [(The) -350 (fer) 20 (ry) -350 (leaves) -350 (at) -350 (nine.)] TJ ET");
    assert_eq!(texts(&read(file.bytes())), ["The ferry leaves at nine."]);
}

/// Lines of one height below each other: their place across and their texts.
fn column(x: f64, lines: &[&str]) -> String {
    let each = lines
        .iter()
        .zip(0..)
        .map(|(text, at)| format!("BT /F1 10 Tf 1 0 0 1 {x} {} Tm ({text}) Tj ET\n", 700 - 14 * at));
    each.collect()
}

#[test]
fn columns_that_stand_close_together_and_words_that_are_parted() {
    let mut file = PdfFile::new();
    file.other_font("F1", "/Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding");
    let left = [
        "The eastern ferry crosses the",
        "river at nine. A boat of well-",
        "known make is kept for the wa-",
        "gons, and a second one for all",
        "who walk. In winter the boats",
        "rest, since the river is low.",
        "Wagons then go by the bridge.",
    ];
    let right = [
        "The western ferry is the elder",
        "one. It has a house of its own",
        "and a bell, which is heard far",
        "up the valley when the wind is",
        "from the south. Whoever rings",
        "it after dark pays two coins,",
        "and one of them is for wagons.",
    ];
    file.add_page(&format!("{}{}", column(90.0, &left), column(284.0, &right)));
    let read = read(file.bytes());
    let text = texts(&read).join(" ");
    assert!(
        text.contains("crosses the river at nine. A boat of well-known make is kept for the wagons, and"),
        "{text}"
    );
    assert!(text.find("by the bridge") < text.find("The western ferry"), "{text}");
    assert!(codes_told(&read).contains(&"reading-order"));
}

#[test]
fn ruled_cells_make_a_table() {
    let lines = [
        (12.0, 90.0, 720.0, "各渡口船只如下。"),
        (12.0, 105.0, 680.0, "渡口"),
        (12.0, 205.0, 680.0, "船只与班次"),
        (12.0, 105.0, 640.0, "东门"),
        (12.0, 205.0, 640.0, "三"),
        (12.0, 305.0, 640.0, "早晚各"),
        (12.0, 305.0, 626.0, "一班"),
        (12.0, 90.0, 560.0, "以上为去年的数。"),
    ];
    let mut file = PdfFile::new();
    let characters = crate::pdf_file::characters(&lines);
    file.font("F1", &characters, "Identity-H");
    let mut content: String =
        lines.iter().map(|(size, x, y, text)| crate::pdf_file::line(&characters, *size, *x, *y, text)).collect();
    // Three columns and two rows; the second and third cell of the head are one.
    for y in [700, 660, 610] {
        content.push_str(&format!("100 {y} m 400 {y} l S "));
    }
    for (x, top) in [(100, 700), (200, 700), (300, 660), (400, 700)] {
        content.push_str(&format!("{x} {top} m {x} 610 l S "));
    }
    file.add_page(&content);
    let read = read(file.bytes());
    assert_eq!(texts(&read), ["各渡口船只如下。", "渡口\t船只与班次\t\n东门\t三\t早晚各一班", "以上为去年的数。"]);
    assert_eq!(read["blocks"][1]["kind"], "table");
}

#[test]
fn outline_links_and_pictures() {
    let mut file = PdfFile::new();
    let lines = [
        (12.0, 90.0, 760.0, "渡口在东门之外，水面宽约三百步，自古是往来要道。"),
        (12.0, 90.0, 700.0, "船只"),
        (12.0, 90.0, 660.0, "详见渡口志，今存于馆中。"),
    ];
    let characters = crate::pdf_file::characters(&lines);
    file.font("F1", &characters, "Identity-H");
    let picture = file.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /Filter /DCTDecode", &JPEG);
    file.page =
        "/Annots [<< /Subtype /Link /Rect [114 655 150 675] /A << /URI (https://a.example/zhi) >> >>]".to_string();
    let titles = file.object("<< /Title <feff 8239 53ea> >>");
    let outline = file.object(format!("<< /First {titles} 0 R >>"));
    file.catalogue = format!("/Outlines {outline} 0 R");
    file.trailer = "/Info << /Author (Lin Du) /CreationDate (D:20200103) >>".to_string();
    let mut content: String =
        lines.iter().map(|(size, x, y, text)| crate::pdf_file::line(&characters, *size, *x, *y, text)).collect();
    content.push_str("q 100 0 0 80 90 500 cm /P Do Q");
    file.xobjects = format!("/P {picture} 0 R");
    file.add_page(&content);
    let archive = Archive::new().file("in/a.pdf", file.bytes());
    assert_eq!(archive.run(&["import", "in/a.pdf"]).code, 0);
    let written = files_in(archive.path());
    let text = written
        .iter()
        .find(|(name, _)| name.ends_with("/index.md") && !name.ends_with("_index.md"))
        .expect("the document");
    let text = String::from_utf8_lossy(text.1).into_owned();
    assert!(text.contains("\n## 船只"), "{text}");
    assert!(text.contains("[渡口志](https://a.example/zhi)"), "{text}");
    assert!(text.contains("files/image"), "{text}");
    assert!(text.contains("2020-01-03"), "{text}");
}

/// The least that is known as a picture.
const JPEG: [u8; 23] =
    [0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xd9, 0, 0];
