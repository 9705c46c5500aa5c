//! What of the edition's marks is told.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::MarkupMessage;

/// How often the text was marked in a way that an archive's text has no mark for.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub resolved: usize,
    pub gaps: usize,
    pub supplied: usize,
    pub unclear: usize,
    pub deleted: usize,
    /// Characters that only an attribute has.
    pub in_attributes: usize,
}

impl Counts {
    pub(super) fn told(&self) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        let Self { resolved, gaps, supplied, unclear, deleted, in_attributes } = *self;
        if resolved > 0 {
            told.push(Diagnostic::note(MarkupMessage::ReadingsResolved { count: resolved }));
        }
        if gaps + supplied + unclear + deleted > 0 {
            told.push(Diagnostic::note(MarkupMessage::EditorialMarks { gaps, supplied, unclear, deleted }));
        }
        if in_attributes > 0 {
            told.push(Diagnostic::note(MarkupMessage::CharactersInAttributes { count: in_attributes }));
        }
        told
    }
}
