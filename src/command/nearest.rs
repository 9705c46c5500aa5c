//! The archive that a command is about.

use std::path::PathBuf;

use crate::cli::Common;
use crate::diagnostic::Diagnostic;

/// The archive that is meant: the one named, or the nearest upward.
pub(super) fn find_archive(common: &Common) -> Result<PathBuf, Diagnostic> {
    let no_archive = |message: String| {
        Diagnostic::error("no-archive", message)
            .help("go into the archive's folder, which has a file site.toml, or name it with  --archive DIR ; fonds init DIR  begins a new one")
    };
    if let Some(folder) = &common.archive {
        return match folder.join("site.toml").is_file() {
            true => Ok(folder.clone()),
            false => Err(no_archive(format!("there is no site.toml in {}", folder.display()))),
        };
    }
    let here = std::env::current_dir().map_err(|error| no_archive(format!("this folder cannot be read: {error}")))?;
    let found = here.ancestors().find(|folder| folder.join("site.toml").is_file()).map(PathBuf::from);
    found.ok_or_else(|| {
        let fault = no_archive("there is no site.toml here or in a folder above".to_string());
        // Some systems hide the end of a name, and some editors add one.
        match ["site.toml.txt", "Site.toml", "site.tml"].iter().find(|name| here.join(name).is_file()) {
            Some(name) => fault.help(format!("the file {name} should be called site.toml")),
            None if here.join("content").is_dir() => fault
                .help("there is a folder content/ here: put a file site.toml beside it, with one line  title = \"…\""),
            None => fault,
        }
    })
}
