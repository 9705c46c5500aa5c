//! What a capture is called in the archive.

use std::path::Path;

use super::provenance;
use crate::fixity;
use crate::folder::Folder;
use crate::import::capture::Import;

/// The last part of a path, as the kept capture is named.
pub(crate) fn file_name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| "capture".to_string(), |name| name.to_string_lossy().into_owned())
}

/// The name under which a capture is kept: its own, but for that of the account beside it.
pub(crate) fn kept_name(path: &str) -> String {
    let name = file_name(path);
    if name.eq_ignore_ascii_case(provenance::NAME) { format!("capture-{name}") } else { name }
}

/// A path below a record's folder at which nothing stands: with the beginning of the capture's hash, where another capture
/// has the name.
pub(crate) fn free_name(root: &Folder, folder: &str, path: &str, import: &Import) -> String {
    let is_free = |path: &str| {
        let path = format!("{folder}/{path}");
        match root.read(&path) {
            Ok(found) => fixity::hex_text(&fixity::sha256(&found)) == import.sha256,
            Err(_) => !root.has(&path),
        }
    };
    if is_free(path) { path.to_string() } else { marked(path, &import.sha256, is_free) }
}

/// A name with the beginning of a digest in front of its ending; with all of it, where that is taken too.
pub(crate) fn marked(path: &str, digest: &str, is_free: impl Fn(&str) -> bool) -> String {
    let (stem, ending) = match path.rsplit_once('.').filter(|(_, ending)| !ending.contains('/')) {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (path, String::new()),
    };
    let named = [digest.get(..8).unwrap_or_default(), digest].map(|mark| format!("{stem}-{mark}{ending}"));
    named.iter().find(|path| is_free(path.as_str())).unwrap_or(&named[1]).clone()
}
