//! Strings as records have them ([MS-XLS] 2.5.294, XLUnicodeString, and those of Excel 5).

use encoding_rs::Encoding;

use super::records::Version;
use super::wide::Wide;

/// How strings of a file are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Script {
    pub version: Version,
    pub encoding: &'static Encoding,
}

impl Script {
    /// A string whose length is stated in two bytes, or in one.
    pub(super) fn string(self, bytes: &mut Wide<'_>, is_short: bool) -> Option<String> {
        let count = usize::from(if is_short { u16::from(bytes.byte()?) } else { bytes.two()? });
        match self.version {
            Version::Eight => {
                let flags = bytes.byte()?;
                Some(bytes.characters(count, flags & 1 == 1))
            }
            Version::Five => {
                let own: Vec<u8> = std::iter::from_fn(|| bytes.byte()).take(count).collect();
                Some(self.encoding.decode_without_bom_handling(&own).0.into_owned())
            }
        }
    }
}

/// The strings that cells name by their number ([MS-XLS] 2.4.265, SST). What breaks off ends the table.
pub(super) fn shared(parts: Vec<&[u8]>) -> impl Iterator<Item = String> {
    let mut bytes = Wide::new(parts);
    bytes.skip(8);
    std::iter::from_fn(move || rich(&mut bytes))
}

/// A string with formats and readings behind it.
fn rich(bytes: &mut Wide<'_>) -> Option<String> {
    let count = usize::from(bytes.two()?);
    let flags = bytes.byte()?;
    let runs = if flags & 8 != 0 { usize::from(bytes.two()?) } else { 0 };
    let more = if flags & 4 != 0 { usize::try_from(bytes.four()?).ok()? } else { 0 };
    let text = bytes.characters(count, flags & 1 == 1);
    bytes.skip((4 * runs).saturating_add(more));
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_goes_on_in_the_next_record() {
        let head = [0; 8];
        let first = [&head[..], &[4, 0, 1], &[0x32, 0x75, 0x59, 0x4e]].concat();
        // The second half is stored in single bytes; then a string of its own.
        let second = [&[0], &b"ab"[..], &[1, 0, 0, b'c']].concat();
        let shared = |parts: Vec<&[u8]>| shared(parts).collect::<Vec<String>>();
        assert_eq!(shared(vec![&first, &second]), ["甲乙ab", "c"]);
        assert_eq!(shared(vec![&first]), ["甲乙"]);
        assert_eq!(shared(vec![&[]]), Vec::<String>::new());
        // A length beyond the end takes what there is.
        assert_eq!(shared(vec![&[&head[..], &[0xff, 0xff, 0, b'a']].concat()]), ["a"]);
    }
}
