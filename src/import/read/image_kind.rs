//! Images that neither browsers nor books show.

use std::path::Path;

/// Whether a file is an image that is taken.
pub(crate) fn is_taken(bytes: &[u8]) -> bool {
    imagesize::image_type(bytes).is_ok()
}

/// The kind of an image that is not taken, by its bytes, or by the name that it has in a document.
pub(crate) fn of(name: &str, bytes: &[u8]) -> Option<&'static str> {
    const ENDINGS: [(&str, &str); 9] = [
        ("emf", "EMF"),
        ("wmf", "WMF"),
        ("pict", "PICT"),
        ("svm", "SVM"),
        ("jb2", "JBIG2"),
        ("pdf", "PDF"),
        ("eps", "EPS"),
        ("jp2", "JPEG 2000"),
        ("jxr", "JPEG XR"),
    ];
    let ending = Path::new(name).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let by_name = || ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind);
    not_taken(bytes).or_else(by_name)
}

/// The kind of a file that is known as an image and is not taken; `None` for all other files.
fn not_taken(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(4..12).unwrap_or_default();
    Some(match bytes {
        [b'B', b'M', ..] => "BMP",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "TIFF",
        [b'V', b'C', b'L', b'M', b'T', b'F', ..] => "SVM",
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        [b'%', b'!', b'P', b'S', ..] | [0xc5, 0xd0, 0xd3, 0xc6, ..] => "EPS",
        [0x97, b'J', b'B', b'2', ..] => "JBIG2",
        [0, 0, 1 | 2, 0, ..] => "ICO",
        [0xd7, 0xcd, 0xc6, 0x9a, ..] => "WMF",
        [1, 0, 0, 0, ..] if bytes.get(40..44) == Some(b" EMF") => "EMF",
        _ if brand.starts_with(b"ftypavif") => "AVIF",
        _ if brand.starts_with(b"ftyphei") || brand.starts_with(b"ftypmif1") => "HEIC",
        _ if bytes.get(..1_000).unwrap_or(bytes).windows(4).any(|part| part == b"<svg") => "SVG",
        _ => return None,
    })
}
