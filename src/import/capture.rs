//! A capture, what is known of it, and what was recognised in it.

use super::block::Block;
use super::dropped::{Dropped, Taken};
use super::flow::{Change, Evidence, Media};
use super::meta::Meta;
use super::read::html::{Beside, Known, NoFiles};
use crate::diagnostic::Diagnostic;

/// What was captured.
#[derive(Debug, Clone, Copy)]
pub struct Capture<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// The file's bytes.
    pub bytes: &'a [u8],
}

/// What was recognised in a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The facts of the record.
    pub meta: Meta,
    /// The text.
    pub blocks: Vec<Block>,
    /// What is no part of the text, with the reason.
    pub dropped: Vec<Dropped>,
    /// Faults and doubts, in the order of the lines.
    pub diagnostics: Vec<Diagnostic>,
    /// The reader that read it: `doc`, `html`, `mhtml`.
    pub reader: &'static str,
    /// The encoding's name as the WHATWG standard spells it.
    pub encoding: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Size of the capture.
    pub bytes: usize,
    /// Media type of the capture (RFC 6838).
    pub media_type: &'static str,
    /// Files that the text shows, to be kept beside the record.
    pub media: Vec<Media>,
    /// Where the text is not what the capture stores.
    pub(crate) changes: Vec<Change>,
    /// Where fields of the record were found when no line says them.
    pub(crate) evidence: Vec<Evidence>,
    /// The text as Markdown, which the proof has read back.
    pub body: String,
    /// Whether a build has no error to tell of that text.
    pub(crate) soundness: Soundness,
    /// Lines whose words are in the record or dropped, for the proof of fidelity.
    pub(crate) taken: Vec<Taken>,
}

/// What the proof learned of the written text while it read it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Soundness {
    /// It was read back, and a build would read it without an error.
    Sound,
    /// It has not been read back, or there was an error.
    Open,
}

/// What is known of a capture beside its bytes.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Encoding and address, as a server or a web archive states them.
    pub known: Known<'a>,
    /// The day it was captured, as EDTF.
    pub captured: Option<&'a str>,
    /// The files beside it.
    pub beside: &'a dyn Beside,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self { known: Known::default(), captured: None, beside: &NoFiles }
    }
}

/// The fault with the file's name; a line that it has is kept.
pub(crate) fn in_file(mut fault: Diagnostic, name: &str) -> Diagnostic {
    match &mut fault.place {
        Some(place) => place.file = name.to_string(),
        None => fault = fault.in_file(name),
    }
    fault
}
