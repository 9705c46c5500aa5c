//! What programs recognised on scans: ALTO, PAGE XML and hOCR.
//!
//! All three say where the lines of a page are and what they hold; what belongs together they say in their own ways. Lines
//! become paragraphs by the blocks that the format puts them in, in the order of reading where it states one, and a word that
//! the format says is parted at the end of a line is put together.

mod alto;
mod hocr;
mod label;
mod page_xml;
mod reading_order;
mod recognised;

use self::label::Role;
use self::recognised::Block;
use super::marked_up::{self, MarkedUp};
use super::order::Order;
use super::prose::Prose;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::capture::Capture;
use crate::import::flow::{Change, Flow, Form, Piece};

/// Reads a page that was recognised.
///
/// Errors: `empty-capture`, `damaged-xml`, `nested-too-deeply`, `entity-declared`.
pub(crate) fn read(format: MarkedUp, capture: &Capture<'_>) -> Result<Flow, Diagnostic> {
    let (text, encoding) = marked_up::text(capture)?;
    let (media_type, recognised, witness) = match format {
        MarkedUp::Hocr => {
            let (recognised, witness) = hocr::read(&text)?;
            ("text/vnd.hocr+html", recognised, witness)
        }
        MarkedUp::PageXml => {
            let name = capture.name;
            ("application/vnd.prima.page+xml", page_xml::read(name, &text)?, page_xml::witness(name, &text)?)
        }
        _ => ("application/alto+xml", alto::read(capture.name, &text)?, alto::witness(capture.name, &text)?),
    };
    let blocks = reading_order::settle(recognised.blocks, &recognised.reading_order);
    let mut flow = Flow { stated: recognised.stated, encoding, media_type, has_line_ends: true, ..Flow::default() };
    let mut order = Order::default();
    for block in blocks {
        piece(block, &mut flow, &mut order);
    }
    if flow.pieces.iter().all(|piece| piece.outside.is_some()) {
        return Err(Diagnostic::error(CaptureMessage::CaptureWithoutText { part: None }));
    }
    flow.witness = order.of(&witness);
    Ok(flow)
}

/// Makes a piece of a block.
fn piece(block: Block, flow: &mut Flow, order: &mut Order) {
    let mut all = Prose::default();
    let mut parted = None;
    for line in block.lines.into_iter().filter(|line| !line.prose.is_empty()) {
        all.go_on(line.prose, parted.is_some());
        parted = line.hyphen;
        if let Some(hyphen) = parted {
            let change = Change {
                line: flow.pieces.len() + 1,
                was: hyphen.to_string(),
                now: String::new(),
                why: "line-end-hyphen",
            };
            flow.changes.push(change);
        }
    }
    if all.is_empty() {
        return;
    }
    order.append(&all.order);
    let (text, marks) = all.into_marks();
    let form = if block.role == Role::Heading { Form::Heading(1) } else { Form::Paragraph };
    let (outside, is_caption) = (block.role.outside(), block.role == Role::Caption);
    flow.pieces.push(Piece { text, marks, form, outside, is_caption, ..Piece::default() });
}
