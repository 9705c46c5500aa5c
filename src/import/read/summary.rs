//! The properties of the document in a compound file ([MS-OLEPS]).

use encoding_rs::{Encoding, UTF_8};

use super::bytes::{position_at, u16_at, u32_at};
use super::office::properties;
use crate::import::meta::Meta;

/// Most properties that are looked at.
const PROPERTIES: usize = 64;

/// What the properties say that a record has room for.
pub(super) fn read(bytes: &[u8]) -> Meta {
    let mut stated = Meta::default();
    let section = position_at(bytes, 44).and_then(|at| bytes.get(at..)).unwrap_or_default();
    let count = position_at(section, 4).unwrap_or_default().min(PROPERTIES);
    let value = |wanted: u32| {
        let place = |number: usize| {
            let at = 8 + 8 * number;
            (u32_at(section, at)? == wanted).then(|| position_at(section, at + 4)).flatten()
        };
        (0..count).find_map(place).and_then(|at| section.get(at..))
    };
    let encoding = value(1).and_then(|value| u16_at(value, 4)).map_or(UTF_8, encoding);
    let text = |wanted: u32| value(wanted).and_then(|value| text(value, encoding)).unwrap_or_default();
    properties::title(&mut stated, &text(2));
    properties::creator(&mut stated, &text(4));
    properties::subjects(&mut stated, &text(3));
    properties::subjects(&mut stated, &text(5));
    stated
}

/// A property that is characters.
fn text(value: &[u8], encoding: &'static Encoding) -> Option<String> {
    let length = position_at(value, 4)?;
    let text = match u32_at(value, 0)? {
        0x1e => encoding.decode_without_bom_handling(value.get(8..8_usize.checked_add(length)?)?).0.into_owned(),
        0x1f => {
            let units = value.get(8..8_usize.checked_add(length.checked_mul(2)?)?)?;
            let units: Vec<u16> = units.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => return None,
    };
    Some(text.trim_end_matches('\0').to_string())
}

/// The encoding of a Windows code page.
pub(super) fn encoding(page: u16) -> &'static Encoding {
    let label = match page {
        65001 => return UTF_8,
        936 => "gbk".to_string(),
        950 => "big5".to_string(),
        949 => "euc-kr".to_string(),
        932 => "shift_jis".to_string(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}
