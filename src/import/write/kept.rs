//! What a capture is called in the archive.

use std::path::Path;

use super::provenance;
use crate::fixity;
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
pub(crate) fn free_name(folder: &Path, path: &str, import: &Import) -> String {
    let is_free = |path: &str| match std::fs::read(folder.join(path)) {
        Ok(found) => fixity::hex_text(&fixity::sha256(&found)) == import.sha256,
        Err(_) => !folder.join(path).exists(),
    };
    if is_free(path) {
        return path.to_string();
    }
    let (stem, ending) = match path.rsplit_once('.').filter(|(_, ending)| !ending.contains('/')) {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (path, String::new()),
    };
    let short = import.sha256.get(..8).unwrap_or_default();
    let named = [short, &import.sha256].map(|mark| format!("{stem}-{mark}{ending}"));
    named.iter().find(|path| is_free(path.as_str())).unwrap_or(&named[1]).clone()
}
