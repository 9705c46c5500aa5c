//! Web archives on the disc: one file of records, or a WACZ, which holds several.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::warc::{self, WebPage};
use super::zipped;
use crate::diagnostic::Diagnostic;
use crate::file;

/// Whether a file is a web archive. `head` is its beginning.
pub(super) fn is_one(path: &Path, head: &[u8]) -> bool {
    warc::may_begin(head) && File::open(path).is_ok_and(warc::is_warc) || zipped::is_wacz(path, head)
}

/// The files of records in a web archive, each to be read from its beginning.
fn readers(path: &Path) -> io::Result<Vec<Box<dyn Read + Send>>> {
    match zipped::is_wacz(path, &head(path)) {
        true => zipped::web_archives(path),
        false => Ok(vec![Box::new(BufReader::new(File::open(path)?))]),
    }
}

/// The beginning of a file; empty where it cannot be read.
pub(super) fn head(path: &Path) -> Vec<u8> {
    let mut head = Vec::new();
    let _ = File::open(path).and_then(|file| file.take(16).read_to_end(&mut head));
    head
}

/// The pages of a web archive, in its order.
pub(super) fn pages(path: &Path) -> impl Iterator<Item = Result<WebPage, Diagnostic>> + use<> {
    let name = path.to_string_lossy().into_owned();
    let (readers, fault) = match readers(path) {
        Ok(readers) => (readers, None),
        Err(error) => (Vec::new(), Some(Err(file::unreadable(&name, &error)))),
    };
    let pages = readers.into_iter().flat_map(warc::pages);
    pages.map(move |page| page.map_err(|fault| fault.in_file(name.clone()))).chain(fault)
}

/// The images of a web archive that stand at the wanted addresses.
pub(super) fn images(path: &Path, wanted: &BTreeSet<String>) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for reader in readers(path).unwrap_or_default() {
        let missing: BTreeSet<String> = wanted.iter().filter(|wanted| !found.contains_key(*wanted)).cloned().collect();
        if missing.is_empty() {
            break;
        }
        found.extend(warc::images(reader, &missing));
    }
    found
}
