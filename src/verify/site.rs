//! A site held against its manifest.json: in a folder, or on the web.
//!
//! On the web every file is fetched, by a few threads, as a reader's browser would fetch it, and no more of it than the manifest
//! says. Answers come from one host alone: a manifest names paths below the site, and a redirection to another host is no answer.
//! What lies there besides cannot be seen from outside.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use ureq::Agent;
use url::Url;

use super::digest::{Algorithm, digests};
use super::listed::{Listed, Looked, Place, Present, changed, compare};
use crate::archive::address;
use crate::bag::leaves;
use crate::diagnostic::cause::{Cause, Failure, While};
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Doing, FixityMessage, Silence, Task, WebMessage};
use crate::diagnostic::said::Said;
use crate::diagnostic::{Diagnostic, Report};
use crate::fixity::hex_text;
use crate::folder::Folder;
use crate::output::manifest::{self, ManifestEntry};
use crate::progress::Progress;

/// Requests at once.
const REQUESTS: usize = 6;

/// Redirections that are followed.
const HOPS: usize = 5;

/// How long a server may take to begin its answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a file may take.
const LONGEST: Duration = Duration::from_secs(3_600);

/// Bytes of a manifest: two million files.
const LARGEST: u64 = 256 << 20;

/// Files without an answer, one after the other; then the server is gone, and the others need not be asked for.
const MOST_SILENT: usize = 12;

/// The name under which the program asks.
const NAME: &str = concat!("fonds/", env!("CARGO_PKG_VERSION"), " (verifies a site)");

/// Verifies a site's folder; `None` where fonds built none there.
pub(super) fn in_folder(folder: &Folder, progress: Option<Lang>) -> Option<Looked> {
    let entries = folder.read(manifest::NAME).ok().and_then(|text| manifest::parse(&text))?;
    let mut report = Report::new();
    let place = Place { prefix: "", list: manifest::NAME, progress };
    let listed = listed(&entries, &place, &mut report);
    let mut present = Present::in_folder(folder, &place, &mut report);
    present.files.remove(manifest::NAME);
    let mut looked = compare(folder, &listed, &present, &place, true);
    looked.report.merge(report);
    Some(looked)
}

fn listed(entries: &[ManifestEntry], place: &Place<'_>, report: &mut Report) -> Vec<Listed> {
    let mut listed = Vec::with_capacity(entries.len());
    for entry in entries {
        if leaves(&entry.path) {
            let path = entry.path.to_string();
            report.push(place.error(manifest::NAME, FixityMessage::PathLeaves { path }));
            continue;
        }
        let digests = vec![(Algorithm::Sha256, hex_text(&entry.sha256))];
        listed.push(Listed { path: entry.path.to_string(), bytes: Some(entry.bytes), digests, address: None });
    }
    listed
}

/// Verifies a published site; `None` where no manifest of fonds is.
///
/// # Errors
/// The server does not answer.
pub(super) fn on_the_web(typed: &Url, progress: Option<Lang>) -> Result<Option<Looked>> {
    let base = base(typed);
    let asker = Asker::new();
    let asking = || Doing::Reading { path: format!("{base}{}", manifest::NAME) };
    let entries = match asker.open(&format!("{base}{}", manifest::NAME)) {
        Ok(body) => {
            let mut text = Vec::new();
            body.take(LARGEST).read_to_end(&mut text).while_doing(asking)?;
            manifest::parse(&text)
        }
        Err(Unanswered::Status(_)) => return Ok(None),
        Err(Unanswered::Silent(error)) => return Err(error).while_doing(asking),
    };
    let Some(entries) = entries else { return Ok(None) };
    let mut report = Report::new();
    let place = Place { prefix: "", list: manifest::NAME, progress };
    let listed = listed(&entries, &place, &mut report);
    // Of a large site the list is all that stays in memory; files pass through.
    drop(entries);
    let mut looked = fetch_all(&asker, &base, &listed, &place)?;
    looked.report.merge(report);
    Ok(Some(looked))
}

/// The address of the site's folder, however its page was typed.
fn base(typed: &Url) -> String {
    let mut base = typed.clone();
    base.set_query(None);
    base.set_fragment(None);
    let path = base.path().to_string();
    let (folder, last) = path.rsplit_once('/').unwrap_or(("", &path));
    let is_page = last.contains('.') || last.is_empty();
    base.set_path(&if is_page { format!("{folder}/") } else { format!("{path}/") });
    base.into()
}

fn fetch_all(asker: &Asker, base: &str, listed: &[Listed], place: &Place<'_>) -> Result<Looked> {
    let queue: Mutex<VecDeque<&Listed>> = Mutex::new(listed.iter().collect());
    let looked = Mutex::new(Looked::default());
    let silent = AtomicUsize::new(0);
    let progress = Progress::new(Task::Verifying, listed.len(), place.progress);
    std::thread::scope(|scope| {
        for _ in 0..REQUESTS {
            scope.spawn(|| {
                while silent.load(Ordering::Relaxed) < MOST_SILENT {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                    let Some(file) = next else { return };
                    let (found, is_silent) = fetch(asker, base, file, place);
                    match is_silent {
                        true => silent.fetch_add(1, Ordering::Relaxed),
                        false => silent.swap(0, Ordering::Relaxed),
                    };
                    looked.lock().unwrap_or_else(PoisonError::into_inner).merge(found);
                    progress.step();
                }
            });
        }
    });
    progress.finish();
    if silent.into_inner() >= MOST_SILENT {
        return Err(Failure::alone(Doing::Reading { path: base.to_string() }));
    }
    let mut looked = looked.into_inner().unwrap_or_else(PoisonError::into_inner);
    looked.algorithms.insert(Algorithm::Sha256);
    Ok(looked)
}

/// Fetches one file. Tells too whether the server was silent.
fn fetch(asker: &Asker, base: &str, file: &Listed, place: &Place<'_>) -> (Looked, bool) {
    let mut looked = Looked { files: 1, ..Looked::default() };
    let most = file.bytes.unwrap_or(0).saturating_add(1);
    let answer = asker.open(&address::absolute(base, &file.path)).and_then(|body| {
        digests(body.take(most), &[Algorithm::Sha256]).map_err(|error| Unanswered::Silent(error.into()))
    });
    let at = |message: WebMessage| Diagnostic::error(message).in_file(place.of(&file.path));
    match answer {
        Ok((bytes, found)) => {
            looked.bytes = bytes;
            if let Some(message) = changed(file, bytes, &found) {
                looked.report.push(place.error(&file.path, message));
            }
        }
        Err(Unanswered::Status(404 | 410)) => looked.report.push(place.error(&file.path, FixityMessage::FileMissing)),
        Err(Unanswered::Status(status)) => {
            looked.report.push(at(WebMessage::RefusedAddress { status: usize::from(status) }));
        }
        Err(Unanswered::Silent(error)) => {
            let why = Said(Silence::Other { text: Cause::from(&error).say(Lang::English) });
            looked.report.push(at(WebMessage::SilentAddress { why }));
            return (looked, true);
        }
    }
    (looked, false)
}

/// Why there is no file.
enum Unanswered {
    Status(u16),
    Silent(anyhow::Error),
}

struct Asker {
    agent: Agent,
}

impl Asker {
    fn new() -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .timeout_recv_body(Some(LONGEST))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(NAME)
            .build();
        Self { agent: config.into() }
    }

    /// The bytes at an address. Hosts that hide `index.html` lead on within themselves, which is followed.
    fn open(&self, address: &str) -> Result<impl Read + use<>, Unanswered> {
        let silent = |error: anyhow::Error| Unanswered::Silent(error);
        let mut url = Url::parse(address).map_err(|error| silent(error.into()))?;
        for _ in 0..=HOPS {
            let answer = self.agent.get(url.as_str()).call().map_err(|error| silent(io_of(error)))?;
            let status = answer.status().as_u16();
            if status == 200 {
                return Ok(answer.into_body().into_reader());
            }
            let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_string);
            let next = to.filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)).and_then(|to| url.join(&to).ok());
            match next.filter(|next| next.host_str() == url.host_str() && next.scheme().starts_with("http")) {
                Some(next) => url = next,
                None => return Err(Unanswered::Status(status)),
            }
        }
        Err(Unanswered::Status(310))
    }
}

/// The system's own fault behind one of the client, which is told in the reader's language.
fn io_of(error: ureq::Error) -> anyhow::Error {
    match error {
        ureq::Error::Io(error) => error.into(),
        ureq::Error::ConnectionFailed => io::Error::from(io::ErrorKind::ConnectionRefused).into(),
        ureq::Error::Timeout(_) => io::Error::from(io::ErrorKind::TimedOut).into(),
        error => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_site_is_known_by_any_of_its_pages() {
        for (typed, folder) in [
            ("https://a.example", "https://a.example/"),
            ("https://a.example/archive", "https://a.example/archive/"),
            ("https://a.example/archive/index.html?x#y", "https://a.example/archive/"),
            ("https://a.example/archive/manifest.json", "https://a.example/archive/"),
        ] {
            assert_eq!(base(&Url::parse(typed).expect("an address")), folder);
        }
    }
}
