//! `fonds man`: the manual pages, made of what `--help` says.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use clap_mangen::Man;

use super::{Exit, help};
use crate::cli::{Common, ManArgs};
use crate::diagnostic::cause::While;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::Doing;
use crate::diagnostic::words;
use crate::file;

/// Prints all pages, one after the other, or writes each into a folder.
///
/// # Errors
/// The machine refuses to write.
pub(crate) fn run(args: &ManArgs, common: &Common) -> Result<Exit> {
    let lang = common.lang.unwrap_or_default();
    let mut command = help::command(lang);
    command.build();
    let mut pages = Vec::new();
    add(&command, lang, &mut pages)?;
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
fn add(command: &clap::Command, lang: Lang, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    let man = Man::new(command.clone()).manual("fonds").date("");
    let mut page = Vec::new();
    man.render(&mut page).while_doing(|| Doing::MakingPage)?;
    pages.push((man.get_filename(), in_language(page, lang)));
    let mut inner = command.get_subcommands().filter(|command| command.get_name() != "help");
    inner.try_for_each(|command| add(command, lang, pages))
}

/// A page with its headings in the language; clap_mangen has them in English.
fn in_language(page: Vec<u8>, lang: Lang) -> Vec<u8> {
    let text = String::from_utf8_lossy(&page);
    let heading = |line: &str| {
        let name = line.strip_prefix(".SH ")?.trim_matches('"').to_lowercase();
        words::text(&format!("usage-man-{name}"), lang).map(|name| format!(".SH {name}"))
    };
    let lines = text.lines().map(|line| heading(line).unwrap_or_else(|| line.to_string()));
    (lines.collect::<Vec<_>>().join("\n") + "\n").into_bytes()
}

fn write(pages: &[(String, Vec<u8>)], folder: &Path) -> Result<()> {
    pages.iter().try_for_each(|(name, page)| file::write(&folder.join(name), page))
}
