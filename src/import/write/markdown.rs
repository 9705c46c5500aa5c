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
use std::collections::BTreeSet;

use super::{ids, marked, table};
use crate::import::block::{Block, BlockKind};
use crate::import::flow::{Around, Form, Inside, Mark, Sense};

/// The deepest heading of Markdown.
const DEEPEST: usize = 6;

/// The text of a record file below its record.
pub(crate) fn body(blocks: &[Block]) -> String {
    let ids = ids::assign(blocks);
    let labels: BTreeSet<&str> = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Footnote)
        .filter_map(|block| block.number.as_deref())
        .collect();
    let mut attached = 0;
    let mut out = String::new();
    let mut last: Option<&Block> = None;
    for (block, id) in blocks.iter().zip(&ids).filter(|(block, _)| !block.recorded) {
        let level = match block.kind {
            BlockKind::AttachmentHead => {
                // What an attachment holds stands one level below its head.
                attached = 1;
                1
            }
            BlockKind::Heading => block.level + attached,
            _ => 0,
        };
        let heading = id.as_ref().filter(|_| level > 0).map(|id| (level, id.as_str()));
        let content = content(block, heading, &|label| labels.contains(label));
        frame(&mut out, block, last, &content);
        last = Some(block);
    }
    out
}

/// One block's own lines, without what it stands in.
fn content(block: &Block, heading: Option<(usize, &str)>, known: &dyn Fn(&str) -> bool) -> String {
    let printed = if block.kind == BlockKind::Footnote { block.text.clone() } else { block.printed() };
    if let Some((level, id)) = heading {
        let mut line = "#".repeat((level + 1).min(DEEPEST));
        line.push(' ');
        match block.marks.as_slice() {
            [] => self::heading(&printed, &mut line),
            // A heading is set in its own type, so bold says nothing there.
            marks => {
                let marks: Vec<Mark> = marks.iter().filter(|mark| mark.sense != Sense::Strong).cloned().collect();
                let text = marked::write(&printed, &marks, None, known);
                let text = text.trim();
                let body = text.trim_end_matches('#');
                line.push_str(body);
                if body.len() < text.len() {
                    line.push('\\');
                    line.push_str(&text[body.len()..]);
                }
            }
        }
        return format!("{line} {{#{id}}}");
    }
    match &block.form {
        Form::Table(rows) => table::write(&printed, &block.marks, rows, known),
        Form::Code => {
            let fence = "`".repeat(marked::longest_run(&printed, '`').max(2) + 1);
            format!("{fence}\n{}\n{fence}", printed.trim_end_matches('\n'))
        }
        _ if block.marks.is_empty() => escape(&printed),
        _ => {
            let text = marked::write(&printed, &block.marks, Some("\\\n"), known);
            let mut out = String::with_capacity(text.len() + 2);
            for (nth, line) in text.trim().split('\n').enumerate() {
                if nth > 0 {
                    out.push('\n');
                }
                let rest = start(line.trim_start(), &mut out);
                out.push_str(rest);
            }
            out
        }
    }
}

/// Puts a block's lines into the quotations, items and notes that it stands in.
fn frame(out: &mut String, block: &Block, last: Option<&Block>, content: &str) {
    let before = last.map_or(&[][..], |last| last.inside.as_slice());
    let shared = before.iter().zip(&block.inside).take_while(|(one, other)| one == other).count();
    // Only a list that begins with 1 may follow a paragraph without a blank line.
    let counts_on = |inside: &Inside| matches!(inside.around, Around::Number(number) if number != 1);
    let new_item = |block: &Block| block.inside.last().is_some_and(|inside| inside.around != Around::Quote);
    let opens = block.inside.len() > shared;
    // Items of one paragraph each stand close together.
    let tight = opens
        && new_item(block)
        && block.kind == BlockKind::Item
        && last.is_some_and(|last| {
            last.kind == BlockKind::Item && new_item(last) && last.inside.len() <= block.inside.len()
        })
        && (before.len() == block.inside.len() || !block.inside.iter().skip(shared).any(counts_on));
    let same_note = |last: &Block| last.kind == BlockKind::Footnote && last.number == block.number;
    let goes_on = block.kind == BlockKind::Footnote && last.is_some_and(same_note);
    let prefix = |count: usize| {
        let mut prefix = String::new();
        for inside in block.inside.iter().take(count) {
            prefix.push_str(match inside.around {
                Around::Quote => "> ",
                Around::Bullet => "  ",
                Around::Number(number) => &"               "[..number.to_string().len().min(9) + 2],
            });
        }
        prefix
    };
    if last.is_some() && !tight {
        out.push_str(prefix(shared).trim_end());
        out.push('\n');
    }
    let mut lead = prefix(shared);
    for inside in block.inside.iter().skip(shared) {
        match inside.around {
            Around::Quote => lead.push_str("> "),
            Around::Bullet => lead.push_str("- "),
            Around::Number(number) => lead.push_str(&format!("{}. ", number.min(999_999_999))),
        }
    }
    let mut rest = prefix(block.inside.len());
    if block.kind == BlockKind::Footnote {
        match &block.number {
            Some(label) if !goes_on => lead.push_str(&format!("[^{label}]: ")),
            _ => lead.push_str("    "),
        }
        rest.push_str("    ");
    }
    for (nth, line) in content.split('\n').enumerate() {
        let whole = format!("{}{line}", if nth == 0 { &lead } else { &rest });
        out.push_str(whole.trim_end_matches(' '));
        out.push('\n');
    }
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
        '-' | '=' => text.chars().all(|character| character == first || is_blank(character)) || is_delimiter(text),
        ':' => text.starts_with(":::") || is_delimiter(text),
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

/// Whether a line could part the head of a table from its rows.
fn is_delimiter(text: &str) -> bool {
    text.contains('-')
        && text.chars().all(|character| matches!(character, '-' | ':' | '|' | '\\') || is_blank(character))
}

/// What Markdown's readers take for a space within a line: vertical tab and form feed too.
fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{b}' | '\u{c}')
}

/// Writes text with its inline signs escaped. `whole` is the line the text belongs to: a sign that must come in pairs is
/// harmless when it is the only one there.
fn inline(text: &str, whole: &str, out: &mut String) {
    // Most lines hold no sign at all, and that is told in one pass.
    if !text.bytes().any(|byte| SIGNS.contains(&char::from(byte))) {
        out.push_str(text);
        return;
    }
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
            _ => marked::is_entity(after),
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
    fn a_line_behind_a_break_begins_with_no_sign() {
        for (text, markdown) in [
            ("甲---", "甲\\\n\\---"),
            ("甲# 乙", "甲\\\n\\# 乙"),
            ("甲1. 乙", "甲\\\n1\\. 乙"),
            ("甲:-:", "甲\\\n\\:-:"),
        ] {
            let marks = vec![Mark { range: 3..3, sense: Sense::Break }];
            let block = Block { text: text.to_string(), marks, ..Block::new(BlockKind::Paragraph, 1) };
            assert_eq!(body(&[block]), format!("{markdown}\n"));
        }
    }

    #[test]
    fn a_list_that_counts_on_stands_apart() {
        let inside = |around: &[Around]| -> Vec<Inside> {
            around.iter().enumerate().map(|(id, around)| Inside { id, around: *around }).collect()
        };
        let item = |around: &[Around]| Block {
            text: "甲".to_string(),
            inside: inside(around),
            ..Block::new(BlockKind::Item, 1)
        };
        let nested = [item(&[Around::Bullet]), item(&[Around::Bullet, Around::Number(3), Around::Bullet])];
        assert_eq!(body(&nested), "- 甲\n\n  3. - 甲\n");
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
            block(BlockKind::Heading, 1, "一、", "", "总则"),
            block(BlockKind::Heading, 2, "(一)", " ", "清点 #"),
            Block { close: "。".to_string(), ..block(BlockKind::Heading, 7, "1.", "", "统一") },
            block(BlockKind::Item, 0, "1.", " ", "书"),
            Block { recorded: true, ..block(BlockKind::NoteAuthor, 0, "", "", "（作者系…）") },
        ];
        assert_eq!(
            body(&blocks),
            "## 一、总则 {#s1}\n\n### (一) 清点 \\# {#s1-1}\n\n###### 1.统一。 {#s1-1-1}\n\n1\\. 书\n"
        );
    }
}
