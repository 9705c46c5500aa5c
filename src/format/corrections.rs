//! corrections.xml: what editions changed in texts that were published before, as an Atom feed (RFC 4287).
//!
//! `feed.xml` says which documents are new or changed and has one entry for each, so a reader who cites a text does not learn from
//! it that it was corrected twice. Here every edition of a document is an entry of its own, and its address is the list of
//! changes, at that edition. Its time is midnight UTC of the edition's day, since the archive counts in days.

use super::holdings::{File, Holdings};
use super::xml::{Xml, escaped};
use crate::archive::edition::Name;
use crate::archive::reserved::EDITIONS;

/// Its name in the site.
const PATH: &str = "corrections.xml";

/// Changes in the feed.
const NEWEST: usize = 100;

/// The feed of an archive that knows its address and has published an edition.
pub(crate) fn write(holdings: &Holdings<'_>) -> Vec<File> {
    let Some(base) = holdings.base() else { return Vec::new() };
    let documents = &holdings.archive.documents;
    let mut changed: Vec<(&Name, usize)> = holdings
        .described()
        .flat_map(|document| holdings.since[document].editions.iter().skip(1).map(move |name| (name, document)))
        .collect();
    let Some(last) = holdings.since.iter().filter_map(|since| since.editions.last()).map(|name| &name.day).max() else {
        return Vec::new();
    };
    let key = |(name, document): &(&Name, usize)| (name.day.clone(), name.number, documents[*document].id.clone());
    changed.sort_by_cached_key(|change| std::cmp::Reverse(key(change)));
    changed.truncate(NEWEST);
    let site = &holdings.archive.site;
    let time = |day: &str| format!("{day}T00:00:00Z");
    let mut xml = Xml::new();
    xml.line(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(&site.language)));
    let title = holdings.theme.words(holdings.theme.language(&site.language)).get("editions_title");
    xml.element("title", &format!("{title} · {}", site.title));
    xml.element("id", &holdings.address(PATH).unwrap_or_default());
    xml.element("updated", &time(last));
    xml.line("<author>");
    xml.element("name", site.publisher.as_deref().unwrap_or(&site.title));
    xml.line("</author>");
    let address = |path: &str| escaped(&holdings.address(path).unwrap_or_else(|| base.to_string()));
    xml.line(&format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", address(PATH)));
    let home = address(&format!("{EDITIONS}.html"));
    xml.line(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>"));
    for (name, document) in changed {
        let work = holdings.work(document);
        let page = work.permalink(&format!("{EDITIONS}.html")).unwrap_or_default();
        let address = format!("{page}#{}", name.anchor());
        let edition = work.words.with_number("edition_number", name.number as usize);
        xml.line("<entry>");
        xml.element("title", &format!("{} · {edition}", work.record().title));
        xml.element("id", &address);
        xml.element("updated", &time(&name.day));
        xml.line(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&address)));
        xml.line("</entry>");
    }
    xml.line("</feed>");
    vec![(PATH.to_string(), xml.finish())]
}
