//! The element around a block: it carries the block's id, and a paragraph's number.
//!
//! The visible number of a paragraph is drawn by the style sheet from `data-n`, so that it is neither copied with the
//! text nor found by a search in the page.

use pulldown_cmark_escape::escape_html_body_text;

use super::{Fragment, Heading};

/// What goes around the inner HTML of a block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// Before it.
    pub(super) opening: String,
    /// Bytes at its beginning that the opening stands for.
    pub(super) skip: usize,
    /// Bytes at its end that the closing stands for.
    pub(super) skip_end: usize,
    /// Behind it.
    pub(super) closing: String,
}

impl Frame {
    /// Says on the block's element which full-width marks were captured as such; see [`super::punctuation`].
    pub(super) fn put_flat(&mut self, flat: &str) {
        let end = self.opening.find('>').unwrap_or(self.opening.len());
        self.opening.insert_str(end, &format!(" data-flat=\"{flat}\""));
    }
}

impl Fragment {
    /// Puts the HTML of a block behind this one, in its frame.
    pub(super) fn push(&mut self, inner: &Self, frame: &Frame) {
        let end = inner.html.len() - frame.skip_end;
        self.html.reserve(frame.opening.len() + end + frame.closing.len());
        self.html.push_str(&frame.opening);
        let shift = self.html.len();
        self.html.push_str(&inner.html[frame.skip..end]);
        self.gaps.extend(inner.gaps.iter().map(|(at, link)| (at + shift - frame.skip, *link)));
        self.html.push_str(&frame.closing);
    }
}

/// `<p>` with a number in the margin that links to itself.
pub(super) fn paragraph(id: &str, inner: &Fragment, number: usize, label: &(String, String)) -> Frame {
    if !inner.html.starts_with("<p>") {
        return division(id);
    }
    let (before, after) = label;
    let number = number.to_string();
    let link = ["\"><a class=\"pn\" href=\"#", id, "\" aria-label=\"", before, &number, after, "\"></a>"].concat();
    let opening = ["<p id=\"", id, "\" data-n=\"", &number, &link].concat();
    Frame { opening, skip: "<p>".len(), ..Frame::default() }
}

/// An image that stands alone.
pub(super) fn figure(id: &str, inner: &Fragment, caption: &str) -> Frame {
    const END: &str = "</p>\n";
    if !inner.html.starts_with("<p>") || !inner.html.ends_with(END) {
        return division(id);
    }
    let mut closing = String::new();
    if !caption.is_empty() {
        closing.push_str("<figcaption>");
        // Writing into a String cannot fail.
        let _ = escape_html_body_text(&mut closing, caption);
        closing.push_str("</figcaption>");
    }
    closing.push_str("</figure>\n");
    Frame { opening: format!("<figure id=\"{id}\">"), skip: "<p>".len(), skip_end: END.len(), closing }
}

/// A table in a frame that scrolls by itself when it is wider than the page.
pub(super) fn table(id: &str, label: &str) -> Frame {
    let opening = format!("<div class=\"table\" id=\"{id}\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\">");
    Frame { opening, closing: "</div>\n".to_string(), ..Frame::default() }
}

/// A division, where the block's own element cannot carry the id.
pub(super) fn division(id: &str) -> Frame {
    Frame { opening: format!("<div id=\"{id}\">"), closing: "</div>\n".to_string(), ..Frame::default() }
}

/// The id on the block's own element.
pub(super) fn with_id(id: &str, inner: &Fragment) -> Frame {
    match inner.html.find([' ', '>', '\n']) {
        Some(skip) if inner.html.starts_with('<') => {
            Frame { opening: format!("{} id=\"{id}\"", &inner.html[..skip]), skip, ..Frame::default() }
        }
        _ => division(id),
    }
}

/// The title is the page's `h1`, so the first level is `h2`.
const LEVELS: [&str; 5] = ["2", "3", "4", "5", "6"];

/// A heading that links to itself, its printed number, with which the inner HTML begins, apart.
pub(super) fn heading(heading: &Heading, number: &str, label: &str) -> Frame {
    let id = heading.id.as_str();
    let level = LEVELS[usize::from(heading.level).min(LEVELS.len()) - 1];
    let mut opening = ["<h", level, " id=\"", id, "\" class=\"heading\">"].concat();
    if !number.is_empty() {
        opening.extend(["<span class=\"number\">", number, "</span>"]);
    }
    let closing = ["<a class=\"anchor\" href=\"#", id, "\" aria-label=\"", label, "\"></a></h", level, ">\n"].concat();
    Frame { opening, skip: number.len(), closing, ..Frame::default() }
}
