//! What a person most likely meant where TOML cannot be read.
//!
//! Records are written by people who type Chinese, in editors that curl quotation marks, after printed models. The
//! parser's own words (“string values must be quoted, expected literal string”) name the place but not the slip. So the
//! line is read again as a person would: signs that look like those of TOML are taken for them, a bare text for a quoted
//! one. What comes of it is proposed only if it is TOML. One line gets one message, since what else the parser says of a
//! line follows from the first slip in it.

use std::ops::Range;

use super::printed_date;
use super::vocabulary::Vocabulary;
use crate::diagnostic::messages::{LookAlike, TomlFault, TomlMessage};
use crate::diagnostic::{Diagnostic, Source};

/// The parser's faults in `range` of a file, in the words of people.
pub(crate) fn faults(
    source: Source<'_>,
    range: &Range<usize>,
    errors: &[toml::de::Error],
    vocabulary: Vocabulary,
) -> Vec<Diagnostic> {
    let text = &source.text[range.clone()];
    let mut found: Vec<(Range<usize>, String)> =
        errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message().replace('\n', " "))).collect();
    found.sort_by_key(|(span, _)| span.start);
    let unclosed = found.iter().any(|(_, message)| message.contains("unclosed array"));
    let open = if unclosed { open_bracket(text) } else { None };
    let mut told = Vec::new();
    if let Some(at) = open {
        let place = range.start + at..range.start + at + 1;
        told.push(Diagnostic::error(TomlMessage::UnclosedList).at(source, place));
    }
    let mut last = None;
    let mut text_is_open = false;
    for (span, message) in found {
        let line = line_at(text, span.start);
        let in_list = open.is_some_and(|open| span.start > open);
        if last.as_ref() == Some(&line) || in_list || is_field_of_another_name(text, &line, &message) {
            continue;
        }
        last = Some(line.clone());
        let written = &text[line.clone()];
        // The rest of a text that was broken into two lines.
        if text_is_open && written.matches('"').count() == 1 {
            text_is_open = false;
            continue;
        }
        let slip = slip(text, &line, span.start - line.start, &message, vocabulary);
        text_is_open = slip.as_ref().is_some_and(|slip| slip.text_is_open);
        let fault = match slip {
            Some(slip) => {
                let start = range.start + line.start;
                let fault = Diagnostic::error(slip.message).at(source, start + slip.span.start..start + slip.span.end);
                let whole = start..range.start + line.end;
                match slip.fixed {
                    Some(fixed) if fixed.is_certain => fault.fix(source, whole, in_its_place(written, &fixed.line)),
                    Some(fixed) => fault.suggest(source, whole, in_its_place(written, &fixed.line)),
                    None => fault,
                }
            }
            None => Diagnostic::error(TomlMessage::NotToml { fault: kind_of(&message) })
                .at(source, range.start + span.start..range.start + span.end),
        };
        told.push(fault);
    }
    told
}

/// The line around a byte, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    start..start + text[start..end].trim_end().len()
}

/// The bracket of a list that is never closed.
fn open_bracket(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for part in parts(line) {
            match part {
                Part::Sign(at, '[') => open.push(start + at),
                Part::Sign(_, ']') => drop(open.pop()),
                _ => {}
            }
        }
        start += line.len();
    }
    open.first().copied()
}

/// A field with a name such as 标题: it is reported as unknown, with the names that there are. In `[extra]` any name is
/// right, if it is quoted.
fn is_field_of_another_name(text: &str, line: &Range<usize>, message: &str) -> bool {
    let written = &text[line.clone()];
    let name = written.split('=').next().unwrap_or_default().trim();
    message.contains("invalid unquoted key")
        && written.contains('=')
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !is_in_extra(&text[..line.start])
}

fn is_in_extra(above: &str) -> bool {
    let header = above.lines().rev().map(str::trim).find(|line| line.starts_with('['));
    header.is_some_and(|header| header.starts_with("[extra"))
}

/// What was recognised in a line.
struct Slip {
    message: TomlMessage,
    /// Bytes within the line.
    span: Range<usize>,
    text_is_open: bool,
    /// The line as it was meant.
    fixed: Option<Fixed>,
}

/// A line as it was meant.
struct Fixed {
    line: String,
    /// Whether it can have been meant in one way only.
    is_certain: bool,
}

/// A line as it was meant, with the blanks before the written one and the remark behind it.
fn in_its_place(written: &str, fixed: &str) -> String {
    let indent = &written[..written.len() - written.trim_start().len()];
    let remark_at = parts_and_end(written).1;
    let value_end = written[..remark_at].trim_end().len();
    let remark = written.get(value_end..).filter(|rest| rest.trim_start().starts_with('#'));
    match remark.filter(|remark| !fixed.contains(remark.trim())) {
        Some(remark) => format!("{indent}{fixed}{remark}"),
        None => format!("{indent}{fixed}"),
    }
}

/// What the parser was reading, by its own words: they are all that it tells.
fn kind_of(message: &str) -> TomlFault {
    let about = |words: &[&str]| words.iter().any(|word| message.contains(word));
    match () {
        () if about(&["header", "table"]) => TomlFault::Heading,
        () if about(&["string", "quote", "escape"]) => TomlFault::Text,
        () if about(&["key"]) => TomlFault::Name,
        () if about(&["value", "number", "integer", "float", "date", "array"]) => TomlFault::Value,
        () => TomlFault::Line,
    }
}

fn slip(text: &str, line: &Range<usize>, at: usize, message: &str, vocabulary: Vocabulary) -> Option<Slip> {
    let written = &text[line.clone()];
    if message.contains("duplicate key") {
        return Some(duplicate(text, line));
    }
    let foreign = parts(written).into_iter().find_map(|part| match part {
        Part::Foreign(at, sign) => Some((at, sign)),
        _ => None,
    });
    let written_anew = rewrite(written, vocabulary);
    if let Some((foreign_at, sign)) = foreign {
        // A name of somebody's own in a bare text, such as  title = 论“库房” , is first of all a text without marks.
        let around = foreign_at..foreign_at + sign.len_utf8();
        let bare = written_anew.as_ref().is_some_and(|fixed| fixed.kind == Mended::Bare);
        if !bare {
            let message = foreign_sign(sign, written_anew.as_ref().map(|fixed| fixed.line.clone()));
            let fixed = written_anew.map(|fixed| Fixed { is_certain: fixed.kind == Mended::Signs, line: fixed.line });
            return Some(Slip { message, span: around, text_is_open: false, fixed });
        }
    }
    let found = written_anew?;
    let value = written.len() - found.rest.len()..written.len();
    let fixed = found.line.clone();
    let (message, span) = match found.kind {
        Mended::Signs => return None,
        Mended::Colon => {
            let at = written.find(':')?;
            (TomlMessage::ColonForEquals { fixed: Some(fixed) }, at..at + 1)
        }
        Mended::NoSign => (TomlMessage::MissingEquals { fixed }, value),
        Mended::Name => (TomlMessage::BareName { fixed }, 0..at.max(1)),
        Mended::Word => (TomlMessage::MisspeltBoolean { written: found.rest.to_string(), fixed }, value),
        Mended::Date => (TomlMessage::BareDate { fixed }, value),
        Mended::List => (TomlMessage::BareList { fixed }, value),
        Mended::Inner => (TomlMessage::QuotesInText { fixed }, value),
        Mended::Backslash => (TomlMessage::BackslashInText { fixed }, value),
        Mended::Open => (TomlMessage::UnclosedText { fixed }, value),
        Mended::Tail => (TomlMessage::TrailingText { fixed }, value.end - 1..value.end),
        Mended::Comma => (TomlMessage::MissingComma { fixed }, at..at + 1),
        Mended::Bare => (TomlMessage::BareText { fixed }, value),
    };
    let is_certain = !matches!(found.kind, Mended::NoSign | Mended::List | Mended::Inner | Mended::Open | Mended::Tail);
    let fixed = Some(Fixed { line: found.line, is_certain });
    Some(Slip { message, span, text_is_open: found.kind == Mended::Open, fixed })
}

fn duplicate(text: &str, line: &Range<usize>) -> Slip {
    let written = &text[line.clone()];
    let name = written.split('=').next().unwrap_or_default().trim();
    let is_it = |line: &str| line.split_once('=').is_some_and(|(before, _)| before.trim() == name);
    let first = text[..line.start].lines().find(|line| is_it(line)).unwrap_or_default().trim();
    let start = written.len() - written.trim_start().len();
    Slip {
        message: TomlMessage::DuplicateKey { key: name.to_string(), first: first.to_string() },
        span: start..start + name.len(),
        text_is_open: false,
        fixed: None,
    }
}

/// A piece of a line.
enum Part<'a> {
    /// Between straight quotation marks, with them.
    Text(&'a str),
    /// Between quotation marks that only look like them: what is within.
    Curled(&'a str),
    /// A sign that looks like one of TOML.
    Foreign(usize, char),
    /// Any other sign.
    Sign(usize, char),
}

/// The pieces of a line up to a remark.
fn parts(line: &str) -> Vec<Part<'_>> {
    parts_and_end(line).0
}

/// The same, and where the remark begins.
fn parts_and_end(line: &str) -> (Vec<Part<'_>>, usize) {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(sign) = line[at..].chars().next() {
        let inner = at + sign.len_utf8();
        if sign == '#' {
            break;
        }
        let end = match sign {
            '"' => end_of_text(&line[inner..]),
            '\'' => line[inner..].find('\''),
            _ => None,
        };
        if let Some(end) = end {
            parts.push(Part::Text(&line[at..inner + end + 1]));
            at = inner + end + 1;
            continue;
        }
        if let Some((close, end)) = closing(sign).and_then(|close| Some((close, line[inner..].find(close)?))) {
            parts.push(Part::Foreign(at, sign));
            parts.push(Part::Curled(&line[inner..inner + end]));
            at = inner + end + close.len_utf8();
            continue;
        }
        parts.push(if narrow(sign).is_some() { Part::Foreign(at, sign) } else { Part::Sign(at, sign) });
        at = inner;
    }
    (parts, at)
}

fn end_of_text(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, sign)| {
        let ends = sign == '"' && !escaped;
        escaped = sign == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// The mark that closes what another one opens.
fn closing(sign: char) -> Option<char> {
    Some(match sign {
        '“' | '”' | '„' | '‟' => '”',
        '‘' | '’' => '’',
        '「' => '」',
        '『' => '』',
        '〝' => '〞',
        '«' => '»',
        '＂' => '＂',
        '＇' => '＇',
        _ => return None,
    })
}

/// The sign of TOML that another one stands for.
fn narrow(sign: char) -> Option<char> {
    Some(match sign {
        '“' | '”' | '„' | '‟' | '‘' | '’' | '「' | '」' | '『' | '』' | '〝' | '〞' | '«' | '»' | '＂' | '＇' => {
            '"'
        }
        '，' | '、' | '；' => ',',
        '＝' => '=',
        '：' => ':',
        '［' | '【' | '〔' => '[',
        '］' | '】' | '〕' => ']',
        '｛' => '{',
        '｝' => '}',
        '＃' => '#',
        '－' | '–' | '—' => '-',
        '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10)?,
        '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200b}' | '\u{feff}' => ' ',
        _ => return None,
    })
}

/// Whether a sign looks like one of TOML and is none: a curled quotation mark, a wide bracket.
pub(crate) fn looks_like_toml(sign: char) -> bool {
    narrow(sign).is_some()
}

fn foreign_sign(sign: char, fixed: Option<String>) -> TomlMessage {
    let looks_like = match narrow(sign) {
        Some('"') => LookAlike::QuotationMark,
        Some(',') => LookAlike::Comma,
        Some(' ') => LookAlike::Blank,
        Some(':') => LookAlike::Colon,
        Some(_) => LookAlike::Sign,
        None => LookAlike::None,
    };
    let meant = narrow(sign).unwrap_or(sign).to_string();
    TomlMessage::LookAlikeSign { sign, number: format!("U+{:04X}", u32::from(sign)), looks_like, meant, fixed }
}

/// How a line was mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mended {
    Signs,
    Colon,
    NoSign,
    Name,
    Word,
    Date,
    List,
    Inner,
    Backslash,
    Open,
    Tail,
    Comma,
    Bare,
}

/// A line as it was meant.
struct Rewritten<'a> {
    kind: Mended,
    line: String,
    /// The value as it was written.
    rest: &'a str,
}

fn is_toml(line: &str) -> bool {
    line.parse::<toml::Table>().is_ok_and(|table| !table.is_empty())
}

/// The line with signs of TOML for those that look like them.
fn with_narrow_signs(line: &str) -> String {
    let mut narrowed = String::with_capacity(line.len());
    let mut parts = parts(line).into_iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Foreign(_, _) if matches!(parts.peek(), Some(Part::Curled(..))) => {}
            Part::Text(text) => narrowed.push_str(text),
            Part::Curled(inner) => narrowed.push_str(&quoted(inner)),
            Part::Foreign(_, '\u{200b}' | '\u{feff}') => {}
            Part::Foreign(_, sign @ ('，' | '、' | '；')) => {
                narrowed.push(narrow(sign).unwrap_or(sign));
                narrowed.push(' ');
            }
            Part::Foreign(_, sign) => narrowed.push(narrow(sign).unwrap_or(sign)),
            Part::Sign(_, sign) => narrowed.push(sign),
        }
    }
    narrowed.trim().to_string()
}

/// What was meant by a line, if that can be told.
fn rewrite(line: &str, vocabulary: Vocabulary) -> Option<Rewritten<'_>> {
    let rewritten = |kind, line: String, rest| is_toml(&line).then_some(Rewritten { kind, line, rest });
    let narrowed = with_narrow_signs(line);
    let has_foreign = narrowed != line.trim();
    let wide = |sign: char| matches!(sign, '=' | '＝');
    let split = line.split_once(wide).map(|split| (Mended::Bare, split));
    let split = split.or_else(|| line.split_once([':', '：']).map(|split| (Mended::Colon, split)));
    let split = split.or_else(|| {
        let at = line.trim_start().find([' ', '"'])? + line.len() - line.trim_start().len();
        Some((Mended::NoSign, line.split_at(at)))
    });
    let Some((joined, (name, value))) = split else {
        // A member of a list that is written over several lines.
        let member = format!("list = [{narrowed}]");
        return (has_foreign && is_toml(&member)).then_some(Rewritten {
            kind: Mended::Signs,
            line: narrowed,
            rest: line,
        });
    };
    let value = value.trim();
    if has_foreign && let Some(found) = rewritten(Mended::Signs, spaced(&narrowed), value) {
        return Some(found);
    }
    let name: String = name.trim().chars().filter_map(|sign| narrow(sign).or(Some(sign))).collect();
    let name = name.trim();
    let bare = |name: &str| name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-'));
    if name.is_empty() || value.is_empty() {
        return None;
    }
    if !bare(name) {
        let named = (joined == Mended::Bare).then(|| format!("{} = {value}", quoted(name)));
        return named.and_then(|line| rewritten(Mended::Name, line, value));
    }
    let with = |value: &str| format!("{name} = {value}");
    let narrow_value = with_narrow_signs(value);
    for straight in [value, narrow_value.as_str()] {
        if joined != Mended::Bare
            && let Some(found) = rewritten(joined, with(straight), value)
        {
            return Some(found);
        }
    }
    candidates(name, value, vocabulary).into_iter().find_map(|(kind, anew)| rewritten(kind, with(&anew), value))
}

/// A sign = stands between blanks in what is proposed.
fn spaced(line: &str) -> String {
    let (name, value) = line.split_once('=').unwrap_or((line, ""));
    match value.is_empty() {
        true => line.to_string(),
        false => format!("{} = {}", name.trim(), value.trim()),
    }
}

/// What a value may have been meant to be, the likelier first.
fn candidates(name: &str, value: &str, vocabulary: Vocabulary) -> Vec<(Mended, String)> {
    let mut all = Vec::new();
    match value.to_lowercase().as_str() {
        "true" | "yes" | "on" | "是" => all.push((Mended::Word, "true".to_string())),
        "false" | "no" | "off" | "否" => all.push((Mended::Word, "false".to_string())),
        _ => {}
    }
    if let Some(date) = printed_date::read(value).filter(|date| date.length == value.len()) {
        all.push((Mended::Date, format!("\"{}\"", date.edtf)));
    }
    let without_tail = value.trim_end_matches([',', ';', '，', '；', '。']).trim_end();
    if without_tail != value {
        all.push((Mended::Tail, without_tail.to_string()));
    }
    let starts = value.chars().next().filter(|mark| matches!(mark, '"' | '\''));
    let inner = starts.and_then(|mark| value.strip_prefix(mark)?.strip_suffix(mark));
    if let Some(inner) = inner.filter(|inner| inner.contains('\\')) {
        all.push((Mended::Backslash, quoted(inner)));
    }
    if value.starts_with('[') {
        all.push((Mended::Comma, with_commas(value)));
        return all;
    }
    let separators = [',', '，', '、', ';', '；'];
    if (vocabulary.is_list)(name) && value.contains(separators) {
        let member = |member: &str| quoted(member.trim().trim_matches(['"', '\'', '“', '”']));
        let members: Vec<String> = value.split(separators).filter(|part| !part.trim().is_empty()).map(member).collect();
        all.push((Mended::List, format!("[{}]", members.join(", "))));
    }
    match (starts, inner) {
        (Some(_), Some(inner)) => all.push((Mended::Inner, quoted(inner))),
        (Some(mark), None) => all.push((Mended::Open, quoted(value.trim_start_matches(mark)))),
        (None, _) if !value.starts_with('{') => all.push((Mended::Bare, quoted(value))),
        (None, _) => {}
    }
    all
}

/// A list with a comma between members that have only blanks between them.
fn with_commas(list: &str) -> String {
    let mut out = String::with_capacity(list.len() + 2);
    let mut behind_text = false;
    for part in parts(list) {
        match part {
            Part::Text(text) => {
                if behind_text {
                    out = format!("{}, ", out.trim_end());
                }
                out.push_str(text);
                behind_text = true;
            }
            Part::Sign(_, sign) | Part::Foreign(_, sign) => {
                behind_text &= sign == ' ';
                out.push(sign);
            }
            Part::Curled(..) => {}
        }
    }
    out
}

/// A text between the quotation marks that need no escape in it, where there are such.
fn quoted(text: &str) -> String {
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeTable;

    use super::*;
    use crate::record::edit::{self, Splice};

    fn told(text: &str) -> Vec<Diagnostic> {
        let (_, errors) = DeTable::parse_recoverable(text);
        faults(Source { file: "a", text }, &(0..text.len()), &errors, crate::record::table::VOCABULARY)
    }

    /// What is proposed instead of the lines at fault.
    fn proposed(text: &str) -> Vec<String> {
        let suggestions = told(text).into_iter().flat_map(|fault| fault.suggestions);
        let line = |text: String| text.lines().last().unwrap_or_default().to_string();
        let applied = |splice| edit::apply(text, vec![splice]).expect("one change");
        suggestions.map(|change| line(applied(Splice::new(change.span, change.replacement)))).collect()
    }

    #[test]
    fn what_was_meant_is_proposed() {
        for (written, meant) in [
            ("title = “库房札记”", "title = \"库房札记\""),
            ("title = ‘库房’", "title = \"库房\""),
            ("title = 「库房，札记」", "title = \"库房，札记\""),
            ("title = “论\"库房\"”", "title = '论\"库房\"'"),
            ("authors = [“甲”， “乙”]", "authors = [\"甲\",  \"乙\"]"),
            ("authors = [\"甲\"，\"乙\"]", "authors = [\"甲\", \"乙\"]"),
            ("authors = [\"甲\"、\"乙\"]", "authors = [\"甲\", \"乙\"]"),
            ("authors = 【\"甲\"】", "authors = [\"甲\"]"),
            ("authors = 甲、乙", "authors = [\"甲\", \"乙\"]"),
            ("authors = \"甲\", \"乙\"", "authors = [\"甲\", \"乙\"]"),
            ("authors = [\"甲\" \"乙\"]", "authors = [\"甲\", \"乙\"]"),
            ("title ＝ \"a\"", "title = \"a\""),
            ("title： \"a\"", "title = \"a\""),
            ("title: a", "title = \"a\""),
            ("title \"a\"", "title = \"a\""),
            ("title　=\u{a0}\"a\"", "title = \"a\""),
            ("date = １９６６", "date = 1966"),
            ("date = 2017年8月30日", "date = \"2017-08-30\""),
            ("date = 2017-8-30", "date = \"2017-08-30\""),
            ("date = 2017.8.30", "date = \"2017-08-30\""),
            ("draft = True", "draft = true"),
            ("title = 库房札记", "title = \"库房札记\""),
            ("title = 论“库房”的管理", "title = \"论“库房”的管理\""),
            ("title = \"论\"库房\"的管理\"", "title = '论\"库房\"的管理'"),
            ("title = \"C:\\users\\a\"", "title = 'C:\\users\\a'"),
            ("title = \"a\";", "title = \"a\""),
            ("title = \"a", "title = \"a\""),
            ("  title = “a”  # 手记", "  title = \"a\"  # 手记"),
            ("[extra]\n架号 = \"B\"", "\"架号\" = \"B\""),
        ] {
            assert_eq!(proposed(written), [meant], "{written}");
        }
    }

    #[test]
    fn one_slip_is_told_once() {
        assert_eq!(told("authors = [\"甲\", \"乙\"\ndate = \"1966\"\nkind = \"x\"\n").len(), 1);
        assert_eq!(told("title = \"a\nb\"\n").len(), 1);
        assert_eq!(told("标题 = \"a\"\n"), [], "the unknown field is told with the names that there are");
        assert_eq!(told("title = \"a\"\ntitle = \"b\"\n").len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "(?s)[a=\"“”，：#\\[\\]\\\\ '\n甲\u{a0}]{0,40}") {
            told(&text);
        }

        #[test]
        fn a_curled_text_is_proposed_as_it_stands(inner in "[a-z甲乙，、：；'（）0-9][a-z甲乙，、：；'（）0-9 ]{0,12}") {
            let meant = proposed(&format!("title = “{inner}”"))[0].parse::<toml::Table>().expect("TOML");
            prop_assert_eq!(meant["title"].as_str(), Some(inner.as_str()));
        }
    }
}
