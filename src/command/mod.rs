//! One file a command: what was typed becomes work, and work becomes an exit code.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod completions;
mod deliver;
pub(crate) mod deposit;
mod endless;
mod exit;
pub(crate) mod explain;
mod fix;
pub(crate) mod forget;
pub mod help;
pub(crate) mod import;
pub(crate) mod init;
pub mod language;
pub(crate) mod man;
pub(crate) mod mv;
mod nearest;
mod prose;
pub(crate) mod publish;
mod recognised;
pub(crate) mod record;
mod sarif;
pub(crate) mod serve;
pub(crate) mod terminal;
pub(crate) mod verify;
pub(crate) mod withdraw;

pub use self::exit::Exit;
use self::nearest::{archive_of, find_archive};
use crate::cli::{Cli, Command};
use crate::diagnostic::cause::Cause;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::Label;
use crate::diagnostic::words;
use crate::folder::fault;

/// Says why the machine failed.
pub fn failed(error: &anyhow::Error, lang: Lang) -> Exit {
    let colon = if lang.is_chinese() { "：" } else { ": " };
    eprintln!("{}{colon}{}", words::say(&Label::Error, lang), Cause::from(error).say(lang));
    Exit::Machine
}

/// Does what was typed.
///
/// # Errors
/// The machine refuses to read or write.
pub fn run(cli: Cli) -> anyhow::Result<Exit> {
    endless::end_there(&cli.common, || ());
    let done = match cli.command {
        Command::Init(args) => init::run(&args, &cli.common),
        Command::Build(args) => build::run(&args, &cli.common),
        Command::Publish(args) => publish::run(&args, &cli.common),
        Command::Forget(args) => forget::run(&args, &cli.common),
        Command::Withdraw(args) => withdraw::run(&args, &cli.common),
        Command::Deposit(args) => deposit::run(&args, &cli.common),
        Command::Verify(args) => verify::run(&args, &cli.common),
        Command::Import(args) => import::run(&args, &cli.common),
        Command::Serve(args) => serve::run(&args, &cli.common),
        Command::Mv(args) => mv::run(&args, &cli.common),
        Command::Check(args) => check::run(&args, &cli.common),
        Command::Record(args) => record::run(&args, &cli.common),
        Command::Explain(args) => explain::run(&args, &cli.common),
        Command::Man(args) => man::run(&args, &cli.common),
        Command::Completions { shell } => completions::run(shell),
    };
    fault::tell();
    // What nobody received was not done.
    match (done?, terminal::arrived()?) {
        (Exit::Done, false) => Ok(Exit::Machine),
        (exit, _) => Ok(exit),
    }
}
