//! Formats that are XML, known by their first element, and hOCR, which is HTML with classes of its own.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::decode;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::capture::Capture;

/// How many bytes of a file are looked at.
const HEAD: usize = 64 << 10;

/// A format that is XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarkedUp {
    /// A text of scholars.
    Tei,
    /// What was recognised on a scan, in the Library of Congress's form.
    Alto,
    /// The same in that of PRImA.
    PageXml,
    /// The same in HTML.
    Hocr,
    /// Pages of a wiki.
    MediaWiki,
}

/// The format of a file, by its first element.
pub(super) fn of(bytes: &[u8]) -> Option<MarkedUp> {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let is_wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    if !start.starts_with(b"<") && !is_wide {
        return None;
    }
    let text = if is_wide { decode::decode(head, None).ok()?.text } else { String::from_utf8_lossy(head).into_owned() };
    match root(&text)?.as_str() {
        "TEI" | "TEI.2" | "teiCorpus" | "teiCorpus.2" => Some(MarkedUp::Tei),
        "alto" => Some(MarkedUp::Alto),
        "PcGts" => Some(MarkedUp::PageXml),
        "mediawiki" => Some(MarkedUp::MediaWiki),
        root if root.eq_ignore_ascii_case("html") && is_hocr(&text) => Some(MarkedUp::Hocr),
        _ => None,
    }
}

/// The local name of the first element.
fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(tag.local_name().into_inner().to_string()),
            Event::Eof | Event::End(_) => return None,
            Event::Text(text) if !text.trim().trim_matches('\u{feff}').is_empty() => return None,
            _ => {}
        }
    }
}

/// Whether a page has the classes of hOCR where they must stand.
fn is_hocr(text: &str) -> bool {
    let has = |class: &str| ["'", "\""].iter().any(|quote| text.contains(&format!("class={quote}{class}")));
    has("ocr_page") || text.contains("name=\"ocr-system\"") || text.contains("name='ocr-system'")
}

/// The format of a file that may not be read yet.
pub(super) fn of_file(path: &Path) -> Option<MarkedUp> {
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head)).ok()?;
    of(&head)
}

/// The characters of an XML file, and the name of their encoding.
///
/// Errors: those of decoding; `entity-declared`, since an entity of a few characters can stand for any number.
pub(super) fn text(capture: &Capture<'_>) -> Result<(String, String), Diagnostic> {
    let decoded = decode::decode(capture.bytes, declared(capture.bytes).as_deref())?;
    if decoded.text.contains("<!ENTITY") {
        return Err(Diagnostic::error(PackageMessage::EntityDeclared { part: capture.name.to_string() }));
    }
    let text = decoded.text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(decoded.text);
    Ok((text, decoded.encoding.to_string()))
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..200.min(bytes.len()))?).into_owned();
    let declaration = head.split("?>").next().filter(|head| head.contains("<?xml"))?;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    rest.get(1..)?.split(quote).next().map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_element() {
        for (text, format) in [
            ("<?xml version=\"1.0\"?><!-- x --><TEI xmlns=\"http://www.tei-c.org/ns/1.0\">", Some(MarkedUp::Tei)),
            ("\u{feff}\n<tei:TEI xmlns:tei=\"x\">", Some(MarkedUp::Tei)),
            ("<alto>", Some(MarkedUp::Alto)),
            ("<pc:PcGts>", Some(MarkedUp::PageXml)),
            ("<mediawiki/>", Some(MarkedUp::MediaWiki)),
            ("<!DOCTYPE html><html><body><div class='ocr_page'>", Some(MarkedUp::Hocr)),
            ("<html><body>TEI <alto>", None),
            ("<root><TEI>", None),
            ("The <TEI> element", None),
            ("<", None),
            ("", None),
        ] {
            assert_eq!(of(text.as_bytes()), format, "{text}");
        }
    }

    #[test]
    fn encodings_are_declared() {
        let of = |text: &str| declared(text.as_bytes());
        assert_eq!(of("<?xml version='1.0' encoding='GBK'?><a>").as_deref(), Some("GBK"));
        assert_eq!(of("<?xml version=\"1.0\" encoding = \"utf-8\" ?>").as_deref(), Some("utf-8"));
        assert_eq!(of("<a encoding='x'>"), None);
    }
}
