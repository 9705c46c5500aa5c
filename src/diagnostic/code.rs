//! Every code that a message can carry, by what it is about.
//!
//! People search for a code, scripts filter by it, and `fonds explain` has a page for it; so the list is closed and the
//! names never change. A test compares the list with the pages in `docs/content/codes/`.

use std::fmt;

use serde::{Serialize, Serializer};

use super::lang::Lang;
use super::words;

macro_rules! codes {
    ($($group:ident { $($code:ident = $name:literal),* $(,)? })*) => {
        /// The stable name of a kind of message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each code has a page of its own: `fonds explain CODE`")]
        pub enum Code { $($($code),*),* }

        /// All groups of codes, in the order in which they are listed.
        pub const GROUPS: &[CodeGroup] = &[$(CodeGroup { topic: Topic::$group, codes: &[$(Code::$code),*] }),*];

        impl Code {
            /// As it is printed: `unknown-field`.
            pub fn name(self) -> &'static str {
                match self { $($(Self::$code => $name),*),* }
            }
        }
    };
}

super::phrase::phrases! {
    /// What a group of codes is about.
    #[derive(Copy)]
    pub enum Topic { Archive, Records, Texts, Beside, Site, Deposits, Importing }
}

/// Codes that are about the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeGroup {
    topic: Topic,
    /// Its codes, sorted by name.
    pub codes: &'static [Code],
}

impl CodeGroup {
    /// Its heading.
    pub fn title(&self, lang: Lang) -> String {
        words::say(&self.topic, lang)
    }
}

impl Code {
    /// The code with this name.
    pub fn named(name: &str) -> Option<Self> {
        all().find(|code| code.name() == name)
    }

    /// The group that it belongs to.
    pub fn group(self) -> Option<&'static CodeGroup> {
        GROUPS.iter().find(|group| group.codes.contains(&self))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// All codes in the order of the list.
pub fn all() -> impl Iterator<Item = Code> {
    GROUPS.iter().flat_map(|group| group.codes).copied()
}

codes! {
    Archive {
        BadFileName = "bad-file-name",
        BadFolderName = "bad-folder-name",
        CannotMove = "cannot-move",
        ChangedOriginal = "changed-original",
        DocumentInDocument = "document-in-document",
        HomePageName = "home-page-name",
        Leak = "leak",
        LeftoverFile = "leftover-file",
        NoArchive = "no-archive",
        NoContent = "no-content",
        NoDocument = "no-document",
        NotEmpty = "not-empty",
        NotUtf8 = "not-utf8",
        OldSiteLeft = "old-site-left",
        OrphanFile = "orphan-file",
        SymbolicLink = "symbolic-link",
        UnknownCode = "unknown-code",
        Unreadable = "unreadable",
        WrongExtension = "wrong-extension",
    }
    Records {
        AliasTaken = "alias-taken",
        AlsoOpen = "also-open",
        BadAlias = "bad-alias",
        BadDate = "bad-date",
        BadId = "bad-id",
        BadLanguage = "bad-language",
        BadRedaction = "bad-redaction",
        BadSplitLevel = "bad-split-level",
        DuplicateId = "duplicate-id",
        ImpossibleDate = "impossible-date",
        LongRecord = "long-record",
        MissingField = "missing-field",
        MissingName = "missing-name",
        MissingRecord = "missing-record",
        MissingTitle = "missing-title",
        NotAnAddress = "not-an-address",
        OpenRecord = "open-record",
        ReplacedBy = "replaced-by",
        RightsUnstated = "rights-unstated",
        SeveralNames = "several-names",
        Toml = "toml",
        UnknownField = "unknown-field",
        UnknownLanguage = "unknown-language",
        UnknownRightsUri = "unknown-rights-uri",
        UnknownWord = "unknown-word",
        WrongType = "wrong-type",
    }
    Texts {
        BrokenLink = "broken-link",
        ControlCharacter = "control-character",
        DeadAddress = "dead-address",
        DuplicateSectionId = "duplicate-section-id",
        ExternalImage = "external-image",
        ImageWithoutText = "image-without-text",
        LinkByHand = "link-by-hand",
        LinkToOriginal = "link-to-original",
        LinkToWithheld = "link-to-withheld",
        MissingImage = "missing-image",
        MovedAddress = "moved-address",
        NoId = "no-id",
        NoText = "no-text",
        NulInText = "nul-in-text",
        PrivateAddress = "private-address",
        RefusedAddress = "refused-address",
        SilentAddress = "silent-address",
        SurplusCell = "surplus-cell",
        TableNotRead = "table-not-read",
        TooManyPages = "too-many-pages",
        UnreadLink = "unread-link",
        UnsafeAddress = "unsafe-address",
        UnusedFootnote = "unused-footnote",
        Withheld = "withheld",
    }
    Beside {
        DuplicateNumber = "duplicate-number",
        DuplicateTitle = "duplicate-title",
        NearName = "near-name",
    }
    Site {
        AsServed = "as-served",
        CannotForget = "cannot-forget",
        CannotWithdraw = "cannot-withdraw",
        Changes = "changes",
        Edition = "edition",
        HostKey = "host-key",
        IdsLock = "ids-lock",
        LostAddress = "lost-address",
        LostSection = "lost-section",
        MissingStrings = "missing-strings",
        NoBrowser = "no-browser",
        NoPdf = "no-pdf",
        NoSecret = "no-secret",
        NoTarget = "no-target",
        NoWatching = "no-watching",
        NotOurFolder = "not-our-folder",
        OldZip = "old-zip",
        OtherArchive = "other-archive",
        PathClash = "path-clash",
        Pdf = "pdf",
        PdfFont = "pdf-font",
        SecretInSite = "secret-in-site",
        StrangeFiles = "strange-files",
        TargetSettings = "target-settings",
        Template = "template",
        UnknownPlace = "unknown-place",
        UnknownString = "unknown-string",
        UnportableName = "unportable-name",
        Variants = "variants",
        Zip = "zip",
    }
    Deposits {
        ChangedBytes = "changed-bytes",
        DamagedBag = "damaged-bag",
        MissingFile = "missing-file",
        NotVerifiable = "not-verifiable",
        OtherSpelling = "other-spelling",
        SurplusFile = "surplus-file",
        Unpublished = "unpublished",
        UnsafePath = "unsafe-path",
    }
    Importing {
        BadPattern = "bad-pattern",
        CaptureTooLarge = "capture-too-large",
        CommentsLeftOut = "comments-left-out",
        ConfusableNumber = "confusable-number",
        ContentEncoding = "content-encoding",
        DamagedEdition = "damaged-edition",
        DamagedFile = "damaged-file",
        DamagedXml = "damaged-xml",
        DiagramLeftOut = "diagram-left-out",
        EditorialMarks = "editorial-marks",
        EmbeddedDocumentLeftOut = "embedded-document-left-out",
        EmptyCapture = "empty-capture",
        EncryptedBook = "encrypted-book",
        EncryptedDocument = "encrypted-document",
        EntityDeclared = "entity-declared",
        Fidelity = "fidelity",
        FieldTextLeftOut = "field-text-left-out",
        FormatNotRead = "format-not-read",
        FormulaFlattened = "formula-flattened",
        FrontMatter = "front-matter",
        HiddenText = "hidden-text",
        HttpDamaged = "http-damaged",
        ImageFormat = "image-format",
        KeptBack = "kept-back",
        LinkLeftOut = "link-left-out",
        LonelyNumber = "lonely-number",
        LongHeading = "long-heading",
        LostCharacter = "lost-character",
        MainPartDoubtful = "main-part-doubtful",
        ManyCaptures = "many-captures",
        MissingChapter = "missing-chapter",
        NestedTooDeeply = "nested-too-deeply",
        NoCaptures = "no-captures",
        NoSuchFile = "no-such-file",
        NonstandardSeparator = "nonstandard-separator",
        NotABook = "not-a-book",
        NotADocument = "not-a-document",
        NotAPackage = "not-a-package",
        NotText = "not-text",
        NoteMissing = "note-missing",
        OldWordFile = "old-word-file",
        OriginalMissing = "original-missing",
        PackageTooLarge = "package-too-large",
        ReadingOrder = "reading-order",
        RecordTooLarge = "record-too-large",
        ReprintForbidden = "reprint-forbidden",
        ScansLeftOut = "scans-left-out",
        SequenceDup = "sequence-dup",
        SequenceGap = "sequence-gap",
        SequenceReject = "sequence-reject",
        SequenceStart = "sequence-start",
        SignedDocument = "signed-document",
        StrayByte = "stray-byte",
        SymbolFont = "symbol-font",
        TemplatesLeftOut = "templates-left-out",
        TitleDoubtful = "title-doubtful",
        TrackedChanges = "tracked-changes",
        Undecodable = "undecodable",
        UnlikeSiblings = "unlike-siblings",
        UnnumberedHeading = "unnumbered-heading",
        UnreadDate = "unread-date",
        UnreferencedNote = "unreferenced-note",
        UpdateConflict = "update-conflict",
        WarcDamaged = "warc-damaged",
    }
}
