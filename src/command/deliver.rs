//! The second half of `fonds publish NAME`: the site is built and its addresses are bound, and it is sent.

use std::path::Path;
#[cfg(feature = "targets")]
use std::time::Instant;

use anyhow::Result;
#[cfg(feature = "targets")]
use serde::Serialize;

use super::Exit;
#[cfg(feature = "targets")]
use super::build::{from_here, real, sources_in};
use super::terminal::Terminal;
#[cfg(feature = "targets")]
use crate::archive::ids::Ids;
use crate::build::{Bound, Outcome};
#[cfg(feature = "targets")]
use crate::diagnostic::Severity;
#[cfg(feature = "targets")]
use crate::diagnostic::messages::Summary as Said;
use crate::diagnostic::messages::TargetMessage;
use crate::diagnostic::{Diagnostic, Report};
#[cfg(feature = "targets")]
use crate::file;
use crate::folder::Folder;
use crate::record::fields::nearest;
use crate::site::Site;
#[cfg(feature = "targets")]
use crate::site::target::{Target, TargetKind};
#[cfg(feature = "targets")]
use crate::target::{Delivery, Secrets, Sent, send};

/// A target that was asked for.
pub(super) struct Wanted {
    #[cfg(feature = "targets")]
    target: Target,
    #[cfg(feature = "targets")]
    secrets: Secrets,
}

impl Wanted {
    /// The target of this name, with its secrets; none where site.toml is at fault, which the build tells.
    pub(super) fn find(root: &Folder, name: &str) -> Result<Option<Self>, (Diagnostic, Exit)> {
        let mut report = Report::new();
        let site = Site::read(root, &mut report);
        if report.has_errors() {
            return Ok(None);
        }
        let Some(target) = site.targets.iter().find(|target| target.name == name) else {
            let known: Vec<&str> = site.targets.iter().map(|target| target.name.as_str()).collect();
            let near = nearest(name, &known).map(str::to_string);
            let known = (!known.is_empty()).then(|| known.iter().map(|name| (*name).to_string()).collect());
            let message = TargetMessage::NoTarget { name: name.to_string(), near, known };
            return Err((Diagnostic::error(message), Exit::Usage));
        };
        #[cfg(feature = "targets")]
        {
            let secrets = Secrets::of(target).map_err(|fault| (fault, Exit::Faults))?;
            let wanted = Self { target: target.clone(), secrets };
            match wanted.misplaced(root) {
                Some(folder) => {
                    let message = TargetMessage::TargetInArchive { target: name.to_string(), folder };
                    Err((Diagnostic::error(message).in_file("site.toml"), Exit::Faults))
                }
                None => Ok(Some(wanted)),
            }
        }
        #[cfg(not(feature = "targets"))]
        {
            let message = TargetMessage::TargetsNotIncluded { name: target.name.clone() };
            Err((Diagnostic::error(message), Exit::Usage))
        }
    }

    /// The folder of the archive in which the target lies, or which lies in it.
    #[cfg(feature = "targets")]
    fn misplaced(&self, root: &Folder) -> Option<String> {
        if self.target.kind != TargetKind::Folder {
            return None;
        }
        let path = real(&root.path().join(&self.target.path));
        let public = real(&root.path().join("public"));
        let is_public = path.starts_with(&public) || public.starts_with(&path);
        sources_in(root.path(), &path).or_else(|| is_public.then(|| "public".to_string()))
    }
}

/// The last line of `--format json`.
#[cfg(feature = "targets")]
#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    errors: usize,
    warnings: usize,
    documents: usize,
    files: usize,
    bytes: u64,
    published: bool,
    edition: u32,
    day: &'a str,
    is_new: bool,
    target: &'a str,
    from: Option<u32>,
    sent: usize,
    sent_bytes: u64,
    removed: usize,
    goes_on: bool,
}

/// A file that is sent or removed, in a dry run.
#[cfg(feature = "targets")]
#[derive(Serialize)]
struct Step<'a> {
    action: &'static str,
    path: &'a str,
}

/// Sends the site.
///
/// # Errors
/// The machine or the host refuses.
#[cfg(feature = "targets")]
pub(super) fn run(
    wanted: &Wanted,
    terminal: &Terminal,
    root: &Folder,
    site: (&Path, &Bound),
    outcome: &mut Outcome,
    dry_run: bool,
) -> Result<Exit> {
    let (out, bound) = site;
    let started = Instant::now();
    let ids = Ids::read(root, &mut Report::new());
    let delivery = Delivery {
        site: out,
        archive: root,
        target: &wanted.target,
        secrets: &wanted.secrets,
        edition: &bound.edition,
        ids: &ids,
        dry_run,
        show: terminal.progress(),
    };
    let sent = send(&delivery, &mut outcome.report);
    terminal.report(&outcome.report);
    let sent = sent?;
    let failed = outcome.report.has_errors();
    if dry_run && !failed {
        list(terminal, &sent);
    }
    let faults = terminal.count_faults(&outcome.report);
    let sentence = if failed {
        let (target, edition) = (wanted.target.name.clone(), bound.edition.number.to_string());
        terminal.say(&Said::NothingSent { faults: faults.unwrap_or_default(), target, edition, dry_run })
    } else {
        terminal.say(&Said::Sent {
            edition: bound.edition.number.to_string(),
            day: bound.edition.day.clone(),
            is_new: bound.is_new,
            dry_run,
            goes_on: sent.goes_on,
            target: wanted.target.name.clone(),
            sent: sent.sent.len(),
            size: file::size_in_words(sent.bytes),
            removed: sent.removed.len(),
            files: outcome.files,
            seconds: format!("{:.2}", started.elapsed().as_secs_f64()),
            place: place(wanted),
            faults,
        })
    };
    terminal.result(&sentence, &summary(wanted, bound, outcome, &sent, dry_run));
    Ok(if failed { Exit::Faults } else { Exit::Done })
}

/// Where readers, or the person, find it.
#[cfg(feature = "targets")]
fn place(wanted: &Wanted) -> String {
    let target = &wanted.target;
    match (&target.url, target.kind) {
        (Some(url), _) => url.clone(),
        (None, TargetKind::Folder) => file::shown(&from_here(Path::new(&target.path))),
        (None, kind) if kind.is_bucket() => format!("{} {}", target.address, target.bucket),
        (None, _) => target.address.clone(),
    }
}

#[cfg(feature = "targets")]
fn list(terminal: &Terminal, sent: &Sent) {
    for path in &sent.removed {
        terminal.entry(&Step { action: "remove", path }, || format!("- {path}"));
    }
    for path in &sent.sent {
        terminal.entry(&Step { action: "send", path }, || format!("+ {path}"));
    }
}

#[cfg(feature = "targets")]
fn summary<'a>(wanted: &'a Wanted, bound: &'a Bound, outcome: &Outcome, sent: &Sent, dry_run: bool) -> Summary<'a> {
    Summary {
        summary: "publish",
        errors: outcome.report.count(Severity::Error),
        warnings: outcome.report.count(Severity::Warning),
        documents: outcome.documents,
        files: outcome.files,
        bytes: outcome.bytes,
        published: !dry_run && !outcome.report.has_errors(),
        edition: bound.edition.number,
        day: &bound.edition.day,
        is_new: bound.is_new,
        target: &wanted.target.name,
        from: sent.from,
        sent: sent.sent.len(),
        sent_bytes: sent.bytes,
        removed: sent.removed.len(),
        goes_on: sent.goes_on,
    }
}

/// There is nothing that sends.
///
/// # Errors
/// None.
#[cfg(not(feature = "targets"))]
pub(super) fn run(_: &Wanted, _: &Terminal, _: &Folder, _: (&Path, &Bound), _: &mut Outcome, _: bool) -> Result<Exit> {
    Ok(Exit::Usage)
}
