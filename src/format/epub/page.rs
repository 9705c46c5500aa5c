//! What every page of a book has in common, and the page with the title.

use crate::archive::collection::Collection;
use crate::format::work::Work;
use crate::format::xml::{push_attribute, push_text};
use crate::record::language::direction;
use crate::record::person::Person;
use crate::words::Words;

/// The folder of a document's chapters in its own book.
pub(crate) const FOLDER: &str = "text";

/// Opens a page that lies in a folder of the book.
pub(crate) fn open(out: &mut String, language: &str, title: &str) {
    open_at(out, language, title, "../");
}

/// Opens a page; `root` is its way up to the style sheet.
pub(crate) fn open_at(out: &mut String, language: &str, title: &str, root: &str) {
    out.push_str(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" ",
    );
    out.push_str("xmlns:epub=\"http://www.idpf.org/2007/ops\"");
    push_attribute(out, "lang", language);
    push_attribute(out, "xml:lang", language);
    if direction(language) == "rtl" {
        out.push_str(" dir=\"rtl\"");
    }
    out.push_str(">\n<head>\n<title>");
    push_text(out, title);
    out.extend([
        "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"",
        root,
        "style.css\"/>\n</head>\n<body>\n",
    ]);
}

/// Closes it.
pub(crate) fn close(out: &mut String) {
    out.push_str("</body>\n</html>\n");
}

/// The title page of a document: what its landing page says of it.
pub(crate) fn of_document(work: &Work<'_>) -> String {
    let (record, words) = (work.record(), work.words);
    let mut page = TitlePage::new(work.words.tag(), work.language_tag(), &record.title, record.subtitle.as_deref());
    if !record.authors.is_empty() {
        let authors: Vec<String> = record.authors.iter().map(|author| with_role(author, words)).collect();
        page.line(&authors.join(words.get("list_separator")));
    }
    let date = record.date.as_ref().map(|date| work.words.dates().say(date));
    page.row(words, "date", Some(date.as_deref().unwrap_or(words.get("undated"))));
    page.row(words, "date_printed", record.date_printed.as_deref());
    page.row(words, "source", record.source.as_deref());
    page.row(words, "issuer", record.issuer.as_deref());
    page.row(words, "doc_number", record.doc_number.as_deref());
    let collection = &work.archive.collections[work.entry.collection];
    page.row(words, "collection", (work.entry.collection > 0).then_some(collection.title.as_str()));
    let stated = record.rights.as_deref().or(record.rights_uri.as_deref());
    page.row(words, "rights", Some(stated.unwrap_or(words.get("rights_unstated"))));
    if record.rights.is_some() {
        page.row(words, "rights", record.rights_uri.as_deref());
    }
    page.row(words, "source_url", record.source_url.as_deref());
    page.row(words, "permalink", work.permalink("index.html").as_deref());
    page.finish()
}

/// The title page of a collection.
pub(crate) fn of_collection(
    collection: &Collection,
    words: &Words,
    language: &str,
    dates: Option<&str>,
    address: Option<&str>,
    publisher: &str,
) -> String {
    let mut page = TitlePage::new(language, language, &collection.title, None);
    if let Some(description) = &collection.description {
        page.line(description);
    }
    page.row(words, "date", dates);
    page.row(words, "identifier", collection.reference.as_deref());
    page.row(words, "epub_publisher", Some(publisher));
    page.row(words, "permalink", address);
    page.finish()
}

fn with_role(author: &Person, words: &Words) -> String {
    match &author.role {
        Some(role) => words.get("epub_name_with_role").replace("{name}", &author.name).replace("{role}", role),
        None => author.name.clone(),
    }
}

struct TitlePage {
    out: String,
    rows: String,
    /// The row before this one has the same name.
    last: String,
}

impl TitlePage {
    fn new(language: &str, of_text: &str, title: &str, subtitle: Option<&str>) -> Self {
        let mut out = String::with_capacity(2048);
        open(&mut out, language, title);
        out.push_str("<section epub:type=\"titlepage\" class=\"titlepage\">\n<h1");
        push_attribute(&mut out, "lang", of_text);
        push_attribute(&mut out, "xml:lang", of_text);
        out.push('>');
        push_text(&mut out, title);
        out.push_str("</h1>\n");
        let mut page = Self { out, rows: String::new(), last: String::new() };
        if let Some(subtitle) = subtitle {
            page.line(subtitle);
        }
        page
    }

    fn line(&mut self, text: &str) {
        self.out.push_str("<p>");
        push_text(&mut self.out, text);
        self.out.push_str("</p>\n");
    }

    fn row(&mut self, words: &Words, key: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        if self.last != key {
            self.rows.push_str("<dt>");
            push_text(&mut self.rows, words.get(key));
            self.rows.push_str("</dt>\n");
            self.last = key.to_string();
        }
        self.rows.push_str("<dd>");
        push_text(&mut self.rows, value);
        self.rows.push_str("</dd>\n");
    }

    fn finish(mut self) -> String {
        if !self.rows.is_empty() {
            self.out.extend(["<dl>\n", &self.rows, "</dl>\n"]);
        }
        self.out.push_str("</section>\n");
        close(&mut self.out);
        self.out
    }
}
