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

/// Bytes of a manifest that are read from a zip: two million files.
const LARGEST: u64 = 256 << 20;

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
    manifest_in(path, HEAD).is_some()
}

/// Names of sites that were packed here and lie in a folder, and are not the site of these entries, which come in the order
/// of their paths. `is_from_here` tells by a file's path whether it is of the same archive.
pub(crate) fn others_in(folder: &Path, entries: &[ManifestEntry], is_from_here: impl Fn(&str) -> bool) -> Vec<String> {
    let Ok(found) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = found
        .filter_map(Result::ok)
        .filter(|file| {
            let packed = manifest_in(&file.path(), LARGEST).and_then(|text| manifest::parse(&text));
            packed.is_some_and(|packed| packed != entries && packed.iter().any(|entry| is_from_here(&entry.path)))
        })
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort_unstable();
    names
}

/// So many bytes of the manifest in a site that was packed here.
fn manifest_in(path: &Path, bytes: u64) -> Option<Vec<u8>> {
    let is_regular = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let mut zip = File::open(path).ok().filter(|_| is_regular).and_then(|file| ZipArchive::new(file).ok())?;
    let is_manifest = |at: &usize| {
        let name = zip.name_for_index(*at).and_then(Result::ok);
        name.is_some_and(|name| name.split_once('/').is_some_and(|(_, inner)| inner == manifest::NAME))
    };
    let at = (0..zip.len()).find(is_manifest)?;
    let mut text = Vec::new();
    let mut file = zip.by_index(at).ok()?;
    file.by_ref().take(HEAD).read_to_end(&mut text).ok()?;
    if !str::from_utf8(&text).is_ok_and(manifest::is_head) {
        return None;
    }
    file.take(bytes.saturating_sub(HEAD)).read_to_end(&mut text).ok()?;
    Some(text)
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
