//! sitemap.xml (sitemaps.org, 0.9): every page of the site, in files of at most 50,000 addresses below an index.

use crate::page::address;

/// Addresses that one file may hold.
const LIMIT: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files of the sitemap: name and contents. `pages` are paths from the site's root, in order.
pub fn write(base_url: &str, pages: &[&str]) -> Vec<(String, String)> {
    if pages.len() <= LIMIT {
        return vec![("sitemap.xml".to_string(), list("urlset", "url", base_url, pages.iter().copied()))];
    }
    let parts: Vec<(String, String)> = pages
        .chunks(LIMIT)
        .enumerate()
        .map(|(at, pages)| (format!("sitemap-{}.xml", at + 1), list("urlset", "url", base_url, pages.iter().copied())))
        .collect();
    let index = list("sitemapindex", "sitemap", base_url, parts.iter().map(|(name, _)| name.as_str()));
    std::iter::once(("sitemap.xml".to_string(), index)).chain(parts).collect()
}

fn list<'a>(root: &str, element: &str, base: &str, paths: impl Iterator<Item = &'a str>) -> String {
    let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"{NAMESPACE}\">\n");
    for path in paths {
        // An encoded address holds neither & nor < (see `address`), so it needs no XML escape.
        let address = address::absolute(base, path.strip_suffix("index.html").unwrap_or(path));
        xml.push_str(&format!("<{element}><loc>{address}</loc></{element}>\n"));
    }
    xml.push_str(&format!("</{root}>\n"));
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_sites_get_an_index() {
        let paths: Vec<String> = (0..LIMIT + 1).map(|at| format!("a/{at}.html")).collect();
        let pages: Vec<&str> = paths.iter().map(String::as_str).collect();
        let files = write("https://a.example/", &pages);
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        assert_eq!(files[2].1.matches("<url>").count(), 1);
        assert!(write("https://a.example/", &["index.html"])[0].1.contains("<loc>https://a.example/</loc>"));
    }
}
