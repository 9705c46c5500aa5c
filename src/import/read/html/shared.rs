//! What many pages of one folder or site share: their menus, their boxes of other news, the name of the site behind their titles.
//!
//! A page alone does not tell a list of links that belongs to its text from one that the site puts on every page. Its
//! neighbours do. Texts repeat what is theirs too: 特此通知, the office that signs, the paragraph that names the law. So
//! only several links together are taken for furniture, with the words between them that are no sentences. A sentence is always
//! text, and so is a link alone. What titles begin with is often the work whose parts they are, so only their ends are the site.

use std::collections::{BTreeMap, BTreeSet};

use dom_query::Document;

use super::block::seen;
use super::declared;
use super::title::parts;
use crate::import::read::decode::decode;

/// Fewest pages that tell something.
pub(crate) const FEWEST: usize = 5;
/// What stands on one page of so many is shared.
const ONE_OF: usize = 3;

/// Largest page that is a witness for others, in bytes.
const LARGEST: usize = 4 << 20;

/// What the pages around a page have in common with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    texts: BTreeSet<String>,
    sites: BTreeSet<String>,
}

/// The words of one page, as far as they can be shared.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Its longest words outside links. Two captures of one page have the same, and are no witnesses for each other.
    longest: String,
    texts: BTreeSet<String>,
    title: String,
}

impl Sample {
    /// Reads a page, whose encoding a server may have named; none where it is not one that would be read.
    pub(crate) fn of(bytes: &[u8], charset: Option<&str>) -> Option<Self> {
        if bytes.len() > LARGEST {
            return None;
        }
        let in_page = declared::charset(bytes);
        let decoded = decode(bytes, charset.or(in_page.as_deref())).ok()?;
        Self::of_text(&decoded.text)
    }

    fn of_text(html: &str) -> Option<Self> {
        declared::within_bounds(html).ok()?;
        let document = Document::from(html);
        let body = document.body()?;
        let mut sample = Self {
            longest: String::new(),
            texts: BTreeSet::new(),
            title: plain(&document.select("head title").text()),
        };
        for node in seen(&body).filter(|node| node.is_text()) {
            let text = plain(&node.text());
            let in_link = || node.ancestors_it(None).any(|above| above.has_name("a"));
            if text.len() > sample.longest.len() && !in_link() {
                sample.longest.clone_from(&text);
            }
            if !text.is_empty() {
                sample.texts.insert(text);
            }
        }
        Some(sample)
    }
}

impl Shared {
    /// What pages share; nothing where they are too few to tell.
    pub(crate) fn of(samples: Vec<Sample>) -> Option<Self> {
        let samples: BTreeMap<String, Sample> =
            samples.into_iter().map(|sample| (sample.longest.clone(), sample)).collect();
        let enough = |count: usize| count >= FEWEST && count * ONE_OF >= samples.len();
        if !enough(samples.len()) {
            return None;
        }
        let titles: BTreeSet<&str> = samples.values().map(|sample| sample.title.as_str()).collect();
        let ends = titles.iter().filter_map(|title| end(title));
        let texts = samples.values().flat_map(|sample| sample.texts.iter().cloned());
        let often = |counts: BTreeMap<String, usize>| -> BTreeSet<String> {
            counts.into_iter().filter(|(_, count)| enough(*count)).map(|(text, _)| text).collect()
        };
        Some(Self { texts: often(counted(texts)), sites: often(counted(ends)) })
    }

    /// Whether the words of a text node stand on many of the pages.
    pub(super) fn has(&self, text: &str) -> bool {
        self.texts.contains(&plain(text))
    }

    /// What many titles end with.
    pub(super) fn sites(&self) -> impl Iterator<Item = &String> {
        self.sites.iter()
    }
}

fn counted(texts: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    counts
}

/// The last part of a title, where it has several.
fn end(title: &str) -> Option<String> {
    let mut parts = parts(title);
    parts.pop().filter(|_| !parts.is_empty())
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(pages: &[&str]) -> Option<Shared> {
        Shared::of(pages.iter().filter_map(|page| Sample::of_text(page)).collect())
    }

    #[test]
    fn few_pages_tell_nothing() {
        let page =
            |nth: usize| format!("<title>{nth}号公告_江城网</title><p>第{nth}次停航的公告全文<a href=/>首页</a>");
        let pages: Vec<String> = (0..5).map(page).collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        assert_eq!(shared(&pages[..4]), None);
        let found = shared(&pages).expect("five tell");
        assert!(found.has(" 首页\n") && !found.has("第1次停航的公告全文"), "{found:?}");
        assert_eq!(found.sites().collect::<Vec<_>>(), ["江城网"]);
    }

    #[test]
    fn captures_of_one_page_are_one() {
        let page = "<title>停航公告_江城网</title><p>渡口停航三日<a href=/>首页</a>";
        assert_eq!(shared(&[page; 8]), None);
    }
}
