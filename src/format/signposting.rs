//! Signposting (signposting.org, FAIR Signposting Profile 1.1): typed links that lead a program from a document's page to
//! its permanent address, its description, its files, its collection and its licence.
//!
//! In HTML they are `<link>` elements, and they are relative like all links of the site. `linkset.json` (RFC 9264) holds
//! all of them in one file; its links are absolute, so it is there only where the site's address is known.

use serde_json::{Map, Value, json};

use super::cited::Cited;
use super::work::Work;
use super::{Needs, element};
use crate::archive::address;

/// A link: its relation, where it leads from the site's root or as an address, and the media type there.
struct Link {
    rel: &'static str,
    to: To,
    media_type: &'static str,
}

enum To {
    /// A file in the document's folder.
    Beside(String),
    Path(String),
    Address(String),
}

fn all(cited: &Cited<'_>) -> Vec<Link> {
    let work = &cited.work;
    let record = cited.record();
    let mut links = Vec::new();
    if let Some(address) = work.permalink(cited.page) {
        links.push(Link { rel: "cite-as", to: To::Address(address), media_type: "" });
    }
    for download in work.downloads() {
        let rel = if download.needs == Needs::Record { "describedby" } else { "item" };
        let to = To::Beside(work.file_name(download));
        links.push(Link { rel, to, media_type: download.media_type });
    }
    if let Some((_, path)) = work.collection() {
        links.push(Link { rel: "collection", to: To::Path(format!("{path}/index.html")), media_type: "text/html" });
    }
    if let Some(uri) = &record.rights_uri {
        links.push(Link { rel: "license", to: To::Address(uri.clone()), media_type: "" });
    }
    links
}

/// The links of a page.
pub(crate) fn links(cited: &Cited<'_>, head: &mut String) {
    for link in all(cited) {
        let href = match &link.to {
            To::Beside(name) => address::encode(name),
            To::Path(path) => relative(cited, path),
            To::Address(address) => address.clone(),
        };
        element::link(head, link.rel, &href, link.media_type);
    }
    if cited.work.archive.site.base_url.is_some() {
        element::link(head, "linkset", "linkset.json", "application/linkset+json");
    }
}

/// All links of a document as `linkset.json`; `None` where the site's address is not known.
pub(crate) fn linkset(work: &Work<'_>) -> Option<Vec<u8>> {
    let base = work.archive.site.base_url.as_deref().filter(|_| work.record().is_described())?;
    let cited = Cited::whole(*work);
    let mut relations: Map<String, Value> = Map::new();
    relations.insert("anchor".to_string(), work.permalink("index.html").into());
    for link in all(&cited) {
        let href = match link.to {
            To::Beside(name) => address::absolute(base, &format!("{}/{name}", work.entry.directory)),
            To::Path(path) => address::absolute(base, path.strip_suffix("index.html").unwrap_or(&path)),
            To::Address(address) => address,
        };
        let target = match link.media_type {
            "" => json!({ "href": href }),
            media_type => json!({ "href": href, "type": media_type }),
        };
        let targets = relations.entry(link.rel).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(targets) = targets {
            targets.push(target);
        }
    }
    let mut text = serde_json::to_vec_pretty(&json!({ "linkset": [relations] })).ok()?;
    text.push(b'\n');
    Some(text)
}

/// The way from a document's page to another page of the site.
fn relative(cited: &Cited<'_>, path: &str) -> String {
    let root = address::root(&format!("{}/", cited.work.entry.directory));
    format!("{root}{}", address::encode(path))
}
