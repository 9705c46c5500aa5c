//! What commands say besides messages: results, labels, questions, what is being done.

use serde::{Serialize, Serializer};

use crate::diagnostic::phrase::{Phrase as _, phrases};
use crate::diagnostic::said::Said;

phrases! {
    /// A word or two beside something.
    #[derive(Copy)]
    pub(crate) enum Label {
        Affiliation,
        Author,
        Blocks,
        Created,
        Date,
        Dropped,
        Editors,
        Error,
        Files,
        Headings,
        Help,
        InTheRecord,
        IndexNumber,
        Issuer,
        Note,
        Number,
        PutInto,
        ReadAs,
        Recognised,
        Rights,
        Source,
        Subjects,
        Subtitle,
        Text,
        Title,
        ToLookAt,
        Warning,
        Whole,
    }
}

phrases! {
    /// What a progress bar counts.
    #[derive(Copy)]
    pub(crate) enum Task {
        AskingAddresses,
        Depositing,
        Packing,
        ReadingCaptures,
        ReadingRecords,
        Sending,
        Verifying,
        WritingPages,
    }
}

phrases! {
    /// A stage of a build.
    #[derive(Copy)]
    pub enum Stage { Scan, Theme, Records, Look, Preparing, Pages, Lists, Catalogues, Manifest, Commit, Packing }
}

/// Programs read its name, which is the same in every language.
impl Serialize for Stage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id().trim_start_matches("stage-"))
    }
}

phrases! {
    /// What a block of a capture is.
    #[derive(Copy)]
    pub(crate) enum Recognised {
        Attachment,
        AttachmentList,
        Clause,
        ContentsLine,
        Date,
        Figure,
        Footnote,
        Heading { level: usize },
        Item,
        NoteAuthor,
        NoteEditor,
        NotePublic,
        Paragraph,
        Preformatted,
        Quotation,
        Salutation,
        Table,
    }
}

phrases! {
    /// Why something is no part of the text of a capture.
    #[derive(Copy)]
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
        /// The number of a page.
        PageNumber,
        /// What stands at the head or foot of every page.
        RunningHead,
        /// What is printed across a page.
        Watermark,
        /// The same characters at the same place once more, which only looks bold.
        PrintedTwice,
        /// A template of a wiki.
        Template,
    }
}

phrases! {
    /// A question, as `fonds init` asks it.
    #[derive(Copy)]
    pub(crate) enum Question { ApplyFixes { count: usize }, Language, Publisher, Title }
}

phrases! {
    /// What is said beside a question, or below a list.
    #[derive(Copy)]
    pub(crate) enum Hint { HowToApply, HowToUpdate, LanguageTag, NothingToFix }
}

phrases! {
    /// A line of a command's report.
    pub(crate) enum Told {
        AsKnown { file: String, record: String },
        Changed { files: String, more: usize, milliseconds: String },
        DroppedBecause { why: String },
        DroppedLines { count: usize, reasons: String },
        Faults { errors: usize, warnings: usize, both: bool },
        FilledIn { file: String, record: String },
        Imported { file: String, record: String },
        KeptAddress { old: String, new: String },
        LinkChanged { file: String, line: usize, from: String, to: String },
        MoreToRead { codes: String },
        NewerCapture { file: String, record: String },
        NoTitleFound,
        NotForFormat { count: usize, ending: String },
        Outline { headings: usize, levels: String, has_levels: bool, paragraphs: usize },
        PageCannotBeMade,
        PanelFaults { faults: String, has_errors: bool },
        PanelMore { count: usize },
        ReadingWriting { from: String, to: String },
        Updated { file: String, record: String },
        WaitingFor { command: String, process: String },
    }
}

phrases! {
    /// Why `fonds serve` answers without a page.
    #[derive(Copy)]
    pub(crate) enum NoPage { Address, Failed, Host, Method, SymbolicLink }
}

phrases! {
    /// What can be verified.
    #[derive(Copy)]
    pub(crate) enum Verifiable { Archive, Bag, Bags { count: usize }, Site, WebSite }
}

/// Programs read its name, which is the same in every language.
impl Serialize for Verifiable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id().trim_start_matches("verifiable-"))
    }
}

phrases! {
    /// The last words of a command.
    pub(crate) enum Summary {
        Built {
            documents: usize,
            files: usize,
            size: String,
            path: String,
            zip: Option<String>,
            zip_size: String,
            seconds: String,
            faults: Option<String>,
        },
        Checked { documents: usize, faults: Option<String>, notes: usize },
        Deposited {
            edition: String,
            day: String,
            documents: usize,
            bags: usize,
            files: usize,
            size: String,
            folder: String,
            left_out: usize,
            takes_all: bool,
            large: usize,
        },
        Fixed { count: usize, files: usize },
        Forgotten { address: String },
        Imported { imported: usize, updated: usize, known: usize, changed: usize, failed: usize },
        Moved { links: usize, by_hand: usize },
        MovedDry { links: usize, by_hand: usize },
        NewArchive { folder: String },
        NothingBuilt { faults: String },
        NothingMoved,
        NothingPublished { faults: String, old_site: bool },
        NothingSent { faults: String, target: String, edition: String, dry_run: bool },
        NothingWrong,
        Published {
            edition: String,
            day: String,
            is_new: bool,
            dry_run: bool,
            documents: usize,
            files: usize,
            size: String,
            folder: String,
            zip: Option<String>,
            zip_size: String,
            seconds: String,
            faults: Option<String>,
        },
        NothingDeposited { faults: String },
        Sent {
            edition: String,
            day: String,
            is_new: bool,
            dry_run: bool,
            goes_on: bool,
            target: String,
            sent: usize,
            size: String,
            removed: usize,
            files: usize,
            seconds: String,
            place: String,
            faults: Option<String>,
        },
        Ready { address: String, documents: usize, seconds: String, faults: Option<String> },
        Verified { what: Said<Verifiable>, path: String, files: usize, size: String, algorithms: String, faults: Option<String> },
        VerifiedDigest { digest: String },
        Withdrawn { id: String, path: String, dry_run: bool },
    }
}
