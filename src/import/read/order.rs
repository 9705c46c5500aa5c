//! The order in which a reader takes the characters of a file, where it is not the file's own.
//!
//! A page is read from its top, and a note after its paragraph, wherever they are stored. A witness that was taken out in
//! the order of the file must be brought into the reader's to be compared. So the reader says of each character of its pieces
//! which one of the file it is, by its number among those that are seen. Where it names each exactly once, the witness is
//! written in that order; the characters are still the witness's own, and so is the proof that none is lost or repeated.

use std::ops::Range;

/// Numbers of characters, in the order of reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Order {
    ranges: Vec<Range<usize>>,
}

impl Order {
    /// Adds a character.
    pub(super) fn push(&mut self, number: usize) {
        match self.ranges.last_mut() {
            Some(last) if last.end == number => last.end += 1,
            _ => self.ranges.push(number..number + 1),
        }
    }

    /// Adds others.
    pub(super) fn append(&mut self, other: &Self) {
        self.ranges.extend(other.ranges.iter().cloned());
    }

    /// The witness in this order; in its own where not every character is named, and once, so that the comparison tells it.
    pub(super) fn of(&self, witness: &[char]) -> String {
        let mut ranges: Vec<&Range<usize>> = self.ranges.iter().collect();
        ranges.sort_by_key(|range| range.start);
        let mut end = 0;
        let is_whole =
            ranges.iter().all(|range| std::mem::replace(&mut end, range.end) == range.start) && end == witness.len();
        if !is_whole {
            return witness.iter().collect();
        }
        self.ranges.iter().filter_map(|range| witness.get(range.clone())).flatten().collect()
    }
}

/// Whether a character counts in a comparison of texts.
pub(super) fn is_seen(character: char) -> bool {
    !character.is_whitespace() && !character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order(numbers: &[usize]) -> String {
        let mut order = Order::default();
        numbers.iter().for_each(|number| order.push(*number));
        order.of(&['a', 'b', 'c', 'd'])
    }

    #[test]
    fn each_character_once() {
        assert_eq!(in_order(&[2, 3, 0, 1]), "cdab");
        for wrong in [&[2, 3, 0][..], &[0, 1, 2, 3, 3], &[0, 0, 1, 2], &[0, 1, 2, 4]] {
            assert_eq!(in_order(wrong), "abcd");
        }
    }
}
