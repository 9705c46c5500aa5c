//! What import finds odd in captures that hold other files: Word documents, EPUB books, web archives.

use crate::diagnostic::phrase::{messages, phrases};
use crate::diagnostic::said::Said;

phrases! {
    /// How a package, a book or a web archive is damaged.
    pub(crate) enum Torn {
        BreaksOff,
        BreaksOffInHead,
        EmptyBook,
        HeadWithoutEnd,
        LineTooLong,
        NoLength,
        NoRecord,
        NotListed { file: String },
        PartMissing { file: String },
        TooLarge,
        Other { text: String },
    }
}

phrases! {
    /// Why a page of a web archive, or a package, could not be unpacked.
    pub(crate) enum Unpacked {
        DamagedCoding { coding: String },
        TooManyCodings { most: usize },
        TooManyFiles { count: usize },
        TooLargeFile { file: String, megabytes: usize },
        UnknownCoding { coding: String },
    }
}

messages! {
    /// What is odd about a capture that holds other files.
    PackageMessage {
        CommentsLeftOut { count: usize } => CommentsLeftOut,
        DamagedBook { file: String, why: Said<Torn> } => NotABook,
        DamagedFile { format: &'static str } => DamagedFile,
        DamagedPackage { why: Said<Torn> } => NotAPackage,
        DamagedRecord { record: usize, address: String } => HttpDamaged,
        DamagedWarc { record: usize, why: Said<Torn> } => WarcDamaged,
        DamagedWordFile => NotADocument,
        DamagedXml { part: String, position: usize, why: Said<Torn> } => DamagedXml,
        DiagramLeftOut { count: usize } => DiagramLeftOut,
        EmbeddedDocumentLeftOut { count: usize } => EmbeddedDocumentLeftOut,
        EncryptedBook { path: String } => EncryptedBook,
        EncryptedDocument { format: &'static str } => EncryptedDocument,
        EntityDeclared { part: String } => EntityDeclared,
        FieldTextLeftOut { count: usize } => FieldTextLeftOut,
        FormulaFlattened { count: usize } => FormulaFlattened,
        HiddenText { count: usize } => HiddenText,
        ImageNotInFile { image: Option<String> } => MissingImage,
        MissingChapter { file: String } => MissingChapter,
        NotABook { why: Said<Torn> } => NotABook,
        NotADocument => NotADocument,
        NoteMissing { label: String } => NoteMissing,
        PackageTooLarge { why: Said<Unpacked> } => PackageTooLarge,
        PageTooLarge { megabytes: usize, address: String } => RecordTooLarge,
        PageNotUnpacked { why: Said<Unpacked>, address: String } => ContentEncoding,
        PartTooDeep { part: String, most: usize } => NestedTooDeeply,
        SymbolFont { font: String } => SymbolFont,
        TrackedChanges { insertions: usize, deletions: usize } => TrackedChanges,
        UnreferencedNote { label: String } => UnreferencedNote,
        WordFileBefore97 => OldWordFile,
    }
}
