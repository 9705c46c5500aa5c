//! A collection as one book: its documents, and those of the collections in it.
//!
//! It is put together from the books of its documents, which stand in the site already: their chapters are taken in as
//! they are, compressed, and their lists of contents are hung below their titles. So no text is parsed, written or
//! compressed twice, and no more than one collection's book is in memory for each worker.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use anyhow::Result;
use zip::{CompressionMethod, ZipArchive};

use super::container::{Container, Packed};
use super::package::{self, Access, Package};
use super::{nav, page};
use crate::archive::address;
use crate::archive::{Archive, Entry};
use crate::diagnostic::cause::While;
use crate::diagnostic::messages::Doing;
use crate::format::xml::{push_attribute, push_text};
use crate::words::Words;

/// Bytes of text in one book; a larger collection has none. No reading system opens such a book with ease.
const MOST_TEXT: u64 = 20 << 20;

/// Bytes of one book, pictures included.
const MOST: usize = 96 << 20;

/// Reads a file of the site; none where it is not there.
pub(crate) type ReadFile<'a> = &'a dyn Fn(&str) -> Result<Option<Vec<u8>>>;

/// The book of a collection; none where it would hold nothing or too much.
///
/// # Errors
/// The machine refuses to read a document's book.
pub(crate) fn write(archive: &Archive, at: usize, words: &Words, read: ReadFile<'_>) -> Result<Option<Vec<u8>>> {
    if !fits(archive, at) {
        return Ok(None);
    }
    let (site, collection) = (&archive.site, &archive.collections[at]);
    let book_address = |base: &String| address::absolute(base, &format!("{}/", collection.path));
    let permalink = site.base_url.as_ref().map(book_address);
    let identifier = package::identifier(site, &format!("{}/", collection.path), permalink.clone());
    let mut book = Book {
        archive,
        read,
        container: Container::new(1 << 20),
        package: Package::new(&site.language, &identifier, &collection.title),
        documents: 0,
        length: 0,
        first: None,
        modified: String::new(),
        languages: BTreeSet::new(),
        pictures: false,
        described: true,
    };
    let title_page = format!("{}/title.xhtml", page::FOLDER);
    book.package.page(&title_page);
    book.package.read_next("nav.xhtml");
    let contents = book.contents(at)?;
    let Some(first) = book.first.clone().filter(|_| book.length <= MOST) else { return Ok(None) };
    let publisher = site.publisher.as_ref().unwrap_or(&site.title);
    let Book { mut container, mut package, .. } = book;
    for language in [&site.language].into_iter().chain(book.languages.iter().filter(|tag| **tag != site.language)) {
        package.put("dc:language", &[], language);
    }
    package.put("dc:publisher", &[], publisher);
    package.put("dc:description", &[], collection.description.as_deref().unwrap_or_default());
    package.put("dc:rights", &[], site.rights.as_deref().unwrap_or(words.get("rights_unstated")));
    package.accessibility(words, Access { pictures: book.pictures, described: book.described, paragraphs: false });
    let dates = collection.dates.as_ref().map(|dates| words.dates().say(dates));
    let tag = &site.language;
    let title = page::of_collection(collection, words, tag, dates.as_deref(), permalink.as_deref(), publisher);
    container.text("EPUB/package.opf", &package.finish(&book.modified));
    container.text("EPUB/nav.xhtml", &nav::write(words, tag, &contents, &[], &first));
    container.text(&format!("EPUB/{title_page}"), &title);
    Ok(container.finish())
}

/// Whether the texts of a collection are few enough.
fn fits(archive: &Archive, at: usize) -> bool {
    let mut open = vec![at];
    let mut length = 0;
    while let Some(collection) = open.pop().map(|at| &archive.collections[at]) {
        open.extend(&collection.children);
        for entry in collection.documents.iter().map(|at| &archive.documents[*at]) {
            if entry.record.text_is_open() {
                length += entry.source.length(&archive.root);
            }
            if length > MOST_TEXT {
                return false;
            }
        }
    }
    length > 0
}

/// A collection's book in the making.
struct Book<'a> {
    archive: &'a Archive,
    read: ReadFile<'a>,
    container: Container,
    package: Package,
    documents: usize,
    length: usize,
    /// The first page behind the contents.
    first: Option<String>,
    modified: String,
    languages: BTreeSet<String>,
    pictures: bool,
    described: bool,
}

impl Book<'_> {
    /// Takes in the documents of a collection and of those in it, and lists them; empty where there are none.
    fn contents(&mut self, at: usize) -> Result<String> {
        let collection = &self.archive.collections[at];
        let mut list = String::new();
        for document in &collection.documents {
            let entry = &self.archive.documents[*document];
            if !entry.record.text_is_open() || self.length > MOST {
                continue;
            }
            let path = format!("{}/{}.epub", entry.directory, entry.id);
            let Some(bytes) = (self.read)(&path)? else { continue };
            self.take_in(entry, bytes, &mut list).while_doing(|| Doing::Reading { path: path.clone() })?;
        }
        for child in &collection.children {
            let inner = self.contents(*child)?;
            if !inner.is_empty() {
                list.push_str("<li><span>");
                push_text(&mut list, &self.archive.collections[*child].title);
                list.extend(["</span>", &inner, "</li>\n"]);
            }
        }
        Ok(if list.is_empty() { list } else { format!("<ol>\n{list}</ol>") })
    }

    /// Takes in one document.
    fn take_in(&mut self, entry: &Entry, bytes: Vec<u8>, list: &mut String) -> Result<()> {
        self.documents += 1;
        self.length += bytes.len();
        let folder = format!("d{:04}", self.documents);
        let mut book = ZipArchive::new(Cursor::new(bytes))?;
        let (mut nav, mut package) = (String::new(), String::new());
        book.by_name("EPUB/nav.xhtml")?.read_to_string(&mut nav)?;
        let chapters = format!("EPUB/{}/", page::FOLDER);
        let mut pictures = false;
        let mut kept = Vec::new();
        for at in 0..book.len() {
            let mut file = book.by_index_raw(at)?;
            let Some(name) = file.name()?.strip_prefix(&chapters).map(str::to_string) else { continue };
            kept.clear();
            file.read_to_end(&mut kept)?;
            let deflated = file.compression() == CompressionMethod::Deflated;
            let packed = Packed { deflated, crc: file.crc32(), size: file.size(), bytes: &kept };
            let href = format!("{folder}/{name}");
            self.container.packed(&format!("EPUB/{href}"), packed);
            match media_type(&name) {
                None => self.package.page(&href),
                Some(media_type) => {
                    pictures = true;
                    self.package.item(&href, media_type, None);
                }
            }
            self.first.get_or_insert(href);
        }
        book.by_name("EPUB/package.opf")?.read_to_string(&mut package)?;
        if pictures {
            self.pictures = true;
            self.described &= package.contains(">alternativeText<");
        }
        let modified = package::modified_of(&package);
        if modified > self.modified.as_str() {
            self.modified = modified.to_string();
        }
        let language = entry.language(&self.archive.site);
        self.languages.insert(language.to_string());
        list.push_str("<li><a");
        push_attribute(list, "href", &format!("{folder}/title.xhtml"));
        push_attribute(list, "lang", language);
        push_attribute(list, "xml:lang", language);
        list.push('>');
        push_text(list, &entry.record.title);
        list.push_str("</a>");
        // Of a text without sections the title says enough.
        let inner = nav::contents_of(&nav).filter(|inner| inner.matches("<li>").count() > 1);
        if let Some(inner) = inner {
            list.push_str(&inner.replace(&format!("href=\"{}/", page::FOLDER), &format!("href=\"{folder}/")));
        }
        list.push_str("</li>\n");
        Ok(())
    }
}

/// The media type of a picture, by the ending that the document's book gave it; none for a chapter.
fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "png" => Some("image/png"),
        "jpg" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        "webp" => Some("image/webp"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
