//! What can be wrong with the files of an archive, with its addresses, and with documents beside each other.

use crate::diagnostic::phrase::{cases, messages};

cases! {
    /// What of the site takes a name.
    pub(crate) enum Taker {
        /// The pages of the indexes. There is always one.
        Indexes,
        /// The search. Its name is kept where an archive has none, so that it can have one any day.
        Search,
        /// The edition in traditional characters, where an archive has one.
        Edition,
    }
}

messages! {
    /// What can be wrong with the files of an archive, and between its documents.
    ArchiveMessage {
        ChangedOriginal { file: String, sha256: String, bytes: usize, before: Option<usize> } => ChangedOriginal,
        ChangesLine { line: usize } => Changes,
        DocumentInDocument => DocumentInDocument,
        DuplicateNumber { number: String, other: String } => DuplicateNumber,
        DuplicateTitle { other: String, dated: bool } => DuplicateTitle,
        EditionLine { line: usize } => DamagedEdition,
        EditionText { id: String } => DamagedEdition,
        FileNameNotUtf8 => BadFileName,
        FolderNameTaken { name: String, taker: Taker } => BadFolderName,
        HomePageName => HomePageName,
        IdsLockLine => IdsLock,
        IdsLockMerge => IdsLock,
        InvalidFolderName { name: String } => BadFolderName,
        LeftoverFile { name: String } => LeftoverFile,
        NearName { rare: String, common: String, path: String, more: usize } => NearName,
        NoContent => NoContent,
        OriginalMissing { file: String, path: String } => OriginalMissing,
        OrphanFile => OrphanFile,
        RightsUnstated { count: usize } => RightsUnstated,
        WrongExtension { name: String } => WrongExtension,
    }
}

messages! {
    /// Words that are withheld and would be published.
    LeakMessage {
        Leak { owner: String, line: Option<usize>, files: usize } => Leak,
        OpenElsewhere { owner: String } => AlsoOpen,
        RedactedOnce => Leak,
        SentencesElsewhere { owner: String, count: usize } => AlsoOpen,
    }
}

cases! {
    /// What a document of today shares with one that is gone.
    pub(crate) enum SameThing { Id, Bytes, Number, Title, Sections }
}

messages! {
    /// What can be wrong with ids, addresses, and addresses of before.
    AddressMessage {
        AddressOfSite { address: String, taker: Taker } => BadId,
        AliasInUse { address: String, other: String } => AliasTaken,
        AliasIsOwn { address: String } => AliasTaken,
        AliasOfTwo { address: String, other: String } => AliasTaken,
        AliasTwice { address: String } => AliasTaken,
        BadDocumentId { id: String } => BadId,
        DuplicateId { id: String, other: String } => DuplicateId,
        InvalidAlias { alias: String, directory: String } => BadAlias,
        InvalidSectionAlias { id: String } => BadAlias,
        LostAddress { id: String, address: String, title: String } => LostAddress,
        LostDraft { id: String, address: String, path: String } => LostAddress,
        LostMoved { id: String, address: String, path: String, same: SameThing, aliases: String, has_aliases: bool } => LostAddress,
        LostSections { section: String, count: usize, address: String, path: String, has_table: bool, lines: String, more: usize, guessed: bool } => LostSection,
        ReplacedByDraft { id: String, path: String } => ReplacedBy,
        ReplacedByUnknown { id: String, near: Option<String> } => ReplacedBy,
        ReplacedInCircle => ReplacedBy,
        SectionAliasCircle => BadAlias,
        SectionAliasDocument { id: String, near: Option<String> } => BadAlias,
        SectionAliasInUse { id: String } => AliasTaken,
        SectionAliasLost { section: String, document: String, near: Option<String>, known: Option<Vec<String>> } => BadAlias,
    }
}
