//! How a page is cited, as its templates show it.

use serde::Serialize;

use crate::format::citation::{self, Style};
use crate::format::cited::Cited;
use crate::format::{bibtex, csl, ris};

/// Every form of a page's citation.
#[derive(Serialize)]
pub(crate) struct CiteView {
    /// The archive's own form first.
    forms: Vec<FormView>,
    /// The same for programs.
    data: Vec<DataView>,
}

#[derive(Serialize)]
struct FormView {
    id: &'static str,
    label: &'static str,
    before: String,
    cited: String,
    pattern: &'static str,
    after: String,
    /// Whether it is said in English on a page of another language.
    english: bool,
}

#[derive(Serialize)]
struct DataView {
    id: &'static str,
    label: &'static str,
    text: String,
}

impl CiteView {
    /// The citation of a page.
    pub(crate) fn new(cited: &Cited<'_>) -> Self {
        let first = cited.work.archive.site.citation;
        let others = Style::ALL.into_iter().filter(|style| *style != first);
        let forms = std::iter::once(first).chain(others).map(|style| {
            let citation = citation::write(cited, style);
            FormView {
                id: style.word(),
                label: style.label(),
                before: citation.before,
                cited: citation.cited,
                pattern: citation.pattern,
                after: citation.after,
                english: style == Style::English,
            }
        });
        let data = [
            ("bibtex", "BibTeX", bibtex::text(cited)),
            ("ris", "RIS", ris::text(cited).replace('\r', "")),
            ("csl", "CSL-JSON", csl::text(cited)),
        ];
        // Of a closed document nothing is told to programs.
        let data = data.into_iter().filter(|_| cited.work.is_described());
        Self { forms: forms.collect(), data: data.map(|(id, label, text)| DataView { id, label, text }).collect() }
    }
}
