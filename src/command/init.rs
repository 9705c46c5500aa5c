//! `fonds init`: an archive to begin with.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::Exit;
use super::terminal::Terminal;
use crate::cli::{Common, InitArgs};
use crate::diagnostic::Diagnostic;
use crate::{file, theme};

/// What a new archive holds; it builds as it is.
const FILES: [(&str, &str); 5] = [
    ("site.toml", include_str!("init/site.toml")),
    ("README.md", include_str!("init/README.md")),
    ("content/_index.md", include_str!("init/home.md")),
    ("content/essays/_index.md", include_str!("init/collection.md")),
    ("content/essays/first.md", include_str!("init/document.md")),
];

#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    folder: &'a Path,
    files: usize,
}

/// Makes a new archive.
///
/// # Errors
/// The machine refuses to write.
pub fn run(args: &InitArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let folder = &args.folder;
    let taken = std::fs::read_dir(folder).map_or(folder.exists(), |mut entries| entries.next().is_some());
    if taken {
        terminal.refusal(
            &Diagnostic::error("not-empty", format!("there is something in {} already", folder.display()))
                .help("an archive begins in a new or empty folder"),
        );
        return Ok(Exit::Usage);
    }
    let mut files = 0;
    let mut write = |path: &str, bytes: &[u8]| {
        files += 1;
        file::write(&folder.join(path), bytes)
    };
    for (path, text) in FILES {
        write(path, text.as_bytes())?;
    }
    if args.eject {
        for (path, bytes) in theme::built_in() {
            write(&path, bytes)?;
        }
    }
    let shown = folder.display();
    let sentence = format!(
        "a new archive in {shown}\n\nNext:\n  edit {shown}/site.toml and {shown}/content/essays/first.md\n  fonds build --archive {shown}\n  open {shown}/public/index.html"
    );
    terminal.result(&sentence, &Summary { summary: "init", folder, files });
    Ok(Exit::Done)
}
