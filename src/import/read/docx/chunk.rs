//! A Word document that is nothing but a file of another kind, which Word reads when it opens the document (`altChunk`, ISO/IEC
//! 29500-1, 17.17.2.1). Editors on web pages make such ones: the text is a page in MHTML beside an empty body.

use super::parts;
use crate::diagnostic::Diagnostic;
use crate::import::read::package::Package;
use crate::import::read::relations::Relations;
use crate::import::read::xml::{Event, Xml};

/// The file inside a document that has no text of its own, with its name; none where there are several.
pub(crate) fn only(bytes: &[u8]) -> Option<(String, Vec<u8>)> {
    find(bytes).ok().flatten()
}

fn find(bytes: &[u8]) -> Result<Option<(String, Vec<u8>)>, Diagnostic> {
    let mut package = Package::open(bytes)?;
    let root = Relations::read(&mut package, "")?;
    let Some(part) = parts::document(&mut package, &root)? else { return Ok(None) };
    let text = package.xml(&part)?.unwrap_or_default();
    if !text.contains("altChunk") {
        return Ok(None);
    }
    let relations = Relations::read(&mut package, &part)?;
    let mut xml = Xml::new(&part, &text);
    let mut chunks = Vec::new();
    loop {
        match xml.next()? {
            Event::Open(element) if element.name() == ("w", "altChunk") => {
                chunks.extend(xml.attribute(&element, "r", "id"));
            }
            Event::Open(element) if matches!(element.name().1, "t" | "drawing" | "pict" | "tbl") => return Ok(None),
            Event::End => break,
            _ => {}
        }
    }
    let [id] = chunks.as_slice() else { return Ok(None) };
    let Some(relation) = relations.get(id).filter(|relation| !relation.is_outside) else { return Ok(None) };
    let name = relation.target.clone();
    Ok(package.bytes(&name)?.map(|bytes| (name, bytes)))
}
