//! What of a capture is no part of the text, why, and where its words went.

use std::ops::Range;

/// A line, or a part of one, that is no part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Its line, from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
    /// The reason.
    pub why: WhyDropped,
}

/// Why something is no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyDropped {
    /// The browser's title of the page: title and site.
    PageTitle,
    /// The title again.
    RepeatedTitle,
    /// The author again.
    RepeatedAuthor,
    /// The document number again.
    RepeatedNumber,
    /// A label whose value says nothing.
    NoValue,
    /// The way to the page in the site.
    Breadcrumb,
    /// How often the page was read.
    ViewCounter,
    /// The switch of the font's size.
    FontSize,
    /// The button to print.
    PrintButton,
    /// The button to close or return.
    CloseButton,
    /// The article before or after.
    NeighbourLink,
    /// The buttons to share.
    Share,
    /// A notice of rights; the record keeps it.
    RightsNotice,
    /// Who runs the site.
    SiteOperator,
    /// The site's licence number.
    IcpNumber,
    /// The site's number with the police.
    PoliceNumber,
    /// The government's number of the site.
    SiteCode,
    /// The button to report a fault of the site.
    ErrorReport,
    /// Links to the site's map and statements.
    SiteMap,
    /// A rule drawn with characters.
    Rule,
    /// The way through the site: menus and lists of links.
    Navigation,
    /// What stands around the text on its page.
    PageFurniture,
    /// The words below a picture that was not captured.
    Caption,
    /// Links that stand on many pages of the same folder or site.
    OnManyPages,
    /// A button, a field, a choice.
    FormControl,
    /// The page does not show it.
    Hidden,
    /// A line without a character that is seen.
    Invisible,
    /// The way back from a footnote to its mark.
    NoteReturn,
    /// The number of a footnote before its text, which its label repeats.
    NoteNumber,
}

impl WhyDropped {
    /// The reason's stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::PageTitle => "page-title",
            Self::RepeatedTitle => "repeated-title",
            Self::RepeatedAuthor => "repeated-author",
            Self::RepeatedNumber => "repeated-number",
            Self::NoValue => "no-value",
            Self::Breadcrumb => "breadcrumb",
            Self::ViewCounter => "view-counter",
            Self::FontSize => "font-size",
            Self::PrintButton => "print-button",
            Self::CloseButton => "close-button",
            Self::NeighbourLink => "neighbour-link",
            Self::Share => "share",
            Self::RightsNotice => "rights-notice",
            Self::SiteOperator => "site-operator",
            Self::IcpNumber => "icp-number",
            Self::PoliceNumber => "police-number",
            Self::SiteCode => "site-code",
            Self::ErrorReport => "error-report",
            Self::SiteMap => "site-map",
            Self::Rule => "rule",
            Self::Navigation => "navigation",
            Self::PageFurniture => "page-furniture",
            Self::Caption => "caption",
            Self::OnManyPages => "on-many-pages",
            Self::FormControl => "form-control",
            Self::Hidden => "hidden",
            Self::Invisible => "invisible",
            Self::NoteReturn => "note-return",
            Self::NoteNumber => "note-number",
        }
    }

    /// Whether it was found above the text; what is below it is the page's boilerplate.
    pub fn is_in_head(self) -> bool {
        matches!(
            self,
            Self::PageTitle
                | Self::RepeatedTitle
                | Self::RepeatedAuthor
                | Self::RepeatedNumber
                | Self::NoValue
                | Self::Breadcrumb
                | Self::ViewCounter
                | Self::FontSize
        )
    }
}

/// A line that is no part of the text, and where its words went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Its line, from 1.
    pub line: usize,
    /// The whole line.
    pub text: String,
    /// Ranges of the line, in bytes. What lies outside them may only be space and separators.
    pub pieces: Pieces,
}

/// Ranges of a line in bytes, each with where its words went.
pub(crate) type Pieces = Vec<(Range<usize>, TakenAs)>;

/// Where words that are no part of the text went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakenAs {
    /// They name a field, which the record has.
    Label,
    /// They are a value of the record.
    Record,
    /// They are among the dropped.
    Dropped,
}
