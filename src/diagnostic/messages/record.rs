//! What can be wrong in a record or in site.toml, where it is TOML.

use crate::diagnostic::phrase::{cases, messages, phrases};
use crate::diagnostic::said::Said;

phrases! {
    /// What a value is, or should be.
    #[derive(Copy)]
    pub(crate) enum ValueType { Text, Date, TextList, TableList, WholeNumber, TrueOrFalse, Table, Number, List }
}

cases! {
    /// Why a text is no date.
    pub enum DateFault {
        /// It has not the form of one, or there is no such day.
        Malformed,
        /// It is EDTF, but of level 2.
        LevelTwo,
        /// It has a time of day.
        TimeOfDay,
    }
}

cases! {
    /// What a record lacks.
    pub(crate) enum Lacking { Authors, Date, Source, Rights }
}

messages! {
    /// What can be wrong in a record or in site.toml.
    RecordMessage {
        AuthorWithoutName => MissingName,
        BadDate { field: String, text: String, why: DateFault, meant: Option<String>, has_printed_form: bool } => BadDate,
        BadSplitLevel { level: String } => BadSplitLevel,
        CapturedBeforePublished => ImpossibleDate,
        ControlInField { field: String, code: String } => ControlCharacter,
        FieldByHand { field: String } => WrongType,
        LongRecord => LongRecord,
        MalformedLanguage { tag: String } => BadLanguage,
        MissingField { lacking: Lacking } => MissingField,
        NotAnAddress { field: String, text: String, meant: Option<String> } => NotAnAddress,
        RecordWithoutTitle => MissingTitle,
        SeveralNames { field: String, text: String, parts: Vec<String> } => SeveralNames,
        SiteWithoutTitle => MissingTitle,
        UnknownField { field: String, table: String, near: Option<String>, known: Vec<String>, takes_extra: bool } => UnknownField,
        UnknownLanguage { language: String, meant: Option<String> } => UnknownLanguage,
        UnknownRightsUri { guess: String } => UnknownRightsUri,
        UnknownWord { field: String, word: String, near: Option<String>, known: Vec<String> } => UnknownWord,
        WrittenAfterPublished => ImpossibleDate,
        WrongType { field: String, wanted: Said<ValueType>, found: Said<ValueType>, example: &'static str } => WrongType,
    }
}
