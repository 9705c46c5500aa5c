//! How long each stage of a build took, for those who ask (`--timings`).

use std::time::Instant;

use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Label, Stage};
use crate::diagnostic::words;

/// A stage and its seconds.
pub(crate) type Timing = (Stage, f64);

/// A watch that is read at the end of each stage.
#[derive(Debug)]
pub(crate) struct Timings {
    last: Instant,
    stages: Vec<Timing>,
}

impl Timings {
    /// The watch runs from now on.
    pub(crate) fn start() -> Self {
        Self { last: Instant::now(), stages: Vec::new() }
    }

    /// The stage that began with the last reading ends.
    pub(crate) fn end(&mut self, stage: Stage) {
        let now = Instant::now();
        self.stages.push((stage, now.duration_since(self.last).as_secs_f64()));
        self.last = now;
    }

    /// All stages in their order.
    pub(crate) fn stages(self) -> Vec<Timing> {
        self.stages
    }
}

/// The stages as a table for people; seconds and their part of the whole.
pub(crate) fn table(stages: &[Timing], lang: Lang) -> String {
    let total: f64 = stages.iter().map(|(_, seconds)| seconds).sum();
    let row = |name: &str, seconds: f64| {
        let part = if total > 0.0 { 100.0 * seconds / total } else { 0.0 };
        format!("{seconds:>9.3} s  {part:>3.0} %  {name}\n")
    };
    let rows: String = stages.iter().map(|(stage, seconds)| row(&words::say(stage, lang), *seconds)).collect();
    rows + &row(&words::say(&Label::Whole, lang), total)
}
