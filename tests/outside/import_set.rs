//! OFD: documents that store where each character stands, made here character by character.

use serde_json::Value;

use crate::archive::Archive;
use crate::import_formats::{LABELS, TAIL, TEXT, TITLE, blocks, package, plain, recognised};

/// Height of the letters, the left margin and how far lines are apart, in millimetres.
const SIZE: f64 = 5.0;
const LEFT: f64 = 30.0;
const STEP: f64 = 9.0;
/// How wide a line is, in letters.
const WIDTH: f64 = 28.0;
/// The namespace of the standard, and one that older programs have.
const NAMESPACE: &str = "http://www.ofdspec.org/2016";

/// A line: its place, in letters from the left, and its characters.
struct Line {
    x: f64,
    text: String,
}

fn width(character: char) -> f64 {
    if character.is_ascii() { 0.5 } else { 1.0 }
}

/// Sets a paragraph in lines, the first of them indented.
fn set(text: &str, indent: f64) -> Vec<Line> {
    let mut lines = vec![Line { x: indent, text: String::new() }];
    let mut at = indent;
    for character in text.chars() {
        if at + width(character) > WIDTH {
            lines.push(Line { x: 0.0, text: String::new() });
            at = 0.0;
        }
        at += width(character);
        if let Some(line) = lines.last_mut() {
            line.text.push(character);
        }
    }
    lines
}

/// A line as an object, or each of its characters as one.
fn objects(line: &Line, y: f64, split: bool) -> Vec<String> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let object = |x: f64, text: &str| {
        let steps: Vec<String> = text.chars().map(|character| (width(character) * SIZE).to_string()).collect();
        let steps = steps.get(..steps.len().saturating_sub(1)).unwrap_or_default().join(" ");
        format!(
            "<ofd:TextObject ID=\"9\" Boundary=\"{x} {} 150 7\" Font=\"1\" Size=\"{SIZE}\"><ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"{steps}\">{}</ofd:TextCode></ofd:TextObject>",
            y - 5.0,
            escaped(text)
        )
    };
    if !split {
        return vec![object(LEFT + line.x * SIZE, &line.text)];
    }
    let mut x = LEFT + line.x * SIZE;
    let mut all = Vec::new();
    for character in line.text.chars() {
        all.push(object(x, character.encode_utf8(&mut [0; 4])));
        x += width(character) * SIZE;
    }
    all
}

fn content(objects: &[String], template: bool) -> String {
    let template = if template { "<ofd:Template TemplateID=\"7\" ZOrder=\"Background\"/>" } else { "" };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Page xmlns:ofd=\"{NAMESPACE}\">{template}<ofd:Content><ofd:Layer ID=\"2\">{}</ofd:Layer></ofd:Content></ofd:Page>",
        objects.concat()
    )
}

/// A file of pages; `parts` are further files.
fn ofd(pages: &[String], info: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let root = format!(
        "<ofd:OFD xmlns:ofd=\"{NAMESPACE}\" Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\
         <ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>"
    );
    let entries: String = (0..pages.len())
        .map(|nth| format!("<ofd:Page ID=\"{nth}\" BaseLoc=\"Pages/Page_{nth}/Content.xml\"/>"))
        .collect();
    let document = format!(
        "<ofd:Document xmlns:ofd=\"{NAMESPACE}\"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
         <ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes><ofd:TemplatePage ID=\"7\" BaseLoc=\"TPLS/Tpl_0/Content.xml\"/></ofd:CommonData><ofd:Pages>{entries}</ofd:Pages></ofd:Document>"
    );
    let names: Vec<String> = (0..pages.len()).map(|nth| format!("Doc_0/Pages/Page_{nth}/Content.xml")).collect();
    let mut files = vec![("OFD.xml", root.as_str()), ("Doc_0/Document.xml", document.as_str())];
    files.extend(names.iter().map(String::as_str).zip(pages.iter().map(String::as_str)));
    files.extend(parts);
    package(&files)
}

/// The essay, on pages of twelve lines with their numbers.
fn essay(split: bool) -> Vec<u8> {
    let whole = ["守护旧报刊的三点体会 沈一帆", LABELS, TITLE, "沈一帆"];
    let mut lines: Vec<Line> = whole.iter().flat_map(|line| set(line, 2.0)).collect();
    lines.extend(TEXT.iter().chain(&TAIL).flat_map(|line| set(line, 2.0)));
    let pages: Vec<String> = lines
        .chunks(12)
        .enumerate()
        .map(|(page, lines)| {
            let number = Line { x: 12.0, text: format!("— {} —", page + 1) };
            let mut all: Vec<String> = objects(&number, 285.0, false);
            for (nth, line) in lines.iter().enumerate() {
                all.extend(objects(line, 40.0 + STEP * nth as f64, split));
            }
            // The order of the file is none of reading.
            if split {
                all.reverse();
            }
            content(&all, false)
        })
        .collect();
    ofd(&pages, "", &[])
}

#[test]
fn ofd_gives_the_same_text_and_record_as_a_text() {
    let archive = Archive::new()
        .file("in/a/essay.txt", plain())
        .file("in/b/essay.ofd", essay(false))
        .file("in/c/essay.ofd", essay(true));
    let text = recognised(&archive, "in/a/essay.txt");
    for file in ["in/b/essay.ofd", "in/c/essay.ofd"] {
        let other = recognised(&archive, file);
        let texts = |object: &Value| -> Vec<String> {
            let all =
                blocks(object).into_iter().map(|block| block["text"].as_str().unwrap_or_default().replace(' ', ""));
            all.collect()
        };
        assert_eq!(texts(&other), texts(&text), "{file}");
        assert_eq!(other["meta"], text["meta"], "{file}");
        let dropped = other["dropped"].as_array().expect("dropped");
        let numbers: Vec<&str> = dropped
            .iter()
            .filter(|line| line["why"] == "page-number")
            .filter_map(|line| line["text"].as_str())
            .collect();
        assert_eq!(numbers, ["— 1 —", "— 2 —"], "{file}");
    }
}

#[test]
fn templates_pictures_and_what_the_file_says_come_along() {
    let png = "GIF89a\u{1}\u{0}\u{1}\u{0}\u{0}\u{0}\u{0}";
    let page = content(
        &[
            objects(&Line { x: 2.0, text: "库房在楼的北面,窗小,墙厚。".to_string() }, 60.0, false).concat(),
            "<ofd:ImageObject ID=\"5\" ResourceID=\"3\" Boundary=\"30 100 40 40\"/>".to_string(),
            "<ofd:TextObject ID=\"6\" Boundary=\"0 0 210 297\" Size=\"8\" CTM=\"0.7 0.7 -0.7 0.7 0 0\"><ofd:TextCode X=\"90\" Y=\"0\">内部资料</ofd:TextCode></ofd:TextObject>".to_string(),
        ],
        true,
    );
    let template = content(&objects(&Line { x: 10.0, text: "江城县图书馆".to_string() }, 50.0, false), false);
    let resources = format!(
        "<ofd:Res xmlns:ofd=\"{NAMESPACE}\" BaseLoc=\"Res\"><ofd:MultiMedias><ofd:MultiMedia ID=\"3\" Type=\"Image\"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    );
    let info = "<ofd:Title>江城县图书馆</ofd:Title><ofd:Author>沈一帆</ofd:Author><ofd:Subject>库房</ofd:Subject>";
    let parts = [
        ("Doc_0/Tpls/Tpl_0/Content.xml", template.as_str()),
        ("Doc_0/DocumentRes.xml", resources.as_str()),
        ("Doc_0/Res/a.png", png),
        ("Doc_0/Signs/Signatures.xml", "<Signatures><Signature ID=\"1\"/></Signatures>"),
    ];
    let archive = Archive::new().file("in/a.ofd", ofd(&[page], info, &parts));
    let run = archive.run(&["import", "in", "--into", "notes"]);
    assert!(run.code == 0 && run.tells("signed-document"), "{}", run.stderr);
    let folder = archive.path().join("content/notes/a");
    let record = std::fs::read_to_string(folder.join("index.md")).expect("the record");
    for part in ["title = \"江城县图书馆\"", "subjects = [\"库房\"]", "库房在楼的北面,窗小,墙厚。", "](files/a.png)"]
    {
        assert!(record.contains(part), "{part}\nin\n{record}");
    }
    assert!(!record.contains("内部资料"), "{record}");
}

#[test]
fn what_has_no_text_or_is_encrypted_is_refused_by_name() {
    let path = "<ofd:PathObject ID=\"4\" Boundary=\"10 10 50 50\"><ofd:AbbreviatedData>M 0 0 L 5 5</ofd:AbbreviatedData></ofd:PathObject>";
    let page = content(&[path.to_string()], false);
    let archive = Archive::new()
        .file("in/drawn.ofd", ofd(std::slice::from_ref(&page), "", &[]))
        .file("in/locked.ofd", ofd(std::slice::from_ref(&page), "", &[("Encryptions.xml", "<a/>")]))
        .file("in/torn.ofd", ofd(&[content(&[], true)], "", &[]));
    for (file, code) in [("drawn", "empty-capture"), ("locked", "encrypted-document"), ("torn", "not-a-package")] {
        let run = archive.run(&["import", "--dry-run", &format!("in/{file}.ofd")]);
        assert!(run.code == 1 && run.tells(code), "{file}: {}", run.stderr);
    }
}
