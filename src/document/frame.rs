//! The element around a block: it carries the block's id, and a paragraph's number.
//!
//! The visible number of a paragraph is drawn by the style sheet from `data-n`, so that it is neither copied with the
//! text nor found by a search in the page.

use pulldown_cmark_escape::escape_html_body_text;

use super::{Fragment, Heading};

/// `opening`, then the inner HTML without its first `skip` bytes, then `closing`.
fn wrap(opening: &str, inner: &Fragment, skip: usize, closing: &str) -> Fragment {
    let html = format!("{opening}{}{closing}", &inner.html[skip..]);
    let gaps = inner.gaps.iter().map(|(at, link)| (at + opening.len() - skip, *link)).collect();
    Fragment { html, gaps }
}

/// `<p>` with a number in the margin that links to itself.
pub(super) fn paragraph(id: &str, inner: &Fragment, number: usize, label: &(String, String)) -> Fragment {
    if !inner.html.starts_with("<p>") {
        return division(id, inner);
    }
    let (before, after) = label;
    let opening = format!(
        "<p id=\"{id}\" data-n=\"{number}\"><a class=\"pn\" href=\"#{id}\" aria-label=\"{before}{number}{after}\"></a>"
    );
    wrap(&opening, inner, 3, "")
}

/// An image that stands alone.
pub(super) fn figure(id: &str, inner: &Fragment, caption: &str) -> Fragment {
    let Some(image) = inner.html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>\n")) else {
        return division(id, inner);
    };
    let whole = Fragment { html: format!("<p>{image}"), gaps: inner.gaps.clone() };
    let mut closing = String::new();
    if !caption.is_empty() {
        closing.push_str("<figcaption>");
        // Writing into a String cannot fail.
        let _ = escape_html_body_text(&mut closing, caption);
        closing.push_str("</figcaption>");
    }
    closing.push_str("</figure>\n");
    wrap(&format!("<figure id=\"{id}\">"), &whole, 3, &closing)
}

/// A table in a frame that scrolls by itself when it is wider than the page.
pub(super) fn table(id: &str, inner: &Fragment, label: &str) -> Fragment {
    let opening = format!("<div class=\"table\" id=\"{id}\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">");
    wrap(&opening, inner, 0, "</div>\n")
}

/// A division, where the block's own element cannot carry the id.
pub(super) fn division(id: &str, inner: &Fragment) -> Fragment {
    wrap(&format!("<div id=\"{id}\">"), inner, 0, "</div>\n")
}

/// The id on the block's own element.
pub(super) fn with_id(id: &str, inner: &Fragment) -> Fragment {
    match inner.html.find([' ', '>', '\n']) {
        Some(end) if inner.html.starts_with('<') => {
            wrap(&format!("{} id=\"{id}\"", &inner.html[..end]), inner, end, "")
        }
        _ => division(id, inner),
    }
}

/// A heading that links to itself, its printed number apart.
pub(super) fn heading(heading: &Heading, inner: &Fragment, label: &str) -> Fragment {
    let (id, level) = (&heading.id, (heading.level + 1).min(6));
    let mut opening = format!("<h{level} id=\"{id}\" class=\"heading\">");
    let mut skip = 0;
    if let Some(number) = heading.number.as_ref().filter(|number| inner.html.starts_with(number.as_str())) {
        opening.push_str(&format!("<span class=\"number\">{number}</span>"));
        skip = number.len();
    }
    let closing = format!("<a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\"></a></h{level}>\n");
    wrap(&opening, inner, skip, &closing)
}
