//! Which part of a page is its text.
//!
//! China's government sites run on a handful of publishing systems, and each has its own name for the element that holds the
//! article; those are looked for first, since they are never wrong. Then come HTML's own names. A page without either that
//! is mostly text is all text, as documentation and old pages are. Only what is left is asked of a readability algorithm,
//! and only where the text is: dom_smoothie drops paragraphs that score low, so what it chose is found again in the page and
//! the whole of that element is taken.

use dom_query::{Document, NodeId, NodeRef};

use super::block::{is_block, is_silent};

/// Names of the publishing systems (TRS, UCAP, Visionsoft, Jnet and others), from the surest.
const SYSTEMS: [&str; 28] = [
    "#UCAP-CONTENT",
    "#ucap-content",
    ".TRS_UEDITOR",
    ".trs_editor_view",
    ".TRS_Editor",
    ".view.TRS_UEDITOR",
    "#vsb_content",
    "#vsb_content_2",
    ".v_news_content",
    "#zoom",
    "#Zoom",
    "#ozoom",
    "#fontzoom",
    "#BodyLabel",
    "#artibody",
    "#ContentPH",
    "#xxgkContent",
    ".xxgk_content",
    ".pages_content",
    "#mainText",
    "#conN",
    ".ewb-article-info",
    ".j-fontContent",
    ".article_con",
    ".articlecontent",
    ".news_content",
    "#news_content",
    "#js_content",
];

/// HTML's own names, and those that many sites share.
const COMMON: [&str; 12] = [
    "[itemprop=articleBody]",
    "article",
    "main",
    "[role=main]",
    ".article-content",
    ".article-body",
    ".entry-content",
    ".post-content",
    "#article",
    ".content-body",
    "#content",
    ".content",
];

/// Least text of the element that holds an article, in characters.
const LEAST: usize = 40;

/// The element that holds the text; `None` when it is the whole page.
pub(super) fn find(document: &Document, html: &str) -> Option<NodeId> {
    let body = document.body()?;
    let all = weigh(&body);
    for name in SYSTEMS {
        if let Some(found) = heaviest(document, name, LEAST) {
            return Some(found.id);
        }
    }
    for name in COMMON {
        // A name that many sites use for anything must hold the better part of the words that are no links.
        if let Some(found) = heaviest(document, name, LEAST.max(all.plain / 2)) {
            return Some(found.id);
        }
    }
    if all.links * 4 <= all.plain + all.links {
        return None;
    }
    by_readability(&body, html, all.plain)
}

fn heaviest<'a>(document: &'a Document, name: &str, least: usize) -> Option<NodeRef<'a>> {
    let nodes = document.try_select(name)?;
    let nodes = nodes.nodes().to_vec();
    let weighed = nodes.into_iter().map(|node| (weigh(&node).plain, node));
    weighed.filter(|(weight, _)| *weight >= least).max_by_key(|(weight, _)| *weight).map(|(_, node)| node)
}

/// Characters of an element in links and outside them.
struct Weight {
    plain: usize,
    links: usize,
}

fn weigh(node: &NodeRef<'_>) -> Weight {
    let mut weight = Weight { plain: 0, links: 0 };
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        let parent = inner.parent().and_then(|parent| parent.node_name());
        if is_silent(parent.as_deref()) {
            continue;
        }
        let count = inner.text().chars().filter(|character| !character.is_whitespace()).count();
        let linked = inner.ancestors_it(Some(3)).any(|above| above.has_name("a"));
        *(if linked { &mut weight.links } else { &mut weight.plain }) += count;
    }
    weight
}

/// The smallest element that holds what a readability algorithm takes for the article.
fn by_readability(body: &NodeRef<'_>, html: &str, all: usize) -> Option<NodeId> {
    let article = dom_smoothie::Readability::new(html, None, None).ok()?.parse().ok()?;
    let words: String = compact(&article.text_content);
    words.chars().nth(LEAST)?;
    let first: String = words.chars().take(12).collect();
    let last: String = words.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let mut found = *body;
    // Down, as long as one child alone holds both ends.
    loop {
        let inner = found.children_it(false).find(|child| {
            let text = compact(&child.text());
            child.is_element() && text.contains(&first) && text.contains(&last)
        });
        match inner.filter(|inner| inner.node_name().is_some_and(|name| is_block(&name)) && !inner.has_name("p")) {
            Some(inner) => found = inner,
            // What it leaves out must be furniture: an algorithm that scores paragraphs may pass over half of a text.
            None => return (found.id != body.id && weigh(&found).plain * 8 >= all * 7).then_some(found.id),
        }
    }
}

fn compact(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
