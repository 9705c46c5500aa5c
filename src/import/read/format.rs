//! Which format a capture is in: by its first bytes, and where those do not tell, by its name.

use std::path::Path;

use super::marked_up::{self, MarkedUp};
use super::other_format;
use super::package::Package;
use super::warc;

/// A format that is read, or known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaptureFormat {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// Markdown, with or without front matter.
    Markdown,
    /// A Word document.
    Docx,
    /// An EPUB book.
    Epub,
    /// A document whose pages are set, GB/T 33190.
    Ofd,
    /// A format that is XML.
    MarkedUp(MarkedUp),
    /// A web archive (ISO 28500), compressed or not.
    Warc,
    /// A binary Word file, which is not read.
    OldWord,
    /// Another format that is known and not read, by its name.
    NotRead(&'static str),
}

/// How files begin whose format is not read, and what they are called. What is text by its looks is what matters here: a file
/// of Rich Text would else come in as its own marks.
const NOT_READ: [(&[u8], &str); 25] = [
    (b"{\\rtf", "RTF"),
    (b"filedesc://", "ARC"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "PostScript"),
    (b"bplist00", "Safari webarchive"),
    (b"ITSF", "CHM"),
    (b"AT&TFORM", "DjVu"),
    (b"CAJ", "CAJ"),
    (b"KDH", "KDH"),
    (b"TEB", "TEB"),
    (b"NH", "NH"),
    (b"\xffWPC", "WordPerfect"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x04%!", "PostScript"),
    (b"BZh9", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x1f\x8b", "gzip"),
];

/// Endings of files that are read when a folder is named.
pub(crate) const ENDINGS: [&str; 14] = [
    "txt", "text", "html", "htm", "xhtml", "shtml", "md", "markdown", "docx", "epub", "hocr", "ofd", "warc", "warc.gz",
];

impl CaptureFormat {
    /// The format of a capture.
    pub(crate) fn of(name: &str, bytes: &[u8]) -> Self {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Self::OldWord;
        }
        if bytes.starts_with(b"PK\x03\x04") {
            let named = if ending(name).as_deref() == Some("epub") { Self::Epub } else { Self::Docx };
            return Package::open(bytes).map_or(named, |package| Self::of_package(&package, named));
        }
        if warc::is_warc(bytes.get(..4096.min(bytes.len())).unwrap_or_default()) {
            return Self::Warc;
        }
        if let Some(format) = marked_up::of(bytes) {
            return Self::MarkedUp(format);
        }
        if let Some(name) = not_read(bytes) {
            return Self::NotRead(name);
        }
        let ending = ending(name);
        if let Some(other) = other_format::of(ending.as_deref().unwrap_or_default(), bytes) {
            return Self::NotRead(other);
        }
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml" | "shtml") => Self::Html,
            Some("md" | "markdown" | "mdown" | "mkd") => Self::Markdown,
            Some("txt" | "text") => Self::Text,
            _ if is_html(bytes) => Self::Html,
            _ => Self::Text,
        }
    }
}

impl CaptureFormat {
    /// What a package holds; one that tells nothing is what its name says.
    fn of_package(package: &Package<'_>, named: Self) -> Self {
        const OTHERS: [(&str, &str); 3] = [
            ("xl/workbook.xml", "Excel"),
            ("ppt/presentation.xml", "PowerPoint"),
            ("META-INF/manifest.xml", "OpenDocument"),
        ];
        if package.has("META-INF/container.xml") {
            return Self::Epub;
        }
        if package.has("OFD.xml") {
            return Self::Ofd;
        }
        let other = OTHERS.iter().find(|(part, _)| package.has(part));
        match other {
            _ if package.has("word/document.xml") => Self::Docx,
            Some((_, name)) => Self::NotRead(name),
            None => named,
        }
    }
}

/// The ending of a file's name, in small letters.
fn ending(name: &str) -> Option<String> {
    Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

/// The name of a format that is known by its first bytes and not read.
fn not_read(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..2048.min(bytes.len())).unwrap_or_default();
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = start.get(start.iter().take_while(|byte| byte.is_ascii_whitespace()).count()..).unwrap_or_default();
    // Letters that a text may begin with too need the bytes of a binary file behind them.
    let binary = |magic: &[u8]| !matches!(magic, b"CAJ" | b"KDH" | b"TEB" | b"NH" | b"ITSF") || head.contains(&0);
    if let Some((_, name)) = NOT_READ.iter().find(|(magic, _)| start.starts_with(magic) && binary(magic)) {
        return Some(name);
    }
    let words = String::from_utf8_lossy(head).to_ascii_lowercase();
    let header = words.trim_start();
    let is_mail = ["from: ", "mime-version:", "subject: ", "received: ", "return-path:", "date: ", "content-type: "]
        .iter()
        .any(|field| header.starts_with(field));
    if is_mail
        && words.contains("\nmime-version:") | header.starts_with("mime-version:")
        && words.contains("content-type:")
    {
        return Some(if words.contains("multipart/related") { "MHTML" } else { "EML" });
    }
    if header.starts_with("<?xml") && (words.contains("<w:worddocument") || words.contains("<pkg:package")) {
        return Some("Word 2003 XML");
    }
    (head.get(60..68) == Some(b"BOOKMOBI")).then_some("Mobipocket")
}

/// Whether bytes begin as a page does.
fn is_html(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..1024.min(bytes.len())).unwrap_or_default()).to_ascii_lowercase();
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with("<?xml") && head.contains("<html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_are_not_read_have_their_name() {
        let known: [(&str, &[u8]); 7] = [
            ("a.rtf", b"{\\rtf1\\ansi ferry}"),
            ("a.txt", b"\xef\xbb\xbf\r\n{\\rtf1\\ansi ferry}"),
            ("a.arc", b"filedesc://a.arc 127.0.0.1 20190601000000 text/plain 76\n"),
            ("a.txt", b"%PDF-1.4\n%"),
            ("a.mht", b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"),
            ("a.xml", b"<?xml version='1.0'?><w:wordDocument>"),
            ("a.html", b"\x89PNG\r\n"),
        ];
        for (name, bytes) in known {
            assert!(matches!(CaptureFormat::of(name, bytes), CaptureFormat::NotRead(_)), "{name} {bytes:?}");
        }
        for text in [
            "NH is short for new house",
            "From: here to there",
            "%PDF is a format",
            "ITSF",
            "date: 3 June\n\nMIME-version",
        ] {
            assert_eq!(CaptureFormat::of("a.txt", text.as_bytes()), CaptureFormat::Text, "{text}");
        }
    }
}
