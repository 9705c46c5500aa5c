//! `fonds man`: the manual pages, made of what `--help` says.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use clap::CommandFactory;
use clap_mangen::Man;

use super::Exit;
use crate::cli::{Cli, Common, ManArgs};
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::file;

/// Prints all pages, one after the other, or writes each into a folder.
///
/// # Errors
/// The machine refuses to write.
pub fn run(args: &ManArgs, _common: &Common) -> Result<Exit> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add(&command, &mut pages)?;
    match &args.folder {
        Some(folder) => write(&pages, folder)?,
        None => {
            let mut out = std::io::stdout().lock();
            pages.iter().try_for_each(|(_, page)| out.write_all(page)).while_doing(|| Doing::Printing)?;
        }
    }
    Ok(Exit::Done)
}

/// The page of a command and those of its subcommands.
fn add(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let man = Man::new(command.clone()).manual("fonds").date("");
    let mut page = Vec::new();
    man.render(&mut page).while_doing(|| Doing::MakingPage)?;
    pages.push((man.get_filename(), page));
    command.get_subcommands().try_for_each(|command| add(command, pages))
}

fn write(pages: &[(String, Vec<u8>)], folder: &Path) -> Result<()> {
    pages.iter().try_for_each(|(name, page)| file::write(&folder.join(name), page))
}
