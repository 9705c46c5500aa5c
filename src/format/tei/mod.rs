//! A document as TEI P5, the encoding in which libraries and scholars exchange texts.
//!
//! The header says all that the record says; docs/content/reference/formats.md lists which field goes where. The body is
//! the text as it was captured: punctuation that pages show restored stands here as the capture has it. It is made from the
//! text as it was parsed for the pages, so its ids and paragraph numbers are theirs. Nothing in it depends on when or where
//! it was made.
//!
//! The elements are those of TEI's own schema `tei_all`; `./check books` holds every file against it.

mod body;
mod header;
mod id;

use super::work::Work;
use super::xml::push_attribute;

/// The whole document.
pub(crate) fn write(work: &Work<'_>) -> Option<Vec<u8>> {
    let text = work.text?;
    let mut out = String::with_capacity(4096 + 2 * text.text.chars.len());
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"");
    push_attribute(&mut out, "xml:lang", work.language_tag());
    out.push_str(">\n");
    header::write(work, &mut out);
    out.push_str("<text>\n<body>\n");
    body::write(work, text, &mut out);
    out.push_str("</body>\n</text>\n</TEI>\n");
    Some(out.into_bytes())
}
