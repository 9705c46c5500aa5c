//! What can be wrong with the site that is built, and with its templates and words.

use crate::diagnostic::cause::Cause;
use crate::diagnostic::phrase::{messages, phrases};
use crate::diagnostic::said::Said;

messages! {
    /// What can be wrong with the site.
    SiteMessage {
        ForeignFiles { name: String, count: usize, files: Vec<String> } => StrangeFiles,
        MissingStrings { count: usize, language: String, missing: Vec<String> } => MissingStrings,
        #[cfg_attr(not(feature = "pdf"), expect(dead_code))]
        NoChineseFont { fonts: Vec<String>, folder: &'static str } => PdfFont,
        NoTraditionalEdition { language: String } => Variants,
        NotBuiltByFonds { name: String } => NotOurFolder,
        OldZip { zip: String } => OldZip,
        PathClash { one: String, two: String } => PathClash,
        #[cfg_attr(not(feature = "pdf"), expect(dead_code))]
        PdfFailed { why: String } => Pdf,
        PdfNotIncluded => NoPdf,
        UnconvertiblePage { page: String, cause: Cause } => Edition,
        UnknownPlace { place: String, key: String, known: Option<Vec<String>> } => UnknownPlace,
        UnknownString { key: String, near: Option<String> } => UnknownString,
        UnportableName { path: String } => UnportableName,
    }
}

phrases! {
    /// The end of a template's remedy: where the fault was met, and where more is written.
    pub(crate) enum Where { OnPage { page: String }, Anywhere }
}

messages! {
    /// What can be wrong in a template.
    TemplateMessage {
        CannotLoop { kind: String, more: Said<Where> } => Template,
        EndlessPage { page: String } => Template,
        LookAlikeInTemplate { sign: char, more: Said<Where> } => Template,
        NothingToLoop { more: Said<Where> } => Template,
        OutsideBlocks { more: Said<Where> } => Template,
        TemplateFault { why: String, more: Said<Where> } => Template,
        UnclosedBlock { tag: &'static str, more: Said<Where> } => Template,
        UnknownName { name: String, near: Option<String>, known: Vec<String>, more: Said<Where> } => Template,
        UnknownTemplate { name: String, near: Option<String>, more: Said<Where> } => Template,
    }
}
