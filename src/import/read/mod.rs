//! One file or folder an input format: what was captured becomes text in pieces.

pub(crate) mod book;
pub(crate) mod commonmark;
pub(crate) mod decode;
pub(crate) mod docx;
pub(crate) mod epub;
pub(crate) mod format;
pub(crate) mod front_matter;
pub(crate) mod html;
mod image_kind;
pub(crate) mod links;
pub(crate) mod neighbours;
mod numerals;
mod other_format;
pub(crate) mod package;
pub(crate) mod source;
pub mod warc;

use self::format::CaptureFormat;
use super::capture::{Capture, Context};
use super::flow::Flow;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage};

/// The text of a capture in pieces; none for plain text, whose lines are all there is.
pub(crate) fn flow(capture: &Capture<'_>, context: &Context<'_>) -> Option<Result<Flow, Diagnostic>> {
    let flow = match CaptureFormat::of(capture.name, capture.bytes) {
        CaptureFormat::Text => None,
        CaptureFormat::Html => Some(html::read(capture.bytes, context.known, context.beside)),
        CaptureFormat::Markdown => Some(commonmark::read(capture, context)),
        CaptureFormat::Epub => Some(book::read(capture.bytes)),
        CaptureFormat::Docx => Some(docx::read(capture.name, capture.bytes)),
        CaptureFormat::Warc => Some(Err(Diagnostic::error(CaptureMessage::ManyCaptures))),
        CaptureFormat::NotRead(format) => Some(Err(Diagnostic::error(CaptureMessage::FormatNotRead { format }))),
        CaptureFormat::OldWord => Some(Err(Diagnostic::error(PackageMessage::OldWordFile))),
    };
    flow.map(|flow| {
        flow.map(|mut flow| {
            links::settle(&mut flow, context.beside);
            flow
        })
    })
}
