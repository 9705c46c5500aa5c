//! What can be wrong where a record or site.toml is not TOML, or where the record does not begin or end.

use crate::diagnostic::phrase::{cases, messages};

cases! {
    /// What a sign looks like that is none of TOML's.
    pub(crate) enum LookAlike { QuotationMark, Comma, Blank, Colon, Sign, None }
}

cases! {
    /// What the parser did not understand, where nothing better is known.
    pub(crate) enum TomlFault { Name, Text, Value, Heading, Line }
}

messages! {
    /// What can be wrong in TOML, and in the lines around a record.
    TomlMessage {
        BackslashInText { fixed: String } => Toml,
        BareDate { fixed: String } => Toml,
        BareList { fixed: String } => Toml,
        BareName { fixed: String } => Toml,
        BareText { fixed: String } => Toml,
        ColonForEquals { fixed: Option<String> } => Toml,
        DuplicateKey { key: String, first: String } => Toml,
        EmptyFile => MissingRecord,
        FileNotToml => Toml,
        LookAlikeSign { sign: char, number: String, looks_like: LookAlike, meant: String, fixed: Option<String> } => Toml,
        MacintoshLineEnds => MissingRecord,
        MisspeltBoolean { written: String, fixed: String } => Toml,
        MissingComma { fixed: String } => Toml,
        MissingEquals { fixed: String } => Toml,
        MissingFirstLine => MissingRecord,
        NoRecord => MissingRecord,
        NotToml { fault: TomlFault } => Toml,
        QuotesInText { fixed: String } => Toml,
        RecordNotToml => Toml,
        TextBeforeRecord => MissingRecord,
        TrailingText { fixed: String } => Toml,
        UnclosedList => Toml,
        UnclosedRecord => OpenRecord,
        UnclosedText { fixed: String } => Toml,
        WideFirstLine => MissingRecord,
        WrongFirstLine => MissingRecord,
        WrongLastLine { line: String } => OpenRecord,
        YamlRecord => MissingRecord,
    }
}
