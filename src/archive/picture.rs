//! How large a picture is, so that a page keeps its place while it loads.
//!
//! Raster images are read by `imagesize`, from their first bytes; an SVG says its size on its root element, in pixels or by
//! its `viewBox`, and that is read by `quick-xml`.

use std::io::{BufRead, BufReader};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::folder::Folder;

/// Width and height in pixels of a picture in memory; `None` where it does not say.
pub(crate) fn size_of(bytes: &[u8]) -> Option<(usize, usize)> {
    imagesize::blob_size(bytes).ok().map(|size| (size.width, size.height)).or_else(|| svg_size(bytes))
}

/// The same of a picture in a file.
pub(crate) fn size_of_file(folder: &Folder, name: &str) -> Option<(usize, usize)> {
    let source = BufReader::new(folder.file(name).ok()?);
    if Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg")) {
        return svg_size(source);
    }
    imagesize::reader_size(source).ok().map(|size| (size.width, size.height))
}

/// SVG 2, chapter 8: `width` and `height` where they are numbers of pixels, else the `viewBox`.
fn svg_size(source: impl BufRead) -> Option<(usize, usize)> {
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Start(root) | Event::Empty(root) => {
                if root.local_name().as_ref() != "svg" {
                    return None;
                }
                let attribute = |name: &str| Some(root.try_get_attribute(name).ok()??.value.into_owned());
                let pixels = |name: &str| whole(attribute(name)?.trim_end_matches("px"));
                if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
                    return Some((width, height));
                }
                let view_box = attribute("viewBox")?;
                let mut numbers = view_box.split([' ', ',']).filter(|number| !number.is_empty()).skip(2);
                return Some((whole(numbers.next()?)?, whole(numbers.next()?)?));
            }
            Event::Eof => return None,
            _ => buffer.clear(),
        }
    }
}

/// A positive number of pixels, rounded.
fn whole(text: &str) -> Option<usize> {
    let number: f64 = text.trim().parse().ok()?;
    // At most a million, so the conversion is exact.
    (0.5..1e6).contains(&number).then(|| number.round() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_says_its_size() {
        for (svg, expected) in [
            ("<?xml version=\"1.0\"?><!-- a --><svg width=\"48.4px\" height=\"32\">", Some((48, 32))),
            ("<svg viewBox='0,0 480 592'/>", Some((480, 592))),
            ("<svg width=\"100%\" height=\"50%\" viewBox=\"0 0 20 10\">", Some((20, 10))),
            ("<svg width=\"5em\">", None),
            ("<html><svg width=\"1\" height=\"1\">", None),
            ("no markup", None),
        ] {
            assert_eq!(size_of(svg.as_bytes()), expected, "{svg}");
        }
    }
}
