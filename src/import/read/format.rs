//! Which format a capture is in: by its first bytes, and where those do not tell, by its name.

use std::path::Path;

use super::compound::{self, Compound};
use super::marked_up::{self, MarkedUp};
use super::mhtml;
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
    /// A page saved into one file with all it shows.
    Mhtml,
    /// An OpenDocument text, in a package or flat.
    Odt,
    /// Rich Text.
    Rtf,
    /// An EPUB book.
    Epub,
    /// A document whose pages are set, GB/T 33190.
    Ofd,
    /// A document whose pages are drawn, ISO 32000.
    Pdf,
    /// A format that is XML.
    MarkedUp(MarkedUp),
    /// A help file of Windows.
    Chm,
    /// A web archive (ISO 28500), compressed or not.
    Warc,
    /// A Word document of 1997 to 2003.
    Doc,
    /// A workbook of Excel since 2007.
    Xlsx,
    /// A workbook of Excel 5 to 2003.
    Xls,
    /// A file that is locked with a password, by the name of its format.
    Encrypted(&'static str),
    /// A Word file from before 1997, which is not read.
    OldWord,
    /// Another format that is known and not read, by its name.
    NotRead(&'static str),
}

/// Excel before 1993.
pub(crate) const OLD_EXCEL: &str = "Excel 4";

/// How files begin whose format is not read, and what they are called. What is text by its looks is what matters here: a file
/// of Rich Text would else come in as its own marks.
const NOT_READ: [(&[u8], &str); 21] = [
    (b"%!PS", "PostScript"),
    (b"bplist00", "Safari webarchive"),
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
pub(crate) const ENDINGS: [&str; 35] = [
    "txt", "text", "html", "htm", "xhtml", "shtml", "mht", "mhtml", "md", "markdown", "mdown", "mkd", "docx", "docm",
    "doc", "wps", "rtf", "odt", "fodt", "epub", "hocr", "ofd", "pdf", "chm", "xlsx", "xlsm", "xls", "et", "warc",
    "warc.gz", "warc.zst", "arc", "arc.gz", "wacz", "zip",
];

/// Whether a file in a folder is read, by its name.
pub(super) fn is_capture_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let has = |ending: &str| name.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.'));
    ENDINGS.iter().any(|ending| has(ending))
}

/// What Word and LibreOffice leave beside a document that is open, or was when they stopped.
pub(super) fn is_lock_file(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with(".~lock.")
}

/// Whether a folder is what a browser saved beside a page: `page_files`, where `is_page` knows `page.html`.
pub(super) fn is_of_page(folder: &str, is_page: &dyn Fn(&str) -> bool) -> bool {
    let page = folder.strip_suffix("_files").or_else(|| folder.strip_suffix(".files"));
    page.is_some_and(|page| ["html", "htm"].iter().any(|ending| is_page(&format!("{page}.{ending}"))))
}

/// What a file counts as that is in no format that is read: its ending.
pub(super) fn counted_as(name: &str) -> String {
    let name = name.to_lowercase();
    name.rsplit_once('.').map_or("no ending", |(_, ending)| ending).to_string()
}

impl CaptureFormat {
    /// The format of a capture.
    pub(crate) fn of(name: &str, bytes: &[u8]) -> Self {
        if bytes.starts_with(&compound::MAGIC) {
            return Self::of_compound(bytes);
        }
        if is_old_excel(bytes) {
            return Self::NotRead(OLD_EXCEL);
        }
        if is_old_word(bytes) {
            return Self::OldWord;
        }
        if bytes.starts_with(b"PK\x03\x04") {
            let named = if ending(name).as_deref() == Some("epub") { Self::Epub } else { Self::Docx };
            return Package::open(bytes).map_or(named, |mut package| Self::of_package(&mut package, named));
        }
        if warc::may_begin(bytes) && warc::is_warc(bytes) {
            return Self::Warc;
        }
        if bytes.starts_with(b"ITSF") && bytes.get(..64.min(bytes.len())).is_some_and(|head| head.contains(&0)) {
            return Self::Chm;
        }
        if is_pdf(bytes) {
            return Self::Pdf;
        }
        if first_bytes(bytes).starts_with(b"{\\rtf") {
            return Self::Rtf;
        }
        match mhtml::kind(bytes) {
            Some(mhtml::Kind::Page) => return Self::Mhtml,
            Some(mhtml::Kind::Mail) => return Self::NotRead("EML"),
            None => {}
        }
        if let Some(kind) = flat_open_document(bytes) {
            return Self::of_open_document(&kind);
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
    /// The name of what reads it, as records of provenance have it.
    pub(super) fn reader(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Docx => "docx",
            Self::Mhtml => "mhtml",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Epub => "epub",
            Self::Ofd => "ofd",
            Self::Pdf => "pdf",
            Self::MarkedUp(MarkedUp::Tei) => "tei",
            Self::MarkedUp(MarkedUp::Alto) => "alto",
            Self::MarkedUp(MarkedUp::PageXml) => "page-xml",
            Self::MarkedUp(MarkedUp::Hocr) => "hocr",
            Self::MarkedUp(MarkedUp::MediaWiki) => "mediawiki",
            Self::Chm => "chm",
            Self::Warc => "warc",
            Self::Doc => "doc",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Encrypted(_) | Self::OldWord | Self::NotRead(_) => "",
        }
    }

    /// What a compound file holds, by the names that only one format has. A damaged one is told as what most of them are.
    fn of_compound(bytes: &[u8]) -> Self {
        const OTHERS: [(&str, &str); 9] = [
            ("PowerPoint Document", "PowerPoint"),
            ("PP97_DUALSTORAGE", "PowerPoint"),
            ("MatOST", "Microsoft Works"),
            ("MM", "Microsoft Works"),
            ("HwpSummaryInformation", "HWP"),
            ("VisioDocument", "Visio"),
            ("__properties_version1.0", "Outlook"),
            ("Quill", "Publisher"),
            ("Props9", "Project"),
        ];
        let Some(compound) = Compound::open(bytes) else { return Self::Doc };
        if compound.has("WordDocument") {
            return Self::Doc;
        }
        if compound.has("EncryptedPackage") {
            return Self::Encrypted("Office");
        }
        if ["Workbook", "Book"].iter().any(|stream| compound.has(stream)) {
            return Self::Xls;
        }
        let other = OTHERS.iter().find(|(stream, _)| compound.has(stream));
        Self::NotRead(other.map_or("OLE", |(_, name)| name))
    }

    /// What an OpenDocument file holds, by its media type.
    fn of_open_document(kind: &str) -> Self {
        match kind.trim().strip_prefix("application/vnd.oasis.opendocument.").unwrap_or("text") {
            text if text.starts_with("text") => Self::Odt,
            sheet if sheet.starts_with("spreadsheet") => Self::NotRead("OpenDocument Calc"),
            slides if slides.starts_with("presentation") => Self::NotRead("OpenDocument Impress"),
            _ => Self::NotRead("OpenDocument"),
        }
    }

    /// What a package holds; one that tells nothing is what its name says.
    fn of_package(package: &mut Package<'_>, named: Self) -> Self {
        const OTHERS: [(&str, &str); 2] = [("xl/workbook.bin", "Excel XLSB"), ("ppt/presentation.xml", "PowerPoint")];
        if package.has("META-INF/container.xml") {
            return Self::Epub;
        }
        if package.has("OFD.xml") {
            return Self::Ofd;
        }
        if package.has("META-INF/manifest.xml") && package.has("content.xml") {
            let kind = package.bytes("mimetype").ok().flatten().unwrap_or_default();
            return Self::of_open_document(&String::from_utf8_lossy(&kind));
        }
        let other = OTHERS.iter().find(|(part, _)| package.has(part));
        match other {
            _ if package.has("word/document.xml") => Self::Docx,
            _ if package.name_of("xl/workbook.xml").is_some() => Self::Xlsx,
            Some((_, name)) => Self::NotRead(name),
            None if lists_sheets(package) => Self::Xlsx,
            None => named,
        }
    }
}

/// Whether a package says that it is a workbook, wherever it keeps it.
fn lists_sheets(package: &mut Package<'_>) -> bool {
    let types = package.bytes("[Content_Types].xml").ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&types).contains("spreadsheetml.sheet.main+xml")
}

/// Workbooks of Excel 2 to 4, by their first record.
fn is_old_excel(bytes: &[u8]) -> bool {
    matches!(bytes.get(..4), Some([9, 0 | 2 | 4, 4 | 6 | 8, 0]))
        && bytes.get(..64.min(bytes.len())).is_some_and(|head| head.contains(&0x10))
}

/// The ending of a file's name, in small letters.
fn ending(name: &str) -> Option<String> {
    Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

/// Whether a file begins as a PDF does: with a line that names its version, before which other bytes may stand.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
    let Some(at) = memchr::memmem::find(head, b"%PDF-") else { return false };
    let version = head.get(at + 5..at + 8).unwrap_or_default();
    let is_version = matches!(version, [b'0'..=b'9', b'.', b'0'..=b'9']);
    // A text that speaks of such a file has no table of objects.
    is_version && (first_bytes(bytes).starts_with(b"%PDF-") || memchr::memmem::find(bytes, b" obj").is_some())
}

/// Word for DOS, Word 2 and Word for the Macintosh, by their first bytes.
fn is_old_word(bytes: &[u8]) -> bool {
    const BEGINNINGS: [[u8; 4]; 5] = [
        [0xdb, 0xa5, 0x2d, 0x00],
        [0x9b, 0xa5, 0x21, 0x00],
        [0x31, 0xbe, 0x00, 0x00],
        [0xfe, 0x37, 0x00, 0x23],
        [0xfe, 0x37, 0x00, 0x1c],
    ];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

/// The media type of an OpenDocument file that is one XML file.
fn flat_open_document(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..8192.min(bytes.len())).unwrap_or_default());
    let element = head.split_once("<office:document ").filter(|(before, _)| before.trim_start().starts_with('<'))?.1;
    let kind = element.split_once("office:mimetype=")?.1.strip_prefix(['"', '\''])?;
    Some(kind.split(['"', '\'']).next().unwrap_or_default().to_string())
}

/// The first bytes behind a byte order mark and white space.
fn first_bytes(bytes: &[u8]) -> &[u8] {
    let head = bytes.get(..2048.min(bytes.len())).unwrap_or_default();
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start()
}

/// The name of a format that is known by its first bytes and not read.
fn not_read(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..2048.min(bytes.len())).unwrap_or_default();
    let start = first_bytes(bytes);
    // Letters that a text may begin with too need the bytes of a binary file behind them.
    let binary = |magic: &[u8]| !matches!(magic, b"CAJ" | b"KDH" | b"TEB" | b"NH") || head.contains(&0);
    if let Some((_, name)) = NOT_READ.iter().find(|(magic, _)| start.starts_with(magic) && binary(magic)) {
        return Some(name);
    }
    let words = String::from_utf8_lossy(head).to_ascii_lowercase();
    let header = words.trim_start();
    if header.starts_with("<?xml") && (words.contains("<w:worddocument") || words.contains("<pkg:package")) {
        return Some("Word 2003 XML");
    }
    if header.starts_with("<?xml") && words.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Some("Excel 2003 XML");
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
        let known: [(&str, &[u8]); 5] = [
            ("a.xls", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>"),
            ("a.xls", "档号\t题名\t年\n1\t甲\t1952\n2\t乙\t1953\n".as_bytes()),
            ("a.txt", b"AT&TFORM\0\0"),
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
