//! One file a command: what was typed becomes work, and work becomes an exit code.

pub mod build;
pub mod check;
pub mod completions;
pub mod explain;
pub mod import;
pub mod init;
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
use crate::diagnostic::Diagnostic;

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
        Command::Man(args) => man::run(&args),
        Command::Completions { shell } => completions::run(shell),
    }
}

/// The archive that is meant: the one named, or the nearest upward.
fn find_archive(common: &Common) -> Result<PathBuf, Diagnostic> {
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
