//! A fault as a terminal shows it: the line with a caret under the fault, and the remedy below.
//!
//! Drawing is left to annotate-snippets, the renderer of the Rust compiler. miette was tried beside it: both keep the
//! caret under Chinese text, but annotate-snippets needs no global hook, allows the message, code and help to be plain
//! data, and prints one compact block a fault. What it leaves to the terminal, lines longer than the window, is broken here:
//! between words, between Chinese characters, and never within what is copied.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use textwrap::WordSeparator;
use textwrap::core::{Word, display_width};

use super::lang::Lang;
use super::messages::Label;
use super::shown::same_length;
use super::{Diagnostic, Severity, visible, words};

/// Columns before a help's words: the number of a line and ` = help: `.
const HELP_INDENT: usize = 14;

impl Diagnostic {
    /// The fault as a block of text of at most `width` columns for a terminal.
    pub fn render(&self, lang: Lang, color: bool, width: usize) -> String {
        let (level, label) = match self.severity {
            Severity::Error => (Level::ERROR, Label::Error),
            Severity::Warning => (Level::WARNING, Label::Warning),
            Severity::Note => (Level::NOTE, Label::Note),
        };
        let (name, help_name) = (words::say(&label, lang), words::say(&Label::Help, lang));
        let code = self.code();
        let title = wrapped(&self.message(lang), width.saturating_sub(display_width(&name) + code.name().len() + 4));
        let help = self.help(lang).map(|help| wrapped(&help, width.saturating_sub(HELP_INDENT)));
        let mut group = Group::with_title(level.with_name(name.as_str()).primary_title(title).id(code.name()));
        let file = self.place.as_ref().map(|place| visible(&place.file)).unwrap_or_default();
        if let Some(place) = &self.place {
            group = match &place.excerpt {
                Some(line) => group.element(
                    Snippet::source(same_length(line).into_owned())
                        .line_start(place.line)
                        .path(file.as_ref())
                        .annotation(AnnotationKind::Primary.span(place.span.clone())),
                ),
                None if place.line > 0 => {
                    group.element(Origin::path(file.as_ref()).line(place.line).char_column(place.column))
                }
                None => group.element(Origin::path(file.as_ref())),
            };
        }
        if let Some(help) = &help {
            group = group.element(Level::HELP.with_name(help_name.as_str()).message(help.as_str()));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(width).render(&[group])
    }
}

/// A text in lines of at most `width` columns. Only a word or a piece of code that is longer is not broken.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    textwrap::fill(text, options(width))
}

/// One line in lines of at most `width` columns, those behind the first from a column on.
pub(crate) fn hanging(line: &str, width: usize, column: usize) -> String {
    textwrap::fill(line, options(width).subsequent_indent(&" ".repeat(column)))
}

fn options<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .word_separator(WordSeparator::Custom(pieces))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false)
}

/// Where a line may be broken: at blanks and beside Han, but not within a word of ASCII, an address, or what stands between
/// backticks, which is copied.
fn pieces(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut ends: Vec<usize> = Vec::new();
    let mut end = 0;
    let mut in_code = false;
    for word in WordSeparator::UnicodeBreakProperties.find_words(line) {
        let is_ascii = |sign: char| sign.is_ascii_graphic();
        let whole = word.word.len() + word.whitespace.len();
        if in_code || line[..end].ends_with(is_ascii) && word.starts_with(is_ascii) {
            ends.pop();
        }
        in_code ^= word.matches('`').count() % 2 == 1;
        end += whole;
        ends.push(end);
    }
    let mut start = 0;
    Box::new(ends.into_iter().map(move |end| Word::from(&line[std::mem::replace(&mut start, end)..end])))
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::diagnostic::messages::{RecordMessage, TomlMessage};
    use crate::diagnostic::place::EXCERPT;
    use crate::diagnostic::{Source, WIDTH};

    fn fault() -> Diagnostic {
        Diagnostic::error(TomlMessage::UnclosedList)
    }

    #[test]
    fn caret_stands_under_chinese_text() {
        let text = "title = \"旧报刊\"\ndate = \"1950-13\" # 月份\n";
        let at = text.find("1950").expect("present");
        let source = Source { file: "content/a.md", text };
        let shown = fault().at(source, at..at + 7).render(Lang::English, false, WIDTH);
        assert!(shown.contains("content/a.md:2:9"), "{shown}");
        let title = fault().at(Source { file: "a", text }, 9..15).render(Lang::English, false, WIDTH);
        let lines: Vec<_> = title.lines().collect();
        let shown_line = lines.iter().find(|line| line.contains("旧报刊")).expect("excerpt");
        let caret_line = lines.iter().find(|line| line.contains('^')).expect("caret");
        let before = shown_line.split("旧").next().expect("prefix");
        assert_eq!(before.width(), caret_line.find('^').expect("caret"));
        assert_eq!(caret_line.matches('^').count(), 4, "旧报 is four columns wide");
    }

    #[test]
    fn long_lines_are_cut_around_the_fault() {
        let text = format!("{}错{}", "甲".repeat(200), "乙".repeat(200));
        let at = text.find('错').expect("present");
        let shown = fault().at(Source { file: "a", text: &text }, at..at + 3).render(Lang::English, false, WIDTH);
        assert!(shown.contains("a:1:201") && shown.contains("甲错乙"), "{shown}");
        assert!(shown.lines().all(|line| line.width() <= WIDTH), "{shown}");
        let huge = "甲".repeat(EXCERPT);
        let shown = fault().at(Source { file: "a", text: &huge }, 3000..3003).render(Lang::English, false, WIDTH);
        assert!(shown.contains("a:1:1001") && !shown.contains('甲'), "{shown}");
    }

    #[test]
    fn what_is_copied_stays_on_one_line() {
        let guess = "http://rightsstatements.org/vocab/UND/1.0/".to_string();
        for lang in [Lang::English, Lang::Simplified, Lang::Traditional] {
            let fault = Diagnostic::error(RecordMessage::UnknownRightsUri { guess: guess.clone() });
            let shown = fault.render(lang, false, 70);
            assert!(shown.contains(&guess) && shown.contains("`rights = \"…\"`"), "{shown}");
            assert!(shown.lines().all(|line| line.width() <= 70) && shown.lines().count() > 3, "{shown}");
        }
    }

    #[test]
    fn any_span_is_taken() {
        for text in ["甲乙\n丙", "]\r\r\r\r\"\r\na", "\r\r!\r\r\r"] {
            for (start, end) in (0..12).flat_map(|start| (0..14).map(move |end| (start, end))) {
                let _ = fault().at(Source { file: "a", text }, start..end).render(Lang::English, false, WIDTH);
            }
        }
    }
}
