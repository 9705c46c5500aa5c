//! Captures in every format: an error with a code, or an import that lost nothing.

use std::io::{Cursor, Write};

use fonds::diagnostic::lang::Lang;
use fonds::import::{Beside, Capture, Context, Import, Known, read_in};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::doc_file::{self, Paragraph};
use crate::pdf_file;
use crate::seeds::{self, Seed};
use crate::xls_file::{self, Sheet, Value};

/// What stands between the parts of a package in an input, and between a part's name and its bytes: what is packed itself
/// would hide from libFuzzer which bytes matter.
const BETWEEN: u8 = 0x1e;
const NAMED: u8 = 0x1f;

/// What stands between the streams of a Word file.
const STREAMS: &[u8] = b"=table=";

/// Most parts of a package, so that an input is not spent on names.
const PARTS: usize = 40;

/// Pages of a web archive that are read.
const PAGES: usize = 20;

/// An image wherever one is asked for.
struct Pictures;

impl Beside for Pictures {
    fn file(&self, _: &str) -> Option<Vec<u8>> {
        Some(seeds::png())
    }
}

pub fn html(bytes: &[u8]) {
    import("a.html", bytes);
}

pub fn markdown(bytes: &[u8]) {
    import("a.md", bytes);
}

pub fn text(bytes: &[u8]) {
    import("a.txt", bytes);
}

pub fn docx(bytes: &[u8]) {
    import("a.docx", &packed(bytes));
}

/// A Word file before 2007: the stream with the text, and the one with what is said of it.
pub fn doc(bytes: &[u8]) {
    let at = bytes.windows(STREAMS.len()).position(|window| window == STREAMS);
    let (word, table) = at.map_or((bytes, &[][..]), |at| (&bytes[..at], &bytes[at + STREAMS.len()..]));
    read("a.doc", &doc_file::file(word, table));
}

pub fn xlsx(bytes: &[u8]) {
    import("a.xlsx", &packed(bytes));
}

/// A workbook before 2007: its stream of records.
pub fn xls(bytes: &[u8]) {
    import("a.xls", &xls_file::file(bytes));
}

pub fn rtf(bytes: &[u8]) {
    read("a.rtf", &[b"{\\rtf", bytes].concat());
}

pub fn odt(bytes: &[u8]) {
    import("a.fodt", bytes);
}

pub fn mhtml(bytes: &[u8]) {
    import("a.mht", &[b"MIME-Version: 1.0\r\n", bytes].concat());
}

pub fn ofd(bytes: &[u8]) {
    import("a.ofd", &packed(bytes));
}

pub fn markup(bytes: &[u8]) {
    import("a.xml", bytes);
}

pub fn epub(bytes: &[u8]) {
    import("a.epub", &packed(bytes));
}

pub fn pdf(bytes: &[u8]) {
    let head: &[u8] = if bytes.starts_with(b"%PDF-1") { b"" } else { b"%PDF-1.7\n1 0 obj\n" };
    import("a.pdf", &[head, bytes].concat());
}

/// The zip file itself.
pub fn package(bytes: &[u8]) {
    import("a.docx", bytes);
    import("a.epub", bytes);
}

pub fn warc(bytes: &[u8]) {
    for page in fonds::import::warc::pages(bytes).take(PAGES).flatten() {
        let known = Known { charset: page.charset.as_deref(), address: Some(&page.address), ..Known::default() };
        let context = Context { known, captured: page.captured.as_deref(), beside: &Pictures };
        import_in("a.html", &page.body, &context);
    }
}

/// The first byte chooses the label; the rest is decoded.
pub fn decode(bytes: &[u8]) {
    const LABELS: [Option<&str>; 8] = [
        None,
        Some("utf-8"),
        Some("gbk"),
        Some("gb18030"),
        Some("big5"),
        Some("utf-16le"),
        Some("iso-2022-jp"),
        Some("x"),
    ];
    let Some((first, rest)) = bytes.split_first() else { return };
    let label = LABELS[usize::from(*first) % LABELS.len()];
    let Ok(decoded) = fonds::import::decode(rest, label) else { return };
    assert!(!decoded.text.contains('\0') && !decoded.text.trim().is_empty(), "{decoded:?}");
    // What is UTF-8 beyond doubt stays as it is.
    if let (None, Ok(text)) = (label, std::str::from_utf8(rest)) {
        // No page can hold U+FFFE and U+FFFF.
        let left_out = |character: char| character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}');
        let plain = !text.starts_with('\u{feff}') && !text.chars().any(left_out);
        assert!(!plain || decoded.text == text, "{text:?} became {:?}", decoded.text);
    }
}

/// Reads a file that may be so damaged that the proof fails: then it is not imported, and that is all that is asked.
fn read(name: &str, bytes: &[u8]) {
    if let Err(fault) = read_in(&Capture { name, bytes }, &Context { beside: &Pictures, ..Context::default() }) {
        assert!(!fault.message(Lang::English).is_empty() && fault.help(Lang::English).is_some(), "{fault:?}");
    }
}

fn import(name: &str, bytes: &[u8]) {
    import_in(name, bytes, &Context { beside: &Pictures, ..Context::default() });
}

fn import_in(name: &str, bytes: &[u8], context: &Context<'_>) {
    match read_in(&Capture { name, bytes }, context) {
        Ok(import) => sound(&import),
        Err(fault) => {
            assert!(!fault.message(Lang::English).is_empty() && fault.help(Lang::English).is_some(), "{fault:?}")
        }
    }
}

/// Nothing was lost, and what is written is what was read.
fn sound(import: &Import) {
    if let Some(fault) = import.diagnostics.iter().find(|fault| fault.code().name() == "fidelity") {
        panic!("{}\n{:?}\n{}", fault.message(Lang::English), fault.place, import.markdown_body());
    }
    let record = import.record_file("id", "a.original");
    assert!(!record.contains('\0'), "a NUL in the record");
    let read = fonds::record::edit::Edited::document(&record, "content/id.md");
    assert!(read.is_ok(), "the record cannot be read: {record}");
    for lang in [Lang::English, Lang::Simplified] {
        assert!(!import.json("a", lang).contains('\n'), "more than one line");
    }
    for media in &import.media {
        let name = &media.name;
        assert!(!name.contains("..") && !name.starts_with('/') && !name.contains(['\0', '\\']), "{name}");
    }
}

/// The package that an input stands for; a zip file is one by itself.
fn packed(input: &[u8]) -> Vec<u8> {
    if input.starts_with(b"PK") {
        return input.to_vec();
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in input.split(|byte| *byte == BETWEEN).take(PARTS) {
        let mut named = part.splitn(2, |byte| *byte == NAMED);
        let (Some(name), Some(bytes)) = (named.next(), named.next()) else { continue };
        // Two parts of one name are refused by the writer.
        if zip.start_file(String::from_utf8_lossy(name), options).is_ok() {
            zip.write_all(bytes).expect("a part is written");
        }
    }
    zip.finish().expect("a package").into_inner()
}

fn input_of(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let parts: Vec<Vec<u8>> = parts.iter().map(|(name, bytes)| [name.as_bytes(), &[NAMED], bytes].concat()).collect();
    parts.join(&BETWEEN)
}

fn files(ending: &str) -> Vec<Vec<u8>> {
    let file = |seed| match seed {
        Seed::File(name, bytes) if name.ends_with(ending) => Some(bytes),
        _ => None,
    };
    seeds::seeds().into_iter().filter_map(file).collect()
}

pub fn html_seeds() -> Vec<Vec<u8>> {
    files(".html")
}

pub fn markdown_seeds() -> Vec<Vec<u8>> {
    files(".md")
}

pub fn text_seeds() -> Vec<Vec<u8>> {
    files(".txt")
}

/// The parts of packages whose names end so.
fn packages(ending: &str) -> Vec<Vec<(&'static str, Vec<u8>)>> {
    let package = |seed| match seed {
        Seed::Package(name, parts) if name.ends_with(ending) => Some(parts),
        _ => None,
    };
    seeds::seeds().into_iter().filter_map(package).collect()
}

pub fn docx_seeds() -> Vec<Vec<u8>> {
    packages(".docx").iter().map(|parts| input_of(parts)).collect()
}

pub fn doc_seeds() -> Vec<Vec<u8>> {
    let paragraphs = [
        Paragraph::of("总则").heading(1),
        Paragraph::of("a").cell(),
        Paragraph::row(1),
        Paragraph::of("b").note("c"),
        Paragraph::of("d").deleted("e").then("f"),
        Paragraph::of("g").reading("h"),
    ];
    let (word, table) = doc_file::streams(&paragraphs);
    vec![[word.as_slice(), STREAMS, &table].concat()]
}

pub fn xlsx_seeds() -> Vec<Vec<u8>> {
    packages(".xlsx").iter().map(|parts| input_of(parts)).collect()
}

pub fn xls_seeds() -> Vec<Vec<u8>> {
    let cells = vec![
        (0, 0, 0, Value::Text("渡口名册")),
        (1, 0, 0, Value::Text("名")),
        (1, 1, 0, Value::Result("a")),
        (2, 0, 1, Value::Number(43000.5)),
        (2, 1, 2, Value::Whole(-12)),
        (3, 1, 0, Value::Error(7)),
    ];
    let sheet = Sheet { name: "渡口", is_hidden: false, cells, merges: vec![[0, 0, 0, 1]] };
    let codes = ["[DBNum1]yyyy\"年\"m\"月\";@", "[>0]#,##0.00_);[Red]0%;\"-\"@"];
    vec![xls_file::stream(&[sheet], &codes, &[])]
}

pub fn rtf_seeds() -> Vec<Vec<u8>> {
    files(".rtf").into_iter().map(|bytes| bytes[5..].to_vec()).collect()
}

pub fn odt_seeds() -> Vec<Vec<u8>> {
    files(".fodt")
}

pub fn mhtml_seeds() -> Vec<Vec<u8>> {
    files(".mht")
}

pub fn ofd_seeds() -> Vec<Vec<u8>> {
    packages(".ofd").iter().map(|parts| input_of(parts)).collect()
}

pub fn pdf_seeds() -> Vec<Vec<u8>> {
    let mut simple = pdf_file::PdfFile::new();
    simple.other_font("F1", "/Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Differences [65 /fi /uni4E2D] >>");
    simple.add_page("q 1 0 0 1 9 9 cm BT /F1 12 Tf 90 700 Td [(AB) -400 (two)] TJ T* (three) Tj ET Q 9 9 200 1 re f");
    let lines = [(20.0, 200.0, 760.0, "渡口"), (12.0, 90.0, 700.0, "渡口在城东。"), (12.0, 90.0, 680.0, "船有三只。")];
    let mut down = pdf_file::PdfFile::new();
    down.font("F1", "渡口在城东", "Identity-V");
    down.page =
        "/Rotate 90 /Annots [<< /Subtype /Link /Rect [0 0 595 842] /A << /URI (http://a.example/) >> >>]".to_string();
    down.add_page("/Span << /ActualText <feff53e3> >> BDC BT /F1 12 Tf 300 700 Td <000100020003> Tj ET EMC");
    vec![simple.bytes(), pdf_file::of_lines(&lines).bytes(), down.bytes()]
}

pub fn markup_seeds() -> Vec<Vec<u8>> {
    files(".xml")
}

pub fn epub_seeds() -> Vec<Vec<u8>> {
    packages(".epub").iter().map(|parts| input_of(parts)).collect()
}

pub fn package_seeds() -> Vec<Vec<u8>> {
    packages("").iter().map(|parts| seeds::zip(parts)).collect()
}

pub fn warc_seeds() -> Vec<Vec<u8>> {
    let archive = |seed| match seed {
        Seed::Archive { head, body, packed } => {
            let bytes = seeds::archive(head, &body);
            Some(if packed { seeds::gzip(&bytes) } else { bytes })
        }
        _ => None,
    };
    seeds::seeds().into_iter().filter_map(archive).collect()
}

pub fn decode_seeds() -> Vec<Vec<u8>> {
    let texts = [seeds::TEXT.as_bytes().to_vec(), seeds::in_gb(seeds::PAGE), b"\xff\xfea\0b\0".to_vec()];
    (0..3).flat_map(|label| texts.iter().map(move |text| [&[label], text.as_slice()].concat())).collect()
}
