//! The pictures of a text, taken into its book.
//!
//! A book may hold only pictures that every reading system shows (EPUB 3.3, core media types): PNG, JPEG, GIF, WebP and SVG,
//! and what a file is its first bytes say, not its name. An SVG that runs scripts or fetches something stays outside, as
//! does what would make the book too large; its alternative text stands for it.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::archive::Archive;
use crate::archive::link::Target;
use crate::format::work::Published;

/// Bytes of pictures that one book takes in.
const MOST: usize = 64 << 20;

/// A picture in the book.
#[derive(Debug)]
pub(crate) struct Image {
    /// File name in the book.
    pub name: String,
    /// Media type.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

#[cfg(feature = "pdf")]
impl Image {
    /// The same under a number.
    pub(crate) fn renamed(self, number: usize) -> Self {
        let ending = self.name.rsplit('.').next().unwrap_or_default();
        Self { name: format!("{number}.{ending}"), ..self }
    }
}

/// The pictures by their paths in the document's folder.
pub(crate) type Images<'a> = BTreeMap<&'a str, Image>;

/// Reads the pictures that a text shows.
pub(crate) fn of<'a>(archive: &Archive, text: Published<'a>) -> Images<'a> {
    let mut images = Images::new();
    let mut room = MOST;
    for (link, target) in text.text.links.iter().zip(text.targets) {
        let Target::File { path, .. } = target else { continue };
        if !link.image || images.contains_key(path.as_str()) {
            continue;
        }
        let Some(bytes) = text.files.get(path).and_then(|place| read(archive, place, room)) else { continue };
        let Some((media_type, ending)) = media_type(&bytes) else { continue };
        room -= bytes.len();
        let name = format!("image-{}.{ending}", images.len() + 1);
        images.insert(path, Image { name, media_type, bytes });
    }
    images
}

/// A file of the archive, if it is no longer than `room`. That a file cannot be read was said when it was copied.
fn read(archive: &Archive, place: &str, room: usize) -> Option<Vec<u8>> {
    if let Some(bytes) = archive.held.get(place) {
        return Some(bytes.clone()).filter(|bytes| bytes.len() <= room);
    }
    let bytes = if archive.root.length(place) <= room as u64 { archive.root.read(place).ok()? } else { return None };
    Some(bytes).filter(|bytes| bytes.len() <= room)
}

/// Media type and usual ending, by the first bytes.
fn media_type(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "png")),
        [0xff, 0xd8, 0xff, ..] => Some(("image/jpeg", "jpg")),
        [b'G', b'I', b'F', b'8', ..] => Some(("image/gif", "gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "webp")),
        _ => is_still_svg(bytes).then_some(("image/svg+xml", "svg")),
    }
}

/// Whether it is a well-formed SVG that neither runs nor fetches anything.
fn is_still_svg(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut reader = Reader::from_str(text);
    let (mut root, mut depth) = (false, 0);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) if is_still(&element) && (root || element.name().as_ref() == "svg") => {
                root = true;
                depth += 1;
            }
            Ok(Event::Empty(element)) if root && is_still(&element) => {}
            Ok(Event::Start(_) | Event::Empty(_) | Event::PI(_)) => return false,
            // The one type that books may name (EPUB 3.3, 3.9).
            Ok(Event::DocType(kind)) if !kind.contains("\"-//W3C//DTD SVG 1.1//EN\"") || kind.contains('[') => {
                return false;
            }
            Ok(Event::Text(text)) if text.contains("@import") || text.contains("url(") => return false,
            Ok(Event::CData(_) | Event::GeneralRef(_)) => return false,
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) => return root && depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

fn is_still(element: &BytesStart<'_>) -> bool {
    let name = element.local_name();
    let lively = ["script", "foreignObject", "image"];
    let quiet = |attribute: &quick_xml::events::attributes::Attribute<'_>| {
        let (name, value) = (attribute.key.local_name(), attribute.value.trim_start());
        let fetches =
            name.as_ref() == "href" && !value.starts_with('#') || value.contains("url(") && !value.contains("url(#");
        !fetches && !name.as_ref().starts_with("on")
    };
    !lively.contains(&name.as_ref()) && element.attributes().all(|attribute| attribute.is_ok_and(|it| quiet(&it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_what_its_bytes_say() {
        let svg =
            |inner: &str| format!("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
        for (bytes, expected) in [
            (b"\x89PNG\r\n\x1a\n".to_vec(), Some("png")),
            (b"BM".to_vec(), None),
            (svg("<rect fill=\"url(#a)\"/>").into_bytes(), Some("svg")),
            (svg("<script>x</script>").into_bytes(), None),
            (svg("<rect onclick=\"x\"/>").into_bytes(), None),
            (svg("<use href=\"https://a.example/\"/>").into_bytes(), None),
            (svg("<g>").into_bytes(), None),
            (b"<svg".to_vec(), None),
            (b"".to_vec(), None),
        ] {
            assert_eq!(media_type(&bytes).map(|(_, ending)| ending), expected, "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
