//! A text that is announced: an announcement or an order (公告, 令) stands first, and below its day the text that it brings,
//! with a title of its own.
//!
//! The document is the text that is announced: its title and number are the record's, the office and the day are those of
//! the announcement. All lines stay where they are, since the title stands in the middle of what is printed.

use super::fold::fold;
use super::kinds::ends_like_title;
use super::letterhead::offices;
use super::paragraphs::Line;
use super::special;
use super::title::joined;
use crate::import::meta::{self, compact};

/// How many lines an announcement may have.
const LINES: usize = 20;
/// How many lines below its day a title may begin.
const BELOW: usize = 5;
/// How many lines a title may have.
const TITLE: usize = 8;

/// What an announcement tells of the text below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Announced {
    /// Who announces it.
    pub issuer: Option<String>,
    /// The number of the order.
    pub number: Option<String>,
    /// When.
    pub day: String,
    /// How many lines the announcement has.
    pub length: usize,
    /// The title, if it is the one that the announcement names.
    pub title: Option<String>,
}

/// The announcement that a text begins with. Lines without words are none of them.
pub(crate) fn find(lines: &[Line<'_>]) -> Option<Announced> {
    let text = |at: usize| lines.get(at).map_or("", |line| line.text.trim());
    let mut issuers: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(names) = offices(text(at)).filter(|_| at < LINES) {
        issuers.extend(names);
        at += 1;
    }
    let word = compact(text(at));
    let (before, is_order) = cut_word(&word)?;
    let names_itself = meta::is_body(before) || before.ends_with("主席");
    if !names_itself && (issuers.is_empty() || !before.is_empty()) {
        return None;
    }
    if meta::is_body(before) {
        issuers.push(before.to_string());
    }
    at += 1;
    let number = Some(compact(&fold(text(at)).text))
        .filter(|number| meta::is_count(number) || meta::doc_number(number).is_some());
    at += usize::from(number.is_some());
    let number = number.filter(|_| is_order && names_itself).and_then(|number| meta::order_number(&(word + &number)));

    let (end, day) = (at..lines.len().min(LINES)).find_map(|end| Some((end, signed_on(text(end))?)))?;
    let names: Vec<String> = (at..end).flat_map(|at| names(text(at))).collect();
    let title = names.iter().find_map(|name| title(lines, end + 1, name));
    let issuer = (!issuers.is_empty()).then(|| issuers.join("、"));
    (!names.is_empty()).then_some(Announced { issuer, number, day, length: end + 1, title })
}

/// What stands before the word for an announcement, and whether it is an order.
fn cut_word(word: &str) -> Option<(&str, bool)> {
    let order = ["命令", "令"].iter().find_map(|end| word.strip_suffix(end));
    order.map(|before| (before, true)).or_else(|| Some((word.strip_suffix("公告")?, false)))
}

/// The day that a line ends in, with nothing before it but who signs.
fn signed_on(text: &str) -> Option<String> {
    let folded = fold(text).text;
    let last = folded.trim().rsplit(' ').next().unwrap_or_default();
    let day = special::lone_date(&folded).or_else(|| special::lone_date(last))?;
    text.chars().nth(60).is_none().then_some(day.edtf)
}

/// The names in 《》, without those inside others.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, character) in text.char_indices() {
        match character {
            '《' => {
                if depth == 0 {
                    start = at + character.len_utf8();
                }
                depth += 1;
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    names.extend(text.get(start..at).map(str::to_string));
                }
            }
            _ => {}
        }
    }
    names
}

/// The lines that are a name, with the offices before it, if it is printed as a title not far below a line.
fn title(lines: &[Line<'_>], from: usize, name: &str) -> Option<String> {
    let text = |at: usize| lines.get(at).map_or("", |line| line.text.trim());
    let name = words(name);
    for first in from..lines.len().min(from + BELOW) {
        let mut own = String::new();
        for last in first..lines.len().min(first + TITLE) {
            own += &words(text(last));
            let before = own.strip_suffix(name.as_str());
            let is_name = before.is_some_and(|before| before.is_empty() || meta::is_body(before));
            // The announcement may name the office, too.
            let is_rest = name.strip_suffix(own.as_str()).is_some_and(meta::is_body);
            if is_name || is_rest && ends_like_title(&own) {
                let above = (from..first).rev().take_while(|at| offices(text(*at)).is_some()).last().unwrap_or(first);
                let parts: Vec<&str> = (above..=last).map(text).collect();
                return Some(joined(&parts));
            }
            if !name.contains(own.as_str()) && before.is_none() && !own.contains("关于") {
                break;
            }
        }
    }
    None
}

/// Letters and digits only: a name may be printed with other signs and spaces.
fn words(text: &str) -> String {
    fold(text).text.chars().filter(|character| character.is_alphanumeric()).collect()
}
