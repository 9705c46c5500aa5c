//! Captures that lie in a ZIP file on the disc: saved pages, documents, and the web archives of a WACZ.
//!
//! The crate zip reads the directory and the members. Names are read here: programs of Chinese systems write them in GBK and
//! do not say so, and the crate takes such a name for code page 437. A ZIP file within a ZIP file is not opened.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use encoding_rs::GBK;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::format::{counted_as, is_capture_name, is_lock_file, is_of_page};
use super::html::Beside;
use super::package::{damaged_by, resolved};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{PackageMessage, Unpacked};
use crate::diagnostic::said::Said;

/// Most members that are looked at.
const MEMBERS: usize = 100_000;
/// Largest member, in bytes.
const LARGEST: u64 = 256 << 20;
/// What the formats have that are ZIP files and one document.
const PARTS: [&str; 5] =
    ["[Content_Types].xml", "META-INF/container.xml", "META-INF/manifest.xml", "OFD.xml", "mimetype"];

/// Whether a file is a WACZ (1.1.1): web archives in a ZIP file, with a description of them. `head` is its beginning.
pub(super) fn is_wacz(path: &Path, head: &[u8]) -> bool {
    let is_one = |archive: Archive| {
        archive.index_for_name("datapackage.json").is_some()
            && archive.file_names().flatten().any(|name| is_web_archive_name(&name))
    };
    head.starts_with(b"PK\x03\x04") && open(path).is_ok_and(is_one)
}

type Archive = ZipArchive<BufReader<File>>;

fn open(path: &Path) -> io::Result<Archive> {
    ZipArchive::new(BufReader::new(File::open(path)?)).map_err(io::Error::other)
}

fn is_web_archive_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("archive/") && [".warc", ".warc.gz", ".arc.gz", ".warc.zst"].iter().any(|end| name.ends_with(end))
}

/// The web archives in a WACZ, in the order of their names.
pub(super) fn web_archives(path: &Path) -> io::Result<Vec<Box<dyn Read + Send>>> {
    let mut archive = open(path)?;
    let mut names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    names.retain(|name| is_web_archive_name(name));
    names.sort();
    let mut readers: Vec<Box<dyn Read + Send>> = Vec::new();
    for name in names {
        let member = archive.by_name(&name).map_err(io::Error::other)?;
        let (method, size) = (member.compression(), member.compressed_size());
        let start = member.data_start().ok_or(io::ErrorKind::InvalidData)?;
        drop(member);
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(start))?;
        let bytes = BufReader::new(file).take(size);
        readers.push(match method {
            CompressionMethod::Stored => Box::new(bytes),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(bytes)),
            _ => return Err(io::ErrorKind::Unsupported.into()),
        });
    }
    Ok(readers)
}

/// A ZIP file of captures.
#[derive(Debug)]
pub(crate) struct Zipped {
    archive: Mutex<Archive>,
    /// Members by name, with their places and their bytes when unpacked. A name that stands again has its place before it.
    names: BTreeMap<String, (usize, u64)>,
}

impl Zipped {
    /// Opens a ZIP file of captures; `None` where it is a document, a WACZ, or cannot be read as a ZIP file.
    ///
    /// Errors: `package-too-large`.
    pub(super) fn open(path: &Path) -> Option<Result<Self, Diagnostic>> {
        let mut archive = open(path).ok()?;
        let has = |name: &str| archive.index_for_name(name).is_some();
        if PARTS.iter().any(|part| has(part)) {
            return None;
        }
        if archive.len() > MEMBERS {
            let why = Said(Unpacked::TooManyFiles { count: archive.len() });
            return Some(Err(Diagnostic::error(PackageMessage::PackageTooLarge { why })));
        }
        let mut members = Vec::new();
        for at in 0..archive.len() {
            let Ok(member) = archive.by_index_raw(at) else { continue };
            if member.is_file() {
                members.push((member.name_raw().to_vec(), (at, member.size())));
            }
        }
        // A short name in GBK may be UTF-8 by chance, so all names of a file are in one encoding.
        let is_utf8 = members.iter().all(|(name, _)| std::str::from_utf8(name).is_ok());
        let mut names = BTreeMap::new();
        for (raw, member) in members {
            let name = name_of(&raw, is_utf8);
            let is_again = names.contains_key(&name);
            names.insert(if is_again { format!("{}/{name}", member.0) } else { name }, member);
        }
        Some(Ok(Self { archive: Mutex::new(archive), names }))
    }

    /// The bytes of a member when unpacked, as the ZIP file states them; more are never unpacked.
    pub(super) fn size(&self, name: &str) -> u64 {
        self.names.get(name).map_or(0, |(_, size)| *size)
    }

    /// The names of the captures, and how many other files there are, by ending.
    pub(super) fn captures(&self) -> (Vec<String>, BTreeMap<String, usize>) {
        let mut captures = Vec::new();
        let mut others = BTreeMap::new();
        for name in self.names.keys().filter(|name| !is_of_system(name)) {
            let is_page = |page: &str| self.names.contains_key(page);
            if name.match_indices('/').any(|(at, _)| is_of_page(&name[..at], &is_page)) {
                continue;
            }
            if is_capture_name(name) && !name.to_ascii_lowercase().ends_with(".zip") {
                captures.push(name.clone());
            } else {
                *others.entry(counted_as(name.rsplit('/').next().unwrap_or_default())).or_default() += 1;
            }
        }
        (captures, others)
    }

    /// The bytes of a member.
    ///
    /// Errors: `not-a-package`, `package-too-large`, `encrypted-document`.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, Diagnostic> {
        let (at, size) = self.names.get(name).copied().unwrap_or((usize::MAX, 0));
        if size > LARGEST {
            let megabytes = (LARGEST >> 20) as usize;
            let why = Said(Unpacked::TooLargeFile { file: name.to_string(), megabytes });
            return Err(Diagnostic::error(PackageMessage::PackageTooLarge { why }));
        }
        let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        if archive.by_index_raw(at).is_ok_and(|member| member.encrypted()) {
            return Err(Diagnostic::error(PackageMessage::EncryptedDocument { format: "ZIP" }));
        }
        let member = archive.by_index(at).map_err(|error| damaged_by(&error))?;
        let mut bytes = Vec::new();
        member.take(size + 1).read_to_end(&mut bytes).map_err(|error| damaged_by(&error))?;
        match bytes.len() as u64 == size {
            true => Ok(bytes),
            false => Err(damaged_by(&name)),
        }
    }
}

/// A name in UTF-8, or as programs of Chinese systems write it.
fn name_of(raw: &[u8], is_utf8: bool) -> String {
    let name = match is_utf8 {
        true => String::from_utf8_lossy(raw),
        false => GBK.decode_without_bom_handling(raw).0,
    };
    name.replace('\\', "/")
}

/// What systems and programs leave beside files.
fn is_of_system(name: &str) -> bool {
    name.starts_with("__MACOSX/") || is_lock_file(name.rsplit('/').next().unwrap_or_default())
}

/// The files beside a page in a ZIP file.
#[derive(Debug)]
pub(crate) struct BesideInZip<'a> {
    pub zipped: &'a Zipped,
    /// The page.
    pub name: &'a str,
}

impl Beside for BesideInZip<'_> {
    fn file(&self, address: &str) -> Option<Vec<u8>> {
        let address = address.split(['?', '#']).next()?;
        let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
        if decoded.contains(':') || decoded.starts_with('/') {
            return None;
        }
        let folder = self.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = resolved(folder, &decoded);
        if self.zipped.names.contains_key(&name) { self.zipped.bytes(&name).ok() } else { None }
    }

    fn local(&self, address: &str) -> Option<Vec<u8>> {
        self.file(address)
    }
}
