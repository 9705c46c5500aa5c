//! Parse, run, report, exit code.

use std::process::ExitCode;

use clap::Parser;
use fonds::cli::Cli;
use fonds::command::{self, Exit, language};

/// Workers allocate and free a page's worth at a time; this allocator keeps them out of each other's way.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let lang = language::choose(std::env::args_os());
    let mut cli = Cli::parse();
    cli.common.lang = Some(lang);
    let exit = command::run(cli).unwrap_or_else(|error| {
        command::failed(&error, lang);
        Exit::Machine
    });
    ExitCode::from(exit as u8)
}
