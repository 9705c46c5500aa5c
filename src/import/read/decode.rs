//! Bytes to characters (rule R0), without ever losing one silently.
//!
//! The order is: byte-order mark, UTF-8 where it is no accident, declared encoding if it decodes without error, strict UTF-8, detection (chardetng, with
//! the hint that the page is from China), GB18030. encoding_rs and chardetng are what Firefox uses for the same question, so
//! a page reads here as its readers saw it. The web's habit of turning all undecodable bytes into U+FFFD is not followed: an
//! archive must not keep a text with holes, so such a capture is refused, and the message says where the first bad byte is.
//! Only a handful of bad bytes in a text that is sound otherwise is told instead.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::file;

/// Most stray bytes of a file that is text all the same.
const STRAY: usize = 8;
/// In a large file there may be one in so many bytes.
const RARE: usize = 1000;
/// Fewest bytes for each of them.
const LEAST_AROUND: usize = 32;
/// So many characters that are no ASCII and well-formed are no accident.
const SURE: usize = 8;

/// A capture as characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without its byte-order mark.
    pub text: String,
    /// The encoding's name as the WHATWG standard spells it: `UTF-8`, `gb18030`, `GBK`.
    pub encoding: &'static str,
    /// Bytes that are no part of any text, and were left out: each with its line.
    pub(crate) stray: Vec<StrayByte>,
}

/// A byte that no text has, in a file that otherwise is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StrayByte {
    /// The byte.
    pub(crate) byte: u8,
    /// Its line, from 1.
    pub(crate) line: usize,
}

impl Decoded {
    /// What is to be told of the bytes that were left out.
    pub(crate) fn told(&self) -> Vec<Diagnostic> {
        let told = |stray: &StrayByte| {
            let byte = format!("0x{:02x}", stray.byte);
            Diagnostic::warning(CaptureMessage::StrayByte { byte, line: stray.line })
        };
        self.stray.iter().take(STRAY).map(told).collect()
    }
}

/// Decodes a capture. `declared` is the label found outside the text, as in an HTTP header or a `meta` element.
///
/// Errors: `empty-capture`, `not-text` (it holds NUL), `undecodable`.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Diagnostic> {
    characters_of(bytes, declared).map_err(|bad| bad.told(None))
}

/// Decodes a part of a package, which messages name.
///
/// Errors: those of [`decode`].
pub(super) fn decode_part(bytes: &[u8], part: &str) -> Result<Decoded, Diagnostic> {
    characters_of(bytes, None).map_err(|bad| bad.told(Some(part.to_string())))
}

/// Why bytes are no text.
enum Bad {
    NotText,
    NoText,
    Undecodable { encoding: &'static str, position: usize, byte: Option<String> },
}

impl Bad {
    fn told(self, part: Option<String>) -> Diagnostic {
        Diagnostic::error(match self {
            Self::NotText => CaptureMessage::NotText { part },
            Self::NoText => CaptureMessage::CaptureWithoutText { part },
            Self::Undecodable { encoding, position, byte } => {
                CaptureMessage::Undecodable { encoding, position, byte, part }
            }
        })
    }
}

fn characters_of(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Bad> {
    let declared_encoding = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let wide = Encoding::for_bom(bytes).is_some() || declared_encoding.is_some_and(|e| e == UTF_16LE || e == UTF_16BE);
    // Looked for before decoding, since any picture or archive would else be called damaged text.
    let (sound, stray) = if wide { (Cow::Borrowed(bytes), Vec::new()) } else { without_stray(bytes)? };
    let mut decoded = characters(&sound, declared_encoding)?;
    decoded.stray = stray;
    if decoded.text.as_bytes().contains(&0) {
        return Err(Bad::NotText);
    }
    // The build refuses them, since no page can hold them. What moved the paper or the print head was white space.
    if file::control(&decoded.text).is_some() {
        let seen = |character| !file::is_forbidden(character) || matches!(character, '\u{b}' | '\u{c}');
        let shown = |character| if file::is_forbidden(character) { ' ' } else { character };
        decoded.text = decoded.text.chars().filter(|character| seen(*character)).map(shown).collect();
    }
    if decoded.text.chars().all(|character| character.is_whitespace() || character == '\u{feff}') {
        return Err(Bad::NoText);
    }
    Ok(decoded)
}

/// The bytes without a few that no text has: NUL, and single bytes that break UTF-8. The text around them is sound, and a
/// person neither sees them nor can take them out. For a character of which some bytes are there U+FFFD is put, which shows the
/// hole; where the file ends so, it broke off, and is refused.
fn without_stray(bytes: &[u8]) -> Result<(Cow<'_, [u8]>, Vec<StrayByte>), Bad> {
    let mut places: Vec<usize> = Vec::new();
    // Characters of which some bytes are there: how many.
    let mut torn: BTreeMap<usize, usize> = BTreeMap::new();
    if bytes.contains(&0) {
        places.extend(bytes.iter().enumerate().filter(|(_, byte)| **byte == 0).map(|(at, _)| at));
    }
    let most = STRAY.max(bytes.len() / RARE);
    if places.len() > most || (!places.is_empty() && bytes.len() < LEAST_AROUND * places.len()) {
        return Err(Bad::NotText);
    }
    if simdutf8::basic::from_utf8(bytes).is_err() && nearly_utf8(bytes) {
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            at += chunk.valid().len();
            let bad = chunk.invalid();
            let lone = bad.len() == 1 && bad.first().is_some_and(|byte| !(0xc2..=0xf4).contains(byte));
            if lone {
                places.push(at);
            } else if !bad.is_empty() && at + bad.len() < bytes.len() {
                torn.insert(at, bad.len());
            }
            at += bad.len();
        }
        if places.len() > most || torn.len() > STRAY {
            places.retain(|at| bytes.get(*at) == Some(&0));
        } else {
            places.extend(torn.keys());
        }
        places.sort_unstable();
    }
    if places.is_empty() {
        return Ok((Cow::Borrowed(bytes), Vec::new()));
    }
    let mut sound = Vec::with_capacity(bytes.len());
    let mut stray = Vec::new();
    let (mut end, mut line) = (0, 1);
    for at in places {
        let before = bytes.get(end..at).unwrap_or_default();
        line += before.iter().filter(|byte| **byte == b'\n').count();
        sound.extend_from_slice(before);
        if let Some(length) = torn.get(&at) {
            sound.extend_from_slice("\u{fffd}".as_bytes());
            end = at + length;
        } else {
            stray.extend(bytes.get(at).map(|byte| StrayByte { byte: *byte, line }));
            end = at + 1;
        }
    }
    sound.extend_from_slice(bytes.get(end..).unwrap_or_default());
    Ok((Cow::Owned(sound), stray))
}

fn characters(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, Bad> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        return strict(encoding, body).ok_or_else(|| undecodable(encoding, body, mark));
    }
    let utf8 = strict(UTF_8, bytes);
    // In a western encoding every file decodes, so its label proves nothing; and no text in another encoding is well-formed
    // UTF-8 for more than a few characters.
    let is_utf8 = utf8.as_ref().is_some_and(|found| {
        let beyond = found.text.chars().filter(|character| !character.is_ascii()).take(SURE).count();
        beyond == SURE || (beyond > 0 && declared.is_some_and(Encoding::is_single_byte))
    });
    if let Some(found) = declared.filter(|_| !is_utf8).and_then(|encoding| strict(encoding, bytes)) {
        return Ok(found);
    }
    if let Some(found) = utf8 {
        return Ok(found);
    }
    // Text in another encoding is practically never well-formed UTF-8 for more than a few characters. So if nearly all of
    // it is, the file is damaged UTF-8, and a guess would only turn it into other characters.
    if nearly_utf8(bytes) {
        return Err(undecodable(UTF_8, bytes, 0));
    }
    let guess = detect(bytes);
    // The detector falls back to a single-byte encoding, in which every file decodes. Such a guess must not come before
    // GB18030, which fails on what it cannot read.
    let order = if guess.is_single_byte() { [GB18030, guess] } else { [guess, GB18030] };
    order.into_iter().find_map(|encoding| strict(encoding, bytes)).ok_or_else(|| undecodable(GB18030, bytes, 0))
}

/// All of it or nothing.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    // Most captures are UTF-8, which simdutf8 tells in a fifth of the time.
    let text = if encoding == UTF_8 {
        simdutf8::basic::from_utf8(bytes).ok()?.to_owned()
    } else {
        encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned()
    };
    Some(Decoded { text, encoding: encoding.name(), stray: Vec::new() })
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // GBK's decoder is GB18030's; the detector cannot tell them apart, and the standard's name is the truer one for any text
    // that uses the characters GBK does not have.
    if guess == GBK && uses_four_bytes(bytes) { GB18030 } else { guess }
}

/// Whether a GB18030 text holds a four-byte character: a lead byte followed by an ASCII digit.
fn uses_four_bytes(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (0x81..=0xfe, [b'0'..=b'9', ..]) => return true,
            (0x81..=0xfe, [_, after @ ..]) => after,
            _ => tail,
        };
    }
    false
}

/// Whether the bytes are UTF-8 with few errors: at least sixteen well-formed non-ASCII characters for each bad sequence.
fn nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 16 * bad.max(1)
}

fn undecodable(encoding: &'static Encoding, bytes: &[u8], skipped: usize) -> Bad {
    let at = first_bad_byte(encoding, bytes);
    let byte = bytes.get(at).map(|byte| format!("0x{byte:02x}"));
    Bad::Undecodable { encoding: encoding.name(), position: skipped + at, byte }
}

/// Offset of the first byte that does not decode; the length when the text breaks off inside a character.
fn first_bad_byte(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).err().map_or(bytes.len(), |error| error.valid_up_to());
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = [0_u8; 4096];
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, consumed, _) = decoder.decode_to_utf8_without_replacement(rest, &mut buffer, true);
        read += consumed;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return bytes.len(),
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, after) => {
                return read.saturating_sub(usize::from(length) + usize::from(after));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "江城县图书馆关于整理旧报刊的说明\n\n　　纸张酸化严重的，翻动时用竹起子。缺页逐一登记，不得补写。\n";

    #[test]
    fn chinese_encodings() {
        for (encoding, name) in [(GBK, "GBK"), (UTF_8, "UTF-8")] {
            let (bytes, _, bad) = encoding.encode(TEXT);
            assert!(!bad);
            let decoded = decode(&bytes, None).expect("decodes");
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, name));
        }
        let (bytes, _, _) = encoding_rs::BIG5.encode("圖書館關於整理舊報刊的說明");
        assert_eq!(decode(&bytes, Some("big5")).expect("decodes").encoding, "Big5");
        let (bytes, _, _) = GB18030.encode("收录𠮷字的字典，翻动时用竹起子，缺页逐一登记。");
        assert_eq!(decode(&bytes, None).expect("decodes").encoding, "gb18030");
    }

    #[test]
    fn marks_and_declarations() {
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&utf16, None).expect("decodes");
        assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, "UTF-16LE"));
        assert_eq!(decode(b"\xef\xbb\xbfabc", None).expect("decodes").text, "abc");
        assert_eq!(decode("甲".as_bytes(), Some("gb2312")).expect("decodes").encoding, "UTF-8", "a false declaration");
        assert_eq!(decode(b"\xbc\xd7", Some("gb2312")).expect("decodes").text, "甲");
    }

    #[test]
    fn labels_that_prove_nothing() {
        for label in ["iso-8859-1", "windows-1252", "us-ascii", "gb2312", "big5", "shift_jis"] {
            let decoded = decode(TEXT.as_bytes(), Some(label)).expect("decodes");
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, "UTF-8"), "{label}");
        }
        assert_eq!(decode(b"caf\xe9", Some("iso-8859-1")).expect("decodes").text, "caf\u{e9}");
        let (bytes, _, _) = GBK.encode(TEXT);
        assert_eq!(decode(&bytes, Some("gb2312")).expect("decodes").text, TEXT);
    }

    #[test]
    fn stray_bytes_are_left_out_and_named() {
        for (stray, line) in [(0, 3), (0xff, 3), (0x80, 3)] {
            let mut bytes = TEXT.as_bytes().to_vec();
            let at = TEXT.find("翻").expect("in the text");
            bytes.insert(at, stray);
            let decoded = decode(&bytes, None).expect("decodes");
            assert_eq!(
                (decoded.text.as_str(), decoded.stray.as_slice()),
                (TEXT, &[StrayByte { byte: stray, line }][..])
            );
        }
        let at = TEXT.find('翻').expect("in the text");
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.drain(at + 1..at + 3);
        let decoded = decode(&bytes, None).expect("decodes");
        assert_eq!((decoded.text.as_str(), decoded.stray.len()), (TEXT.replacen('翻', "\u{fffd}", 1).as_str(), 0));
        let (gbk, _, _) = GBK.encode(TEXT);
        let mut bytes = gbk.to_vec();
        bytes.insert(0, 0);
        assert_eq!(decode(&bytes, None).expect("decodes").text, TEXT);
    }

    #[test]
    fn refusals() {
        let code = |bytes: &[u8]| decode(bytes, None).expect_err("refused").code().name();
        assert_eq!(code(b""), "empty-capture");
        assert_eq!(code(b" \r\n\t"), "empty-capture");
        assert_eq!(code(b"PK\x03\x04\x00\x00"), "not-text");
        assert_eq!(code(&b"GIF89a\0\0\x01".repeat(40)), "not-text");
        let mut cut = TEXT.as_bytes().to_vec();
        cut.truncate(cut.len() - 2);
        let refused = decode(&cut, None).expect_err("broken off inside a character");
        assert_eq!(refused.code().name(), "undecodable");
        assert!(
            refused.message(crate::diagnostic::lang::Lang::English).contains(&format!("byte {}", cut.len() - 2)),
            "{}",
            refused.message(crate::diagnostic::lang::Lang::English)
        );
        let (mut bytes, _, _) = GBK.encode(TEXT);
        bytes.to_mut().extend(*b"\xff\xff\xff");
        let _ = decode(&bytes, None).map(|decoded| assert!(!decoded.text.contains('\u{fffd}')));
    }
}
