//! What a document gives to the index.

use crate::archive::reserved;
use crate::page::Pages;
use crate::search::gather::{Gathered, Gatherer, Rank};
use crate::text::Heading;
use crate::text::plain::Plain;
use crate::text::tape::View;

use super::reading::Reading;

impl Pages<'_> {
    /// The index has its words packed, so they are searched before.
    fn look_for_leaks(&self, words: &str) {
        if let Some(watch) = self.staging.watch() {
            watch.search(reserved::SEARCH, words.as_bytes());
        }
    }

    /// What the document gives to the index: its introduction with the title, then each section that has a page.
    pub(super) fn gather(&self, reading: &Reading<'_>) -> Gathered {
        let record = &reading.entry.record;
        let date = record.date.as_ref().map(|date| self.words(reading.language).dates().say(date)).unwrap_or_default();
        let separator = self.words(reading.language).get("list_separator");
        let authors: Vec<&str> = record.authors.iter().map(|author| author.name.as_str()).collect();
        let by = [&authors.join(separator), record.source.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>()
            .join(" · ");
        let mut gatherer = Gatherer::new(self.alphabet, &reading.entry.directory, &record.title, &date, &by);
        // A text that is not split stands, but for its introduction, on the page of the whole text.
        let split = reading.pages.last().is_some_and(|parts| parts.end == reading.text.parts.len());
        let units = if split { reading.pages.clone() } else { reading.text.pages(1) };
        for (at, parts) in units.into_iter().enumerate() {
            let heading = reading.text.parts[parts.start].heading.as_ref().filter(|_| at > 0);
            let page = if split { reading.names[at].as_str() } else { ["index.html", "full.html"][at.min(1)] };
            // What is withheld has a record and no introduction.
            let no_text = (!record.text_is_open()).then(|| self.words(reading.language).get("record").to_string());
            gatherer.unit(page, &heading.map(Heading::full).or(no_text).unwrap_or_default());
            if at == 0 {
                for title in [Some(&record.title), record.subtitle.as_ref()].into_iter().flatten() {
                    gatherer.passage(Rank::Title, "", &[title]);
                }
                // What importing takes out of the text into the record, and what no filter asks for.
                let printed = [&record.doc_number, &record.index_number, &record.issuer, &record.date_printed];
                for words in printed.into_iter().flatten() {
                    gatherer.passage(Rank::Record, "", &[words]);
                }
            }
            for part in &reading.text.parts[parts.clone()] {
                let plain = Plain::of_part(&reading.text, part, View::Printed);
                for span in &plain.spans {
                    let (rank, id) = match span.block {
                        None => (Rank::Heading, part.heading.as_ref().map_or("", |heading| &heading.id)),
                        Some(block) => (Rank::Text, reading.text.blocks[block].id.as_str()),
                    };
                    self.look_for_leaks(&plain.text[span.text.clone()]);
                    for passage in plain.passages(span.text.clone()) {
                        gatherer.passage(rank, id, &passage);
                    }
                }
            }
            for note in reading.text.notes_of(parts) {
                let note = &reading.text.notes[note];
                let plain = Plain::of_note(&reading.text, &note.tape, View::Printed);
                self.look_for_leaks(&plain.text);
                for passage in plain.passages(0..plain.text.len()) {
                    gatherer.passage(Rank::Text, &note.id, &passage);
                }
            }
        }
        gatherer.finish()
    }
}
