//! The package document: what the book says of itself (EPUB 3.3, 5), from the record.

use uuid::Uuid;

use super::chapter::Chapters;
use super::image::Images;
use crate::format::cited::Cited;
use crate::format::work::Work;
use crate::format::xml::{push_attribute, push_text};
use crate::record::date::{Date, Extent};
use crate::record::language::direction;
use crate::record::person::{Person, Role};
use crate::site::Site;
use crate::words::Words;

/// The namespace of the names that books of archives without an address have (RFC 9562, 5.5).
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0d_5c1e_9a3b_4e57_8d26_f04d_5ea1_c0de);

/// The last change, in the form that books ask for: the day that the account of changes gives, and where none is kept
/// that of the document's date, since a clock would make two builds differ.
fn modified(work: &Work<'_>) -> String {
    let date = || work.record().date.as_ref().and_then(|date| date.earliest_day());
    let day = work.since.day.clone().or_else(date);
    // A year of four digits; others have no place in this form.
    let day = day.filter(|day| day.len() == 10 && day.as_bytes()[0].is_ascii_digit() && !day.starts_with("0000"));
    format!("{}T00:00:00Z", day.as_deref().unwrap_or("1970-01-01"))
}

/// The last change that a package document tells.
pub(crate) fn modified_of(package: &str) -> &str {
    let told = package.split_once("property=\"dcterms:modified\">");
    told.and_then(|(_, rest)| rest.split_once('<')).map_or("", |(time, _)| time)
}

/// A book's identifier: its address, or a UUID made from the archive's name and its own.
pub(crate) fn identifier(site: &Site, name: &str, address: Option<String>) -> String {
    address.unwrap_or_else(|| {
        let name = format!("{}\n{name}", site.title);
        Uuid::new_v5(&NAMESPACE, name.as_bytes()).urn().to_string()
    })
}

/// The code of MARC's list of relators for what somebody did.
fn relator(person: &Person) -> &'static str {
    match Role::of(person) {
        Role::Author => "aut",
        Role::Editor => "edt",
        Role::Translator => "trl",
        Role::Compiler => "com",
        Role::Contributor => "ctb",
    }
}

/// What decides how a book can be read.
pub(crate) struct Access {
    /// There are pictures.
    pub pictures: bool,
    /// Each of them is described.
    pub described: bool,
    /// Paragraphs carry numbers.
    pub paragraphs: bool,
}

/// A package document in the making.
pub(crate) struct Package {
    metadata: String,
    manifest: String,
    spine: String,
    direction: &'static str,
    language: String,
    names: usize,
}

impl Package {
    /// A package whose own language is `language`.
    pub(crate) fn new(language: &str, identifier: &str, title: &str) -> Self {
        let mut package = Self {
            metadata: String::with_capacity(4096),
            manifest: String::with_capacity(4096),
            spine: String::with_capacity(1024),
            direction: direction(language),
            language: language.to_string(),
            names: 0,
        };
        package.put("dc:identifier", &[("id", "identifier")], identifier);
        package.put("dc:title", &[("id", "title")], title);
        package.refine("title", "title-type", None, "main");
        package.item("nav.xhtml", "application/xhtml+xml", Some("nav"));
        package.item("style.css", "text/css", None);
        package
    }

    /// An element of the metadata.
    pub(crate) fn put(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.metadata.extend(["<", name]);
        for (name, value) in attributes {
            push_attribute(&mut self.metadata, name, value);
        }
        self.metadata.push('>');
        push_text(&mut self.metadata, text);
        self.metadata.extend(["</", name, ">\n"]);
    }

    /// A property of the book.
    pub(crate) fn property(&mut self, property: &str, text: &str) {
        self.put("meta", &[("property", property)], text);
    }

    fn refine(&mut self, id: &str, property: &str, scheme: Option<&str>, text: &str) {
        let id = format!("#{id}");
        let mut attributes = vec![("refines", id.as_str()), ("property", property)];
        attributes.extend(scheme.map(|scheme| ("scheme", scheme)));
        self.put("meta", &attributes, text);
    }

    fn person(&mut self, person: &Person) {
        self.names += 1;
        let id = format!("name-{}", self.names);
        let relator = relator(person);
        let element = if relator == "aut" { "dc:creator" } else { "dc:contributor" };
        self.put(element, &[("id", &id)], &person.name);
        self.refine(&id, "role", Some("marc:relators"), relator);
        if let Some(sort) = &person.sort {
            self.refine(&id, "file-as", None, sort);
        }
    }

    /// Says that the book belongs to a collection.
    fn belongs_to(&mut self, title: &str) {
        self.put("meta", &[("property", "belongs-to-collection"), ("id", "collection")], title);
        self.refine("collection", "collection-type", None, "series");
    }

    /// How the book can be read (EPUB Accessibility 1.1; schema.org).
    pub(crate) fn accessibility(&mut self, words: &Words, access: Access) {
        let Access { pictures, described, paragraphs } = access;
        self.property("schema:accessMode", "textual");
        if pictures {
            self.property("schema:accessMode", "visual");
        }
        self.property("schema:accessModeSufficient", if described { "textual" } else { "textual,visual" });
        for feature in ["tableOfContents", "structuralNavigation", "readingOrder"] {
            self.property("schema:accessibilityFeature", feature);
        }
        if paragraphs {
            self.property("schema:accessibilityFeature", "pageNavigation");
            // The numbers are the text's own, and of no printed book.
            self.property("pageBreakSource", "none");
        }
        if pictures && described {
            self.property("schema:accessibilityFeature", "alternativeText");
        }
        self.property("schema:accessibilityHazard", "none");
        let numbers = paragraphs.then_some("epub_summary_numbers");
        let of_pictures = if described { "epub_summary_described" } else { "epub_summary_undescribed" };
        let mut summary = words.get("epub_summary").to_string();
        for key in numbers.into_iter().chain(pictures.then_some(of_pictures)) {
            // Chinese sentences follow each other without a space.
            summary.push_str(if summary.ends_with('。') { "" } else { " " });
            summary.push_str(words.get(key));
        }
        self.property("schema:accessibilitySummary", &summary);
    }

    /// A file of the book.
    pub(crate) fn item(&mut self, href: &str, media_type: &str, properties: Option<&str>) {
        self.manifest.push_str("<item");
        push_attribute(&mut self.manifest, "id", &id_of(href));
        push_attribute(&mut self.manifest, "href", href);
        push_attribute(&mut self.manifest, "media-type", media_type);
        if let Some(properties) = properties {
            push_attribute(&mut self.manifest, "properties", properties);
        }
        self.manifest.push_str("/>\n");
    }

    /// A page, in the order of reading.
    pub(crate) fn read_next(&mut self, href: &str) {
        self.spine.push_str("<itemref");
        push_attribute(&mut self.spine, "idref", &id_of(href));
        self.spine.push_str("/>\n");
    }

    /// A page that is listed and read.
    pub(crate) fn page(&mut self, href: &str) {
        self.item(href, "application/xhtml+xml", None);
        self.read_next(href);
    }

    /// The document; `modified` is the last change.
    pub(crate) fn finish(mut self, modified: &str) -> String {
        self.property("dcterms:modified", modified);
        let mut out = String::with_capacity(self.metadata.len() + self.manifest.len() + self.spine.len() + 512);
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\"");
        push_attribute(&mut out, "unique-identifier", "identifier");
        push_attribute(&mut out, "xml:lang", &self.language);
        out.push_str(">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
        out.push_str(&self.metadata);
        out.extend(["</metadata>\n<manifest>\n", &self.manifest, "</manifest>\n<spine"]);
        push_attribute(&mut out, "page-progression-direction", self.direction);
        out.extend([">\n", &self.spine, "</spine>\n</package>\n"]);
        out
    }

    fn date(&mut self, date: &Date) {
        self.property("dcterms:issued", date.edtf());
        // The form that `dc:date` is held against (W3CDTF) knows neither doubt nor intervals.
        match date.extent() {
            Extent::At(day) if !date.is_approximate() && !date.is_uncertain() && !day.starts_with('-') => {
                self.put("dc:date", &[], &day);
            }
            _ => {}
        }
    }
}

/// A file's id in the package: names in books are of letters, figures, `-`, `.` and `/`.
fn id_of(href: &str) -> String {
    format!("f-{}", href.replace('/', "-"))
}

/// The package of a document's book.
pub(crate) fn of_document(work: &Work<'_>, chapters: &Chapters, images: &Images<'_>) -> String {
    let (site, record) = (&work.archive.site, work.record());
    let language = work.language_tag();
    let identifier = identifier(site, &work.entry.id, work.permalink("index.html"));
    let mut package = Package::new(language, &identifier, &record.title);
    if let Some(subtitle) = &record.subtitle {
        package.put("dc:title", &[("id", "subtitle")], subtitle);
        package.refine("subtitle", "title-type", None, "subtitle");
    }
    package.put("dc:language", &[], language);
    let cited = Cited::whole(*work);
    for author in &cited.authors() {
        package.person(author);
    }
    package.put("dc:publisher", &[], cited.publisher().unwrap_or_default());
    if let Some(date) = cited.date() {
        package.date(date);
    }
    for subject in record.subjects.iter().chain(&record.people).chain(&record.organisations) {
        package.put("dc:subject", &[], subject);
    }
    for place in &record.places {
        package.put("dc:coverage", &[], place);
    }
    if let Some(kind) = &record.kind {
        package.property("dcterms:type", kind);
    }
    for number in record.doc_number.iter().chain(&record.index_number) {
        package.property("dcterms:identifier", number);
    }
    let stated = record.rights.as_ref().or(record.rights_uri.as_ref());
    package.put("dc:rights", &[], stated.map_or(work.words.get("rights_unstated"), String::as_str));
    if let Some(address) = &record.rights_uri {
        package.property("dcterms:license", address);
    }
    package.put("dc:source", &[], record.source_url.as_deref().unwrap_or_default());
    if work.entry.collection > 0 {
        package.belongs_to(&work.archive.collections[work.entry.collection].title);
    }
    package.accessibility(
        work.words,
        Access {
            pictures: !images.is_empty(),
            described: chapters.described,
            paragraphs: !chapters.paragraphs.is_empty(),
        },
    );
    let folder = super::page::FOLDER;
    package.page(&format!("{folder}/title.xhtml"));
    package.read_next("nav.xhtml");
    for (name, _) in &chapters.files {
        package.page(&format!("{folder}/{name}"));
    }
    for image in images.values() {
        package.item(&format!("{folder}/{}", image.name), image.media_type, None);
    }
    package.finish(&modified(work))
}
