//! The faults of one stage or one worker, and the order in which they are told.

use std::collections::BTreeSet;

use super::code::Code;
use super::lang::Lang;
use super::messages::Told;
use super::words;
use super::{Diagnostic, Severity};

/// Faults gathered by one stage or one worker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds what another stage or worker found.
    pub fn merge(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// How many of one severity are told.
    pub fn count(&self, severity: Severity) -> usize {
        self.sorted().iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether anything forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The faults in the order of their places; the same fault at the same place is told once. What else is said of a
    /// line that is not TOML follows from that, and is left out.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let line = |fault: &Diagnostic| {
            fault.place.as_ref().filter(|place| place.line > 0).map(|place| (place.file.clone(), place.line))
        };
        let unread: BTreeSet<_> =
            self.diagnostics.iter().filter(|fault| fault.code() == Code::Toml).filter_map(line).collect();
        let stands = |fault: &&Diagnostic| {
            unread.is_empty() || fault.code() == Code::Toml || line(fault).is_none_or(|place| !unread.contains(&place))
        };
        let mut all: Vec<_> = self.diagnostics.iter().filter(stands).collect();
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        all.dedup_by(|a, b| a == b);
        all
    }
}

/// “1 error”, “2 errors and 1 warning”; empty when there is neither.
pub fn count_faults(errors: usize, warnings: usize, lang: Lang) -> String {
    words::say(&Told::Faults { errors, warnings, both: errors > 0 && warnings > 0 }, lang)
}
