use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::*;

const HTML: &str = "<p>江城县图书馆</p>";

fn record(kind: &str, address: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2019-03-04T05:06:07Z\r\n\
         WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    bytes.extend_from_slice(block);
    bytes.extend_from_slice(b"\r\n\r\n");
    bytes
}

fn answer(address: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [head.replace('\n', "\r\n").as_bytes(), b"\r\n\r\n", body].concat();
    record("response", address, "application/http; msgtype=response", &block)
}

fn html(extra: &str, body: &[u8]) -> Vec<u8> {
    answer("http://a.cn/", &format!("HTTP/1.1 200 OK\nContent-Type: text/html{extra}"), body)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn one(bytes: &[u8]) -> WebPage {
    let found: Vec<_> = pages(bytes).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().expect("one").expect("a page")
}

fn code(bytes: &[u8]) -> &'static str {
    pages(bytes).next().expect("an item").expect_err("refused").code().name()
}

#[test]
fn a_page_with_what_the_headers_say() {
    let page = one(&html("; charset=\"gb2312\"\nServer: x", HTML.as_bytes()));
    let expected = WebPage {
        address: "http://a.cn/".to_string(),
        captured: Some("2019-03-04".to_string()),
        record: Some("urn:uuid:1".to_string()),
        media_type: "text/html".to_string(),
        charset: Some("gb2312".to_string()),
        body: HTML.as_bytes().to_vec(),
        truncated: false,
    };
    assert_eq!(page, expected);
    let log = record("resource", "<metadata://gnu.org/software/wget/warc/wget.log>", "text/plain", b"abc");
    assert_eq!(pages(log.as_slice()).count(), 0, "a crawler's own log");
    let resource = record("resource", "<file:///a.txt>", "Text/Plain", b"abc");
    assert_eq!((one(&resource).address.as_str(), one(&resource).body.as_slice()), ("file:///a.txt", &b"abc"[..]));
    let http2 = answer("http://a.cn/", "HTTP/2 200\ncontent-type: application/xhtml+xml", b"abc");
    assert_eq!(one(&http2).body, b"abc");
}

#[test]
fn pages_are_found_among_everything_else() {
    let archive = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record("request", "http://a.cn/", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        html("", b"one"),
        record("metadata", "http://a.cn/", "application/warc-fields", b"fetchTimeMs: 1"),
        record("revisit", "http://a.cn/", "application/http; msgtype=response", b"HTTP/1.1 200 OK\r\n\r\n"),
        answer("http://a.cn/old", "HTTP/1.1 301 Moved\nLocation: /\nContent-Type: text/html", b"moved"),
        answer("http://a.cn/none", "HTTP/1.1 404 Not Found\nContent-Type: text/html", b"none"),
        answer("http://a.cn/a.png", "HTTP/1.1 200 OK\nContent-Type: image/png", b"png"),
        record("response", "dns:a.cn", "text/dns", b"20190304 A 1.2.3.4"),
        answer("http://a.cn/two", "HTTP/1.1 206 Partial\nContent-Type: text/plain", b"two"),
    ];
    let members: Vec<u8> = archive.iter().flat_map(|record| gzip(record)).collect();
    for bytes in [archive.concat(), members, gzip(&archive.concat())] {
        assert!(is_warc(bytes.as_slice()));
        assert!(is_warc(bytes.get(..200).expect("long enough")));
        let bodies: Vec<_> = pages(bytes.as_slice()).map(|page| page.expect("a page").body).collect();
        assert_eq!(bodies, [b"one", b"two"]);
    }
    for other in [&b""[..], b"WAR", b"<html>", &gzip(b"a text"), &[0x1f, 0x8b]] {
        assert!(!is_warc(other));
    }
}

#[test]
fn codings_are_undone() {
    let text = HTML.as_bytes();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(text).expect("in memory");
    let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
    bare.write_all(text).expect("in memory");
    let chunks = |bytes: &[u8]| {
        let (first, second) = bytes.split_at(5);
        let size = format!("{:X};x=y\r\n", second.len());
        [b"5\r\n", first, b"\r\n", size.as_bytes(), second, b"\r\n0\r\n\r\n"].concat()
    };
    for (field, body) in [
        ("Content-Encoding: gzip", gzip(text)),
        ("Content-Encoding: gzip, gzip", gzip(&gzip(text))),
        ("Content-Encoding: gzip", text.to_vec()),
        ("Content-Encoding: deflate", zlib.finish().expect("in memory")),
        ("Content-Encoding: deflate", bare.finish().expect("in memory")),
        ("Content-Encoding: deflate", text.to_vec()),
        ("Content-Encoding: br", text.to_vec()),
        ("Content-Encoding: zstd", text.to_vec()),
        ("Transfer-Encoding: chunked", chunks(text)),
        ("Transfer-Encoding: chunked", text.to_vec()),
        ("Transfer-Encoding: chunked\nContent-Encoding: gzip", chunks(&gzip(text))),
        ("Transfer-Encoding: chunked\nContent-Encoding: gzip", gzip(text)),
        ("Transfer-Encoding: gzip, chunked", chunks(&gzip(text))),
    ] {
        let page = one(&html(&format!("\n{field}"), &body));
        assert_eq!((page.body.as_slice(), page.truncated), (text, false), "{field}");
    }
    let brotli = b"\x8f\x02\x80\x68\x65\x6c\x6c\x6f\x0a\x03";
    assert_eq!(one(&html("\nContent-Encoding: br", brotli)).body, b"hello\n");
    let cut = one(&html("\nTransfer-Encoding: chunked", b"3\r\nabc\r\nff\r\nde"));
    assert_eq!((cut.body.as_slice(), cut.truncated), (&b"abcde"[..], true));
}

#[test]
fn what_cannot_be_unpacked_is_told_and_the_next_page_read() {
    let mut damaged = gzip(HTML.as_bytes());
    damaged.truncate(20);
    for field in ["zstd", "gzip", "br"] {
        let archive = [html(&format!("\nContent-Encoding: {field}"), &damaged), html("", b"next")].concat();
        let mut pages = pages(archive.as_slice());
        let fault = pages.next().expect("an item").expect_err("not unpacked");
        assert!(
            fault.code().name() == "content-encoding"
                && fault.message(crate::diagnostic::lang::Lang::English).contains(field),
            "{}",
            fault.message(crate::diagnostic::lang::Lang::English)
        );
        assert_eq!(pages.next().expect("an item").expect("a page").body, b"next");
        assert_eq!(pages.next(), None);
    }
    assert_eq!(
        code(&html("\nContent-Encoding: gzip, gzip, gzip\nContent-Encoding: gzip, gzip", b"")),
        "content-encoding"
    );
    let nonsense = record("response", "http://a.cn/", "application/http", b"nonsense");
    assert_eq!(code(&nonsense), "http-damaged");
}

#[test]
fn large_records_and_bombs_are_passed_over() {
    let zeros = vec![b' '; 100_000];
    let archive = [
        html("", &zeros),
        html("\nContent-Encoding: gzip", &gzip(&zeros)),
        html("\nContent-Encoding: gzip, gzip", &gzip(&gzip(&zeros))),
        html("", b"next"),
    ]
    .concat();
    let pages = Pages { records: Records::new(archive.as_slice(), 50_000) };
    let found: Vec<_> = pages.map(|page| page.map_err(|fault| fault.code().name()).map(|page| page.body)).collect();
    let large = Err("record-too-large");
    assert_eq!(found, [large.clone(), large.clone(), large, Ok(b"next".to_vec())]);
}

#[test]
fn lengths_are_not_believed() {
    let lying = |length: &str| {
        let head = "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a/\r\nContent-Type: text/html\r\n";
        format!("{head}Content-Length: {length}\r\n\r\nabc\r\n\r\n").into_bytes()
    };
    assert_eq!(code(&lying("18446744073709551615")), "record-too-large");
    for length in ["18446744073709551616", "99999", "1", "-1", "+3", "", "x"] {
        let items: Vec<_> = pages(lying(length).as_slice()).collect();
        let last = items.last().expect("an item").as_ref().expect_err("damaged");
        assert_eq!(last.code().name(), "warc-damaged", "{length}");
    }
    let endless = [b"WARC/1.0\r\nX: ".as_slice(), &vec![b'x'; 100_000]].concat();
    assert_eq!(code(&endless), "warc-damaged");
    let many = [b"WARC/1.0\r\n".as_slice(), &b"X: y\r\n".repeat(300_000)].concat();
    assert_eq!(code(&many), "warc-damaged");
    assert_eq!(code(b"<html>"), "warc-damaged");
    assert_eq!(pages(&b""[..]).next(), None);
}

#[test]
fn any_break_is_survived() {
    let archive = [html("\nTransfer-Encoding: chunked", b"3\r\nabc\r\n0\r\n\r\n"), html("", b"two")].concat();
    let packed = gzip(&archive);
    for bytes in [&archive, &packed] {
        for end in 0..bytes.len() {
            let cut = bytes.get(..end).expect("in range");
            let _ = is_warc(cut);
            let items: Vec<_> = pages(cut).collect();
            let faults = items.iter().filter(|item| item.is_err()).count();
            assert!(faults <= 1 && items.iter().rev().skip(1).all(Result::is_ok), "{end}: {items:?}");
            let mut spoilt = bytes.clone();
            if let Some(byte) = spoilt.get_mut(end) {
                *byte ^= 0x55;
            }
            let _ = pages(spoilt.as_slice()).count();
        }
    }
}

#[test]
fn images_at_wanted_addresses() {
    let image = |address: &str, body: &[u8]| answer(address, "HTTP/1.1 200 OK\nContent-Type: image/png", body);
    let archive = [
        html("", b"page"),
        image("http://a.cn/a.png", b"first"),
        image("http://a.cn/a.png", b"again"),
        image("http://a.cn/other.png", b"other"),
        answer("http://a.cn/b.png", "HTTP/1.1 404 None\nContent-Type: image/png", b"none"),
        image("http://a.cn/b.png", b"larger than is left"),
        image("http://a.cn/c.png", b"last"),
    ]
    .concat();
    let wanted = ["a", "b", "c"].map(|name| format!("http://a.cn/{name}.png")).into_iter().collect();
    let found = images(archive.as_slice(), &wanted);
    let bodies: Vec<_> = found.values().map(Vec::as_slice).collect();
    assert_eq!(bodies, [&b"first"[..], b"larger than is left", b"last"]);
    assert_eq!(images_within(archive.as_slice(), &wanted, 12).len(), 2, "what is too large leaves room");
    assert_eq!(images(&archive[..archive.len() - 6], &wanted).len(), 2, "what came before a break is kept");
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn records_in_frames_of_zstd() {
    let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    let (first, second) = (zstd(&html("", b"<p>1</p>")), zstd(&html("", HTML.as_bytes())));
    let bytes = [first.clone(), skipped, second].concat();
    assert!(is_warc(bytes.as_slice()));
    let bodies: Vec<_> = pages(bytes.as_slice()).map(|page| page.expect("a page").body).collect();
    assert_eq!(bodies, [b"<p>1</p>".to_vec(), HTML.as_bytes().to_vec()]);
    let cut = &first[..first.len() - 9];
    assert!(pages(cut).last().expect("one").is_err());
    assert!(!is_warc(zstd(b"a text of no archive").as_slice()));
}

#[test]
fn records_of_an_arc_file() {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{HTML}");
    let about = "1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n";
    let one = format!(
        "filedesc://a.arc 0.0.0.0 19970203040506 text/plain {}\n{about}\n\
         http://a.cn/b c 1.2.3.4 19970203040506 text/html {}\n{page}\n\
         dns:a.cn 1.2.3.4 19970203040506 text/dns 3\nabc\n\
         http://a.cn/d 1.2.3.4 19970203 text/html 200 - - 0 a.arc {}\n{page}\n",
        about.len(),
        page.len(),
        page.len(),
    );
    for bytes in [one.clone().into_bytes(), gzip(one.as_bytes())] {
        assert!(is_warc(bytes.as_slice()));
        let found: Vec<_> = pages(bytes.as_slice()).map(|page| page.expect("a page")).collect();
        let seen: Vec<_> = found.iter().map(|page| (page.address.as_str(), page.captured.as_deref())).collect();
        assert_eq!(seen, [("http://a.cn/b%20c", Some("1997-02-03")), ("http://a.cn/d", Some("1997-02-03"))]);
        assert!(found.iter().all(|page| page.body == HTML.as_bytes()));
    }
}
