//! The whole site as one zip, to hand on: unpacked anywhere, it opens with a double click.
//!
//! The same site gives the same bytes: files in the order of their paths, with no time and no owner. The crate `zip` reads
//! Word files for the import already and writes what every system's own unpacker reads; names are UTF-8 and marked so.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::Result;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, ZipArchive};

use super::manifest::{self, ManifestEntry};
use crate::diagnostic::cause::While;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Doing, Task};
use crate::file::shown;
use crate::folder::fault;
use crate::progress::Progress;

/// What is packed already gains nothing by packing.
const PACKED: [&str; 12] = ["jpg", "jpeg", "png", "gif", "webp", "pdf", "zip", "epub", "docx", "mp3", "mp4", "gz"];

/// Bytes of a manifest that tell who wrote it; its lines are ASCII up to there.
const HEAD: u64 = 20;

/// Packs a site into `to`, within one folder. An older package stands until the new one is whole.
///
/// # Errors
/// A file cannot be read or the package not written; with the path.
pub(crate) fn write(site: &Path, entries: &[ManifestEntry], to: &Path, show_progress: Option<Lang>) -> Result<u64> {
    let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unfinished = to.with_file_name(format!(".{name}.unfinished"));
    let folder = to.file_stem().unwrap_or_default().to_string_lossy();
    let written = pack(site, entries, &folder, &unfinished, show_progress)
        .and_then(|bytes| fs::rename(&unfinished, to).map(|()| bytes))
        .while_doing(|| Doing::Writing { path: shown(to) });
    if written.is_err() {
        // It is of no use; that it cannot be removed either is not what the person must know first.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

/// Whether a file is a site that was packed here: in its one folder lies the manifest of fonds.
pub(crate) fn is_own(path: &Path) -> bool {
    let is_regular = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let Some(mut zip) = File::open(path).ok().filter(|_| is_regular).and_then(|file| ZipArchive::new(file).ok()) else {
        return false;
    };
    let is_manifest = |at: &usize| {
        let name = zip.name_for_index(*at).and_then(Result::ok);
        name.is_some_and(|name| name.split_once('/').is_some_and(|(_, inner)| inner == manifest::NAME))
    };
    let Some(at) = (0..zip.len()).find(is_manifest) else { return false };
    let mut head = String::new();
    let read = zip.by_index(at).ok().and_then(|file| file.take(HEAD).read_to_string(&mut head).ok());
    read.is_some() && manifest::is_head(&head)
}

fn pack(
    site: &Path,
    entries: &[ManifestEntry],
    folder: &str,
    to: &Path,
    show_progress: Option<Lang>,
) -> io::Result<u64> {
    // What a killed build left goes; a link of that name is not followed.
    fs::remove_file(to).or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    fault::step()?;
    let mut zip = ZipWriter::new(BufWriter::new(File::create_new(to)?));
    let progress = Progress::new(Task::Packing, entries.len(), show_progress);
    for path in entries.iter().map(|entry| entry.path.as_ref()).chain([manifest::NAME]) {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let method = match PACKED.contains(&ending.as_str()) {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        let mut file = File::open(site.join(path))?;
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(file.metadata()?.len() >= u64::from(u32::MAX));
        zip.start_file(format!("{folder}/{path}"), options)?;
        io::copy(&mut file, &mut zip)?;
        progress.step();
    }
    progress.finish();
    let mut out = zip.finish()?;
    out.flush()?;
    let file = out.into_inner()?;
    file.sync_all()?;
    file.metadata().map(|file| file.len())
}
