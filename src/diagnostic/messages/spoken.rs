//! What commands say besides messages: results, labels, questions, what is being done.

use serde::{Serialize, Serializer};

use crate::diagnostic::phrase::{Phrase as _, phrases};

phrases! {
    /// A word or two beside something.
    #[derive(Copy)]
    pub(crate) enum Label {
        Author,
        Blocks,
        Date,
        Dropped,
        Error,
        Files,
        Headings,
        Help,
        InTheRecord,
        Issuer,
        Note,
        Number,
        PutInto,
        ReadAs,
        Recognised,
        Rights,
        Source,
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
    pub(crate) enum Task { AskingAddresses, Packing, ReadingCaptures, ReadingRecords, WritingPages }
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
        Fixed { count: usize, files: usize },
        Imported { imported: usize, updated: usize, known: usize, changed: usize, failed: usize },
        Moved { links: usize, by_hand: usize },
        MovedDry { links: usize, by_hand: usize },
        NewArchive { folder: String },
        NothingBuilt { faults: String },
        NothingMoved,
        NothingPublished { faults: String, old_site: bool },
        NothingWrong,
        Ready { address: String, documents: usize, seconds: String, faults: Option<String> },
    }
}
