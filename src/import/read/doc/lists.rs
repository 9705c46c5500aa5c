//! The lists of a Word file ([MS-DOC] 2.9.131 LFO, 2.9.147 LSTF, 2.9.150 LVLF).

use super::bytes::{position_at, u16_at, u32_at};
use super::file::{Place, WordFile};
use crate::import::read::office::numbering::{Abstract, LEVELS, Level, List, Numbering, PATTERN, format_name};

/// Sizes of records in bytes: a list, a level, a list as paragraphs refer to it, a level of that.
const LIST: usize = 28;
const LEVEL: usize = 28;
const REFERENCE: usize = 16;
const OVERRIDE: usize = 8;

/// Reads the lists; what is damaged has none.
pub(super) fn read(file: &WordFile) -> Numbering {
    let mut numbering = Numbering::default();
    let (lists, levels) = file.part_and_rest(Place::Lists);
    let mut rest = levels;
    let count = u16_at(lists, 0).map_or(0, usize::from);
    for number in 0..count {
        let Some(list) = lists.get(2 + LIST * number..2 + LIST * (number + 1)) else { break };
        let Some(id) = u32_at(list, 0) else { break };
        let levels = if list[26] & 1 == 1 { 1 } else { LEVELS };
        let mut shape = Abstract::default();
        for level in 0..levels {
            let style = u16_at(list, 8 + 2 * level).filter(|style| *style != 0x0fff);
            let Some(read) = take_level(&mut rest) else { return numbering };
            shape.levels[level] = Some(Level { style: style.map(|style| style.to_string()), ..read });
        }
        numbering.abstracts.insert(id.to_string(), shape);
    }
    references(file.part(Place::ListOverrides), &mut numbering);
    numbering
}

/// The lists as paragraphs refer to them, by their number from 1.
fn references(bytes: &[u8], numbering: &mut Numbering) -> Option<()> {
    let count = position_at(bytes, 0)?.min(bytes.len() / REFERENCE);
    let mut data = bytes.get(4 + REFERENCE * count..).unwrap_or_default();
    for number in 0..count {
        let reference = bytes.get(4 + REFERENCE * number..4 + REFERENCE * (number + 1))?;
        let mut list = List { from: u32_at(reference, 0)?.to_string(), ..List::default() };
        let levels = reference[12];
        overrides(&mut data, levels, &mut list);
        numbering.lists.insert(number as u64 + 1, list);
    }
    Some(())
}

/// What a list has otherwise than the one it is made from.
fn overrides(data: &mut &[u8], levels: u8, list: &mut List) -> Option<()> {
    *data = data.get(4..)?;
    for _ in 0..levels {
        let start = u32_at(data, 0)?;
        let flags = *data.get(4)?;
        let level = usize::from(flags & 0x0f);
        *data = data.get(OVERRIDE..)?;
        if flags & 0x10 != 0
            && let Some(place) = list.starts.get_mut(level)
        {
            *place = Some(u64::from(start));
        }
        if flags & 0x20 != 0 {
            let read = take_level(data)?;
            // A level of its own counts from its own number only where that is said too.
            if let Some(place) = list.levels.get_mut(level) {
                if flags & 0x10 != 0 {
                    list.starts[level] = read.start;
                }
                *place = Some(read);
            }
        }
    }
    Some(())
}

/// Takes a level off the front of bytes.
fn take_level(bytes: &mut &[u8]) -> Option<Level> {
    let head = bytes.get(..LEVEL)?;
    let format = head[4];
    let flags = head[5];
    let places: Vec<usize> =
        head[6..15].iter().map(|place| usize::from(*place)).take_while(|place| *place > 0).collect();
    let properties = usize::from(head[24]) + usize::from(head[25]);
    let restart = (flags & 0x08 != 0).then(|| usize::from(head[26]));
    let rest = bytes.get(LEVEL + properties..)?;
    let length = usize::from(u16_at(rest, 0)?);
    let template = rest.get(2..2 + 2 * length)?;
    *bytes = rest.get(2 + 2 * length..)?;
    let units: Vec<u16> = template.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    Some(Level {
        start: u32_at(head, 0).map(u64::from),
        format: format_name(format),
        pattern: pattern(&units, &places, format),
        restart,
        legal: flags & 0x04 != 0,
        close: head[15] == 2,
        style: None,
    })
}

/// The template with its numbers as `%1`, `%2`.
fn pattern(units: &[u16], places: &[usize], format: u8) -> String {
    let mut text = String::new();
    let is_bullet = format == 23;
    for (at, unit) in units.iter().enumerate().take(PATTERN) {
        match unit {
            0..9 if !is_bullet && places.contains(&(at + 1)) => text.push_str(&format!("%{}", unit + 1)),
            0..32 => {}
            unit => text.push_str(&String::from_utf16_lossy(&[*unit])),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        let mut bytes = vec![0; LEVEL];
        bytes[0] = 3;
        bytes[4] = 39;
        bytes[6] = 2;
        bytes[15] = 2;
        bytes.extend([3, 0, 0x08, 0xff, 0, 0, 0x09, 0xff]);
        let mut rest = bytes.as_slice();
        let level = take_level(&mut rest).expect("a level");
        assert_eq!((level.pattern.as_str(), level.format.as_str()), ("（%1）", "chineseCountingThousand"));
        assert_eq!((level.start, level.close, rest.len()), (Some(3), true, 0));
    }

    #[test]
    fn a_list_that_is_cut_off_is_left_out() {
        let mut whole = vec![1, 0, 0, 0];
        whole.resize(4 + REFERENCE, 0);
        whole.extend([0; 4]);
        assert!(references(&whole, &mut Numbering::default()).is_some());
        let mut numbering = Numbering::default();
        assert!(references(&whole[..REFERENCE], &mut numbering).is_none());
        assert!(numbering.lists.is_empty());
    }
}
