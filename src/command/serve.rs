//! `fonds serve`: the archive as a site that follows every edit.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde::Serialize;

use super::terminal::Terminal;
use super::{Exit, endless, find_archive};
use crate::archive::Drafts;
use crate::cli::{Common, ServeArgs};
use crate::diagnostic::messages::{CommandMessage, Summary, Told};
use crate::diagnostic::{Diagnostic, Report};
use crate::serve::{Notice, Server, Settings};

/// Files of one edit that are named.
const NAMED: usize = 3;

#[derive(Serialize)]
struct Ready<'a> {
    ready: &'a str,
    documents: usize,
    seconds: f64,
}

/// Serves until it is interrupted.
///
/// # Errors
/// The port is taken, or the machine refuses.
pub(crate) fn run(args: &ServeArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let started = Instant::now();
    let root = match find_archive(common, &terminal) {
        Ok(root) => root,
        Err(fault) => {
            terminal.diagnostic(&fault);
            return Ok(Exit::Usage);
        }
    };
    let settings = Settings {
        root: root.path().to_path_buf(),
        bind: args.bind,
        port: args.port,
        hosts: args.host.clone(),
        drafts: Drafts::asked_for(args.drafts),
        answers_harvesters: args.oai,
        lang: terminal.lang(),
    };
    let server = Server::start(&settings)?;
    if args.oai && !server.can_be_harvested() {
        terminal.refusal(&Diagnostic::error(CommandMessage::NotHarvestable));
        return Ok(Exit::Usage);
    }
    endless::end_there(common, server.clearing());
    let address = format!("http://{}/", server.address());
    let documents = server.documents();
    let faults = server.faults();
    terminal.report(&faults);
    let seconds = started.elapsed().as_secs_f64();
    let ready = Summary::Ready {
        address: address.clone(),
        documents,
        seconds: format!("{seconds:.2}"),
        faults: terminal.count_faults(&faults),
    };
    terminal.result(&terminal.say(&ready), &Ready { ready: &address, documents, seconds });
    if args.open
        && let Err(error) = open::that_detached(&address)
    {
        let message = CommandMessage::NoBrowser { cause: (&error).into(), address: address.clone() };
        terminal.diagnostic(&Diagnostic::warning(message));
    }
    server.run(move |notice| tell(&terminal, notice))?;
    Ok(Exit::Done)
}

fn tell(terminal: &Terminal, notice: Notice) {
    match notice {
        Notice::Changed(paths, took) => terminal.words(&terminal.say(&changed(&paths, took))),
        Notice::Watching(doubt) => terminal.diagnostic(&doubt),
        Notice::Faults(report) => tell_faults(terminal, &report),
    }
}

fn tell_faults(terminal: &Terminal, report: &Report) {
    terminal.report(report);
    let faults = terminal.count_faults(report);
    terminal.words(&faults.unwrap_or_else(|| terminal.say(&Summary::NothingWrong)));
}

/// “content/a.md  0.4 ms”
fn changed(paths: &[String], took: Duration) -> Told {
    Told::Changed {
        files: paths.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", "),
        more: paths.len().saturating_sub(NAMED),
        milliseconds: format!("{:.1}", took.as_secs_f64() * 1000.0),
    }
}
