//! Where the files of a text go when its record has a folder already.
//!
//! A file that lies there is never written over. Two Word files both call their first picture `image1.png`; the second one is
//! then kept under a name with the beginning of its own digest, and the text shows it by that name. Where the earlier capture
//! of a document had the very same file, what lies there is a person's own version of it, and stands.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::kept::marked;
use crate::fixity;
use crate::folder::Folder;
use crate::import::capture::Import;
use crate::import::flow::{Media, Sense};

/// An import whose files have their places, and those of them that are to be written.
pub(crate) struct Settled<'i> {
    pub(crate) import: Cow<'i, Import>,
    pub(crate) files: Vec<Media>,
}

/// Finds places for the files of an import in a folder. `before` is what the document's earlier capture had.
pub(crate) fn settle<'i>(root: &Folder, folder: &str, import: &'i Import, before: &[Media]) -> Settled<'i> {
    let mut files = Vec::new();
    let mut renamed: BTreeMap<&str, String> = BTreeMap::new();
    for media in &import.media {
        let at = |name: &str| format!("{folder}/{name}");
        let is_there = |name: &str| root.read(&at(name)).is_ok_and(|found| found == media.bytes);
        if is_there(&media.name) || (root.has(&at(&media.name)) && before.contains(media)) {
            continue;
        }
        let digest = fixity::hex_text(&fixity::sha256(&media.bytes));
        let name = match root.has(&at(&media.name)) {
            true => marked(&media.name, &digest, |name| !root.has(&at(name)) || is_there(name)),
            false => media.name.clone(),
        };
        if !is_there(&name) {
            files.push(Media { name: name.clone(), bytes: media.bytes.clone() });
        }
        if name != media.name {
            renamed.insert(&media.name, name);
        }
    }
    let import = if renamed.is_empty() { Cow::Borrowed(import) } else { Cow::Owned(with_names(import, &renamed)) };
    Settled { import, files }
}

/// The import with other names for its files, in the text too.
fn with_names(import: &Import, renamed: &BTreeMap<&str, String>) -> Import {
    let mut import = import.clone();
    for mark in import.blocks.iter_mut().flat_map(|block| &mut block.marks) {
        let address = match &mut mark.sense {
            Sense::Image(picture) => &mut picture.address,
            Sense::Link(address) => address,
            _ => continue,
        };
        if let Some(name) = renamed.get(address.as_str()) {
            name.clone_into(address);
        }
    }
    for media in &mut import.media {
        if let Some(name) = renamed.get(media.name.as_str()) {
            name.clone_into(&mut media.name);
        }
    }
    import.body = import.markdown_body();
    import
}
