//! One file of a deposit, and how it gets there.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256, Sha512};

use crate::folder::{Folder, fault};
use crate::progress::Progress;

/// Bytes copied at a time.
const CHUNK: usize = 1 << 18;

/// A file of a deposit.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Where it comes to stand, in NFC.
    pub path: String,
    /// Where it comes from.
    pub from: Origin,
    /// Its size.
    pub bytes: u64,
    /// The document that it belongs to.
    pub document: Option<usize>,
}

/// Where a file comes from.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    /// A file of the archive, which is copied.
    Archive(String),
    /// A file of the site that was built for the deposit, which is moved.
    Site(String),
    /// The same, copied: it has a second place.
    Copy(String),
    /// Bytes that were made.
    Made(Vec<u8>),
}

impl Origin {
    /// Whether its place is taken before files are moved.
    pub(super) fn is_first(&self) -> bool {
        matches!(self, Self::Copy(_))
    }
}

/// The digests of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digests {
    pub sha256: [u8; 32],
    pub sha512: [u8; 64],
}

/// A file that has its place.
#[derive(Debug)]
pub(super) struct Placed {
    pub path: String,
    pub bytes: u64,
    pub digests: Digests,
}

/// The folders that files come from.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    pub archive: &'a Folder,
    pub site: PathBuf,
}

impl Sources<'_> {
    /// Puts a file into a folder.
    ///
    /// # Errors
    /// The machine refuses.
    pub(super) fn place(&self, item: &Item, folder: &Path) -> io::Result<Placed> {
        let to = folder.join(&item.path);
        if let Some(above) = to.parent() {
            fs::create_dir_all(above)?;
        }
        fault::step()?;
        let (bytes, digests) = match &item.from {
            Origin::Archive(path) => copied(self.archive.file(path)?, &to)?,
            Origin::Copy(path) => copied(File::open(self.site.join(path))?, &to)?,
            Origin::Made(bytes) => copied(bytes.as_slice(), &to)?,
            Origin::Site(path) => {
                fs::rename(self.site.join(path), &to)?;
                digested(File::open(&to)?, &mut io::sink())?
            }
        };
        Ok(Placed { path: item.path.clone(), bytes, digests })
    }
}

/// Puts files into a folder, by all processors. Gives them in the order of their paths.
///
/// # Errors
/// The machine refuses.
pub(super) fn place_all(
    items: &[Item],
    sources: &Sources<'_>,
    folder: &Path,
    progress: &Progress,
) -> io::Result<Vec<Placed>> {
    fs::create_dir_all(folder)?;
    let place = |item: &&Item| sources.place(item, folder).inspect(|_| progress.step());
    // What has two places is copied before it is moved.
    let (first, then): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| item.from.is_first());
    let mut placed: Vec<Placed> = first.par_iter().map(place).collect::<io::Result<_>>()?;
    placed.extend(then.par_iter().map(place).collect::<io::Result<Vec<_>>>()?);
    placed.par_sort_unstable_by(|one, two| one.path.cmp(&two.path));
    Ok(placed)
}

/// Copies into a new file.
fn copied(from: impl Read, to: &Path) -> io::Result<(u64, Digests)> {
    digested(from, &mut File::create_new(to)?)
}

/// Passes bytes on, with their number and digests.
pub(super) fn digested(mut from: impl Read, to: &mut impl Write) -> io::Result<(u64, Digests)> {
    let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
    let mut chunk = vec![0; CHUNK];
    let mut bytes = 0;
    loop {
        let length = match from.read(&mut chunk) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        sha256.update(&chunk[..length]);
        sha512.update(&chunk[..length]);
        to.write_all(&chunk[..length])?;
        bytes += length as u64;
    }
    Ok((bytes, Digests { sha256: sha256.finalize().into(), sha512: sha512.finalize().into() }))
}
