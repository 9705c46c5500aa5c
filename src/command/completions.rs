//! `fonds completions`: what a shell needs to complete the commands.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::Exit;
use crate::cli::Cli;
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;

/// Prints the script.
///
/// # Errors
/// Nobody reads it.
pub(crate) fn run(shell: Shell) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "fonds", &mut script);
    std::io::stdout().write_all(&script).while_doing(|| Doing::Printing)?;
    Ok(Exit::Done)
}
