//! The table of contents as markup.
//!
//! It is made here and not by a template, for the same reason as the text's own markup: it is the same list in every
//! theme, and it stands on every page of a document. A list of links in `<ol>`, nested like the text; the section whose
//! page it is carries `aria-current="page"`.

use std::ops::Range;

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::archive::address;
use crate::text::{Heading, Text, punctuation};

/// One section of the contents.
#[derive(Debug)]
struct ContentsEntry<'a> {
    heading: &'a Heading,
    /// Its address from the document's other pages.
    url: String,
    /// Entries below it that follow it directly.
    end: usize,
}

/// Sections of one level that a section's page lists on each side of its own. A law of four hundred articles is listed
/// whole; beyond that a page would carry more contents than text, and the landing page has them all.
const AROUND: usize = 250;

/// The contents of one document.
#[derive(Debug)]
pub(crate) struct Contents<'a> {
    /// Whether flattened punctuation is shown as it was printed.
    restored: bool,
    /// In the order of the text.
    entries: Vec<ContentsEntry<'a>>,
    /// Page → the entry that begins it.
    by_page: Vec<usize>,
}

impl<'a> Contents<'a> {
    /// Lists the sections of a document that is split into pages with these names.
    pub(crate) fn new(text: &'a Text, pages: &[Range<usize>], names: &[String]) -> Self {
        let mut entries: Vec<ContentsEntry<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut by_page = vec![0; pages.len()];
        let mut page = 0;
        for (at, part) in text.parts.iter().enumerate() {
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
            if begins {
                by_page[page] = entries.len();
            }
            open.push(entries.len());
            entries.push(ContentsEntry { heading, url, end: 0 });
        }
        let end = entries.len();
        for last in open {
            entries[last].end = end;
        }
        Self { restored: text.restored, entries, by_page }
    }

    /// All of it, with links to the document's pages; empty when there are no sections.
    pub(crate) fn whole(&self) -> String {
        let mut html = String::with_capacity(96 * self.entries.len());
        self.list(0..self.entries.len(), &mut html, &|entry, html| push_attribute(html, &entry.url));
        html
    }

    /// All of it, with links to places of the page that it stands on.
    pub(crate) fn here(&self) -> String {
        let mut html = String::with_capacity(96 * self.entries.len());
        self.list(0..self.entries.len(), &mut html, &|entry, html| {
            html.push('#');
            push_attribute(html, &address::encode(&entry.heading.id));
        });
        html
    }

    /// The first level, and the way down to the page of a section and what is on it.
    pub(crate) fn around(&self, page: usize) -> String {
        let mut html = String::with_capacity(1024);
        self.list_around(0..self.entries.len(), &mut html, self.by_page[page]);
        html
    }

    /// Writes the entries of a range with all below them.
    fn list(&self, range: Range<usize>, html: &mut String, url: &impl Fn(&ContentsEntry<'_>, &mut String)) {
        if range.is_empty() {
            return;
        }
        html.push_str("<ol>\n");
        let mut at = range.start;
        while at < range.end {
            let entry = &self.entries[at];
            html.push_str("<li>");
            self.push_link(html, entry, url, "\"");
            self.list(at + 1..entry.end, html, url);
            html.push_str("</li>\n");
            at = entry.end;
        }
        html.push_str("</ol>");
    }

    /// Writes the entries of one level in a range; only the one that is or holds `current` is opened.
    fn list_around(&self, range: Range<usize>, html: &mut String, current: usize) {
        let url = |entry: &ContentsEntry<'_>, html: &mut String| push_attribute(html, &entry.url);
        let mut level = Vec::new();
        let mut at = range.start;
        while at < range.end {
            level.push(at);
            at = self.entries[at].end;
        }
        let place = level.partition_point(|at| *at <= current).saturating_sub(1);
        let shown = place.saturating_sub(AROUND)..level.len().min(place + AROUND + 1);
        html.push_str("<ol>\n");
        if shown.start > 0 {
            html.push_str("<li>…</li>\n");
        }
        for at in &level[shown.clone()] {
            let entry = &self.entries[*at];
            html.push_str("<li>");
            self.push_link(html, entry, &url, if *at == current { "\" aria-current=\"page\"" } else { "\"" });
            if *at == current {
                self.list(at + 1..entry.end, html, &url);
            } else if (at + 1..entry.end).contains(&current) {
                self.list_around(at + 1..entry.end, html, current);
            }
            html.push_str("</li>\n");
        }
        if shown.end < level.len() {
            html.push_str("<li>…</li>\n");
        }
        html.push_str("</ol>");
    }

    /// The link of an entry; `attributes` ends its address.
    fn push_link(
        &self,
        html: &mut String,
        entry: &ContentsEntry<'_>,
        url: &impl Fn(&ContentsEntry<'_>, &mut String),
        attributes: &str,
    ) {
        html.push_str("<a href=\"");
        url(entry, html);
        html.push_str(attributes);
        let full = entry.heading.full();
        let (words, flat) = if self.restored { punctuation::shown(&full) } else { (full.as_str().into(), None) };
        if let Some(flat) = flat {
            html.push_str(" data-flat=\"");
            html.push_str(&flat);
            html.push('"');
        }
        html.push('>');
        // Writing into a String cannot fail.
        let _ = escape_html_body_text(&mut *html, &words);
        html.push_str("</a>");
    }
}

fn push_attribute(html: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = escape_html(html, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Part;

    fn document(levels: &[u8]) -> Text {
        let heading = |(at, level): (usize, &u8)| Part {
            heading: Some(Heading {
                id: format!("s{at}"),
                level: *level,
                number: None,
                spaced: false,
                title: format!("T{at}"),
                ..Heading::default()
            }),
            ..Part::default()
        };
        let parts = std::iter::once(Part::default()).chain(levels.iter().enumerate().map(heading)).collect();
        Text { parts, ..Text::default() }
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
    fn very_many_sections_are_listed_around_the_current_one() {
        let document = document(&[1; 2000]);
        let pages = document.pages(1);
        let names: Vec<String> = (0..pages.len()).map(|at| format!("p{at}.html")).collect();
        let contents = Contents::new(&document, &pages, &names);
        assert_eq!(contents.whole().matches("<a ").count(), 2000);
        let around = contents.around(1000);
        assert_eq!(around.matches("<a ").count(), 2 * AROUND + 1);
        assert_eq!(around.matches("<li>…</li>").count(), 2);
        assert_eq!(contents.around(1).matches("<li>…</li>").count(), 1);
    }

    #[test]
    fn a_text_kept_on_one_page() {
        let document = document(&[1, 2]);
        let pages = document.pages(0);
        let contents = Contents::new(&document, &pages, &["index.html".to_string()]);
        assert!(contents.whole().contains("href=\"full.html#s1\""));
        let bare = Text { parts: vec![Part::default()], ..Text::default() };
        assert_eq!(Contents::new(&bare, &bare.pages(1), &["index.html".to_string()]).whole(), "");
    }
}
