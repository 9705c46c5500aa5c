//! Help files of Windows (CHM): the pages of a book in one file, packed, with a table of contents beside them.
//!
//! Each topic is a section, in the order of the contents; what the contents do not name follows in the order in which it is
//! stored. The crate libchm unpacks; it was taken because what it gives is the same, byte for byte, as what CHMLib gives, it
//! is Rust throughout and forbids unsafe code. The crates chm and chmlib bind the C library. What libchm leaves open is in
//! [`directory`]. It reads from a file, so a copy of the bytes is put beside other files of that kind for as long as it takes.

mod contents;
mod directory;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
};
use libchm::{ChmFile, EntrySel};
use tempfile::NamedTempFile;

use self::contents::Line;
use self::directory::{Directory, Entry};
use super::chapters::{self, Chapters};
use super::decode::{Decoded, decode};
use super::html;
use super::package::resolved;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::Code;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage, Unpacked};
use crate::diagnostic::said::Said;
use crate::file;
use crate::import::flow::{Change, Flow, Form, Mark, Piece, Sense};
use crate::import::recognise::fold::fold;

/// Most bytes taken out of a help file.
const TOTAL: u64 = 160 << 20;
/// Deepest heading that the contents make.
const DEEPEST: usize = 6;

/// Reads a help file.
///
/// Errors: `damaged-file`, `package-too-large`, `empty-capture`, those of pages.
pub(super) fn read(bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let files = Files::open(bytes)?;
    let system = files.get("#SYSTEM").map(System::read).unwrap_or_default();
    let code_page = files.encoding(&system);
    let topics = files.topics(&system, code_page)?;
    let mut decoded = BTreeMap::new();
    for name in topics.iter().filter_map(|topic| topic.page.as_deref()) {
        if let Some(text) = files.get(name).map(|bytes| text(bytes, code_page)).transpose()?.flatten() {
            decoded.insert(name, text);
        }
    }
    let encoding = decoded.values().next().map_or("binary", |text| text.encoding).to_string();
    let mut flow = Flow { encoding, media_type: "application/vnd.ms-htmlhelp", ..Flow::default() };
    let title = system.title.map(|title| text(title, code_page)).transpose()?.flatten();
    flow.stated.title = title.map(|title| title.text.trim().to_string());
    flow.diagnostics.extend(decoded.values().flat_map(Decoded::told));
    let pages: Vec<(&str, &str)> = topics
        .iter()
        .map(|topic| {
            let name = topic.page.as_deref().unwrap_or_default();
            (name, decoded.get(name).map_or("", |text| text.text.as_str()))
        })
        .collect();
    chapters::join(&mut flow, &pages, &Topics { files: &files, topics: &topics })?;
    if flow.pieces.is_empty() {
        return Err(Diagnostic::error(CaptureMessage::BookWithoutText));
    }
    Ok(flow)
}

/// The characters of a page; an empty one has none.
///
/// Errors: those of [`decode`] but `empty-capture`.
fn text(bytes: &[u8], code_page: Option<&'static Encoding>) -> Result<Option<Decoded>, Diagnostic> {
    let own = html::charset(bytes);
    let of_system = code_page.filter(|_| std::str::from_utf8(bytes).is_err()).map(Encoding::name);
    match decode(bytes, own.as_deref().or(of_system)) {
        Ok(decoded) => Ok(Some(decoded)),
        Err(fault) if fault.code() == Code::EmptyCapture => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The encoding of texts that name none, by the language of the system that they were written on (a Windows language
/// identifier, [MS-LCID]). English says nothing: most tools write it whatever they are used for.
fn code_page(language: u16) -> Option<&'static Encoding> {
    Some(match language & 0x3ff {
        0x04 if matches!(language, 0x0404 | 0x0c04 | 0x1404) => BIG5,
        0x04 => GBK,
        0x11 => SHIFT_JIS,
        0x12 => EUC_KR,
        0x02 | 0x19 | 0x22 | 0x23 | 0x2f => WINDOWS_1251,
        0x05 | 0x0e | 0x15 | 0x18 | 0x1a | 0x1b | 0x24 => WINDOWS_1250,
        0x08 => WINDOWS_1253,
        0x1f => WINDOWS_1254,
        0x07 | 0x0a | 0x0b | 0x0c | 0x10 | 0x13 | 0x14 | 0x16 | 0x1d | 0x06 => WINDOWS_1252,
        _ => return None,
    })
}

fn damaged() -> Diagnostic {
    Diagnostic::error(PackageMessage::DamagedFile { format: "CHM" })
}

/// The bytes as a file. That it could not be written is no fault of the help file.
fn copy_of(bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut copy = NamedTempFile::new()?;
    copy.write_all(bytes)?;
    Ok(copy)
}

/// The files of a help file, unpacked.
struct Files {
    /// By their names in small letters, as names of Windows are looked up, with the names as written.
    by_name: BTreeMap<String, (String, Vec<u8>)>,
    /// Names in another encoding, with those that stand for them.
    other: BTreeMap<String, String>,
    /// In the order in which they are stored.
    order: Vec<String>,
    /// The encoding of the system that the file was made on.
    code_page: Option<&'static Encoding>,
}

impl Files {
    fn open(bytes: &[u8]) -> Result<Self, Diagnostic> {
        let language = bytes.get(0x14..0x16).map(|two| u16::from(two[0]) | u16::from(two[1]) << 8);
        let code_page = language.and_then(code_page);
        let Directory { bytes, entries } = directory::read(bytes, code_page).ok_or_else(damaged)?;
        let copy = copy_of(&bytes).map_err(|error| file::unreadable("", &error))?;
        drop(bytes);
        let mut archive = ChmFile::open(copy.path()).map_err(|_| damaged())?;
        let known = archive.entries(EntrySel::ALL).map_err(|_| damaged())?;
        let known: BTreeMap<&str, &libchm::Entry> = known.iter().map(|entry| (entry.path.as_str(), entry)).collect();
        let mut files = Self { by_name: BTreeMap::new(), other: BTreeMap::new(), order: Vec::new(), code_page };
        let mut left = TOTAL;
        for Entry { key, name, other, length, .. } in entries.iter().filter(|entry| is_wanted(&entry.name)) {
            if *length > left {
                return Err(Diagnostic::error(PackageMessage::PackageTooLarge {
                    why: Said(Unpacked::TooLargeFile { file: name.clone(), megabytes: (left >> 20) as usize }),
                }));
            }
            left -= length;
            let entry = known.get(key.as_str()).ok_or_else(damaged)?;
            let read = archive.read(entry).map_err(|_| damaged())?;
            // Names that cannot be decoded may come out as one.
            let is_again = files.by_name.contains_key(&name.to_lowercase());
            let name = if is_again { key.trim_start_matches('/') } else { name.as_str() };
            files.order.push(name.to_string());
            if let Some(other) = other {
                files.other.insert(other.to_lowercase(), name.to_lowercase());
            }
            files.by_name.insert(name.to_lowercase(), (name.to_string(), read));
        }
        Ok(files)
    }

    fn found(&self, name: &str) -> Option<&(String, Vec<u8>)> {
        let name = name.to_lowercase();
        self.by_name.get(&name).or_else(|| self.by_name.get(self.other.get(&name)?))
    }

    fn get(&self, name: &str) -> Option<&[u8]> {
        self.found(name).map(|(_, bytes)| bytes.as_slice())
    }

    /// The name of a file as it is written in the directory.
    fn name(&self, name: &str) -> Option<String> {
        self.found(name).map(|(name, _)| name.clone())
    }

    /// The encoding that the file names, or the first page that names one: of the contents, and of pages that name none.
    fn encoding(&self, system: &System<'_>) -> Option<&'static Encoding> {
        let of_page = |name: &String| Encoding::for_label(html::charset(self.get(name)?)?.as_bytes());
        let in_pages = || self.order.iter().filter(|name| is_page(name)).find_map(of_page);
        system.language.and_then(code_page).or_else(in_pages).or(self.code_page)
    }

    /// The topics in the order of the contents, then those that the contents leave out.
    fn topics(&self, system: &System<'_>, encoding: Option<&'static Encoding>) -> Result<Vec<Topic>, Diagnostic> {
        let named = system.contents.map(|name| String::from_utf8_lossy(name).into_owned());
        let contents = named.filter(|name| self.get(name).is_some());
        let contents = contents.or_else(|| self.order.iter().find(|name| ends_with(name, &[".hhc"])).cloned());
        let lines = contents.as_ref().and_then(|name| self.get(name)).map(|bytes| text(bytes, encoding)).transpose()?;
        let lines = lines.flatten().map(|text| contents::read(&text.text)).unwrap_or_default();
        let folder = contents.as_deref().and_then(|name| name.rsplit_once('/')).map_or("", |(folder, _)| folder);
        let mut topics: Vec<Topic> = Vec::new();
        let mut seen = BTreeSet::new();
        for Line { title, target, level } in lines {
            let page = target.and_then(|target| self.name(&path(folder, &target)?));
            // The contents may lead to several places of a page, and to a page in several places.
            let is_new = page.as_ref().is_none_or(|page| seen.insert(page.clone()));
            if is_new {
                topics.push(Topic { page, title: Some(title), level });
            }
        }
        // Nothing stands below the last lines without a page, so they are headings of nothing.
        while topics.last().is_some_and(|topic| topic.page.is_none()) {
            topics.pop();
        }
        let first = system.first.map(|name| String::from_utf8_lossy(name).into_owned());
        let first = first.and_then(|name| self.name(&path("", &name)?));
        let rest = first.into_iter().chain(self.order.iter().filter(|name| is_page(name)).cloned());
        let rest: Vec<String> = rest.filter(|name| seen.insert(name.clone())).collect();
        topics.extend(rest.into_iter().map(|page| Topic { page: Some(page), title: None, level: 0 }));
        Ok(topics)
    }
}

/// A section of the whole.
struct Topic {
    /// The file that holds its text.
    page: Option<String>,
    /// What the contents call it.
    title: Option<String>,
    /// How deep it stands in the contents, from 1; 0 where they leave it out.
    level: usize,
}

/// The path that an address leads to in the same help file. Addresses may name the file too, as `ms-its:a.chm::/b.htm`.
fn path(folder: &str, address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next()?;
    let lower = address.to_ascii_lowercase();
    let inner = ["ms-its:", "mk:@msitstore:", "its:"].iter().any(|scheme| lower.starts_with(scheme));
    let (folder, address) = if inner { ("", address.rsplit_once("::")?.1) } else { (folder, address) };
    if address.split('/').next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8().ok()?;
    Some(resolved(folder, &decoded)).filter(|path| !path.is_empty())
}

fn is_page(name: &str) -> bool {
    ends_with(name, &[".htm", ".html", ".xhtml"])
}

/// Whether a file is unpacked: pages, contents, pictures, and what says which is which.
fn is_wanted(name: &str) -> bool {
    name == "#SYSTEM" || is_page(name) || ends_with(name, &[".hhc", ".gif", ".jpg", ".jpeg", ".png", ".bmp", ".webp"])
}

fn ends_with(name: &str, endings: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

/// What the file `#SYSTEM` says: fields of a number, a length, and bytes.
#[derive(Default)]
struct System<'a> {
    contents: Option<&'a [u8]>,
    first: Option<&'a [u8]>,
    title: Option<&'a [u8]>,
    language: Option<u16>,
}

impl<'a> System<'a> {
    fn read(bytes: &'a [u8]) -> Self {
        let mut system = Self::default();
        let mut rest = bytes.get(4..).unwrap_or_default();
        while let [a, b, c, d, tail @ ..] = rest {
            let length = usize::from(*c) | usize::from(*d) << 8;
            let Some((value, after)) = tail.split_at_checked(length) else { break };
            let number = u16::from(*a) | u16::from(*b) << 8;
            if let (4, [low, high, ..]) = (number, value) {
                system.language = Some(u16::from(*low) | u16::from(*high) << 8);
            }
            let value = value.split(|byte| *byte == 0).next().filter(|value| !value.is_empty());
            match number {
                0 => system.contents = value,
                2 => system.first = value,
                3 => system.title = value,
                _ => {}
            }
            rest = after;
        }
        system
    }
}

/// The topics as pages of one text.
struct Topics<'a> {
    files: &'a Files,
    topics: &'a [Topic],
}

impl Chapters for Topics<'_> {
    fn resolve(&self, page: &str, address: &str) -> Option<String> {
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.files.name(&path(folder, address)?)
    }

    fn file(&self, page: &str, address: &str) -> Option<Vec<u8>> {
        self.files.get(&self.resolve(page, address)?).map(<[u8]>::to_vec)
    }

    /// The topic stands below what the contents call it: the page's own heading where it is the same, else a heading that
    /// the contents print and the page does not hold.
    fn settle(&self, nth: usize, page: &mut Flow, before: &mut Flow) {
        let Some((Topic { page: file, level, .. }, title)) =
            self.topics.get(nth).and_then(|topic| Some((topic, topic.title.as_deref()?)))
        else {
            return;
        };
        let level = (*level).min(DEEPEST);
        let same = |piece: &Piece| fold(&piece.text).text.trim().eq_ignore_ascii_case(fold(title).text.trim());
        let mut first = page.pieces.iter().enumerate().filter(|(_, piece)| piece.outside.is_none()).take(3);
        let own = first.find(|(_, piece)| same(piece)).map(|(at, piece)| (at, heading(piece)));
        let highest = page.pieces.iter().filter_map(heading).min();
        // The page's own heading stands where the contents have it, and the others below it.
        let above = own.and_then(|(_, level)| level).or(highest.map(|highest| highest - 1)).unwrap_or_default();
        for piece in &mut page.pieces {
            if let Form::Heading(of_page) = &mut piece.form {
                *of_page = (*of_page + level).saturating_sub(above).clamp(1, DEEPEST);
            }
        }
        if let Some(own) = own.and_then(|(at, _)| page.pieces.get_mut(at)) {
            own.form = Form::Heading(level);
            own.inside.clear();
        } else if (file.is_none() || !page.pieces.is_empty()) && !title.is_empty() {
            before.pieces.push(Piece {
                text: title.to_string(),
                marks: vec![Mark { range: 0..title.len(), sense: Sense::Printed }],
                form: Form::Heading(level),
                ..Piece::default()
            });
            let (line, now) = (before.pieces.len(), title.to_string());
            before.changes.push(Change { line, was: String::new(), now, why: "contents-heading" });
        }
    }
}

fn heading(piece: &Piece) -> Option<usize> {
    if let Form::Heading(level) = piece.form { Some(level) } else { None }
}

#[cfg(test)]
mod tests;
