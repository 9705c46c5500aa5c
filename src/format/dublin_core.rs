//! Dublin Core (DCMI Metadata Terms, 2020): meta tags by “Expressing Dublin Core metadata using HTML/XHTML meta and link
//! elements” (2008), and `oai_dc`, the fifteen elements of 1999 that OAI-PMH 2.0 asks for.

use super::cited::Cited;
use super::element;
use super::xml::escaped;
use crate::record::person::Role;

/// A statement: the term in the vocabulary of terms, the element of the fifteen that it refines, and the value.
type Statement = (&'static str, &'static str, String);

/// Everything that the record states, in the order of the docs.
fn statements(cited: &Cited<'_>) -> Vec<Statement> {
    let record = cited.record();
    let mut statements: Vec<Statement> = Vec::with_capacity(24);
    let mut put = |term, element, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            statements.push((term, element, value.to_string()));
        }
    };
    put("title", "title", Some(&cited.title()));
    put("alternative", "title", record.subtitle.as_deref());
    for person in cited.authors() {
        match Role::of(&person) {
            Role::Author => put("creator", "creator", Some(&person.inverted())),
            _ => put("contributor", "contributor", Some(&person.inverted())),
        }
    }
    put("publisher", "publisher", cited.publisher());
    put("issued", "date", record.date.as_ref().map(|date| date.edtf()));
    put("created", "date", record.created.as_ref().map(|date| date.edtf()));
    let since = cited.work.since;
    put("modified", "date", since.edition().map(|edition| edition.day.as_str()));
    put("type", "type", Some("Text"));
    put("type", "type", record.kind.as_deref());
    put("language", "language", Some(cited.work.language_tag()));
    put("identifier", "identifier", cited.work.permalink(cited.page).as_deref());
    put("identifier", "identifier", Some(&cited.key()));
    put("identifier", "identifier", record.doc_number.as_deref());
    put("identifier", "identifier", record.index_number.as_deref());
    put("source", "source", record.source_url.as_deref());
    for subject in &record.subjects {
        put("subject", "subject", Some(subject));
    }
    for place in &record.places {
        put("spatial", "coverage", Some(place));
    }
    if let Some((collection, _)) = cited.work.collection() {
        put("isPartOf", "relation", Some(collection));
    }
    let before = since.replaced().map(|before| format!("edition {} ({})", before.number, before.day));
    put("replaces", "relation", before.as_deref());
    put("rights", "rights", record.rights.as_deref());
    put("license", "rights", record.rights_uri.as_deref());
    put("accessRights", "rights", Some(record.stated_access()));
    if let Some(captured) = &record.captured {
        put("provenance", "description", Some(&format!("captured {}", captured.edtf())));
    }
    statements
}

/// Meta tags of a page.
pub(crate) fn meta(cited: &Cited<'_>, head: &mut String) {
    head.push_str("<link rel=\"schema.DCTERMS\" href=\"http://purl.org/dc/terms/\">\n");
    for (term, _, value) in statements(cited) {
        let name = format!("DCTERMS.{term}");
        match term {
            // What is an address is a link; Zotero would take a source in a meta tag for the name of a journal.
            "source" | "license" => element::link(head, &name, &value, ""),
            _ => element::meta(head, "name", &name, &value),
        }
    }
}

/// The record as `oai_dc` XML, indented by `indent`.
pub(crate) fn oai_dc(cited: &Cited<'_>, indent: &str) -> String {
    let mut xml = format!(
        "{indent}<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai_dc/ \
         http://www.openarchives.org/OAI/2.0/oai_dc.xsd\">\n"
    );
    for (_, element, value) in statements(cited) {
        xml.push_str(&format!("{indent}  <dc:{element}>{}</dc:{element}>\n", escaped(&value)));
    }
    xml.push_str(&format!("{indent}</oai_dc:dc>"));
    xml
}

/// The record as a file of its own.
pub(crate) fn text(cited: &Cited<'_>) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", oai_dc(cited, ""))
}
