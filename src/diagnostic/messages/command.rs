//! Why a command does nothing, or not all of it.

use super::archive::Taker;
use crate::diagnostic::cause::Cause;
use crate::diagnostic::phrase::{messages, phrases};
use crate::diagnostic::said::Said;

phrases! {
    /// How serve follows changes where the system does not tell them.
    pub(crate) enum Following { LooksItself { seconds: usize }, NotAtAll }
}

messages! {
    /// Why a command does nothing, or not all of it.
    CommandMessage {
        AlreadyWithdrawn { id: String, day: String } => CannotWithdraw,
        BadCollectionPath { path: String } => BadFolderName,
        FolderNotEmpty { folder: String } => NotEmpty,
        FolderUnreadable { cause: Cause } => NoArchive,
        NeverPublished { address: String, near: Option<String> } => CannotForget,
        NoArchive => NoArchive,
        NoArchiveBesideContent => NoArchive,
        NoArchiveIn { folder: String } => NoArchive,
        NoArchiveMisnamed { name: &'static str } => NoArchive,
        NoBrowser { cause: Cause, address: String } => NoBrowser,
        NoDocument { name: String, near: Option<String> } => NoDocument,
        NotYetPublished { id: String, path: String } => CannotWithdraw,
        NotWatching { cause: Cause, then: Said<Following> } => NoWatching,
        SiteInArchive { out: String, folder: String } => NotOurFolder,
        StillAnswers { address: String, path: String } => CannotForget,
        TextWithheld => Withheld,
        UnknownCode { code: String, near: Option<String> } => UnknownCode,
        ZipInSite { zip: String } => Zip,
        ZipInTheWay { zip: String } => Zip,
    }
}

messages! {
    /// Why something cannot be moved.
    MoveMessage {
        AddressOfCollection { address: String } => CannotMove,
        AddressOfSiteTaken { address: String, taker: Taker } => CannotMove,
        AlreadyAt { id: String, address: String } => CannotMove,
        DocumentIntoSection => CannotMove,
        FileInTheWay { path: String } => CannotMove,
        FormerAddressOf { address: String, other: String } => CannotMove,
        HeadingByHand { old: String, new: String } => CannotMove,
        IdOfAnother { id: String, other: String } => CannotMove,
        InvalidAddress { address: String } => CannotMove,
        InvalidSectionId { id: String } => CannotMove,
        OverlappingLinks => CannotMove,
        SectionIntoDocument { document: String, section: String, new: String } => CannotMove,
        SectionIntoOther { path: String, old: String, other: String, new: String } => CannotMove,
        SectionToMoveMissing { section: String, document: String, near: Option<String>, known: Option<Vec<String>> } => CannotMove,
        SectionIdTaken { id: String, document: String } => CannotMove,
        WithinDocument { collection: String, other: String } => CannotMove,
    }
}
