//! One file or folder an input format: what was captured becomes text in pieces.

pub(crate) mod book;
mod bytes;
mod chapters;
mod chm;
pub(crate) mod commonmark;
mod compound;
pub(crate) mod decode;
mod doc;
pub(crate) mod docx;
pub(crate) mod epub;
pub(crate) mod format;
pub(crate) mod front_matter;
pub(crate) mod html;
mod image_kind;
mod layout;
pub(crate) mod links;
pub(crate) mod marked_up;
mod media;
mod mhtml;
pub(crate) mod neighbours;
mod numerals;
mod ocr;
mod odt;
mod ofd;
pub(crate) mod office;
mod order;
mod other_format;
pub(crate) mod package;
mod pdf;
mod prose;
mod relations;
mod rtf;
mod sheet;
pub(crate) mod source;
mod summary;
mod tei;
pub mod warc;
mod web_archive;
mod wiki;
mod xml;
pub(crate) mod zipped;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use memchr::{memchr, memchr_iter, memchr2_iter};

use self::format::CaptureFormat;
use self::marked_up::MarkedUp;
use super::capture::{Capture, Context};
use super::flow::Flow;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage};
use crate::file;

/// Megabytes of a text, which is held several times over while it is read.
const LARGEST_TEXT: usize = 64;

/// Megabytes of a page; most of a large one are pictures that are written into it.
const LARGEST_PAGE: usize = 256;

/// Megabytes of a file of any kind.
const LARGEST: usize = 1024;

/// Lines or paragraphs of a text. One takes a kilobyte or two while it is read, however short it is.
const MOST_LINES: usize = 500_000;

/// Elements of a page.
const MOST_ELEMENTS: usize = 4_000_000;

/// The bytes of a file that is to be read, where it is not too large for any kind.
///
/// # Errors
/// `capture-too-large`, or the file cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = path.to_string_lossy();
    let read = || {
        let file = File::open(path)?;
        let mut bytes = Vec::with_capacity(usize::try_from(file.metadata()?.len()).unwrap_or(0).min(LARGEST << 20));
        file.take(((LARGEST as u64) << 20) + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| file::unreadable(&name, &error))?;
    bounded(&bytes, LARGEST).map_err(|fault| fault.in_file(name))?;
    Ok(bytes)
}

fn bounded(bytes: &[u8], megabytes: usize) -> Result<(), Diagnostic> {
    match bytes.len() > megabytes << 20 {
        true => Err(Diagnostic::error(CaptureMessage::CaptureTooLarge { megabytes })),
        false => Ok(()),
    }
}

/// Whether a capture can be read in a memory that computers have.
fn can_be_held(format: &CaptureFormat, bytes: &[u8]) -> Result<(), Diagnostic> {
    match format {
        CaptureFormat::Text | CaptureFormat::Markdown => {
            bounded(bytes, LARGEST_TEXT)?;
            let line_ends = memchr2_iter(b'\n', b'\r', bytes).take(2 * MOST_LINES + 2).count();
            few_lines(if memchr(b'\n', bytes).is_some() && memchr(b'\r', bytes).is_some() {
                line_ends / 2
            } else {
                line_ends
            })
        }
        CaptureFormat::Html => {
            bounded(bytes, LARGEST_PAGE)?;
            few_elements(bytes, MOST_ELEMENTS)
        }
        CaptureFormat::MarkedUp(_) => {
            bounded(bytes, LARGEST_TEXT)?;
            // Each begins and ends, and may be a piece.
            few_elements(bytes, 2 * MOST_LINES)
        }
        _ => bounded(bytes, LARGEST),
    }
}

fn few_elements(bytes: &[u8], most: usize) -> Result<(), Diagnostic> {
    match memchr_iter(b'<', bytes).nth(most) {
        Some(_) => Err(Diagnostic::error(CaptureMessage::TooManyElements { most })),
        None => Ok(()),
    }
}

fn few_lines(lines: usize) -> Result<(), Diagnostic> {
    match lines > MOST_LINES {
        true => Err(Diagnostic::error(CaptureMessage::TooManyLines { most: MOST_LINES })),
        false => Ok(()),
    }
}

/// The pages of a wiki's export, where a file is one of several.
pub(crate) fn wiki_pages(path: &Path) -> Option<wiki::WikiPages> {
    if marked_up::of_file(path) != Some(MarkedUp::MediaWiki) {
        return None;
    }
    let bytes = bytes(path).ok().filter(|bytes| bounded(bytes, LARGEST_TEXT).is_ok())?;
    let text = marked_up::text(&Capture { name: "", bytes: &bytes }).ok()?.0;
    wiki::pages(text)
}

/// The text of a capture in pieces, and the name of its reader; none for plain text, whose lines are all there is.
pub(crate) fn flow(capture: &Capture<'_>, context: &Context<'_>) -> (&'static str, Option<Result<Flow, Diagnostic>>) {
    let format = CaptureFormat::of(capture.name, capture.bytes);
    (format.reader(), flow_of(format, capture, context))
}

fn flow_of(format: CaptureFormat, capture: &Capture<'_>, context: &Context<'_>) -> Option<Result<Flow, Diagnostic>> {
    pieces_of(format, capture, context).map(|flow| {
        let mut flow = flow?;
        few_lines(flow.pieces.len())?;
        links::settle(&mut flow, context.beside);
        Ok(flow)
    })
}

fn pieces_of(format: CaptureFormat, capture: &Capture<'_>, context: &Context<'_>) -> Option<Result<Flow, Diagnostic>> {
    if let Err(fault) = can_be_held(&format, capture.bytes) {
        return Some(Err(fault));
    }
    match format {
        CaptureFormat::Text => None,
        CaptureFormat::Html => Some(html::read(capture.bytes, context.known, context.beside)),
        CaptureFormat::Markdown => Some(commonmark::read(capture, context)),
        CaptureFormat::Epub => Some(book::read(capture.bytes)),
        CaptureFormat::Doc => Some(doc::read(capture.name, capture.bytes)),
        CaptureFormat::Xlsx => Some(sheet::read_xlsx(capture.name, capture.bytes)),
        CaptureFormat::Xls => Some(sheet::read_xls(capture.name, capture.bytes)),
        CaptureFormat::Odt => Some(odt::read(capture.name, capture.bytes)),
        CaptureFormat::Mhtml => Some(mhtml::read(capture, context)),
        CaptureFormat::Rtf => Some(rtf::read(capture.name, capture.bytes)),
        CaptureFormat::Docx => Some(word(capture, context)),
        CaptureFormat::MarkedUp(format @ (MarkedUp::Alto | MarkedUp::PageXml | MarkedUp::Hocr)) => {
            Some(ocr::read(format, capture))
        }
        CaptureFormat::MarkedUp(MarkedUp::MediaWiki) => Some(wiki::read(capture, context.beside)),
        CaptureFormat::MarkedUp(MarkedUp::Tei) => Some(tei::read(capture, context.beside)),
        CaptureFormat::Ofd => Some(ofd::read(capture.name, capture.bytes)),
        CaptureFormat::Pdf => Some(pdf::read(capture.name, capture.bytes)),
        CaptureFormat::Chm => Some(chm::read(capture.bytes)),
        CaptureFormat::Warc => Some(Err(Diagnostic::error(CaptureMessage::ManyCaptures))),
        CaptureFormat::NotRead(format) => Some(Err(Diagnostic::error(CaptureMessage::FormatNotRead { format }))),
        CaptureFormat::OldWord => Some(Err(Diagnostic::error(PackageMessage::WordFileBefore97))),
        CaptureFormat::Encrypted(format) => Some(Err(Diagnostic::error(PackageMessage::EncryptedDocument { format }))),
    }
}

/// A Word document, or the file that it holds in the place of a text.
fn word(capture: &Capture<'_>, context: &Context<'_>) -> Result<Flow, Diagnostic> {
    let (name, bytes) = match docx::read(capture.name, capture.bytes)? {
        docx::Held::Text(flow) => return Ok(*flow),
        docx::Held::File(name, bytes) => (name, bytes),
    };
    let inner = match CaptureFormat::of(&name, &bytes) {
        // Documents within documents have no end.
        CaptureFormat::Docx => CaptureFormat::NotRead("Word"),
        inner => inner,
    };
    let flow = pieces_of(inner, &Capture { name: capture.name, bytes: &bytes }, context);
    let flow = flow.unwrap_or_else(|| Err(Diagnostic::error(CaptureMessage::FormatNotRead { format: "altChunk" })));
    Ok(Flow { media_type: docx::MEDIA_TYPE, ..flow? })
}
