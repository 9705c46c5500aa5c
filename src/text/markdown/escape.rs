//! Which characters of a text Markdown would take for signs.
//!
//! People edit these files, so nothing is escaped that is safe where it stands: `1.选址` is no list item without a space, a
//! single `*` emphasises nothing. Beside other marks every sign is escaped, since what it means depends on them.

use std::borrow::Cow;

/// A text as one Markdown paragraph. White space around it is left out; a line break becomes a space.
pub fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let rest = start(&text, &mut out);
    inline(rest, &text, &mut out);
    out
}

/// A text as the content of a heading line.
pub(super) fn heading(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let body = text.trim_end_matches('#');
    inline(body, &text, &mut out);
    out.push_str(&text[body.len()..]);
    closing(&out)
}

/// A heading's Markdown, with a run of # at its end escaped, which would be taken for the closing sequence.
pub(super) fn closing(line: &str) -> String {
    let body = line.trim_end_matches('#');
    let sign = if body.len() < line.len() { "\\" } else { "" };
    format!("{body}{sign}{}", &line[body.len()..])
}

/// A paragraph's Markdown, with every sign escaped that begins a line of it.
pub(super) fn lines(markdown: &str) -> String {
    let markdown = markdown.trim();
    let mut out = String::with_capacity(markdown.len() + 2);
    for (nth, line) in markdown.split('\n').enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        let rest = start(line.trim_start(), &mut out);
        out.push_str(rest);
    }
    out
}

fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
        Cow::Owned(text.replace(['\n', '\r'], " "))
    } else {
        Cow::Borrowed(text)
    }
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
    if !text.bytes().any(|byte| IS_SIGN[usize::from(byte)]) {
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
            "_" => next == Some('{') || paired.underscore && !(is_word(before) && is_word(next)),
            "~" => paired.tilde,
            "^" => next == Some('{'),
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
const SIGNS: [char; 9] = ['\\', '`', '*', '_', '~', '[', '<', '&', '^'];

/// The same, for each byte whether it is one.
const IS_SIGN: [bool; 256] = {
    let mut is_sign = [false; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        is_sign[SIGNS[at] as usize] = true;
        at += 1;
    }
    is_sign
};

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

/// Text with every sign escaped that could mean something beside others.
pub(super) fn all(text: &str, out: &mut String) {
    for (at, character) in text.char_indices() {
        match character {
            '\\' | '`' | '*' | '~' | '[' | ']' | '<' | '|' | '!' | '_' => {
                out.push('\\');
                out.push(character);
            }
            '&' if is_entity(&text[at + 1..]) => out.push_str("\\&"),
            '^' if text[at + 1..].starts_with('{') => out.push_str("\\^"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(character),
        }
    }
}

/// Whether what follows & makes it an entity: amp; #38; #x26;
fn is_entity(after: &str) -> bool {
    let length = after.bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    length > 0 && after.as_bytes().get(length) == Some(&b';')
}

/// An address as Markdown takes it.
pub(super) fn destination(address: &str, out: &mut String) {
    for (at, character) in address.char_indices() {
        match character {
            '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(character)));
            }
            '&' if is_entity(&address[at + 1..]) => out.push_str("&amp;"),
            _ if character.is_whitespace() || character.is_control() => {
                let mut bytes = [0; 4];
                character.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
            _ => out.push(character),
        }
    }
}

/// The title of a link, between quotation marks.
pub(super) fn title(title: &str, out: &mut String) {
    for character in title.chars() {
        match character {
            '\n' | '\r' => out.push(' '),
            '"' | '\\' | '&' => out.extend(['\\', character]),
            _ => out.push(character),
        }
    }
}

/// Text between backticks, as many as it needs.
pub(super) fn code(text: &str, out: &mut String) {
    let text = text.replace(['\n', '\r'], " ");
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
}

/// Length of the longest run of a character.
pub(super) fn longest_run(text: &str, sign: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for character in text.chars() {
        run = if character == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
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
}
