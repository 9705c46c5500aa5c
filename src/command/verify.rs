//! `fonds verify`: whether files are still what they were, as a report that can be kept.
//!
//! The report is the result, so all of it goes to stdout. Its last line is the SHA-256 of the lines before it: whoever files a report
//! can tell later that nobody changed it (`head -n -1 report | sha256sum`).

use anyhow::Result;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Exit;
use super::terminal::Terminal;
use crate::cli::{Common, VerifyArgs};
use crate::diagnostic::messages::{FixityMessage, Summary as Said, Verifiable};
use crate::diagnostic::said::Said as Within;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file;
use crate::fixity::hex_text;
use crate::verify::{Verified, verify};

/// The last line but one of `--format json`.
#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    what: Verifiable,
    path: &'a str,
    files: usize,
    bytes: u64,
    algorithms: &'a [&'static str],
    errors: usize,
    warnings: usize,
    whole: bool,
}

/// The last line of `--format json`.
#[derive(Serialize)]
struct Signed<'a> {
    report_sha256: &'a str,
}

/// Lines that are printed and digested.
struct Lines<'a> {
    terminal: &'a Terminal,
    digest: Sha256,
}

impl Lines<'_> {
    /// Prints a line or a few. `shown` is how they look where colours may be used.
    fn print(&mut self, plain: &str, shown: &str) {
        self.digest.update(plain.as_bytes());
        self.digest.update(b"\n");
        self.terminal.fact(shown);
    }
}

/// Verifies.
///
/// # Errors
/// The machine refuses to read, or no server answers.
pub(crate) fn run(args: &VerifyArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let Some(verified) = verify(&args.what, terminal.progress())? else {
        terminal.refusal(&Diagnostic::error(FixityMessage::NothingToVerify { path: args.what.clone() }));
        return Ok(Exit::Usage);
    };
    let mut lines = Lines { terminal: &terminal, digest: Sha256::new() };
    for finding in verified.report.sorted() {
        if !terminal.is_quiet() || finding.is_error() {
            let (plain, shown) = terminal.drawn(finding);
            lines.print(&plain, &shown);
        }
    }
    if !terminal.is_quiet() {
        let last = terminal.drawn_result(&sentence(args, &terminal, &verified), &summary(args, &verified));
        lines.print(&last, &last);
        let digest = hex_text(&lines.digest.finalize());
        let said = terminal.say(&Said::VerifiedDigest { digest: digest.clone() });
        terminal.fact(&terminal.drawn_result(&said, &Signed { report_sha256: &digest }));
    }
    Ok(if verified.report.has_errors() { Exit::Faults } else { Exit::Done })
}

fn sentence(args: &VerifyArgs, terminal: &Terminal, verified: &Verified) -> String {
    terminal.say(&Said::Verified {
        what: Within(verified.what),
        path: args.what.clone(),
        files: verified.files,
        size: file::size_in_words(verified.bytes),
        algorithms: verified.algorithms.join(", "),
        faults: terminal.count_faults(&verified.report),
    })
}

fn summary<'a>(args: &'a VerifyArgs, verified: &'a Verified) -> Summary<'a> {
    Summary {
        summary: "verify",
        what: verified.what,
        path: &args.what,
        files: verified.files,
        bytes: verified.bytes,
        algorithms: &verified.algorithms,
        errors: verified.report.count(Severity::Error),
        warnings: verified.report.count(Severity::Warning),
        whole: !verified.report.has_errors(),
    }
}
