//! What was written, read as the build reads it.
//!
//! A fault of the importer's own is told at once, beside the capture that it comes from, and not by a build months later. Only
//! what stands in the record and its text is looked at: links may lead to captures that are still to come.

use crate::archive::{ReadRecord, scan::SourceFile};
use crate::diagnostic::{Report, Severity, Source};
use crate::folder::Folder;
use crate::import::capture::Soundness;
use crate::record::front_matter;
use crate::record::profile::Profile;
use crate::site::Site;
use crate::text::parse::{self, Ids, Manner};

/// The errors that a build would report of a record and its text. A text that the proof found sound is not read again.
pub(crate) fn check(root: &Folder, site: &Site, record: &str, body: Soundness) -> Report {
    let file = SourceFile { path: record.to_string(), text: None };
    let ReadRecord { record: read, mut report } = ReadRecord::of(root, &file, Profile::Minimal);
    // The proof reads no raw HTML.
    if body == Soundness::Open || site.allow_html {
        match file.read(root) {
            Ok(text) => read_text(site, &read.title, Source { file: record, text: &text }, &mut report),
            Err(fault) => report.push(fault),
        }
    }
    let mut errors = Report::new();
    report
        .sorted()
        .into_iter()
        .filter(|fault| fault.severity == Severity::Error)
        .for_each(|fault| errors.push(fault.clone()));
    errors
}

fn read_text(site: &Site, title: &str, source: Source<'_>, report: &mut Report) {
    if let Ok(split) = front_matter::split(source) {
        let manner =
            Manner { title, allow_html: site.allow_html, numbered: false, restore: false, ids: Ids::NotBlocks };
        parse::parse(source, split.body, manner, report);
    }
}
