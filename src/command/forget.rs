//! `fonds forget`: takes back an address that was published.

use anyhow::Result;
use serde::Serialize;

use super::terminal::Terminal;
use super::{Exit, archive_of};
use crate::archive::ids::{self, Ids};
use crate::archive::reserved::INDEX;
use crate::archive::{Archive, Drafts, day};
use crate::build::{Input, read_archive};
use crate::change::{Change, Lock};
use crate::cli::{Common, ForgetArgs};
use crate::diagnostic::messages::{CommandMessage, Summary as Said};
use crate::diagnostic::{Diagnostic, Report};
use crate::record::fields::nearest;

/// The last line of `--format json`.
#[derive(Serialize)]
struct Summary<'a> {
    summary: &'static str,
    address: &'a str,
    section: Option<&'a str>,
}

/// Takes an address back.
///
/// # Errors
/// The machine refuses to read or write.
pub(crate) fn run(args: &ForgetArgs, common: &Common) -> Result<Exit> {
    let terminal = Terminal::new(common);
    let Some(root) = archive_of(common, &terminal) else { return Ok(Exit::Usage) };
    let lock = Lock::take(&root, "forget", &|holder| terminal.waits_for(holder))?;
    let mut report = Report::new();
    let (archive, _) = read_archive(&Input::Archive(root.clone()), None, Drafts::LeftOut, &mut report);
    let ids = Ids::read(&root, &mut report);
    // What cannot be read may well be what answers there.
    if report.has_errors() {
        terminal.report(&report);
        return Ok(Exit::Faults);
    }
    let (address, section) = parts(&args.address, archive.site.base_url.as_deref());
    let after = match after(&archive, &ids, &address, section, &args.because) {
        Ok(after) => after,
        Err(message) => {
            terminal.refusal(&Diagnostic::error(message));
            return Ok(Exit::Usage);
        }
    };
    let mut change = Change::begin(&lock);
    change.put(ids::FILE, after.text().as_bytes())?;
    change.commit()?;
    let said = Said::Forgotten { address: shown(&address, section) };
    terminal.result(&terminal.say(&said), &Summary { summary: "forget", address: &address, section });
    Ok(Exit::Done)
}

/// The ledger without the address.
fn after(
    archive: &Archive,
    ids: &Ids,
    address: &str,
    section: Option<&str>,
    because: &str,
) -> Result<Ids, CommandMessage> {
    let live = archive.documents.iter().find(|entry| entry.directory == address).map(|entry| entry.source.path.clone());
    let former = archive.former.get(address).map(|former| archive.documents[former.document].source.path.clone());
    if let Some(path) = live.or(former).filter(|_| section.is_none()) {
        return Err(CommandMessage::StillAnswers { address: shown(address, section), path });
    }
    ids.forget(address, section, day::today(), because).ok_or_else(|| {
        let known: Vec<&str> = ids.lines().map(|(address, _)| address).collect();
        let near = nearest(address, &known).filter(|near| *near != address).map(str::to_string);
        CommandMessage::NeverPublished { address: shown(address, section), near }
    })
}

/// The folder and the section that an address names, however it is written: with or without the site's own address, the
/// name of the page, or slashes.
fn parts<'a>(typed: &'a str, base: Option<&str>) -> (String, Option<&'a str>) {
    let inside = base.and_then(|base| typed.strip_prefix(base)).unwrap_or(typed);
    let (path, section) = match inside.split_once('#') {
        Some((path, section)) => (path, Some(section)),
        None => (inside, None),
    };
    let path = path.trim_matches('/');
    match path.rsplit_once('/') {
        Some((folder, page)) if page.ends_with(".html") => {
            let page = page.trim_end_matches(".html");
            (folder.to_string(), section.or_else(|| Some(page).filter(|page| *page != INDEX)))
        }
        _ => (path.to_string(), section),
    }
}

fn shown(address: &str, section: Option<&str>) -> String {
    match section {
        Some(section) => format!("{address}/#{section}"),
        None => format!("{address}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_however_it_is_written() {
        let base = Some("https://a.example/库/");
        for (typed, folder, section) in [
            ("laws/old", "laws/old", None),
            ("/laws/old/", "laws/old", None),
            ("laws/old/index.html", "laws/old", None),
            ("https://a.example/库/laws/old/", "laws/old", None),
            ("laws/old/s2.html", "laws/old", Some("s2")),
            ("laws/old/s2.html#s2-1", "laws/old", Some("s2-1")),
            ("laws/old#s2", "laws/old", Some("s2")),
        ] {
            assert_eq!(parts(typed, base), (folder.to_string(), section), "{typed}");
        }
    }
}
