//! Blocks as Markdown that reads back as exactly the same text.
//!
//! One paragraph is one line, a heading carries its id, and every character that Markdown would take for a sign is escaped.
//! People edit these files, so nothing is escaped that is safe where it stands: `1.选址` is no list item without a space, a
//! single `*` emphasises nothing. Numbered items stay paragraphs with the number that is printed, because a Markdown list
//! would count by itself. Levels deeper than Markdown's six are written as the sixth.
//!
//! A run-in heading, the first sentence of its paragraph, has no form in Markdown. It is written as a heading line and the
//! rest of the paragraph below it; the block's `run_in` keeps the memory.

use std::borrow::Cow;

use super::{Block, Kind, ids};

/// The deepest heading of Markdown.
const DEEPEST: usize = 6;

/// The text of a record file below its record.
pub(super) fn body(blocks: &[Block]) -> String {
    let ids = ids::assign(blocks);
    let mut attached = 0;
    let mut out = String::new();
    for (block, id) in blocks.iter().zip(&ids) {
        if block.recorded {
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let printed = block.printed();
        let level = match block.kind {
            Kind::AttachmentHead => {
                // What an attachment holds stands one level below its head.
                attached = 1;
                1
            }
            Kind::Heading => block.level + attached,
            _ => 0,
        };
        match id {
            Some(id) if level > 0 => {
                out.extend(std::iter::repeat_n('#', (level + 1).min(DEEPEST)));
                out.push(' ');
                heading(&printed, &mut out);
                out.push_str(" {#");
                out.push_str(id);
                out.push('}');
            }
            _ => out.push_str(&escape(&printed)),
        }
        out.push('\n');
    }
    out
}

/// A text as one Markdown paragraph. White space around it is left out; a line break becomes a space.
pub fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let rest = start(&text, &mut out);
    inline(rest, &text, &mut out);
    out
}

/// A text as the content of a heading line.
fn heading(text: &str, out: &mut String) {
    let text = one_line(text);
    // A run of # at the end would be taken for the heading's closing sequence.
    let body = text.trim_end_matches('#');
    inline(body, &text, out);
    if body.len() < text.len() {
        out.push('\\');
        out.push_str(&text[body.len()..]);
    }
}

fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.contains(['\n', '\r']) { Cow::Owned(text.replace(['\n', '\r'], " ")) } else { Cow::Borrowed(text) }
}

/// Writes what must be escaped because it begins a line, and returns what is left of the text.
fn start<'a>(text: &'a str, out: &mut String) -> &'a str {
    let first = text.chars().next().unwrap_or(' ');
    let after = text.get(first.len_utf8()..).unwrap_or_default();
    let ends_word = |rest: &str| rest.is_empty() || rest.starts_with(is_blank);
    let escaped = match first {
        '#' => ends_word(text.trim_start_matches('#')),
        '>' => true,
        '-' | '+' | '*' if ends_word(after) => true,
        // A line of these only is a rule, or underlines what stands above it.
        '-' | '=' => text.chars().all(|character| character == first || is_blank(character)),
        ':' => text.starts_with(":::"),
        _ => false,
    };
    if escaped {
        out.push('\\');
        out.push(first);
        return after;
    }
    // 1. and 1) begin a list when a space follows.
    let digits = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    if (1..=9).contains(&digits)
        && let Some(mark) = rest.chars().next().filter(|mark| matches!(mark, '.' | ')'))
        && ends_word(&rest[1..])
    {
        out.push_str(number);
        out.push('\\');
        out.push(mark);
        return &rest[1..];
    }
    text
}

/// What Markdown's readers take for a space within a line: vertical tab and form feed too.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{b}' | '\u{c}')
}

/// Writes text with its inline signs escaped. `whole` is the line the text belongs to: a sign that must come in pairs is
/// harmless when it is the only one there.
fn inline(text: &str, whole: &str, out: &mut String) {
    let paired = Paired::of(whole);
    let mut written = 0;
    for (at, sign) in text.match_indices(SIGNS) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + sign.len()..).unwrap_or_default();
        let next = after.chars().next();
        let escaped = match sign {
            "\\" => next.is_none_or(|next| next.is_ascii_punctuation()),
            "`" => paired.code,
            "*" => paired.star,
            "_" => paired.underscore && !(is_word(before) && is_word(next)),
            "~" => paired.tilde,
            "[" => paired.link || next == Some('^') || (at == 0 && text.len() == whole.len() && whole.contains("]:")),
            "<" => {
                paired.mail || next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
            }
            _ => is_entity(after),
        };
        if escaped {
            out.push_str(text.get(written..at).unwrap_or_default());
            out.push('\\');
            written = at;
        }
    }
    out.push_str(text.get(written..).unwrap_or_default());
}

/// Signs that may need a backslash inside a line.
const SIGNS: [char; 8] = ['\\', '`', '*', '_', '~', '[', '<', '&'];

/// Which signs occur often enough on a line to mean something.
struct Paired {
    code: bool,
    star: bool,
    underscore: bool,
    tilde: bool,
    link: bool,
    /// <a@b> is an address, and may begin with almost any sign.
    mail: bool,
}

impl Paired {
    fn of(line: &str) -> Self {
        let twice = |sign: char| line.matches(sign).nth(1).is_some();
        Self {
            code: twice('`'),
            star: twice('*'),
            underscore: twice('_'),
            tilde: twice('~'),
            link: line.contains("]("),
            mail: line.contains('@'),
        }
    }
}

fn is_word(character: Option<char>) -> bool {
    character.is_some_and(char::is_alphanumeric)
}

/// Whether what follows & makes it an entity: amp; #38; #x26;
fn is_entity(after: &str) -> bool {
    let length = after.bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    length > 0 && after.as_bytes().get(length) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_it_is_escaped() {
        for (text, markdown) in [
            ("1.选址", "1.选址"),
            ("1. 选址", "1\\. 选址"),
            ("2) two", "2\\) two"),
            ("2017. 年", "2017\\. 年"),
            ("- 甲", "\\- 甲"),
            ("-甲", "-甲"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("# 甲", "\\# 甲"),
            ("#甲", "#甲"),
            ("> 甲", "\\> 甲"),
            ("甲*乙", "甲*乙"),
            ("甲*乙*", "甲\\*乙\\*"),
            ("5~10万元", "5~10万元"),
            ("a_b_c", "a_b_c"),
            ("_甲_", "\\_甲\\_"),
            ("[打印]", "[打印]"),
            ("[甲](乙)", "\\[甲](乙)"),
            ("[甲]: 乙", "\\[甲]: 乙"),
            ("甲[^1]", "甲\\[^1]"),
            ("a<b>", "a\\<b>"),
            ("<5%", "<5%"),
            ("A&amp;B", "A\\&amp;B"),
            ("A&B", "A&B"),
            ("C:\\档案", "C:\\档案"),
            ("甲\\", "甲\\\\"),
            ("甲\\*", "甲\\\\*"),
            ("::: 甲", "\\::: 甲"),
            ("　　甲", "甲"),
        ] {
            assert_eq!(escape(text), markdown, "{text}");
        }
    }

    #[test]
    fn headings_and_items() {
        let block = |kind, level, number: &str, gap: &str, text: &str| Block {
            level,
            number: Some(number.to_string()),
            gap: gap.to_string(),
            text: text.to_string(),
            path: vec![1],
            ..Block::new(kind, 1)
        };
        let blocks = [
            block(Kind::Heading, 1, "一、", "", "总则"),
            block(Kind::Heading, 2, "(一)", " ", "清点 #"),
            Block { close: "。".to_string(), ..block(Kind::Heading, 7, "1.", "", "统一") },
            block(Kind::Item, 0, "1.", " ", "书"),
            Block { recorded: true, ..block(Kind::NoteAuthor, 0, "", "", "（作者系…）") },
        ];
        assert_eq!(
            body(&blocks),
            "## 一、总则 {#s1}\n\n### (一) 清点 \\# {#s1-1}\n\n###### 1.统一。 {#s1-1-1}\n\n1\\. 书\n"
        );
    }
}
