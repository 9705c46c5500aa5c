//! OFD (GB/T 33190): documents whose pages are set, the form in which Chinese offices exchange and seal them.
//!
//! What is stored is where each character stands. `parts` says which files are pages, templates and pictures, `page` places
//! their characters, and `layout` makes lines and paragraphs of them. Names are taken without their namespace, since two
//! are in use and some programs have their own.

mod page;
mod parts;
mod witness;

use std::collections::{BTreeMap, HashMap};

use self::page::Sheet;
use self::parts::{Body, Document, PageEntry, Resources};
use super::layout::{self, PlacedPicture, Run};
use super::media::MediaShelf;
use super::office::shelf::Kept;
use super::package::Package;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::{CaptureMessage, PackageMessage, PrintMessage, Torn};
use crate::diagnostic::said::Said;
use crate::import::flow::Flow;

const MEDIA_TYPE: &str = "application/ofd";
/// Most pages.
const PAGES: usize = 20_000;
/// Most characters, which are held several times over while their places are compared.
const CHARACTERS: usize = 2_000_000;
/// Least width and height of a picture that is more than a line, in millimetres.
const PICTURE: f64 = 4.0;
/// The part of a page that a picture covers which lies behind the text.
const BEHIND: f64 = 0.8;

/// Reads an OFD document. `name` is the file's, for messages.
///
/// Errors: `encrypted-document`, `empty-capture`, `damaged-xml`, `nested-too-deeply`, and those of [`Package`].
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    document(bytes).map_err(|fault| fault.in_file(name))
}

/// What the pages of a file hold, before they are laid out.
#[derive(Default)]
struct Read {
    pages: Vec<layout::Page>,
    /// The characters of all pages in the order of the file.
    witness: Vec<char>,
    /// For each page the pictures that it shows: resource and place.
    pictures: Vec<Vec<Shown>>,
    headings: Vec<(String, usize)>,
    drawings: usize,
    annotations: usize,
    attachments: usize,
    has_paths: bool,
}

/// A picture on a page.
struct Shown {
    path: String,
    y: f64,
    is_behind: bool,
}

fn document(bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let root = parts::root(&mut package)?;
    if root.is_encrypted {
        return Err(Diagnostic::error(PackageMessage::EncryptedDocument { format: "OFD" }));
    }
    let mut read = Read::default();
    for body in &root.bodies {
        self::body(&mut package, body, &mut read)?;
    }
    if read.witness.is_empty() {
        let is_drawn = read.has_paths || read.pictures.iter().any(|page| !page.is_empty());
        return Err(match is_drawn {
            true => Diagnostic::error(PrintMessage::DrawnOnly { pages: read.pages.len() }),
            false => Diagnostic::error(CaptureMessage::CaptureWithoutText { part: None }),
        });
    }
    let mut flow = Flow { encoding: "UTF-8".to_string(), media_type: MEDIA_TYPE, ..Flow::default() };
    let behind = pictures(&mut package, &mut read, &mut flow)?;
    let laid_out = layout::read(std::mem::take(&mut read.pages));
    flow.witness = laid_out.order.of(&read.witness);
    flow.pieces = laid_out.pieces;
    layout::headings(&mut flow.pieces, &read.headings);
    parts::state(&root.bodies, &mut flow);
    tell(&mut flow, &read, &laid_out.in_columns, behind, &root.bodies);
    Ok(flow)
}

/// Reads the pages of one document of the file.
fn body(package: &mut Package<'_>, body: &Body, read: &mut Read) -> Result<(), Diagnostic> {
    let document = Document::read(package, &body.root)?.ok_or_else(|| missing(&body.root))?;
    let mut resources = Resources::default();
    for part in &document.resources {
        resources.read(package, part)?;
    }
    read.annotations += parts::count_annotations(package, &document.annotations)?;
    read.attachments += parts::count(package, document.attachments.as_deref(), "Attachment")?;
    read.headings.extend(document.headings.iter().cloned());
    let mut templates: HashMap<String, Sheet> = HashMap::new();
    for entry in &document.pages {
        if read.pages.len() >= PAGES {
            return Err(Diagnostic::error(PrintMessage::TooManyPagesInFile { most: PAGES }));
        }
        page(package, &document, entry, &mut resources, &mut templates, read)?;
    }
    Ok(())
}

/// Reads a page, with the templates behind and before it.
fn page(
    package: &mut Package<'_>,
    document: &Document,
    entry: &PageEntry,
    resources: &mut Resources,
    templates: &mut HashMap<String, Sheet>,
    read: &mut Read,
) -> Result<(), Diagnostic> {
    let text = package.xml(&entry.part)?.ok_or_else(|| missing(&entry.part))?;
    let own = Sheet::read(&entry.part, &text)?;
    for part in &own.resources {
        resources.read(package, &super::package::resolved(entry.folder(), part))?;
    }
    let (width, height) = own.area.or(document.area).unwrap_or((210.0, 297.0));
    let mut page = layout::Page { height, ..layout::Page::default() };
    let before = read.witness.len();
    let used = |in_front: bool| own.templates.iter().filter(move |used| used.in_front == in_front);
    let mut add = |sheet: &Sheet, page: &mut layout::Page| {
        let first = read.witness.len();
        read.witness.extend(&sheet.witness);
        if read.witness.len() > CHARACTERS {
            return Err(Diagnostic::error(PrintMessage::TooManyCharacters { most: CHARACTERS }));
        }
        page.runs.extend(sheet.runs.iter().map(|run| numbered(run, first)));
        page.is_ruled |= sheet.rules >= page::RULED;
        read.has_paths |= sheet.paths > 0;
        read.drawings += sheet.composites.iter().filter(|id| resources.drawings_with_text.contains(*id)).count();
        Ok(())
    };
    let mut sheets = |in_front: bool, page: &mut layout::Page| {
        for used in used(in_front) {
            let Some(part) = document.templates.get(&used.id) else { continue };
            if !templates.contains_key(part) {
                let text = package.xml(part)?.ok_or_else(|| missing(part))?;
                templates.insert(part.clone(), Sheet::read(part, &text)?);
            }
            if let Some(sheet) = templates.get(part) {
                add(sheet, page)?;
            }
        }
        Ok::<(), Diagnostic>(())
    };
    sheets(false, &mut page)?;
    sheets(true, &mut page)?;
    add(&own, &mut page)?;
    read.pictures.push(shown(&own, resources, width, height));
    page.has_text = read.witness.len() > before;
    read.pages.push(page);
    Ok(())
}

/// A part that holds text and is not there: a text with gaps must not look complete.
fn missing(part: &str) -> Diagnostic {
    Diagnostic::error(PackageMessage::DamagedPackage { why: Said(Torn::PartMissing { file: part.to_string() }) })
}

/// A run whose characters are counted in the file, of which `first` stand in the parts before.
fn numbered(run: &Run, first: usize) -> Run {
    let mut run = run.clone();
    for glyph in &mut run.glyphs {
        glyph.id = glyph.id.map(|id| id + first);
    }
    run
}

/// The pictures of a page that are more than lines.
fn shown(sheet: &Sheet, resources: &Resources, width: f64, height: f64) -> Vec<Shown> {
    let large = sheet.pictures.iter().filter(|picture| picture.width.min(picture.height) >= PICTURE);
    large
        .filter_map(|picture| {
            Some(Shown {
                path: resources.pictures.get(&picture.resource)?.clone(),
                y: picture.y,
                is_behind: picture.width * picture.height > BEHIND * width * height,
            })
        })
        .collect()
}

/// Takes the pictures of the text out of the package; how many lie behind it and are not taken.
fn pictures(package: &mut Package<'_>, read: &mut Read, flow: &mut Flow) -> Result<usize, Diagnostic> {
    let mut shelf = MediaShelf::new(package);
    let mut behind = 0;
    let mut lost: BTreeMap<String, Diagnostic> = BTreeMap::new();
    for (page, pictures) in read.pages.iter_mut().zip(&read.pictures) {
        for picture in pictures {
            if picture.is_behind && page.has_text {
                behind += 1;
                continue;
            }
            let name = picture.path.rsplit('/').next().unwrap_or_default().to_string();
            match shelf.keep(&picture.path)? {
                Kept::Image(name) => page.pictures.push(PlacedPicture { name, y: picture.y }),
                Kept::Other(kind) => {
                    let message = CaptureMessage::ImageOfOtherKind { image: Some(name.clone()), kind, others: 0 };
                    lost.insert(name, Diagnostic::warning(message));
                }
                Kept::Missing => {
                    let message = PackageMessage::ImageNotInFile { image: Some(name.clone()) };
                    lost.insert(name, Diagnostic::warning(message));
                }
            }
        }
    }
    flow.media = shelf.shelf.files;
    flow.diagnostics.extend(lost.into_values());
    Ok(behind)
}

fn tell(flow: &mut Flow, read: &Read, in_columns: &[usize], behind: usize, bodies: &[Body]) {
    let some = |count: usize| Some(count).filter(|count| *count > 0);
    let notes = [
        some(bodies.iter().map(|body| body.signatures).sum()).map(|count| PrintMessage::SignedDocument { count }),
        some(read.annotations).map(|count| PrintMessage::AnnotationsLeftOut { count }),
        some(read.attachments).map(|count| PrintMessage::AttachmentsLeftOut { count }),
        some(behind).map(|count| PrintMessage::ScansLeftOut { count }),
    ];
    flow.diagnostics.extend(notes.into_iter().flatten().map(Diagnostic::note));
    if read.drawings > 0 {
        flow.diagnostics.push(Diagnostic::warning(PackageMessage::DiagramLeftOut { count: read.drawings }));
    }
    let private = |character: char| matches!(u32::from(character), 0xe000..=0xf8ff);
    let count = flow.pieces.iter().flat_map(|piece| piece.text.chars()).filter(|character| private(*character)).count();
    if count > 0 {
        flow.diagnostics.push(Diagnostic::warning(PrintMessage::PrivateCharacters { count }));
    }
    if let Some(first) = in_columns.first() {
        let message = PrintMessage::ReadingOrderDoubtful { page: *first, others: in_columns.len() - 1 };
        flow.diagnostics.push(Diagnostic::warning(message));
    }
}
