//! Workbooks: the same sheets as .xlsx and as .xls, and what comes of them.

use std::io::{Cursor, Write};

use serde_json::Value as Json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::xls_file::{self, Sheet, Value, file, record, stream};
use crate::archive::{Archive, files_in};

/// The codes of the looks, from 1.
const CODES: [&str; 3] = ["yyyy\"年\"m\"月\"d\"日\"", "#,##0.00", "0%"];

/// A roll as offices keep it: title, who filled it in, head, rows, remark.
fn roll() -> Vec<Sheet> {
    let text = |row, column, text| (row, column, 0, Value::Text(text));
    let cells = vec![
        text(0, 0, "东渡镇渡工名册"),
        text(1, 0, "填报单位：东渡镇"),
        text(1, 3, "日期：2017年"),
        text(2, 0, "姓名"),
        text(2, 1, "入册日期"),
        text(2, 2, "津贴"),
        text(2, 3, "出勤"),
        text(3, 0, "甲某"),
        (3, 1, 1, Value::Number(43000.0)),
        (3, 2, 2, Value::Number(1234.5)),
        (3, 3, 3, Value::Number(0.25)),
        text(4, 0, "乙某"),
        (4, 1, 1, Value::Whole(43001)),
        (4, 2, 0, Value::Error(0x17)),
        (4, 3, 0, Value::Result("全勤")),
        text(5, 0, "备注：津贴按季发放"),
    ];
    let merges = vec![[0, 0, 0, 3], [5, 5, 0, 3]];
    vec![Sheet { name: "Sheet1", is_hidden: false, cells, merges }]
}

/// The letters of a column.
fn place(row: u16, column: u16) -> String {
    format!("{}{}", char::from(b'A' + u8::try_from(column).expect("few columns")), row + 1)
}

fn part(sheet: &Sheet) -> String {
    let cell = |(row, column, look, value): &xls_file::Cell| {
        let at = place(*row, *column);
        let inner = match value {
            Value::Text(text) => {
                return format!("<c r=\"{at}\" s=\"{look}\" t=\"inlineStr\"><is><r><t>{text}</t></r></is></c>");
            }
            Value::Result(text) => return format!("<c r=\"{at}\" t=\"str\"><f>A1</f><v>{text}</v></c>"),
            Value::Error(_) => return format!("<c r=\"{at}\" t=\"e\"><v>#REF!</v></c>"),
            Value::Number(number) => number.to_string(),
            Value::Whole(number) => number.to_string(),
        };
        format!("<c r=\"{at}\" s=\"{look}\"><v>{inner}</v></c>")
    };
    let rows: String = sheet
        .cells
        .chunk_by(|a, b| a.0 == b.0)
        .map(|row| format!("<row r=\"{}\">{}</row>", row[0].0 + 1, row.iter().map(cell).collect::<String>()))
        .collect();
    let merges: String = sheet
        .merges
        .iter()
        .map(|[top, bottom, left, right]| {
            format!("<mergeCell ref=\"{}:{}\"/>", place(*top, *left), place(*bottom, *right))
        })
        .collect();
    format!("<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>")
}

const SPACE: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A package of parts.
fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part begins");
        zip.write_all(text.as_bytes()).expect("a part is written");
    }
    zip.finish().expect("a package").into_inner()
}

/// A workbook, with more parts than its sheets. `inner` is what each sheet has before its rows.
fn workbook(sheets: &[Sheet], inner: &str, more: &[(&str, String)]) -> Vec<u8> {
    let listed = |(nth, sheet): (usize, &Sheet)| {
        let state = if sheet.is_hidden { "state=\"hidden\" " } else { "" };
        format!("<sheet name=\"{}\" sheetId=\"{nth}\" {state}r:id=\"r{nth}\"/>", sheet.name)
    };
    let list: String = sheets.iter().enumerate().map(listed).collect();
    let relation =
        |nth: usize| format!("<Relationship Id=\"r{nth}\" Type=\"x/worksheet\" Target=\"worksheets/s{nth}.xml\"/>");
    let relations: String = (0..sheets.len()).map(relation).collect();
    let codes: String = (1..)
        .zip(CODES)
        .map(|(id, code)| format!("<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>", 163 + id, code.replace('"', "&quot;")))
        .collect();
    let looks: String =
        (0..4).map(|nth| format!("<xf numFmtId=\"{}\"/>", if nth == 0 { 0 } else { 163 + nth })).collect();
    let mut parts = vec![
        ("xl/workbook.xml", format!("<workbook {SPACE}><sheets>{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        (
            "xl/styles.xml",
            format!("<styleSheet {SPACE}><numFmts>{codes}</numFmts><cellXfs>{looks}</cellXfs></styleSheet>"),
        ),
    ];
    let names: Vec<String> = (0..sheets.len()).map(|nth| format!("xl/worksheets/s{nth}.xml")).collect();
    for (name, sheet) in names.iter().zip(sheets) {
        parts.push((name, format!("<worksheet {SPACE}>{inner}{}</worksheet>", part(sheet))));
    }
    parts.extend(more.iter().map(|(name, text)| (*name, text.clone())));
    package(&parts)
}

fn read(name: &str, bytes: &[u8]) -> Json {
    let run = Archive::new().file(name, bytes).run(&["import", "--dry-run", "--format", "json", name]);
    let line = run.stdout.lines().find(|line| line.contains("\"blocks\"")).unwrap_or(&run.stdout).to_string();
    serde_json::from_str(&line).unwrap_or_else(|_| panic!("{} {}", run.stdout, run.stderr))
}

/// The kinds and texts of the blocks.
fn blocks(import: &Json) -> Vec<(String, String)> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_string();
    let blocks = import["blocks"].as_array().cloned().unwrap_or_default();
    blocks.iter().map(|block| (text(&block["kind"]), text(&block["text"]))).collect()
}

fn codes(import: &Json) -> Vec<String> {
    let all = import["diagnostics"].as_array().cloned().unwrap_or_default();
    all.iter().map(|told| told["code"].as_str().unwrap_or_default().to_string()).collect()
}

fn both(sheets: &[Sheet]) -> [(&'static str, Json); 2] {
    let xls = file(&stream(sheets, &CODES, &[]));
    [("xlsx", read("a.xlsx", &workbook(sheets, "", &[]))), ("xls", read("a.xls", &xls))]
}

#[test]
fn a_roll_is_lines_around_a_table() {
    for (name, import) in both(&roll()) {
        assert_eq!(import["reader"], name);
        assert_eq!(import["meta"]["title"], "东渡镇渡工名册", "{name}");
        let table = "姓名\t入册日期\t津贴\t出勤\n甲某\t2017年9月22日\t1,234.50\t25%\n乙某\t2017年9月23日\t#REF!\t全勤";
        let expected =
            [("paragraph", "填报单位：东渡镇 日期：2017年"), ("table", table), ("paragraph", "备注：津贴按季发放")];
        let got = blocks(&import);
        let got: Vec<(&str, &str)> = got.iter().map(|(kind, text)| (kind.as_str(), text.as_str())).collect();
        assert_eq!(got, expected, "{name}");
        assert!(codes(&import).is_empty(), "{name} {import}");
    }
}

#[test]
fn blank_rows_and_columns_part_tables() {
    let text = |row, column, text| (row, column, 0, Value::Text(text));
    let mut cells = Vec::new();
    for (row, names) in [(2, ["甲", "乙"]), (3, ["一", "二"]), (6, ["丙", "丁"]), (7, ["三", "四"])] {
        for (column, name) in (0..).zip(names) {
            cells.push(text(row, column, name));
            if row < 5 {
                cells.push(text(row, column + 3, name));
            }
        }
    }
    for (name, import) in both(&[Sheet { name: "Sheet1", is_hidden: false, cells, merges: vec![] }]) {
        let texts: Vec<String> = blocks(&import).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["甲\t乙\n一\t二", "甲\t乙\n一\t二", "丙\t丁\n三\t四"], "{name}");
    }
}

#[test]
fn sheets_have_headings_and_hidden_ones_are_left_out() {
    let sheet = |name, is_hidden, text| {
        let cells = vec![(0, 0, 0, Value::Text(text)), (1, 0, 0, Value::Text("江水在城北转弯。"))];
        Sheet { name, is_hidden, cells, merges: vec![] }
    };
    let sheets =
        [sheet("上游", false, "上游三个渡口。"), sheet("选项", true, "是否"), sheet("下游", false, "下游一个渡口。")];
    for (name, import) in both(&sheets) {
        let kinds: Vec<(String, String)> = blocks(&import);
        let headings: Vec<&str> =
            kinds.iter().filter(|(kind, _)| kind == "heading").map(|(_, text)| text.as_str()).collect();
        assert_eq!(headings, ["上游", "下游"], "{name}");
        assert!(codes(&import).contains(&"hidden-text".to_string()), "{name} {import}");
        let dropped = import["dropped"].as_array().cloned().unwrap_or_default();
        assert!(dropped.iter().any(|dropped| dropped["text"] == "是否"), "{name} {import}");
    }
}

/// A title that says what the sheet is called is its heading.
#[test]
fn a_sheet_has_one_heading() {
    let text = |row, column, text| (row, column, 0, Value::Text(text));
    let sheet = |name| {
        let cells =
            vec![text(0, 0, name), text(1, 0, "渡口"), text(1, 1, "里程"), text(2, 0, "东门"), text(2, 1, "三里")];
        Sheet { name, is_hidden: false, cells, merges: vec![[0, 0, 0, 1]] }
    };
    for (name, import) in both(&[sheet("上游"), sheet("下游")]) {
        let kinds: Vec<(String, String)> = blocks(&import);
        let texts: Vec<&str> = kinds.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["上游", "渡口\t里程\n东门\t三里", "下游", "渡口\t里程\n东门\t三里"], "{name}");
        assert_eq!(kinds[0].0, "heading", "{name}");
    }
}

/// Merged cells of a head cover the places beside and below them, and what lies under them is not shown.
#[test]
fn merged_cells_are_one() {
    let text = |row, column, text| (row, column, 0, Value::Text(text));
    let cells = vec![
        text(0, 0, "渡口"),
        text(0, 1, "里程"),
        text(0, 2, "看不见"),
        text(1, 1, "水路"),
        text(1, 2, "旱路"),
        text(2, 0, "东门"),
        (2, 1, 0, Value::Whole(3)),
        (2, 2, 0, Value::Whole(5)),
    ];
    let merges = vec![[0, 1, 0, 0], [0, 0, 1, 2]];
    for (name, import) in both(&[Sheet { name: "Sheet1", is_hidden: false, cells, merges }]) {
        assert_eq!(blocks(&import)[0].1, "渡口\t里程\t\n\t水路\t旱路\n东门\t3\t5", "{name}");
        assert_eq!(codes(&import), ["hidden-text"], "{name}");
    }
}

#[test]
fn what_a_workbook_has_besides_cells_is_told() {
    let comments =
        "<comments><commentList><comment ref=\"A1\"><text><t>x</t></text></comment></commentList></comments>";
    let relations = "<Relationships><Relationship Id=\"c\" Type=\"x/comments\" Target=\"../comments1.xml\"/>\
        <Relationship Id=\"d\" Type=\"x/drawing\" Target=\"../d.xml\"/>\
        <Relationship Id=\"l\" Type=\"x/hyperlink\" Target=\"https://example.com/a\" TargetMode=\"External\"/></Relationships>";
    let more = [
        ("xl/worksheets/_rels/s0.xml.rels", relations.to_string()),
        ("xl/comments1.xml", comments.to_string()),
        ("xl/d.xml", "<wsDr><twoCellAnchor/><oneCellAnchor/></wsDr>".to_string()),
        ("docProps/core.xml", "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>丙某</dc:creator></cp:coreProperties>".to_string()),
    ];
    let inner = "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><hyperlinks><hyperlink ref=\"A4\" r:id=\"l\"/></hyperlinks>";
    let import = read("a.xlsx", &workbook(&roll(), inner, &more));
    let mut codes = codes(&import);
    codes.sort();
    assert_eq!(codes, ["comments-left-out", "diagram-left-out", "hidden-text"]);
    assert_eq!(import["meta"]["extra"]["creator"], "丙某");
}

/// A date is a number until its look says otherwise, and what the file stores is kept beside the text.
#[test]
fn what_is_stored_is_kept_beside_what_is_shown() {
    let archive = Archive::new().file("a.xlsx", workbook(&roll(), "", &[]));
    archive.run(&["import", "a.xlsx"]).succeeds();
    let files = files_in(archive.path());
    let (_, bytes) = files.iter().find(|(name, _)| name.ends_with("provenance.toml")).expect("a provenance");
    let text = String::from_utf8_lossy(bytes);
    assert!(text.contains("why = \"cell-format\"\nwas = \"43000\"\nnow = \"2017年9月22日\""), "{text}");
}

#[test]
fn workbooks_that_are_not_read_have_their_name() {
    let compound = |name: &str| {
        let mut compound = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
        compound.create_stream(name).and_then(|mut own| own.write_all(&[0; 600])).expect("a stream");
        compound.into_inner().into_inner()
    };
    let locked = file(&stream(&roll(), &CODES, &record(0x002f, &[0; 6])));
    for (name, bytes, code) in [
        ("a.xlsx", package(&[("xl/workbook.bin", String::new())]), "format-not-read"),
        ("a.et", compound("Elsewhere"), "format-not-read"),
        ("a.xls", compound("Workbook"), "damaged-file"),
        ("a.xls", locked, "encrypted-document"),
        ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00".to_vec(), "format-not-read"),
        ("a.xlsx", workbook(&[], "", &[]), "empty-capture"),
        (
            "a.xlsx",
            package(&[("xl/workbook.xml", "<workbook><sheets><sheet name=\"a\"/></sheets></workbook>".into())]),
            "not-a-package",
        ),
    ] {
        let import = read(name, &bytes);
        assert_eq!(import["code"], code, "{name} {import}");
    }
}

/// A cell says what it is, and may be wrong.
#[test]
fn characters_in_a_cell_are_characters() {
    let name = "<c t=\"inlineStr\"><is><t>里程</t></is></c>";
    let rows = format!("<row>{name}<c t=\"x\"><is><t>0.005870</t></is></c></row><row>{name}<c><v>not 1</v></c></row>");
    let parts = [
        (
            "xl/workbook.xml",
            format!("<workbook {SPACE}><sheets><sheet name=\"Sheet1\" r:id=\"x\"/></sheets></workbook>"),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>")),
    ];
    let texts: Vec<String> = blocks(&read("a.xlsx", &package(&parts))).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["里程\t0.005870\n里程\tnot 1"]);
}

/// A file may claim a cell at the far end, a merged area over everything, or one long text in all cells.
#[test]
fn of_two_cells_at_one_place_the_last_counts() {
    for last in ["", "四"] {
        let cells = vec![
            (0, 0, 0, Value::Text("名")),
            (0, 1, 0, Value::Text("数")),
            (1, 1, 0, Value::Text("三")),
            (1, 0, 0, Value::Text("渡口")),
            (1, 1, 0, Value::Text(last)),
        ];
        for (name, import) in both(&[Sheet { name: "渡口", is_hidden: false, cells, merges: Vec::new() }]) {
            assert!(!codes(&import).contains(&"fidelity".to_string()), "{name}: {import:#}");
            let text = import["blocks"].to_string();
            assert!(!text.contains('三') && text.contains(last), "{name}: {import:#}");
        }
    }
}

#[test]
fn no_file_takes_more_than_it_should() {
    let far = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>\
        <mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"A1:B2\"/></mergeCells>";
    let diagonal: String = (1..=3000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"{}{row}\"><v>{row}</v></c></row>", letters(row)))
        .collect();
    let long = "字".repeat(30_000);
    let many: String = (1..=600).map(|row| format!("<row r=\"{row}\"><c t=\"s\"><v>0</v></c></row>")).collect();
    let strings = format!("<sst><si><t>{long}</t></si></sst>");
    for (rows, more, code) in [
        (far.to_string(), None, None),
        (format!("<sheetData>{diagonal}</sheetData>"), None, None),
        (format!("<sheetData>{many}</sheetData>"), Some(strings), Some("capture-too-large")),
    ] {
        let mut parts = vec![
            (
                "xl/workbook.xml",
                format!("<workbook {SPACE}><sheets><sheet name=\"a\" r:id=\"x\"/></sheets></workbook>"),
            ),
            ("xl/worksheets/sheet1.xml", format!("<worksheet {SPACE}>{rows}</worksheet>")),
        ];
        parts.extend(more.map(|more| ("xl/sharedStrings.xml", more)));
        let import = read("a.xlsx", &package(&parts));
        assert_eq!(import["code"].as_str(), code, "{}", import.to_string().chars().take(400).collect::<String>());
    }
}

fn letters(number: u32) -> String {
    let mut rest = number;
    let mut letters = String::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("a letter");
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters
}
