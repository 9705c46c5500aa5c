//! OpenDocument texts (.odt and .fodt, ISO/IEC 26300, OpenDocument 1.3).
//!
//! A package has its text in one part and the styles that a person sees in another; a flat file has all in one. What is found
//! is told in the terms that all formats of word processors share (`office`). The `witness` is a second, simpler reading of
//! the same elements, which the pieces are held against.
//!
//! Crates considered: none reads texts with their lists, notes and tracked changes. It is zip and quick-xml, as for .docx.

mod changes;
mod grid;
mod lists;
mod pictures;
mod skipped;
mod story;
mod styles;
mod witness;

use self::pictures::Pictures;
use self::story::Story;
use self::styles::Sheet;
use super::decode::decode_part;
use super::media::MediaShelf;
use super::office::pieces::Pieces;
use super::office::shelf::Shelf;
use super::office::{self, Beside, properties};
use super::package::Package;
use super::xml::Xml;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::PackageMessage;
use crate::import::flow::Flow;
use crate::import::meta::Meta;

const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// Reads a text. `name` is the file's, for messages.
///
/// Errors: `not-a-document`, `encrypted-document`, `damaged-xml`, `nested-too-deeply`, and those of [`Package`].
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let flow = if bytes.starts_with(b"PK") { package(name, bytes) } else { flat(name, bytes) };
    flow.map_err(|fault| fault.in_file(name))
}

fn package(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let manifest = package.xml("META-INF/manifest.xml")?.unwrap_or_default();
    if is_encrypted(&manifest)? {
        return Err(Diagnostic::error(PackageMessage::EncryptedDocument { format: "OpenDocument" }));
    }
    let text = package.xml("content.xml")?.ok_or_else(|| Diagnostic::error(PackageMessage::NotADocument))?;
    let styles = package.xml("styles.xml")?;
    let meta = package.xml("meta.xml")?;
    let mut stated = Meta::default();
    if let Some(meta) = &meta {
        metadata("meta.xml", meta, &mut stated)?;
    }
    let mut sheet = Sheet::default();
    for (part, text) in [("styles.xml", styles.as_deref()), ("content.xml", Some(text.as_str()))] {
        sheet.read(part, text.unwrap_or_default())?;
    }
    document(name, ("content.xml", &text), sheet, Pictures::Package(MediaShelf::new(&mut package)), stated)
}

fn flat(name: &str, bytes: &[u8]) -> Result<Flow, Diagnostic> {
    let text = decode_part(bytes, name)?.text;
    if text.contains("<!ENTITY") {
        return Err(Diagnostic::error(PackageMessage::EntityDeclared { part: name.to_string() }));
    }
    let mut stated = Meta::default();
    metadata(name, &text, &mut stated)?;
    let mut sheet = Sheet::default();
    sheet.read(name, &text)?;
    document(name, (name, &text), sheet, Pictures::Inside(Shelf::default()), stated)
}

fn document(
    name: &str,
    (part, text): (&str, &str),
    mut sheet: Sheet,
    pictures: Pictures<'_, '_>,
    properties: Meta,
) -> Result<Flow, Diagnostic> {
    let mut xml = in_text(part, text)?;
    let mut story = Story::new(&mut sheet, pictures);
    let body = story.read(&mut xml)?;
    let mut notes = std::mem::take(&mut story.notes);
    let found = std::mem::take(&mut story.found);
    let (oddities, comments) = (std::mem::take(&mut story.oddities), story.comments);
    let media = story.pictures.into_shelf().files;
    let mut pieces = Pieces::new(name, &sheet.styles, sheet.numbering);
    for block in body.finish() {
        pieces.add(block);
    }
    notes.append(&mut pieces, found);
    let witness = witness::read(&mut in_text(part, text)?)?;
    let beside = Beside { media, properties, oddities, comments, witness };
    Ok(office::finish(pieces, beside, MEDIA_TYPE, "UTF-8"))
}

/// The stream of a part's elements behind the one that holds the text.
fn in_text<'a>(part: &'a str, text: &'a str) -> Result<Xml<'a>, Diagnostic> {
    let mut xml = Xml::new(part, text);
    while let Some(element) = xml.open()? {
        if element.name() == ("office", "text") {
            return Ok(xml);
        }
    }
    Err(Diagnostic::error(PackageMessage::NotADocument))
}

fn is_encrypted(manifest: &str) -> Result<bool, Diagnostic> {
    let mut xml = Xml::new("META-INF/manifest.xml", manifest);
    while let Some(element) = xml.open()? {
        if element.name() == ("manifest", "encryption-data") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Puts what the file says of the document where it belongs.
fn metadata(part: &str, text: &str, stated: &mut Meta) -> Result<(), Diagnostic> {
    let mut xml = Xml::new(part, text);
    while let Some(element) = xml.open()? {
        match element.name() {
            ("dc", "title") => properties::title(stated, &xml.text()?),
            ("meta", "initial-creator") => properties::creator(stated, &xml.text()?),
            ("dc", "subject") | ("meta", "keyword") => properties::subjects(stated, &xml.text()?),
            ("office", "body") => xml.skip()?,
            _ => {}
        }
    }
    Ok(())
}
