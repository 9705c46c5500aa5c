//! The two elements by which the head of a page speaks to machines.

use pulldown_cmark_escape::escape_html;

/// `<meta name="…" content="…">`
pub(super) fn meta(head: &mut String, kind: &str, name: &str, content: &str) {
    head.push_str("<meta ");
    head.push_str(kind);
    head.push_str("=\"");
    head.push_str(name);
    head.push_str("\" content=\"");
    // Writing into a String cannot fail.
    let _ = escape_html(&mut *head, content);
    head.push_str("\">\n");
}

/// `<link rel="…" href="…" type="…">`
pub(super) fn link(head: &mut String, rel: &str, href: &str, media_type: &str) {
    head.push_str("<link rel=\"");
    head.push_str(rel);
    head.push_str("\" href=\"");
    let _ = escape_html(&mut *head, href);
    if !media_type.is_empty() {
        head.push_str("\" type=\"");
        head.push_str(media_type);
    }
    head.push_str("\">\n");
}
