//! What import finds odd in captures that store how pages are printed and not what they say: PDF, OFD, and what was recognised
//! on scans.

use crate::diagnostic::phrase::messages;

messages! {
    /// What is odd about a capture whose pages are set.
    PrintMessage {
        AnnotationsLeftOut { count: usize } => CommentsLeftOut,
        AttachmentsLeftOut { count: usize } => EmbeddedDocumentLeftOut,
        DamagedContent { count: usize } => DamagedFile,
        DrawnOnly { pages: usize } => EmptyCapture,
        PrivateCharacters { count: usize } => LostCharacter,
        ReadingOrderDoubtful { page: usize, others: usize } => ReadingOrder,
        ScansLeftOut { count: usize } => ScansLeftOut,
        SignedDocument { count: usize } => SignedDocument,
        TooManyCharacters { most: usize } => CaptureTooLarge,
        TooManyPagesInFile { most: usize } => CaptureTooLarge,
        TooMuchToUnpack => PackageTooLarge,
        UnknownGlyphs { count: usize } => LostCharacter,
        UnreadableFonts { unknown: usize, all: usize } => EmptyCapture,
        UnseenText { count: usize } => HiddenText,
    }
}
