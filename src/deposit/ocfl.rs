//! A deposit in a storage root of OCFL 1.1: the archive is one object, and each edition that is deposited a version of it.
//!
//! What an edition shares with an earlier one is found by its SHA-512 and kept once, so a yearly deposit costs what has changed.
//! Nothing of an earlier version is ever written to. The object lies by the layout 0003 (hash and id):
//! folders by a hash of its identifier, so that a root can hold millions, and below them one that shows the identifier, so that a person
//! sees which archive it is.
//!
//! A version is put together outside the root and moved into the object as a whole, with its inventory; then the inventory of the
//! object is exchanged. If the machine fails between the two, the version lies there complete, and the next deposit settles it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use sha2::{Digest, Sha512};

use super::item::{Item, Placed, Sources, place_all};
use super::readme::Named;
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::file::shown;
use crate::fixity::{hex_text, sha256};
use crate::folder::fault;
use crate::ocfl::{CONTENT, INVENTORY, Inventory, OBJECT, Paths, ROOT, User, Version, number, sidecar};
use crate::progress::Progress;
use crate::site::Site;

/// The digest by which contents are told apart.
const ALGORITHM: &str = "sha512";

/// How an object's folder is found by its identifier.
const LAYOUT: &str = "0003-hash-and-id-n-tuple-storage-layout";

/// Folders above an object, and the digits of each: sixteen millions of objects have at most a few in one folder.
const TUPLES: usize = 3;
const DIGITS: usize = 3;

/// Letters of an identifier that a folder's name shows.
const LONGEST: usize = 100;

/// Bytes of an inventory that is read: some millions of files.
const LARGEST: u64 = 1 << 30;

/// What was added to a root.
pub(super) struct Added {
    /// The version's number.
    pub version: u32,
    /// Whether it is new; the last one was the same otherwise.
    pub is_new: bool,
    /// Bytes that were written.
    pub bytes: u64,
}

/// Whether a folder is a storage root that deposits are added to.
pub(crate) fn is_root(folder: &Path) -> bool {
    folder.join(ROOT).is_file()
}

/// Writes a version into the root `root`, which is made where it is none. `work` is a folder outside of it, on the same disc.
///
/// # Errors
/// The machine refuses, or the object that is there cannot be read.
pub(super) fn write(
    root: &Path,
    work: &Path,
    items: &[Item],
    sources: &Sources<'_>,
    (id, named): (&str, &Named<'_>),
    progress: &Progress,
) -> Result<Added> {
    let object = root.join(place_of(id));
    let known = (|| {
        begin(root)?;
        settle(&object, work)?;
        read(&object)
    })()
    .while_doing(|| Doing::Reading { path: shown(&object) })?;
    let staged = work.join("staged");
    let added = (|| {
        let placed = place_all(items, sources, &staged, progress)?;
        let added = add(&object, work, &staged, known, version(named, id, &placed), (id, &placed))?;
        fs::remove_dir_all(&staged)?;
        Ok::<_, io::Error>(added)
    })();
    added.while_doing(|| Doing::Writing { path: shown(&object) })
}

/// The folder of an object, below the root.
fn place_of(id: &str) -> PathBuf {
    let digits = hex_text(&sha256(id.as_bytes()));
    let tuples = (0..TUPLES).map(|at| digits[at * DIGITS..(at + 1) * DIGITS].to_string());
    let mut name = String::new();
    for byte in id.bytes() {
        match byte {
            b'-' | b'_' => name.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => name.push(char::from(byte)),
            _ => name.push_str(&format!("%{byte:02x}")),
        }
    }
    if name.len() > LONGEST {
        name.truncate(LONGEST);
        name = format!("{name}-{digits}");
    }
    tuples.chain([name]).collect()
}

/// Makes a storage root of an empty folder.
fn begin(root: &Path) -> io::Result<()> {
    if is_root(root) {
        return Ok(());
    }
    let layout = serde_json::json!({ "extension": LAYOUT, "description": "Objects by the SHA-256 of their identifiers, and by the identifiers" });
    let settings = serde_json::json!({
        "extensionName": LAYOUT,
        "digestAlgorithm": "sha256",
        "tupleSize": DIGITS,
        "numberOfTuples": TUPLES,
    });
    let extension = root.join("extensions").join(LAYOUT);
    fs::create_dir_all(&extension)?;
    fs::write(extension.join("config.json"), format!("{settings:#}\n"))?;
    fs::write(root.join("ocfl_layout.json"), format!("{layout:#}\n"))?;
    fs::write(root.join(ROOT), "ocfl_1.1\n")
}

/// Finishes what a deposit that was broken off left: the last version lies there as a whole, and the object does not name it.
fn settle(object: &Path, work: &Path) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(object) else { return Ok(()) };
    let names = entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
    let Some(last) = names.filter_map(|name| number(&name)).max() else { return Ok(()) };
    let of_version = fs::read(object.join(format!("v{last}")).join(INVENTORY))?;
    match fs::read(object.join(INVENTORY)) {
        Ok(bytes) if bytes == of_version => Ok(()),
        _ => install(object, work, &of_version),
    }
}

/// Puts an inventory into its place. The digest goes first: whoever reads between the two sees that they do not agree.
fn install(object: &Path, work: &Path, inventory: &[u8]) -> io::Result<()> {
    let digest = sidecar(ALGORITHM);
    for (name, bytes) in [(digest.as_str(), sidecar_of(inventory).as_bytes()), (INVENTORY, inventory)] {
        fault::step()?;
        let new = work.join(name);
        fs::write(&new, bytes)?;
        fs::rename(&new, object.join(name))?;
    }
    Ok(())
}

fn sidecar_of(inventory: &[u8]) -> String {
    format!("{}  {INVENTORY}\n", hex_text(&Sha512::digest(inventory)))
}

/// The inventory of an object; none where there is no object yet.
fn read(object: &Path) -> io::Result<Option<Inventory>> {
    let path = object.join(INVENTORY);
    if !path.exists() {
        return Ok(None);
    }
    if fs::metadata(&path)?.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let bytes = fs::read(&path)?;
    let known: Inventory = serde_json::from_slice(&bytes)?;
    let said = fs::read_to_string(object.join(sidecar(ALGORITHM)))?;
    // What was changed since it was written must not be written on.
    let is_sound = known.digest_algorithm == ALGORITHM && said == sidecar_of(&bytes) && number(&known.head).is_some();
    if is_sound { Ok(Some(known)) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// What the coming version is.
fn version(named: &Named<'_>, id: &str, placed: &[Placed]) -> Version {
    let (site, edition) = (named.site, named.edition);
    let because = if edition.because.is_empty() { String::new() } else { format!(": {}", edition.because) };
    let withheld = if named.takes_all { " (with what is withheld: keep it closed)" } else { "" };
    Version {
        created: format!("{}T00:00:00Z", edition.day),
        message: Some(format!("Edition {}{because}{withheld}", edition.number)),
        user: Some(user(site, id)),
        state: paths(placed.iter().map(|file| (digest(file), file.path.clone()))),
    }
}

/// The office that keeps the archive. Where nobody can write to it, its archive's own identifier stands for an address.
fn user(site: &Site, id: &str) -> User {
    let mail = site.publisher_email.as_ref().map(|mail| format!("mailto:{mail}"));
    let name = site.publisher.clone().unwrap_or_else(|| site.title.clone());
    User { name, address: mail.or_else(|| Some(id.to_string())) }
}

fn digest(file: &Placed) -> String {
    hex_text(&file.digests.sha512)
}

fn paths(all: impl Iterator<Item = (String, String)>) -> Paths {
    let mut paths = Paths::new();
    for (digest, path) in all {
        paths.entry(digest).or_default().push(path);
    }
    paths
}

/// Adds a version to an object, unless it is what the last one is.
fn add(
    object: &Path,
    work: &Path,
    staged: &Path,
    known: Option<Inventory>,
    version: Version,
    (id, placed): (&str, &[Placed]),
) -> io::Result<Added> {
    let last = known.as_ref().and_then(|known| number(&known.head)).unwrap_or(0);
    if known
        .as_ref()
        .is_some_and(|known| known.versions.get(&known.head).is_some_and(|last| last.state == version.state))
    {
        return Ok(Added { version: last, is_new: false, bytes: 0 });
    }
    let head = format!("v{}", last + 1);
    let mut inventory = known.unwrap_or_else(|| Inventory {
        id: id.to_string(),
        kind: "https://ocfl.io/1.1/spec/#inventory".to_string(),
        digest_algorithm: ALGORITHM.to_string(),
        ..Inventory::default()
    });
    let new = work.join("version");
    fs::create_dir_all(&new)?;
    let mut bytes = 0;
    for file in placed {
        let content = || vec![format!("{head}/{CONTENT}/{}", file.path)];
        let mut is_new = false;
        inventory.manifest.entry(digest(file)).or_insert_with(|| {
            is_new = true;
            content()
        });
        if is_new {
            let to = new.join(CONTENT).join(&file.path);
            to.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::rename(staged.join(&file.path), to)?;
            bytes += file.bytes;
        }
    }
    inventory.head.clone_from(&head);
    inventory.versions.insert(head.clone(), version);
    let text = serde_json::to_vec_pretty(&inventory)?;
    fs::write(new.join(INVENTORY), &text)?;
    fs::write(new.join(sidecar(ALGORITHM)), sidecar_of(&text))?;
    fs::create_dir_all(object)?;
    fs::write(object.join(OBJECT), "ocfl_object_1.1\n")?;
    fault::step()?;
    fs::rename(&new, object.join(&head))?;
    install(object, work, &text)?;
    Ok(Added { version: last + 1, is_new: true, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_lies_where_the_layout_has_it() {
        // The examples of the extension 0003.
        for (id, place) in
            [("object-01", "3c0/ff4/240/object-01"), ("..hor/rib:le-$id", "487/326/d8c/%2e%2ehor%2frib%3ale-%24id")]
        {
            assert_eq!(place_of(id), Path::new(place));
        }
        let long = place_of(&"a".repeat(101));
        let name = long.file_name().expect("a name").to_string_lossy();
        assert_eq!((name.len(), name.starts_with(&format!("{}-", "a".repeat(100)))), (100 + 1 + 64, true));
    }
}
