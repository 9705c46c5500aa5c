//! HTML that people wrote into Markdown, where the archive allows it: kept, but only what cannot do harm.
//!
//! A block that holds raw HTML is sanitised whole by ammonia, since a tag and its end are separate events in Markdown.
//! Every address in it becomes a link of the document, so it is resolved and checked like one written in Markdown: a raw
//! `<img src="https://…">` is refused as `![](https://…)` is.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock, Mutex};

use super::Fragment;

/// Stands for an address until the HTML is settled: the mark, the link's index, a quotation mark.
pub(super) const MARK: &str = "fonds-link:";

type Found = Arc<Mutex<Vec<(String, bool)>>>;

/// Cleans a block. The addresses found in it come back in order, with whether each is an image; their marks are numbered
/// from `next`.
pub(super) fn clean(html: &str, next: usize) -> (String, Vec<(String, bool)>) {
    let found: Found = Arc::default();
    let mut builder = ammonia::Builder::new();
    let filter_found = Arc::clone(&found);
    builder
        .url_schemes(["http", "https", "mailto", "ftp", "fonds-link"].into())
        .link_rel(None)
        .add_tag_attributes("a", ["id", "role"])
        .add_tag_attributes("img", ["loading"])
        .rm_tags(["map", "area"])
        .allowed_classes(CLASSES.clone())
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("a", "id") if !value.starts_with("fnref-") => None,
            ("a", "role") if value != "doc-noteref" => None,
            (_, "href" | "src" | "cite") if value.starts_with(MARK) || value.starts_with("#fn-") => Some(value.into()),
            (_, "cite") => None,
            (_, "href" | "src") => {
                let mut found = filter_found.lock().ok()?;
                found.push((value.to_string(), attribute == "src"));
                Some(Cow::Owned(format!("{MARK}{}", next + found.len() - 1)))
            }
            _ => Some(value.into()),
        });
    let html = builder.clean(html).to_string();
    let found = found.lock().map(|mut found| std::mem::take(&mut *found)).unwrap_or_default();
    (html, found)
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

/// Turns marks into gaps. A mark that no link stands behind was typed by a person and stays as it is.
pub(super) fn marks_to_gaps(html: &str, links: usize) -> Fragment {
    let mut fragment = Fragment::default();
    let mut rest = html;
    while let Some(at) = rest.find(MARK) {
        let digits = &rest[at + MARK.len()..];
        let end = digits.find('"').unwrap_or(0);
        match digits[..end].parse::<usize>() {
            Ok(link) if link < links && rest[..at].ends_with('"') => {
                fragment.html.push_str(&rest[..at]);
                fragment.gaps.push((fragment.html.len(), link));
                rest = &digits[end + 1..];
            }
            _ => {
                fragment.html.push_str(&rest[..at + MARK.len()]);
                rest = digits;
            }
        }
    }
    fragment.html.push_str(rest);
    fragment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harm_goes_and_addresses_become_links() {
        let (html, found) = clean(
            "<p>甲<script>alert(1)</script><b onclick=\"x()\">乙</b> <a href=\"javascript:x\">j</a> \
             <a href=\"other.md\" id=\"x\">o</a><img src=\"https://evil.example/x.png\" alt=\"\"></p>",
            3,
        );
        assert!(!html.contains("script") && !html.contains("onclick") && !html.contains("id="), "{html}");
        assert_eq!(found, [("other.md".to_string(), false), ("https://evil.example/x.png".to_string(), true)]);
        let fragment = marks_to_gaps(&html, 5);
        assert_eq!(fragment.gaps.iter().map(|(_, link)| *link).collect::<Vec<_>>(), [3, 4]);
        assert!(!fragment.html.contains(MARK));
    }

    #[test]
    fn typed_marks_stay() {
        assert_eq!(marks_to_gaps("<p>fonds-link:0\" fonds-link:</p>", 9).html, "<p>fonds-link:0\" fonds-link:</p>");
    }
}
