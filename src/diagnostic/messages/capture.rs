//! What import finds odd in a capture, and why one cannot be read.

use crate::diagnostic::phrase::messages;

messages! {
    /// What is odd about a capture, or keeps it from being read.
    CaptureMessage {
        BadPattern { pattern: String } => BadPattern,
        BookWithoutText => EmptyCapture,
        CaptureTooLarge { megabytes: usize } => CaptureTooLarge,
        CaptureWithoutText { part: Option<String> } => EmptyCapture,
        ChangedTwice { was: String, own: String, new: String, more: usize } => UpdateConflict,
        ControlLeftOut { line: usize } => ControlCharacter,
        EarlierCaptureMissing { file: String } => OriginalMissing,
        FormatNotRead { format: &'static str } => FormatNotRead,
        FrontMatterUnreadable { why: String } => FrontMatter,
        ImageNotBeside { image: String, others: usize } => MissingImage,
        ImageOfOtherKind { image: Option<String>, kind: Option<&'static str>, others: usize } => ImageFormat,
        LinkLeftOut { address: String, others: usize } => LinkLeftOut,
        KeptBack { key: String } => KeptBack,
        LongHeading { length: usize } => LongHeading,
        LostCharacter => LostCharacter,
        MainPartDoubtful { own: usize, other: usize } => MainPartDoubtful,
        ManyCaptures => ManyCaptures,
        NestedTooDeeply { most: usize } => NestedTooDeeply,
        TooManyElements { most: usize } => CaptureTooLarge,
        TooManyLines { most: usize } => CaptureTooLarge,
        TooManyAttributes { most: usize } => NestedTooDeeply,
        NoCaptures { endings: Vec<String> } => NoCaptures,
        NoFileMatches { pattern: String } => NoSuchFile,
        NoSuchFile { path: String } => NoSuchFile,
        NotText { part: Option<String> } => NotText,
        OneCaptureOnly { count: usize } => ManyCaptures,
        PageWithoutText => EmptyCapture,
        ReprintForbidden { words: String } => ReprintForbidden,
        StrayByte { byte: String, line: usize } => StrayByte,
        TextDropped => Fidelity,
        TextLost => Fidelity,
        TextNotKept { piece: String } => Fidelity,
        TextOtherwise { found: String, printed: String } => Fidelity,
        TextTooLong { rest: String } => Fidelity,
        TextTooShort { rest: String } => Fidelity,
        TitleDoubtful { title: String } => TitleDoubtful,
        TitleGuessed { title: String } => TitleDoubtful,
        Undecodable { encoding: &'static str, position: usize, byte: Option<String>, part: Option<String> } => Undecodable,
        UnnumberedHeading => UnnumberedHeading,
        UnreadDate => UnreadDate,
    }
}

messages! {
    /// What is odd about printed numbers of headings.
    NumberMessage {
        ConfusableNumber { number: String } => ConfusableNumber,
        LonelyHeading { number: String } => LonelyNumber,
        LonelyNumber { number: String } => LonelyNumber,
        NonstandardSeparator { number: String } => NonstandardSeparator,
        SequenceDup { number: String } => SequenceDup,
        SequenceGap { number: String, before: Option<String> } => SequenceGap,
        SequenceReject { number: String, before: Option<String> } => SequenceReject,
        SequenceStart { number: String } => SequenceStart,
        UnlikeSiblings { number: String } => UnlikeSiblings,
    }
}
