//! The tag files of a bag: what it says of itself, and its lists.
//!
//! They come from anybody. So a line has a length, a path is looked at before it is used, and nothing is opened but what is listed
//! and lies in the bag.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};

use super::digest::Algorithm;
use super::listed::{Listed, Place};
use crate::bag::{self, decoded, leaves};
use crate::diagnostic::messages::FixityMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::folder::Folder;

/// Bytes of a line; paths are shorter on every system.
const LONGEST_LINE: u64 = 1 << 16;

/// Bytes of a file that is not UTF-8, which is read as a whole.
const LARGEST: u64 = 256 << 20;

/// Lines that cannot be read and are told of one list; after that it is no list.
const MOST_UNREAD: usize = 20;

/// A bag whose tag files are read.
pub(super) struct Tags<'a> {
    pub folder: &'a Folder,
    pub place: Place<'a>,
    /// As bagit.txt says; UTF-8 where it says nothing.
    pub encoding: &'static Encoding,
    /// Whether it follows version 1.0 or later.
    pub is_modern: bool,
}

impl<'a> Tags<'a> {
    /// Reads bagit.txt.
    pub(super) fn read(folder: &'a Folder, place: Place<'a>, report: &mut Report) -> Self {
        let mut tags = Self { folder, place, encoding: UTF_8, is_modern: true };
        let said = tags.pairs(bag::DECLARATION, &mut Report::new());
        let version = said.get("bagit-version").and_then(|version| version.split_once('.'));
        let version = version.and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse::<u32>().ok()?)));
        let Some((major, _)) = version.filter(|(major, _): &(u32, u32)| *major <= 1) else {
            report.push(place.error(bag::DECLARATION, FixityMessage::BagWithoutDeclaration));
            return tags;
        };
        tags.is_modern = major >= 1;
        let name = said.get("tag-file-character-encoding").map_or("", String::as_str);
        match Encoding::for_label(name.as_bytes()) {
            Some(encoding) => tags.encoding = encoding,
            None => {
                let message = FixityMessage::BagEncodingUnknown { name: name.to_string() };
                report.push(place.error(bag::DECLARATION, message));
            }
        }
        tags
    }

    /// What a file of labels and values says, by the labels in lower case. Of values with one label the first counts.
    pub(super) fn pairs(&self, name: &str, report: &mut Report) -> BTreeMap<String, String> {
        let mut pairs = BTreeMap::new();
        let mut last: Option<(String, String)> = None;
        let mut keep = |pair: Option<(String, String)>| {
            if let Some((label, value)) = pair {
                pairs.entry(label).or_insert(value);
            }
        };
        self.lines(name, report, |_, line| {
            match (line.starts_with([' ', '\t']), line.split_once(':')) {
                (true, _) => {
                    if let Some((_, value)) = &mut last {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                }
                (false, Some((label, value))) => {
                    keep(last.replace((label.trim().to_ascii_lowercase(), value.trim().to_string())));
                }
                (false, None) => return line.trim().is_empty(),
            }
            true
        });
        keep(last);
        pairs
    }

    /// The digests of a list, by path.
    pub(super) fn manifest(&self, name: &str, algorithm: Algorithm, report: &mut Report) -> BTreeMap<String, String> {
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        let mut faults = Report::new();
        self.lines(name, report, |_, line| {
            let Some((digest, path)) = line.trim_start().split_once([' ', '\t']) else { return false };
            let path = path.trim_start_matches([' ', '\t']);
            let path = path.strip_prefix('*').unwrap_or(path);
            let is_digest = digest.len() == algorithm.digits() && digest.bytes().all(|digit| digit.is_ascii_hexdigit());
            if !is_digest || path.is_empty() {
                return false;
            }
            let path = self.path(path);
            if leaves(&path) {
                faults.push(self.place.error(name, FixityMessage::PathLeaves { path }));
            } else if found.insert(path.clone(), digest.to_ascii_lowercase()).is_some() {
                faults.push(self.place.error(name, FixityMessage::BagListedTwice { path }));
            }
            true
        });
        report.merge(faults);
        found
    }

    /// fetch.txt: the addresses of files that are not in the bag, by path.
    pub(super) fn fetch(&self, report: &mut Report) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        if !self.folder.has(bag::FETCH) {
            return found;
        }
        let mut faults = Report::new();
        self.lines(bag::FETCH, report, |_, line| {
            let mut parts = line.trim_start().splitn(3, [' ', '\t']);
            let (Some(address), Some(_), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
                return false;
            };
            let path = self.path(path.trim_start());
            match leaves(&path) {
                true => faults.push(self.place.error(bag::FETCH, FixityMessage::PathLeaves { path })),
                false => drop(found.insert(path, address.to_string())),
            }
            true
        });
        report.merge(faults);
        found
    }

    /// A path as it stands in a list. Programs do not agree on numbers: some of today leave `%` as it is. So where it makes a
    /// difference, what is there decides.
    fn path(&self, written: &str) -> String {
        let written = written.strip_prefix("./").unwrap_or(written);
        let path = decoded(written);
        let is_plain = path != written && !leaves(written) && !leaves(&path);
        match is_plain && !self.folder.has(&path) && self.folder.has(written) {
            true => written.to_string(),
            false => path,
        }
    }

    /// Reads a file line by line. A line that `take` does not understand is a finding.
    fn lines(&self, name: &str, report: &mut Report, mut take: impl FnMut(usize, &str) -> bool) {
        let mut unread = 0;
        let mut told = Report::new();
        let mut each = |number: usize, line: Option<&str>| {
            let is_read = line.is_some_and(|line| line.trim().is_empty() || take(number, line));
            if !is_read {
                unread += 1;
                told.push(self.place.error(name, FixityMessage::BagLineUnread { line: number }));
            }
            unread < MOST_UNREAD
        };
        let read = match self.encoding == UTF_8 {
            true => self.stream(name, &mut each),
            false => self.decode(name, &mut each),
        };
        if let Err(error) = read {
            report.push(file::unreadable(&self.place.of(name), &error));
        }
        report.merge(told);
    }

    fn stream(&self, name: &str, each: &mut impl FnMut(usize, Option<&str>) -> bool) -> io::Result<()> {
        let mut input = BufReader::with_capacity(1 << 16, self.folder.file(name)?);
        let (mut number, mut bytes) = (0, Vec::new());
        loop {
            bytes.clear();
            input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
            if bytes.is_empty() {
                return Ok(());
            }
            // Lines may also end in a carriage return alone (RFC 8493, 2.1.1).
            for line in bytes.strip_suffix(b"\n").unwrap_or(&bytes).split(|byte| *byte == b'\r') {
                number += usize::from(!line.is_empty());
                if !line.is_empty() && !each(number, str::from_utf8(line).ok()) {
                    return Ok(());
                }
            }
        }
    }

    fn decode(&self, name: &str, each: &mut impl FnMut(usize, Option<&str>) -> bool) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.folder.file(name)?.take(LARGEST).read_to_end(&mut bytes)?;
        let (text, ..) = self.encoding.decode(&bytes);
        for (at, line) in text.lines().flat_map(|line| line.split('\r')).filter(|line| !line.is_empty()).enumerate() {
            if !each(at + 1, Some(line)) {
                break;
            }
        }
        Ok(())
    }
}

/// The lists whose names begin so, with their algorithms. One of an unknown algorithm is told.
pub(super) fn lists(tags: &Tags<'_>, begin: &str, names: &[String], report: &mut Report) -> Vec<(String, Algorithm)> {
    let mut found = Vec::new();
    for name in names {
        let Some(algorithm) = name.strip_prefix(begin).and_then(|rest| rest.strip_suffix(".txt")) else { continue };
        match Algorithm::named(algorithm) {
            Some(algorithm) => found.push((name.clone(), algorithm)),
            None => {
                let message = FixityMessage::BagAlgorithmUnknown { name: name.clone() };
                report.push(Diagnostic::warning(message).in_file(tags.place.of(name)));
            }
        }
    }
    found
}

/// Lists of one bag together: each file with all of its digests. A file that one of them leaves out is told, where the bag follows a
/// version that asks for all.
pub(super) fn together(
    tags: &Tags<'_>,
    lists: &[(String, Algorithm)],
    is_payload: bool,
    report: &mut Report,
) -> Vec<Listed> {
    let mut all: BTreeMap<String, Listed> = BTreeMap::new();
    for (name, algorithm) in lists {
        for (path, digest) in tags.manifest(name, *algorithm, report) {
            if path.starts_with(bag::PAYLOAD) != is_payload {
                report.push(tags.place.error(name, FixityMessage::BagNotPayload { path }));
                continue;
            }
            let listed = all.entry(path.clone()).or_insert_with(|| Listed { path, ..Listed::default() });
            listed.digests.push((*algorithm, digest));
        }
    }
    for file in all.values().filter(|file| is_payload && tags.is_modern && file.digests.len() < lists.len()) {
        let lacks = lists.iter().find(|(_, algorithm)| !file.digests.iter().any(|(known, _)| known == algorithm));
        if let Some((list, _)) = lacks {
            let message = FixityMessage::BagNotInEvery { list: list.clone() };
            report.push(tags.place.error(&file.path, message));
        }
    }
    all.into_values().collect()
}
