//! Images that neither browsers nor books show.

/// The kind of a file that is known as an image and is not taken; `None` for all other files.
pub(crate) fn not_taken(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(4..12).unwrap_or_default();
    Some(match bytes {
        [b'B', b'M', ..] => "BMP",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "TIFF",
        [0, 0, 1 | 2, 0, ..] => "ICO",
        [0xd7, 0xcd, 0xc6, 0x9a, ..] => "WMF",
        [1, 0, 0, 0, ..] if bytes.get(40..44) == Some(b" EMF") => "EMF",
        _ if brand.starts_with(b"ftypavif") => "AVIF",
        _ if brand.starts_with(b"ftyphei") || brand.starts_with(b"ftypmif1") => "HEIC",
        _ if bytes.get(..1_000).unwrap_or(bytes).windows(4).any(|part| part == b"<svg") => "SVG",
        _ => return None,
    })
}
