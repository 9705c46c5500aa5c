//! The archive as browsers are shown it, and what they are told of edits.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::Archive;
use crate::archive::changes::Changes;
use crate::diagnostic::Report;
use crate::theme::Theme;

/// The archive as browsers are shown it.
pub(crate) struct State {
    /// All records.
    pub archive: Arc<Archive>,
    /// When each document was published as it is.
    pub changes: Arc<Changes>,
    /// The look.
    pub theme: Arc<Theme>,
    /// What pass 1 found wrong.
    pub faults: Faults,
    /// Counts edits.
    pub version: u64,
}

impl State {
    /// Everything that pass 1 found wrong.
    pub(crate) fn report(&self) -> Report {
        self.faults.report()
    }
}

/// What is wrong, by what must be read again to know it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Faults {
    pub site: Report,
    pub theme: Report,
    pub files: Report,
    pub archive: Report,
    /// By the document's file; only of those that have any.
    pub records: BTreeMap<String, Report>,
}

impl Faults {
    fn report(&self) -> Report {
        let mut report = Report::new();
        for part in [&self.site, &self.theme, &self.files, &self.archive].into_iter().chain(self.records.values()) {
            report.merge(part.clone());
        }
        report
    }
}

/// What a browser is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// Pages may be other than they were.
    Pages(u64),
    /// A style sheet is.
    Style(u64),
    /// A script or another file of the theme is: the page must be loaded again.
    Theme(u64),
}
