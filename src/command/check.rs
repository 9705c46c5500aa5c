//! `fonds check`: the whole build but for the writing, and what only a check looks for.

use std::collections::BTreeMap;

use anyhow::Result;

use super::build::{Ended, summary};
use super::recognised::filled;
use super::terminal::Terminal;
use super::{Exit, archive_of, fix, sarif};
use crate::archive::Drafts;
use crate::build::{Input, Order, Purpose, build};
use crate::check::external::{self, Reach};
use crate::cli::{CheckArgs, Common, Format};
use crate::diagnostic::messages::{Label, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::timing;

/// Checks.
///
/// # Errors
/// The machine refuses to read.
pub(crate) fn run(args: &CheckArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let Some(root) = archive_of(common, &terminal) else { return Ok(Exit::Usage) };
    let order = Order {
        input: Input::Archive(root.clone()),
        out: None,
        zip: None,
        purpose: Purpose::Look,
        base_url: None,
        drafts: Drafts::asked_for(args.drafts),
        progress: terminal.progress(),
    };
    let mut outcome = build(&order)?;
    if args.fix && fix::offer(&root, &outcome.report, args.yes, &terminal)? {
        outcome = build(&order)?;
    }
    if args.external {
        let reach = if args.private { Reach::Everywhere } else { Reach::Public };
        external::ask(&outcome.outward, reach, terminal.progress(), &mut outcome.report);
    }
    let report = &outcome.report;
    let denied = args.deny.is_some() && report.count(Severity::Warning) > 0;
    let exit = if report.has_errors() || denied { Exit::Faults } else { Exit::Done };
    if args.format == Format::Sarif {
        terminal.line(&sarif::log(report, terminal.lang()));
        return Ok(exit);
    }
    terminal.report(report);
    let shown = report.sorted().into_iter().filter(|fault| !common.quiet || fault.is_error());
    if let Some(table) = by_code(shown, &terminal) {
        terminal.aside(&table);
    }
    if args.timings {
        terminal.aside(&timing::table(&outcome.timings, terminal.lang()));
    }
    let sentence = terminal.say(&Summary::Checked {
        documents: outcome.documents,
        faults: terminal.count_faults(report),
        notes: report.count(Severity::Note),
    });
    let timings = args.timings.then_some(outcome.timings.as_slice());
    terminal.result(&sentence, &summary(Ended::Checked, &outcome, timings));
    Ok(exit)
}

/// How often each code was told, and where first; nothing where one look at the messages says as much.
fn by_code<'a>(faults: impl Iterator<Item = &'a Diagnostic>, terminal: &Terminal) -> Option<String> {
    let mut codes: BTreeMap<(Severity, &str), (usize, String)> = BTreeMap::new();
    for fault in faults {
        let place = fault.place.as_ref().map_or_else(String::new, |place| match place.line {
            0 => place.file.clone(),
            line => format!("{}:{line}:{}", place.file, place.column),
        });
        codes.entry((fault.severity, fault.code().name())).or_insert((0, place)).0 += 1;
    }
    if codes.values().map(|(count, _)| count).sum::<usize>() < 2 {
        return None;
    }
    let word = |severity| match severity {
        Severity::Error => terminal.say(&Label::Error),
        Severity::Warning => terminal.say(&Label::Warning),
        Severity::Note => terminal.say(&Label::Note),
    };
    let widest = codes.keys().map(|(_, code)| code.len()).max().unwrap_or_default();
    let rows = codes.iter().map(|((severity, code), (count, place))| {
        format!("{count:>6}  {}  {code:<widest$}  {place}\n", filled(&word(*severity), 7))
    });
    Some(rows.collect())
}
