//! The addresses that cells lead to ([MS-XLS] 2.4.140, HLink; [MS-OSHARED] 2.3.7.1, Hyperlink object).

use crate::import::read::bytes::{position_at, u16_at, u32_at};
use crate::import::read::sheet::area::Area;

/// The class of an address of the web, as bytes.
const URL: [u8; 16] = [0xe0, 0xc9, 0xea, 0x79, 0xf9, 0xba, 0xce, 0x11, 0x8c, 0x82, 0x00, 0xaa, 0x00, 0x4b, 0xa9, 0x0b];

/// The cells of a link and its address; none for a place in the workbook or a file.
pub(super) fn read(body: &[u8]) -> Option<(Area, String)> {
    let place = |at: usize| u16_at(body, at).map(u32::from);
    let area = Area { rows: place(0)?..place(2)?.checked_add(1)?, columns: place(4)?..place(6)?.checked_add(1)? };
    // Behind the class of the record and its version.
    let flags = u32_at(body, 28)?;
    let mut at = 32;
    for flag in [0x10, 0x80] {
        if flags & flag != 0 {
            at += 4 + position_at(body, at)?.checked_mul(2)?;
        }
    }
    if flags & 0x101 == 0x101 {
        let length = position_at(body, at)?.checked_mul(2)?;
        return Some((area, units(body.get(at + 4..(at + 4).checked_add(length)?)?)));
    }
    if flags & 1 == 0 || body.get(at..at.checked_add(16)?)? != URL {
        return None;
    }
    let length = position_at(body, at + 16)?;
    Some((area, units(body.get(at + 20..(at + 20).checked_add(length)?)?)))
}

fn units(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    String::from_utf16_lossy(&units.take_while(|unit| *unit != 0).collect::<Vec<_>>())
}
