//! Requests of targets that speak HTTP, by ureq: with the same TLS and the same certificates as the program's other requests.

use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream;
use opendal_core::{Buffer, Error, ErrorKind, HttpBody, HttpTransport};
use ureq::http::{Method, Request, Response};
use ureq::{Agent, Body};

use super::store::{Stop, refused};
use crate::diagnostic::cause::Refused;
use crate::diagnostic::messages::Refusal;

/// How long a connection may take to come about, and an answer to begin.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes in a second below which a line counts as dead.
const SLOWEST: u64 = 4 << 10;

/// Bytes read at a time.
const CHUNK: usize = 1 << 16;

/// Asks for things, and takes every status for an answer.
pub(super) fn agent() -> Agent {
    Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_resolve(Some(PATIENCE))
        .http_status_as_error(false)
        .user_agent(concat!("fonds/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

/// How long so many bytes may take.
pub(super) fn patience(bytes: u64) -> Duration {
    PATIENCE + Duration::from_secs(bytes / SLOWEST)
}

/// Why no answer came.
pub(super) fn silence(error: ureq::Error) -> Stop {
    match error {
        ureq::Error::Io(error) => error.into(),
        ureq::Error::HostNotFound => refused(Refusal::HostNotFound, ""),
        ureq::Error::ConnectionFailed => refused(Refusal::Unanswered, ""),
        ureq::Error::Timeout(_) => refused(Refusal::TooSlow, ""),
        ureq::Error::Rustls(error) => refused(Refusal::BadCertificate, error.to_string()),
        ureq::Error::Tls(error) => refused(Refusal::BadCertificate, error),
        ureq::Error::Protocol(error) => refused(Refusal::BreaksOff, error.to_string()),
        error => refused(Refusal::Unknown, error.to_string()),
    }
}

/// Carries OpenDAL's requests.
pub(super) struct Carrier {
    agent: Agent,
}

impl Carrier {
    pub(super) fn new() -> Self {
        Self { agent: agent() }
    }

    fn ask(&self, request: Request<Buffer>) -> Result<Response<Body>, ureq::Error> {
        let (parts, body) = request.into_parts();
        let bytes = body.to_bytes();
        let time = patience(bytes.len() as u64);
        let has_body = !bytes.is_empty() || matches!(parts.method, Method::PUT | Method::POST);
        if has_body {
            let request = Request::from_parts(parts, bytes.as_ref());
            let request = self.agent.configure_request(request).timeout_send_body(Some(time));
            self.agent.run(request.timeout_recv_response(Some(time)).build())
        } else {
            let request = Request::from_parts(parts, ());
            self.agent.run(self.agent.configure_request(request).timeout_recv_response(Some(time)).build())
        }
    }
}

impl HttpTransport for Carrier {
    /// The thread waits here: each has its own connection and nothing else to do.
    async fn fetch(&self, request: Request<Buffer>) -> opendal_core::Result<Response<HttpBody>> {
        let answer = self.ask(request).map_err(silence).map_err(into_error)?;
        let (parts, body) = answer.into_parts();
        let length = body.content_length();
        // What a stream is made of must be shareable, and a reader is not.
        let reader = Mutex::new(body.into_with_config().limit(u64::MAX).reader());
        let chunks = std::iter::from_fn(move || {
            let mut chunk = vec![0; CHUNK];
            match reader.lock().unwrap_or_else(PoisonError::into_inner).read(&mut chunk) {
                Ok(0) => None,
                Ok(length) => {
                    chunk.truncate(length);
                    Some(Ok(Buffer::from(chunk)))
                }
                Err(error) => Some(Err(into_error(from_reader(error)))),
            }
        });
        Ok(Response::from_parts(parts, HttpBody::new(stream::iter(chunks), length)))
    }
}

/// Why a body ended too early.
pub(super) fn from_reader(error: io::Error) -> Stop {
    match error.downcast::<ureq::Error>() {
        Ok(error) => silence(error),
        Err(error) => error.into(),
    }
}

fn into_error(stop: Stop) -> Error {
    let Stop::Refused(refused) = stop else { return Error::new(ErrorKind::Unexpected, "stopped") };
    Error::new(ErrorKind::Unexpected, "no answer").set_source(refused)
}

/// What was put into an error of OpenDAL by [`into_error`].
pub(super) fn refused_in(error: &Error) -> Option<Refused> {
    let mut next: Option<&(dyn std::error::Error + 'static)> = std::error::Error::source(error);
    while let Some(error) = next {
        if let Some(refused) = error.downcast_ref::<Refused>() {
            return Some(refused.clone());
        }
        next = error.source();
    }
    None
}
