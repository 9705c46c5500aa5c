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
mod disc;
mod fault_page;
mod guard;
mod http;
mod index;
mod listen;
mod live;
mod oai;
mod render;
mod state;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::sync::broadcast;

use self::desk::Desk;
pub(crate) use self::guard::Hosts;
use self::index::IndexShelf;
use self::live::Live;
use self::state::State;
use self::watch::Changed;
use crate::archive::Drafts;
use crate::diagnostic::cause::While;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::Doing;
use crate::diagnostic::{Diagnostic, Report};
use crate::file;
use crate::folder::Folder;

/// After so long without an edit the archive is put together anew.
const QUIET: Duration = Duration::from_millis(80);

/// Messages that a slow browser may be behind before it misses some; it then looks for itself.
const BEHIND: usize = 64;

/// What is served, and where.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The archive's folder.
    pub root: PathBuf,
    /// The address that is listened on.
    pub bind: IpAddr,
    /// Its port; 0 takes a free one.
    pub port: u16,
    /// Names under which browsers may ask, besides addresses and `localhost`.
    pub hosts: Vec<String>,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// Whether harvesters are answered.
    pub answers_harvesters: bool,
    /// The language of what is wrong, in the pages.
    pub lang: Lang,
}

/// What a person at the terminal is told.
#[derive(Debug)]
pub(crate) enum Notice {
    /// An edit is shown: the files that changed, and how long it took from the first word of it.
    Changed(Vec<String>, Duration),
    /// What is wrong now, where it is not what was wrong before.
    Faults(Report),
    /// Changes cannot be followed as they happen; why, and what is done.
    Watching(Diagnostic),
}

/// A server that listens, and answers when it is run.
pub(crate) struct Server {
    desk: Arc<Desk>,
    live: Live,
    changes: Receiver<Changed>,
    doubt: Option<Diagnostic>,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes the port, begins to watch, and reads the records.
    ///
    /// # Errors
    /// The port is taken, or the folder cannot be read.
    pub(crate) fn start(settings: &Settings) -> Result<Self> {
        let wanted = SocketAddr::new(settings.bind, settings.port);
        let listener = TcpListener::bind(wanted).while_doing(|| Doing::ListeningAt { address: wanted.to_string() })?;
        listener.set_nonblocking(true).while_doing(|| Doing::Listening)?;
        let address = listener.local_addr().while_doing(|| Doing::Listening)?;
        let root = std::fs::canonicalize(&settings.root)
            .while_doing(|| Doing::Reading { path: file::shown(&settings.root) })?;
        // Watching begins before anything is read, so that no edit falls between the two.
        let (changes, doubt) = watch::begin(&root);
        let folder = Folder::open(&root).while_doing(|| Doing::Reading { path: file::shown(&root) })?;
        let (live, state) = Live::load(folder, settings.drafts);
        let (news, _) = broadcast::channel(BEHIND);
        let hosts = Hosts::new(settings.bind, &settings.hosts);
        let shelf = Arc::new(IndexShelf::default());
        let answers_harvesters = settings.answers_harvesters;
        let desk = Desk { state: RwLock::new(state), news, hosts, shelf, answers_harvesters, lang: settings.lang };
        Ok(Self { desk: Arc::new(desk), live, changes, doubt, listener, address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Documents that are shown.
    pub(crate) fn documents(&self) -> usize {
        self.desk.with_state(|state| state.archive.documents.len())
    }

    /// Whether the archive says what harvesters must be told.
    pub(crate) fn can_be_harvested(&self) -> bool {
        self.desk.with_state(|state| oai::is_told(&state.archive.site))
    }

    /// What was found wrong in pass 1.
    pub(crate) fn faults(&self) -> Report {
        self.desk.with_state(State::report)
    }

    /// Removes what the server keeps outside the archive.
    pub(crate) fn clearing(&self) -> impl Fn() + Send + Sync + use<> {
        let shelf = Arc::clone(&self.desk.shelf);
        move || shelf.clear()
    }

    /// Answers until the process is interrupted.
    ///
    /// # Errors
    /// The machine refuses to start threads or to listen.
    pub(crate) fn run(self, tell: impl Fn(Notice) + Send + 'static) -> Result<()> {
        let Self { desk, live, changes, doubt, listener, .. } = self;
        if let Some(doubt) = doubt {
            tell(Notice::Watching(doubt));
        }
        let following = Arc::clone(&desk);
        thread::Builder::new()
            .name("follow".to_string())
            .spawn(move || follow(&following, live, &changes, tell))
            .while_doing(|| Doing::StartingThreads)?;
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
