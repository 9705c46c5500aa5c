//! What was written: every file of a site with its size and SHA-256.
//!
//! The manifest is the proof that fonds made a folder, and so may replace it; it tells the next build which files have
//! not changed, and anyone whether a copy is whole.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::file::{self, shown};
use crate::fixity::{hex, unhex};
use crate::folder::fault;

/// Its name in the site.
pub(crate) const NAME: &str = "manifest.json";

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct ManifestEntry {
    /// Path from the site's root, with `/`.
    pub path: Box<str>,
    /// Size.
    pub bytes: u64,
    /// SHA-256.
    #[serde(deserialize_with = "read_hash")]
    pub sha256: [u8; 32],
}

#[derive(Deserialize)]
struct Manifest {
    generator: String,
    files: Vec<ManifestEntry>,
}

/// A large site's manifest has a million lines, so a hash is read without a text of its own.
fn read_hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
    struct Hash;
    impl Visitor<'_> for Hash {
        type Value = [u8; 32];

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("64 hexadecimal digits")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            unhex(text.as_bytes()).ok_or_else(|| E::custom("no SHA-256"))
        }
    }
    deserializer.deserialize_str(Hash)
}

/// Writes the manifest of files that come in the order of their paths: one line a file.
///
/// # Errors
/// With the path.
pub(crate) fn write(folder: &Path, entries: &[ManifestEntry]) -> anyhow::Result<()> {
    let path = folder.join(NAME);
    let write = || -> std::io::Result<()> {
        fault::step()?;
        let mut out = BufWriter::with_capacity(1 << 16, File::create(&path)?);
        let version = env!("CARGO_PKG_VERSION");
        write!(out, "{{\"generator\":\"fonds {version}\",\"files\":[")?;
        for (at, entry) in entries.iter().enumerate() {
            out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            out.write_all(b"{\"path\":")?;
            serde_json::to_writer(&mut out, &entry.path)?;
            write!(out, ",\"bytes\":{},\"sha256\":\"", entry.bytes)?;
            out.write_all(&hex(&entry.sha256))?;
            out.write_all(b"\"}")?;
        }
        out.write_all(b"\n]}\n")?;
        out.flush()
    };
    write().while_doing(|| Doing::Writing { path: shown(&path) })
}

/// Whether a text begins as a manifest of fonds does.
pub(crate) fn is_head(text: &str) -> bool {
    text.starts_with("{\"generator\":\"fonds ")
}

/// Reads the manifest in a folder; `None` where there is none that fonds made.
pub(crate) fn read(folder: &Path) -> Option<Vec<ManifestEntry>> {
    parse(&file::read_regular(&folder.join(NAME)).ok()?)
}

/// The entries of a manifest in the order of their paths; `None` where fonds did not write it.
pub(crate) fn parse(text: &[u8]) -> Option<Vec<ManifestEntry>> {
    let manifest: Manifest = serde_json::from_slice(text).ok()?;
    if !manifest.generator.starts_with("fonds ") {
        return None;
    }
    let mut entries = manifest.files;
    entries.sort_unstable();
    Some(entries)
}
