//! Properties as Word stores them: a number that says what is meant and how long the value is, and the value ([MS-DOC] 2.2.5,
//! 2.6).

use super::bytes::u16_at;

/// A number of bytes of the value that is stored in two bytes and not in one: the definition of a table.
const TABLE: u16 = 0xd608;
/// Tab stops, whose length is not always stored.
const TABS: u16 = 0xc615;

/// The properties in a list of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sprms<'b> {
    rest: &'b [u8],
}

impl<'b> Sprms<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }
}

impl<'b> Iterator for Sprms<'b> {
    type Item = (u16, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let sprm = u16_at(self.rest, 0)?;
        let behind = self.rest.get(2..)?;
        let (skipped, length): (usize, usize) = match (sprm, sprm >> 13) {
            (TABLE, _) => (2, usize::from(u16_at(behind, 0)?).saturating_sub(1)),
            (TABS, _) if behind.first() == Some(&255) => {
                let deleted = usize::from(*behind.get(1)?);
                let added = usize::from(*behind.get(2 + 4 * deleted)?);
                (1, 2 + 4 * deleted + 3 * added)
            }
            (_, 6) => (1, usize::from(*behind.first()?)),
            (_, 0 | 1) => (0, 1),
            (_, 3) => (0, 4),
            (_, 7) => (0, 3),
            _ => (0, 2),
        };
        let value = behind.get(skipped..skipped.checked_add(length)?)?;
        self.rest = behind.get(skipped + length..).unwrap_or_default();
        Some((sprm, value))
    }
}

/// Whether a property is on. One that says the opposite of the style says so of text that is not bold, italic or struck
/// without it; one that says the same as the style says nothing.
pub(super) fn toggled(value: &[u8]) -> Option<bool> {
    match value.first()? {
        0 => Some(false),
        1 | 0x81 => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        let bytes = [0x16, 0x24, 1, 0x49, 0x66, 2, 0, 0, 0, 0x08, 0xd6, 3, 0, 7, 9, 0x2f, 0xca, 1, 5, 0x0b, 0x46, 3, 0];
        let found: Vec<(u16, Vec<u8>)> = Sprms::of(&bytes).map(|(sprm, value)| (sprm, value.to_vec())).collect();
        assert_eq!(
            found,
            [
                (0x2416, vec![1]),
                (0x6649, vec![2, 0, 0, 0]),
                (0xd608, vec![7, 9]),
                (0xca2f, vec![5]),
                (0x460b, vec![3, 0]),
            ]
        );
        assert_eq!(Sprms::of(&[0x16]).count(), 0);
        assert_eq!(Sprms::of(&[0x49, 0x66, 1]).count(), 0);
    }
}
