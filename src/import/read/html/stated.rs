//! What a page states in its head: the names that China's government sites are told to use, the web's common ones, and the
//! descriptions that pages carry for machines (JSON-LD).

use dom_query::Document;
use url::Url;

use super::dates;
use super::json::text_under;
use super::title::Claims;
use crate::import::flow::Dated;
use crate::import::meta::{self, Author, Meta, is_author};
use crate::import::recognise::fold::fold;
use crate::record::printed_date as date;

/// What a page states.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) meta: Meta,
    pub(super) claims: Claims,
    /// The day of publication, with its evidence.
    pub(super) date: Option<Dated>,
}

/// Reads the `meta` elements, JSON-LD and the page's address.
pub(super) fn read(document: &Document, html: &str) -> Stated {
    let metas = metas(document);
    let mut stated = Stated { claims: claims(&metas, document), ..Stated::default() };
    stated.date = dates::stated(&metas, document);
    let meta = &mut stated.meta;
    let mut address = None;
    for (name, content) in &metas {
        let content = content.clone();
        match name.as_str() {
            "contentsource" => meta.source = Some(content),
            "author" => put_authors(meta, &content, &stated.claims.sites),
            "keywords" => put_subjects(meta, &content),
            "columnname" => drop(meta.extra.insert("ColumnName".to_string(), content)),
            "sitename" => drop(meta.extra.insert("SiteName".to_string(), content)),
            "url" => address = Some(content),
            "og:url" => address = address.or(Some(content)),
            _ => {}
        }
    }
    if let Some(dated) = &stated.date {
        let value = metas.iter().find(|(name, _)| dated.from == format!("meta {name}")).map(|(_, content)| content);
        meta.time = value.and_then(|value| date::read(&fold(value).text)).and_then(|read| read.time);
        meta.date = Some(dated.date.clone());
    }
    if !metas.iter().any(|(name, _)| name == "articletitle") {
        // Names that any page may have say who made the page, not who wrote the text; the government's own come together.
        meta.subjects.clear();
    }
    let canonical = || {
        let link = document.select("link[rel=canonical]");
        link.nodes().first().and_then(|node| node.attr("href")).map(|href| href.to_string())
    };
    let found = saved_from(html).or_else(canonical).or(address);
    meta.source_url = found.filter(|found| found.starts_with("http://") || found.starts_with("https://"));
    stated
}

/// Most `meta` elements that are read; pages have a few dozen.
const MOST_METAS: usize = 2_000;

/// Names, in lower case, and contents of the page's `meta` elements.
fn metas(document: &Document) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for node in document.select("meta[content]").nodes().iter().take(MOST_METAS) {
        let name = ["name", "property", "itemprop"].iter().find_map(|name| node.attr(name));
        let content = node.attr_or("content", "").split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(name) = name.filter(|_| !content.is_empty()) {
            metas.push((name.to_ascii_lowercase(), content));
        }
    }
    metas
}

/// What the page says its title is, and what its site is called.
fn claims(metas: &[(String, String)], document: &Document) -> Claims {
    const TITLES: [(&str, &str); 5] = [
        ("articletitle", "meta ArticleTitle"),
        ("og:title", "meta og:title"),
        ("twitter:title", "meta twitter:title"),
        ("citation_title", "meta citation_title"),
        ("dc.title", "meta dc.title"),
    ];
    const SITES: [&str; 4] = ["og:site_name", "sitename", "application-name", "apple-mobile-web-app-title"];
    let mut claims = Claims::default();
    for (wanted, from) in TITLES {
        let found = metas.iter().find(|(name, _)| name == wanted);
        claims.stated.extend(found.map(|(_, content)| (from, content.clone())));
    }
    let scripts = document.select("script[type='application/ld+json']");
    for script in scripts.nodes() {
        if let Some(headline) = text_under(&script.text(), "headline").filter(|headline| !headline.is_empty()) {
            claims.stated.push(("JSON-LD headline", headline));
            break;
        }
    }
    claims.sites =
        metas.iter().filter(|(name, _)| SITES.contains(&name.as_str())).map(|(_, site)| site.clone()).collect();
    claims
}

fn put_authors(meta: &mut Meta, value: &str, sites: &[String]) {
    for name in meta::names(value) {
        // A part of the site's name is the place or the body that runs it.
        let is_site = sites.iter().any(|site| meta::same_words(site, &name) || site.contains(name.as_str()));
        if is_author(&name) && !is_site && meta.authors.iter().all(|author| author.name != name) {
            meta.authors.push(Author { name, affiliation: None });
        }
    }
}

fn put_subjects(meta: &mut Meta, value: &str) {
    let words = value.split([' ', '、', ';', '；', ',', '，', '|']).map(str::trim);
    for word in words.filter(|word| !word.is_empty()) {
        if !meta.subjects.iter().any(|known| known == word) {
            meta.subjects.push(word.to_string());
        }
    }
}

/// Browsers that save a page note where it came from: `<!-- saved from url=(0023)http://… -->`
fn saved_from(html: &str) -> Option<String> {
    let end = html.char_indices().nth(2000).map_or(html.len(), |(at, _)| at);
    let rest = html.get(..end)?.split_once("saved from url=(")?.1;
    let address = rest.split_once(')')?.1;
    Some(address.split("-->").next()?.trim().to_string())
}
/// What the page's relative addresses start from (HTML 4.2.3): its `base` element, else its own address.
pub(super) fn base(document: &Document, address: Option<&str>) -> Option<Url> {
    let own = address.and_then(|address| Url::parse(address).ok());
    let stated = document.select("base[href]");
    let href = stated.nodes().first().and_then(|node| node.attr("href"));
    match (href, own) {
        (Some(href), Some(own)) => own.join(&href).ok().or(Some(own)),
        (Some(href), None) => Url::parse(&href).ok(),
        (None, own) => own,
    }
}
