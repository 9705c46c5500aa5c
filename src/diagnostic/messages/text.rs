//! What can be wrong with a file, its text, its links and its images.

use crate::diagnostic::cause::Cause;
use crate::diagnostic::phrase::messages;

messages! {
    /// What can be wrong with a file.
    FileMessage {
        ControlCharacter { line: usize, code: String } => ControlCharacter,
        NotUtf8 { line: usize } => NotUtf8,
        NotUtf8Likely { encoding: String } => NotUtf8,
        NulInText { line: usize } => NulInText,
        OldSiteLeft { cause: Cause } => OldSiteLeft,
        SymbolicLink => SymbolicLink,
        Unreadable { cause: Cause } => Unreadable,
    }
}

messages! {
    /// What can be wrong in a text.
    TextMessage {
        BadSectionId { id: String } => BadId,
        DuplicateSectionId { id: String, free: String } => DuplicateSectionId,
        HeadingWithoutId => NoId,
        ImageWithoutText => ImageWithoutText,
        NoText => NoText,
        RedactionInRecord => BadRedaction,
        RedactionNotRead => BadRedaction,
        RedactionOfLines => BadRedaction,
        RedactionWithoutWords => BadRedaction,
        SurplusCell { words: String, columns: usize, cells: usize } => SurplusCell,
        TableNotRead { head: usize, row: usize } => TableNotRead,
        TooManyPages { count: usize, most: usize } => TooManyPages,
        UnusedFootnote { label: String } => UnusedFootnote,
    }
}

messages! {
    /// What can be wrong with a link or the address of an image.
    LinkMessage {
        BackslashInLink { path: String, slashed: String } => BrokenLink,
        BlankInLink { address: String } => UnreadLink,
        BrokenLink { path: String, near: Option<String>, file: String } => BrokenLink,
        EmptyLink => BrokenLink,
        ExternalImage => ExternalImage,
        LinkByHand { from: String, to: String } => LinkByHand,
        LinkIntoUnreadable => BrokenLink,
        LinkToOriginal { path: String } => LinkToOriginal,
        LinkToWithheld { id: String } => LinkToWithheld,
        LinkToWithheldFile { path: String } => LinkToWithheld,
        MissingImage { path: String, near: Option<String> } => MissingImage,
        NoSuchSection { section: String, document: Option<String>, near: Option<String>, known: Option<Vec<String>> } => BrokenLink,
        UnsafeAddress { scheme: String, known: Vec<String> } => UnsafeAddress,
    }
}
