//! The traditional edition of a simplified archive: every page once more below `zh-Hant/`, converted and labelled so.
//!
//! It is made from the finished pages, so that it can never say anything that the page does not say. Conversion is
//! OpenCC's, by phrases, with the crate `ferrous-opencc` (`fold::variants` says why that one); pages are rewritten with
//! `lol_html`, Cloudflare's streaming rewriter, which reads HTML as browsers do and so is right for an archive's own
//! templates too. What is converted is text in simplified Chinese and the attributes that people read. What is not: text in
//! other languages, code, addresses, ids, and the citation, which names the original.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use lol_html::errors::RewritingError;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use percent_encoding::percent_decode_str;

use crate::archive::address;
use crate::words::Words;

/// Attributes that hold an address.
const ADDRESSES: [&str; 4] = ["href", "src", "action", "poster"];

/// Attributes that are read by people.
const READ: [&str; 6] = ["alt", "aria-label", "content", "label", "placeholder", "title"];

/// Elements whose text is no prose.
const KEPT: [&str; 6] = ["code", "kbd", "samp", "script", "style", "textarea"];

/// What turns a page into its traditional counterpart.
pub(crate) struct Edition {
    opencc: OpenCC,
    /// The interface's own sentences, which are not left to conversion.
    words: BTreeMap<String, String>,
    notice: String,
    original: String,
    /// Files that end in `.html` and are no pages of the site: they stand once, and are not converted.
    files: BTreeSet<String>,
    /// Names of persons. A surname is no word: 范 and 于 are surnames beside 範 and 於, which are none, and no table knows how
    /// a person writes his name.
    persons: BTreeSet<String>,
}

/// A page being rewritten.
struct Converted {
    /// For each open element that changes it: whether text is converted.
    converts: Vec<bool>,
    /// The text of the node being read.
    text: String,
}

impl Edition {
    /// Prepares the conversion; `None` if the tables in the binary cannot be read.
    pub(crate) fn new(
        simplified: &Words,
        traditional: &Words,
        files: BTreeSet<String>,
        persons: BTreeSet<String>,
    ) -> Option<Self> {
        let opencc = OpenCC::from_config(BuiltinConfig::S2t).ok()?;
        let words = simplified.pairs(traditional).filter(|(from, _)| !from.contains('{'));
        Some(Self {
            opencc,
            words: words.map(|(from, to)| (from.to_string(), to.to_string())).collect(),
            notice: traditional.get("edition_notice").to_string(),
            original: traditional.get("edition_original").to_string(),
            files,
            persons,
        })
    }

    /// The page at `path`, which stands at `zh-Hant/path`.
    ///
    /// # Errors
    /// The page cannot be read as HTML within the rewriter's memory.
    pub(crate) fn page(&self, html: &str, path: &str) -> Result<String, RewritingError> {
        let page = Rc::new(RefCell::new(Converted { converts: vec![false], text: String::new() }));
        let settings = RewriteStrSettings::new()
            .append_element_content_handler(element!("*", |element| {
                self.element(element, path, &page);
                Ok(())
            }))
            .append_element_content_handler(text!("*", |chunk| {
                let mut page = page.borrow_mut();
                if !page.converts.last().copied().unwrap_or(false) {
                    return Ok(());
                }
                page.text.push_str(chunk.as_str());
                if chunk.last_in_text_node() {
                    chunk.replace(&self.convert(&page.text), ContentType::Html);
                    page.text.clear();
                } else {
                    chunk.remove();
                }
                Ok(())
            }));
        rewrite_str(html, settings)
    }

    fn element(&self, element: &mut Element<'_, '_>, path: &str, page: &Rc<RefCell<Converted>>) {
        let name = element.tag_name();
        let mut page_now = page.borrow_mut();
        let outside = page_now.converts.last().copied().unwrap_or(false);
        let lang = element.get_attribute("lang");
        let simplified = lang.as_deref().map(is_simplified);
        if simplified == Some(true) {
            set(element, "lang", "zh-Hant");
        }
        let has_class =
            |name: &str| element.get_attribute("class").is_some_and(|class| class.split(' ').any(|one| one == name));
        let is_citation = has_class("cite-text");
        let is_address = has_class("address");
        let kept = KEPT.contains(&name.as_str())
            || is_citation
            || is_address
            || element.get_attribute("translate").as_deref() == Some("no");
        // What machines are told is of the original.
        let is_metadata = name == "meta" && element.get_attribute("name").as_deref() != Some("description");
        let converts = if kept { false } else { simplified.unwrap_or(outside) };
        if is_citation && outside {
            set(element, "lang", "zh-Hans");
        }
        if converts != outside
            && let Some(handlers) = element.end_tag_handlers()
        {
            page_now.converts.push(converts);
            let page = Rc::clone(page);
            handlers.push(Box::new(move |_| {
                page.borrow_mut().converts.pop();
                Ok(())
            }));
        }
        drop(page_now);
        for (attribute, value) in element.attributes().iter().map(|one| (one.name(), one.value())).collect::<Vec<_>>() {
            let is_read = READ.contains(&attribute.as_str())
                || attribute.starts_with("data-") && !matches!(attribute.as_str(), "data-flat" | "data-edition");
            if ADDRESSES.contains(&attribute.as_str()) {
                let is_file = element.get_attribute("data-edition").as_deref() == Some("file");
                if let Some(value) = moved(&value, path, |target| is_file || self.files.contains(target)) {
                    set(element, &attribute, &value);
                }
            } else if converts && is_read && !is_metadata && !value.is_ascii() {
                set(element, &attribute, &self.convert(&value));
            }
        }
        if let Some(kind) = element.get_attribute("data-edition") {
            self.turn(element, &kind, path);
        }
    }

    /// What leads to the edition leads back from it, and says what it is.
    fn turn(&self, element: &mut Element<'_, '_>, kind: &str, path: &str) {
        let depth = path.matches('/').count() + 1;
        let back = format!("{}{}", "../".repeat(depth), address::encode(path));
        match kind {
            "alternate" => {
                set(element, "href", &back);
                set(element, "hreflang", "zh-Hans");
            }
            "canonical" => {
                if let Some(address) = element.get_attribute("data-address") {
                    set(element, "href", &address);
                    element.remove_attribute("data-address");
                }
            }
            "notice" => {
                element.set_inner_content(&self.notice, ContentType::Text);
                element.append(" ", ContentType::Text);
            }
            "file" => {}
            _ => {
                set(element, "href", &back);
                set(element, "hreflang", "zh-Hans");
                set(element, "lang", "zh-Hans");
                element.set_inner_content(&self.original, ContentType::Text);
            }
        }
    }

    fn convert(&self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_string();
        }
        match self.words.get(text.trim()) {
            Some(word) => text.replace(text.trim(), word),
            None if self.names_persons(text) => text.to_string(),
            None => self.opencc.convert(text),
        }
    }

    /// Whether a text is names of persons and nothing else, as bylines, records and indexes have them.
    fn names_persons(&self, text: &str) -> bool {
        let mut names =
            text.split(['、', '，', ',', '；', ';', '·', '/']).map(str::trim).filter(|name| !name.is_empty());
        self.persons.contains(text.trim()) || names.all(|name| self.persons.contains(name)) && !text.trim().is_empty()
    }
}

/// Sets an attribute that is known to have a good name.
fn set(element: &mut Element<'_, '_>, name: &str, value: &str) {
    // Names come from the page itself or from this file; a bad one cannot be.
    let _ = element.set_attribute(name, value);
}

fn is_simplified(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let mut subtags = tag.split('-');
    subtags.next() == Some("zh") && !subtags.any(|subtag| matches!(subtag, "hant" | "tw" | "hk" | "mo"))
}

/// The address, from the edition's counterpart of the page at `path`, of what stands once for both editions; `None` for
/// pages, which stand in both, for places on the page, and for what is absolute. `is_file` knows files that end as pages do.
fn moved(address: &str, path: &str, is_file: impl Fn(&str) -> bool) -> Option<String> {
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let (target, rest) = address.split_at(end);
    let has_scheme =
        target.split_once(':').is_some_and(|(scheme, _)| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if target.is_empty() || target.starts_with('/') || has_scheme {
        return None;
    }
    let mut way: Vec<&str> = path.split('/').collect();
    let depth = way.len();
    way.pop();
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => drop(way.pop()),
            step => way.push(step),
        }
    }
    let target = way.join("/");
    let is_page = target.ends_with(".html") && !is_file(&percent_decode_str(&target).decode_utf8_lossy());
    (!is_page).then(|| format!("{}{target}{rest}", "../".repeat(depth)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition() -> Edition {
        let words = |pairs: &[(&str, &str)]| Words::of(pairs);
        Edition::new(
            &words(&[("search", "检索"), ("edition_notice", "x"), ("edition_original", "y")]),
            &words(&[("search", "檢索"), ("edition_notice", "由簡體轉換"), ("edition_original", "简体原文")]),
            ["a/文/scan 1.html".to_string()].into(),
            ["范后里", "于干"].map(str::to_string).into(),
        )
        .expect("the tables are in the binary")
    }

    fn turned(html: &str) -> String {
        edition().page(html, "a/文/index.html").expect("it is HTML")
    }

    #[test]
    fn text_is_converted_by_phrases_and_by_language() {
        assert_eq!(
            turned(
                "<html lang=\"zh-Hans\"><p>头发发展，皇后之后&amp;里程</p><p lang=\"en\">发</p><code>发</code></html>"
            ),
            "<html lang=\"zh-Hant\"><p>頭髮發展，皇后之後&amp;里程</p><p lang=\"en\">发</p><code>发</code></html>"
        );
        assert_eq!(
            turned("<html lang=\"en\"><p>发</p><p lang=\"zh-Hans\" title=\"发展\">发展</p></html>"),
            "<html lang=\"en\"><p>发</p><p lang=\"zh-Hant\" title=\"發展\">發展</p></html>"
        );
        assert_eq!(
            turned("<html lang=\"zh-Hans\"><p class=\"cite-text\">发展</p><b>检索</b></html>"),
            "<html lang=\"zh-Hant\"><p class=\"cite-text\" lang=\"zh-Hans\">发展</p><b>檢索</b></html>"
        );
    }

    #[test]
    fn persons_keep_their_names() {
        assert_eq!(
            turned(
                "<p lang=\"zh-Hans\">范后里</p><p lang=\"zh-Hans\" title=\"于干\">范后里、于干</p><p lang=\"zh-Hans\">范围之后</p>"
            ),
            "<p lang=\"zh-Hant\">范后里</p><p lang=\"zh-Hant\" title=\"于干\">范后里、于干</p><p lang=\"zh-Hant\">範圍之後</p>"
        );
    }

    #[test]
    fn addresses_stay_right() {
        for (address, expected) in [
            ("../../fonds.css", Some("../../../fonds.css")),
            ("scan.png", Some("../../../a/文/scan.png")),
            ("../b/files/x.pdf#page=2", Some("../../../a/b/files/x.pdf#page=2")),
            ("../b/index.html#发", None),
            ("#发", None),
            ("", None),
            ("https://example.org/a", None),
            ("mailto:a@example.org", None),
            ("search.html?q=发", None),
        ] {
            assert_eq!(moved(address, "a/文/index.html", |_| false).as_deref(), expected, "{address}");
        }
        assert_eq!(turned("<a href=\"scan%201.html\">a</a>"), "<a href=\"../../../a/文/scan%201.html\">a</a>");
        let beside = turned("<a href=\"x.html\" data-edition=\"file\">a</a>");
        assert_eq!(beside, "<a href=\"../../../a/文/x.html\" data-edition=\"file\">a</a>");
        assert_eq!(turned("<a href=\"../b.html#发\">发</a>"), "<a href=\"../b.html#发\">发</a>");
    }

    #[test]
    fn the_editions_lead_to_each_other() {
        let link = "<html lang=\"zh-Hans\"><p><span data-edition=\"notice\"></span><a href=\"../../zh-Hant/a/x/index.html\" \
                    hreflang=\"zh-Hant\" lang=\"zh-Hant\" data-edition=\"link\">繁體</a></p></html>";
        assert_eq!(moved("fonds.css", "index.html", |_| false).as_deref(), Some("../fonds.css"));
        let page = turned(link);
        assert!(page.contains("由簡體轉換"), "{page}");
        assert!(page.contains("href=\"../../../a/文/index.html\" hreflang=\"zh-Hans\" lang=\"zh-Hans\""), "{page}");
    }
}
