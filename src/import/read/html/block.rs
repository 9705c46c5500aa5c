//! Which elements part a text into paragraphs, and which no reader sees.
//!
//! What is unseen is said here once: the reader and its witness would else disagree about a page that nothing is wrong with.

use dom_query::NodeRef;

/// Elements that begin and end a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
            | "title"
    )
}

/// Whether nobody sees an element and what stands in it. What is for readers without scripts is seen by them, if it is words.
pub(super) fn is_unseen(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let is_noscript = match &*element.name.local {
        "script" | "style" | "template" | "iframe" | "noembed" | "noframes" => return true,
        name => name == "noscript",
    };
    drop(element);
    is_noscript && !has_words(node)
}

fn has_words(node: &NodeRef<'_>) -> bool {
    let lettered = |text: &str| text.chars().any(char::is_alphanumeric);
    seen(node).any(|inner| if inner.is_text() { lettered(&inner.text()) } else { lettered(&words_for(&inner)) })
}

/// The words that stand for an image. Mark-up in them is a mistake of whoever made the page, and no reader sees it.
pub(super) fn words_for(image: &NodeRef<'_>) -> String {
    let words = image.attr_or("alt", "");
    let is_tag =
        |part: &str| part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/') && part.contains('>');
    if words.split('<').skip(1).any(is_tag) { String::new() } else { words.to_string() }
}

/// The nodes below a node that are seen, in their order.
pub(super) fn seen<'a>(root: &NodeRef<'a>) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
    let root = *root;
    let mut next = root.first_child();
    std::iter::from_fn(move || {
        loop {
            let node = next?;
            let unseen = is_unseen(&node);
            next = node.first_child().filter(|_| !unseen).or_else(|| after(node, root));
            if !unseen {
                return Some(node);
            }
        }
    })
}

/// The next node that does not stand in one.
fn after<'a>(node: NodeRef<'a>, root: NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut node = node;
    while node.id != root.id {
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
    }
    None
}

/// Buttons, fields, choices.
pub(super) fn is_control(name: &str) -> bool {
    matches!(name, "button" | "select" | "textarea" | "option" | "optgroup" | "datalist")
}
