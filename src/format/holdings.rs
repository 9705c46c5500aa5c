//! The archive as its catalogues see it: all records, when each was last changed, and the files of the site.

use super::cited::Cited;
use super::work::Work;
use crate::archive::Archive;
use crate::archive::changes::Since;
use crate::output::manifest::ManifestEntry;
use crate::site::Language;
use crate::theme::Theme;

/// A file of the site: its path from the root, and what is in it.
pub(crate) type File = (String, Vec<u8>);

/// All documents, for formats that list them.
pub(crate) struct Holdings<'a> {
    /// The records.
    pub archive: &'a Archive,
    /// The interface's words.
    pub theme: &'a Theme,
    /// Since when each document is what it is, as far as that is known.
    pub since: &'a [Since],
    /// The site's files so far, in the order of their paths.
    pub files: &'a [ManifestEntry],
}

impl<'a> Holdings<'a> {
    /// A document without its text.
    pub(crate) fn work(&self, document: usize) -> Work<'a> {
        let entry = &self.archive.documents[document];
        let language = self.theme.language(entry.language(&self.archive.site));
        let [words, english] = [language, Language::English].map(|language| self.theme.words(language));
        Work {
            archive: self.archive,
            entry,
            words,
            english,
            text: None,
            made: None,
            since: &self.since[document],
            revisions: &[],
        }
    }

    /// A document without its text, to be cited.
    pub(crate) fn cited(&self, document: usize) -> Cited<'a> {
        Cited::whole(self.work(document))
    }

    /// Documents whose record may be described, in the order of the archive.
    pub(crate) fn described(&self) -> impl Iterator<Item = usize> {
        (0..self.archive.documents.len()).filter(|document| self.archive.documents[*document].record.is_described())
    }

    /// Where the site stands.
    pub(crate) fn base(&self) -> Option<&'a str> {
        self.archive.site.base_url.as_deref()
    }

    /// The absolute address of a file.
    pub(crate) fn address(&self, path: &str) -> Option<String> {
        self.archive.address_of(path)
    }

    /// The day of a document's last change.
    pub(crate) fn changed(&self, document: usize) -> Option<&'a str> {
        self.since[document].day.as_deref()
    }

    /// The day of a document's last change, or else the first day that its date may mean.
    pub(crate) fn updated(&self, document: usize) -> Option<String> {
        let date = || self.archive.documents[document].record.date.as_ref()?.earliest_day();
        // A year before our era has a sign, which an RFC 3339 date cannot have.
        self.changed(document).map(str::to_string).or_else(date).filter(|day| !day.starts_with('-'))
    }
}
