//! Where the texts lie that the recogniser is held against: this repository's own, and real ones beside it.

use std::io::Write;
use std::path::{Path, PathBuf};

/// A file or folder of the repository's own texts, all written for these tests.
pub fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recognised").join(path)
}

/// A file or folder of the real texts, which cannot be published. They lie in a folder `shared` beside the repository, or
/// where FONDS_SHARED says. Where they are not, that is said on stderr itself, since what passes is not shown otherwise.
pub fn shared(path: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let found = std::env::var_os("FONDS_SHARED").map_or_else(beside, PathBuf::from).join(path);
    if found.exists() {
        return Some(found);
    }
    // A test does not fail because nobody reads what it says.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: there is no {path} beside this repository, nor where FONDS_SHARED says; only the repository's own texts were read"
    );
    None
}
