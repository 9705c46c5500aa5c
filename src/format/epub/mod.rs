//! A document as a book for reading systems: EPUB 3.3.
//!
//! The package is made by hand. The crate `epub-builder` was looked at and not taken: its licence (MPL-2.0) is not the
//! project's, it writes its own templates, and it asks a clock for the time of change. What a book needs beyond its chapters
//! is three small files.
//!
//! A book is for reading, so punctuation is restored in it where the site restores it. Its chapters are the site's
//! pages; the numbers of paragraphs stand where printed books have page numbers, so that a place can be cited from a
//! reading system as from the site. docs/content/reference/formats.md says which field of the record goes where.
//!
//! The same record and text give the same bytes: a fixed order, no clock, names from nothing but the text.

mod chapter;
pub(crate) mod collection;
mod container;
pub(super) mod image;
mod nav;
mod package;
mod page;

use self::chapter::ContentsLine;
use self::container::Container;
use super::work::Work;
use crate::site::Site;

/// The end of a book's file name.
pub(crate) const ENDING: &str = "epub";

/// Media type of books (EPUB 3.3).
pub(crate) const MEDIA_TYPE: &str = "application/epub+zip";

/// The identifier of the archive as a whole: its address, or a UUID made from its name.
pub(crate) fn archive_identifier(site: &Site) -> String {
    package::identifier(site, "", site.base_url.clone())
}

/// The whole document.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    let text = work.text?;
    let images = image::of(work.archive, text);
    let mut chapters = chapter::write(work, text, &images);
    let title_page = format!("{}/title.xhtml", page::FOLDER);
    if chapters.contents.is_empty() {
        // A list of contents cannot be empty.
        let label = work.record().title.clone();
        chapters.contents.push(ContentsLine { level: 1, label, href: title_page.clone() });
    }
    let first = chapters.contents.first().map_or(title_page.as_str(), |place| place.href.as_str());
    let contents = nav::list(&chapters.contents);
    let nav = nav::write(work.words, work.language_tag(), &contents, &chapters.paragraphs, first);
    let package = package::of_document(work, &chapters, &images);
    let length: usize = images.values().map(|image| image.bytes.len()).sum();
    let mut book = Container::new(16_384 + length + text.text.chars.len());
    book.text("EPUB/package.opf", &package);
    book.text("EPUB/nav.xhtml", &nav);
    book.text(&format!("EPUB/{title_page}"), &page::of_document(work));
    for (name, chapter) in &chapters.files {
        book.text(&format!("EPUB/{}/{name}", page::FOLDER), chapter);
    }
    for image in images.values() {
        let name = format!("EPUB/{}/{}", page::FOLDER, image.name);
        book.stored(&name, &image.bytes);
    }
    book.finish()
}
