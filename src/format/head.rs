//! What the head of a page tells machines.
//!
//! Four vocabularies say the same: Dublin Core for harvesters, Highwire's for Zotero and Google Scholar, OpenGraph for
//! those who pass a link on, schema.org as JSON-LD for search engines; Signposting leads from the page to the files. All
//! are made from one [`Cited`], so they cannot disagree. The markup is made here and not by a template: it is the same
//! in every theme, and stands on every page.

use super::cited::Cited;
use super::element::{link, meta};
use super::json_ld::{self, Above};
use super::{dublin_core, highwire, open_graph, signposting};
use crate::archive::Archive;
use crate::archive::collection::Collection;

/// Meta tags, links and JSON-LD of a document's page. `crumbs` lead down to it, home first.
pub(crate) fn write(cited: &Cited<'_>, crumbs: &[Above]) -> String {
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
pub(crate) fn of_collection(archive: &Archive, collection: &Collection, crumbs: &[Above]) -> String {
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
