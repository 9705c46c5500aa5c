//! What a format says that a block is.

use crate::import::dropped::WhyDropped;

/// What a block is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Text,
    Heading,
    Caption,
    PageNumber,
    RunningHead,
}

impl Role {
    /// The role of a block with a label; the formats and the programs that write them have their own words for it.
    pub(super) fn of(label: &str) -> Self {
        let label: String =
            label.chars().filter(|character| character.is_alphanumeric()).collect::<String>().to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        if has(&["pagenumber", "pageno", "numberingzone", "pagination"]) {
            Self::PageNumber
        } else if has(&["header", "footer", "running", "signaturemark", "catchword", "quiremarks"]) {
            Self::RunningHead
        } else if has(&["caption"]) {
            Self::Caption
        } else if has(&["heading", "title", "ocrchapter", "ocrsection"]) {
            Self::Heading
        } else {
            Self::Text
        }
    }

    /// Why the block is no part of the text.
    pub(super) fn outside(self) -> Option<WhyDropped> {
        match self {
            Self::PageNumber => Some(WhyDropped::PageNumber),
            Self::RunningHead => Some(WhyDropped::RunningHead),
            _ => None,
        }
    }
}
