//! What the head of a page tells machines.
//!
//! Four vocabularies say the same: Dublin Core for harvesters, Highwire's for Zotero and Google Scholar, OpenGraph for
//! those who pass a link on, schema.org as JSON-LD for search engines; Signposting leads from the page to the files. All
//! are made from one [`Cited`], so they cannot disagree. The markup is made here and not by a template: it is the same
//! in every theme, and stands on every page.

use pulldown_cmark_escape::escape_html;

use super::cited::Cited;
use super::{dublin_core, highwire, json_ld, open_graph, signposting};
use crate::archive::Archive;
use crate::archive::collection::Collection;
use crate::page::address;

/// A page above another one, with its address relative to that one.
#[derive(Debug, Clone)]
pub struct Above {
    /// Its title.
    pub title: String,
    /// Its path from the site's root.
    pub path: String,
}

/// Meta tags, links and JSON-LD of a document's page. `crumbs` lead down to it, home first.
pub fn write(cited: &Cited<'_>, crumbs: &[Above]) -> String {
    if !cited.work.record().is_described() {
        return String::new();
    }
    let mut head = String::with_capacity(4096);
    dublin_core::meta(cited, &mut head);
    highwire::meta(cited, &mut head);
    open_graph::meta(cited, &mut head);
    signposting::links(cited, &mut head);
    json_ld::script(&json_ld::page(cited, crumbs), &mut head);
    head
}

/// Meta tags, links and JSON-LD of a collection's page.
pub fn of_collection(archive: &Archive, collection: &Collection, crumbs: &[Above]) -> String {
    let site = &archive.site;
    let mut head = String::with_capacity(2048);
    link(&mut head, "schema.DCTERMS", "http://purl.org/dc/terms/", "");
    let parent =
        collection.parent.filter(|parent| *parent > 0).map(|parent| archive.collections[parent].title.as_str());
    let address = archive.address_of(&format!("{}/index.html", collection.path));
    for (term, value) in [
        ("title", Some(collection.title.as_str())),
        ("description", collection.description.as_deref()),
        ("type", Some("Collection")),
        ("temporal", collection.dates.as_ref().map(|dates| dates.edtf())),
        ("identifier", address.as_deref()),
        ("identifier", collection.reference.as_deref()),
        ("isPartOf", parent),
        ("publisher", site.publisher.as_deref()),
        ("language", Some(site.language.as_str())),
    ] {
        if let Some(value) = value {
            meta(&mut head, "name", &format!("DCTERMS.{term}"), value);
        }
    }
    let own = [("og:type", "website"), ("og:title", collection.title.as_str()), ("og:site_name", site.title.as_str())];
    for (property, value) in own.into_iter().chain(address.as_deref().map(|address| ("og:url", address))) {
        meta(&mut head, "property", property, value);
    }
    if archive.has_address() {
        link(&mut head, "alternate", "feed.xml", "application/atom+xml");
    }
    json_ld::script(&json_ld::collection(archive, collection, crumbs), &mut head);
    head
}

/// `<meta name="…" content="…">`
pub(super) fn meta(head: &mut String, kind: &str, name: &str, content: &str) {
    head.push_str("<meta ");
    head.push_str(kind);
    head.push_str("=\"");
    head.push_str(name);
    head.push_str("\" content=\"");
    // Writing into a String cannot fail.
    let _ = escape_html(&mut *head, content);
    head.push_str("\">\n");
}

/// `<link rel="…" href="…" type="…">`
pub(super) fn link(head: &mut String, rel: &str, href: &str, media_type: &str) {
    head.push_str("<link rel=\"");
    head.push_str(rel);
    head.push_str("\" href=\"");
    let _ = escape_html(&mut *head, href);
    if !media_type.is_empty() {
        head.push_str("\" type=\"");
        head.push_str(media_type);
    }
    head.push_str("\">\n");
}

/// The way from a document's page to another page of the site.
pub(super) fn relative(cited: &Cited<'_>, path: &str) -> String {
    let root = address::root(&format!("{}/", cited.work.entry.directory));
    format!("{root}{}", address::encode(path))
}
