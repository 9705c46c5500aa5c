//! Pages out of a web archive: WARC (ISO 28500), plain or in gzip.
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

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use brotli_decompressor::BrotliDecoderParameter;
use flate2::read::{DeflateDecoder, GzDecoder, MultiGzDecoder, ZlibDecoder};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{PackageMessage, Torn, Unpacked};
use crate::diagnostic::said::Said;
use crate::record::printed_date as date;

/// Largest record, and largest body after unpacking, in bytes.
const LARGEST: u64 = 256 << 20;
/// Most bytes of images taken out of an archive.
const IMAGES: u64 = 512 << 20;
/// Longest line of a record's head.
const LINE: u64 = 64 << 10;
/// Most bytes of a record's head.
const HEAD: usize = 1 << 20;
/// Most bytes in which an HTTP head is looked for.
const HTTP_HEAD: u64 = 1 << 20;
/// Most fields of an HTTP head.
const HTTP_FIELDS: usize = 512;
/// Most codings laid over one another.
const CODINGS: usize = 4;

/// A page as a server sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebPage {
    /// Its address.
    pub address: String,
    /// The day of the capture, as EDTF.
    pub captured: Option<String>,
    /// The record's identifier, usually `urn:uuid:…`.
    pub record: Option<String>,
    /// Media type, in lower case and without parameters.
    pub media_type: String,
    /// The encoding that the server named.
    pub charset: Option<String>,
    /// The content, unpacked.
    pub body: Vec<u8>,
    /// Whether the archive holds only the beginning of it.
    pub truncated: bool,
}

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

/// Whether a file that begins like this is a web archive.
pub(crate) fn is_warc(head: &[u8]) -> bool {
    let mut start = [0; 5];
    head.starts_with(b"WARC/")
        || (is_gzip(head) && GzDecoder::new(head).read_exact(&mut start).is_ok() && &start == b"WARC/")
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

fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&[0x1f, 0x8b])
}

type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

#[derive(Debug)]
enum Input<R> {
    Plain(BufReader<Whole<R>>),
    Gzip(Box<BufReader<MultiGzDecoder<Whole<R>>>>),
}

impl<R: Read> Input<R> {
    fn open(mut reader: R) -> Self {
        let mut magic = Vec::new();
        // A fault of the reader shows again at the next read.
        let _ = reader.by_ref().take(2).read_to_end(&mut magic);
        let gzip = is_gzip(&magic);
        let whole = Cursor::new(magic).chain(reader);
        if gzip {
            Self::Gzip(Box::new(BufReader::new(MultiGzDecoder::new(whole))))
        } else {
            Self::Plain(BufReader::new(whole))
        }
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(buffer),
            Self::Gzip(reader) => reader.read(buffer),
        }
    }
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Self::Plain(reader) => reader.fill_buf(),
            Self::Gzip(reader) => reader.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Self::Plain(reader) => reader.consume(amount),
            Self::Gzip(reader) => reader.consume(amount),
        }
    }
}

/// The named fields of a record.
#[derive(Debug, Default)]
struct Head {
    fields: Vec<(String, String)>,
}

impl Head {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// An address or identifier. Some writers put both between angle brackets, as the standard's first edition did.
    fn identifier(&self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let bare = value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value).trim();
        (!bare.is_empty()).then(|| bare.to_string())
    }
}

/// The records of an archive. What was not read of one is read past at the next.
#[derive(Debug)]
struct Records<R> {
    input: Input<R>,
    /// Bytes of the current record's block that were not read.
    left: u64,
    /// How many records were begun.
    number: usize,
    ended: bool,
    limit: u64,
}

impl<R: Read> Records<R> {
    fn new(reader: R, limit: u64) -> Self {
        Self { input: Input::open(reader), left: 0, number: 0, ended: false, limit }
    }

    /// The head of the next record.
    fn next(&mut self) -> Result<Option<Head>, Diagnostic> {
        if self.ended {
            return Ok(None);
        }
        self.pass()?;
        let version = loop {
            match self.line()? {
                None => {
                    self.ended = true;
                    return Ok(None);
                }
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        self.number += 1;
        if !version.starts_with("WARC/") {
            return Err(self.damaged(Torn::NoRecord));
        }
        let mut head = Head::default();
        let mut size = version.len();
        loop {
            let Some(line) = self.line()? else { return Err(self.damaged(Torn::BreaksOffInHead)) };
            size += line.len();
            if line.is_empty() {
                break;
            }
            if size > HEAD {
                return Err(self.damaged(Torn::HeadWithoutEnd));
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = head.fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                head.fields.push((name.trim().to_string(), value.trim().to_string()));
            }
        }
        let length = head.get("content-length").filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(length) = length.and_then(|value| value.parse().ok()) else {
            return Err(self.damaged(Torn::NoLength));
        };
        self.left = length;
        Ok(Some(head))
    }

    /// What a record holds, when it is a good answer of a wanted kind.
    fn content(&mut self, head: &Head, wanted: impl Fn(&str, &str) -> bool) -> Result<Option<WebPage>, Diagnostic> {
        let Some(address) = head.identifier("warc-target-uri") else { return Ok(None) };
        let block_type = head.get("content-type").unwrap_or_default();
        let truncated = head.get("warc-truncated").is_some() || head.get("warc-segment-number").is_some();
        let page = |(media_type, charset), body, truncated| WebPage {
            address: address.clone(),
            captured: head.get("warc-date").and_then(date::read).map(|date| date.edtf),
            record: head.identifier("warc-record-id"),
            media_type,
            charset,
            body,
            truncated,
        };
        match head.get("warc-type").unwrap_or_default().to_ascii_lowercase().as_str() {
            "resource" => {
                let kind = media_type(block_type);
                if !wanted(&address, &kind.0) {
                    return Ok(None);
                }
                let body = self.rest(&address, Vec::new())?;
                Ok(Some(page(kind, body, truncated)))
            }
            "response" if media_type(block_type).0 == "application/http" => {
                let mut block = self.take(HTTP_HEAD)?;
                let Some(http) = http_head(&block) else {
                    return Err(self.damaged_answer(&address));
                };
                let named = http.content_type.as_deref().or_else(|| head.get("warc-identified-payload-type"));
                let kind = media_type(named.unwrap_or_default());
                if !(200..300).contains(&http.status) || !wanted(&address, &kind.0) {
                    return Ok(None);
                }
                if http.codings.len() > CODINGS {
                    return Err(unreadable(&address, Unpacked::TooManyCodings { most: CODINGS }));
                }
                block.drain(..http.length);
                let mut body = Coded { bytes: self.rest(&address, block)?, cut: truncated };
                for coding in http.codings.iter().rev() {
                    body = body.without(coding, self.limit).map_err(|failure| match failure {
                        Failure::TooLarge => self.too_large(&address),
                        Failure::Damaged => {
                            unreadable(&address, Unpacked::DamagedCoding { coding: coding.to_string() })
                        }
                        Failure::Unknown => {
                            unreadable(&address, Unpacked::UnknownCoding { coding: coding.to_string() })
                        }
                    })?;
                }
                Ok(Some(page(kind, body.bytes, body.cut)))
            }
            _ => Ok(None),
        }
    }

    /// What is left of the record, behind what was read of it.
    fn rest(&mut self, address: &str, mut read: Vec<u8>) -> Result<Vec<u8>, Diagnostic> {
        if self.left.saturating_add(read.len() as u64) > self.limit {
            return Err(self.too_large(address));
        }
        let mut rest = self.take(u64::MAX)?;
        read.append(&mut rest);
        Ok(read)
    }

    /// Reads up to `most` bytes of the record. Memory grows with what there is, not with what is stated.
    fn take(&mut self, most: u64) -> Result<Vec<u8>, Diagnostic> {
        let amount = self.left.min(most);
        let mut bytes = Vec::new();
        if let Err(error) = self.input.by_ref().take(amount).read_to_end(&mut bytes) {
            return Err(self.damaged(Torn::Other { text: error.to_string() }));
        }
        if (bytes.len() as u64) < amount {
            return Err(self.damaged(Torn::BreaksOff));
        }
        self.left -= amount;
        Ok(bytes)
    }

    /// Reads past what is left of the record.
    fn pass(&mut self) -> Result<(), Diagnostic> {
        match io::copy(&mut self.input.by_ref().take(self.left), &mut io::sink()) {
            Ok(passed) if passed == self.left => {
                self.left = 0;
                Ok(())
            }
            Ok(_) => Err(self.damaged(Torn::BreaksOff)),
            Err(error) => Err(self.damaged(Torn::Other { text: error.to_string() })),
        }
    }

    /// A line of a record's head without its end; `None` at the end of the archive.
    fn line(&mut self) -> Result<Option<String>, Diagnostic> {
        let mut line = Vec::new();
        if let Err(error) = self.input.by_ref().take(LINE).read_until(b'\n', &mut line) {
            return Err(self.damaged(Torn::Other { text: error.to_string() }));
        }
        if line.is_empty() {
            return Ok(None);
        }
        if line.pop() != Some(b'\n') {
            return Err(self.damaged(Torn::LineTooLong));
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }

    /// Ends the reading: where one record's end is unknown, so is every later record's beginning.
    fn damaged(&mut self, why: Torn) -> Diagnostic {
        self.ended = true;
        Diagnostic::error(PackageMessage::DamagedWarc { record: self.number.max(1), why: Said(why) })
    }

    fn damaged_answer(&self, address: &str) -> Diagnostic {
        Diagnostic::error(PackageMessage::DamagedRecord { record: self.number, address: address.to_string() })
    }

    fn too_large(&self, address: &str) -> Diagnostic {
        let megabytes = usize::try_from(self.limit >> 20).unwrap_or(usize::MAX);
        Diagnostic::error(PackageMessage::PageTooLarge { megabytes, address: address.to_string() })
    }
}

fn unreadable(address: &str, why: Unpacked) -> Diagnostic {
    Diagnostic::error(PackageMessage::PageNotUnpacked { why: Said(why), address: address.to_string() })
}

/// What the head of a server's answer says.
struct HttpHead {
    status: u16,
    length: usize,
    content_type: Option<String>,
    /// Names of the codings, in the order in which they were laid over the content.
    codings: Vec<String>,
}

fn http_head(block: &[u8]) -> Option<HttpHead> {
    // Programs that speak HTTP/2 write a head in the manner of HTTP/1 under their own version, which httparse refuses.
    const VERSION: &[u8] = b"HTTP/1.1";
    let version = block.iter().take(16).position(|byte| *byte == b' ').filter(|_| block.starts_with(b"HTTP/"))?;
    let renamed = [VERSION, block.get(version..)?].concat();

    let mut fields = [httparse::EMPTY_HEADER; HTTP_FIELDS];
    let mut response = httparse::Response::new(&mut fields);
    let parsed = httparse::ParserConfig::default()
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .ignore_invalid_headers_in_responses(true)
        .parse_response(&mut response, &renamed);
    let Ok(httparse::Status::Complete(length)) = parsed else { return None };
    let values = |name: &'static str| {
        response
            .headers
            .iter()
            .filter(move |field| field.name.eq_ignore_ascii_case(name))
            .map(|field| String::from_utf8_lossy(field.value).into_owned())
    };
    let codings = values("content-encoding")
        .chain(values("transfer-encoding"))
        .flat_map(|value| value.split(',').map(|coding| coding.trim().to_ascii_lowercase()).collect::<Vec<_>>())
        .filter(|coding| !coding.is_empty())
        .collect();
    Some(HttpHead {
        status: response.code?,
        length: (length + version).checked_sub(VERSION.len())?,
        content_type: values("content-type").find(|value| !value.trim().is_empty()),
        codings,
    })
}

/// Media type and encoding out of a `Content-Type`.
fn media_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let media_type = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_string())
    });
    (media_type, charset)
}

/// A body under codings.
struct Coded {
    bytes: Vec<u8>,
    /// Whether its end is missing.
    cut: bool,
}

enum Failure {
    TooLarge,
    Damaged,
    Unknown,
}

impl Coded {
    fn without(self, coding: &str, limit: u64) -> Result<Self, Failure> {
        let bytes = self.bytes.as_slice();
        let unpacked = match coding {
            "identity" | "none" | "utf-8" => return Ok(self),
            "chunked" => return Ok(without_chunks(bytes).unwrap_or(self)),
            "gzip" | "x-gzip" => unpack(MultiGzDecoder::new(bytes), limit),
            // The standard's deflate is zlib's format; servers that send it bare are as old as the name.
            "deflate" => match unpack(ZlibDecoder::new(bytes), limit) {
                Err(Failure::Damaged) => unpack(DeflateDecoder::new(bytes), limit),
                done => done,
            },
            "br" => {
                let mut decoder = brotli_decompressor::Decompressor::new(bytes, 4096);
                // The web's brotli (RFC 7932) has none; with them a decoder may be made to ask for a gigabyte.
                decoder.set_parameter(BrotliDecoderParameter::BROTLI_DECODER_PARAM_LARGE_WINDOW, 0);
                unpack(decoder, limit)
            }
            _ => Err(Failure::Unknown),
        };
        match unpacked {
            Ok(bytes) => Ok(Self { bytes, ..self }),
            Err(Failure::Damaged | Failure::Unknown) if is_plain(bytes) => Ok(self),
            Err(failure) => Err(failure),
        }
    }
}

fn unpack(reader: impl Read, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Failure::Damaged)?;
    if bytes.len() as u64 > limit { Err(Failure::TooLarge) } else { Ok(bytes) }
}

/// Whether a body begins as text does, so that it was stored already unpacked.
fn is_plain(body: &[u8]) -> bool {
    let head = body.get(..1024).unwrap_or(body);
    // Escape begins the shifts of ISO-2022 encodings.
    !head.iter().any(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127))
}

/// The content of chunks; `None` when these are none. Chunks that break off after a whole one are a body cut short.
fn without_chunks(body: &[u8]) -> Option<Coded> {
    let (mut rest, mut bytes) = (body, Vec::new());
    while rest.first().is_some_and(u8::is_ascii_hexdigit)
        && let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest)
    {
        if size == 0 {
            return Some(Coded { bytes, cut: false });
        }
        let data = rest.get(start..).unwrap_or_default();
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        match data.split_at_checked(size) {
            Some((chunk, after)) if after.starts_with(b"\r\n") => {
                bytes.extend_from_slice(chunk);
                rest = after.get(2..).unwrap_or_default();
            }
            Some(_) => return None,
            None => {
                let begun = !bytes.is_empty();
                bytes.extend_from_slice(data);
                return begun.then_some(Coded { bytes, cut: true });
            }
        }
    }
    (rest.is_empty() && !bytes.is_empty()).then_some(Coded { bytes, cut: true })
}

/// Whether an address is one that readers had: crawlers keep their own logs and rules beside the pages.
fn is_document(address: &str) -> bool {
    let of_the_web = ["http://", "https://", "ftp://", "file://"].iter().any(|scheme| address.starts_with(scheme));
    of_the_web && !address.ends_with("/robots.txt")
}

#[cfg(test)]
mod tests;
