//! Markdown as a terminal shows it: wrapped to the width, headings bold, code as it stands.
//!
//! Pages for a terminal are the same files as those of the guide, so that what is told is told once. Only what such a
//! page needs is drawn: headings, paragraphs, lists, quotations and code; a table is shown row by row.

use console::Style;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use textwrap::WordSeparator;
use textwrap::core::Word;

/// Columns that code stands in from the margin.
const CODE_INDENT: &str = "    ";

/// Draws Markdown in lines of at most `width` columns; code keeps its own lines. Ends without a line break.
pub(crate) fn draw(markdown: &str, width: usize, color: bool) -> String {
    let mut page = Screen { width, bold: Style::new().bold().force_styling(color), ..Screen::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES) {
        page.take(event);
    }
    page.text.trim_end().to_string()
}

#[derive(Default)]
struct Screen {
    text: String,
    width: usize,
    bold: Style,
    /// The paragraph that is being read.
    line: String,
    /// One a list that is open: the next number, or none for a list of points.
    lists: Vec<Option<u64>>,
    /// The sign of the item whose first paragraph comes next.
    sign: Option<String>,
    /// Quotations that are open.
    quotes: usize,
    /// Where the link that is open leads.
    link: Option<String>,
    in_code: bool,
}

impl Screen {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.end_line();
                self.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.end_line();
                self.lists.pop();
                self.gap();
            }
            Event::Start(Tag::Item) => {
                self.sign = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_string(),
                });
            }
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => self.end_line(),
            Event::Start(Tag::BlockQuote(_)) => self.quotes += 1,
            Event::End(TagEnd::BlockQuote(_)) => self.quotes -= 1,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                self.end_block();
                self.in_code = true;
            }
            Event::End(TagEnd::CodeBlock) => {
                let code = std::mem::take(&mut self.line);
                for line in code.lines() {
                    self.text.push_str(format!("{CODE_INDENT}{line}").trim_end());
                    self.text.push('\n');
                }
                self.in_code = false;
                self.gap();
            }
            Event::End(TagEnd::Heading(_)) => {
                let heading = std::mem::take(&mut self.line);
                self.line = self.bold.apply_to(heading).to_string();
                self.end_block();
            }
            Event::End(TagEnd::Paragraph | TagEnd::Table) => self.end_block(),
            Event::End(TagEnd::TableCell) => self.line.push_str("  "),
            Event::Start(Tag::Link { dest_url, .. }) => self.link = Some(dest_url.into_string()),
            Event::End(TagEnd::Link) => {
                let web =
                    self.link.take().filter(|link| link.starts_with("http") && !self.line.ends_with(link.as_str()));
                if let Some(address) = web {
                    self.line.push_str(&format!(" ({address})"));
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.line.push_str(&text),
            Event::Code(code) => self.line.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            _ => {}
        }
    }

    /// Writes the paragraph that was read, and a gap.
    fn end_block(&mut self) {
        self.end_line();
        self.gap();
    }

    /// Writes the paragraph that was read.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            let margin = format!("{}{}", "  ".repeat(self.lists.len().saturating_sub(1)), "> ".repeat(self.quotes));
            let sign = self.sign.take().unwrap_or_else(|| if self.lists.is_empty() { "" } else { "  " }.to_string());
            let first = format!("{margin}{sign}");
            let rest = format!("{margin}{}", " ".repeat(sign.len()));
            let options = textwrap::Options::new(self.width)
                .initial_indent(&first)
                .subsequent_indent(&rest)
                .word_separator(textwrap::WordSeparator::Custom(words))
                .word_splitter(textwrap::WordSplitter::NoHyphenation);
            self.text.push_str(&textwrap::fill(line.trim(), options));
            self.text.push('\n');
        }
    }

    /// One empty line, where something stands before it.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

/// Where a line may be broken: at blanks, and beside Han, but not within an address or another word of ASCII.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut ends: Vec<usize> = Vec::new();
    let mut end = 0;
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let is_inner = line[..end].ends_with(|sign: char| sign.is_ascii_graphic())
            && word.starts_with(|sign: char| sign.is_ascii_graphic());
        if is_inner {
            ends.pop();
        }
        end += word.word.len() + word.whitespace.len();
        ends.push(end);
    }
    let mut start = 0;
    Box::new(ends.into_iter().map(move |end| Word::from(&line[std::mem::replace(&mut start, end)..end])))
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    const PAGE: &str = "A link such as [one](https://a.example/x) leads\nnowhere, says `fonds`.\n\n## 例子\n\n```markdown\n[甲](../b/missing.md) and a line that is much longer than the width\n\nend\n```\n\n1. 先看路径写得对不对，再看文件是不是还在那里，最后看名字\n2. two\n   - inner\n\n> said\n";

    #[test]
    fn a_page_is_drawn() {
        let expected = "A link such as one\n(https://a.example/x) leads\nnowhere, says `fonds`.\n\n例子\n\n    [甲](../b/missing.md) and a line that is much longer than the width\n\n    end\n\n1. 先看路径写得对不对，再看文\n   件是不是还在那里，最后看名\n   字\n2. two\n  - inner\n\n> said";
        assert_eq!(draw(PAGE, 30, false), expected);
        assert!(draw(PAGE, 30, true).contains("\u{1b}[1m例子\u{1b}[0m"));
    }

    #[test]
    fn no_line_is_wider_but_code() {
        for width in 20..80 {
            let drawn = draw(PAGE, width, false);
            let wide = drawn.lines().find(|line| !line.starts_with(CODE_INDENT) && line.width() > width.max(23));
            assert_eq!(wide, None, "{width}");
        }
    }
}
