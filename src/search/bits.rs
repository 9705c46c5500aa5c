//! Bits, and how they stand in a script.
//!
//! A shard is a classic script, so that it loads from a disc without a server, and a script is text. Base64 would waste a
//! quarter. UTF-16 wastes a sixteenth: fifteen bits become one unit from U+3400 to U+B3FF, where there are neither
//! surrogates nor quotation marks nor line ends. The byte order mark says what the file is, and browsers believe it before any header
//! (WHATWG Encoding, “decode”), so that it does not matter what a host says.

use std::fmt::Write as _;

/// The unit that stands for fifteen zero bits.
const BASE: u16 = 0x3400;

/// Bits, the first one highest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits {
    words: Vec<u64>,
    /// The word that is not full, or zero.
    held: u64,
    length: usize,
}

impl Bits {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Removes all.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.held = 0;
        self.length = 0;
    }

    /// Appends the lowest `count` bits of a value, at most 57.
    #[inline]
    pub(crate) fn push(&mut self, value: u64, count: u32) {
        debug_assert!(count <= 57 && value >> count == 0);
        let free = 64 - (self.length % 64) as u32;
        self.length += count as usize;
        if count < free {
            self.held |= value.wrapping_shl(free - count);
        } else {
            let rest = count - free;
            self.words.push(self.held | value >> rest);
            // What was pushed is gone from the top; of nothing left nothing stays.
            self.held = value.checked_shl(64 - rest).unwrap_or(0);
        }
    }

    /// Appends a number from 1 on (Elias gamma: as many zeros as it has further digits, then its digits).
    pub(crate) fn gamma(&mut self, number: u32) {
        debug_assert!(number > 0);
        let digits = 32 - number.leading_zeros();
        let mut zeros = digits - 1;
        while zeros > 16 {
            self.push(0, 16);
            zeros -= 16;
        }
        self.push(u64::from(number), digits + zeros);
    }

    /// Appends a number (Rice: the part above `low` bits as ones and a zero, then the low bits).
    #[inline]
    pub(crate) fn rice(&mut self, number: u32, low: u32) {
        let mut ones = number >> low;
        while ones > 24 {
            self.push((1 << 24) - 1, 24);
            ones -= 24;
        }
        let high = (1_u64 << (ones + 1)) - 2;
        self.push(high << low | u64::from(number) & ((1 << low) - 1), ones + 1 + low);
    }

    /// Appends bits from another place.
    pub(crate) fn copy(&mut self, from: &Self, start: usize, length: usize) {
        let mut at = start;
        let end = start + length;
        while at < end {
            let count = (end - at).min(56);
            self.push(from.read(at, count as u32), count as u32);
            at += count;
        }
    }

    /// One to 57 bits at a place.
    pub(crate) fn read(&self, at: usize, count: u32) -> u64 {
        let (word, offset) = (at / 64, (at % 64) as u32);
        let mut bits = self.word(word) << offset;
        if offset + count > 64 {
            bits |= self.word(word + 1) >> (64 - offset);
        }
        bits >> (64 - count)
    }

    fn word(&self, at: usize) -> u64 {
        self.words.get(at).copied().unwrap_or(self.held)
    }

    /// The same of bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        let mut bits = Self::default();
        let (fours, rest) = bytes.as_chunks::<4>();
        for four in fours {
            bits.push(u64::from(u32::from_be_bytes(*four)), 32);
        }
        for byte in rest {
            bits.push(u64::from(*byte), 8);
        }
        bits
    }

    /// As text for a script.
    pub(crate) fn units(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.length).step_by(15).map(|at| {
            let count = (self.length - at).min(15) as u32;
            // Fifteen bits.
            BASE + ((self.read(at, count) as u16) << (15 - count))
        })
    }
}

/// A text as UTF-16 with its byte order mark.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2 * text.len() + 2);
    append(&mut bytes, [0xfeff].into_iter().chain(text.encode_utf16()));
    bytes
}

/// A script that hands data to the search page: `fonds("name", numbers…, "data")`.
pub(crate) fn script(name: &str, numbers: &[usize], data: &Bits) -> Vec<u8> {
    let mut call = format!("fonds(\"{name}\",");
    for number in numbers {
        // Writing into a String cannot fail.
        let _ = write!(call, "{number},");
    }
    call.push('"');
    let mut bytes = utf16(&call);
    bytes.reserve(2 * (data.len() / 15 + 4));
    append(&mut bytes, data.units());
    append(&mut bytes, "\")\n".encode_utf16());
    bytes
}

fn append(bytes: &mut Vec<u8>, units: impl Iterator<Item = u16>) {
    units.for_each(|unit| bytes.extend_from_slice(&unit.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back() {
        let mut bits = Bits::default();
        let mut pushed = Vec::new();
        for at in 0_u64..500 {
            let count = (at * 7 % 33) as u32;
            let value = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) & ((1 << count) - 1);
            bits.push(value, count);
            pushed.push((value, count));
        }
        let mut copy = Bits::default();
        copy.push(1, 3);
        copy.copy(&bits, 0, bits.len());
        let mut at = 3;
        for (value, count) in pushed {
            if count > 0 {
                assert_eq!(copy.read(at, count), value);
            }
            at += count as usize;
        }
        assert_eq!(copy.len(), at);
    }

    #[test]
    fn codes() {
        let mut bits = Bits::default();
        bits.gamma(1);
        bits.gamma(5);
        bits.rice(9, 2);
        bits.rice(70, 1);
        let shown: String = (0..bits.len()).map(|at| if bits.read(at, 1) == 1 { '1' } else { '0' }).collect();
        assert_eq!(shown, format!("1{}{}{}{}", "00101", "11001", "1".repeat(35), "00"));
    }

    #[test]
    fn a_script_is_utf_16() {
        let script = script("a", &[1], &Bits::of_bytes(&[0xff, 0xff]));
        assert_eq!(&script[..2], [0xff, 0xfe]);
        let units: Vec<u16> = script[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        assert_eq!(units, "fonds(\"a\",1,\"\u{b3ff}\u{7400}\")\n".encode_utf16().collect::<Vec<_>>());
    }
}
