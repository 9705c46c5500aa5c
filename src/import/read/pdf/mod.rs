//! PDF (ISO 32000) with text: what stands where on each page, as in OFD, and in which font.
//!
//! A page is a program that draws glyphs. `walk` follows it, `font` says which characters the glyphs are, and `layout` makes
//! lines and paragraphs of them. A glyph of which the file does not say what it means is told, and a text of which much is
//! like that is refused: what merely looks whole is worse than nothing. What unpacks to a great deal, refers to itself or
//! never ends is stopped by bounds on bytes, depth and steps.

mod font;
mod guard;
mod headings;
mod hyphens;
mod info;
mod links;
mod marked;
mod matrix;
mod page;
mod path;
mod pictures;
mod plain;
mod program;
mod runs;
mod sheet;
mod state;
mod string;
mod tables;
mod unpack;
mod walk;

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, ObjRef};
use hayro_syntax::{LoadPdfError, Pdf};

use self::links::Link;
use self::page::Page;
use self::sheet::Sheet;
use self::walk::{Stopped, Walk};
use super::layout::{self, LaidOut};
use super::office::properties;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage, PrintMessage};
use crate::import::flow::{Change, Flow};

const MEDIA_TYPE: &str = "application/pdf";
/// Most pages.
const PAGES: usize = 20_000;
/// Most characters, which are held several times over while their places are compared.
const CHARACTERS: usize = 1_200_000;
/// How many straight lines make a page a table or a form.
const RULED: usize = 24;
/// Of how many characters one may be unknown in a text that is still read.
const ONE_IN: usize = 20;

/// Reads a PDF. `name` is the file's, for messages.
///
/// Errors: `encrypted-document`, `empty-capture`, `damaged-file`, `package-too-large`, `capture-too-large`.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    document(bytes).map_err(|fault| fault.in_file(name))
}

fn document(bytes: &[u8]) -> Result<Flow, Diagnostic> {
    if !guard::can_be_opened(bytes) {
        return Err(Diagnostic::error(PrintMessage::TooMuchToUnpack));
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|fault| {
        Diagnostic::error(match fault {
            LoadPdfError::Decryption(_) => PackageMessage::EncryptedDocument { format: "PDF" },
            LoadPdfError::Invalid => PackageMessage::DamagedFile { format: "PDF" },
        })
    })?;
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let mut walk = Walk::new(CHARACTERS, layers_off(&root));
    let mut pages = pages(&pdf, &mut walk)?;
    can_be_read(&pages, &walk)?;
    let mut flow = Flow { encoding: "binary".to_string(), media_type: MEDIA_TYPE, ..Flow::default() };
    let behind = pictures::settle(&mut pages, &mut flow);
    let links: Vec<Link> = pages.iter_mut().flat_map(|page| std::mem::take(&mut page.links)).collect();
    let mut laid_out = layout::read(pages.into_iter().map(|page| page.laid_out).collect());
    let parted = hyphens::settle(&mut laid_out, &mut walk.witness);
    flow.changes.extend(parted);
    flow.witness = laid_out.order.of(&walk.witness);
    changes(&mut flow, &walk, &laid_out);
    flow.pieces = std::mem::take(&mut laid_out.pieces);
    links::settle(&links, walk.witness.len(), &laid_out, &mut flow.pieces);
    layout::headings(&mut flow.pieces, &info::outline(&root));
    headings::settle(&mut flow.pieces, &laid_out.sizes);
    properties::state(&info::facts(&pdf, &root), &mut flow);
    tell(&mut flow, &walk, &laid_out.in_columns);
    let some = |count: usize| Some(count).filter(|count| *count > 0);
    let notes = [
        some(info::signatures(&root)).map(|count| PrintMessage::SignedDocument { count }),
        some(walk.notes).map(|count| PrintMessage::AnnotationsLeftOut { count }),
        some(info::attachments(&root)).map(|count| PrintMessage::AttachmentsLeftOut { count }),
        some(behind).map(|count| PrintMessage::ScansLeftOut { count }),
    ];
    flow.diagnostics.extend(notes.into_iter().flatten().map(Diagnostic::note));
    Ok(flow)
}

/// Draws all pages.
fn pages<'a>(pdf: &'a Pdf, walk: &mut Walk<'a>) -> Result<Vec<Page<'a>>, Diagnostic> {
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        if pages.len() >= PAGES {
            return Err(Diagnostic::error(PrintMessage::TooManyPagesInFile { most: PAGES }));
        }
        let mut sheet: Sheet<'a> = walk.page(page).map_err(|stopped| {
            Diagnostic::error(match stopped {
                Stopped::TooMuchWork => PrintMessage::TooMuchToUnpack,
                Stopped::TooManyCharacters => PrintMessage::TooManyCharacters { most: CHARACTERS },
            })
        })?;
        let links = links::find(page, &sheet);
        let (mut laid_out, turn) = runs::page(&mut sheet);
        laid_out.is_ruled = tables::settle(&sheet.rules, &turn, &mut laid_out) >= RULED;
        pages.push(Page { laid_out, pictures: sheet.pictures, links, turn, has_paths: sheet.paths > 0 });
    }
    Ok(pages)
}

/// Refuses a file without text, and one whose fonts do not say what their glyphs are.
fn can_be_read(pages: &[Page<'_>], walk: &Walk<'_>) -> Result<(), Diagnostic> {
    let all = walk.witness.len();
    if all == 0 {
        let is_drawn = pages.iter().any(|page| page.has_paths || !page.pictures.is_empty());
        return Err(match is_drawn {
            true => Diagnostic::error(PrintMessage::DrawnOnly { pages: pages.len() }),
            false => Diagnostic::error(CaptureMessage::CaptureWithoutText { part: None }),
        });
    }
    match walk.unknown * ONE_IN > all {
        true => Err(Diagnostic::error(PrintMessage::UnreadableFonts { unknown: walk.unknown, all })),
        false => Ok(()),
    }
}

/// The layers that are switched off when the file is opened.
fn layers_off(root: &Dict<'_>) -> HashSet<ObjRef> {
    let layers = root.get::<Dict<'_>>("OCProperties").and_then(|layers| layers.get::<Dict<'_>>("D"));
    let off = layers.and_then(|layers| layers.get::<Array<'_>>("OFF"));
    off.map(|off| off.raw_iter().filter_map(|layer| layer.as_obj_ref()).collect()).unwrap_or_default()
}

/// Notes which characters stand for others that were drawn.
fn changes(flow: &mut Flow, walk: &Walk<'_>, laid_out: &LaidOut) {
    let mut lines = vec![0_u32; walk.witness.len()];
    for (id, piece, _) in &laid_out.places {
        if let Some(line) = lines.get_mut(*id as usize) {
            *line = piece + 1;
        }
    }
    let told = walk.plain.iter().filter_map(|(id, drawn, plain)| {
        let line = lines.get(*id).copied().filter(|line| *line > 0)?;
        Some(Change { line: line as usize, was: drawn.to_string(), now: plain.clone(), why: "plain-character" })
    });
    flow.changes.extend(told);
}

fn tell(flow: &mut Flow, walk: &Walk<'_>, in_columns: &[usize]) {
    let some = |count: usize| Some(count).filter(|count| *count > 0);
    let private = |character: char| matches!(u32::from(character), 0xe000..=0xf8ff);
    let count = flow.pieces.iter().flat_map(|piece| piece.text.chars()).filter(|character| private(*character)).count();
    let warnings = [
        some(walk.unknown).map(|count| PrintMessage::UnknownGlyphs { count }),
        some(walk.damaged).map(|count| PrintMessage::DamagedContent { count }),
        some(count).map(|count| PrintMessage::PrivateCharacters { count }),
        some(walk.unseen).map(|count| PrintMessage::UnseenText { count }),
        in_columns
            .first()
            .map(|first| PrintMessage::ReadingOrderDoubtful { page: *first, others: in_columns.len() - 1 }),
    ];
    flow.diagnostics.extend(warnings.into_iter().flatten().map(Diagnostic::warning));
}
