//! A storage root of OCFL, or one object of it, held against its inventories.
//!
//! Each object is by itself: its inventory against the digest beside it, every content against the inventory, every version against
//! the contents. Objects of other makers are read too, by any layout, with SHA-256 as well as SHA-512.

use std::collections::BTreeSet;
use std::io::Read;

use super::digest::{Algorithm, digests};
use super::listed::{Listed, Looked, Place, Present, changed, compare};
use crate::bag::leaves;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::FixityMessage;
use crate::file;
use crate::folder::{Folder, Kind};
use crate::ocfl::{ANY_OBJECT, ANY_ROOT, INVENTORY, Inventory, number, sidecar};

/// Folders below each other above an object; layouts have a few.
const DEEPEST: usize = 32;

/// Bytes of an inventory.
const LARGEST: u64 = 1 << 30;

/// The objects of a root, or the folder itself where it is one; `None` where it is neither.
pub(super) fn objects(folder: &Folder) -> Option<Vec<String>> {
    let names = folder.names("").ok()?;
    if names.iter().any(|name| name.starts_with(ANY_OBJECT)) {
        return Some(vec![String::new()]);
    }
    names.iter().any(|name| name.starts_with(ANY_ROOT)).then(|| {
        let mut found = Vec::new();
        find(folder, "", DEEPEST, &mut found);
        found
    })
}

fn find(folder: &Folder, above: &str, deep: usize, found: &mut Vec<String>) {
    for name in folder.names(above).unwrap_or_default() {
        let path = if above.is_empty() { name.clone() } else { format!("{above}/{name}") };
        if deep == 0 || path == "extensions" || !matches!(folder.kind(&path), Ok(Kind::Folder)) {
            continue;
        }
        match folder.names(&path).is_ok_and(|names| names.iter().any(|name| name.starts_with(ANY_OBJECT))) {
            true => found.push(path),
            false => find(folder, &path, deep - 1, found),
        }
    }
}

/// Verifies objects, and that nothing else lies in a root.
pub(super) fn verify(folder: &Folder, objects: &[String], progress: Option<Lang>) -> Looked {
    let mut looked = Looked::default();
    for name in objects {
        match Folder::open(&folder.path().join(name)) {
            Ok(object) => {
                let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
                looked.merge(one(&object, &Place { prefix: &prefix, list: INVENTORY, progress }));
            }
            Err(error) => looked.report.push(file::unreadable(name, &error)),
        }
    }
    looked
}

fn one(object: &Folder, place: &Place<'_>) -> Looked {
    let mut looked = Looked::default();
    let present = Present::in_folder(object, place, &mut looked.report);
    let Some((inventory, algorithm)) = inventory(object, INVENTORY, place, &mut looked) else { return looked };
    let mut listed = Vec::new();
    for (digest, paths) in &inventory.manifest {
        for path in paths {
            if leaves(path) || !path.contains('/') {
                looked.report.push(place.error(INVENTORY, FixityMessage::PathLeaves { path: path.clone() }));
                continue;
            }
            let digests = vec![(algorithm, digest.to_ascii_lowercase())];
            listed.push(Listed { path: path.clone(), digests, ..Listed::default() });
        }
    }
    listed.sort_by(|one, two| one.path.cmp(&two.path));
    versions(object, &inventory, place, &mut looked);
    looked.merge(compare(object, &listed, &contents(present, &inventory), place, true));
    looked
}

/// What is kept: not what is said of it.
fn contents(present: Present, inventory: &Inventory) -> Present {
    let is_said = |path: &str| {
        let own = path.rsplit_once('/').map_or("", |(above, _)| above);
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_inventory = name == INVENTORY || name.strip_prefix(INVENTORY).is_some_and(|rest| rest.starts_with('.'));
        (own.is_empty() && (is_inventory || name.starts_with(ANY_OBJECT)))
            || (is_inventory && inventory.versions.contains_key(own))
            || path.starts_with("extensions/")
            || path.starts_with("logs/")
    };
    let files: BTreeSet<String> = present.files.into_iter().filter(|path| !is_said(path)).collect();
    Present { files, links: present.links }
}

/// Reads an inventory, and holds it against its digest.
fn inventory(object: &Folder, path: &str, place: &Place<'_>, looked: &mut Looked) -> Option<(Inventory, Algorithm)> {
    let mut bytes = Vec::new();
    let read = object.file(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes));
    if let Err(error) = read {
        looked.report.push(match object.has(path) {
            true => file::unreadable(&place.of(path), &error),
            false => place.error(path, FixityMessage::FileMissing),
        });
        return None;
    }
    let known = serde_json::from_slice::<Inventory>(&bytes).ok();
    let found = known.and_then(|known| Some((Algorithm::named(&known.digest_algorithm)?, known)));
    let Some((algorithm, known)) = found else {
        looked.report.push(place.error(path, FixityMessage::InventoryUnread));
        return None;
    };
    let beside = format!("{}{}", path.trim_end_matches(INVENTORY), sidecar(&known.digest_algorithm));
    match object.read(&beside).map(|text| String::from_utf8_lossy(&text).into_owned()) {
        Ok(said) => {
            let said = said.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            let listed = Listed { digests: vec![(algorithm, said)], ..Listed::default() };
            let digest = digests(bytes.as_slice(), &[algorithm]).map(|(_, found)| found).unwrap_or_default();
            if let Some(message) = changed(&listed, bytes.len() as u64, &digest) {
                looked.report.push(place.error(path, message));
            }
        }
        Err(_) => looked.report.push(place.error(&beside, FixityMessage::FileMissing)),
    }
    (looked.files, looked.bytes) = (looked.files + 1, looked.bytes.saturating_add(bytes.len() as u64));
    Some((known, algorithm))
}

/// Whether all versions are there up to the last, each with contents that are known, and the last one's inventory is the object's.
fn versions(object: &Folder, inventory: &Inventory, place: &Place<'_>, looked: &mut Looked) {
    let numbers: BTreeSet<u32> = inventory.versions.keys().filter_map(|name| number(name)).collect();
    let head = number(&inventory.head).unwrap_or(0);
    let is_row = numbers.len() == inventory.versions.len() && numbers.iter().copied().eq(1..=head) && head > 0;
    if !is_row {
        looked.report.push(place.error(INVENTORY, FixityMessage::VersionsNotInOrder));
    }
    for (name, version) in &inventory.versions {
        if let Some(digest) = version.state.keys().find(|digest| !inventory.manifest.contains_key(*digest)) {
            let message = FixityMessage::VersionWithoutContent { version: name.clone(), digest: digest.clone() };
            looked.report.push(place.error(INVENTORY, message));
        }
        let path = format!("{name}/{INVENTORY}");
        // A version may do without, but for the last.
        if !object.has(&path) && *name != inventory.head {
            continue;
        }
        let own = self::inventory(object, &path, place, looked);
        if own.is_some_and(|(own, _)| *name == inventory.head && own != *inventory) {
            looked.report.push(place.error(&path, FixityMessage::InventoriesDiffer));
        }
    }
}
