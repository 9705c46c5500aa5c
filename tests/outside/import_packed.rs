//! Captures in ZIP files and in web archives of every container.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::archive::Archive;

const PIXEL: &[u8] = &[
    0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x21, 0xf9, 4, 1, 0, 0, 0,
    0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
];

fn page(title: &str, body: &str) -> String {
    format!("<!DOCTYPE html><meta charset=utf-8><title>{title}</title><h1>{title}</h1><p>{body}</p>")
}

/// A ZIP file whose names are written as they are given, without a word on their encoding.
fn zip(files: &[(&[u8], &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut names = Vec::new();
    for (at, (name, bytes)) in files.iter().enumerate() {
        // The crate writes names in UTF-8, so one of the same length stands for each until all is written.
        let stands_for = char::from(b'A' + at as u8).to_string().repeat(name.len());
        zip.start_file(&stands_for, SimpleFileOptions::default().compression_method(method)).expect("a file begins");
        zip.write_all(bytes).expect("a file is written");
        names.push((stands_for, *name));
    }
    let mut bytes = zip.finish().expect("a ZIP file").into_inner();
    for (stands_for, name) in names {
        while let Some(at) = bytes.windows(name.len()).position(|part| part == stands_for.as_bytes()) {
            bytes[at..at + name.len()].copy_from_slice(name);
        }
    }
    bytes
}

fn record(address: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n");
    let block = [head.as_bytes(), body].concat();
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-03-04T05:06:07Z\r\n\
         WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    let record = [head.as_bytes(), &block, b"\r\n\r\n"].concat();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&record).expect("in memory");
    encoder.finish().expect("in memory")
}

fn titles(archive: &Archive, file: &str) -> Vec<String> {
    let run = archive.run(&["import", "--dry-run", "--format", "json", file]).succeeds();
    let one = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("an object");
    run.stdout.lines().map(|line| one(line)["meta"]["title"].as_str().unwrap_or_default().to_string()).collect()
}

#[test]
fn pages_in_a_zip_file_are_captures() {
    let (name, _, _) = encoding_rs::GBK.encode("通知/关于开门.html");
    let picture = page("关于开门的通知", "库房九点开门。<img src=\"一.gif\">");
    let (image, _, _) = encoding_rs::GBK.encode("通知/一.gif");
    let loans = page("Rules for loans", "One at a time.");
    let menu = page("Menu", "Nothing.");
    let files: [(&[u8], &[u8]); 8] = [
        (&name, picture.as_bytes()),
        (&image, PIXEL),
        (b"loans.html", loans.as_bytes()),
        (b"loans_files/menu.html", menu.as_bytes()),
        (b"__MACOSX/loans.html", b"\0\0"),
        (b"~$notes.docx", b"\0\0"),
        (b"inner.zip", b"PK\x03\x04"),
        (b"data.bin", b"\0\0"),
    ];
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let archive = Archive::new().file("in/saved.zip", zip(&files, method));
        assert_eq!(titles(&archive, "in/saved.zip"), ["Rules for loans", "关于开门的通知"]);
        assert_eq!(titles(&archive, "in"), ["Rules for loans", "关于开门的通知"]);
        archive.run(&["import", "in/saved.zip"]).succeeds();
        let kept: Vec<String> = crate::archive::files_in(&archive.path().join("content")).into_keys().collect();
        assert!(kept.iter().any(|name| name.ends_with("/关于开门.html")), "{kept:?}");
        assert!(kept.iter().any(|name| name.ends_with(".gif")), "{kept:?}");
    }
}

#[test]
fn a_zip_file_without_captures_is_refused() {
    let archive = Archive::new()
        .file("data.zip", zip(&[(b"data.bin", b"\0\0")], CompressionMethod::Stored))
        .file("cut.zip", b"PK\x03\x04")
        .file("minutes.docx", zip(&[(b"data.html", b"<p>Text")], CompressionMethod::Stored));
    for (file, code) in [("data.zip", "no-captures"), ("cut.zip", "not-a-package"), ("minutes.docx", "not-a-document")]
    {
        let run = archive.run(&["import", "--dry-run", file]);
        assert!(run.code == 1 && run.tells(code), "{}", run.stderr);
    }
}

/// `a\\b.txt` and `a/b.txt` are one name, and both texts come in.
#[test]
fn two_files_of_one_name_are_two() {
    let files: [(&[u8], &[u8]); 2] = [(b"a\\b.txt", b"At nine."), (b"a/b.txt", b"At five o'clock.")];
    let archive = Archive::new().file("in/saved.zip", zip(&files, CompressionMethod::Deflated));
    assert_eq!(titles(&archive, "in/saved.zip").len(), 2);
}

/// What a member unpacks to is what the ZIP file states, and no more.
#[test]
fn a_member_that_lies_about_its_length_is_refused() {
    let long = "Text. ".repeat(100_000);
    let mut bytes = zip(&[(b"long.txt", long.as_bytes())], CompressionMethod::Deflated);
    let stated = u32::try_from(long.len()).expect("short").to_le_bytes();
    while let Some(at) = bytes.windows(4).position(|four| four == stated) {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let archive = Archive::new().file("in/saved.zip", bytes);
    let run = archive.run(&["import", "--dry-run", "in/saved.zip"]);
    assert!(run.code == 1 && run.tells("not-a-package"), "{}", run.stderr);
}

#[test]
fn a_wacz_gives_its_pages_with_their_images() {
    let first = page("关于开门的通知", "库房九点开门。<img src=\"/a.gif\">");
    let second = page("Rules for loans", "One at a time.");
    let records = record("http://a.cn/open.html", "text/html", first.as_bytes());
    let more = [
        record("http://a.cn/a.gif", "image/gif", PIXEL),
        record("http://a.cn/loans.html", "text/html", second.as_bytes()),
    ]
    .concat();
    let files: [(&[u8], &[u8]); 4] = [
        (b"datapackage.json", b"{}"),
        (b"pages/pages.jsonl", b"{}"),
        (b"archive/a.warc.gz", &records),
        (b"archive/b.warc.gz", &more),
    ];
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let archive = Archive::new().file("in/site.wacz", zip(&files, method));
        assert_eq!(titles(&archive, "in/site.wacz"), ["关于开门的通知", "Rules for loans"]);
        archive.run(&["import", "in"]).succeeds();
        let kept: Vec<String> = crate::archive::files_in(&archive.path().join("content")).into_keys().collect();
        assert!(kept.iter().any(|name| name.ends_with(".gif")), "{kept:?}");
    }
}
