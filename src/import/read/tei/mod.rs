//! TEI, the form in which scholars mark up texts (P5, and what of P4 is written alike).
//!
//! Everything a text says is there, and more than one reading of it: what stands in the source and what it ought to be, what
//! one witness has and what another. The text that a reader would be given is taken, what was resolved is told, and the
//! original keeps the rest. The header becomes the record.

mod header;
mod kept;
mod table;
mod walk;
mod witness;

use super::html::{self, Beside};
use super::marked_up;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, MarkupMessage};
use crate::import::capture::Capture;
use crate::import::flow::Flow;

const MEDIA_TYPE: &str = "application/tei+xml";

/// Reads a text in TEI.
///
/// Errors: `empty-capture`, `damaged-xml`, `nested-too-deeply`, `entity-declared`.
pub(crate) fn read(capture: &Capture<'_>, beside: &dyn Beside) -> Result<Flow, Diagnostic> {
    let (text, encoding) = marked_up::text(capture)?;
    let walked = walk::read(capture.name, &text)?;
    if walked.flow.pieces.is_empty() {
        return Err(Diagnostic::error(CaptureMessage::CaptureWithoutText { part: None }));
    }
    let mut flow = walked.flow;
    flow.witness = walked.order.of(&witness::read(capture.name, &text)?);
    flow.encoding = encoding;
    flow.media_type = MEDIA_TYPE;
    flow.has_line_ends = true;
    header::read(capture.name, &text, &mut flow)?;
    flow.diagnostics.extend(walked.counts.told());
    html::keep_pictures(&mut flow, beside);
    Ok(flow)
}

/// How often the text was marked in a way that an archive's text has no mark for.
#[derive(Debug, Default)]
struct Counts {
    resolved: usize,
    gaps: usize,
    supplied: usize,
    unclear: usize,
    deleted: usize,
    /// Characters that only an attribute has.
    in_attributes: usize,
}

impl Counts {
    fn told(&self) -> Vec<Diagnostic> {
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
