//! The record as the pages of a document show it.

use serde::Serialize;
use tera::Value;

use super::Pages;
use crate::archive::address;
use crate::archive::index::{EntryLabel, IndexKind};
use crate::record::date::Date;
use crate::record::date_words::DateWords;
use crate::record::source::Source;
use crate::record::{Original, Person};
use crate::site::Language;

#[derive(Serialize)]
struct PersonView<'a> {
    name: &'a str,
    role: Option<&'a str>,
    affiliation: Option<&'a str>,
    note: Option<&'a str>,
    lang: Option<&'a str>,
    url: Option<String>,
}

#[derive(Serialize)]
struct DateView<'a> {
    text: String,
    edtf: &'a str,
    url: Option<String>,
}

/// A date that no index files.
#[derive(Serialize)]
struct PlainDateView<'a> {
    text: String,
    edtf: &'a str,
}

#[derive(Serialize)]
struct NameView<'a> {
    name: &'a str,
    url: Option<String>,
}

#[derive(Serialize)]
struct OriginalView<'a> {
    file: &'a str,
    sha256: Option<&'a str>,
    bytes: Option<u64>,
    media_type: Option<&'a str>,
    encoding: Option<&'a str>,
}

impl<'a> OriginalView<'a> {
    fn of(original: &'a Original) -> Self {
        Self {
            file: &original.file,
            sha256: original.sha256.as_deref(),
            bytes: original.bytes,
            media_type: original.media_type.as_deref(),
            encoding: original.encoding.as_deref(),
        }
    }
}

/// A source behind the first.
#[derive(Serialize)]
struct SourceView<'a> {
    office: Option<&'a str>,
    address: Option<&'a str>,
    captured: Option<PlainDateView<'a>>,
    rights: Option<&'a str>,
    original: Option<OriginalView<'a>>,
}

#[derive(Serialize)]
struct CollectionView<'a> {
    title: &'a str,
    url: String,
}

/// A file that a reader may take away.
#[derive(Debug, Serialize)]
pub(crate) struct DownloadView {
    /// txt, md …
    pub(crate) format: &'static str,
    /// What it is called.
    pub(crate) label: String,
    /// File name in the document's folder.
    pub(crate) url: String,
}

/// A file that was published with the document.
#[derive(Debug, Serialize)]
pub(crate) struct Attachment {
    /// File name.
    pub(crate) name: String,
    /// Its address.
    pub(crate) url: String,
    /// “12 kB”.
    pub(crate) size: String,
}

#[derive(Serialize)]
struct RecordView<'a> {
    id: &'a str,
    title: &'a str,
    subtitle: Option<&'a str>,
    kind: Option<&'a str>,
    language: &'a str,
    authors: Vec<PersonView<'a>>,
    date: Option<DateView<'a>>,
    date_printed: Option<&'a str>,
    created: Option<PlainDateView<'a>>,
    captured: Option<PlainDateView<'a>>,
    source: Option<NameView<'a>>,
    source_url: Option<&'a str>,
    issuer: Option<&'a str>,
    doc_number: Option<&'a str>,
    index_number: Option<&'a str>,
    subjects: Vec<NameView<'a>>,
    people: &'a [String],
    places: Vec<NameView<'a>>,
    organisations: &'a [String],
    rights: Option<&'a str>,
    rights_uri: Option<&'a str>,
    access: &'static str,
    access_note: Option<&'a str>,
    embargo_until: Option<PlainDateView<'a>>,
    proofread: Option<&'a str>,
    original: Option<OriginalView<'a>>,
    more_sources: Vec<SourceView<'a>>,
    collection: Option<CollectionView<'a>>,
    landing: &'static str,
    full: Option<&'static str>,
    downloads: &'a [DownloadView],
    attachments: &'a [Attachment],
    extra: &'a serde_json::Map<String, serde_json::Value>,
}

impl<'a> PersonView<'a> {
    /// `named` finds the page of a name in an index.
    fn of(author: &'a Person, named: &impl Fn(IndexKind, &str) -> Option<String>) -> Self {
        Self {
            name: &author.name,
            role: author.role.as_deref(),
            affiliation: author.affiliation.as_deref(),
            note: author.note.as_deref(),
            lang: author.lang.as_deref(),
            url: named(IndexKind::Authors, &author.name),
        }
    }
}

impl<'a> PlainDateView<'a> {
    fn of(date: Option<&'a Date>, dates: &DateWords) -> Option<Self> {
        date.map(|date| Self { text: dates.say(date), edtf: date.edtf() })
    }
}

impl<'a> SourceView<'a> {
    fn of(source: &'a Source, dates: &DateWords) -> Self {
        Self {
            office: source.office.as_deref(),
            address: source.address.as_deref(),
            captured: PlainDateView::of(source.captured.as_ref(), dates),
            rights: source.rights.as_deref(),
            original: source.original.as_deref().map(OriginalView::of),
        }
    }
}

impl Pages<'_> {
    /// The record, made once for all pages of a document; its addresses are right in the document's folder.
    pub(crate) fn record_view(
        &self,
        document: usize,
        root: &str,
        language: Language,
        downloads: &[DownloadView],
        attachments: &[Attachment],
    ) -> Value {
        let entry = &self.archive.documents[document];
        let record = &entry.record;
        let indexed = |kind: IndexKind, label: EntryLabel| {
            let path = self.archive.index(kind)?.path_of(&label)?;
            Some(format!("{root}{}", address::encode(&path)))
        };
        let named = |kind: IndexKind, name: &str| indexed(kind, EntryLabel::Name(name.to_string()));
        let dates = self.words(language).dates();
        let date = |date: &Date| (dates.say(date), indexed(IndexKind::Dates, EntryLabel::Period(date.period())));
        let plain = PlainDateView::of;
        let collection = &self.archive.collections[entry.collection];
        let view = RecordView {
            id: &entry.id,
            title: &record.title,
            subtitle: record.subtitle.as_deref(),
            kind: record.kind.as_deref(),
            language: entry.language(&self.archive.site),
            authors: record.authors.iter().map(|author| PersonView::of(author, &named)).collect(),
            date: record.date.as_ref().map(|value| {
                let (text, url) = date(value);
                DateView { text, edtf: value.edtf(), url }
            }),
            date_printed: record.date_printed.as_deref(),
            created: plain(record.created.as_ref(), dates),
            captured: plain(record.captured.as_ref(), dates),
            source: record.source.as_deref().map(|name| NameView { name, url: named(IndexKind::Offices, name) }),
            source_url: record.source_url.as_deref(),
            issuer: record.issuer.as_deref(),
            doc_number: record.doc_number.as_deref(),
            index_number: record.index_number.as_deref(),
            subjects: record
                .subjects
                .iter()
                .map(|name| NameView { name, url: named(IndexKind::Subjects, name) })
                .collect(),
            people: &record.people,
            places: record.places.iter().map(|name| NameView { name, url: named(IndexKind::Places, name) }).collect(),
            organisations: &record.organisations,
            rights: record.rights.as_deref(),
            rights_uri: record.rights_uri.as_deref(),
            access: record.access.word(),
            access_note: record.access_note.as_deref(),
            embargo_until: plain(record.embargo_until.as_ref(), dates),
            proofread: record.proofread.as_deref(),
            original: record.original.as_deref().map(OriginalView::of),
            more_sources: record.more_sources.iter().map(|source| SourceView::of(source, dates)).collect(),
            collection: (entry.collection > 0).then(|| CollectionView {
                title: &collection.title,
                url: format!("{root}{}/index.html", address::encode(&collection.path)),
            }),
            landing: "index.html",
            full: record.text_is_open().then_some("full.html"),
            downloads,
            attachments,
            extra: &record.extra,
        };
        Value::from_serializable(&view)
    }
}
