//! Redaction: a passage of an open text that is published no more, `[张某某]{redact="隐私"}`.
//!
//! Readers get a bar that always has the same length, and the reason. The words stay in the file of the archive and must reach
//! nothing that is made of it: so they are taken out before the text is parsed, and no writer, id or index ever has them. Until
//! then something as long stands for them, so that what is wrong elsewhere in the text is told with its right place; it is made of
//! characters that Unicode keeps for a program's own use and that no text has (noncharacters, Unicode 16, 23.7).
//!
//! In code between backticks and in fenced blocks nothing is hidden: there the marks themselves are shown, as a guide does.
//!
//! What cannot be understood as a redaction is an error: whoever wrote it believes that the words are hidden.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::events::Markdown;
use crate::diagnostic::messages::TextMessage;
use crate::diagnostic::{Diagnostic, Report, Source};

/// What readers see.
pub(crate) const BAR: &str = "██████";

/// Begins what stands for words.
const START: char = '\u{FDD0}';

/// Digits of its number: sixteen characters from here.
const DIGITS: u32 = 0xFDE0;

/// Fills what no character of three bytes fits into.
const FILL: char = '\u{7F}';

/// The word behind the brackets.
const WORD: &str = "redact";

/// Words that are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The words with their markup.
    pub(crate) words: String,
    /// Why; may be empty.
    pub reason: String,
}

impl Redacted {
    /// The words as they stood on pages: without signs of markup.
    pub(crate) fn plain_words(&self) -> String {
        self.words.chars().filter(|character| !matches!(character, '*' | '_' | '`' | '\\' | '[' | ']')).collect()
    }
}

/// A text in which something as long stands for what is hidden.
#[derive(Debug)]
pub(crate) struct Hidden<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What is hidden, in the order of the text.
    pub redacted: Vec<Redacted>,
}

/// A mark of redaction: where it stands, and what it hides.
struct Mark {
    span: Range<usize>,
    redacted: Redacted,
}

/// Hides the words; what is no whole mark is reported. The text begins at `body`; in the record before it nothing can be hidden.
pub(crate) fn hide<'a>(source: Source<'a>, body: usize, report: &mut Report) -> Hidden<'a> {
    let text = source.text;
    if !text.contains(WORD) {
        return Hidden { text: Cow::Borrowed(text), redacted: Vec::new() };
    }
    let marks = marks(source, &code(text, body), report);
    for mark in marks.iter().filter(|mark| mark.span.start < body) {
        report.push(Diagnostic::error(TextMessage::RedactionInRecord).at(source, mark.span.clone()));
    }
    let mut hidden = String::with_capacity(text.len());
    let mut kept = 0;
    for (number, mark) in marks.iter().enumerate() {
        hidden.push_str(&text[kept..mark.span.start]);
        push_place(mark.span.len(), number, &mut hidden);
        kept = mark.span.end;
    }
    hidden.push_str(&text[kept..]);
    let redacted = marks.into_iter().map(|mark| mark.redacted).collect();
    Hidden { text: if kept == 0 { Cow::Borrowed(text) } else { Cow::Owned(hidden) }, redacted }
}

/// A text as readers get it: a bar for each place.
pub(crate) fn shown(hidden: &str) -> Cow<'_, str> {
    if !hidden.contains(START) {
        return Cow::Borrowed(hidden);
    }
    let pieces = pieces(hidden).into_iter();
    Cow::Owned(pieces.map(|piece| if let Piece::Words(words) = piece { words } else { BAR }).collect())
}

/// A file of the archive as readers get it.
pub(crate) fn for_readers(text: &str) -> Cow<'_, str> {
    match hide(Source { file: "", text }, 0, &mut Report::new()).text {
        Cow::Borrowed(text) => Cow::Borrowed(text),
        Cow::Owned(text) => Cow::Owned(shown(&text).into_owned()),
    }
}

/// Whether something stands in for words.
pub(super) fn is_in(hidden: &str) -> bool {
    hidden.contains(START)
}

/// A stretch of a hidden text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    /// A place, with the number of what is hidden there.
    Place(u32),
}

/// The stretches of a hidden text.
pub(super) fn pieces(hidden: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = hidden;
    while let Some(at) = rest.find(START) {
        pieces.push(Piece::Words(&rest[..at]));
        let behind = &rest[at + START.len_utf8()..];
        let digit = |character: char| u32::from(character).checked_sub(DIGITS).filter(|digit| *digit < 16);
        let digits = behind.chars().map_while(digit);
        let (mut number, mut length) = (0_u32, 0);
        for digit in digits {
            number = number.wrapping_mul(16).wrapping_add(digit);
            length += START.len_utf8();
        }
        pieces.push(Piece::Place(number));
        rest = &behind[length..];
        rest = rest.trim_start_matches(FILL);
    }
    pieces.push(Piece::Words(rest));
    pieces.retain(|piece| *piece != Piece::Words(""));
    pieces
}

/// Something that takes so many bytes and carries a number.
fn push_place(bytes: usize, number: usize, out: &mut String) {
    let digits = (bytes / START.len_utf8()).saturating_sub(1);
    out.push(START);
    for place in (0..digits).rev() {
        let digit = if place < 8 { number >> (4 * place) & 15 } else { 0 };
        out.extend(u32::try_from(digit).ok().and_then(|digit| char::from_u32(DIGITS + digit)));
    }
    out.extend(std::iter::repeat_n(FILL, bytes % START.len_utf8()));
}

/// All marks of a text, in their order; none lies in another.
fn marks(source: Source<'_>, code: &[Range<usize>], report: &mut Report) -> Vec<Mark> {
    let text = source.text;
    let mut marks: Vec<Mark> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('{').map(|start| at + start) {
        at = start + 1;
        let Some((length, reason)) = attribute(&text[start..]) else { continue };
        let end = start + length;
        if code.iter().any(|code| code.contains(&start)) {
            at = end;
            continue;
        }
        let fault = |message: TextMessage| Diagnostic::error(message).at(source, start..end);
        let Some(reason) = reason else {
            report.push(fault(TextMessage::RedactionNotRead));
            continue;
        };
        match opening(text, start) {
            None => report.push(fault(TextMessage::RedactionWithoutWords)),
            Some(open) if text[open..start].contains('\n') => report.push(fault(TextMessage::RedactionOfLines)),
            Some(open) => {
                // What is hidden within is hidden with it.
                marks.retain(|inner| inner.span.start < open);
                let words = text[open + 1..start - 1].to_string();
                marks.push(Mark { span: open..end, redacted: Redacted { words, reason } });
            }
        }
        at = end;
    }
    marks
}

/// Where code stands that is marked as such. A block that is only set in, as a typed paragraph may be, is none.
fn code(text: &str, body: usize) -> Vec<Range<usize>> {
    let events = Markdown::new(&text[body..]);
    let is_code =
        |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))));
    let code = events.events().filter(|(event, _)| is_code(event));
    code.map(|(_, span)| span.start + body..span.end + body).collect()
}

/// `{redact="…"}`, `{redact}`: its length, and the reason; none where it is not written so. Quotation marks may be those that
/// Chinese keyboards give.
fn attribute(text: &str) -> Option<(usize, Option<String>)> {
    let inner = text.strip_prefix('{')?.trim_start_matches([' ', '.']);
    let rest = inner.strip_prefix(WORD)?;
    if rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '-' | '_')) {
        return None;
    }
    let line = rest.split('\n').next().unwrap_or_default();
    let Some(end) = line.find('}') else { return Some((text.len() - rest.len(), None)) };
    let length = text.len() - rest.len() + end + 1;
    let value = line[..end].trim();
    let reason = match value.strip_prefix('=') {
        None => value.is_empty().then(String::new),
        Some(value) => {
            let value = value.trim();
            let quotes = [('"', '"'), ('\'', '\''), ('“', '”'), ('”', '”'), ('‘', '’')];
            let inside = |(open, close): (char, char)| value.strip_prefix(open)?.strip_suffix(close);
            quotes.into_iter().find_map(inside).map(|reason| reason.trim().to_string())
        }
    };
    Some((length, reason))
}

/// The bracket that opens what stands before a place; none where it is not in the same paragraph.
fn opening(text: &str, place: usize) -> Option<usize> {
    let before = text[..place].strip_suffix(']')?;
    let bytes = text.as_bytes();
    let is_literal = |at: usize| {
        let signs = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
        signs % 2 == 1
    };
    if is_literal(before.len()) {
        return None;
    }
    let mut depth = 1;
    for at in (0..before.len()).rev() {
        match bytes[at] {
            b']' if !is_literal(at) => depth += 1,
            b'[' if !is_literal(at) => depth -= 1,
            b'\n' if text[..at].ends_with('\n') || text[..at].ends_with("\n\r") => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> (Vec<Redacted>, String, usize) {
        let mut report = Report::new();
        let hidden = hide(Source { file: "a.md", text }, 0, &mut report);
        assert_eq!(hidden.text.len(), text.len(), "every place stays");
        (hidden.redacted, shown(&hidden.text).into_owned(), report.sorted().len())
    }

    #[test]
    fn words_and_length_are_hidden() {
        for (text, wanted, words, reason) in [
            ("见[张某某]{redact=\"隐私\"}一案", "见██████一案", "张某某", "隐私"),
            ("[甲]{redact}", "██████", "甲", ""),
            ("[a]{redact}", "██████", "a", ""),
            ("[ab]{ redact = “身份证号” }。", "██████。", "ab", "身份证号"),
            ("[见[二](b.md)，*甲*]{.redact='x'}", "██████", "见[二](b.md)，*甲*", "x"),
            ("\\[[一\\]二]{redact}]", "\\[██████]", "一\\]二", ""),
            ("    [甲]{redact}", "    ██████", "甲", ""),
            ("[甲[乙]{redact=\"a\"}丙]{redact=\"b\"}", "██████", "甲[乙]{redact=\"a\"}丙", "b"),
        ] {
            let (redacted, shown, faults) = hidden(text);
            assert_eq!((shown.as_str(), faults), (wanted, 0), "{text}");
            assert_eq!(redacted, [Redacted { words: words.to_string(), reason: reason.to_string() }], "{text}");
        }
    }

    #[test]
    fn each_place_knows_what_it_hides() {
        let text: String = (0..40).map(|at| format!("[x{at}]{{redact=\"{at}\"}}、")).collect();
        let mut report = Report::new();
        let hidden = hide(Source { file: "a.md", text: &text }, 0, &mut report);
        let places: Vec<u32> = pieces(&hidden.text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Place(number) => Some(number),
                Piece::Words(_) => None,
            })
            .collect();
        assert_eq!(places, (0..40).collect::<Vec<u32>>());
        assert!(hidden.redacted.iter().enumerate().all(|(at, redacted)| redacted.reason == at.to_string()));
    }

    #[test]
    fn what_is_no_whole_mark_is_told() {
        for text in [
            "甲{redact=\"x\"}",
            "[甲]{redact=x}",
            "[甲]{redact=\"x\"",
            "\\[甲]{redact}",
            "[甲\\]{redact}",
            "[甲\n乙]{redact}",
            "[甲\n\n乙]{redact}",
            "[甲] {redact}",
        ] {
            let (redacted, shown, faults) = hidden(text);
            assert_eq!((redacted.len(), shown.as_str(), faults), (0, text, 1), "{text}");
        }
        for text in ["redact", "{redaction}", "[甲]{redacted}", "{ #id }", "`{redact}`", "```\n{redact}\n```"] {
            assert_eq!(hidden(text).2, 0, "{text}");
        }
    }
}
