//! What keeps an edition from being deposited, and what is found in a deposit.

use crate::diagnostic::phrase::messages;

messages! {
    /// Why nothing is deposited.
    DepositMessage {
        DepositInArchive { folder: String, holds: String } => NotOurFolder,
        NamesMeet { one: String, two: String } => PathClash,
        NothingPublished => Unpublished,
        UnpublishedChanges { edition: String, day: String } => Unpublished,
    }
}

messages! {
    /// What is found in files that have a list of digests.
    FixityMessage {
        BagAlgorithmUnknown { name: String } => DamagedBag,
        BagAlone { group: String, found: usize, count: usize } => DamagedBag,
        BagEncodingUnknown { name: String } => DamagedBag,
        BagLineUnread { line: usize } => DamagedBag,
        BagListedTwice { path: String } => DamagedBag,
        BagNotInEvery { list: String } => DamagedBag,
        BagNotPayload { path: String } => DamagedBag,
        BagOxum { said: String, found: String } => DamagedBag,
        BagWithoutDeclaration => DamagedBag,
        BagWithoutList => DamagedBag,
        BytesChanged { algorithm: &'static str, said: String, found: String } => ChangedBytes,
        FileMissing => MissingFile,
        FileNotFetched { address: String } => MissingFile,
        FileSurplus { list: String } => SurplusFile,
        InventoriesDiffer => DamagedBag,
        InventoryUnread => DamagedBag,
        NameInOtherCase { found: String } => OtherSpelling,
        NameInOtherForm { found: String } => OtherSpelling,
        NamesAlike { other: String } => OtherSpelling,
        NothingToVerify { path: String } => NotVerifiable,
        PathLeaves { path: String } => UnsafePath,
        SizeChanged { said: String, found: String } => ChangedBytes,
        VersionWithoutContent { version: String, digest: String } => DamagedBag,
        VersionsNotInOrder => DamagedBag,
    }
}
