//! One file a command: what was typed becomes work, and work becomes an exit code.

pub mod build;
pub mod check;
pub mod completions;
pub mod explain;
pub mod import;
pub mod init;
pub mod language;
pub mod man;
pub mod mv;
mod prose;
mod recognised;
pub mod record;
mod sarif;
pub mod serve;
pub mod terminal;

use std::path::PathBuf;

use crate::cli::{Cli, Command, Common};
use crate::diagnostic::cause::Cause;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{CommandMessage, Label};
use crate::diagnostic::{Diagnostic, words};
use crate::file;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The archive has errors; all are listed.
    Faults = 1,
    /// The command was used wrongly.
    Usage = 2,
    /// The machine failed.
    Machine = 3,
}

/// Does what was typed.
///
/// # Errors
/// The machine refuses to read or write.
pub fn run(cli: Cli) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Init(args) => init::run(&args, &cli.common),
        Command::Build(args) => build::run(&args, &cli.common),
        Command::Import(args) => import::run(&args, &cli.common),
        Command::Serve(args) => serve::run(&args, &cli.common),
        Command::Mv(args) => mv::run(&args, &cli.common),
        Command::Check(args) => check::run(&args, &cli.common),
        Command::Record(args) => record::run(&args, &cli.common),
        Command::Explain(args) => explain::run(&args, &cli.common),
        Command::Man(args) => man::run(&args, &cli.common),
        Command::Completions { shell } => completions::run(shell),
    }
}

/// Says why the machine failed.
pub fn failed(error: &anyhow::Error, lang: Lang) {
    let colon = if lang.is_chinese() { "：" } else { ": " };
    eprintln!("{}{colon}{}", words::say(&Label::Error, lang), Cause::from(error).say(lang));
}

/// The archive that is meant: the one named, or the nearest upward.
fn find_archive(common: &Common) -> Result<PathBuf, Diagnostic> {
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
