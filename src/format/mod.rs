//! One file a format that is made from a record or a document.
//!
//! What a reader can take away of a document stands in one list, [`DOWNLOADS`]: a new format is a new file and a line
//! there, and the pages, the links that machines follow and the build find it by that line.

pub(crate) mod bibtex;
pub(crate) mod citation;
pub(crate) mod cited;
pub(crate) mod corrections;
pub(crate) mod csl;
pub(crate) mod dublin_core;
mod element;
pub(crate) mod epub;
pub(crate) mod feed;
pub(crate) mod head;
pub(crate) mod highwire;
pub(crate) mod holdings;
pub(crate) mod json_ld;
pub(crate) mod markdown;
pub(crate) mod media;
pub(crate) mod mets;
pub(crate) mod oai;
pub(crate) mod opds;
pub(crate) mod open_graph;
#[cfg(feature = "pdf")]
pub(crate) mod pdf;
pub(crate) mod records;
pub(crate) mod ris;
pub(crate) mod robots;
pub(crate) mod signposting;
pub(crate) mod sitemap;
pub(crate) mod tei;
pub(crate) mod text;
pub(crate) mod work;
pub(crate) mod xml;

use anyhow::Result;

use self::holdings::{File, Holdings};
use self::work::Work;
use crate::archive::Archive;
use crate::diagnostic::{Diagnostic, Report};

/// What a format is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// The text: the file is one of the document's forms, and there is none where the text is withheld.
    Text,
    /// The record alone: the file describes the document.
    Record,
}

/// A file that is made of each document.
#[derive(Clone, Copy)]
pub(crate) struct Download {
    /// The end of its file name, which is also what templates call it: `txt`, `csl.json`.
    pub ending: &'static str,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// The string that says what it is.
    pub label: &'static str,
    /// What it is made from.
    pub needs: Needs,
    /// Writes it; `None` where this document has none, as a withheld text has no plain text. What keeps it from being made
    /// is a diagnostic.
    pub write: fn(&Work<'_>) -> Result<Option<Vec<u8>>, Diagnostic>,
    /// For what takes long: tells whether it will be made, for a page that only names it.
    pub is_expected: Option<fn(&Work<'_>) -> bool>,
}

/// What is made of all records together.
#[derive(Clone, Copy)]
pub(crate) struct Catalogue {
    /// Its first file.
    pub path: &'static str,
    /// The string that says what it is.
    pub label: &'static str,
    /// Whether an archive has what it needs.
    pub is_made: fn(&Archive) -> bool,
    /// Its files.
    pub write: fn(&Holdings<'_>) -> Vec<File>,
}

/// Every catalogue, in the order in which pages list them.
pub(crate) const CATALOGUES: [Catalogue; 7] = [
    Catalogue { path: "records.csv", label: "data_csv", is_made: |_| true, write: records::csv },
    Catalogue { path: "records.jsonl", label: "data_jsonl", is_made: |_| true, write: records::json_lines },
    Catalogue { path: "feed.xml", label: "data_feed", is_made: Archive::has_address, write: feed::write },
    Catalogue {
        path: "corrections.xml",
        label: "editions_feed",
        is_made: Archive::has_address,
        write: corrections::write,
    },
    Catalogue { path: "opds.xml", label: "data_opds", is_made: opds::is_made, write: opds::write },
    Catalogue { path: "oai.xml", label: "data_oai", is_made: oai::is_made, write: oai::write },
    Catalogue { path: "sitemap.xml", label: "data_sitemap", is_made: Archive::has_address, write: sitemap::write },
];

impl Work<'_> {
    /// The files that are made of this document.
    pub(crate) fn downloads(&self) -> impl Iterator<Item = &'static Download> + use<> {
        let (text, record) = (self.record().text_is_open(), self.record().is_described());
        let made = self.made;
        // Whether a document has a PDF is known only when it is set.
        let is_made = move |at: usize| made.map_or(DOWNLOADS[at].ending != PDF, |made| made >> at & 1 == 1);
        let files = DOWNLOADS.iter().enumerate().filter(move |(at, _)| is_made(*at)).map(|(_, download)| download);
        files.filter(move |download| if download.needs == Needs::Text { text } else { record })
    }

    /// The name of one of them in the document's folder.
    pub(crate) fn file_name(&self, download: &Download) -> String {
        self.file_with(download.ending)
    }
}

/// Makes every download of a document and hands it to `keep`; what keeps one from being made is reported. What is not
/// `wanted` and takes long is only expected, and `keep` gets nothing of it. Gives which are made, a bit each.
///
/// # Errors
/// As `keep`.
pub(crate) fn write(
    work: &Work<'_>,
    report: &mut Report,
    wanted: impl Fn(&Download) -> bool,
    mut keep: impl FnMut(&'static Download, Option<Vec<u8>>) -> Result<()>,
) -> Result<u32> {
    let mut made = 0;
    for (at, download) in DOWNLOADS.iter().enumerate() {
        if let Some(is_expected) = download.is_expected.filter(|_| !wanted(download)) {
            if is_expected(work) {
                made |= 1 << at;
                keep(download, None)?;
            }
            continue;
        }
        match (download.write)(work) {
            Ok(None) => {}
            Ok(Some(bytes)) => {
                made |= 1 << at;
                keep(download, Some(bytes))?;
            }
            Err(fault) => report.push(fault),
        }
    }
    Ok(made)
}

/// The end of a PDF's name. Whether a document has one is known only when it is set.
pub(crate) const PDF: &str = "pdf";

/// Every download, in the order in which pages list them.
pub(crate) const DOWNLOADS: &[Download] = &[
    Download {
        ending: "txt",
        media_type: "text/plain",
        label: "format_txt",
        needs: Needs::Text,
        write: |work| Ok(text::write(work)),
        is_expected: None,
    },
    Download {
        ending: "restored.txt",
        media_type: "text/plain",
        label: "format_txt_restored",
        needs: Needs::Text,
        write: |work| Ok(text::write_restored(work)),
        is_expected: None,
    },
    Download {
        ending: "md",
        media_type: "text/markdown",
        label: "format_md",
        needs: Needs::Text,
        write: |work| Ok(markdown::write(work)),
        is_expected: None,
    },
    Download {
        ending: "xml",
        media_type: "application/tei+xml",
        label: "format_tei",
        needs: Needs::Text,
        write: |work| Ok(tei::write(work)),
        is_expected: Some(|work| work.text.is_some()),
    },
    Download {
        ending: epub::ENDING,
        media_type: epub::MEDIA_TYPE,
        label: "format_epub",
        needs: Needs::Text,
        write: |work| Ok(epub::write(work)),
        is_expected: Some(|work| work.text.is_some()),
    },
    #[cfg(feature = "pdf")]
    Download {
        ending: PDF,
        media_type: "application/pdf",
        label: "format_pdf",
        needs: Needs::Text,
        write: pdf::write,
        is_expected: Some(|work| work.text.is_some() && work.archive.site.pdf),
    },
    Download {
        ending: "bib",
        media_type: "application/x-bibtex",
        label: "format_bib",
        needs: Needs::Record,
        write: |work| Ok(bibtex::write(work)),
        is_expected: None,
    },
    Download {
        ending: "ris",
        media_type: "application/x-research-info-systems",
        label: "format_ris",
        needs: Needs::Record,
        write: |work| Ok(ris::write(work)),
        is_expected: None,
    },
    Download {
        ending: "csl.json",
        media_type: "application/vnd.citationstyles.csl+json",
        label: "format_csl",
        needs: Needs::Record,
        write: |work| Ok(csl::write(work)),
        is_expected: None,
    },
];
