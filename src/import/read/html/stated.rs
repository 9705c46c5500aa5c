//! What a page states in its head: the names that China's government sites are told to use, and the web's common ones.

use dom_query::Document;

use crate::import::meta::{self, Author, Meta};
use crate::import::recognise::fold::fold;
use crate::record::printed_date as date;

/// Reads the `meta` elements and the page's address.
pub(super) fn read(document: &Document, html: &str) -> Meta {
    let mut stated = Meta::default();
    let mut address = None;
    for node in document.select("meta").nodes() {
        let name = node.attr("name").or_else(|| node.attr("property")).unwrap_or_default().to_ascii_lowercase();
        let content = node.attr_or("content", "");
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        if content.is_empty() {
            continue;
        }
        match name.as_str() {
            "articletitle" => stated.title = Some(content),
            "pubdate" | "publishdate" | "article:published_time" if stated.date.is_none() => {
                let day = content.split('T').next().unwrap_or_default().to_string();
                let read = date::read(&fold(&content).text).filter(|read| read.edtf.len() >= 4);
                if let Some(read) = read.or_else(|| date::read(&day)) {
                    (stated.date, stated.time) = (Some(read.edtf), read.time);
                }
            }
            "contentsource" => stated.source = Some(content),
            "author" => {
                for name in meta::names(&content) {
                    if !matches!(name.as_str(), "admin" | "管理员" | "系统管理员" | "无" | "佚名")
                        && stated.authors.iter().all(|author| author.name != name)
                    {
                        stated.authors.push(Author { name, affiliation: None });
                    }
                }
            }
            "keywords" => {
                let words = content.split([' ', '、', ';', '；', ',', '，', '|']).map(str::trim);
                for word in words.filter(|word| !word.is_empty()) {
                    if !stated.subjects.iter().any(|known| known == word) {
                        stated.subjects.push(word.to_string());
                    }
                }
            }
            "columnname" => drop(stated.extra.insert("ColumnName".to_string(), content)),
            "sitename" => drop(stated.extra.insert("SiteName".to_string(), content)),
            "url" => address = Some(content),
            "og:url" => address = address.or(Some(content)),
            _ => {}
        }
    }
    if stated.title.is_none() {
        // Names that any page may have say who made the page, not who wrote the text; the government's own come together.
        stated.subjects.clear();
    }
    let canonical = || {
        let link = document.select("link[rel=canonical]");
        link.nodes().first().and_then(|node| node.attr("href")).map(|href| href.to_string())
    };
    let found = saved_from(html).or_else(canonical).or(address);
    stated.source_url = found.filter(|found| found.starts_with("http://") || found.starts_with("https://"));
    stated
}

/// Browsers that save a page note where it came from: `<!-- saved from url=(0023)http://… -->`
fn saved_from(html: &str) -> Option<String> {
    let end = html.char_indices().nth(2000).map_or(html.len(), |(at, _)| at);
    let rest = html.get(..end)?.split_once("saved from url=(")?.1;
    let address = rest.split_once(')')?.1;
    Some(address.split("-->").next()?.trim().to_string())
}
