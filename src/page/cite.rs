//! How a page is cited, as its templates show it.

use pulldown_cmark_escape::escape_html_body_text;
use serde::Serialize;
use tera::Value;

use crate::format::citation;
use crate::format::cited::Cited;
use crate::format::{bibtex, csl, ris};
use crate::site::CitationStyle;

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
    label: &'static str,
    /// Escaped for an element, and no further: quotation marks are a third of JSON.
    text: Value,
}

impl CiteView {
    /// The citation of a page.
    pub(crate) fn new(cited: &Cited<'_>) -> Self {
        let first = cited.work.archive.site.citation;
        let others = CitationStyle::ALL.into_iter().filter(|style| *style != first);
        let forms = std::iter::once(first).chain(others).map(|style| {
            let citation = citation::write(cited, style);
            FormView {
                label: style.label(),
                before: citation.before,
                cited: citation.cited,
                pattern: citation.pattern,
                after: citation.after,
                english: style == CitationStyle::English,
            }
        });
        let data = [
            ("BibTeX", bibtex::text(cited)),
            ("RIS", ris::text(cited).replace('\r', "")),
            ("CSL-JSON", csl::line(cited)),
        ];
        // Of a closed document nothing is told to programs.
        let data = data.into_iter().filter(|_| cited.record().is_described());
        let data = data.map(|(label, text)| DataView { label, text: escaped(text.trim_end()) });
        Self { forms: forms.collect(), data: data.collect() }
    }
}

fn escaped(text: &str) -> Value {
    let mut html = String::with_capacity(text.len() + 16);
    // Writing into a String cannot fail.
    let _ = escape_html_body_text(&mut html, text);
    Value::safe_string(&html)
}
