//! Parse, run, report, exit code.

use std::process::ExitCode;

use clap::Parser;
use fonds::cli::Cli;
use fonds::command::{self, Exit};

/// Workers allocate and free a page's worth at a time; this allocator keeps them out of each other's way.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let exit = command::run(cli).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        Exit::Machine
    });
    ExitCode::from(exit as u8)
}
