//! sitemap.xml (sitemaps.org, 0.9): every page of the site, for search engines, and as a Resource List of ResourceSync
//! (NISO Z39.99-2017, 10) for harvesters: each page with its SHA-256 and length, a document's pages with the day on which
//! the document became what it is. Files of at most 50,000 addresses and 50 MB stand below an index.

use std::collections::BTreeMap;

use super::holdings::{File, Holdings};
use crate::{fixity, output::manifest};

/// Addresses that one file may hold.
const ADDRESSES: usize = 50_000;

/// Bytes that one file may have, less what its frame needs.
const BYTES: usize = 50 * 1024 * 1024 - 1024;

const NAMESPACES: &str =
    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:rs=\"http://www.openarchives.org/rs/terms/\"";

/// The files of the sitemap; none where the site's address is not known.
pub(crate) fn write(holdings: &Holdings<'_>) -> Vec<File> {
    let Some(base) = holdings.base() else { return Vec::new() };
    let days: BTreeMap<&str, Option<&str>> = holdings
        .archive
        .documents
        .iter()
        .enumerate()
        .map(|(document, entry)| (entry.directory.as_str(), holdings.changed(document)))
        .collect();
    let pages = holdings.files.iter().filter(|file| file.path.ends_with(".html") && &*file.path != "404.html");
    let urls: Vec<String> = pages
        .map(|file| {
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            url(holdings, file, days.get(folder).copied().flatten())
        })
        .collect();
    let latest = days.values().flatten().max().copied();
    let parts = split(&urls, ADDRESSES, BYTES);
    if parts.len() == 1 {
        return vec![("sitemap.xml".to_string(), list("urlset", latest, &urls))];
    }
    let files: Vec<File> = parts
        .into_iter()
        .enumerate()
        .map(|(at, part)| (format!("sitemap-{}.xml", at + 1), list("urlset", latest, part)))
        .collect();
    let entries: Vec<String> =
        files.iter().map(|(name, _)| format!("<sitemap><loc>{base}{name}</loc></sitemap>\n")).collect();
    let index = ("sitemap.xml".to_string(), list("sitemapindex", latest, &entries));
    std::iter::once(index).chain(files).collect()
}

fn url(holdings: &Holdings<'_>, file: &manifest::ManifestEntry, day: Option<&str>) -> String {
    // An encoded address holds neither & nor < (see `archive::address`), so it needs no XML escape.
    let address = holdings.address(&file.path).unwrap_or_default();
    let day = day.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
    let hash = fixity::hex_text(&file.sha256);
    format!(
        "<url><loc>{address}</loc>{day}<rs:md hash=\"sha-256:{hash}\" length=\"{}\" type=\"text/html\"/></url>\n",
        file.bytes
    )
}

/// A file of the sitemap. A Resource List says as of when it is right; where no account of changes is kept it is a plain
/// sitemap, which need not.
fn list(root: &str, latest: Option<&str>, lines: &[String]) -> Vec<u8> {
    let head = match latest {
        Some(day) => format!("<rs:md capability=\"resourcelist\" at=\"{day}T00:00:00Z\"/>\n"),
        None => String::new(),
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} {NAMESPACES}>\n{head}{}</{root}>\n", lines.concat())
        .into_bytes()
}

/// Cuts lines into runs of at most so many, and at most so many bytes.
fn split(lines: &[String], most: usize, bytes: usize) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (at, line) in lines.iter().enumerate() {
        if at - start == most || (size + line.len() > bytes && at > start) {
            parts.push(&lines[start..at]);
            (start, size) = (at, 0);
        }
        size += line.len();
    }
    parts.push(&lines[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_lists_are_cut_by_number_and_by_size() {
        let lines: Vec<String> = (0..7).map(|at| format!("{at}234")).collect();
        let sizes = |most, bytes| split(&lines, most, bytes).iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(sizes(3, 1000), [3, 3, 1]);
        assert_eq!(sizes(50, 8), [2, 2, 2, 1]);
        assert_eq!(sizes(50, 1), [1; 7]);
        assert_eq!(split(&[], 3, 8).len(), 1);
    }
}
