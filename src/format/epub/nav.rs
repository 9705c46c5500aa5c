//! The navigation document: contents, landmarks, and the numbers of the paragraphs, which stand where a printed book has
//! its page numbers (EPUB 3.3, 7).

use super::chapter::ContentsLine;
use super::page;
use crate::format::xml::{push_attribute, push_text};
use crate::words::Words;

/// What opens and closes the list of contents; a collection's book takes the list from the books of its documents.
const OPENING: &str = "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\">\n";
const CLOSING: &str = "\n</nav>\n";

/// Writes `nav.xhtml`.
pub(crate) fn write(words: &Words, language: &str, contents: &str, paragraphs: &[ContentsLine], first: &str) -> String {
    let mut out = String::with_capacity(2048 + contents.len() + 96 * paragraphs.len());
    page::open_at(&mut out, language, words.get("contents"), "");
    out.push_str(OPENING);
    out.push_str("<h1>");
    push_text(&mut out, words.get("contents"));
    out.push_str("</h1>\n");
    out.push_str(contents);
    out.push_str(CLOSING);
    out.push_str("<nav epub:type=\"landmarks\" hidden=\"hidden\">\n<ol>\n<li><a epub:type=\"toc\" href=\"#toc\">");
    push_text(&mut out, words.get("contents"));
    out.push_str("</a></li>\n<li><a epub:type=\"bodymatter\"");
    push_attribute(&mut out, "href", first);
    out.push('>');
    push_text(&mut out, words.get("text"));
    out.push_str("</a></li>\n</ol>\n</nav>\n");
    if !paragraphs.is_empty() {
        out.push_str("<nav epub:type=\"page-list\" role=\"doc-pagelist\" hidden=\"hidden\">\n<ol>\n");
        for place in paragraphs {
            out.push_str("<li>");
            link(&mut out, place);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</nav>\n");
    }
    page::close(&mut out);
    out
}

fn link(out: &mut String, place: &ContentsLine) {
    out.push_str("<a");
    push_attribute(out, "href", &place.href);
    out.push('>');
    push_text(out, &place.label);
    out.push_str("</a>");
}

/// The contents as lists in lists. Levels that the text skips are skipped here.
pub(crate) fn list(places: &[ContentsLine]) -> String {
    let mut out = String::with_capacity(96 * places.len());
    let mut open: Vec<u8> = Vec::new();
    for place in places {
        let mut closed = false;
        while open.pop_if(|level| *level >= place.level).is_some() {
            out.push_str(if closed { "</ol></li>" } else { "</li>" });
            closed = true;
        }
        out.push_str(if closed { "\n<li>" } else { "<ol>\n<li>" });
        link(&mut out, place);
        open.push(place.level);
    }
    for _ in open {
        out.push_str("</li></ol>");
    }
    out
}

/// The list of contents in a book's navigation document.
pub(crate) fn contents_of(nav: &str) -> Option<&str> {
    let (_, rest) = nav.split_once(OPENING)?;
    let (inner, _) = rest.split_once(CLOSING)?;
    inner.split_once("</h1>\n").map(|(_, list)| list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(levels: &[u8]) -> String {
        let place = |level: &u8| ContentsLine { level: *level, label: level.to_string(), href: String::new() };
        let list = list(&levels.iter().map(place).collect::<Vec<_>>());
        list.replace("<a href=\"\">", "").replace("</a>", "").replace('\n', "")
    }

    #[test]
    fn lists_nest() {
        assert_eq!(outline(&[1, 1]), "<ol><li>1</li><li>1</li></ol>");
        assert_eq!(outline(&[1, 2, 1]), "<ol><li>1<ol><li>2</li></ol></li><li>1</li></ol>");
        assert_eq!(outline(&[1, 3, 2, 3]), "<ol><li>1<ol><li>3</li><li>2<ol><li>3</li></ol></li></ol></li></ol>");
        assert_eq!(outline(&[2, 1]), "<ol><li>2</li><li>1</li></ol>");
    }
}
