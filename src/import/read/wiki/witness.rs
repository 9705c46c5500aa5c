//! The words of a page taken out once more: everything that is no mark.
//!
//! Nothing is known here of blocks, lists or emphasis that is open. What is shared with the reader is what a single mark is.

use std::collections::BTreeMap;

use super::marks::{LITERAL, comment, element, heading, is_category, is_file, outside_link, switch, tag, target};
use super::{marks, pairs};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;

/// How many characters of a difference are shown.
const SHOWN: usize = 12;

/// Compares the words of a page with those of its HTML, as bags: notes stand elsewhere.
pub(super) fn compare(text: &str, html: &str) -> Option<Diagnostic> {
    let mut counts: BTreeMap<char, i64> = BTreeMap::new();
    let seen = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<Vec<char>>();
    for character in seen(&decoded(&words(text))) {
        *counts.entry(character).or_default() += 1;
    }
    for character in seen(&decoded(&of_html(html))) {
        *counts.entry(character).or_default() -= 1;
    }
    let some = |sign: i64| {
        counts
            .iter()
            .filter(|(_, count)| **count * sign > 0)
            .map(|(character, _)| *character)
            .take(SHOWN)
            .collect::<String>()
    };
    let (printed, found) = (some(1), some(-1));
    (!printed.is_empty() || !found.is_empty())
        .then(|| Diagnostic::error(CaptureMessage::TextOtherwise { found, printed }))
}

/// The words of HTML, without the labels of notes.
fn of_html(html: &str) -> String {
    let mut out = String::new();
    let mut in_label = false;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if !in_label {
            out.push_str(&rest[..at]);
        }
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        match &rest[at..end] {
            tag if tag.contains("footnote-") && tag.starts_with("<sup") => in_label = true,
            "</sup>" => in_label = false,
            _ => {}
        }
        rest = &rest[end..];
    }
    out + rest
}

/// Entities as what they stand for; one that is not known stays.
fn decoded(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ").replace("&amp;", "&")
}

/// The words of a page.
fn words(text: &str) -> String {
    let pairs = pairs::find(text);
    let mut plain = String::new();
    let mut unclosed = Vec::new();
    let mut note_end = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let template = pairs.get(&at).filter(|_| rest.starts_with("{{")).map(|end| end - at);
        let literal = element(rest, &LITERAL, &mut unclosed);
        let length = template.or_else(|| comment(rest)).or(literal.map(|(_, length)| length));
        if let Some((inside, _)) = literal.filter(|_| template.is_none()) {
            // Its marks are none, and must not be taken for some below.
            plain.extend(inside.chars().flat_map(|character| ['\u{1}', character]));
        }
        if let Some((_, length)) = element(rest, &["ref"], &mut unclosed) {
            note_end = at + length;
        }
        let character = rest.chars().next().unwrap_or(' ');
        if length.is_none() {
            // A note is one text, whose lines begin nothing.
            let character = if at < note_end && character == '\n' { ' ' } else { character };
            plain.extend(Some(character).filter(|character| *character != '\u{f8ff}'));
        }
        at += length.unwrap_or(character.len_utf8());
    }
    let mut in_table = 0usize;
    let lines = plain.lines().map(|line| {
        let trimmed = line.trim();
        let opens = trimmed.starts_with("{|");
        in_table += usize::from(opens);
        if opens || in_table > 0 && trimmed.starts_with("|-") {
            return String::new();
        }
        if in_table > 0 {
            return cells(trimmed, &mut in_table);
        }
        let line = heading(trimmed).map_or(line, |(_, words)| words);
        let line = if trimmed.starts_with("----") { trimmed.trim_start_matches('-') } else { line };
        line.trim_start_matches(['*', '#', ':', ';']).to_string() + "\n"
    });
    let text: String = lines.collect();
    without_marks(&text)
}

/// The words of a line of a table.
fn cells(line: &str, in_table: &mut usize) -> String {
    if let Some(rest) = line.strip_prefix("|}") {
        *in_table -= 1;
        return rest.to_string();
    }
    match line.strip_prefix("|+").or(line.strip_prefix('|')).or(line.strip_prefix('!')) {
        Some(cells) => {
            let cells = if line.starts_with('!') { cells.replace("!!", "||") } else { cells.to_string() };
            cells.split("||").map(|cell| marks::words(cell).1.to_string() + "\n").collect()
        }
        None => line.to_string() + "\n",
    }
}

/// A text without links' targets, quotation marks of emphasis, and tags.
fn without_marks(text: &str) -> String {
    let pairs = pairs::find(text);
    let mut out = String::new();
    let mut at = 0;
    // Where links end whose words are being read.
    let mut ends: Vec<usize> = Vec::new();
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if ends.last() == Some(&at) {
            ends.pop();
            at += 2;
            continue;
        }
        let link = pairs.get(&at).filter(|_| rest.starts_with("[["));
        if let Some((end, inside)) = link.and_then(|end| Some((*end, text.get(at + 2..end - 2)?))) {
            let (target, label) = target(inside);
            if is_category(target) {
                at = end;
                continue;
            }
            let words = label.or(Some(target).filter(|target| !is_file(target))).unwrap_or_default();
            ends.push(end - 2);
            at = end - 2 - words.len();
            at += usize::from(label.is_none() && words.starts_with(':'));
            continue;
        }
        let quotes = rest.bytes().take_while(|byte| *byte == b'\'').count().min(5);
        let character = rest.chars().next().unwrap_or(' ');
        if character == '\u{1}' {
            let literal = rest[1..].chars().next().unwrap_or(' ');
            out.push(literal);
            at += 1 + literal.len_utf8();
        } else if quotes >= 2 {
            out.push_str(if quotes == 4 { "'" } else { "" });
            at += quotes;
        } else if let Some((_, label, length)) = outside_link(rest) {
            out.push_str(&without_marks(label));
            at += length;
        } else if let Some(length) = tag(rest).map(|(.., length)| length).or_else(|| switch(rest)) {
            at += length;
        } else {
            out.push(character);
            at += character.len_utf8();
        }
    }
    out
}
