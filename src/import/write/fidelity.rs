//! The proof that nothing was lost and nothing changed.
//!
//! After an import, the Markdown is read back by the build's own reader, and its text is compared with the decoded capture,
//! character by character, white space aside. Lines that are no part of the text are accounted for one by one: each range of
//! such a line is a label, words that the record holds, or words that are listed as dropped. The proof trusts none of the
//! steps before it; it has the capture, the Markdown, the record and the list.

use std::collections::BTreeMap;

use crate::diagnostic::messages::CaptureMessage;
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::text::parse::{self, Ids, Manner};
use crate::text::tape::{Element, Node, View};
use crate::text::{Note, Text};

use crate::import::capture::{Import, Soundness};
use crate::import::dropped::TakenAs;
use crate::import::flow::{Flow, Form, Mark, Piece, Sense};
use crate::import::meta::{self, compact};
use crate::import::recognise::fold::fold;
use crate::import::recognise::paragraphs::{self, Line};
use crate::import::recognise::told::place_on_line;

/// How many characters of each side a difference shows.
const SHOWN: usize = 12;

/// Compares an import with its decoded capture; the first difference, if any, as the error `fidelity`.
pub fn verify_fidelity(import: &Import, name: &str, text: &str) -> Option<Diagnostic> {
    verify(import, name, &read_back(&import.markdown_body()), &paragraphs::lines(text), &BTreeMap::new())
}

/// Holds the pieces that a format's reader made against the text taken out of the format independently of it.
pub(crate) fn verify_reader(flow: &Flow, name: &str) -> Option<Diagnostic> {
    let mut witness = flow.witness.char_indices().filter(|(_, character)| !character.is_whitespace());
    for (at, piece) in flow.pieces.iter().enumerate() {
        let line = Line { number: at + 1, text: &piece.text };
        let printed: Vec<_> =
            piece.marks.iter().filter(|mark| mark.sense == Sense::Printed).map(|m| &m.range).collect();
        let own = piece.text.char_indices().filter(|(at, _)| !printed.iter().any(|range| range.contains(at)));
        for (at, got) in own.filter(|(_, character)| !character.is_whitespace()) {
            match witness.next() {
                Some((_, expected)) if expected == got => {}
                other => {
                    let rest = other.map_or("", |(at, _)| flow.witness.get(at..).unwrap_or_default());
                    let (printed, found) = (compact_start(rest), compact_start(&piece.text[at..]));
                    return Some(told(name, &line, at, CaptureMessage::TextOtherwise { found, printed }));
                }
            }
        }
    }
    let (at, _) = witness.next()?;
    let rest = compact_start(flow.witness.get(at..).unwrap_or_default());
    let last = Line { number: flow.pieces.len().max(1), text: flow.pieces.last().map_or("", |piece| &piece.text) };
    Some(told(name, &last, 0, CaptureMessage::TextTooShort { rest }))
}

/// The first characters of a text without white space.
fn compact_start(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).take(SHOWN).collect()
}

/// What a piece must read back as: a note's mark is known by its label, however it was printed, and a picture that stands
/// alone has its caption below it.
pub(crate) fn expected(piece: &Piece, known: &dyn Fn(&str) -> bool) -> Option<String> {
    let mut text = String::with_capacity(piece.text.len());
    let mut end = 0;
    for mark in &piece.marks {
        let Sense::NoteMark(label) = &mark.sense else { continue };
        if !known(label) || mark.range.start < end {
            continue;
        }
        text.push_str(piece.text.get(end..mark.range.start)?);
        text.push('\u{fffc}');
        text.push_str(label);
        end = mark.range.end;
    }
    let caption = caption(piece, known);
    (end > 0 || !text.is_empty() || caption.is_some())
        .then(|| text + piece.text.get(end..).unwrap_or_default() + caption.unwrap_or_default())
}

/// The caption of a piece that is one picture, with marks of notes or without.
fn caption<'p>(piece: &'p Piece, known: &dyn Fn(&str) -> bool) -> Option<&'p str> {
    let mut pictures = piece.marks.iter().filter_map(|mark| match &mark.sense {
        Sense::Image(picture) => Some(picture),
        _ => None,
    });
    let picture = pictures.next()?;
    let is_silent = |mark: &&Mark| match &mark.sense {
        Sense::Image(_) => true,
        Sense::NoteMark(label) => known(label),
        _ => false,
    };
    let silent: Vec<&Mark> = piece.marks.iter().filter(is_silent).collect();
    let is_blank = |(at, character): (usize, char)| {
        character.is_whitespace() || silent.iter().any(|mark| mark.range.contains(&at))
    };
    let is_alone = pictures.next().is_none() && piece.text.char_indices().all(is_blank);
    let is_figure = is_alone && piece.inside.is_empty() && piece.form == Form::Paragraph;
    Some(picture.caption.as_str()).filter(|caption| is_figure && !caption.is_empty())
}

/// The same, for a capture that is already cut into lines. `expected` has the lines that read back otherwise than printed.
pub(crate) fn verify(
    import: &Import,
    name: &str,
    read_back: &ReadBack,
    lines: &[Line<'_>],
    expected: &BTreeMap<usize, String>,
) -> Option<Diagnostic> {
    let mut elsewhere: BTreeMap<usize, Vec<&crate::import::dropped::Taken>> = BTreeMap::new();
    for taken in &import.taken {
        elsewhere.entry(taken.line).or_default().push(taken);
    }
    let mut dropped: BTreeMap<usize, String> = BTreeMap::new();
    for line in &import.dropped {
        dropped.entry(line.line).or_default().push_str(&compact(&line.text));
    }
    let record = import.meta.values().map(words).collect::<Vec<_>>();
    // What no line has accounted for yet.
    let mut rest = read_back.text.as_str();
    for line in lines {
        if let Some(taken) = elsewhere.get(&line.number) {
            for taken in taken {
                if let Some(lost) = lost_piece(line, taken, &record, dropped.get(&line.number)) {
                    return Some(told(name, line, lost.0, lost.1));
                }
            }
            continue;
        }
        if let Some(text) = dropped.get(&line.number) {
            if *text != compact(line.text) {
                return Some(told(name, line, 0, CaptureMessage::TextDropped));
            }
            continue;
        }
        let line = Line { text: expected.get(&line.number).map_or(line.text, String::as_str), ..*line };
        // Most lines read back as they were printed, white space in them too.
        if let Some(next) = rest.trim_start().strip_prefix(line.text.trim()) {
            rest = next;
            continue;
        }
        let mut found = rest.chars();
        for (at, expected) in line.text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
            let before = found.as_str();
            if found.find(|character| !character.is_whitespace()) != Some(expected) {
                let found = compact_start(before);
                let printed: String = compact(&line.text[at..]).chars().take(SHOWN).collect();
                return Some(told(name, &line, at, CaptureMessage::TextOtherwise { found, printed }));
            }
        }
        rest = found.as_str();
    }
    let rest = compact_start(rest);
    let last = lines.last()?;
    (!rest.is_empty()).then(|| told(name, last, 0, CaptureMessage::TextTooLong { rest }))
}

/// Markdown as the build reads it.
pub(crate) struct ReadBack {
    text: String,
    /// Whether the build would tell an error.
    pub(crate) soundness: Soundness,
}

/// Reads Markdown as the build does.
pub(crate) fn read_back(markdown: &str) -> ReadBack {
    let manner = Manner { title: "", allow_html: false, numbered: false, restore: false, ids: Ids::NotBlocks };
    let source = Source { file: "", text: markdown };
    let mut report = Report::new();
    let text = parse::parse(source, 0..markdown.len(), manner, &mut report);
    let is_sound = !report.has_errors() && file::control(markdown).is_none();
    let soundness = if is_sound { Soundness::Sound } else { Soundness::Open };
    let mut notes: Vec<&Note> = text.notes.iter().collect();
    // Notes that follow each other stand at one place, and are told apart by where their characters are.
    let first = |note: &&Note| {
        note.tape.iter().find_map(|node| if let Node::Chars(start, _) = node { Some(*start) } else { None })
    };
    notes.sort_by_key(|note| (note.place, first(note)));
    let mut notes = notes.into_iter().peekable();
    let mut out = String::with_capacity(markdown.len());
    for (at, node) in text.tape.iter().enumerate() {
        while let Some(note) = notes.next_if(|note| note.place <= at) {
            note.tape.iter().for_each(|node| push_printed(&text, node, &mut out));
        }
        push_printed(&text, node, &mut out);
    }
    notes.flat_map(|note| &note.tape).for_each(|node| push_printed(&text, node, &mut out));
    ReadBack { text: out, soundness }
}

/// Adds what one step of the tape prints. Anything else that a reader sees was no part of the capture, and must show as a
/// difference.
fn push_printed(text: &Text, node: &Node, out: &mut String) {
    match *node {
        Node::Chars(start, end) => out.push_str(text.chars(start, end)),
        Node::Choice(choice) => out.push_str(text.chosen(choice, View::Printed)),
        Node::Void(Element::Image(link)) => out.push_str(&text.links[link as usize].alternative),
        Node::Void(Element::NoteMark(mark)) => {
            out.push('\u{fffc}');
            out.push_str(&text.notes[text.marks[mark as usize].note].label);
        }
        Node::Void(Element::Rule) => out.push('\u{fffc}'),
        Node::Open(_) | Node::Close(_) | Node::Void(_) => {}
    }
}

/// The first part of a line outside the text that is not accounted for: its byte, and what is wrong.
fn lost_piece(
    line: &Line<'_>,
    taken: &crate::import::dropped::Taken,
    record: &[String],
    dropped: Option<&String>,
) -> Option<(usize, CaptureMessage)> {
    let mut end = 0;
    let mut pieces = taken.pieces.clone();
    pieces.sort_by_key(|(range, _)| (range.start, range.end));
    for (range, place) in pieces {
        let between = line.text.get(end..range.start).unwrap_or_default();
        if let Some(lost) = between.find(char::is_alphanumeric) {
            return Some((end + lost, CaptureMessage::TextLost));
        }
        let piece = line.text.get(range.clone()).unwrap_or_default();
        let kept = match place {
            TakenAs::Label => true,
            TakenAs::Dropped => dropped.is_some_and(|text| text.contains(&compact(piece))),
            TakenAs::Record => are_recorded(piece, record),
        };
        if !kept {
            return Some((range.start, CaptureMessage::TextNotKept { piece: piece.to_string() }));
        }
        end = end.max(range.end);
    }
    let lost = line.text.get(end..)?.find(char::is_alphanumeric)?;
    Some((end + lost, CaptureMessage::TextLost))
}

/// Whether each run of letters and digits of a value stands in some value of the record. Separators and brackets may differ,
/// since 张三、李四 are two values there and 〔2017〕 is the one form of a year's brackets. A role like 记者 names the field.
fn are_recorded(piece: &str, record: &[String]) -> bool {
    let holds = |word: &str| word.is_empty() || record.iter().any(|value| value.contains(word));
    let folded = fold(piece).text;
    let mut words = folded.split(|character: char| !character.is_alphanumeric());
    words.all(|word| holds(word) || holds(meta::without_role(word)))
}

/// A value without white space, folded.
fn words(text: &str) -> String {
    fold(&compact(text)).text
}

fn told(name: &str, line: &Line<'_>, at: usize, message: CaptureMessage) -> Diagnostic {
    let fault = Diagnostic::error(message);
    let end = line.text.get(at..).map_or(at, |rest| at + rest.chars().take(SHOWN).map(char::len_utf8).sum::<usize>());
    place_on_line(fault, name, line.text, line.number, at..end)
}
