//! The text of a document taken out once more, in the simplest way there is.
//!
//! It knows nothing of styles, lists, tables or joined paragraphs. It shares with the reader the characters and the rules of
//! what is text at all; what a text box holds comes after its paragraph, and notes after the text.

use std::collections::BTreeMap;

use super::characters::{Characters, Event, of_word};
use super::picture;
use super::skipped::{is_skipped, is_starred_text};
use super::token::Token;
use crate::import::read::office::equation;

/// What a group is.
#[derive(Debug, Clone, Default)]
struct Group {
    is_deleted: bool,
    ends_part: bool,
    ends_field: bool,
}

/// A text, and what comes after its paragraph.
#[derive(Debug, Default)]
struct Part {
    text: String,
    after: String,
    is_note: bool,
    /// Which note it is, by where it begins.
    order: usize,
    is_shown: bool,
    /// Of each field that is open, its instruction, until its result begins.
    fields: Vec<Option<String>>,
}

impl Part {
    fn push(&mut self, text: &str) {
        if self.fields.iter().all(Option::is_none) {
            self.text.push_str(text);
        } else if let Some(instruction) = self.fields.last_mut().and_then(Option::as_mut) {
            instruction.push_str(text);
        }
    }
}

/// The text of the document, then its notes; those that only deleted text refers to are left out.
pub(super) fn read(bytes: &[u8]) -> String {
    let mut characters = Characters::of(bytes);
    let mut groups = vec![Group::default()];
    let mut parts = vec![Part::default()];
    let mut notes: BTreeMap<usize, String> = BTreeMap::new();
    let mut alternative = String::new();
    while let Some(event) = characters.next() {
        let group = groups.last().cloned().unwrap_or_default();
        match event {
            Event::Open => groups.push(Group { is_deleted: group.is_deleted, ..Group::default() }),
            Event::Close => {
                // A bracket too many closes nothing.
                if groups.len() > 1 {
                    groups.pop();
                }
                if let Some(part) = parts.last_mut().filter(|_| group.ends_field) {
                    let instruction = part.fields.pop().flatten();
                    let shown = instruction.and_then(|instruction| equation::shown(&instruction));
                    let shown = shown.filter(|_| !group.is_deleted && part.fields.iter().all(Option::is_none));
                    part.push(&shown.map(|shown| shown.text + &shown.reading).unwrap_or_default());
                }
                if group.ends_part {
                    end_part(&mut parts, &mut notes);
                }
            }
            Event::Text(text) if !group.is_deleted => parts.last_mut().into_iter().for_each(|part| part.push(&text)),
            Event::Text(_) | Event::LostSign(_) => {}
            Event::Word(word, number, is_starred) => {
                if let Some(group) = groups.last_mut() {
                    let place = (&mut parts, &mut alternative);
                    told(word, number, is_starred, &mut characters, group, place);
                    let open = parts.iter().rev().skip(1).filter(|part| part.is_note).count();
                    if let Some(part) = parts.last_mut().filter(|part| part.order == 0) {
                        part.order = 1 + notes.len() + open;
                    }
                }
            }
        }
    }
    while parts.len() > 1 {
        end_part(&mut parts, &mut notes);
    }
    let last = parts.pop().unwrap_or_default();
    last.text + &last.after + &notes.into_values().collect::<String>()
}

fn end_part(parts: &mut Vec<Part>, notes: &mut BTreeMap<usize, String>) {
    let Some(part) = parts.pop() else { return };
    let text = part.text + &part.after;
    match parts.last_mut() {
        _ if part.is_note => drop(notes.insert(part.order, if part.is_shown { text } else { String::new() })),
        Some(around) => around.after.push_str(&text),
        _ => {}
    }
}

/// What a word does to the text.
fn told<'b>(
    word: &'b str,
    number: Option<i32>,
    is_starred: bool,
    characters: &mut Characters<'b>,
    group: &mut Group,
    (parts, alternative): (&mut Vec<Part>, &mut String),
) {
    let is_on = number != Some(0);
    let Some(part) = parts.last_mut() else { return };
    let is_shown = !group.is_deleted && part.fields.iter().all(Option::is_none);
    match word {
        "stylesheet" | "listtable" | "listoverridetable" | "title" | "author" | "subject" | "keywords"
        | "bkmkstart" | "listtext" | "pntext" | "annotation" => drop(characters.rest_of_group()),
        "pict" => {
            let tokens = characters.rest_of_group();
            let own = description(&tokens, characters);
            let of_shape = std::mem::take(alternative);
            part.push(if !is_shown {
                ""
            } else if own.trim().is_empty() {
                &of_shape
            } else {
                &own
            });
        }
        "sp" => {
            let tokens = characters.rest_of_group();
            let (name, value) = picture::property(&tokens, characters);
            match name.as_str() {
                "pib" if is_shown => {
                    let own = description(value, characters);
                    let of_shape = std::mem::take(alternative);
                    part.push(if own.trim().is_empty() { &of_shape } else { &own });
                }
                "wzDescription" => *alternative = characters.plain(value),
                "gtextUNICODE" if !group.is_deleted => part.push(&characters.plain(value)),
                _ => {}
            }
        }
        "footnote" | "shptxt" | "dptxbxtext" => {
            *group = Group { ends_part: true, ..Group::default() };
            parts.push(Part { is_note: word == "footnote", is_shown, ..Part::default() });
        }
        "field" => {
            part.fields.push(Some(String::new()));
            group.ends_field = true;
        }
        "fldrslt" => part.fields.iter_mut().last().into_iter().for_each(|field| *field = None),
        "fldinst" => {}
        _ if is_skipped(word) || is_starred && !is_starred_text(word) => drop(characters.rest_of_group()),
        "deleted" => group.is_deleted = is_on,
        "plain" => group.is_deleted = false,
        "par" | "sect" | "cell" | "nestcell" | "row" | "nestrow" => {
            if !(group.is_deleted && matches!(word, "par" | "sect") && part.after.is_empty()) {
                let after = std::mem::take(&mut part.after);
                part.text.push_str(&after);
            }
        }
        word => part.push(of_word(word).filter(|_| !group.is_deleted).unwrap_or_default()),
    }
}

/// The alternative text that a picture has itself.
fn description<'b>(tokens: &[Token<'b>], characters: &Characters<'b>) -> String {
    let at = tokens.iter().position(|token| matches!(token, Token::Text(b"wzDescription")));
    let rest = at.and_then(|at| tokens.get(at..)).unwrap_or_default();
    let value = rest.split(|token| matches!(token, Token::Word("sv", _))).nth(1).unwrap_or_default();
    let value = value.split(|token| matches!(token, Token::Close)).next().unwrap_or_default();
    characters.plain(value)
}
