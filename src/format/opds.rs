//! opds.xml: the archive's books for e-readers, as OPDS 1.2 catalogues (specs.opds.io): a navigation feed that lists the
//! collections, and an acquisition feed for each, in pages.
//!
//! Identifiers of Atom are addresses, so the catalogue is there where the site's address is known.

use super::epub;
use super::feed::people;
use super::holdings::{File, Holdings};
use super::xml::{Xml, escaped};
use crate::archive::Archive;

/// Books on one page of a feed.
const PAGE: usize = 250;

const NAVIGATION: &str = "application/atom+xml;profile=opds-catalog;kind=navigation";
const ACQUISITION: &str = "application/atom+xml;profile=opds-catalog;kind=acquisition";
const EPUB: &str = epub::MEDIA_TYPE;

/// Whether there is a book, and an address to fetch it from.
pub(crate) fn is_made(archive: &Archive) -> bool {
    archive.has_address() && archive.documents.iter().any(|entry| entry.record.text_is_open())
}

/// The catalogues.
pub(crate) fn write(holdings: &Holdings<'_>) -> Vec<File> {
    let Some(base) = holdings.base() else { return Vec::new() };
    let archive = holdings.archive;
    let mut books: Vec<Vec<usize>> = vec![Vec::new(); archive.collections.len()];
    for document in holdings.described() {
        if holdings.work(document).record().text_is_open() {
            books[archive.documents[document].collection].push(document);
        }
    }
    let mut files = Vec::new();
    let mut root = Feed::new(holdings, &archive.site.title, base, "opds.xml", NAVIGATION, &books.concat());
    for (at, documents) in books.iter().enumerate().filter(|(_, documents)| !documents.is_empty()) {
        let collection = &archive.collections[at];
        let (title, folder) = match collection.path.as_str() {
            "" => (archive.site.title.clone(), String::new()),
            path => (collection.title.clone(), format!("{path}/")),
        };
        let id = holdings.address(&format!("{folder}index.html")).unwrap_or_default();
        let first = page_path(&folder, 0);
        root.entry_of_collection(&title, &id, &holdings.address(&first).unwrap_or_default(), documents);
        let pages = documents.len().div_ceil(PAGE);
        for (page, documents) in documents.chunks(PAGE).enumerate() {
            let path = page_path(&folder, page);
            let mut feed = Feed::new(holdings, &title, &id, &path, ACQUISITION, documents);
            feed.link("up", "opds.xml", NAVIGATION);
            if page + 1 < pages {
                feed.link("next", &page_path(&folder, page + 1), ACQUISITION);
            }
            for document in documents {
                feed.entry_of_book(*document);
            }
            files.push((path, feed.finish()));
        }
    }
    files.push(("opds.xml".to_string(), root.finish()));
    files
}

fn page_path(folder: &str, page: usize) -> String {
    match page {
        0 => format!("{folder}books.xml"),
        page => format!("{folder}books.{}.xml", page + 1),
    }
}

/// One feed.
struct Feed<'a> {
    holdings: &'a Holdings<'a>,
    xml: Xml,
}

impl<'a> Feed<'a> {
    fn new(holdings: &'a Holdings<'a>, title: &str, id: &str, path: &str, kind: &str, documents: &[usize]) -> Self {
        let site = &holdings.archive.site;
        let mut xml = Xml::new();
        xml.line(&format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/terms/\" \
             xmlns:opds=\"http://opds-spec.org/2010/catalog\" xml:lang=\"{}\">",
            escaped(&site.language)
        ));
        xml.element("id", &format!("{id}#{}", path.rsplit('/').next().unwrap_or(path)));
        xml.element("title", title);
        let mut feed = Self { holdings, xml };
        feed.xml.element("updated", &feed.time(documents.iter().filter_map(|at| holdings.updated(*at)).max()));
        feed.xml.line("<author>");
        feed.xml.element("name", site.publisher.as_deref().unwrap_or(&site.title));
        feed.xml.line("</author>");
        feed.link("self", path, kind);
        feed.link("start", "opds.xml", NAVIGATION);
        feed
    }

    fn time(&self, day: Option<String>) -> String {
        format!("{}T00:00:00Z", day.as_deref().unwrap_or("1970-01-01"))
    }

    fn link(&mut self, rel: &str, path: &str, kind: &str) {
        let href = self.holdings.address(path).unwrap_or_default();
        self.xml.line(&format!("<link rel=\"{rel}\" href=\"{}\" type=\"{kind}\"/>", escaped(&href)));
    }

    fn entry_of_collection(&mut self, title: &str, id: &str, href: &str, documents: &[usize]) {
        let updated = self.time(documents.iter().filter_map(|at| self.holdings.updated(*at)).max());
        self.xml.line("<entry>");
        self.xml.element("title", title);
        self.xml.element("id", &format!("{id}#books"));
        self.xml.element("updated", &updated);
        self.xml.element("content type=\"text\"", &documents.len().to_string());
        self.xml.line(&format!("<link rel=\"subsection\" href=\"{}\" type=\"{ACQUISITION}\"/>", escaped(href)));
        self.xml.line("</entry>");
    }

    fn entry_of_book(&mut self, document: usize) {
        let cited = self.holdings.cited(document);
        let (work, record) = (cited.work, cited.record());
        let updated = self.time(self.holdings.updated(document));
        self.xml.line("<entry>");
        self.xml.element("title", &record.title);
        self.xml.element("id", &work.permalink("index.html").unwrap_or_default());
        self.xml.element("updated", &updated);
        people(&mut self.xml, &cited);
        self.xml.element("dc:language", work.language_tag());
        if let Some(publisher) = cited.publisher() {
            self.xml.element("dc:publisher", publisher);
        }
        if let Some(date) = cited.date() {
            self.xml.element("dc:issued", date.edtf());
        }
        for subject in &record.subjects {
            self.xml.line(&format!("<category term=\"{0}\" label=\"{0}\"/>", escaped(subject)));
        }
        if let Some(rights) = &record.rights {
            self.xml.element("rights", rights);
        }
        let href = work.permalink(&work.file_with(epub::ENDING)).unwrap_or_default();
        self.xml.line(&format!(
            "<link rel=\"http://opds-spec.org/acquisition/open-access\" href=\"{}\" type=\"{EPUB}\"/>",
            escaped(&href)
        ));
        let page = work.permalink("index.html").unwrap_or_default();
        self.xml.line(&format!("<link rel=\"alternate\" href=\"{}\" type=\"text/html\"/>", escaped(&page)));
        self.xml.line("</entry>");
    }

    fn finish(mut self) -> Vec<u8> {
        self.xml.line("</feed>");
        self.xml.finish()
    }
}
