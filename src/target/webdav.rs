//! WebDAV (RFC 4918): cloud drives such as Nextcloud, IIS, Apache and Nginx with their modules, many network storages.
//!
//! A file is put under another name and then moved over the old one, so that nobody gets half of it. Names and passwords are
//! sent as Basic (RFC 7617), which every server takes; so the address should begin with `https`.

use std::io::{Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use quick_xml::Reader;
use quick_xml::events::Event;
use ureq::http::{Method, Request, Response};
use ureq::{Agent, AsSendBody, Body, SendBody};

use super::http::{agent, from_reader, patience, silence};
use super::secret::{Secret, Secrets};
use super::store::{Head, Listed, Stop, Store, folders_above, part, refused};
use crate::diagnostic::messages::Refusal;
use crate::site::target::Target;

/// Bytes of a list of names that are read.
const LONGEST_LIST: u64 = 256 << 20;

const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

const NAMES: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
                     <propfind xmlns=\"DAV:\"><prop><resourcetype/></prop></propfind>";

/// The target.
pub(super) struct Dav {
    agent: Agent,
    /// The folder's address, ending in `/`.
    base: String,
    /// The part of it that may have to be made.
    root: String,
    server: String,
    authorization: Option<String>,
    part: String,
    /// Whether the folder is there.
    is_ready: bool,
}

impl Dav {
    /// The connection with a number.
    pub(super) fn open(target: &Target, secrets: &Secrets, number: usize) -> Self {
        let server = target.address.trim_end_matches('/').to_string();
        let root = target.path.trim_matches('/').to_string();
        let folder = if root.is_empty() { String::new() } else { format!("{}/", escaped(&root)) };
        let password = secrets.password.as_ref().map(Secret::text).unwrap_or_default();
        let authorization = (!target.user.is_empty())
            .then(|| format!("Basic {}", STANDARD.encode(format!("{}:{password}", target.user))));
        Self {
            agent: agent(),
            base: format!("{server}/{folder}"),
            root,
            server,
            authorization,
            part: part(number),
            is_ready: false,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{}", self.base, escaped(path))
    }

    fn request(&self, method: &str, url: &str) -> Result<ureq::http::request::Builder, Stop> {
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| refused(Refusal::Unknown, method))?;
        let request = Request::builder().method(method).uri(url);
        Ok(match &self.authorization {
            Some(authorization) => request.header("authorization", authorization),
            None => request,
        })
    }

    fn ask(&self, request: Request<impl AsSendBody>, bytes: u64) -> Result<Response<Body>, Stop> {
        let time = Some(patience(bytes));
        let request = self.agent.configure_request(request).allow_non_standard_methods(true);
        self.agent.run(request.timeout_send_body(time).timeout_recv_response(time).build()).map_err(silence)
    }

    /// A request without a body; its status.
    fn status(&self, method: &str, url: &str, headers: &[(&str, &str)]) -> Result<u16, Stop> {
        let request =
            headers.iter().fold(self.request(method, url)?, |request, (name, value)| request.header(*name, *value));
        let request = request.body(()).map_err(|error| refused(Refusal::Unknown, error.to_string()))?;
        Ok(self.ask(request, 0)?.status().as_u16())
    }

    fn put(&self, path: &str, from: &mut dyn Read, length: u64, head: &Head) -> Result<u16, Stop> {
        let mut from = from;
        let request = self
            .request("PUT", &self.url(path))?
            .header("content-type", &head.media_type)
            .header("content-length", length.to_string())
            .body(SendBody::from_reader(&mut from))
            .map_err(|error| refused(Refusal::Unknown, error.to_string()))?;
        Ok(self.ask(request, length)?.status().as_u16())
    }

    /// Makes the folders above a path, and the target's own.
    fn make_folders(&self, path: &str) -> Result<(), Stop> {
        let root = folders_above(&self.root).chain(Some(self.root.as_str()).filter(|root| !root.is_empty()));
        let own = root.map(|folder| format!("{}/{}/", self.server, escaped(folder)));
        for url in own.chain(folders_above(path).map(|folder| format!("{}/", self.url(folder)))) {
            // It is new, or was there, or is above what a server lets anybody see, or another connection makes it just now.
            let status = self.status("MKCOL", &url, &[])?;
            if matches!(status, 401 | 507) {
                return Err(told(status));
            }
        }
        Ok(())
    }
}

impl Store for Dav {
    fn read(&mut self, path: &str, to: &mut dyn Write) -> Result<bool, Stop> {
        let request = self.request("GET", &self.url(path))?.body(());
        let answer = self.ask(request.map_err(|error| refused(Refusal::Unknown, error.to_string()))?, 0)?;
        match answer.status().as_u16() {
            200 => {
                let mut body = answer.into_body().into_with_config().limit(u64::MAX).reader();
                std::io::copy(&mut body, to).map_err(from_reader)?;
                Ok(true)
            }
            404 | 409 | 410 => Ok(false),
            status => Err(told(status)),
        }
    }

    fn write(&mut self, path: &str, from: &mut dyn Read, length: u64, head: &Head) -> Result<(), Stop> {
        if !self.is_ready {
            self.make_folders("")?;
            self.is_ready = true;
        }
        match self.put(&self.part, from, length, head)? {
            200..300 => {}
            status => return Err(told(status)),
        }
        let (from, to) = (self.url(&self.part), self.url(path));
        let headers = [("destination", to.as_str()), ("overwrite", "T")];
        match self.status("MOVE", &from, &headers)? {
            200..300 => return Ok(()),
            404 | 409 | 500 => self.make_folders(path)?,
            status => return Err(told(status)),
        }
        match self.status("MOVE", &from, &headers)? {
            200..300 => Ok(()),
            status => Err(told(status)),
        }
    }

    fn remove(&mut self, path: &str) -> Result<(), Stop> {
        match self.status("DELETE", &self.url(path), &[])? {
            200..300 | 404 | 409 | 410 => Ok(()),
            status => Err(told(status)),
        }
    }

    fn list(&mut self, folder: &str) -> Result<Vec<Listed>, Stop> {
        let url = if folder.is_empty() { self.base.clone() } else { format!("{}/", self.url(folder)) };
        let request = self.request("PROPFIND", &url)?.header("depth", "1").header("content-type", "application/xml");
        let request = request.body(NAMES).map_err(|error| refused(Refusal::Unknown, error.to_string()))?;
        let answer = self.ask(request, 0)?;
        match answer.status().as_u16() {
            207 => {}
            404 | 409 => return Ok(Vec::new()),
            status => return Err(told(status)),
        }
        let mut text = String::new();
        let body = answer.into_body().into_with_config().limit(LONGEST_LIST).reader().read_to_string(&mut text);
        body.map_err(from_reader)?;
        listed(&text, &url).ok_or_else(|| refused(Refusal::Unknown, "PROPFIND"))
    }
}

fn escaped(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// The names in a list that a server gave of the folder at an address.
fn listed(text: &str, url: &str) -> Option<Vec<Listed>> {
    let path_of = |address: &str| {
        let path = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        percent_decode_str(path).decode_utf8_lossy().trim_end_matches('/').to_string()
    };
    let own = path_of(url);
    let mut reader = Reader::from_str(text);
    let (mut all, mut href, mut is_folder, mut in_href) = (Vec::new(), String::new(), false, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "collection" => is_folder = true,
            Event::Start(tag) => match tag.local_name().as_ref() {
                "response" => (href, is_folder) = (String::new(), false),
                "href" if href.is_empty() => in_href = true,
                _ => {}
            },
            Event::Text(text) if in_href => href.push_str(&text),
            Event::GeneralRef(name) if in_href => match name.as_ref() {
                "amp" => href.push('&'),
                _ => href.push(name.resolve_char_ref().ok().flatten()?),
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "href" => in_href = false,
                "response" => {
                    let path = path_of(href.trim());
                    let name = path.rsplit('/').next().unwrap_or_default().to_string();
                    if path != own && !name.is_empty() {
                        all.push(Listed { name, is_folder });
                    }
                }
                _ => {}
            },
            Event::Eof => return Some(all),
            _ => {}
        }
    }
}

/// What a status means where it was not hoped for.
fn told(status: u16) -> Stop {
    let said = format!("HTTP {status}");
    match status {
        401 => refused(Refusal::NotAccepted, said),
        403 | 405 | 423 => refused(Refusal::NotPermitted, said),
        404 | 409 => refused(Refusal::NoBucket, said),
        413 | 507 => refused(Refusal::DiskFull, said),
        408 | 429 | 502 | 503 | 504 => refused(Refusal::Busy, said),
        _ => refused(Refusal::Unknown, said),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read() {
        let text = "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\">\
            <d:response><d:href>/dav/a%20b/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype>\
            </d:prop></d:propstat></d:response>\
            <d:response><d:href>http://h:1/dav/a%20b/x&amp;y.html</d:href></d:response>\
            <d:response><d:href>/dav/a%20b/%E6%B3%95/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/>\
            </d:resourcetype></d:prop></d:propstat></d:response></d:multistatus>";
        let names = listed(text, "http://h:1/dav/a%20b/").expect("a list");
        let name = |name: &str, is_folder| Listed { name: name.to_string(), is_folder };
        assert_eq!(names, [name("x&y.html", false), name("法", true)]);
        assert!(listed("<a", "/").is_none());
    }
}
