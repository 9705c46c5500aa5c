//! The archive that a command is about.

use std::path::PathBuf;

use super::terminal::Terminal;
use crate::change;
use crate::cli::Common;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CommandMessage;
use crate::file;
use crate::folder::Folder;

/// The archive that is meant: the one named, or the nearest upward. A change of it that was stopped half way is finished first.
pub(super) fn find_archive(common: &Common, terminal: &Terminal) -> Result<Folder, Diagnostic> {
    let path = nearest(common)?;
    let root = Folder::open(&path)
        .map_err(|error| Diagnostic::error(CommandMessage::FolderUnreadable { cause: (&error).into() }))?;
    change::settle(&root, &|holder| terminal.waits_for(holder))
        .map_err(|error| Diagnostic::error(CommandMessage::FolderUnreadable { cause: (&error).into() }))?;
    Ok(root)
}

/// The folder of the archive that is meant.
fn nearest(common: &Common) -> Result<PathBuf, Diagnostic> {
    let fault = |message: CommandMessage| Diagnostic::error(message);
    if let Some(folder) = &common.archive {
        return match folder.join("site.toml").is_file() {
            true => Ok(folder.clone()),
            false => Err(fault(CommandMessage::NoArchiveIn { folder: file::shown(folder) })),
        };
    }
    let unreadable = |error: std::io::Error| fault(CommandMessage::FolderUnreadable { cause: (&error).into() });
    let here = std::env::current_dir().map_err(unreadable)?;
    let found = here.ancestors().find(|folder| folder.join("site.toml").is_file()).map(PathBuf::from);
    found.ok_or_else(|| {
        // Some systems hide the end of a name, and some editors add one.
        match ["site.toml.txt", "Site.toml", "site.tml"].into_iter().find(|name| here.join(name).is_file()) {
            Some(name) => fault(CommandMessage::NoArchiveMisnamed { name }),
            None if here.join("content").is_dir() => fault(CommandMessage::NoArchiveBesideContent),
            None => fault(CommandMessage::NoArchive),
        }
    })
}

/// The same; where there is none, the person is told, and the command was wrongly used.
pub(super) fn archive_of(common: &Common, terminal: &Terminal) -> Option<Folder> {
    find_archive(common, terminal).inspect_err(|fault| terminal.refusal(fault)).ok()
}
