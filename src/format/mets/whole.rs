//! A document and its files, as METS and PREMIS describe them.

use crate::archive::edition::Edition;
use crate::fixity::hex_text;
use crate::format::media::media_type;
use crate::format::work::Work;
use crate::record::Original;

/// What a file is to its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    /// The text with its record.
    Text,
    /// A capture that the text was taken from.
    Original,
    /// What lies beside the text.
    Beside,
    /// What was said in editions.
    Editions,
    /// What readers see.
    Site,
}

impl Use {
    pub(super) const ALL: [Self; 5] = [Self::Text, Self::Original, Self::Beside, Self::Editions, Self::Site];

    /// As METS says it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Original => "original",
            Self::Beside => "attachment",
            Self::Editions => "history",
            Self::Site => "website",
        }
    }

    /// Whether PREMIS describes such a file: what is made can be made again.
    pub(super) fn is_described(self) -> bool {
        matches!(self, Self::Text | Self::Original | Self::Beside)
    }
}

/// A file of a document.
#[derive(Debug, Clone)]
pub(crate) struct Member<'a> {
    pub is: Use,
    /// Its path in the deposit.
    pub path: String,
    pub bytes: u64,
    pub sha256: [u8; 32],
    /// What the record says of it, where it is an original.
    pub original: Option<&'a Original>,
}

impl Member<'_> {
    pub(super) fn media_type(&self) -> &str {
        self.original.and_then(|original| original.media_type.as_deref()).unwrap_or_else(|| media_type(&self.path))
    }

    pub(super) fn digest(&self) -> String {
        hex_text(&self.sha256)
    }
}

/// A document and its files.
pub(crate) struct Whole<'a> {
    pub work: Work<'a>,
    /// By what they are, then by their paths.
    pub members: Vec<Member<'a>>,
    /// All editions of the archive.
    pub editions: &'a [Edition],
}
