//! feed.xml: what is new, as Atom feeds (RFC 4287); one for the archive, one for each collection with all below it.
//!
//! New is what was changed last; where no account of changes is kept, what has the latest date. An entry's time is
//! midnight UTC of that day, since the archive counts in days.

use super::cited::Cited;
use super::holdings::{File, Holdings};
use super::xml::{Xml, escaped};

/// Documents in a feed.
const NEWEST: usize = 50;

/// The feeds of an archive that knows its address.
pub(crate) fn write(holdings: &Holdings<'_>) -> Vec<File> {
    let Some(base) = holdings.base() else { return Vec::new() };
    let archive = holdings.archive;
    let mut newest: Vec<(Option<String>, usize)> =
        holdings.described().map(|document| (holdings.updated(document), document)).collect();
    newest.sort_by(|(a, one), (b, two)| {
        let key = |document: &usize| archive.documents[*document].record.date.as_ref().map(|date| date.sort_key());
        b.cmp(a)
            .then_with(|| key(two).cmp(&key(one)))
            .then_with(|| archive.documents[*one].id.cmp(&archive.documents[*two].id))
    });
    // A document is in the feed of its collection and of those above.
    let mut feeds: Vec<Vec<(Option<String>, usize)>> = vec![Vec::new(); archive.collections.len()];
    for (day, document) in newest {
        let mut at = Some(archive.documents[document].collection);
        while let Some(collection) = at {
            if feeds[collection].len() < NEWEST {
                feeds[collection].push((day.clone(), document));
            }
            at = archive.collections[collection].parent;
        }
    }
    let paths = archive.collections.iter().map(|collection| match collection.path.as_str() {
        "" => (archive.site.title.clone(), String::new()),
        path => (format!("{} · {}", collection.title, archive.site.title), format!("{path}/")),
    });
    paths
        .zip(feeds)
        .map(|((title, folder), documents)| {
            let path = format!("{folder}feed.xml");
            let home = holdings.address(&format!("{folder}index.html")).unwrap_or_else(|| base.to_string());
            let address = holdings.address(&path).unwrap_or_default();
            (path, feed(holdings, &title, &home, &address, &documents))
        })
        .collect()
}

fn feed(
    holdings: &Holdings<'_>,
    title: &str,
    home: &str,
    address: &str,
    documents: &[(Option<String>, usize)],
) -> Vec<u8> {
    const NEVER: &str = "1970-01-01";
    let site = &holdings.archive.site;
    let time = |day: Option<&str>| format!("{}T00:00:00Z", day.unwrap_or(NEVER));
    let mut xml = Xml::new();
    xml.line(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(&site.language)));
    xml.element("title", title);
    xml.element("id", home);
    xml.element("updated", &time(documents.iter().filter_map(|(day, _)| day.as_deref()).max()));
    xml.line("<author>");
    xml.element("name", site.publisher.as_deref().unwrap_or(&site.title));
    xml.line("</author>");
    xml.line(&format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escaped(address)));
    xml.line(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(home)));
    for (day, document) in documents {
        let cited = holdings.cited(*document);
        let record = cited.record();
        let address = cited.work.permalink("index.html").unwrap_or_default();
        xml.line("<entry>");
        xml.element("title", &record.title);
        xml.element("id", &address);
        xml.element("updated", &time(day.as_deref()));
        if let Some(day) = record
            .date
            .as_ref()
            .filter(|date| date.is_exact() && date.day().is_some())
            .and_then(|date| date.earliest_day())
        {
            xml.element("published", &time(Some(&day)));
        }
        xml.line(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&address)));
        people(&mut xml, &cited);
        for subject in &record.subjects {
            xml.line(&format!("<category term=\"{}\"/>", escaped(subject)));
        }
        if let Some(source) = &record.source {
            xml.element(
                "summary",
                &[Some(source.as_str()), record.doc_number.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · "),
            );
        }
        if let Some(rights) = &record.rights {
            xml.element("rights", rights);
        }
        xml.line("</entry>");
    }
    xml.line("</feed>");
    xml.finish()
}

/// Who wrote a document, and who else had a part in it (RFC 4287, 4.2.1 and 4.2.3).
pub(super) fn people(xml: &mut Xml, cited: &Cited<'_>) {
    let writers = cited.writers();
    for person in cited.authors() {
        let element = if writers.contains(&person) { "author" } else { "contributor" };
        xml.line(&format!("<{element}>"));
        xml.element("name", &person.name);
        xml.line(&format!("</{element}>"));
    }
}
