//! The table of contents of a help file: a page of nested lists, each of whose items is an object of type `text/sitemap`.

use dom_query::{Document, NodeRef};

/// A line of the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words.
    pub title: String,
    /// The page that it leads to, as it is written there.
    pub target: Option<String>,
    /// How deep it stands, from 1.
    pub level: usize,
}

/// The lines of a table of contents.
pub(super) fn read(html: &str) -> Vec<Line> {
    let document = Document::from(html);
    let objects = document.select("object");
    objects.nodes().iter().filter_map(line).collect()
}

fn line(object: &NodeRef<'_>) -> Option<Line> {
    let is = |name: &str, wanted: &str| object.attr(name).is_some_and(|value| value.eq_ignore_ascii_case(wanted));
    if !is("type", "text/sitemap") {
        return None;
    }
    let value = |wanted: &str| {
        object.descendants_it().find_map(|param| {
            let is_it =
                param.has_name("param") && param.attr("name").is_some_and(|name| name.eq_ignore_ascii_case(wanted));
            param.attr("value").filter(|_| is_it).map(|value| value.trim().to_string())
        })
    };
    let title = value("Name").unwrap_or_default();
    let target = value("Local").filter(|target| !target.is_empty());
    let level = object.ancestors_it(None).filter(|around| around.has_name("ul")).count().max(1);
    (!title.is_empty() || target.is_some()).then_some(Line { title, target, level })
}
