//! The pages of one document: landing, a page a section, the whole text; and its downloads.

mod gather;
mod history;
mod pages;
mod reading;

use anyhow::Result;

use super::record::DownloadView;
use super::{Output, Pages, Stamp};
use crate::archive::address;
use crate::archive::changes::Since;
use crate::archive::history::revision::Revision;
use crate::archive::history::snapshot::Snapshot;
use crate::diagnostic::Report;
use crate::format::work::{Published, Work};
use crate::format::{self, signposting};
use crate::output::manifest::ManifestEntry;
use crate::search::gather::Gathered;
use crate::site::Language;

use self::pages::Shown;
use self::reading::{Opened, Reading};

impl Pages<'_> {
    /// Writes every file of one document.
    ///
    /// # Errors
    /// The machine refuses to write.
    pub fn write_document(&self, at: usize) -> Result<Output> {
        let mut output = Output::default();
        let entry = &self.archive.documents[at];
        self.staging.folder(&entry.directory)?;
        let Some(Opened { reading, source, attachments }) = self.take(at, &mut output)? else { return Ok(output) };
        let (mut stamp, snapshot) = self.stamp(&reading, at, source.as_deref(), &output.files);
        stamp.sections = (!output.report.has_errors()).then(|| reading.sections());
        let changes = self.changes_of(&reading, &mut stamp, &snapshot, &mut output.report)?;
        let mut work = self.work(&reading, source.as_deref(), &stamp.since, &changes);
        let downloads = self.write_downloads(&mut work, &mut output)?;
        let shown = Shown {
            at,
            reading: &reading,
            work: &work,
            downloads: &downloads,
            attachments: &attachments,
            changes: &changes,
        };
        self.write_pages(&shown, &mut output)?;
        output.stamp = Some(stamp);
        output.gathered = (self.staging.writes() && self.archive.site.search).then(|| self.gather(&reading));
        Ok(output)
    }

    /// What a document gives to the index, without its pages.
    ///
    /// # Errors
    /// The machine refuses to read a file beside the document.
    pub(crate) fn gather_document(&self, at: usize) -> Result<Option<Gathered>> {
        Ok(self.take(at, &mut Output::default())?.map(|taken| self.gather(&taken.reading)))
    }

    /// The sections of a document as content/ids.lock has them; none where its text cannot be read.
    ///
    /// # Errors
    /// The machine refuses to read a file beside the document.
    pub(crate) fn sections_of(&self, at: usize) -> Result<Option<String>> {
        Ok(self.take(at, &mut Output::default())?.map(|taken| taken.reading.sections()))
    }

    /// Shows a document to a format; `None` where its text cannot be read, which is reported.
    ///
    /// # Errors
    /// The machine refuses to read a file beside the document.
    pub(crate) fn with_work<T>(
        &self,
        at: usize,
        report: &mut Report,
        show: impl FnOnce(&Work<'_>) -> T,
    ) -> Result<Option<T>> {
        let mut output = Output::default();
        let taken = self.take(at, &mut output)?;
        report.merge(std::mem::take(&mut output.report));
        Ok(taken.map(|Opened { reading, source, .. }| {
            let (stamp, _) = self.stamp(&reading, at, source.as_deref(), &output.files);
            // What is wrong in the list is the business of a build.
            let changes = self.listed(&reading, &stamp.since, &mut Report::new());
            let mut work = self.work(&reading, source.as_deref(), &stamp.since, &changes);
            work.made = format::write(&work, report, |_| true, |_, _| Ok(())).ok();
            show(&work)
        }))
    }

    /// Writes what a reader can take away.
    fn write_downloads(&self, work: &mut Work<'_>, output: &mut Output) -> Result<Vec<DownloadView>> {
        let entry = work.entry;
        let mut downloads = Vec::new();
        let path = |format: &format::Download| format!("{}/{}", entry.directory, work.file_name(format));
        let wanted = |format: &format::Download| self.staging.wants(&path(format));
        let made = format::write(work, &mut output.report, wanted, |format, bytes| {
            let name = work.file_name(format);
            if let Some(bytes) = bytes {
                output.files.push(self.staging.write(&path(format), &bytes)?);
            }
            let label = work.words.get(format.label).to_string();
            downloads.push(DownloadView { format: format.ending, label, url: address::encode(&name) });
            Ok(())
        })?;
        work.made = Some(made);
        if let Some(linkset) = signposting::linkset(work) {
            output.files.push(self.staging.write(&format!("{}/linkset.json", entry.directory), &linkset)?);
        }
        Ok(downloads)
    }

    /// What readers see of a document, its digest, and since when it is so. `files` are those beside it.
    fn stamp(
        &self,
        reading: &Reading<'_>,
        document: usize,
        source: Option<&str>,
        files: &[ManifestEntry],
    ) -> (Stamp, Snapshot) {
        let snapshot = self.snapshot(reading, &self.work(reading, source, &Since::default(), &[]), files);
        let print = snapshot.print();
        let since = self.changes.since(&self.published_id(reading.entry), print);
        (Stamp { document, print, since, sections: None, changes: None }, snapshot)
    }

    /// The document as formats see it.
    fn work<'a>(
        &'a self,
        reading: &'a Reading<'_>,
        source: Option<&'a str>,
        since: &'a Since,
        revisions: &'a [Revision],
    ) -> Work<'a> {
        let text = source.map(|source| Published {
            source,
            text: &reading.text,
            targets: &reading.targets,
            pages: &reading.pages,
            files: &reading.files,
        });
        let [words, english] = [reading.language, Language::English].map(|language| self.words(language));
        Work { archive: self.archive, entry: reading.entry, words, english, text, made: None, since, revisions }
    }
}
