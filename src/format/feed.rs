//! feed.xml: the newest documents as an Atom feed (RFC 4287).
//!
//! A feed wants a time of updating, and the build knows no clock: an entry's is the first day that its date may mean,
//! at midnight UTC. It is written by hand: four elements an entry, every text escaped the same way.

use pulldown_cmark_escape::escape_html;

use crate::archive::Archive;
use crate::page::address;

/// Documents in the feed.
const NEWEST: usize = 50;

/// The feed of an archive that knows its address.
pub fn write(archive: &Archive, base_url: &str) -> String {
    let site = &archive.site;
    let newest = archive.newest(NEWEST);
    let updated = |document: usize| {
        let date = archive.documents[document].record.date.as_ref()?;
        date.earliest_day().filter(|day| !day.starts_with('-'))
    };
    let latest = newest.iter().find_map(|document| updated(*document)).unwrap_or_else(|| "1970-01-01".to_string());
    let mut xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n".to_string();
    element(&mut xml, "title", &site.title);
    element(&mut xml, "id", base_url);
    element(&mut xml, "updated", &format!("{latest}T00:00:00Z"));
    let publisher = site.publisher.as_deref().unwrap_or(&site.title);
    xml.push_str("<author>");
    element(&mut xml, "name", publisher);
    xml.push_str("</author>\n");
    xml.push_str(&format!("<link rel=\"self\" href=\"{base_url}feed.xml\"/>\n<link href=\"{base_url}\"/>\n"));
    for document in newest {
        let entry = &archive.documents[document];
        let address = address::absolute(base_url, &format!("{}/index.html", entry.directory));
        let day = updated(document).unwrap_or_else(|| "1970-01-01".to_string());
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &entry.record.title);
        element(&mut xml, "id", &address);
        element(&mut xml, "updated", &format!("{day}T00:00:00Z"));
        xml.push_str(&format!("<link href=\"{address}\"/>\n"));
        for author in &entry.record.authors {
            xml.push_str("<author>");
            element(&mut xml, "name", &author.name);
            xml.push_str("</author>\n");
        }
        if let Some(rights) = &entry.record.rights {
            element(&mut xml, "rights", rights);
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    // Writing into a String cannot fail.
    let _ = escape_html(&mut *xml, text);
    xml.push_str(&format!("</{name}>\n"));
}
