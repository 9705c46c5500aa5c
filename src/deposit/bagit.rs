//! A bag, as BagIt 1.0 (RFC 8493) has it.
//!
//! It has two lists of digests. SHA-256 is the one that records, `manifest.json` and a person's `sha256sum` use; SHA-512 is the one
//! that the RFC asks programs to write unless they are told otherwise, so that a validator that knows but one of them has it. No
//! clock is asked: the bag's day is the edition's, so the same edition is the same bytes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::item::{Digests, Item, Placed, Sources, place_all};
use crate::bag::{self, encoded};
use crate::file;
use crate::fixity::hex_text;
use crate::folder::fault;
use crate::progress::Progress;

/// A line of bag-info.txt: what, and what it is.
pub(super) type Said = (&'static str, String);

/// A digest, in digits.
type Digits = fn(&Digests) -> String;

/// How the names of lists end, and the digest that each has.
const LISTS: [(&str, Digits); 2] =
    [("sha256.txt", |digests| hex_text(&digests.sha256)), ("sha512.txt", |digests| hex_text(&digests.sha512))];

/// Writes a bag into a folder. Gives the bytes of what it keeps.
///
/// # Errors
/// The machine refuses.
pub(super) fn write(
    folder: &Path,
    items: &[Item],
    sources: &Sources<'_>,
    said: &[Said],
    progress: &Progress,
) -> io::Result<u64> {
    let payload = folder.join(bag::PAYLOAD);
    let placed = place_all(items, sources, &payload, progress)?;
    let bytes = placed.iter().map(|file| file.bytes).sum();
    let mut tags = vec![
        written(folder, bag::DECLARATION, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".as_bytes())?,
        written(folder, bag::INFO, info(said, bytes, placed.len()).as_bytes())?,
    ];
    for (ending, digest) in LISTS {
        let name = format!("{}{ending}", bag::MANIFEST);
        list(folder, &name, bag::PAYLOAD, &placed, digest)?;
        tags.push(read(folder, &name)?);
    }
    tags.sort_unstable_by(|one, two| one.path.cmp(&two.path));
    for (ending, digest) in LISTS {
        list(folder, &format!("{}{ending}", bag::TAG_MANIFEST), "", &tags, digest)?;
    }
    Ok(bytes)
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<Placed> {
    fault::step()?;
    File::create_new(folder.join(name))?.write_all(bytes)?;
    read(folder, name)
}

fn read(folder: &Path, name: &str) -> io::Result<Placed> {
    let (bytes, digests) = super::item::digested(File::open(folder.join(name))?, &mut io::sink())?;
    Ok(Placed { path: name.to_string(), bytes, digests })
}

/// A list: a line for each file, its digest and its path below `above`.
fn list(folder: &Path, name: &str, above: &str, files: &[Placed], digest: Digits) -> io::Result<()> {
    fault::step()?;
    let mut out = BufWriter::with_capacity(1 << 16, File::create_new(folder.join(name))?);
    for file in files {
        writeln!(out, "{}  {above}{}", digest(&file.digests), encoded(&file.path))?;
    }
    out.flush()
}

/// bag-info.txt: what is said of the bag, a line each, and how much it keeps.
fn info(said: &[Said], bytes: u64, files: usize) -> String {
    let own = [(bag::OXUM, format!("{bytes}.{files}")), ("Bag-Size", file::size_in_words(bytes))];
    let mut text = String::new();
    for (label, value) in said.iter().chain(&own) {
        // A line's end would be the value's; what goes on must begin with a space.
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            text.push_str(&format!("{label}: {value}\n"));
        }
    }
    text
}
