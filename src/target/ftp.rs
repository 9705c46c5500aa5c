//! FTP (RFC 959), and FTP over TLS (RFC 4217), which an address that begins with `ftps` asks for.
//!
//! Plain FTP sends the password so that everybody on the way can read it; many small hosts have nothing else. OpenDAL's FTP was
//! not taken: it appends to the file in its place, so a line that breaks leaves half a page, and one that is tried again a page
//! twice.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use suppaftp::list::{File as Line, ListParser};
use suppaftp::types::{FileType, Response};
use suppaftp::{FtpError, RustlsConnector, RustlsFtpStream, Status};
use url::Url;

use super::secret::{Secret, Secrets};
use super::store::{Head, Listed, Stop, Store, aside, folders_above, is_full, part, refused};
use crate::diagnostic::messages::Refusal;
use crate::site::target::Target;

/// How long the host may say nothing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Letters of a host's answer that are passed on.
const MOST_SAID: usize = 200;

/// The target.
pub(super) struct Ftp {
    line: RustlsFtpStream,
    root: String,
    part: String,
    aside: String,
}

impl Ftp {
    /// The connection with a number.
    pub(super) fn open(target: &Target, secrets: &Secrets, number: usize) -> Result<Self, Stop> {
        let url = Url::parse(&target.address).map_err(|error| refused(Refusal::Unknown, error.to_string()))?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_string();
        let mut line = RustlsFtpStream::connect_with_stream(connect((host.as_str(), url.port().unwrap_or(21)))?)
            .map_err(stop)?
            .passive_stream_builder(|address: SocketAddr| connect(address).map_err(FtpError::ConnectionError));
        // What a server behind a router says of its own address is of no use; that of the connection is.
        line.set_passive_nat_workaround(true);
        if url.scheme() == "ftps" {
            line = line.into_secure(connector(), &host).map_err(stop)?;
        }
        if !target.user.is_empty() {
            let password = secrets.password.as_ref().map(Secret::text).unwrap_or_default();
            line.login(target.user.as_str(), password).map_err(stop)?;
        } else {
            line.login("anonymous", "anonymous@").map_err(stop)?;
        }
        line.transfer_type(FileType::Binary).map_err(stop)?;
        // A server that does not know it has either no other letters or these.
        let _ = line.opts("UTF8", Some("ON"));
        let root = match target.path.trim_end_matches('/') {
            "" => String::new(),
            root => format!("{root}/"),
        };
        Ok(Self { line, root, part: part(number), aside: aside(number) })
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    fn make_folders(&mut self, path: &str) {
        let path = self.at(path);
        for folder in folders_above(&path).filter(|folder| !folder.is_empty()) {
            // It may be there; where it is not and cannot be made, what comes next says so.
            let _ = self.line.mkdir(folder);
        }
    }

    fn send(&mut self, from: &mut dyn Read) -> Result<(), Stop> {
        let mut from = from;
        let mut stream = match self.line.put_with_stream(self.at(&self.part)) {
            Err(FtpError::UnexpectedResponse(response)) if is_refused(&response) => {
                self.make_folders(&self.part.clone());
                self.line.put_with_stream(self.at(&self.part))
            }
            stream => stream,
        }
        .map_err(stop)?;
        let copied = io::copy(&mut from, &mut stream);
        // The host says better than the line why it ended.
        let finished = stream.finish();
        finished.map_err(stop)?;
        copied?;
        Ok(())
    }
}

/// Connects, with an end to all waiting.
fn connect(address: impl ToSocketAddrs) -> io::Result<TcpStream> {
    let mut failed = io::Error::from(io::ErrorKind::NotFound);
    for address in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => {
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// The same certificates as elsewhere.
fn connector() -> RustlsConnector {
    let roots = suppaftp::rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let config = suppaftp::rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    RustlsConnector::from(Arc::new(config))
}

impl Store for Ftp {
    fn read(&mut self, path: &str, to: &mut dyn Write) -> Result<bool, Stop> {
        let mut stream = match self.line.retr_as_stream(self.at(path)) {
            Err(FtpError::UnexpectedResponse(response)) if response.status == Status::FileUnavailable => {
                return Ok(false);
            }
            stream => stream.map_err(stop)?,
        };
        let copied = io::copy(&mut stream, to);
        stream.finish().map_err(stop)?;
        copied?;
        Ok(true)
    }

    fn write(&mut self, path: &str, from: &mut dyn Read, _: u64, _: &Head) -> Result<(), Stop> {
        self.send(from)?;
        let (part, place, aside) = (self.at(&self.part), self.at(path), self.at(&self.aside));
        if self.line.rename(part.as_str(), place.as_str()).is_ok() {
            return Ok(());
        }
        self.make_folders(path);
        let again = self.line.rename(part.as_str(), place.as_str());
        if again.is_ok() {
            return Ok(());
        }
        // Some hosts replace nothing: the old file waits beside until the new one is there.
        let _ = self.line.rm(&aside);
        self.line.rename(place.as_str(), aside.as_str()).or(again).map_err(stop)?;
        self.line.rename(part, place).map_err(stop)?;
        self.line.rm(aside).map_err(stop)
    }

    fn remove(&mut self, path: &str) -> Result<(), Stop> {
        match self.line.rm(self.at(path)) {
            // It is not there, or may not be removed: that is seen by looking.
            Err(FtpError::UnexpectedResponse(response)) if response.status == Status::FileUnavailable => {
                match self.line.size(self.at(path)) {
                    Ok(_) => Err(stop(FtpError::UnexpectedResponse(response))),
                    Err(_) => Ok(()),
                }
            }
            removed => removed.map_err(stop),
        }
    }

    fn list(&mut self, folder: &str) -> Result<Vec<Listed>, Stop> {
        let path = match self.at(folder).trim_end_matches('/') {
            "" => ".".to_string(),
            path => path.to_string(),
        };
        let is_absent = |response: &Response| response.status == Status::FileUnavailable;
        let (lines, parse): (_, fn(&str) -> Option<Line>) = match self.line.mlsd(Some(&path)) {
            Ok(lines) => (lines, |line| ListParser::parse_mlsd(line).ok()),
            Err(FtpError::UnexpectedResponse(response)) if is_absent(&response) => return Ok(Vec::new()),
            Err(FtpError::UnexpectedResponse(_)) => match self.line.list(Some(&path)) {
                Err(FtpError::UnexpectedResponse(response)) if is_absent(&response) => return Ok(Vec::new()),
                lines => (lines.map_err(stop)?, |line| {
                    ListParser::parse_posix(line).or_else(|_| ListParser::parse_dos(line)).ok()
                }),
            },
            Err(error) => return Err(stop(error)),
        };
        let files = lines.iter().filter_map(|line| parse(line));
        let listed = files.map(|file| Listed { name: file.name().to_string(), is_folder: file.is_directory() });
        Ok(listed.filter(|listed| !matches!(listed.name.as_str(), "." | "..")).collect())
    }

    fn remove_empty(&mut self, folder: &str) {
        // A host refuses where something is in it.
        let _ = self.line.rmdir(self.at(folder));
    }
}

fn is_refused(response: &Response) -> bool {
    matches!(response.status, Status::FileUnavailable | Status::BadFilename)
}

fn stop(error: FtpError) -> Stop {
    match error {
        FtpError::ConnectionError(error) => error.into(),
        FtpError::SecureError(said) => refused(Refusal::BadCertificate, said),
        FtpError::UnexpectedResponse(response) => {
            let text = String::from_utf8_lossy(&response.body);
            let said: String = text.trim().chars().take(MOST_SAID).collect();
            let code = response.status.code();
            match code {
                _ if is_full(&said) => refused(Refusal::DiskFull, said),
                452 | 552 => refused(Refusal::DiskFull, said),
                530 | 430 | 332 => refused(Refusal::NotAccepted, said),
                421 | 450 | 451 => refused(Refusal::Busy, said),
                425 | 426 => refused(Refusal::BreaksOff, said),
                550 | 553 => refused(Refusal::NotPermitted, said),
                _ => refused(Refusal::Unknown, said),
            }
        }
        FtpError::BadResponse => refused(Refusal::BreaksOff, ""),
        error => refused(Refusal::Unknown, error.to_string()),
    }
}
