//! Captures that are too big, too odd or no text at all: no panic, no hang, a message.

mod clock;

use std::io::{Cursor, Read, Write};
use std::time::Duration;

use clock::Stopwatch;
use flate2::Compression;
use flate2::read::GzEncoder;
use fonds::import::{Capture, read, warc};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Reads and writes everything, and tells how many blocks there are.
fn blocks(text: &str) -> Result<usize, &'static str> {
    let started = Stopwatch::start();
    let outcome =
        read(&Capture { name: "a", bytes: text.as_bytes() }).map_err(|fault| fault.code().name()).map(|import| {
            assert!(!import.diagnostics.iter().any(|diagnostic| diagnostic.code().name() == "fidelity"));
            assert!(
                import.json("a", fonds::diagnostic::lang::Lang::English).len() + import.record_file("a", "b").len()
                    > text.len()
            );
            import.blocks.len()
        });
    assert!(started.spent() < Duration::from_secs(60), "it takes time in proportion to the text");
    outcome
}

#[test]
fn no_text() {
    for (bytes, code) in [
        (&b""[..], "empty-capture"),
        (b"\xef\xbb\xbf \n", "empty-capture"),
        (b"\x01\x1f\n", "empty-capture"),
        (b"a\0b", "not-text"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "format-not-read"),
    ] {
        let fault = read(&Capture { name: "scan.jpg", bytes }).expect_err("refused");
        assert_eq!(fault.code().name(), code);
        assert_eq!(fault.place.as_ref().map(|place| place.file.as_str()), Some("scan.jpg"));
        assert!(fault.help(fonds::diagnostic::lang::Lang::English).is_some());
    }
}

/// Whoever gives a gigabyte as a text learns it before the memory is full.
#[test]
fn what_is_too_large_to_be_a_text_is_told() {
    let bytes = vec![b'a'; (64 << 20) + 1];
    for name in ["a.txt", "a.md"] {
        let fault = read(&Capture { name, bytes: &bytes }).map(|_| ()).expect_err("refused");
        assert_eq!(fault.code().name(), "capture-too-large", "{name}");
    }
    let (lines, pages) = ("甲\r\n".repeat(500_001), "<p>甲".repeat(500_001));
    for (name, text) in [("a.txt", &lines), ("a.md", &lines), ("a.html", &pages), ("a.html", &"<b>".repeat(4_000_001))]
    {
        let fault = read(&Capture { name, bytes: text.as_bytes() }).map(|_| ()).expect_err("refused");
        assert_eq!(fault.code().name(), "capture-too-large", "{name}");
    }
    assert!(read(&Capture { name: "a.txt", bytes: "甲乙丙丁。\r\n".repeat(20_000).as_bytes() }).is_ok());
}

#[test]
fn long_lines() {
    assert_eq!(blocks(&"著录".repeat(500_000)), Ok(1));
    assert_eq!(blocks(&"*_[~`<&\\](".repeat(40_000)), Ok(1));
    assert_eq!(blocks(&"“".repeat(500_000)), Ok(1));
    assert_eq!(blocks(&"[".repeat(500_000)), Ok(1));
}

#[test]
fn many_lines() {
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let lines = |line: &dyn Fn(usize) -> String| (0..20_000).map(line).collect::<String>();
    assert_eq!(blocks(&lines(&|n| format!("（{}）标题\n正文一段。\n", numerals[n % 10]))), Ok(40_000));
    assert_eq!(blocks(&lines(&|n| format!("{}、标题\n", numerals[n * 7 % 10]))), Ok(20_000));
    assert_eq!(blocks(&lines(&|_| "第一章 总则\n".to_string())), Ok(20_000));
    assert_eq!(blocks(&lines(&|_| "附件1：名单\n".to_string())), Ok(20_000));
    assert_eq!(blocks(&lines(&|n| format!("甲。\n（责任编辑：张{n}）\n"))), Ok(40_000));
    assert_eq!(
        blocks(&lines(&|n| format!("{}. A line of some length that could be wrapped\n", n % 99 + 1))),
        Ok(20_000)
    );
    assert!(blocks(&lines(&|_| "作者：张三\n".to_string())).is_ok());
    assert!(blocks(&lines(&|_| "版权所有\n".to_string())).is_ok());
}

/// Longest time for anything that is made to harm.
const LONGEST: Duration = Duration::from_secs(12);

/// Reads a capture with as little stack as any thread has, and tells how many blocks there are or the fault's code.
fn within(name: &'static str, bytes: Vec<u8>) -> Result<usize, &'static str> {
    let started = Stopwatch::start();
    let read_it = move || {
        let import = read(&Capture { name, bytes: &bytes }).map_err(|fault| {
            assert!(
                !fault.message(fonds::diagnostic::lang::Lang::English).is_empty()
                    && fault.help(fonds::diagnostic::lang::Lang::English).is_some(),
                "{fault:?}"
            );
            fault.code().name()
        })?;
        let lost = import.diagnostics.iter().find(|diagnostic| diagnostic.code().name() == "fidelity");
        assert!(lost.is_none(), "{lost:?}");
        assert!(!import.record_file("a", "b").is_empty());
        Ok(import.blocks.len())
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(read_it).expect("a thread");
    let outcome = thread.join().expect("no panic");
    eprintln!("{:?}", started.spent());
    assert!(started.spent() < LONGEST, "it took {:?}", started.spent());
    outcome
}

fn page(begin: &str, middle: &str, times: usize) -> Result<usize, &'static str> {
    within("a.html", format!("<!DOCTYPE html><p>{begin}{}", middle.repeat(times)).into_bytes())
}

fn word(document: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("starts");
    zip.write_all(document).expect("writes");
    zip.finish().expect("finishes").into_inner()
}

#[test]
fn packages_that_grow() {
    let space = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let entities = format!(
        "<!DOCTYPE d [<!ENTITY a \"甲甲\"><!ENTITY b \"&a;&a;\">]><w:document {space}><w:body><w:p>&b;</w:p></w:body></w:document>"
    );
    assert_eq!(within("a.docx", word(entities.as_bytes())), Err("entity-declared"));
    assert_eq!(within("a.docx", word(&vec![b' '; 300 << 20])), Err("package-too-large"));
    let deep = format!("<w:document {space}><w:body>{}", "<w:sdt>".repeat(100_000));
    assert_eq!(within("a.docx", word(deep.as_bytes())), Err("nested-too-deeply"));
    assert_eq!(within("a.docx", word(b"<w:document")), Err("damaged-xml"));
    assert_eq!(within("a.docx", b"PK\x03\x04".to_vec()), Err("not-a-package"));
}

#[test]
fn archives_that_grow() {
    let spaces = vec![b' '; 300 << 20];
    let mut body = Vec::new();
    GzEncoder::new(spaces.as_slice(), Compression::fast()).read_to_end(&mut body).expect("packs");
    let answer =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), &body].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n",
        answer.len()
    );
    let archive = [head.as_bytes(), &answer, b"\r\n\r\n"].concat();
    let started = Stopwatch::start();
    let found: Vec<_> = warc::pages(archive.as_slice()).map(|page| page.map_err(|fault| fault.code().name())).collect();
    assert_eq!(found, [Err("record-too-large")]);
    assert!(started.spent() < LONGEST, "it took {:?}", started.spent());
}

#[test]
fn pages_that_nest() {
    assert_eq!(page("", "<div>", 100_000), Err("nested-too-deeply"));
    assert_eq!(page("", "<blockquote>", 100_000), Err("nested-too-deeply"));
    assert_eq!(page("", "<ul>", 100_000), Err("nested-too-deeply"));
    assert_eq!(page("", "<b>", 200_000), Err("nested-too-deeply"));
    assert_eq!(page("甲", "<ul><li>甲", 200), Ok(201));
    assert_eq!(page("甲", "<blockquote>甲", 500), Ok(501));
    assert!(page("甲", "<blockquote>甲", 900).is_ok());
    assert!(page("甲", "<b>甲<p>", 900).is_ok());
    assert!(page("甲", "<table><tr><td>甲", 300).is_ok());
}

#[test]
fn pages_that_go_on() {
    let line = within("a.html", "甲".repeat(5_000_000 / 3).into_bytes());
    assert_eq!(line, Ok(1));
    assert!(page("", "甲<br>", 100_000).is_ok());
    assert!(page("", "甲。<br>", 100_000).is_ok());
    assert!(page("", "甲<b>乙</b><br>", 100_000).is_ok());
    assert!(page("", "甲<code>`</code>", 100_000).is_ok());
    assert!(page("", "甲<a href=http://a.cn/><i>乙</i></a>", 50_000).is_ok());
    assert!(page("", "<img src=a.png alt=甲>", 50_000).is_ok());
    assert!(page("", "<p>甲", 100_000).is_ok());
    assert!(page("", "<ul><li>甲</ul>", 50_000).is_ok());
}

#[test]
fn tables_that_spread() {
    assert_eq!(page("甲<table>", "<tr><td><td>", 500_000), Ok(1));
    assert_eq!(page("甲<table><tr>", "<td>", 1_000_000), Ok(1));
    assert!(page("甲<table>", "<tr><td colspan=100000>乙<td>丙", 1_000).is_ok());
    let uneven = format!("<table><tr>{}{}</table>", "<td>甲".repeat(10_000), "<tr><td>乙".repeat(10_000));
    assert!(within("a.html", uneven.into_bytes()).is_ok());
}

#[test]
fn notes_without_end() {
    let marks: String = (0..50_000).map(|n| format!("甲<a id=m{n} href=#n{n}>{}</a>", n % 10)).collect();
    let notes: String = (0..50_000).map(|n| format!("<p id=n{n}><a href=#m{n}>{}</a>乙", n % 10)).collect();
    assert!(within("a.html", format!("<p>{marks}{notes}").into_bytes()).is_ok());
    assert!(page("", "<a id=m href=#n>1</a>", 100_000).is_ok());
    let one = format!("<p>{}<p id=n>{}", "甲<a id=m href=#n>1</a>".repeat(50_000), "<a href=#m>1</a>".repeat(50_000));
    assert!(within("a.html", one.into_bytes()).is_ok());
    let far = format!("<p>{}<div id=n>{}</div>", "甲<a href=#n>1</a>".repeat(20_000), "<p>乙".repeat(20_000));
    assert!(within("a.html", far.into_bytes()).is_ok());
}

#[test]
fn markdown_without_end() {
    assert_eq!(within("a.md", format!("{}甲", ">".repeat(50_000)).into_bytes()), Err("nested-too-deeply"));
    assert!(within("a.md", format!("甲\n\n{}", "- ".repeat(50_000)).into_bytes()).is_ok());
    assert_eq!(within("a.md", "[".repeat(600_000).into_bytes()), Ok(1));
    assert_eq!(within("a.md", "*a **b ".repeat(50_000).into_bytes()), Ok(1));
    assert_eq!(within("a.md", "甲[^1]".repeat(50_000).into_bytes()), Ok(1));
    let defined = format!("{}\n\n[^1]: 乙", "甲[^1]".repeat(50_000));
    assert!(within("a.md", defined.into_bytes()).is_ok());
    assert!(within("a.md", "---\na: [".repeat(50_000).into_bytes()).is_ok());
}
