//! Pages out of a web archive: WARC (ISO 28500) and ARC, which it came from, plain, in gzip or in zstd.
//!
//! An archive is read as a stream and may be of any size; what is held is one record. Everything in it was written by
//! strangers' servers, so no length is believed: a record is read up to its stated length and no further than a limit, what
//! it unpacks to is limited while unpacking, and what is not wanted is read past without being kept.
//!
//! The crate warc (0.4) was considered and not taken. It reads lines and bodies without a limit, adds to the stated length
//! without a check, so that a hostile one overflows, ends at a record that is closed by anything but two line ends, and
//! knows nothing of HTTP; it brings nom 7, chrono and a second gzip. The framing is the small part of the format, so it is
//! read here, and the parts that are hard are left to crates: httparse, flate2, brotli-decompressor.
//!
//! Writers differ in whether they store what the server sent or what the browser made of it, often under the same header.
//! So where a header promises chunks or compression and the body has none, the body is taken as it is.

mod answer;
mod input;
mod page;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use self::input::Input;
pub use self::page::WebPage;
use self::records::Records;
use crate::diagnostic::Diagnostic;

/// Largest record, and largest body after unpacking, in bytes.
const LARGEST: u64 = 256 << 20;
/// Most bytes of images taken out of an archive.
const IMAGES: u64 = 512 << 20;

/// The pages of an archive, in its order.
///
/// An error is one page that could not be read (`record-too-large`, `content-encoding`, `http-damaged`), after which
/// reading goes on, or `warc-damaged`, which is the last item.
#[derive(Debug)]
pub struct Pages<R> {
    records: Records<R>,
}

/// Reads the pages of an archive.
pub fn pages<R: Read>(reader: R) -> Pages<R> {
    Pages { records: Records::new(reader, LARGEST) }
}

/// Whether a file may be a web archive, by its first bytes: most are none, and need not be opened for it.
pub(crate) fn may_begin(head: &[u8]) -> bool {
    head.starts_with(b"WARC/") || head.starts_with(records::ARC) || input::is_packed(head)
}

/// Whether a file is a web archive. Packed with zstd, one may begin with the dictionary of its records.
pub(crate) fn is_warc(file: impl Read) -> bool {
    let mut start = [0; 11];
    let mut input = Input::open(file);
    let mut length = 0;
    while let Some(rest) = start.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match input.read(rest) {
            Ok(read) if read > 0 => length += read,
            _ => break,
        }
    }
    start.starts_with(b"WARC/") || start.starts_with(records::ARC)
}

/// The images of an archive that stand at the wanted addresses; of several captures of one, the first. What cannot be read
/// is left out: a page is worth keeping without its images.
pub(crate) fn images<R: Read>(reader: R, wanted: &BTreeSet<String>) -> BTreeMap<String, Vec<u8>> {
    images_within(reader, wanted, IMAGES)
}

fn images_within<R: Read>(reader: R, wanted: &BTreeSet<String>, most: u64) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut records = Records::new(reader, LARGEST);
    let mut left = most;
    while found.len() < wanted.len() {
        let Ok(Some(head)) = records.next() else { break };
        records.limit = LARGEST.min(left);
        let image = records.content(&head, |address, media_type| {
            media_type.starts_with("image/") && wanted.contains(address) && !found.contains_key(address)
        });
        if let Ok(Some(image)) = image {
            left = left.saturating_sub(image.body.len() as u64);
            found.insert(image.address, image.body);
        }
    }
    found
}

impl<R: Read> Iterator for Pages<R> {
    type Item = Result<WebPage, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let head = match self.records.next() {
                Ok(head) => head?,
                Err(fault) => return Some(Err(fault)),
            };
            match self.records.content(&head, |address, media_type| is_page(media_type) && is_document(address)) {
                Ok(None) => {}
                Ok(Some(page)) => return Some(Ok(page)),
                Err(fault) => return Some(Err(fault)),
            }
        }
    }
}

fn is_page(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml" | "text/plain")
}

/// Whether an address is one that readers had: crawlers keep their own logs and rules beside the pages.
fn is_document(address: &str) -> bool {
    let of_the_web = ["http://", "https://", "ftp://", "file://"].iter().any(|scheme| address.starts_with(scheme));
    of_the_web && !address.ends_with("/robots.txt")
}

#[cfg(test)]
mod tests;
