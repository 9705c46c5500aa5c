//! What `site.toml` means.

mod address;
mod secret;
pub(crate) mod target;

use std::ops::Range;

pub(crate) use self::address::with_slash;
use self::target::Target;
use crate::diagnostic::messages::{RecordMessage, SiteMessage, TargetMessage};
use crate::diagnostic::{Diagnostic, Report, Source};
use crate::file;
use crate::folder::Folder;
use crate::record;
use crate::record::fields::Fields;
use crate::record::profile::Profile;
use crate::record::table::VOCABULARY;

/// The archive as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its name.
    pub title: String,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// What it is, in a sentence or two.
    pub description: Option<String>,
    /// BCP 47 tag of the interface and of records that give none.
    pub language: String,
    /// The holding office.
    pub publisher: Option<String>,
    /// The holding office's address.
    pub publisher_url: Option<String>,
    /// Where harvesters write to whoever keeps the archive.
    pub publisher_email: Option<String>,
    /// The gateway that answers OAI-PMH harvesters for the archive's static repository.
    pub oai_gateway: Option<String>,
    /// Where the site will stand, ending in `/`; absent when it is not known. Only what needs absolute addresses uses it.
    pub base_url: Option<String>,
    /// Rights in the site itself.
    pub rights: Option<String>,
    /// A rights statement's address.
    pub rights_uri: Option<String>,
    /// Down to which level sections get pages of their own.
    pub split_level: u8,
    /// Whether raw HTML in Markdown is sanitised and kept; otherwise it is shown as text.
    pub allow_html: bool,
    /// Whether punctuation that a capture flattened is shown as it was printed.
    pub restore_punctuation: bool,
    /// Whether the site has an index of all words and a page to search it.
    pub search: bool,
    /// Whether a PDF is made of each text.
    pub pdf: bool,
    /// Whether a simplified archive has a traditional edition too.
    pub traditional_edition: bool,
    /// Which fields every record must have.
    pub profile: Profile,
    /// How the archive's pages are cited first.
    pub citation: CitationStyle,
    /// Where it is sent.
    pub targets: Vec<Target>,
    /// Free fields for templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A form of citing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CitationStyle {
    /// GB/T 7714-2025.
    Gbt2025,
    /// GB/T 7714-2015.
    Gbt2015,
    /// Plain English.
    English,
}

impl CitationStyle {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Gbt2025, Self::Gbt2015, Self::English];

    /// The word in site.toml.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Gbt2025 => "gb7714-2025",
            Self::Gbt2015 => "gb7714-2015",
            Self::English => "english",
        }
    }

    /// What readers call it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Gbt2025 => "GB/T 7714-2025",
            Self::Gbt2015 => "GB/T 7714-2015",
            Self::English => "English",
        }
    }
}

impl Default for Site {
    fn default() -> Self {
        Self {
            title: "文献".to_string(),
            subtitle: None,
            description: None,
            language: "zh-Hans".to_string(),
            publisher: None,
            publisher_url: None,
            publisher_email: None,
            oai_gateway: None,
            base_url: None,
            rights: None,
            rights_uri: None,
            split_level: 1,
            allow_html: false,
            restore_punctuation: true,
            search: true,
            pdf: false,
            traditional_edition: false,
            profile: Profile::Minimal,
            citation: CitationStyle::Gbt2025,
            targets: Vec::new(),
            extra: serde_json::Map::new(),
        }
    }
}

impl Site {
    /// Reads the `site.toml` of an archive; one that cannot be read is reported, and says nothing.
    pub(crate) fn read(root: &Folder, report: &mut Report) -> Self {
        match file::read_text(root, "site.toml") {
            Ok(text) => Self::parse(Source { file: "site.toml", text: &text }, report),
            Err(fault) => {
                report.push(fault);
                Self::default()
            }
        }
    }

    /// Reads the text of a `site.toml`.
    pub(crate) fn parse(source: Source<'_>, report: &mut Report) -> Self {
        let (text, secrets) = secret::blotted(source.text);
        let source = Source { text: &text, ..source };
        secrets.into_iter().for_each(|secret| report.push(secret_told(source, secret)));
        let default = Self::default();
        let mut fields = Fields::parse(source, 0..source.text.len(), "site", VOCABULARY, report);
        let title = fields.string("title", report);
        if title.is_none() && !fields.has_near_miss("title") && !fields.is_written("title") {
            report.push(Diagnostic::error(RecordMessage::SiteWithoutTitle).at(source, 0..0));
        }
        let language = record::language::read(&mut fields, report);
        let mut site = Self {
            title: title.unwrap_or_default(),
            language: language.unwrap_or(default.language),
            subtitle: fields.string("subtitle", report),
            description: fields.string("description", report),
            publisher: fields.string("publisher", report),
            publisher_url: fields.address("publisher_url", report),
            publisher_email: fields.string("publisher_email", report),
            base_url: fields.address("base_url", report).map(with_slash),
            extra: fields.free("extra", report),
            ..Self::default()
        };
        site.read_tables(&mut fields, report);
        site.targets = target::read(&mut fields, report);
        fields.finish(report);
        site
    }

    fn read_tables(&mut self, fields: &mut Fields<'_>, report: &mut Report) {
        let default = Self::default();
        let site = self;
        if let Some(mut rights) = fields.table("rights", report) {
            site.rights = rights.string("statement", report);
            site.rights_uri = rights.address("uri", report);
            rights.finish(report);
        }
        if let Some(mut build) = fields.table("build", report) {
            site.split_level = record::split_level(&mut build, report).unwrap_or(default.split_level);
            site.allow_html = build.flag("allow_html", report).unwrap_or(default.allow_html);
            site.restore_punctuation = build.flag("restore_punctuation", report).unwrap_or(default.restore_punctuation);
            site.search = build.flag("search", report).unwrap_or(default.search);
            if let Some(asked) = build.located_flag("pdf", report) {
                site.pdf = asked.value && cfg!(feature = "pdf");
                if asked.value && !site.pdf {
                    // The site is whole without them, so this program may build it.
                    report.push(Diagnostic::warning(SiteMessage::PdfNotIncluded).at(fields.source(), asked.span));
                }
            }
            build.finish(report);
        }
        if let Some(mut variants) = fields.table("variants", report) {
            if let Some(true) = variants.flag("zh-Hant", report) {
                site.traditional_edition = Language::of(&site.language) == Language::Simplified;
                if !site.traditional_edition {
                    let source = fields.source();
                    let at = source.text.find("variants").unwrap_or(0);
                    report.push(
                        Diagnostic::error(SiteMessage::NoTraditionalEdition { language: site.language.clone() })
                            .at(source, at..at + "variants".len()),
                    );
                }
            }
            variants.finish(report);
        }
        if let Some(mut records) = fields.table("records", report) {
            site.oai_gateway = records.address("oai_gateway", report).map(with_slash);
            site.profile = records.word("profile", &Profile::WORDS, report).unwrap_or_default();
            let styles = CitationStyle::ALL.map(|style| (style.word(), style));
            site.citation = records.word("citation", &styles, report).unwrap_or(default.citation);
            records.finish(report);
        }
        if let Some(theme) = fields.table("theme", report) {
            theme.finish(report);
        }
    }
}

impl Site {
    /// Whether flattened punctuation is restored in a text with this language tag.
    pub(crate) fn restores(&self, language: &str) -> bool {
        self.restore_punctuation && Language::of(language) != Language::English
    }
}

/// The fault of a secret that stands in the file.
fn secret_told(source: Source<'_>, (key, span): (String, Range<usize>)) -> Diagnostic {
    Diagnostic::error(TargetMessage::SecretInSite { key }).at(source, span)
}

/// A language that the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Language {
    /// zh-Hans, and the fallback for other Chinese.
    Simplified,
    /// zh-Hant, zh-TW, zh-HK, zh-MO.
    Traditional,
    /// en, and the fallback for languages that the interface does not speak.
    English,
    /// One that the archive has a file of strings for, by its place among them.
    Own(usize),
}

impl Language {
    /// The built-in language for a BCP 47 tag.
    pub(crate) fn of(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut subtags = tag.split('-');
        match subtags.next() {
            Some("zh") if subtags.any(|subtag| ["hant", "tw", "hk", "mo"].contains(&subtag)) => Self::Traditional,
            Some("zh") => Self::Simplified,
            _ => Self::English,
        }
    }

    /// Those that the binary has words for, with their tags.
    pub(crate) const BUILT_IN: [(Self, &'static str); 3] =
        [(Self::Simplified, "zh-Hans"), (Self::Traditional, "zh-Hant"), (Self::English, "en")];
}
