//! Lines to paragraphs (rule R2).
//!
//! Most captures put one paragraph on one line, with blank lines between or without. Some are wrapped to a width, as
//! newspapers' pages and terminals do, and then a line's end means nothing. Guessing wrong is worse in one direction:
//! joining two paragraphs hides a heading. So lines are joined only in a text that shows it was wrapped: a good share of
//! the lines that another follows directly reach the same width, and hardly any goes past it.

use unicode_width::UnicodeWidthStr;

use super::token::{self, Family};
use crate::import::flow::{Form, Inside, Mark, Sense};
use crate::text::tape::Align;

/// One line of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'a> {
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
    /// What the capture's format says it is.
    pub form: Form,
    /// What is said of parts of the text.
    pub marks: Vec<Mark>,
    /// The quotations and list items it stands in.
    pub inside: Vec<Inside>,
    /// The side that it is set to.
    pub align: Option<Align>,
}

impl Paragraph {
    /// Whether its printed number and words may tell what it is; a table or a list item is what the format says.
    pub(crate) fn is_open(&self) -> bool {
        self.inside.is_empty() && matches!(self.form, Form::Paragraph | Form::Heading(_))
    }

    /// Whether its number comes from the source's own list, which prints it and does not store it.
    pub(crate) fn is_counted(&self) -> bool {
        self.marks.iter().any(|mark| mark.sense == Sense::Printed && mark.range.start == 0)
    }

    /// Bytes of the first sentence when the source sets it apart in bold and the rest not.
    pub(crate) fn bold_lead(&self) -> Option<usize> {
        let lead = self.marks.iter().find(|mark| mark.sense == Sense::Strong && mark.range.start == 0)?.range.end;
        let rest = self.text.get(lead..)?;
        let closes = self.text.get(..lead)?.trim_end().ends_with(['。', '：', '.', ':'])
            || rest.trim_start().starts_with(['。', '：', '.', ':']);
        (closes && rest.chars().nth(1).is_some()).then_some(lead)
    }
}

/// Whether a line has a character that is seen. Zero-width ones come from the clipboard and from editors of the web.
pub(crate) fn is_visible(text: &str) -> bool {
    let unseen = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(u32::from(character), 0xad | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2064 | 0xfeff)
    };
    text.chars().any(|character| !unseen(character))
}

/// Splits a text at line feeds, carriage returns, or both.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for piece in text.split('\n') {
        let piece = piece.strip_suffix('\r').unwrap_or(piece);
        lines.extend(piece.split('\r'));
    }
    lines.into_iter().enumerate().map(|(at, text)| Line { number: at + 1, text }).collect()
}

/// Gathers lines to paragraphs. White space around a paragraph is layout and is left out.
pub(crate) fn gather(lines: &[Line<'_>]) -> Vec<Paragraph> {
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
            None => paragraphs.push(Paragraph { text: text.to_string(), line: line.number, ..Paragraph::default() }),
        }
        previous = Some(line);
    }
    join_split_headings(paragraphs)
}

/// Longest title on a line below its number, in characters.
const TITLE: usize = 40;

/// Some captures print 第一章 on one line and its title on the next. They are one heading.
pub(crate) fn join_split_headings(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut joined: Vec<Paragraph> = Vec::with_capacity(paragraphs.len());
    let mut awaits_title = false;
    for paragraph in paragraphs {
        let text = paragraph.text.as_str();
        let token = if paragraph.is_open() { token::find(text) } else { None };
        let is_title = paragraph.is_open()
            && paragraph.marks.is_empty()
            && text.chars().nth(TITLE).is_none()
            && token.is_none()
            && !text.ends_with(['。', '；', '：', '，', '！', '？', ';', ':', '”', '）']);
        let bare = token.is_some_and(|token| token.rest(text).is_empty() && token.family != Family::Article);
        match joined.last_mut().filter(|_| awaits_title && is_title) {
            Some(number) => {
                number.text.push('\u{3000}');
                number.text.push_str(text);
                awaits_title = false;
            }
            None => {
                joined.push(paragraph);
                awaits_title = bare;
            }
        }
    }
    joined
}

/// Least width, in columns, at which lines can be told to have been wrapped.
const NARROWEST: usize = 40;

/// How many columns a full line of Chinese may be short of the width: figures and letters among the characters are half as
/// wide, and punctuation that may not begin a line hangs over the end of another.
const SHORT: usize = 9;

/// The layout of a wrapped text.
struct Wrapped {
    /// Columns of a full line.
    width: usize,
    /// Whether a paragraph's first line is indented.
    indents: bool,
    /// Whether blank lines part the paragraphs.
    blanks: bool,
}

impl Wrapped {
    /// The layout, or `None` when each line is a paragraph.
    fn detect(lines: &[Line<'_>]) -> Option<Self> {
        let is_filled = |line: &Line<'_>| !line.text.trim().is_empty();
        let filled = lines.iter().filter(|line| is_filled(line)).count();
        let indented = lines.iter().filter(|line| is_filled(line) && is_indented(line.text)).count();
        let indents = indented >= 2 && indented * 10 <= filled * 9;
        // Only lines with a line directly below that could go on with them tell whether the text was wrapped.
        let followed: Vec<&Line<'_>> = lines
            .windows(2)
            .filter_map(|pair| match pair {
                [line, below] if is_filled(line) && is_filled(below) && !begins(below.text, indents) => Some(line),
                _ => None,
            })
            .collect();
        let mut widths: Vec<usize> = followed.iter().map(|line| columns(line.text)).collect();
        widths.sort_unstable();
        // The widest lines may be a table or a long address; the width is what the full lines share.
        let width = widths.get(widths.len() * 19 / 20).copied()?;
        // Words are not broken, so lines of an alphabet are full at different lengths.
        let ragged = followed.iter().filter(|line| is_western(line.text)).count() * 2 > followed.len();
        let slack = if ragged { 14 } else { SHORT };
        let full = widths.iter().filter(|columns| **columns + slack > width && **columns <= width + 2).count();
        let beyond = lines.iter().filter(|line| columns(line.text) > width + 2).count();
        let wrapped = width >= NARROWEST && widths.len() >= 3 && full * 3 >= widths.len() * 2 && beyond * 20 <= filled;
        wrapped.then_some(Self { width, indents, blanks: (lines.len() - filled) * 12 > filled })
    }

    /// Whether a line goes on with the paragraph of the line before it.
    fn continues(&self, before: &Line<'_>, line: &Line<'_>) -> bool {
        let western = is_western(before.text) && is_western(line.text);
        let ended = before.text.trim_end().ends_with(['。', '！', '？', '：', '；', '!', '?', ':', ';', '.']);
        // A sentence may end where a line does; where blank lines part the paragraphs, that tells nothing.
        let ended = ended && !(western && self.blanks);
        let full = if western {
            let word = line.text.split_whitespace().next().map_or(0, UnicodeWidthStr::width);
            columns(before.text) + 1 + word > self.width
        } else {
            columns(before.text) + SHORT > self.width
        };
        !ended && full && !begins(line.text, self.indents)
    }
}

/// Whether a line begins a paragraph by itself: indented, where indents are used; else numbered.
fn begins(text: &str, indents: bool) -> bool {
    if indents { is_indented(text) } else { token::find(text.trim()).is_some() }
}

fn is_indented(text: &str) -> bool {
    text.starts_with([' ', '\t', '\u{3000}', '\u{a0}'])
}

fn is_western(text: &str) -> bool {
    text.chars().all(|character| u32::from(character) < 0x2e80)
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
    fn a_number_and_its_title_are_one_heading() {
        assert_eq!(texts("第一章\n\n总则\n\n第一条\n\n书库\n"), ["第一章\u{3000}总则", "第一条", "书库"]);
        assert_eq!(texts("第一章\n第二章\n逐一登记。\n"), ["第一章", "第二章", "逐一登记。"]);
    }

    #[test]
    fn english_words_stay_apart() {
        let line = "The reading room opens at nine and closes at five on every working day\n";
        let joined = texts(&line.repeat(5));
        assert_eq!(joined.len(), 1);
        assert!(joined.concat().contains("working day The reading"));
        let text = "The reading room opens at nine and closes at five. Readers who come\nlater are asked to wait in the hall until the keeper has returned.\nBags stay outside.\n\nA key is kept at the desk. It is given to those who have a ticket for\nthe day, and to nobody else, whatever they may say.\n";
        assert_eq!(texts(text).len(), 2);
    }
}
