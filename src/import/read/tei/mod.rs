//! TEI, the form in which scholars mark up texts (P5, and what of P4 is written alike).
//!
//! Everything a text says is there, and more than one reading of it: what stands in the source and what it ought to be, what
//! one witness has and what another. The text that a reader would be given is taken, what was resolved is told, and the
//! original keeps the rest. The header becomes the record.

mod counts;
mod header;
mod kept;
mod table;
mod walk;
mod witness;

use super::html::{self, Beside};
use super::marked_up;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
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
