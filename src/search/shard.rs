//! Records in files.
//!
//! A shard holds some kilobytes of neighbouring records, a directory the keys with which some hundred shards begin, and the
//! root those with which the directories begin. So a look-up loads one directory and, as a rule, one shard.

use anyhow::Result;
use rayon::prelude::*;

use super::bits::{Bits, script, utf16};
use super::tree::{Holding, HoldingKind, Records, Segment, Sorter};
use crate::output::manifest::ManifestEntry;

/// Bits from which on a shard is closed.
const SHARD: usize = 6 * 1024 * 8;
/// Shards in a directory.
const DIRECTORY: usize = 96;

/// A shard in the making.
#[derive(Debug, Default)]
pub(crate) struct Shard {
    /// All keys in it, and none before it, begin with this or come after it.
    pub from: Vec<u16>,
    /// Records one after another.
    pub bits: Bits,
}

/// Writes a segment's files, whose names begin with its number, and gives the keys with which its directories begin, as
/// strings of a script.
///
/// # Errors
/// What `write` says of a file's name and contents.
pub(crate) fn pack(
    segment: &Segment,
    number: usize,
    write: impl Fn(&str, &[u8]) -> Result<ManifestEntry> + Sync,
) -> Result<(Vec<String>, Vec<ManifestEntry>)> {
    let parts = segment.parts();
    let packed: Vec<(Vec<Shard>, Vec<u16>)> = (0..parts.count)
        .into_par_iter()
        // Few parts are left when one worker has none.
        .with_max_len(2)
        .map_init(|| Sorter::new(segment), |sorter, part| shards(segment, sorter.records(&parts, part)))
        .collect();
    drop(parts);
    let mut shards: Vec<Shard> = Vec::new();
    let mut last: Vec<u16> = Vec::new();
    for (mut part, end) in packed {
        // Parts differ in their first unit.
        if let Some(first) = part.first_mut() {
            first.from = separator(&last, &first.from);
            last = end;
        }
        shards.append(&mut part);
    }
    let mut directories = Vec::new();
    let mut files = Vec::with_capacity(shards.len() + shards.len() / DIRECTORY + 1);
    for (at, shards) in shards.chunks(DIRECTORY).enumerate() {
        let keys: Vec<String> = shards.iter().map(|shard| literal(&shard.from)).collect();
        let name = format!("d{number}-{at}");
        files.push(write(&name, &utf16(&format!("fonds(\"{name}\",[{}])\n", keys.join(","))))?);
        directories.extend(keys.into_iter().next());
    }
    let shards: Vec<ManifestEntry> = shards
        .into_par_iter()
        .enumerate()
        .map(|(at, shard)| {
            let name = format!("i{number}-{at}");
            write(&name, &script(&name, &[], &shard.bits))
        })
        .collect::<Result<_>>()?;
    files.extend(shards);
    Ok((directories, files))
}

/// A key as a string of a script. It may end in the middle of a character, so surrogates are escaped as all that is
/// not a letter.
fn literal(key: &[u16]) -> String {
    let mut text = String::from("\"");
    for unit in key {
        match char::from_u32(u32::from(*unit)) {
            Some(letter) if letter.is_alphanumeric() => text.push(letter),
            _ => text.push_str(&format!("\\u{unit:04x}")),
        }
    }
    text.push('"');
    text
}

/// The shards of a part, and its last key.
fn shards(segment: &Segment, part: &Records) -> (Vec<Shard>, Vec<u16>) {
    let mut shards: Vec<Shard> = Vec::new();
    let mut open = Shard::default();
    let mut last: &[u16] = &[];
    let mut in_shard: &[u16] = &[];
    for record in &part.records {
        let key = segment.key(record);
        if open.bits.is_empty() {
            open.from = separator(last, key);
            in_shard = &[];
        }
        write(segment, record, in_shard, &part.lists, &mut open.bits);
        (last, in_shard) = (key, key);
        if open.bits.len() >= SHARD {
            shards.push(std::mem::take(&mut open));
        }
    }
    if !open.bits.is_empty() {
        shards.push(open);
    }
    (shards, last.to_vec())
}

/// The shortest key that comes after `last` and not after `next`.
fn separator(last: &[u16], next: &[u16]) -> Vec<u16> {
    next[..(common(last, next) + 1).min(next.len())].to_vec()
}

fn common(one: &[u16], two: &[u16]) -> usize {
    one.iter().zip(two).take_while(|(one, two)| one == two).count()
}

/// One record: its kind, its key as it differs from the one before, its list.
fn write(segment: &Segment, record: &Holding, before: &[u16], lists: &Bits, out: &mut Bits) {
    match record.kind {
        HoldingKind::Leaf => out.push(0, 1),
        HoldingKind::Group => out.push(0b10, 2),
        HoldingKind::Sum => out.push(0b11, 2),
    }
    let key = segment.key(record);
    let same = common(before, key);
    let new = &key[same..];
    // Most records differ from the one before in its last unit alone.
    if same + 1 == before.len() && new.len() == 1 {
        out.push(1, 1);
    } else {
        out.push(0, 1);
        // Keys are short.
        out.gamma(same as u32 + 1);
        out.gamma(new.len() as u32 + 1);
    }
    for unit in new {
        match is_common(*unit) {
            true => out.push(u64::from(unit - 0x4e00), 16),
            false => out.push(u64::from(*unit) | 1 << 16, 17),
        }
    }
    let (start, length) = record.list;
    out.copy(lists, start, length);
}

/// Whether a unit is Han as texts have it, which a shard writes in sixteen bits; all others take seventeen.
fn is_common(unit: u16) -> bool {
    (0x4e00..0xce00).contains(&unit)
}
