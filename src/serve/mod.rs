//! `fonds serve`: the archive as a site that follows every edit.
//!
//! An archivist corrects a date, looks, corrects a heading, looks. So nothing is built ahead: pass 1 reads the records once,
//! and a page is made when a browser asks for it, by the same code that a build runs ([`Staging::only`]), from the file as it
//! is then. What an edit changes beyond its own page is put right behind it:
//!
//! ```text
//! notify ──► watch: batches of paths ──► live: records patched at once, the archive put together anew when it is quiet
//!                                          │
//! browser ──► http: guard ──► render ◄── State (archive, theme, faults) ──► news ──► live.js: the page is exchanged in place
//! ```
//!
//! So the time from an edit to the page does not depend on how many documents there are. What is wrong is shown in the page
//! itself, with its place and remedy, and goes when it is mended; an archive that cannot be published can still be looked at.
//!
//! axum is the server that tokio's own authors keep, and tower-http sends files with ranges and dates; notify is what every
//! tool that watches files uses. hyper alone would have done, at the cost of writing what axum is.
//!
//! [`Staging::only`]: crate::output::staging::Staging::only

mod desk;
mod fault_page;
mod guard;
mod http;
mod index;
mod live;
mod render;
mod state;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::sync::broadcast;

use self::desk::Desk;
pub use self::guard::Hosts;
use self::index::Shelf;
use self::live::Live;
use self::state::State;
use self::watch::Changed;
use crate::diagnostic::Report;

/// After so long without an edit the archive is put together anew.
const QUIET: Duration = Duration::from_millis(80);

/// Messages that a slow browser may be behind before it misses some; it then looks for itself.
const BEHIND: usize = 64;

/// What is served, and where.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The archive's folder.
    pub root: PathBuf,
    /// The address that is listened on.
    pub bind: IpAddr,
    /// Its port; 0 takes a free one.
    pub port: u16,
    /// Names under which browsers may ask, besides addresses and `localhost`.
    pub hosts: Vec<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// What a person at the terminal is told.
#[derive(Debug)]
pub enum Notice {
    /// An edit is shown: the files that changed, and how long it took from the first word of it.
    Changed(Vec<String>, Duration),
    /// What is wrong now, where it is not what was wrong before.
    Faults(Report),
    /// Changes cannot be followed as they happen; why, and what is done.
    Watching(String),
}

/// A server that listens, and answers when it is run.
pub struct Server {
    desk: Arc<Desk>,
    live: Live,
    changes: Receiver<Changed>,
    doubt: Option<String>,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes the port, begins to watch, and reads the records.
    ///
    /// # Errors
    /// The port is taken, or the folder cannot be read.
    pub fn start(settings: &Settings) -> Result<Self> {
        let wanted = SocketAddr::new(settings.bind, settings.port);
        let listener = TcpListener::bind(wanted).with_context(|| {
            let port = settings.port;
            format!(
                "cannot listen on {wanted}; is another fonds serve running? --port {} may be free",
                port.wrapping_add(1)
            )
        })?;
        listener.set_nonblocking(true).context("cannot listen")?;
        let address = listener.local_addr().context("cannot listen")?;
        let root = std::fs::canonicalize(&settings.root)
            .with_context(|| format!("cannot read {}", settings.root.display()))?;
        // Watching begins before anything is read, so that no edit falls between the two.
        let (changes, doubt) = watch::begin(&root);
        let (live, state) = Live::load(root.clone(), settings.drafts);
        let (news, _) = broadcast::channel(BEHIND);
        let hosts = Hosts::new(settings.bind, &settings.hosts);
        let desk = Desk { root, state: RwLock::new(state), news, hosts, shelf: Arc::new(Shelf::default()) };
        Ok(Self { desk: Arc::new(desk), live, changes, doubt, listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Documents that are shown.
    pub fn documents(&self) -> usize {
        self.desk.with_state(|state| state.archive.documents.len())
    }

    /// What was found wrong in pass 1.
    pub fn faults(&self) -> Report {
        self.desk.with_state(State::report)
    }

    /// Answers until the process is interrupted.
    ///
    /// # Errors
    /// The machine refuses to start threads or to listen.
    pub fn run(self, tell: impl Fn(Notice) + Send + 'static) -> Result<()> {
        let Self { desk, live, changes, doubt, listener, .. } = self;
        if let Some(doubt) = doubt {
            tell(Notice::Watching(doubt));
        }
        let following = Arc::clone(&desk);
        thread::Builder::new()
            .name("follow".to_string())
            .spawn(move || follow(&following, live, &changes, tell))
            .context("cannot start threads")?;
        let result = http::run(listener, Arc::clone(&desk));
        desk.shelf.clear();
        result
    }
}

/// Follows edits as long as there is a watcher.
fn follow(desk: &Desk, mut live: Live, changes: &Receiver<Changed>, tell: impl Fn(Notice)) {
    let mut told = desk.with_state(State::report);
    loop {
        let changed = match live.is_behind() {
            true => changes.recv_timeout(QUIET),
            false => changes.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let began = Instant::now();
        let news = match &changed {
            Ok(changed) => live.take(changed, desk),
            Err(RecvTimeoutError::Timeout) => live.catch_up(desk),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        // Nobody may be looking.
        news.map(|news| desk.news.send(news));
        if let Ok(changed) = changed {
            tell(Notice::Changed(changed.paths.into_iter().collect(), began.elapsed()));
        }
        let now = desk.with_state(State::report);
        if now != told {
            tell(Notice::Faults(now.clone()));
            told = now;
        }
    }
}
