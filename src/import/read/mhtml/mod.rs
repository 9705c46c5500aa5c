//! Pages that a browser saved into one file with all they show (MHTML, RFC 2557): Internet Explorer's .mht, Chromium's and
//! Word's.

mod mime;

use std::collections::BTreeMap;

use self::mime::Part;
use super::html::{self, Beside, Known};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::capture::{Capture, Context};
use crate::import::flow::Flow;

const MEDIA_TYPE: &str = "multipart/related";

/// Words that begin the head of such a file or of a mail.
const FIELDS: [&str; 8] = [
    "from:",
    "mime-version:",
    "subject:",
    "received:",
    "return-path:",
    "date:",
    "content-type:",
    "snapshot-content-location:",
];

/// What the head of a file says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page with all it shows.
    Page,
    /// A mail.
    Mail,
}

/// What a file is by its head; `None` where it has none of this kind.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let head = bytes.get(..8192.min(bytes.len())).unwrap_or_default();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let first = String::from_utf8_lossy(head.get(..64.min(head.len())).unwrap_or_default()).to_ascii_lowercase();
    if !FIELDS.iter().any(|field| first.starts_with(field)) {
        return None;
    }
    let part = Part::read(head);
    let (media_type, is_mime) = (part.media_type(), part.field("mime-version").is_some());
    let is_saved = part.field("snapshot-content-location").is_some() || part.field("content-location").is_some();
    if media_type == "multipart/related"
        || is_saved
        || media_type == "text/html" && is_mime && part.field("to").is_none()
    {
        return Some(Kind::Page);
    }
    let is_sent = ["message-id", "received", "return-path"].iter().any(|field| part.field(field).is_some());
    (is_mime && part.field("content-type").is_some() || is_sent && part.field("from").is_some()).then_some(Kind::Mail)
}

/// Reads a page.
///
/// Errors: `not-text` where no part is a page, and those of [`html::read`].
pub(crate) fn read(capture: &Capture<'_>, context: &Context<'_>) -> Result<Flow, Diagnostic> {
    let bytes = capture.bytes;
    let whole = Part::read(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start());
    let parts = match whole.media_type().starts_with("multipart/") {
        true => whole.parts(),
        false => vec![whole.clone()],
    };
    let page = page(&whole, &parts).ok_or_else(|| Diagnostic::error(CaptureMessage::PageWithoutText))?;
    let charset = page.parameter("charset");
    let saved_from = whole.field("snapshot-content-location").or_else(|| page.field("content-location"));
    let address = context.known.address.or(saved_from.filter(|address| address.starts_with("http")));
    let known = Known { charset: context.known.charset.or(charset.as_deref()), address, ..context.known };
    let base = page.field("content-location").and_then(|address| url::Url::parse(address).ok());
    let beside = Inside { files: files(&parts), base, outside: context.beside };
    let mut flow = html::read(&page.bytes(), known, &beside)?;
    flow.media_type = MEDIA_TYPE;
    flow.stated.captured = flow.stated.captured.or_else(|| whole.field("date").and_then(day));
    Ok(flow)
}

/// The part that is the page: the one that the file names, or else the first.
fn page<'p, 'b>(whole: &Part<'b>, parts: &'p [Part<'b>]) -> Option<&'p Part<'b>> {
    let is_page = |part: &&Part<'_>| matches!(part.media_type().as_str(), "text/html" | "application/xhtml+xml");
    let start = whole.parameter("start");
    let named =
        start.and_then(|start| parts.iter().filter(is_page).find(|part| part.field("content-id") == Some(&start)));
    named.or_else(|| parts.iter().find(is_page))
}

/// The files of a page by their addresses.
fn files<'p, 'b>(parts: &'p [Part<'b>]) -> BTreeMap<String, &'p Part<'b>> {
    let mut files = BTreeMap::new();
    for part in parts {
        let id = part.field("content-id").map(|id| format!("cid:{}", id.trim_matches(['<', '>'])));
        for address in part.field("content-location").map(str::to_string).into_iter().chain(id) {
            files.entry(address).or_insert(part);
        }
    }
    files
}

/// The files that lie in the capture itself.
struct Inside<'p, 'b, 'o> {
    files: BTreeMap<String, &'p Part<'b>>,
    /// Where the page lies, when its addresses start from there.
    base: Option<url::Url>,
    outside: &'o dyn Beside,
}

impl Beside for Inside<'_, '_, '_> {
    fn file(&self, address: &str) -> Option<Vec<u8>> {
        let whole = self.base.as_ref().and_then(|base| base.join(address).ok()).map(String::from);
        let part = self.files.get(address).or_else(|| self.files.get(&whole?));
        part.map(|part| part.bytes()).or_else(|| self.outside.file(address))
    }

    fn local(&self, address: &str) -> Option<Vec<u8>> {
        self.file(address)
    }
}

/// The day of a date as mails have it (RFC 5322, 3.3), as EDTF.
fn day(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let date = date.split_once(',').map_or(date, |(_, date)| date);
    let mut words = date.split_whitespace();
    let day: u32 = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = words.next()?.to_lowercase();
    let month = MONTHS.iter().position(|name| month.starts_with(name))? + 1;
    let year: u32 = words.next()?.parse().ok().filter(|year| (1990..2200).contains(year))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let kind = |head: &str| kind(head.as_bytes());
        assert_eq!(
            kind("From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"),
            Some(Kind::Page)
        );
        assert_eq!(kind("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>"), Some(Kind::Page));
        assert_eq!(
            kind("From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: text/plain\n"),
            Some(Kind::Mail)
        );
        assert_eq!(kind("From: a@b.example\nMessage-ID: <1>\n\n甲"), Some(Kind::Mail));
        assert_eq!(kind("From: here to there\n"), None);
        assert_eq!(kind("date: 3 June\n\nMIME-version"), None);
    }

    #[test]
    fn days() {
        assert_eq!(day("Mon, 20 Jul 2009 09:12:01 +0800").as_deref(), Some("2009-07-20"));
        assert_eq!(day("yesterday"), None);
    }
}
