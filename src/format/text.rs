//! A document as plain text: the record's head, the text as captured, the notes.

use super::work::Work;

/// The whole document.
pub fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    let (record, document, words) = (work.record(), work.text?.document, work.words);
    let mut text = String::with_capacity(512 + document.parts.iter().map(|part| part.text.len()).sum::<usize>());
    text.push_str(&record.title);
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
        text.push_str(&part.text);
    }
    let mut notes: Vec<_> = document.notes.iter().collect();
    notes.sort_by_key(|note| note.number);
    for note in notes {
        text.push_str(&format!("[{}] {}\n", note.number, note.text));
    }
    let rights = record.rights.iter().chain(&record.source_url);
    for line in rights {
        text.push_str(line);
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    Some(text.into_bytes())
}
