//! `fonds serve`: the archive as a site that follows every edit.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde::Serialize;

use super::terminal::{Terminal, count_faults, plural};
use super::{Exit, find_archive};
use crate::cli::{Common, ServeArgs};
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
pub fn run(args: &ServeArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let started = Instant::now();
    let root = match find_archive(common) {
        Ok(root) => root,
        Err(fault) => {
            terminal.diagnostic(&fault);
            return Ok(Exit::Usage);
        }
    };
    let settings = Settings { root, bind: args.bind, port: args.port, hosts: args.host.clone(), drafts: args.drafts };
    let server = Server::start(&settings)?;
    let address = format!("http://{}/", server.address());
    let documents = server.documents();
    let faults = server.faults();
    terminal.report(&faults);
    let seconds = started.elapsed().as_secs_f64();
    let counted = count_faults(&faults);
    let counted = if counted.is_empty() { counted } else { format!(", {counted}") };
    terminal.result(
        &format!(
            "{address}\n{} ready in {seconds:.2} s{counted}; a saved edit shows at once, Ctrl-C ends",
            plural(documents, "document")
        ),
        &Ready { ready: &address, documents, seconds },
    );
    if args.open
        && let Err(error) = open::that_detached(&address)
    {
        terminal.diagnostic(
            &Diagnostic::warning("no-browser", format!("no browser could be opened: {error}"))
                .help(format!("open {address} yourself")),
        );
    }
    server.run(move |notice| tell(&terminal, notice))?;
    Ok(Exit::Done)
}

fn tell(terminal: &Terminal, notice: Notice) {
    match notice {
        Notice::Changed(paths, took) => terminal.words(&changed(&paths, took)),
        Notice::Watching(doubt) => terminal.diagnostic(
            &Diagnostic::warning("no-watching", doubt)
                .help("on Linux, fs.inotify.max_user_watches says how many folders may be watched"),
        ),
        Notice::Faults(report) => tell_faults(terminal, &report),
    }
}

fn tell_faults(terminal: &Terminal, report: &Report) {
    terminal.report(report);
    let faults = count_faults(report);
    terminal.words(if faults.is_empty() { "nothing wrong" } else { &faults });
}

/// “content/a.md  0.4 ms”
fn changed(paths: &[String], took: Duration) -> String {
    let mut named: Vec<&str> = paths.iter().take(NAMED).map(String::as_str).collect();
    let more;
    if paths.len() > NAMED {
        more = format!("and {} more", paths.len() - NAMED);
        named.push(&more);
    }
    format!("{}  {:.1} ms", named.join(", "), took.as_secs_f64() * 1000.0)
}
