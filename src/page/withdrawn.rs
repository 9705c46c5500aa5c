//! What was withdrawn: said on the document's own page, and listed for all to see by kind and day.

use serde::Serialize;

use super::Pages;
use super::editions::said;
use crate::archive::address;
use crate::archive::withdrawn::{Kind, Withdrawn};
use crate::site::Language;
use crate::words::Words;

/// That a document was withdrawn, on its own page.
#[derive(Serialize)]
pub(super) struct WithdrawnView {
    day: String,
    date: String,
    kind: &'static str,
    label: String,
    /// The kind in a sentence, which the record's note repeats where a person gave none.
    reason: String,
}

/// What was withdrawn for one kind of reason, the last first.
#[derive(Serialize)]
pub(super) struct KindView {
    kind: &'static str,
    label: String,
    documents: Vec<LineView>,
}

/// One document of it.
#[derive(Serialize)]
struct LineView {
    title: String,
    url: String,
    day: String,
    date: String,
    /// What is public of it again, in words.
    again: Option<String>,
}

impl Pages<'_> {
    /// That a document was withdrawn, while its text is not public: the last time, where there are several.
    pub(super) fn withdrawn_view(&self, document: usize, words: &Words) -> Option<WithdrawnView> {
        if self.archive.documents[document].record.text_is_open() {
            return None;
        }
        let own = self.withdrawn.iter().filter(|(at, _)| *at == Some(document)).map(|(_, withdrawn)| withdrawn);
        let Withdrawn { day, kind, .. } = own.max_by_key(|withdrawn| &withdrawn.day)?;
        Some(WithdrawnView {
            day: day.clone(),
            date: said(day, words),
            kind: kind.word(),
            label: words.get(&kind.key()).to_string(),
            reason: words.get(&kind.reason_key()).to_string(),
        })
    }

    /// The list of all that was withdrawn.
    pub(super) fn withdrawals(&self, language: Language) -> Vec<KindView> {
        let words = self.words(language);
        let of_kind = |kind: Kind| {
            let mut of: Vec<_> = self.withdrawn.iter().filter(|(_, withdrawn)| withdrawn.kind == kind).collect();
            of.sort_by(|(_, one), (_, two)| two.day.cmp(&one.day).then_with(|| one.address.cmp(&two.address)));
            let documents: Vec<_> = of.into_iter().map(|(at, withdrawn)| self.line(*at, withdrawn, words)).collect();
            KindView { kind: kind.word(), label: words.get(&kind.key()).to_string(), documents }
        };
        Kind::ALL.into_iter().map(of_kind).filter(|kind| !kind.documents.is_empty()).collect()
    }

    fn line(&self, document: Option<usize>, withdrawn: &Withdrawn, words: &Words) -> LineView {
        let entry = document.map(|at| &self.archive.documents[at]);
        let folder = entry.map_or(withdrawn.address.as_str(), |entry| entry.directory.as_str());
        let again = entry.and_then(|entry| match (entry.record.text_is_open(), entry.record.is_described()) {
            (true, _) => Some("withdrawn_open_again"),
            (false, true) => Some("withdrawn_described_again"),
            (false, false) => None,
        });
        LineView {
            title: entry.map_or_else(|| format!("{folder}/"), |entry| entry.record.title.clone()),
            url: format!("{}/index.html", address::encode(folder)),
            day: withdrawn.day.clone(),
            date: said(&withdrawn.day, words),
            again: again.map(|key| words.get(key).to_string()),
        }
    }
}
