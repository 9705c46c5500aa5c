//! Highwire Press tags, `citation_…`: what Zotero's “Embedded Metadata” and Google Scholar read.
//!
//! One `citation_author` a person: readers take a comma between two names for two authors. Who translated or edited is
//! none. A name is turned round only where the record splits it. There is no `citation_journal_title`: an archive is no
//! journal. A numbered document of an office is a report, whose institution and number programs know where to put;
//! everything else goes without a type. Google Scholar writes dates as `2017/08/30`, Zotero reads ISO, which both take.

use super::PDF;
use super::cited::Cited;
use super::element;

/// Meta tags of a page.
pub(crate) fn meta(cited: &Cited<'_>, head: &mut String) {
    let record = cited.record();
    let mut put = |name: &str, content: &str| element::meta(head, "name", name, content);
    put("citation_title", &cited.title());
    for person in cited.writers() {
        put("citation_author", &person.inverted());
        if let Some(affiliation) = &person.affiliation {
            put("citation_author_institution", affiliation);
        }
    }
    if let Some(date) = cited.date() {
        put("citation_publication_date", date.edtf());
    }
    if let Some(publisher) = cited.publisher() {
        put("citation_publisher", publisher);
    }
    if let (Some(number), Some(issuer)) = (&record.doc_number, record.issuer.as_ref().or(record.source.as_ref())) {
        put("citation_technical_report_institution", issuer);
        put("citation_technical_report_number", number);
    }
    put("citation_language", cited.work.language_tag());
    if !record.subjects.is_empty() {
        put("citation_keywords", &record.subjects.join("; "));
    }
    if let Some(address) = cited.work.permalink(cited.page) {
        put("citation_public_url", &address);
        put("citation_fulltext_html_url", &address);
    }
    let pdf = cited.work.downloads().find(|download| download.ending == PDF);
    if let Some(address) = pdf.and_then(|pdf| cited.work.permalink(&cited.work.file_name(pdf))) {
        put("citation_pdf_url", &address);
    }
}
