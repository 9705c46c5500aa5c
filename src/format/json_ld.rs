//! JSON-LD by schema.org: a document is an `Article` and an `ArchiveComponent`, a collection a `Collection`, the archive a
//! `WebSite`; every page says where it stands in a `BreadcrumbList`.
//!
//! `@id` and `url` are absolute, so they are there only where the site's address is known. A date that is not exact is
//! typed as EDTF, since schema.org's dates know no doubt.

use serde_json::{Map, Value, json};

use super::cited::Cited;
use crate::archive::Archive;
use crate::archive::collection::Collection;
use crate::archive::reserved::EDITIONS;
use crate::record::Record;
use crate::record::date::Date;
use crate::record::person::{Person, Role};

/// The tag before the data.
const OPENING: &str = "<script type=\"application/ld+json\">";

/// The data in a page's head, as it stands there.
pub(crate) fn data_in(head: &str) -> Option<&str> {
    Some(head.split_once(OPENING)?.1.split_once("</script>")?.0)
}

/// Puts data into a page: no text can end the element, since `<` is written as an escape.
pub(crate) fn script(data: &Value, head: &mut String) {
    let text = serde_json::to_string(data).unwrap_or_default();
    head.push_str(OPENING);
    head.push_str(&text.replace('<', "\\u003c"));
    head.push_str("</script>\n");
}

/// A page above another one, with its address relative to that one.
#[derive(Debug, Clone)]
pub(crate) struct Above {
    /// Its title.
    pub title: String,
    /// Its path from the site's root.
    pub path: String,
}

/// What a document's page says: everything on the landing page and that of the whole text; on a section's page what a
/// reader of that page alone must know, and where the rest stands.
pub(crate) fn page(cited: &Cited<'_>, crumbs: &[Above]) -> Value {
    let mut graph = match cited.section {
        None => vec![article(cited)],
        Some(section) => {
            let mut page = object("WebPage");
            page.insert("name".to_string(), section.full().into());
            put_address(&mut page, cited.work.permalink(cited.page));
            let whole = brief(cited);
            page.insert("isPartOf".to_string(), whole);
            vec![Value::Object(page)]
        }
    };
    graph.extend(breadcrumbs(cited.work.archive, crumbs));
    json!({ "@context": "https://schema.org", "@graph": graph })
}

/// The document alone, as a file of its own.
pub(crate) fn text(cited: &Cited<'_>) -> String {
    let Value::Object(article) = article(cited) else { return String::new() };
    let mut data = Map::new();
    data.insert("@context".to_string(), "https://schema.org".into());
    data.extend(article);
    let mut text = serde_json::to_string_pretty(&Value::Object(data)).unwrap_or_default();
    text.push('\n');
    text
}

/// The document in as few words as name it.
fn brief(cited: &Cited<'_>) -> Value {
    let record = cited.record();
    let mut article = Map::new();
    article.insert("@type".to_string(), json!(["Article", "ArchiveComponent"]));
    put_address(&mut article, cited.work.permalink("index.html"));
    article.insert("headline".to_string(), record.title.clone().into());
    let facts = [
        ("author", people(cited, |role| role == Role::Author)),
        ("datePublished", record.date.as_ref().map(date)),
        ("publisher", cited.publisher().map(office)),
        ("copyrightNotice", record.rights.clone().map(Value::from)),
        ("license", record.rights_uri.clone().map(Value::from)),
    ];
    for (key, value) in facts {
        if let Some(value) = value {
            article.insert(key.to_string(), value);
        }
    }
    Value::Object(article)
}

/// People, offices and places that the text names.
fn mentions(record: &Record) -> Option<Value> {
    let mentions: Vec<Value> = named("Person", &record.people)
        .chain(named("Organization", &record.organisations))
        .chain(named("Place", &record.places))
        .collect();
    (!mentions.is_empty()).then(|| mentions.into())
}

/// The edition that made a document what it is, and where its changes are listed.
fn edition(cited: &Cited<'_>) -> [(&'static str, Option<Value>); 3] {
    let edition = cited.work.since.edition();
    let page = cited.work.permalink(&format!("{EDITIONS}.html")).filter(|_| !cited.work.revisions.is_empty());
    [
        ("dateModified", edition.map(|edition| edition.day.clone().into())),
        ("version", edition.map(|edition| edition.number.into())),
        ("correction", page.map(Value::from)),
    ]
}

fn article(cited: &Cited<'_>) -> Value {
    let record = cited.record();
    let archive = cited.work.archive;
    let mut article = Map::new();
    article.insert("@type".to_string(), json!(["Article", "ArchiveComponent"]));
    put_address(&mut article, cited.work.permalink("index.html"));
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            article.insert(key.to_string(), value);
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::from);
    put("headline", Some(record.title.clone().into()));
    put("alternativeHeadline", text(&record.subtitle));
    for (property, wanted) in [("author", Role::Author), ("editor", Role::Editor), ("translator", Role::Translator)] {
        put(property, people(cited, |role| role == wanted));
    }
    put("contributor", people(cited, |role| matches!(role, Role::Compiler | Role::Contributor)));
    put("datePublished", record.date.as_ref().map(date));
    put("dateCreated", record.created.as_ref().map(date));
    for (key, value) in edition(cited) {
        put(key, value);
    }
    put("publisher", cited.publisher().map(office));
    put("inLanguage", Some(cited.work.language_tag().into()));
    put("genre", text(&record.kind));
    let mut identifiers = vec![json!(cited.work.entry.id)];
    for (name, value) in [("发文字号", &record.doc_number), ("索引号", &record.index_number)] {
        let property = |value| json!({ "@type": "PropertyValue", "name": name, "value": value });
        identifiers.extend(value.as_ref().map(property));
    }
    put("identifier", Some(identifiers.into()));
    put("keywords", (!record.subjects.is_empty()).then(|| json!(record.subjects)));
    put("mentions", mentions(record));
    put("isBasedOn", record.source_url.as_ref().map(|url| json!({ "@type": "WebPage", "url": url })));
    put("copyrightNotice", text(&record.rights));
    put("license", text(&record.rights_uri));
    put("conditionsOfAccess", Some(record.stated_access().into()));
    put("sha256", record.original.as_ref().and_then(|original| original.sha256.clone()).map(Value::from));
    let site = &archive.site;
    put("holdingArchive", site.publisher.as_deref().map(|name| holder(name, site.publisher_url.as_deref())));
    put(
        "isPartOf",
        cited.work.collection().map(|(title, path)| {
            let mut collection = object("Collection");
            collection.insert("name".to_string(), title.into());
            put_address(&mut collection, archive.address_of(&format!("{path}/index.html")));
            Value::Object(collection)
        }),
    );
    let encodings: Vec<Value> = cited
        .work
        .downloads()
        .filter_map(|download| {
            let url = cited.work.permalink(&cited.work.file_name(download))?;
            Some(json!({ "@type": "MediaObject", "encodingFormat": download.media_type, "contentUrl": url }))
        })
        .collect();
    put("encoding", (!encodings.is_empty()).then(|| encodings.into()));
    Value::Object(article)
}

/// What a collection's page says.
pub(crate) fn collection(archive: &Archive, collection: &Collection, crumbs: &[Above]) -> Value {
    let site = &archive.site;
    let mut item = Map::new();
    item.insert("@type".to_string(), json!(["Collection", "ArchiveComponent"]));
    put_address(&mut item, archive.address_of(&format!("{}/index.html", collection.path)));
    item.insert("name".to_string(), collection.title.clone().into());
    let facts = [
        ("description", collection.description.clone()),
        ("identifier", collection.reference.clone()),
        ("genre", collection.level.clone()),
        ("temporalCoverage", collection.dates.as_ref().map(|date| date.edtf().to_string())),
    ];
    for (key, value) in facts {
        if let Some(value) = value {
            item.insert(key.to_string(), value.into());
        }
    }
    item.insert("collectionSize".to_string(), collection.total.into());
    if let Some(name) = &site.publisher {
        item.insert("holdingArchive".to_string(), holder(name, site.publisher_url.as_deref()));
    }
    if let Some(parent) = collection.parent.filter(|parent| *parent > 0).map(|at| &archive.collections[at]) {
        let mut part = object("Collection");
        part.insert("name".to_string(), parent.title.clone().into());
        put_address(&mut part, archive.address_of(&format!("{}/index.html", parent.path)));
        item.insert("isPartOf".to_string(), Value::Object(part));
    }
    let mut graph = vec![Value::Object(item)];
    graph.extend(breadcrumbs(archive, crumbs));
    json!({ "@context": "https://schema.org", "@graph": graph })
}

/// What the home page says: the site, and how to search it.
pub(crate) fn site(archive: &Archive) -> Value {
    let site = &archive.site;
    let mut item = object("WebSite");
    put_address(&mut item, site.base_url.clone());
    item.insert("name".to_string(), site.title.clone().into());
    item.insert("inLanguage".to_string(), site.language.clone().into());
    for (key, value) in [("alternateName", &site.subtitle), ("description", &site.description)] {
        if let Some(value) = value {
            item.insert(key.to_string(), value.clone().into());
        }
    }
    if let Some(name) = &site.publisher {
        item.insert("publisher".to_string(), holder(name, site.publisher_url.as_deref()));
    }
    if let Some(uri) = &site.rights_uri {
        item.insert("license".to_string(), uri.clone().into());
    }
    if let Some(base) = site.base_url.as_ref().filter(|_| site.search) {
        item.insert(
            "potentialAction".to_string(),
            json!({
                "@type": "SearchAction",
                "target": { "@type": "EntryPoint", "urlTemplate": format!("{base}search.html?q={{query}}") },
                "query-input": "required name=query",
            }),
        );
    }
    json!({ "@context": "https://schema.org", "@graph": [item] })
}

fn breadcrumbs(archive: &Archive, crumbs: &[Above]) -> Option<Value> {
    if crumbs.is_empty() {
        return None;
    }
    let items: Vec<Value> = crumbs
        .iter()
        .enumerate()
        .map(|(at, crumb)| {
            let mut item = object("ListItem");
            item.insert("position".to_string(), (at + 1).into());
            item.insert("name".to_string(), crumb.title.clone().into());
            if let Some(url) = archive.address_of(&crumb.path) {
                item.insert("item".to_string(), url.into());
            }
            Value::Object(item)
        })
        .collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items }))
}

fn object(kind: &str) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("@type".to_string(), kind.into());
    object
}

fn put_address(item: &mut Map<String, Value>, address: Option<String>) {
    if let Some(address) = address {
        item.insert("@id".to_string(), address.clone().into());
        item.insert("url".to_string(), address.into());
    }
}

fn people(cited: &Cited<'_>, wanted: impl Fn(Role) -> bool) -> Option<Value> {
    let people: Vec<Value> = cited.authors().iter().filter(|person| wanted(Role::of(person))).map(person).collect();
    (!people.is_empty()).then(|| people.into())
}

fn person(person: &Person) -> Value {
    let mut item = object(if person.office { "Organization" } else { "Person" });
    item.insert("name".to_string(), person.name.clone().into());
    if let Some((family, given)) = person.split() {
        item.insert("familyName".to_string(), family.into());
        item.insert("givenName".to_string(), given.into());
    }
    if let Some(affiliation) = person.affiliation.as_ref().filter(|_| !person.office) {
        item.insert("affiliation".to_string(), office(affiliation));
    }
    Value::Object(item)
}

fn office(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

fn holder(name: &str, url: Option<&str>) -> Value {
    match url {
        Some(url) => json!({ "@type": "ArchiveOrganization", "name": name, "url": url }),
        None => json!({ "@type": "ArchiveOrganization", "name": name }),
    }
}

fn named<'a>(kind: &'static str, names: &'a [String]) -> impl Iterator<Item = Value> + 'a {
    names.iter().map(move |name| json!({ "@type": kind, "name": name }))
}

fn date(date: &Date) -> Value {
    match date.is_exact() {
        true => date.edtf().into(),
        false => json!({ "@type": "http://id.loc.gov/datatypes/edtf/EDTF-level1", "@value": date.edtf() }),
    }
}
