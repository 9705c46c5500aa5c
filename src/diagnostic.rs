//! What went wrong, where, and what to do about it.
//!
//! Every fault in a person's input is a [`Diagnostic`]: it names file, line and column, shows the line with a caret under
//! the fault, and says the remedy. Nothing stops at the first one; workers return a value and a [`Report`], and reports
//! merge in the order of places, so the messages of two builds are the same.
//!
//! Drawing is left to annotate-snippets, the renderer of the Rust compiler. miette was tried beside it: both keep the
//! caret under Chinese text, but annotate-snippets needs no global hook, allows the message, code and help to be plain
//! data, and prints one compact block a fault.

pub mod code;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

/// A line longer than this many bytes is not kept for showing; up to there the renderer cuts it around the fault.
const EXCERPT: usize = 16_384;

/// Columns that a message may take where the terminal is not narrower.
pub const WIDTH: usize = 100;

/// Columns before a help's words: `12345 = help: `.
const HELP_INDENT: usize = 14;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published while one of these stands.
    Error,
    /// Published, but a person should look.
    Warning,
    /// For information.
    Note,
}

/// A place in a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path from the archive's root, with `/`.
    pub file: String,
    /// Line, from 1; 0 when the fault is the whole file.
    pub line: usize,
    /// Column in characters, from 1; 0 when the fault is the whole file.
    pub column: usize,
    /// The line, when there is one of a reasonable length.
    excerpt: Option<String>,
    /// Bytes of the fault within the line.
    span: Range<usize>,
}

impl Place {
    /// The line, where it is of a reasonable length: what stands before the fault, the fault, and what stands after it.
    pub fn excerpt(&self) -> Option<[&str; 3]> {
        let line = self.excerpt.as_deref()?;
        Some([line.get(..self.span.start)?, line.get(self.span.clone())?, line.get(self.span.end..)?])
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable, hyphenated name: `unknown-field`.
    pub code: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where.
    pub place: Option<Box<Place>>,
}

impl Diagnostic {
    /// A fault that keeps the site from being published.
    ///
    /// The code is one of [`code::KINDS`].
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        debug_assert!(code::is_listed(code), "`{code}` is not in src/diagnostic/code.rs");
        Self { severity: Severity::Error, code, message: message.into(), help: None, place: None }
    }

    /// A doubt that a person should look at.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Something to look at that may well be right.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// Whether it keeps the site from being published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Places the fault at `span` (bytes) of a text.
    #[must_use]
    pub fn at(mut self, source: Source<'_>, span: Range<usize>) -> Self {
        self.place = Some(Box::new(source.place(span)));
        self
    }

    /// Places the fault at a whole file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place = Some(Box::new(Place { file: file.into(), line: 0, column: 0, excerpt: None, span: 0..0 }));
        self
    }

    /// The fault as a block of text of at most `width` columns for a terminal.
    pub fn render(&self, color: bool, width: usize) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        // The renderer cuts excerpts to the width, and leaves messages to the terminal, which would break them anywhere.
        let options = textwrap::Options::new(width.saturating_sub(HELP_INDENT))
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        let help = self.help.as_ref().map(|help| textwrap::fill(&bound(help), options).replace(BOUND, " "));
        let mut group = Group::with_title(level.primary_title(self.message.as_str()).id(self.code));
        let file = self.place.as_ref().map(|place| visible(&place.file)).unwrap_or_default();
        if let Some(place) = &self.place {
            group = match &place.excerpt {
                Some(line) => group.element(
                    Snippet::source(line.as_str())
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
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(width).render(&[group])
    }

    /// The fault as one JSON object: severity, code, file, line, column, message, help.
    pub fn json(&self) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            severity: Severity,
            code: &'a str,
            file: Option<&'a str>,
            line: Option<usize>,
            column: Option<usize>,
            message: &'a str,
            help: Option<&'a str>,
        }
        let place = self.place.as_deref();
        let located = place.filter(|place| place.line > 0);
        let line = Line {
            severity: self.severity,
            code: self.code,
            file: place.map(|place| place.file.as_str()),
            line: located.map(|place| place.line),
            column: located.map(|place| place.column),
            message: &self.message,
            help: self.help.as_deref(),
        };
        serde_json::to_string(&line).unwrap_or_default()
    }

    fn order(&self) -> (&str, usize, usize, Severity, &str) {
        let (file, line, column) =
            self.place.as_ref().map_or(("", 0, 0), |place| (place.file.as_str(), place.line, place.column));
        (file, line, column, self.severity, &self.message)
    }
}

/// A file's name may hold line breaks, and signs that a terminal obeys; in messages they are shown as Rust writes them.
pub fn visible(name: &str) -> Cow<'_, str> {
    if !name.contains(char::is_control) {
        return Cow::Borrowed(name);
    }
    let show =
        |letter: char| if letter.is_control() { letter.escape_default().to_string() } else { letter.to_string() };
    Cow::Owned(name.chars().map(show).collect())
}

/// A blank at which no line is broken; the letter is for private use, so no text has it.
const BOUND: char = '\u{e000}';

/// A help whose lines of code stay whole, since they are copied: what stands between two blanks and two blanks, ` ; ` or ` , `.
fn bound(help: &str) -> String {
    let mut out = String::with_capacity(help.len() + 16);
    for (at, part) in help.split("  ").enumerate() {
        if at > 0 {
            out.push_str("  ");
        }
        let (code, words) = match at % 2 {
            0 => ("", part),
            _ => part.split_at([" ; ", " , "].iter().filter_map(|end| part.find(end)).min().unwrap_or(part.len())),
        };
        out.push_str(&code.replace(' ', &BOUND.to_string()));
        out.push_str(words);
    }
    out.replace(" = ", &format!("{BOUND}={BOUND}"))
}

/// A text with the name it is known by in messages.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Path from the archive's root.
    pub file: &'a str,
    /// The whole text.
    pub text: &'a str,
}

impl Source<'_> {
    /// Line, column and excerpt of a span of bytes. A span outside the text, or inside a character, is moved in.
    pub fn place(&self, span: Range<usize>) -> Place {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(span.start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let line = self.text[line_start..line_end].trim_end_matches('\r');
        let end = floor(span.end).clamp(start, line_start + line.len().max(start - line_start));
        Place {
            file: self.file.to_string(),
            line: 1 + self.text[..line_start].matches('\n').count(),
            column: 1 + self.text[line_start..start].chars().count(),
            excerpt: (line.len() <= EXCERPT).then(|| line.to_string()),
            span: start - line_start..end - line_start,
        }
    }
}

/// Faults gathered by one stage or one worker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds what another stage or worker found.
    pub fn merge(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// How many of one severity are told.
    pub fn count(&self, severity: Severity) -> usize {
        self.sorted().iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Whether anything forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The faults in the order of their places; the same fault at the same place is told once. What else is said of a
    /// line that is not TOML follows from that, and is left out.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let line = |fault: &Diagnostic| {
            fault.place.as_ref().filter(|place| place.line > 0).map(|place| (place.file.clone(), place.line))
        };
        let unread: BTreeSet<_> =
            self.diagnostics.iter().filter(|fault| fault.code == "toml").filter_map(line).collect();
        let stands = |fault: &&Diagnostic| {
            unread.is_empty() || fault.code == "toml" || line(fault).is_none_or(|place| !unread.contains(&place))
        };
        let mut all: Vec<_> = self.diagnostics.iter().filter(stands).collect();
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        all.dedup_by(|a, b| a.code == b.code && a.order() == b.order());
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caret_stands_under_chinese_text() {
        let text = "title = \"旧报刊\"\ndate = \"1950-13\" # 月份\n";
        let at = text.find("1950").expect("present");
        let shown = Diagnostic::error("bad-date", "there is no month 13")
            .at(Source { file: "content/a.md", text }, at..at + 7)
            .render(false, WIDTH);
        assert!(shown.contains("content/a.md:2:9"), "{shown}");
        let title = Diagnostic::error("toml", "y").at(Source { file: "a", text }, 9..15).render(false, WIDTH);
        let lines: Vec<_> = title.lines().collect();
        let shown_line = lines.iter().find(|line| line.contains("旧报刊")).expect("excerpt");
        let caret_line = lines.iter().find(|line| line.contains('^')).expect("caret");
        let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
        let before = shown_line.split("旧").next().expect("prefix");
        assert_eq!(width(before), caret_line.find('^').expect("caret"));
        assert_eq!(caret_line.matches('^').count(), 4, "旧报 is four columns wide");
    }

    #[test]
    fn long_lines_are_cut_around_the_fault() {
        let text = format!("{}错{}", "甲".repeat(200), "乙".repeat(200));
        let at = text.find('错').expect("present");
        let shown =
            Diagnostic::error("toml", "y").at(Source { file: "a", text: &text }, at..at + 3).render(false, WIDTH);
        assert!(shown.contains("a:1:201") && shown.contains("甲错乙"), "{shown}");
        assert!(shown.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= WIDTH), "{shown}");
        let huge = "甲".repeat(EXCERPT);
        let shown =
            Diagnostic::error("toml", "y").at(Source { file: "a", text: &huge }, 3000..3003).render(false, WIDTH);
        assert!(shown.contains("a:1:1001") && !shown.contains('甲'), "{shown}");
    }

    #[test]
    fn what_is_copied_stays_on_one_line() {
        let help = "add a line  rights_uri = \"http://rightsstatements.org/vocab/UND/1.0/\" ; or take the name of the office that holds them";
        let shown = Diagnostic::error("toml", "y").help(help).render(false, 70);
        assert!(shown.contains("rights_uri = \"http://rightsstatements.org/vocab/UND/1.0/\"\n"), "{shown}");
        assert!(!shown.contains(BOUND) && shown.lines().count() > 3, "{shown}");
    }

    #[test]
    fn any_span_is_taken() {
        let source = Source { file: "a", text: "甲乙\n丙" };
        for start in 0..12 {
            for end in 0..14 {
                let _ = Diagnostic::error("toml", "y").at(source, start..end).render(false, WIDTH);
            }
        }
    }
}
