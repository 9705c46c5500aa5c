//! HTML that people wrote into Markdown, where the archive allows it: kept, but only what cannot do harm.
//!
//! A block that holds raw HTML is sanitised whole by ammonia, since a tag and its end are separate events in Markdown.
//! Every address in it becomes a link of the document, so it is resolved and checked like one written in Markdown: a raw
//! `<img src="https://…">` is refused as `![](https://…)` is.
//!
//! Until then an address is a mark: a scheme made from the SHA-256 of the file, which no text of that file can hold.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock, Mutex};

use super::Fragment;
use crate::fixity;

/// Stands for addresses until the HTML is settled: the mark, the link's index, a quotation mark.
#[derive(Debug)]
pub(super) struct Mark {
    scheme: String,
}

type Found = Arc<Mutex<Vec<(String, bool)>>>;

impl Mark {
    /// The mark of a file.
    pub(super) fn of(text: &str) -> Self {
        Self { scheme: format!("fonds-{}", fixity::hex_text(&fixity::sha256(text.as_bytes()))) }
    }

    /// Stands for a link, with the quotation mark that ends the attribute.
    pub(super) fn stand_in(&self, link: usize) -> String {
        format!("{}:{link}\"", self.scheme)
    }

    /// Cleans a block. The addresses found in it come back in order, with whether each is an image; their marks are
    /// numbered from `next`.
    pub(super) fn clean(&self, html: &str, next: usize) -> (String, Vec<(String, bool)>) {
        let found: Found = Arc::default();
        let mut builder = ammonia::Builder::new();
        let filter_found = Arc::clone(&found);
        let mark = format!("{}:", self.scheme);
        builder
            .url_schemes(["http", "https", "mailto", "ftp", self.scheme.as_str()].into())
            .link_rel(None)
            .add_tag_attributes("a", ["id", "role"])
            .add_tag_attributes("img", ["loading"])
            .rm_tags(["map", "area"])
            .allowed_classes(CLASSES.clone())
            .attribute_filter(move |element, attribute, value| match (element, attribute) {
                ("a", "id") if !value.starts_with("fnref-") => None,
                ("a", "role") if value != "doc-noteref" => None,
                (_, "href" | "src") if value.starts_with(&mark) || value.starts_with("#fn-") => Some(value.into()),
                (_, "cite") => None,
                (_, "href" | "src") => {
                    let mut found = filter_found.lock().ok()?;
                    found.push((value.to_string(), attribute == "src"));
                    Some(Cow::Owned(format!("{mark}{}", next + found.len() - 1)))
                }
                _ => Some(value.into()),
            });
        let html = builder.clean(html).to_string();
        let found = found.lock().map(|mut found| std::mem::take(&mut *found)).unwrap_or_default();
        (html, found)
    }

    /// Turns marks into gaps.
    pub(super) fn to_gaps(&self, html: &str) -> Fragment {
        let mark = format!("{}:", self.scheme);
        let mut fragment = Fragment::default();
        let mut rest = html;
        while let Some((before, marked)) = rest.split_once(mark.as_str()) {
            fragment.html.push_str(before);
            let (digits, after) = marked.split_once('"').unwrap_or((marked, ""));
            // Only the program writes marks, so what follows is a number.
            fragment.gaps.push((fragment.html.len(), digits.parse().unwrap_or(0)));
            rest = after;
        }
        fragment.html.push_str(rest);
        fragment
    }
}

static CLASSES: LazyLock<std::collections::HashMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
    [
        ("sup", HashSet::from(["noteref"])),
        ("td", columns()),
        ("th", columns()),
        ("p", HashSet::from(["quoted-heading"])),
    ]
    .into_iter()
    .collect()
});

fn columns() -> HashSet<&'static str> {
    HashSet::from(["left", "center", "right"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harm_goes_and_addresses_become_links() {
        let mark = Mark::of("x");
        let (html, found) = mark.clean(
            "<p>甲<script>alert(1)</script><b onclick=\"x()\">乙</b> <a href=\"javascript:x\">j</a> \
             <a href=\"other.md\" id=\"x\">o</a><img src=\"https://evil.example/x.png\" alt=\"\"></p>",
            3,
        );
        assert!(!html.contains("script") && !html.contains("onclick") && !html.contains("id="), "{html}");
        assert_eq!(found, [("other.md".to_string(), false), ("https://evil.example/x.png".to_string(), true)]);
        let fragment = mark.to_gaps(&html);
        assert_eq!(fragment.gaps.iter().map(|(_, link)| *link).collect::<Vec<_>>(), [3, 4]);
        assert!(!fragment.html.contains(&mark.scheme));
    }
}
