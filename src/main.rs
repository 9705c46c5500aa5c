//! Parse, run, report, exit code.

use std::process::ExitCode;

use clap::FromArgMatches;
use fonds::cli::Cli;
use fonds::command::{self, help, language};

/// Workers allocate and free a page's worth at a time; this allocator keeps them out of each other's way.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let lang = language::choose(std::env::args_os());
    let parsed = help::command(lang).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let exit = match parsed {
        Err(error) => help::told(&error, lang),
        Ok(mut cli) => {
            cli.common.lang = Some(lang);
            command::run(cli).unwrap_or_else(|error| command::failed(&error, lang))
        }
    };
    ExitCode::from(exit as u8)
}
