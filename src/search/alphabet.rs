//! How excerpts are written before they are deflated: frequent characters as one byte, the others as two.
//!
//! Chinese in UTF-8 takes three bytes a character, of which the first says next to nothing, and a small text gives deflate
//! little to learn from. In this alphabet the same text deflates to seven tenths of that, and in half the time. The
//! alphabet is made from a sample of the archive, the same for every build of it, and stands in the root of the index.

use crate::fold::{folder, is_solid};

/// Units that are written as one byte.
const SINGLE: usize = 192;
/// Stands before the two bytes of a unit that has no place in the alphabet.
const ESCAPE: u8 = 255;
/// Units in an alphabet: rarer ones are escaped, since every reader loads it.
const LONGEST: usize = 4_000;

/// UTF-16 code units by how frequent they are.
#[derive(Debug)]
pub struct Alphabet {
    units: Vec<u16>,
    /// Rank of a unit, or [`NONE`].
    ranks: Vec<u16>,
}

const NONE: u16 = u16::MAX;

/// Counts the units of a sample.
#[derive(Debug)]
pub struct Sample {
    counts: Vec<u32>,
}

impl Default for Sample {
    fn default() -> Self {
        Self { counts: vec![0; 1 << 16] }
    }
}

impl Sample {
    /// Counts a text `times` over.
    pub(crate) fn add(&mut self, text: &str, times: u32) {
        for unit in text.encode_utf16() {
            self.counts[usize::from(unit)] += times;
        }
    }

    /// The alphabet of the texts.
    pub fn alphabet(self) -> Alphabet {
        let mut units: Vec<u16> = (0..=u16::MAX).filter(|unit| self.counts[usize::from(*unit)] > 0).collect();
        // Surrogates cannot stand alone in a script's text, so they are escaped.
        units.retain(|unit| !(0xd800..=0xdfff).contains(unit));
        units.sort_by_key(|unit| (std::cmp::Reverse(self.counts[usize::from(*unit)]), *unit));
        units.truncate(LONGEST);
        let mut ranks = vec![NONE; 1 << 16];
        for (rank, unit) in units.iter().enumerate() {
            // At most LONGEST.
            ranks[usize::from(*unit)] = rank as u16;
        }
        Alphabet { units, ranks }
    }
}

impl Alphabet {
    /// The units, most frequent first.
    pub(crate) fn text(&self) -> String {
        String::from_utf16_lossy(&self.units)
    }

    /// Units of scripts set solid that stand for another: a query with one of them needs the table of variants.
    pub(crate) fn odd(&self) -> String {
        let folded = |unit: &u16| folder().folded(&String::from_utf16_lossy(&[*unit]));
        let odd: Vec<u16> =
            self.units.iter().copied().filter(|unit| is_solid(*unit) && *folded(unit) != [*unit]).collect();
        String::from_utf16_lossy(&odd)
    }

    /// Appends a text. A line end or tab in it becomes a space, so that lines and fields can be told apart.
    pub(crate) fn write(&self, text: &str, out: &mut Vec<u8>) {
        out.reserve(text.len());
        // Appending byte by byte would ask each time whether there is room.
        let mut written = [0; 384];
        let mut length = 0;
        for unit in text.encode_utf16() {
            let unit = if matches!(unit, 9 | 10 | 13) { 0x20 } else { unit };
            if length + 3 > written.len() {
                out.extend_from_slice(&written[..length]);
                length = 0;
            }
            let (code, bytes) = self.code(unit);
            written[length..length + 3].copy_from_slice(&code);
            length += bytes;
        }
        out.extend_from_slice(&written[..length]);
    }

    /// Appends one unit.
    pub(crate) fn write_unit(&self, unit: u16, out: &mut Vec<u8>) {
        let (code, bytes) = self.code(unit);
        out.extend_from_slice(&code[..bytes]);
    }

    /// How a unit is written, and how many bytes that are.
    fn code(&self, unit: u16) -> ([u8; 3], usize) {
        let rank = usize::from(self.ranks[usize::from(unit)]);
        if rank < SINGLE {
            // Less than 192.
            ([rank as u8, 0, 0], 1)
        } else if rank < LONGEST {
            let rest = rank - SINGLE;
            // Less than 16, so that the first byte is less than ESCAPE.
            ([(SINGLE + rest / 256) as u8, (rest % 256) as u8, 0], 2)
        } else {
            let [high, low] = unit.to_be_bytes();
            ([ESCAPE, high, low], 3)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `static/search.js` does.
    fn read(alphabet: &Alphabet, bytes: &[u8]) -> String {
        let (mut units, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            let byte = usize::from(bytes[at]);
            if byte < SINGLE {
                units.push(alphabet.units[byte]);
                at += 1;
            } else if bytes[at] == ESCAPE {
                units.push(u16::from_be_bytes([bytes[at + 1], bytes[at + 2]]));
                at += 3;
            } else {
                units.push(alphabet.units[SINGLE + (byte - SINGLE) * 256 + usize::from(bytes[at + 1])]);
                at += 2;
            }
        }
        String::from_utf16(&units).expect("what was written")
    }

    #[test]
    fn what_is_written_can_be_read() {
        let han: String = (0x4e00..0x6000).filter_map(char::from_u32).collect();
        let mut sample = Sample::default();
        sample.add(&han, 1);
        sample.add("的的的\n", 2);
        let alphabet = sample.alphabet();
        assert_eq!(alphabet.units.len(), LONGEST);
        let text = format!("的{han}𠮷é\u{feff}");
        let mut bytes = Vec::new();
        alphabet.write(&text, &mut bytes);
        alphabet.write("\ta\n", &mut bytes);
        assert_eq!(read(&alphabet, &bytes), format!("{text} a "));
        assert_eq!(bytes[0], 0, "the most frequent comes first");
    }
}
