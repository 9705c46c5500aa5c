//! A document as the formats see it.
//!
//! Every format is made from the same few things: the record, the place in the archive, and, where the text may be
//! published, the text as it was parsed for the pages. A format asks for nothing else, so a new one is one new file.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::archive::address;
use crate::archive::changes::Since;
use crate::archive::history::revision::Revision;
use crate::archive::link::Target;
use crate::archive::{Archive, Entry};
use crate::record::Record;
use crate::text::Text;
use crate::words::Words;

/// One document, for all formats.
#[derive(Clone, Copy)]
pub(crate) struct Work<'a> {
    /// All records.
    pub archive: &'a Archive,
    /// The document's own.
    pub entry: &'a Entry,
    /// The interface's words in the language of the document's pages.
    pub words: &'a Words,
    /// The same in English, which some forms are written in.
    pub english: &'a Words,
    /// Absent where the text is withheld.
    pub text: Option<Published<'a>>,
    /// Which of [`DOWNLOADS`](super::DOWNLOADS) were made, a bit each; none where nothing was made yet, and all are expected.
    pub made: Option<u32>,
    /// Since when the document is what it is, as far as that is known.
    pub since: &'a Since,
    /// What editions changed in it, the oldest first; empty where that is not asked for.
    pub revisions: &'a [Revision],
}

/// A text that may be published.
#[derive(Clone, Copy)]
pub(crate) struct Published<'a> {
    /// The file as it stands in the archive, record and Markdown.
    pub source: &'a str,
    /// The text, parsed.
    pub text: &'a Text,
    /// Where each of the document's links goes.
    pub targets: &'a [Target],
    /// The parts that stand together on a page; the introduction first.
    pub pages: &'a [Range<usize>],
    /// Files that the text shows or links to: path in the document's folder → path from the archive's root.
    pub files: &'a BTreeMap<String, String>,
}

impl<'a> Work<'a> {
    /// The catalogue record.
    pub(crate) fn record(&self) -> &'a Record {
        &self.entry.record
    }

    /// The collection it lies in: title and path; none for a document of the archive itself.
    pub(crate) fn collection(&self) -> Option<(&'a str, &'a str)> {
        let collection = self.archive.collections.get(self.entry.collection).filter(|_| self.entry.collection > 0)?;
        Some((&collection.title, &collection.path))
    }

    /// The name of a file that is made of it, in the document's folder.
    pub(crate) fn file_with(&self, ending: &str) -> String {
        format!("{}.{ending}", self.entry.id)
    }

    /// BCP 47 tag of the text.
    pub(crate) fn language_tag(&self) -> &'a str {
        self.entry.language(&self.archive.site)
    }

    /// The absolute address of a page of the document, where the site's is known.
    pub(crate) fn permalink(&self, page: &str) -> Option<String> {
        let base = self.archive.site.base_url.as_deref()?;
        let page = if page == "index.html" { "" } else { page };
        Some(address::absolute(base, &format!("{}/{page}", self.entry.directory)))
    }
}
