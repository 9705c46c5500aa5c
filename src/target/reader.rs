//! What readers get, once a site is sent.
//!
//! That a file lies at the target as it was sent says nothing yet of what a browser is given: hosts guess types, offer pages for
//! download, put scripts into them, or have no page for what is not there. So a few addresses are asked for as a browser asks
//! for them: the home page, a document's page, the smallest file of every other kind, and one that is not there. All that
//! is found is told and changes nothing: the site was sent.
//!
//! The person named the address, so it may lie in a private network, which `fonds check --external` would not ask. A type is
//! told only where readers notice it: a page that is not one, a style that browsers pass over, a text whose encoding they
//! must guess. That a host has no name for BibTeX is not worth a word.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use flate2::read::GzDecoder;
use ureq::Agent;
use ureq::http::Response;
use url::Url;

use super::headers::media_type;
use super::http::{from_reader, silence};
use super::send::{Hashing, first_few};
use super::store::Stop;
use crate::diagnostic::cause::Cause;
use crate::diagnostic::messages::TargetMessage;
use crate::diagnostic::{Diagnostic, Report};
use crate::output::manifest::{self, ManifestEntry};
use crate::site::target::Target;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Bytes of a file above which another of its kind is asked for, or none, and of an answer above which it is not read on.
const LARGEST: u64 = 8 << 20;

/// A name that no site has.
const NOT_THERE: &str = "fonds-asks-for-what-is-not-there.html";

/// Asks for a few addresses and tells what is not as it was sent; nothing where nobody said where readers see the site.
pub(crate) fn ask_as_readers_do(target: &Target, site: &Path, sent: &[String], report: &mut Report) {
    let Some(base) = target.url.as_ref().and_then(|url| Url::parse(url).ok()) else { return };
    let entries = manifest::read(site).unwrap_or_default();
    let (agent, mut found) = (agent(), Found::default());
    let asked = asked(&entries, sent, &base).into_iter().try_for_each(|(address, entry)| {
        let answer = get(&agent, &address).map_err(|stop| Box::new((address.clone(), stop)))?;
        found.put(address.to_string(), entry, &answer);
        Ok(())
    });
    found.tell(report);
    let asked = asked.and_then(|()| {
        let address = below(&base, NOT_THERE);
        let answer = get(&agent, &address).map_err(|stop| Box::new((address, stop)))?;
        if let Some(fault) = absent(&answer, &entries) {
            report.push(fault);
        }
        Ok(())
    });
    if let Some((address, Stop::Refused(refused))) = asked.err().map(|stopped: Box<(Url, Stop)>| *stopped) {
        let why = Cause::from(&refused as &(dyn std::error::Error + 'static));
        let (address, target) = (address.to_string(), target.name.clone());
        report.push(Diagnostic::warning(TargetMessage::ServedNothing { address, target, why }));
    }
}

/// The addresses that are asked for, with what stands there.
fn asked<'a>(entries: &'a [ManifestEntry], sent: &[String], base: &Url) -> Vec<(Url, &'a ManifestEntry)> {
    let entry = |path: &str| {
        let at = entries.binary_search_by(|entry| entry.path.as_ref().cmp(path)).ok()?;
        entries.get(at)
    };
    let is_sent = |entry: &ManifestEntry| sent.iter().any(|path| **path == *entry.path);
    let documents = || {
        let folders = entries.iter().filter_map(|entry| entry.path.strip_suffix("/full.html"));
        folders.filter_map(|folder| entry(&format!("{folder}/index.html")))
    };
    // A page that was just sent says more than one that a cache has known for a year.
    let document = documents().find(|entry| is_sent(entry)).or_else(|| documents().next());
    let mut kinds: BTreeMap<&str, &ManifestEntry> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.bytes <= LARGEST && &*entry.path != "robots.txt") {
        let Some((_, ending)) = entry.path.rsplit_once('.') else { continue };
        let kind = kinds.entry(ending).or_insert(entry);
        if entry.bytes < kind.bytes {
            *kind = entry;
        }
    }
    kinds.remove("html");
    let home = entry("index.html").map(|entry| (base.clone(), entry));
    let others = document.into_iter().chain(kinds.into_values());
    home.into_iter().chain(others.map(|entry| (below(base, &entry.path), entry))).collect()
}

fn below(base: &Url, path: &str) -> Url {
    let mut address = base.clone();
    if let Ok(mut segments) = address.path_segments_mut() {
        segments.pop_if_empty().extend(path.split('/'));
    }
    address
}

/// What a host answered.
struct Answer {
    status: u16,
    media_type: String,
    is_for_download: bool,
    sha256: [u8; 32],
}

fn agent() -> Agent {
    Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .user_agent(concat!("fonds/", env!("CARGO_PKG_VERSION"), " (looks at what was published)"))
        .build()
        .into()
}

fn get(agent: &Agent, address: &Url) -> Result<Answer, Stop> {
    let answer = agent.get(address.as_str()).header("accept-encoding", "gzip").call().map_err(silence)?;
    let header = |name: &str| header(&answer, name);
    let (media_type, disposition) = (header("content-type"), header("content-disposition"));
    let (status, is_packed) = (answer.status().as_u16(), header("content-encoding") == "gzip");
    let body = answer.into_body().into_with_config().limit(2 * LARGEST).reader();
    let body: Box<dyn Read> = if is_packed { Box::new(GzDecoder::new(body)) } else { Box::new(body) };
    let mut body = Hashing::new(body.take(2 * LARGEST));
    io::copy(&mut body, &mut io::sink()).map_err(from_reader)?;
    Ok(Answer { status, media_type, is_for_download: disposition.starts_with("attachment"), sha256: body.hash() })
}

fn header<T>(answer: &Response<T>, name: &str) -> String {
    let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim().to_ascii_lowercase()
}

/// What is not as it was sent, with the addresses where it is so.
#[derive(Default)]
struct Found {
    statuses: BTreeMap<u16, Vec<String>>,
    /// By the type that came and the one that was meant.
    types: BTreeMap<(String, &'static str), Vec<String>>,
    downloads: Vec<String>,
    bytes: Vec<String>,
}

impl Found {
    fn put(&mut self, address: String, entry: &ManifestEntry, answer: &Answer) {
        let meant = media_type(&entry.path);
        if answer.status != 200 {
            self.statuses.entry(answer.status).or_default().push(address);
            return;
        }
        if !is_understood(meant, &answer.media_type) {
            self.types.entry((answer.media_type.clone(), meant)).or_default().push(address.clone());
        }
        if answer.is_for_download && is_shown(meant) {
            self.downloads.push(address.clone());
        }
        if answer.sha256 != entry.sha256 {
            self.bytes.push(address);
        }
    }

    fn tell(self, report: &mut Report) {
        for (status, addresses) in self.statuses {
            let (status, addresses) = (usize::from(status), first_few(addresses));
            report.push(Diagnostic::warning(TargetMessage::ServedStatus { status, addresses }));
        }
        for ((found, meant), addresses) in self.types {
            let addresses = first_few(addresses);
            let found = Some(found).filter(|found| !found.is_empty());
            report.push(Diagnostic::warning(TargetMessage::ServedType { found, meant, addresses }));
        }
        if !self.downloads.is_empty() {
            let addresses = first_few(self.downloads);
            report.push(Diagnostic::warning(TargetMessage::ServedForDownload { addresses }));
        }
        if !self.bytes.is_empty() {
            let addresses = first_few(self.bytes);
            report.push(Diagnostic::warning(TargetMessage::ServedBytes { addresses }));
        }
    }
}

/// What is wrong with the answer for an address that is not there.
fn absent(answer: &Answer, entries: &[ManifestEntry]) -> Option<Diagnostic> {
    let own = entries.iter().find(|entry| &*entry.path == "404.html");
    match answer.status {
        404 | 410 if own.is_none_or(|own| own.sha256 == answer.sha256) => None,
        404 | 410 => Some(Diagnostic::note(TargetMessage::ServedOtherAbsent)),
        status => Some(Diagnostic::warning(TargetMessage::ServedAbsent { status: usize::from(status) })),
    }
}

/// Whether readers see the same with the type that came as with the one that was meant.
fn is_understood(meant: &str, found: &str) -> bool {
    let essence = |media_type: &str| media_type.split(';').next().unwrap_or_default().trim().to_string();
    let charset = found.split_once("charset=").map(|(_, charset)| {
        let end = charset.find(';').unwrap_or(charset.len());
        charset[..end].trim().trim_matches('"')
    });
    if meant.contains("charset") && charset.is_some_and(|charset| !matches!(charset, "utf-8" | "utf8")) {
        return false;
    }
    let (meant, found) = (essence(meant), essence(found));
    // Pages say their encoding themselves; a plain text cannot.
    if found == "text/plain" && charset.is_none() {
        return false;
    }
    match meant.as_str() {
        "text/javascript" => found.ends_with("/javascript") || found == "application/x-javascript",
        "text/html" | "text/css" | "text/plain" | "image/svg+xml" | "application/pdf" => found == meant,
        _ if meant.starts_with("image/") => found.starts_with("image/"),
        _ => found != "text/html",
    }
}

/// Whether browsers show what has this type.
fn is_shown(meant: &str) -> bool {
    meant.starts_with("text/html")
        || meant.starts_with("text/plain")
        || meant.starts_with("image/")
        || meant == "application/pdf"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_types_that_readers_notice_are_told() {
        for (path, found) in [
            ("a.html", "text/html"),
            ("a.html", "text/html; charset=\"utf-8\""),
            ("a.js", "application/javascript"),
            ("a.png", "image/x-png"),
            ("a.bib", "application/octet-stream"),
            ("a.xml", ""),
            ("a.md", "text/plain; charset=utf-8; format=flowed"),
        ] {
            assert!(is_understood(media_type(path), found), "{path} {found}");
        }
        for (path, found) in [
            ("a.html", "text/html; charset=gb2312"),
            ("a.html", "application/octet-stream"),
            ("a.html", ""),
            ("a.css", "text/plain; charset=utf-8"),
            ("a.txt", "text/plain"),
            ("a.md", "text/plain"),
            ("a.svg", "image/png"),
            ("a.epub", "text/html"),
        ] {
            assert!(!is_understood(media_type(path), found), "{path} {found}");
        }
    }
}
