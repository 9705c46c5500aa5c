//! Which file of the package is which part.

use super::xml::{Event, Xml};
use crate::diagnostic::Diagnostic;
use crate::import::read::package::Package;
use crate::import::read::relations::Relations;

/// Where Word puts the text when nothing says where it is.
const DOCUMENT: &str = "word/document.xml";

/// The path of the part with the text, if there is one.
pub(super) fn document(package: &mut Package<'_>, root: &Relations) -> Result<Option<String>, Diagnostic> {
    let related = root.kind("officeDocument").filter(|path| package.has(path));
    let typed = if related.is_some() { related } else { document_by_type(package)? };
    Ok(typed.or_else(|| package.has(DOCUMENT).then(|| DOCUMENT.to_string())))
}

fn document_by_type(package: &mut Package<'_>) -> Result<Option<String>, Diagnostic> {
    const PART: &str = "[Content_Types].xml";
    let Some(text) = package.xml(PART)? else { return Ok(None) };
    let mut xml = Xml::new(PART, &text);
    loop {
        match xml.next()? {
            Event::Open(element) if element.name().1 == "Override" => {
                let kind = xml.attribute(&element, "", "ContentType").unwrap_or_default();
                let path = xml.attribute(&element, "", "PartName").unwrap_or_default();
                let path = path.trim_start_matches('/');
                if kind.contains("wordprocessingml") && kind.ends_with("main+xml") && package.has(path) {
                    return Ok(Some(path.to_string()));
                }
            }
            Event::End => return Ok(None),
            _ => {}
        }
    }
}
