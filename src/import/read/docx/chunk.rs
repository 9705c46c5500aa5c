//! A Word document that is nothing but a file of another kind, which Word reads when it opens the document (`altChunk`, ISO/IEC
//! 29500-1, 17.17.2.1). Editors on web pages make such ones: the text is a page in MHTML beside an empty body.

use crate::diagnostic::Diagnostic;
use crate::import::read::package::Package;
use crate::import::read::relations::Relations;
use crate::import::read::xml::Xml;

/// The file inside a document that has no text of its own, with its name; none where there are several.
pub(super) fn only(
    package: &mut Package<'_>,
    (part, text): (&str, &str),
    relations: &Relations,
) -> Result<Option<(String, Vec<u8>)>, Diagnostic> {
    if !text.contains("altChunk") {
        return Ok(None);
    }
    let mut xml = Xml::new(part, text);
    let mut chunks = Vec::new();
    while let Some(element) = xml.open()? {
        match element.name() {
            ("w", "altChunk") => chunks.extend(xml.attribute(&element, "r", "id")),
            (_, "t" | "drawing" | "pict" | "tbl") => return Ok(None),
            _ => {}
        }
    }
    let [id] = chunks.as_slice() else { return Ok(None) };
    let Some(relation) = relations.get(id).filter(|relation| !relation.is_outside) else { return Ok(None) };
    Ok(package.bytes(&relation.target)?.map(|bytes| (relation.target.clone(), bytes)))
}
