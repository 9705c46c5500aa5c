//! The catalogue record: what is known of a document, and from where.
//!
//! One record drives every surface of the site. Its fields are closed; what an archive needs beyond them goes into
//! `[extra]`, which templates may read and the program never guesses at.

mod control;
pub mod date;
pub(crate) mod date_field;
pub(crate) mod date_words;
pub mod edit;
pub mod field;
pub(crate) mod fields;
pub mod front_matter;
pub(crate) mod language;
mod original;
mod parse;
pub(crate) mod person;
pub(crate) mod printed_date;
pub(crate) mod profile;
pub(crate) mod rights;
mod several;
pub(crate) mod slip;
pub(crate) mod source;
pub mod table;
mod vocabulary;
pub(crate) mod western_date;

use self::date::Date;
use self::fields::{Fields, Located};
pub use self::original::Original;
pub use self::person::Person;
use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Report};

/// What is known of one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The document's lasting name in addresses; the file's name when the record gives none.
    pub id: Option<Located<String>>,
    /// Addresses that the document had before: folders in the site.
    pub aliases: Vec<Located<String>>,
    /// Ids that sections had before, and what now stands for each: a section, `index` or `full`, of this document or,
    /// after `id#`, of another one.
    pub section_aliases: Vec<(Located<String>, Located<String>)>,
    /// The id of the document that stands for this one, which is published no more.
    pub replaced_by: Option<Located<String>>,
    /// Title as printed.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Who wrote it, in the order printed.
    pub authors: Vec<Person>,
    /// When it was published.
    pub date: Option<Date>,
    /// The date as printed, where it differs: 民国三十八年.
    pub date_printed: Option<String>,
    /// When it was made (成文日期).
    pub created: Option<Date>,
    /// The source office: who published what was captured.
    pub source: Option<String>,
    /// Where it was captured.
    pub source_url: Option<String>,
    /// When it was captured.
    pub captured: Option<Date>,
    /// The body that issued it.
    pub issuer: Option<String>,
    /// 发文字号
    pub doc_number: Option<String>,
    /// 索引号
    pub index_number: Option<String>,
    /// 文种: notice, decision, essay …
    pub kind: Option<String>,
    /// BCP 47 tag of the text.
    pub language: Option<String>,
    /// What it is about.
    pub subjects: Vec<String>,
    /// People it speaks of.
    pub people: Vec<String>,
    /// Places it speaks of.
    pub places: Vec<String>,
    /// Bodies it speaks of.
    pub organisations: Vec<String>,
    /// Who holds which rights, in words. Absent means unstated, never free.
    pub rights: Option<String>,
    /// A rights statement's address.
    pub rights_uri: Option<String>,
    /// What may be published.
    pub access: Access,
    /// Why not more may be published.
    pub access_note: Option<String>,
    /// The text is withheld while this stands. An embargo ends when a person removes the line: the clock publishes nothing.
    pub embargo_until: Option<Date>,
    /// How far it was proofread: 未校对 已校对 已核对.
    pub proofread: Option<String>,
    /// Down to which level sections get pages of their own; the site's setting when absent.
    pub split_level: Option<u8>,
    /// Left out of the site unless drafts are asked for.
    pub draft: bool,
    /// The capture that the text was taken from.
    pub original: Option<Box<Original>>,
    /// Sources behind the first, which the fields above are.
    pub more_sources: Vec<source::Source>,
    /// Free fields for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// What may be published of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Access {
    /// Record and text.
    #[default]
    Open,
    /// The record alone; no word of the text reaches any output.
    Record,
    /// A tombstone: that it existed, and why it is gone.
    Closed,
}

impl Access {
    fn read(fields: &mut Fields<'_>, report: &mut Report) -> Self {
        let words = [Self::Open, Self::Record, Self::Closed].map(|access| (access.word(), access));
        fields.word("access", &words, report).unwrap_or_default()
    }

    /// The word in the record.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Record => "record",
            Self::Closed => "closed",
        }
    }
}

impl Record {
    /// What of the record may be published. Of a closed document that is a tombstone: that it existed under this title, and
    /// why it is gone, at every address that it had; what else the record says stays in the archive, so that no page, index or
    /// list can tell it.
    pub fn published(self) -> Self {
        match self.access {
            Access::Open | Access::Record => self,
            Access::Closed => Self {
                id: self.id,
                aliases: self.aliases,
                section_aliases: self.section_aliases,
                replaced_by: self.replaced_by,
                title: self.title,
                language: self.language,
                access: self.access,
                access_note: self.access_note,
                embargo_until: self.embargo_until,
                draft: self.draft,
                ..Self::default()
            },
        }
    }

    /// The record without room that nothing will fill: a list that grew has place for four, and of the authors of a hundred
    /// thousand records that is 50 MB.
    #[must_use]
    pub(crate) fn compact(mut self) -> Self {
        self.authors.shrink_to_fit();
        self.more_sources.shrink_to_fit();
        for list in [&mut self.subjects, &mut self.people, &mut self.places, &mut self.organisations] {
            list.shrink_to_fit();
        }
        self
    }

    /// Whether the record may be described to machines; of a closed document only its existence is published.
    pub(crate) fn is_described(&self) -> bool {
        self.access != Access::Closed
    }

    /// Who may read the text, as the site states it: an embargo is told from what is open.
    pub(crate) fn stated_access(&self) -> &'static str {
        if self.access == Access::Open && !self.text_is_open() { "embargoed" } else { self.access.word() }
    }

    /// Whether the text may be published.
    pub(crate) fn text_is_open(&self) -> bool {
        self.access == Access::Open && self.embargo_until.is_none()
    }
}

/// Reads `split_level`.
pub(crate) fn split_level(fields: &mut Fields<'_>, report: &mut Report) -> Option<u8> {
    let level = fields.integer("split_level", report)?;
    let value = u8::try_from(level.value).ok().filter(|level| *level <= 6);
    if value.is_none() {
        report.push(
            Diagnostic::error(RecordMessage::BadSplitLevel { level: level.value.to_string() })
                .at(fields.source(), level.span),
        );
    }
    value
}
