//! A document as plain text: the record's head, the text as captured, the notes; and the same with the punctuation restored
//! that a capture flattened.

use std::borrow::Cow;

use super::work::Work;
use crate::document::punctuation;

/// The whole document, as captured.
pub fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    compose(work, Cow::Borrowed).map(String::into_bytes)
}

/// The whole document as its pages show it; none where that is as it was captured.
pub fn write_restored(work: &Work<'_>) -> Option<Vec<u8>> {
    if !work.text?.document.restored {
        return None;
    }
    let mut changed = false;
    let restored = compose(work, |text| {
        // A line is a passage, so no mark is judged by what stands in another one.
        let lines: Vec<Cow<'_, str>> = text.split_inclusive('\n').map(punctuation::restored).collect();
        match lines.iter().all(|line| matches!(line, Cow::Borrowed(_))) {
            true => Cow::Borrowed(text),
            false => {
                changed = true;
                Cow::Owned(lines.concat())
            }
        }
    });
    restored.filter(|_| changed).map(String::into_bytes)
}

fn compose<'a>(work: &Work<'a>, mut shown: impl FnMut(&'a str) -> Cow<'a, str>) -> Option<String> {
    let (record, document, words) = (work.record(), work.text?.document, work.words);
    let mut text = String::with_capacity(512 + document.parts.iter().map(|part| part.text.len()).sum::<usize>());
    text.push_str(&shown(&record.title));
    text.push('\n');
    let authors = record.authors.iter().map(|author| author.name.clone());
    let date = record.date.iter().map(|date| words.dates().say(date));
    let lines = record.subtitle.iter().cloned().chain(authors).chain(record.doc_number.clone()).chain(date);
    for line in lines.chain(record.source.clone()) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push('\n');
    for part in &document.parts {
        text.push_str(&shown(&part.text));
    }
    let mut notes: Vec<_> = document.notes.iter().collect();
    notes.sort_by_key(|note| note.number);
    for note in notes {
        text.push_str(&format!("[{}] {}\n", note.number, shown(&note.text)));
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
