//! The blocks of a page: headings, lists, tables, paragraphs.

use super::inline::Inline;
use super::marks::heading;
use super::table;

/// Characters that begin the line of a list.
const LIST: [char; 4] = ['*', '#', ':', ';'];
/// Deepest list.
const DEEPEST: usize = 20;

/// A page as HTML, and what is no part of it.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub html: String,
    pub templates: Vec<String>,
    pub categories: Vec<String>,
    pub images: Vec<String>,
}

/// Brings a text in the wiki's marks to HTML.
pub(super) fn html(text: &str, base: Option<&str>) -> Written {
    let mut page =
        Page { inline: Inline::new(base), html: String::new(), list: String::new(), paragraph: String::new() };
    let plain = page.inline.set_aside(text);
    let mut lines = plain.lines();
    while let Some(line) = lines.next() {
        if line.trim_start().starts_with("{|") {
            page.end_paragraph();
            page.end_list();
            let table = table::html(line, &mut lines, &mut page.inline);
            page.html.push_str(&table);
        } else {
            page.line(line);
        }
    }
    page.end_paragraph();
    page.end_list();
    page.notes();
    let Inline { templates, categories, images, .. } = page.inline;
    Written { html: page.html, templates, categories, images }
}

struct Page<'a> {
    inline: Inline<'a>,
    html: String,
    /// The marks of the list that is open.
    list: String,
    paragraph: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.end_paragraph();
            self.end_list();
        } else if let Some((level, title)) = heading(trimmed) {
            self.end_paragraph();
            self.end_list();
            let title = self.inline.html(title);
            self.html.push_str(&format!("<h{level}>{title}</h{level}>\n"));
        } else if trimmed.starts_with("----") {
            self.end_paragraph();
            self.end_list();
            let rest = trimmed.trim_start_matches('-');
            self.html.push_str("<hr>\n");
            self.paragraph.push_str(rest);
        } else if line.starts_with(LIST) {
            self.end_paragraph();
            self.item(line);
        } else {
            self.end_list();
            if !self.paragraph.is_empty() {
                self.paragraph.push('\n');
            }
            self.paragraph.push_str(line);
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.paragraph);
        if !text.trim().is_empty() {
            let html = self.inline.html(&text);
            self.html.push_str(&format!("<p>{html}</p>\n"));
        }
    }

    /// A line of a list, in which the marks say what lists stand in each other: `*#`.
    fn item(&mut self, line: &str) {
        let marks: String = line.chars().take_while(|mark| LIST.contains(mark)).collect();
        let text = line.get(marks.len()..).unwrap_or_default();
        let kept: String = marks.chars().take(DEEPEST).collect();
        let same = self.list.chars().zip(kept.chars()).take_while(|(one, other)| kind(*one) == kind(*other)).count();
        while self.list.chars().count() > same {
            self.close_list();
        }
        if same == kept.chars().count() {
            self.html.push_str("</li>\n<li>");
        } else {
            for mark in kept.chars().skip(same) {
                self.html.push_str(&format!("<{}><li>", kind(mark)));
                self.list.push(mark);
            }
        }
        let html = self.inline.html(text);
        self.html.push_str(&html);
    }

    fn close_list(&mut self) {
        if let Some(mark) = self.list.pop() {
            self.html.push_str(&format!("</li></{}>\n", kind(mark)));
        }
    }

    fn end_list(&mut self) {
        while !self.list.is_empty() {
            self.close_list();
        }
    }

    /// The notes, in the form in which Markdown has them.
    fn notes(&mut self) {
        let mut at = 0;
        // A note may have notes itself.
        while let Some(text) = self.inline.notes.get(at).cloned() {
            at += 1;
            let html = self.inline.html(&text);
            self.html.push_str(&format!(
                "<div class=\"footnote-definition\" id=\"{at}\"><sup class=\"footnote-definition-label\">{at}</sup><p>{html}</p></div>\n"
            ));
        }
    }
}

fn kind(mark: char) -> &'static str {
    if mark == '#' { "ol" } else { "ul" }
}
