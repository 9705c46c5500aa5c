//! What the server's threads share.

use std::sync::{Arc, RwLock};

use tokio::sync::broadcast;

use super::guard::Hosts;
use super::index::IndexShelf;
use super::state::{News, State};
use crate::diagnostic::lang::Lang;

/// What the server's threads share.
pub(crate) struct Desk {
    /// The archive as it is now.
    pub state: RwLock<State>,
    /// Tells the browsers.
    pub news: broadcast::Sender<News>,
    /// Names under which browsers may ask.
    pub hosts: Hosts,
    /// The index of words.
    pub shelf: Arc<IndexShelf>,
    /// Whether harvesters are answered.
    pub answers_harvesters: bool,
    /// The language of what is wrong.
    pub lang: Lang,
}

impl Desk {
    /// Runs work on the archive as it is; edits wait until it is done. A thread that panicked in it has changed nothing, so
    /// the state is sound.
    pub(crate) fn with_state<T>(&self, work: impl FnOnce(&State) -> T) -> T {
        work(&self.state.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Changes the archive; requests wait until it is done.
    pub(crate) fn change_state<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.state.write().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}
