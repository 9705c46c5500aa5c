//! Markdown events to HTML.
//!
//! pulldown-cmark's own writer was not taken: it renders a whole text at once, numbers footnotes by their place on the
//! page, writes inline styles for table columns (our Content-Security-Policy forbids them), and cannot leave a gap where
//! a link's address goes. The element each event becomes is the same as there.

use pulldown_cmark::{Alignment, CodeBlockKind, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::{Aside, Fragment};

/// Levels of a list that plain text still sets further in.
const DEEPEST: usize = 32;

/// Writes HTML and plain text side by side.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) out: Fragment,
    pub(super) text: String,
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
    lists: Vec<Option<u64>>,
    quotes: usize,
    /// What in `text` stands for markup, in order.
    pub(super) asides: Vec<Aside>,
    /// A line break in the source that may or may not become a space.
    pending_break: bool,
}

impl Writer {
    pub(super) fn text(&mut self, text: &str) {
        self.settle_break(text);
        // Writing into a String cannot fail.
        let _ = escape_html_body_text(&mut self.out.html, text);
        self.text.push_str(text);
    }

    pub(super) fn code(&mut self, text: &str) {
        self.settle_break(text);
        self.out.html.push_str("<code>");
        let _ = escape_html_body_text(&mut self.out.html, text);
        self.out.html.push_str("</code>");
        self.text.push_str(text);
    }

    /// Markup made by the program.
    pub(super) fn raw(&mut self, html: &str) {
        self.settle_break("");
        self.out.html.push_str(html);
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.html.push(' ');
        self.out.html.push_str(name);
        self.out.html.push_str("=\"");
        let _ = escape_html(&mut self.out.html, value);
        self.out.html.push('"');
    }

    /// A gap for the address of a link.
    pub(super) fn gap(&mut self, link: usize) {
        self.out.gaps.push((self.out.html.len(), link));
    }

    pub(super) fn soft_break(&mut self) {
        self.pending_break = true;
    }

    pub(super) fn hard_break(&mut self) {
        self.settle_break("");
        self.out.html.push_str("<br>\n");
        self.text.push('\n');
    }

    /// Between two characters of a script that is set without spaces a line break in the source is no space.
    fn settle_break(&mut self, next: &str) {
        if !std::mem::take(&mut self.pending_break) {
            return;
        }
        let wide = |character: Option<char>| character.is_some_and(is_set_solid);
        if wide(self.text.chars().next_back()) && (next.is_empty() || wide(next.chars().next())) {
            return;
        }
        self.out.html.push('\n');
        self.text.push(' ');
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>) {
        if !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) {
            self.pending_break = false;
        }
        match tag {
            Tag::Paragraph => self.raw("<p>"),
            Tag::BlockQuote(_) => {
                self.quotes += 1;
                self.raw("<blockquote>\n");
            }
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::List(start) => {
                match start {
                    None => self.raw("<ul>\n"),
                    Some(1) => self.raw("<ol>\n"),
                    Some(number) => self.raw(&format!("<ol start=\"{number}\">\n")),
                }
                if !self.lists.is_empty() {
                    self.line_apart();
                }
                self.lists.push(*start);
            }
            Tag::Item => {
                self.raw("<li>");
                let marker = self.text.len();
                self.line();
                let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(DEEPEST));
                match self.lists.last_mut() {
                    Some(Some(number)) => {
                        self.text.push_str(&format!("{indent}{number}. "));
                        *number += 1;
                    }
                    _ => self.text.push_str(&format!("{indent}- ")),
                }
                self.aside(marker, true);
            }
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                self.raw("<table>\n");
            }
            Tag::TableHead => {
                self.head = true;
                self.column = 0;
                self.raw("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.line_apart();
                self.raw("<tr>");
            }
            Tag::TableCell => {
                if self.column > 0 {
                    let bar = self.text.len();
                    self.text.push_str(" | ");
                    self.aside(bar, true);
                }
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Left) => " class=\"left\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                let cell = if self.head { "<th scope=\"col\"" } else { "<td" };
                self.raw(&format!("{cell}{class}>"));
                self.column += 1;
            }
            Tag::Emphasis => self.raw("<em>"),
            Tag::Strong => self.raw("<strong>"),
            Tag::Strikethrough => self.raw("<del>"),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        self.pending_break = false;
        match tag {
            TagEnd::Paragraph => {
                self.raw("</p>\n");
                if !self.lists.is_empty() || self.quotes > 0 {
                    self.line_apart();
                }
            }
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.raw("</blockquote>\n");
            }
            TagEnd::CodeBlock => self.raw("</code></pre>\n"),
            TagEnd::List(ordered) => {
                self.raw(if ordered { "</ol>\n" } else { "</ul>\n" });
                self.lists.pop();
            }
            TagEnd::Item => self.raw("</li>\n"),
            TagEnd::Table => self.raw("</tbody></table>"),
            TagEnd::TableHead => {
                self.head = false;
                self.raw("</tr>\n</thead><tbody>\n");
            }
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::TableCell => {
                let cell = if self.head { "</th>" } else { "</td>" };
                self.raw(cell);
            }
            TagEnd::Emphasis => self.raw("</em>"),
            TagEnd::Strong => self.raw("</strong>"),
            TagEnd::Strikethrough => self.raw("</del>"),
            TagEnd::Link => self.raw("</a>"),
            _ => {}
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        self.raw("<pre><code");
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        self.raw(">");
    }

    /// Begins a new line that is a passage of its own.
    pub(super) fn line_apart(&mut self) {
        let start = self.text.len();
        self.line();
        self.aside(start, true);
    }

    /// Remembers that the plain text from `start` on stands for markup.
    pub(super) fn aside(&mut self, start: usize, apart: bool) {
        self.asides.push(Aside { text: start..self.text.len(), apart });
    }

    /// Begins a new line of plain text unless one is begun.
    fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

/// Whether a character belongs to a script that is set without spaces between words.
fn is_set_solid(character: char) -> bool {
    matches!(u32::from(character),
        0x2e80..=0x303f | 0x3040..=0x30ff | 0x3100..=0x312f | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f | 0xff01..=0xff60 | 0x20000..=0x3ffff)
        || matches!(character, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}
