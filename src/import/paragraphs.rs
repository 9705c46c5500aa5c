//! Lines to paragraphs (rule R2).
//!
//! Most captures put one paragraph on one line, with blank lines between or without. Some are wrapped to a width, as
//! newspapers' pages and terminals do, and then a line's end means nothing. Guessing wrong is worse in one direction:
//! joining two paragraphs hides a heading. So lines are joined only in a text that shows it was wrapped: a good share of
//! its lines reach the same width, and hardly any goes past it.

use unicode_width::UnicodeWidthStr;

use super::token;

/// One line of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// From 1.
    pub number: usize,
    /// Without its line end.
    pub text: &'a str,
}

/// One paragraph: the source's characters without the white space around them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// The text, on one line.
    pub text: String,
    /// Its first line in the capture, from 1.
    pub line: usize,
}

/// Splits a text at line feeds, carriage returns, or both.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for piece in text.split('\n') {
        let piece = piece.strip_suffix('\r').unwrap_or(piece);
        lines.extend(piece.split('\r'));
    }
    lines.into_iter().enumerate().map(|(at, text)| Line { number: at + 1, text }).collect()
}

/// Gathers lines to paragraphs. White space around a paragraph is layout and is left out.
pub(super) fn gather(lines: &[Line<'_>]) -> Vec<Paragraph> {
    let wrapped = Wrapped::detect(lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&Line<'_>> = None;
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() {
            previous = None;
            continue;
        }
        let continues = wrapped.as_ref().zip(previous).is_some_and(|(wrapped, before)| wrapped.continues(before, line));
        match paragraphs.last_mut().filter(|_| continues) {
            Some(paragraph) => {
                if needs_space(&paragraph.text, text) {
                    paragraph.text.push(' ');
                }
                paragraph.text.push_str(text);
            }
            None => paragraphs.push(Paragraph { text: text.to_string(), line: line.number }),
        }
        previous = Some(line);
    }
    paragraphs
}

/// Least width, in columns, at which lines can be told to have been wrapped.
const NARROWEST: usize = 40;

/// The layout of a wrapped text.
struct Wrapped {
    /// Columns of a full line.
    width: usize,
    /// Whether a paragraph's first line is indented.
    indents: bool,
}

impl Wrapped {
    /// The layout, or `None` when each line is a paragraph.
    fn detect(lines: &[Line<'_>]) -> Option<Self> {
        let filled: Vec<&Line<'_>> = lines.iter().filter(|line| !line.text.trim().is_empty()).collect();
        let followed = lines
            .windows(2)
            .filter(|pair| matches!(pair, [a, b] if !a.text.trim().is_empty() && !b.text.trim().is_empty()))
            .count();
        // Blank lines alternate: nothing to join.
        if filled.len() < 4 || followed * 4 < filled.len() {
            return None;
        }
        let mut widths: Vec<usize> = filled.iter().map(|line| columns(line.text)).collect();
        widths.sort_unstable();
        // The widest lines may be a table or a long address; the width is what most full lines share.
        let width = widths.get(widths.len() * 19 / 20).copied()?;
        let full = widths.iter().filter(|columns| **columns + 4 > width && **columns <= width + 2).count();
        let beyond = widths.iter().filter(|columns| **columns > width + 2).count();
        if width < NARROWEST || full * 3 < filled.len() || beyond * 20 > filled.len() {
            return None;
        }
        let indented = filled.iter().filter(|line| is_indented(line.text)).count();
        Some(Self { width, indents: indented >= 2 && indented * 10 <= filled.len() * 9 })
    }

    /// Whether a line goes on with the paragraph of the line before it.
    fn continues(&self, before: &Line<'_>, line: &Line<'_>) -> bool {
        let ended = before.text.trim_end().ends_with(['。', '！', '？', '：', '；', '!', '?', ':', ';', '.']);
        // A wrapped line is at most one wide character and the punctuation that may not start a line short of full.
        let full = columns(before.text) + 6 > self.width;
        let starts = if self.indents { is_indented(line.text) } else { token::find(line.text.trim()).is_some() };
        !ended && full && !starts
    }
}

fn is_indented(text: &str) -> bool {
    text.starts_with([' ', '\t', '\u{3000}', '\u{a0}'])
}

/// Display columns without trailing space; an indent counts.
fn columns(text: &str) -> usize {
    text.trim_end().width()
}

/// Whether two joined lines need a space: between words of alphabetic scripts, never beside a Chinese character.
fn needs_space(before: &str, after: &str) -> bool {
    let narrow = |character: Option<char>| character.is_some_and(|character| u32::from(character) < 0x2e80);
    narrow(before.chars().next_back()) && narrow(after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        gather(&lines(text)).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn line_ends() {
        let ends: Vec<_> = lines("甲\r\n乙\r丙\n").iter().map(|line| (line.number, line.text)).collect();
        assert_eq!(ends, [(1, "甲"), (2, "乙"), (3, "丙"), (4, "")]);
    }

    #[test]
    fn one_line_is_one_paragraph() {
        assert_eq!(texts("一、整理目录\n　　逐一登记\n\n二、开放"), ["一、整理目录", "逐一登记", "二、开放"]);
        let short = "馆内藏书逐年增加读者也多\n".repeat(9);
        assert_eq!(texts(&short).len(), 9, "short equal lines are a list");
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let sentence = "库房的温度和湿度每天记录两次记录本按月装订交档案室保存发现异常立即报告";
        let mut wrapped = String::new();
        for _ in 0..3 {
            let text: Vec<char> = format!("　　{}。", sentence.repeat(3)).chars().collect();
            for row in text.chunks(30) {
                wrapped.extend(row);
                wrapped.push('\n');
            }
        }
        let joined = texts(&wrapped);
        assert_eq!(joined, vec![format!("{}。", sentence.repeat(3)); 3]);
    }

    #[test]
    fn english_words_stay_apart() {
        let line = "The reading room opens at nine and closes at five on every working day\n";
        let joined = texts(&line.repeat(5));
        assert_eq!(joined.len(), 1);
        assert!(joined.concat().contains("working day The reading"));
    }
}
