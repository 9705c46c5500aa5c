//! The index of words, made when somebody searches.
//!
//! It needs every text, and few who edit search. So it is made when its root is asked for, into a folder that goes with the
//! server, by the code of a build. After an edit it is made anew at the next search: waited for where that is short, and
//! behind the reader's back where it is not; until then the old index, whole in itself, answers.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use rayon::prelude::*;
use tempfile::TempDir;

use super::state::State;
use crate::archive::Archive;
use crate::archive::changes::Changes;
use crate::output::staging::Staging;
use crate::page::Pages;
use crate::search::{self, Index};
use crate::theme::Theme;

/// An index that was made in less is waited for.
const SHORT: Duration = Duration::from_secs(2);

/// Documents in hand at once.
const BATCH: usize = 256;

/// What an index is made of: the archive as it is at one moment.
pub(crate) struct Moment {
    archive: Arc<Archive>,
    theme: Arc<Theme>,
    version: u64,
}

impl Moment {
    /// The archive as it is now.
    pub(crate) fn of(state: &State) -> Self {
        Self { archive: Arc::clone(&state.archive), theme: Arc::clone(&state.theme), version: state.version }
    }
}

/// Where the index lies.
#[derive(Default)]
pub(crate) struct IndexShelf {
    state: Mutex<Shelved>,
    made: Condvar,
}

#[derive(Default)]
struct Shelved {
    index: Option<Arc<Made>>,
    /// Whether one is being made.
    making: bool,
    /// The edit after which making it failed, so that it is not tried again at every request.
    failed: Option<u64>,
}

struct Made {
    folder: TempDir,
    version: u64,
    took: Duration,
}

/// A folder for the index that nobody else may read: it has every word of the archive, of drafts too where they are shown.
fn own_folder() -> std::io::Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("fonds-serve-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        folder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    folder.tempdir()
}

/// Processors that make an index; one is left to those who read meanwhile.
fn workers() -> Option<rayon::ThreadPool> {
    let threads = rayon::current_num_threads().saturating_sub(1).max(1);
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()
}

impl IndexShelf {
    fn lock(&self) -> MutexGuard<'_, Shelved> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file of the index. Whoever asks for the root begins to search, and gets an index that is as new as may be.
    pub(crate) fn file(self: &Arc<Self>, now: Moment, path: &str) -> Option<PathBuf> {
        let version = now.version;
        let begins = path == "search/root.js";
        let mut shelved = self.lock();
        let is_stale = |shelved: &Shelved| shelved.index.as_ref().is_none_or(|index| index.version < version && begins);
        if is_stale(&shelved) && !shelved.making && shelved.failed != Some(version) {
            shelved.making = true;
            let shelf = Arc::clone(self);
            std::thread::spawn(move || shelf.make(&now));
        }
        let waits = |shelved: &mut Shelved| {
            shelved.making
                && match &shelved.index {
                    None => true,
                    Some(index) => begins && index.version < version && index.took < SHORT,
                }
        };
        shelved = self.made.wait_while(shelved, waits).unwrap_or_else(PoisonError::into_inner);
        let file = shelved.index.as_ref()?.folder.path().join(path);
        file.is_file().then_some(file)
    }

    /// Removes the index.
    pub(crate) fn clear(&self) {
        self.lock().index = None;
    }

    /// Makes the index of the archive as it was at a moment.
    fn make(&self, now: &Moment) {
        let Moment { archive, theme, version } = now;
        let began = Instant::now();
        let write = || -> Result<TempDir> {
            let folder = own_folder()?;
            let staging = Staging::new(folder.path().to_path_buf(), None)?;
            let order = search::order(archive);
            let alphabet = search::alphabet(archive, &order);
            let changes = Changes::default();
            let pages = Pages::new(archive, theme, &staging, &alphabet, &changes);
            let mut index = Index::new(&staging, &alphabet, order.len())?;
            for batch in order.chunks(BATCH) {
                let gathered: Vec<_> =
                    batch.par_iter().map(|document| pages.gather_document(*document)).collect::<Result<_>>()?;
                index.add(&gathered.into_iter().flatten().collect::<Vec<_>>())?;
            }
            index.finish(archive, &order)?;
            Ok(folder)
        };
        // A document that cannot be read is told on its page; a full disc leaves the search without an index.
        let written = match workers() {
            Some(workers) => workers.install(write),
            None => write(),
        };
        let made = written.ok().map(|folder| Arc::new(Made { folder, version: *version, took: began.elapsed() }));
        let mut shelved = self.lock();
        shelved.making = false;
        match made {
            Some(made) => shelved.index = Some(made),
            None => shelved.failed = Some(*version),
        }
        drop(shelved);
        self.made.notify_all();
    }
}
