//! The records of a web archive, one after the other.

use std::io::{self, BufRead, Read};

use super::answer::{CODINGS, Coded, Failure, HTTP_HEAD, head as http_head, media_type};
use super::input::Input;
use super::page::WebPage;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{PackageMessage, Torn, Unpacked};
use crate::diagnostic::said::Said;
use crate::record::printed_date as date;

/// Longest line of a record's head.
const LINE: u64 = 64 << 10;
/// Most bytes of a record's head.
const HEAD: usize = 1 << 20;
/// How an ARC file begins.
pub(super) const ARC: &[u8] = b"filedesc://";

/// The named fields of a record.
#[derive(Debug, Default)]
pub(super) struct Head {
    fields: Vec<(String, String)>,
}

impl Head {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The head of a record of an ARC file (Internet Archive, 1996 and 2003): address, computer, day, type, in the second
    /// version five fields more, and the length; in one line. The first record describes the file.
    fn of_arc(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line.split(' ').collect();
        let length = *fields.last()?;
        let day_at = (2..fields.len()).find(|at| is_day(fields[*at]))?;
        let address = fields.get(..day_at - 1)?.join("%20");
        let day = fields[day_at];
        let kind = *fields.get(day_at + 1)?;
        let is_web = address.starts_with("http");
        let (record, kind) = match is_web {
            _ if line.as_bytes().starts_with(ARC) => ("warcinfo", "text/plain"),
            true => ("response", "application/http"),
            false => ("resource", kind),
        };
        let named = [
            ("warc-type", record.to_string()),
            ("warc-target-uri", address),
            ("warc-date", format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..8])),
            ("content-type", kind.to_string()),
            ("content-length", length.to_string()),
        ];
        Some(Self { fields: named.map(|(name, value)| (name.to_string(), value)).to_vec() })
    }

    /// An address or identifier. Some writers put both between angle brackets, as the standard's first edition did.
    fn identifier(&self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let bare = value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value).trim();
        (!bare.is_empty()).then(|| bare.to_string())
    }
}

/// Whether a field is a day as ARC files have it, with or without the hour.
fn is_day(field: &str) -> bool {
    matches!(field.len(), 8 | 14) && field.bytes().all(|byte| byte.is_ascii_digit())
}

/// The records of an archive. What was not read of one is read past at the next.
#[derive(Debug)]
pub(super) struct Records<R> {
    input: Input<R>,
    /// Bytes of the current record's block that were not read.
    left: u64,
    /// How many records were begun.
    number: usize,
    ended: bool,
    /// Whether the records have heads of one line.
    is_arc: bool,
    /// Most bytes of a page.
    pub(super) limit: u64,
}

impl<R: Read> Records<R> {
    pub(super) fn new(reader: R, limit: u64) -> Self {
        Self { input: Input::open(reader), left: 0, number: 0, ended: false, is_arc: false, limit }
    }

    /// The head of the next record.
    pub(super) fn next(&mut self) -> Result<Option<Head>, Diagnostic> {
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
        self.is_arc |= self.number == 1 && version.as_bytes().starts_with(ARC);
        let head = if self.is_arc { Head::of_arc(&version) } else { self.head(&version)? };
        let Some(head) = head else { return Err(self.damaged(Torn::NoRecord)) };
        let length = head.get("content-length").filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
        let Some(length) = length.and_then(|value| value.parse().ok()) else {
            return Err(self.damaged(Torn::NoLength));
        };
        self.left = length;
        Ok(Some(head))
    }

    /// The fields of a record, below the line that names the version; `None` where no record begins.
    fn head(&mut self, version: &str) -> Result<Option<Head>, Diagnostic> {
        if !version.starts_with("WARC/") {
            return Ok(None);
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
        Ok(Some(head))
    }

    /// What a record holds, when it is a good answer of a wanted kind.
    pub(super) fn content(
        &mut self,
        head: &Head,
        wanted: impl Fn(&str, &str) -> bool,
    ) -> Result<Option<WebPage>, Diagnostic> {
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
