//! The table of contents as markup.
//!
//! It is made here and not by a template, for the same reason as the text's own markup: it is the same list in every
//! theme, and it stands on every page of a document. A list of links in `<ol>`, nested like the text; the section whose
//! page it is carries `aria-current="page"`.

use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::address;
use crate::document::{Document, Heading};

/// One section of the contents.
#[derive(Debug)]
struct Entry<'a> {
    heading: &'a Heading,
    /// Its address from the document's other pages.
    url: String,
    /// The page of its own that it begins, if it does.
    page: Option<usize>,
    /// Entries below it that follow it directly.
    end: usize,
}

/// The contents of one document.
#[derive(Debug)]
pub(crate) struct Contents<'a> {
    /// In the order of the text.
    entries: Vec<Entry<'a>>,
}

impl<'a> Contents<'a> {
    /// Lists the sections of a document that is split into pages with these names.
    pub(crate) fn new(document: &'a Document, pages: &[Range<usize>], names: &[String]) -> Self {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut page = 0;
        for (at, part) in document.parts.iter().enumerate() {
            while pages.get(page + 1).is_some_and(|parts| parts.start <= at) {
                page += 1;
            }
            let Some(heading) = &part.heading else { continue };
            while let Some(last) = open.pop_if(|open| entries[*open].heading.level >= heading.level) {
                entries[last].end = entries.len();
            }
            let begins = pages[page].start == at && page > 0;
            let name = address::encode(&names[page]);
            let anchor = address::encode(&heading.id);
            let url = match (pages[page].contains(&at), begins) {
                (true, true) => name,
                (true, false) => format!("{name}#{anchor}"),
                // A text that is kept on one page stands on the page of the whole text.
                (false, _) => format!("full.html#{anchor}"),
            };
            open.push(entries.len());
            entries.push(Entry { heading, url, page: begins.then_some(page), end: 0 });
        }
        let end = entries.len();
        for last in open {
            entries[last].end = end;
        }
        Self { entries }
    }

    /// All of it, with links to the document's pages; empty when there are no sections.
    pub(crate) fn whole(&self) -> String {
        let mut html = String::with_capacity(96 * self.entries.len());
        self.list(0..self.entries.len(), &mut html, &|entry, html| push_attribute(html, &entry.url), None, true);
        html
    }

    /// All of it, with links to places of the page that it stands on.
    pub(crate) fn here(&self) -> String {
        let mut html = String::with_capacity(96 * self.entries.len());
        let url = |entry: &Entry<'_>, html: &mut String| {
            html.push('#');
            push_attribute(html, &address::encode(&entry.heading.id));
        };
        self.list(0..self.entries.len(), &mut html, &url, None, true);
        html
    }

    /// The first level, and the way down to the page of a section and what is on it.
    pub(crate) fn around(&self, page: usize) -> String {
        let mut html = String::with_capacity(1024);
        self.list(0..self.entries.len(), &mut html, &|entry, html| push_attribute(html, &entry.url), Some(page), false);
        html
    }

    /// Writes the entries of one level in a range; those below are written when they are `open` or lead to the page.
    fn list(
        &self,
        range: Range<usize>,
        html: &mut String,
        url: &impl Fn(&Entry<'_>, &mut String),
        page: Option<usize>,
        open: bool,
    ) {
        if range.is_empty() {
            return;
        }
        html.push_str("<ol>\n");
        let mut at = range.start;
        while at < range.end {
            let entry = &self.entries[at];
            let current = page.is_some() && entry.page == page;
            html.push_str("<li><a href=\"");
            url(entry, html);
            html.push_str(if current { "\" aria-current=\"page\">" } else { "\">" });
            // Writing into a String cannot fail.
            let _ = escape_html_body_text(&mut *html, &entry.heading.full());
            html.push_str("</a>");
            let leads = page.is_some() && self.entries[at + 1..entry.end].iter().any(|below| below.page == page);
            if open || current || leads {
                self.list(at + 1..entry.end, html, url, page, open || current);
            }
            html.push_str("</li>\n");
            at = entry.end.max(at + 1);
        }
        html.push_str("</ol>");
    }
}

fn push_attribute(html: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = escape_html(html, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Part;

    fn document(levels: &[u8]) -> Document {
        let heading = |(at, level): (usize, &u8)| Part {
            heading: Some(Heading {
                id: format!("s{at}"),
                level: *level,
                number: None,
                spaced: false,
                title: format!("T{at}"),
            }),
            ..Part::default()
        };
        let parts = std::iter::once(Part::default()).chain(levels.iter().enumerate().map(heading)).collect();
        Document { parts, ..Document::default() }
    }

    /// The list in short: titles, brackets for lists, a star for the current page.
    fn short(html: &str) -> String {
        let marked = html.replace(" aria-current=\"page\"", "").replace("<ol>", "(").replace("</ol>", ")");
        let mut text = String::new();
        for piece in marked.split('<') {
            text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        text.replace('\n', " ").replace("( ", "(").replace(" )", ")").trim().to_string()
    }

    #[test]
    fn nesting_follows_the_levels() {
        let document = document(&[1, 2, 3, 2, 1, 3]);
        let pages = document.pages(1);
        let names: Vec<String> = (0..pages.len()).map(|at| format!("p{at}.html")).collect();
        let contents = Contents::new(&document, &pages, &names);
        assert_eq!(short(&contents.whole()), "(T0(T1(T2) T3) T4(T5))");
        assert_eq!(short(&contents.around(1)), "(T0(T1(T2) T3) T4)");
        assert_eq!(short(&contents.around(2)), "(T0 T4(T5))");
        assert!(contents.around(2).contains("<a href=\"p2.html\" aria-current=\"page\">T4</a>"));
        assert!(contents.here().contains("href=\"#s3\""));
    }

    #[test]
    fn a_page_of_a_deeper_section_is_led_to() {
        let document = document(&[1, 2, 3, 2, 1]);
        let pages = document.pages(3);
        let names: Vec<String> = (0..pages.len()).map(|at| format!("p{at}.html")).collect();
        let contents = Contents::new(&document, &pages, &names);
        assert_eq!(short(&contents.around(3)), "(T0(T1(T2) T3) T4)");
        assert_eq!(short(&contents.around(4)), "(T0(T1 T3) T4)");
        assert_eq!(short(&contents.around(5)), "(T0 T4)");
    }

    #[test]
    fn a_text_kept_on_one_page() {
        let document = document(&[1, 2]);
        let pages = document.pages(0);
        let contents = Contents::new(&document, &pages, &["index.html".to_string()]);
        assert!(contents.whole().contains("href=\"full.html#s1\""));
        let bare = Document { parts: vec![Part::default()], ..Document::default() };
        assert_eq!(Contents::new(&bare, &bare.pages(1), &["index.html".to_string()]).whole(), "");
    }
}
