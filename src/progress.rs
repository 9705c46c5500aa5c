//! A progress bar for long work: on a terminal only, and only after a quarter of a second, so that short work leaves no
//! trace.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::Task;
use crate::diagnostic::phrase::Phrase;
use crate::diagnostic::words;

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(250);

/// A bar that counts what is done.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    /// Whether the bar may still appear.
    waiting: AtomicBool,
}

/// A line about what is being waited for, where it may be told.
pub(crate) fn remark(words: &dyn Phrase, show: Option<Lang>) {
    if let Some(lang) = show {
        anstream::eprintln!("{}", words::say(words, lang));
    }
}

impl Progress {
    /// A bar of `total` steps that says what is being done; it stays hidden where it is told in no language.
    pub(crate) fn new(work: Task, total: usize, show: Option<Lang>) -> Self {
        Self::with_template(work, total as u64, "{msg} {bar:32} {human_pos}/{human_len}  {eta}", show)
    }

    /// A bar of so many bytes.
    #[cfg(feature = "targets")]
    pub(crate) fn of_bytes(work: Task, total: u64, show: Option<Lang>) -> Self {
        Self::with_template(work, total, "{msg} {bar:32} {decimal_bytes}/{decimal_total_bytes}  {eta}", show)
    }

    fn with_template(work: Task, total: u64, template: &str, show: Option<Lang>) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─"));
            bar.set_message(words::say(&work, show.unwrap_or_default()));
        }
        Self { bar, started: Instant::now(), waiting: AtomicBool::new(show.is_some()) }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.advance(1);
    }

    /// So much more is done.
    pub(crate) fn advance(&self, by: u64) {
        self.bar.inc(by);
        if self.started.elapsed() > PATIENCE && self.waiting.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// All is done: the bar goes.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
