//! The directory of a help file, read beside the library's own reading, for what the library does not ask.
//!
//! Help files made on Chinese systems have names in GBK at times, and libchm refuses a directory with one name that is no
//! UTF-8. So such names are replaced in the copy that the library reads, byte for byte by as many ASCII characters, and given
//! back here. The library also believes the length of its table of blocks before it has looked whether the file is as long,
//! and unpacks blocks anew when files are asked for out of their order; both are looked after here.
//!
//! The format is no standard; its layout is known from the project chmspec and from what 7-Zip and CHMLib read.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use encoding_rs::Encoding;

/// Most files in a help file.
const FILES: usize = 50_000;
/// What stands for characters of a name, so that each has a key of its own.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// The table of the blocks of the packed part.
const RESET_TABLE: &str = "/ResetTable";

/// A file in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its name in the copy that the library reads.
    pub key: String,
    /// Its name, without the slash in front.
    pub name: String,
    /// The same bytes in the system's encoding, where they are UTF-8 perhaps by chance.
    pub other: Option<String>,
    /// Where it stands: whether it is packed, and its first byte in that part.
    pub place: (u64, u64),
    /// Bytes when unpacked.
    pub length: u64,
}

/// A help file whose directory holds together.
pub(super) struct Directory {
    /// The bytes, with names that are UTF-8.
    pub bytes: Vec<u8>,
    /// What it holds, in the order in which it is stored.
    pub entries: Vec<Entry>,
}

/// Reads the directory; `None` where the file is damaged.
pub(super) fn read(bytes: &[u8], code_page: Option<&'static Encoding>) -> Option<Directory> {
    let header = Header::read(bytes)?;
    let mut copy = bytes.to_vec();
    let mut entries = Vec::new();
    let mut renamed = BTreeMap::new();
    for start in (header.blocks.start..header.blocks.end).step_by(header.block) {
        let block = bytes.get(start..start + header.block)?;
        let first = match block.get(..4)? {
            b"PMGL" => 0x14,
            b"PMGI" => 8,
            _ => continue,
        };
        let end = header.block.checked_sub(number(block, 4, 4)? as usize)?;
        let mut cursor = Cursor { bytes: block, at: first };
        while cursor.at < end {
            let length = usize::try_from(cursor.next()?).ok()?;
            let range = cursor.at..cursor.at.checked_add(length)?;
            let raw = block.get(range.clone())?;
            cursor.at = range.end;
            let key = key_of(raw, &mut renamed);
            copy.get_mut(start + range.start..start + range.end)?.copy_from_slice(key.as_bytes());
            if first == 8 {
                cursor.next()?;
                continue;
            }
            let (part, at, size) = (cursor.next()?, cursor.next()?, cursor.next()?);
            let is_there = || at.checked_add(size).and_then(|end| end.checked_add(header.data));
            if key.ends_with(RESET_TABLE) && is_there()? > bytes.len() as u64 || entries.len() == FILES {
                return None;
            }
            let encoding = code_page.unwrap_or(encoding_rs::GBK);
            let raw = raw.strip_prefix(b"/").unwrap_or(raw);
            let of_system = encoding.decode_without_bom_handling(raw).0.into_owned();
            let (name, other) = match std::str::from_utf8(raw) {
                Ok(name) => (name.to_string(), Some(of_system).filter(|other| other != name)),
                Err(_) => (of_system, None),
            };
            entries.push(Entry { key, name, other, place: (part, at), length: size });
        }
    }
    // Short names may be more than there are keys of their length; then one would be read for the other.
    let keys: BTreeSet<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    if !renamed.is_empty() && keys.len() < entries.len() {
        return None;
    }
    entries.sort_by_key(|entry| entry.place);
    Some(Directory { bytes: copy, entries })
}

/// The same bytes where they are UTF-8; else as many of ASCII, which count the names that are not.
fn key_of(raw: &[u8], renamed: &mut BTreeMap<Vec<u8>, usize>) -> String {
    if let Ok(name) = std::str::from_utf8(raw) {
        return name.to_string();
    }
    let next = renamed.len();
    let mut left = *renamed.entry(raw.to_vec()).or_insert(next);
    let mut key: Vec<u8> = raw.to_vec();
    for byte in key.iter_mut().rev().filter(|byte| !byte.is_ascii()) {
        *byte = DIGITS[left % DIGITS.len()];
        left /= DIGITS.len();
    }
    String::from_utf8_lossy(&key).into_owned()
}

/// What the two headers say.
struct Header {
    /// The bytes of the directory's blocks.
    blocks: Range<usize>,
    /// Bytes of a block.
    block: usize,
    /// Where the part begins that is not packed.
    data: u64,
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Self> {
        let version = number(bytes, 4, 4)?;
        let (directory, length) = (number(bytes, 0x48, 8)?, number(bytes, 0x50, 8)?);
        let data = if version >= 3 { number(bytes, 0x58, 8)? } else { directory.checked_add(length)? };
        let at = usize::try_from(directory).ok()?;
        let header = bytes.get(at..)?;
        let block = usize::try_from(number(header, 0x10, 4)?).ok()?;
        let first = at.checked_add(usize::try_from(number(header, 8, 4)?).ok()?)?;
        let count = usize::try_from(number(header, 0x2c, 4)?).ok()?;
        let end = first.checked_add(count.checked_mul(block)?)?;
        let holds = header.starts_with(b"ITSP") && (256..=1 << 20).contains(&block);
        (holds && end <= bytes.len() && data <= bytes.len() as u64).then_some(Self { blocks: first..end, block, data })
    }
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// Reads numbers of seven bits a byte, the highest first.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn next(&mut self) -> Option<u64> {
        let mut number: u64 = 0;
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number = number.checked_mul(128)? | u64::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
    }
}
