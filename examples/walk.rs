//! Walks a site as a reader does, from home, by the links of its pages: `cargo run --release --example walk -- SITE`
//!
//! Says how many clicks every page is from home, and names pages that no link leads to, pages that are heavy, and links
//! that lead nowhere. Ends with 1 where a page is more than four clicks away, cannot be reached, or is over 300 kB. The
//! search page is no step: what only a search finds counts as not reached.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

/// Clicks from home that are allowed.
const CLICKS: usize = 4;

/// Bytes that a page may have.
const HEAVY: u64 = 300_000;

/// Examples that are named of each fault.
const NAMED: usize = 5;

fn main() {
    let Some(site) = std::env::args_os().nth(1).map(PathBuf::from).filter(|site| site.join("index.html").is_file())
    else {
        eprintln!("usage: walk SITE    the folder of a site that was built");
        std::process::exit(2);
    };
    let pages = pages_of(&site);
    let (clicks, broken) = walk(&site, &pages);
    let mut by_clicks: BTreeMap<usize, usize> = BTreeMap::new();
    for clicks in clicks.values() {
        *by_clicks.entry(*clicks).or_default() += 1;
    }
    let named = |list: &mut Vec<&str>| {
        list.sort_unstable();
        list.iter().take(NAMED).map(|path| format!("\n    {path}")).collect::<String>()
    };
    let mut unreached: Vec<&str> = pages
        .keys()
        .map(String::as_str)
        .filter(|path| !clicks.contains_key(*path) && !is_no_step(path) && !leads_on(&site.join(path)))
        .collect();
    let mut far: Vec<&str> =
        clicks.iter().filter(|(_, clicks)| **clicks > CLICKS).map(|(path, _)| path.as_str()).collect();
    let mut heavy: Vec<&str> =
        pages.iter().filter(|(_, bytes)| **bytes > HEAVY).map(|(path, _)| path.as_str()).collect();
    let mut broken: Vec<&str> = broken.iter().map(String::as_str).collect();
    println!("{} pages, {} MB", pages.len(), pages.values().sum::<u64>() / 1_000_000);
    for (clicks, count) in &by_clicks {
        println!("{count:>9} at {clicks} clicks");
    }
    println!("heaviest page: {} kB", pages.values().max().unwrap_or(&0) / 1000);
    println!("{} more than {CLICKS} clicks away{}", far.len(), named(&mut far));
    println!("{} over {} kB{}", heavy.len(), HEAVY / 1000, named(&mut heavy));
    println!("{} that no link leads to{}", unreached.len(), named(&mut unreached));
    println!("{} links that lead nowhere{}", broken.len(), named(&mut broken));
    let good = far.is_empty() && heavy.is_empty() && unreached.is_empty() && broken.is_empty();
    std::process::exit(i32::from(!good));
}

/// Pages that a form or a server shows, and no link.
fn is_no_step(path: &str) -> bool {
    matches!(path, "404.html" | "search.html" | "zh-Hant/search.html")
}

/// A page at a former address, which no page of today names.
fn leads_on(page: &Path) -> bool {
    std::fs::read_to_string(page).is_ok_and(|html| html.contains("id=\"fonds-moved\""))
}

/// Every page with its size.
fn pages_of(site: &Path) -> HashMap<String, u64> {
    walkdir::WalkDir::new(site)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(site).ok()?.to_str()?.replace('\\', "/");
            Some((path, entry.metadata().ok()?.len()))
        })
        .collect()
}

/// Page → clicks from home; and links to pages that are not there.
fn walk(site: &Path, pages: &HashMap<String, u64>) -> (HashMap<String, usize>, Vec<String>) {
    let mut clicks: HashMap<String, usize> = HashMap::from([("index.html".to_string(), 0)]);
    let mut broken = Vec::new();
    let mut open = vec!["index.html".to_string()];
    for depth in 1.. {
        let found: Vec<(String, String)> = open
            .par_iter()
            .flat_map_iter(|path| {
                let html = std::fs::read_to_string(site.join(path)).unwrap_or_default();
                let mut links = links(path, &html);
                links.sort_unstable();
                links.dedup();
                links.into_iter().map(|link| (path.clone(), link)).collect::<Vec<_>>()
            })
            .collect();
        open.clear();
        for (from, link) in found {
            if !pages.contains_key(&link) {
                broken.push(format!("{from}: {link}"));
            } else if !clicks.contains_key(&link) {
                clicks.insert(link.clone(), depth);
                open.push(link);
            }
        }
        if open.is_empty() {
            break;
        }
    }
    (clicks, broken)
}

/// Pages of the site that a page links to, as paths from the site's root.
fn links(path: &str, html: &str) -> Vec<String> {
    let addresses = html.split("<a ").skip(1).filter_map(|tag| {
        let tag = tag.split('>').next()?;
        tag.split_once("href=\"")?.1.split(['"', '#', '?']).next()
    });
    let pages = addresses.filter(|address| address.ends_with(".html") && !address.contains(':'));
    pages
        .map(|address| {
            let mut way: Vec<&str> = path.split('/').collect();
            way.pop();
            for step in address.split('/') {
                match step {
                    ".." => drop(way.pop()),
                    step => way.push(step),
                }
            }
            percent_decode_str(&way.join("/")).decode_utf8_lossy().into_owned()
        })
        .collect()
}
