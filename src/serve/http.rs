//! Requests and answers.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use anyhow::Result;
use axum::BoxError;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderName, Method, Request, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::StreamExt;
use futures_util::stream;
use tokio::sync::broadcast::error::RecvError;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use super::desk::Desk;
use super::disc::OneFile;
use super::fault_page::FOLDER;
use super::guard;
use super::listen;
use super::oai;
use super::render::{self, Answer};
use super::state::News;
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::{Doing, NoPage};
use crate::diagnostic::words;
use crate::folder::Folder;
use crate::format::media;

const SCRIPT: &[u8] = include_bytes!("live.js");
const STYLE: &[u8] = include_bytes!("live.css");

/// Pages that are made at once. Each uses one processor, and a browser asks for few.
const WORKERS: usize = 8;

/// What every answer says: the type is what it is, nothing is kept, and no other origin may embed it.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-cache"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Answers until the process is interrupted.
///
/// # Errors
/// The machine refuses.
pub(crate) fn run(listener: TcpListener, desk: Arc<Desk>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(WORKERS)
        .build()
        .while_doing(|| Doing::StartingThreads)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).while_doing(|| Doing::Listening)?;
        let router = Router::new().fallback(answer).with_state(desk);
        tokio::select! {
            never = listen::accept(listener, router) => match never {},
            // Open streams of news never end by themselves, so nothing is waited for.
            ended = ended() => ended.while_doing(|| Doing::Waiting),
        }
    })?;
    runtime.shutdown_background();
    Ok(())
}

/// Waits until the process is asked to end: by Ctrl-C, by a system that shuts down, by a terminal that is closed.
async fn ended() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminated, mut hung_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminated.recv() => Ok(()),
            _ = hung_up.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    {
        tokio::signal::ctrl_c().await
    }
}

async fn answer(State(desk): State<Arc<Desk>>, request: Request<Body>) -> Response<Body> {
    let mut response = respond(desk, request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Why there is no page, in a line.
fn refused(desk: &Desk, why: NoPage) -> String {
    words::say(&why, desk.lang) + "\n"
}

async fn respond(desk: Arc<Desk>, request: Request<Body>) -> Response<Body> {
    let is_oai = desk.answers_harvesters && request.uri().path() == oai::PATH;
    let is_allowed = match *request.method() {
        Method::GET | Method::HEAD => true,
        Method::POST => is_oai,
        _ => false,
    };
    if !is_allowed {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allowed, refused(&desk, NoPage::Method)).into_response();
    }
    let Some(host) = host_of(&request).filter(|host| desk.hosts.allow(host)) else {
        return (StatusCode::FORBIDDEN, refused(&desk, NoPage::Host)).into_response();
    };
    if is_oai {
        return harvest(desk, &host, request).await;
    }
    let Some(path) = guard::path_of(request.uri().path()) else {
        return (StatusCode::BAD_REQUEST, refused(&desk, NoPage::Address)).into_response();
    };
    match path.strip_prefix(FOLDER) {
        Some("news") => return news(&desk).into_response(),
        Some("live.js") => return made("live.js", SCRIPT.to_vec(), StatusCode::OK),
        Some("live.css") => return made("live.css", STYLE.to_vec(), StatusCode::OK),
        _ => {}
    }
    let shared = Arc::clone(&desk);
    let uri = request.uri().clone();
    let Ok(found) = tokio::task::spawn_blocking(move || render::answer(&shared, &path)).await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, refused(&desk, NoPage::Failed)).into_response();
    };
    match found {
        Answer::Made { path, bytes } => made(&path, bytes, StatusCode::OK),
        Answer::NotFound(page) => made("404.html", page, StatusCode::NOT_FOUND),
        Answer::Broken(page) => made("500.html", page.into_bytes(), StatusCode::INTERNAL_SERVER_ERROR),
        Answer::Folder => to_folder(&uri),
        Answer::File(folder, name) => send(&desk, folder, name, request).await,
        Answer::Words(file) => sent(&file.to_string_lossy(), ServeFile::new(&file).oneshot(request).await),
    }
}

/// Answers a harvester; arguments stand in the address or, where they are posted, in the body.
async fn harvest(desk: Arc<Desk>, host: &str, request: Request<Body>) -> Response<Body> {
    // Behind a server that speaks https, that is what harvesters must come back by.
    let is_https = request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    let address = format!("{}://{host}{}", if is_https { "https" } else { "http" }, oai::PATH);
    let query = match *request.method() {
        Method::POST => match axum::body::to_bytes(request.into_body(), oai::LONGEST).await {
            Ok(bytes) => bytes,
            Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        },
        _ => Bytes::from(request.uri().query().unwrap_or_default().to_string()),
    };
    let shared = Arc::clone(&desk);
    let answer = tokio::task::spawn_blocking(move || {
        let arguments: Vec<_> = url::form_urlencoded::parse(&query).into_owned().collect();
        shared.with_state(|state| oai::answer(state, &address, &arguments))
    });
    match answer.await {
        // The protocol (3.1.1.1) wants text/xml.
        Ok(Some(xml)) => (StatusCode::OK, [(header::CONTENT_TYPE, "text/xml; charset=utf-8")], xml).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, refused(&desk, NoPage::Failed)).into_response(),
    }
}

/// The name that the request was sent to. HTTP/1.1 (RFC 9112, 3.2) has it in `Host`, exactly once.
fn host_of(request: &Request<Body>) -> Option<String> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next()?.to_str().ok()?.to_string();
    let same = request.uri().authority().is_none_or(|authority| authority.as_str() == host);
    (hosts.next().is_none() && same).then_some(host)
}

fn made(path: &str, bytes: Vec<u8>, status: StatusCode) -> Response<Body> {
    (status, [(header::CONTENT_TYPE, media_type(path))], bytes).into_response()
}

/// The media type of a file that was made. Markdown is shown and not downloaded.
fn media_type(path: &str) -> String {
    match media::media_type(path) {
        "text/markdown" => "text/plain; charset=utf-8".to_string(),
        text if text.starts_with("text/") => format!("{text}; charset=utf-8"),
        other => other.to_string(),
    }
}

/// Leads to a folder's page, so that the links on it are right.
fn to_folder(uri: &Uri) -> Response<Body> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let place = format!("{}/{query}", uri.path());
    match HeaderValue::from_str(&place) {
        Ok(place) => (StatusCode::FOUND, [(header::LOCATION, place)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Sends a file of the archive.
async fn send(desk: &Desk, folder: Folder, name: String, request: Request<Body>) -> Response<Body> {
    if folder.file(&name).is_err() && folder.path().join(&name).exists() {
        return (StatusCode::FORBIDDEN, refused(desk, NoPage::SymbolicLink)).into_response();
    }
    let file = OneFile { folder, name: name.as_str().into() };
    sent(&name, ServeDir::with_backend("", file).oneshot(request).await)
}

/// What tower-http made of a file.
fn sent<B>(name: &str, sent: Result<Response<B>, Infallible>) -> Response<Body>
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    match sent {
        Ok(sent) => {
            let mut response = sent.map(Body::new);
            // The crate's table says of scripts nothing of their encoding; the index is UTF-16 and says so itself.
            if response.status().is_success() && name.ends_with(".js") {
                response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript"));
            }
            response
        }
        Err(never) => match never {},
    }
}

/// A stream of news: one at once, with the edit up to which the browser is told, and one for each edit after it.
fn news(desk: &Desk) -> impl IntoResponse + use<> {
    let listener = desk.news.subscribe();
    let now = desk.with_state(|state| state.version);
    let later = stream::unfold(listener, |mut listener| async move {
        match listener.recv().await {
            Ok(news) => Some((news, listener)),
            // What was missed may be anything.
            Err(RecvError::Lagged(_)) => Some((News::Theme(u64::MAX), listener)),
            Err(RecvError::Closed) => None,
        }
    });
    let events = stream::iter([Event::default().event("hello").data(now.to_string())])
        .chain(later.map(event))
        .map(Ok::<Event, Infallible>);
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn event(news: News) -> Event {
    let (kind, version) = match news {
        News::Pages(version) => ("pages", version),
        News::Style(version) => ("style", version),
        News::Theme(version) => ("theme", version),
    };
    Event::default().event(kind).data(version.to_string())
}
