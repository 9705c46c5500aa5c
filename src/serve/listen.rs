//! Connections: who takes one and says nothing does not keep others out.
//!
//! axum's own loop lets a connection wait for its request as long as it likes. A few hundred of those, and no descriptor is left to
//! open a page's files with. So a request has to come within seconds, there are only so many connections at once, and when
//! descriptors run out the loop waits and goes on.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How long the head of a request may take, from the first byte or the end of the answer before.
const HEAD: Duration = Duration::from_secs(10);

/// Connections at once. A browser has six, and one for its news.
const CONNECTIONS: usize = 200;

/// How long is waited when the system has nothing left for a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections until it is dropped.
pub(super) async fn accept(listener: TcpListener, router: Router) -> Infallible {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // The semaphore is never closed.
        let place = Arc::clone(&places).acquire_owned().await.ok();
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD);
            // A browser that goes away in the middle is no fault.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}
