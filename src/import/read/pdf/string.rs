//! Texts that the file states, as titles are: UTF-16, UTF-8, or the encoding that PDF has of its own.

/// A text.
pub(super) fn text(bytes: &[u8]) -> String {
    let units = |pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1).map(|two| pair([two[0], two[1]])).collect::<Vec<u16>>();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| own(*byte)).collect(),
    };
    without_language(&text)
}

/// The character of a byte in PDFDocEncoding.
fn own(byte: u8) -> char {
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match byte {
        0x18..=0x1f => ACCENTS[usize::from(byte - 0x18)],
        0x80..=0xa0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// A text without the codes of its language, which stand between two escapes.
fn without_language(text: &str) -> String {
    text.split('\u{1b}').step_by(2).collect::<String>().trim_matches('\0').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        assert_eq!(text(b"\xfe\xff\x4e\x00\x00A"), "一A");
        assert_eq!(text(b"\xff\xfe\x00\x4eA\x00"), "一A");
        assert_eq!(text(b"\xef\xbb\xbf\xe4\xb8\x80"), "一");
        assert_eq!(text(b"caf\xe9 \x80"), "café •");
        assert_eq!(text(b"\xfe\xff\0\x1b\0e\0n\0\x1b\0A"), "A");
    }
}
