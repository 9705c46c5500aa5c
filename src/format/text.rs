//! A document as plain text: the record's head, the text as captured, the notes; and the same with the punctuation restored
//! that a capture flattened.

use std::borrow::Cow;

use super::work::Work;
use crate::text::plain::Plain;
use crate::text::punctuation;
use crate::text::tape::View;

/// The whole document, as captured.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    compose(work, View::Printed).map(String::into_bytes)
}

/// The whole document as its pages show it; none where that is as it was captured.
pub(crate) fn write_restored(work: &Work<'_>) -> Option<Vec<u8>> {
    let text = work.text?.text;
    let is_changed = text.restored
        && (!text.choices.is_empty() || matches!(punctuation::restored(&work.record().title), Cow::Owned(_)));
    compose(work, View::Read).filter(|_| is_changed).map(String::into_bytes)
}

fn compose(work: &Work<'_>, view: View) -> Option<String> {
    let (record, body, words) = (work.record(), work.text?.text, work.words);
    let mut text = String::with_capacity(512 + body.chars.len());
    text.push_str(&match view {
        View::Printed => Cow::Borrowed(record.title.as_str()),
        View::Read => punctuation::restored(&record.title),
    });
    text.push('\n');
    let authors = record.authors.iter().map(|author| author.name.clone());
    let date = record.date.iter().map(|date| words.dates().say(date));
    let lines = record.subtitle.iter().cloned().chain(authors).chain(record.doc_number.clone()).chain(date);
    for line in lines.chain(record.source.clone()) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push('\n');
    for part in &body.parts {
        text.push_str(&Plain::of_part(body, part, view).text);
    }
    let mut notes: Vec<_> = body.notes.iter().collect();
    notes.sort_by_key(|note| note.number);
    for note in notes {
        text.push_str(&format!("[{}] {}\n", note.number, Plain::of_note(body, &note.tape, view).text));
    }
    let rights = record.rights.iter().chain(&record.source_url);
    for line in rights {
        text.push_str(line);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    Some(text)
}
