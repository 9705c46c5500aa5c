//! Places as a sheet names them: `B12`, `A1:H1`.

use crate::import::read::sheet::area::Area;
use crate::import::read::sheet::workbook::{COLUMNS, ROWS};

/// The row and column of a name, from 0.
pub(super) fn read(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let letters = name.find(|character: char| character.is_ascii_digit())?;
    let column = name.get(..letters)?.bytes().filter(|byte| *byte != b'$').try_fold(0_u32, |column, letter| {
        let number = letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(number)
    })?;
    let row: u32 = name.get(letters..)?.parse().ok()?;
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row < ROWS && column < COLUMNS).then_some((row, column))
}

/// The area of a name; one place is an area too.
pub(super) fn area(name: &str) -> Option<Area> {
    let name = name.replace('$', "");
    let (first, last) = name.split_once(':').unwrap_or((&name, &name));
    let (first, last) = (read(first)?, read(last)?);
    let range = |a: u32, b: u32| a.min(b)..a.max(b) + 1;
    Some(Area { rows: range(first.0, last.0), columns: range(first.1, last.1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(read("A1"), Some((0, 0)));
        assert_eq!(read("AB12"), Some((11, 27)));
        assert_eq!(read("XFD1048576"), Some((1_048_575, 16_383)));
        for bad in ["", "A", "1", "A0", "XFE1", "A1048577", "ÄB1", "ZZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(area("A1:C2"), Some(Area { rows: 0..2, columns: 0..3 }));
        assert_eq!(area("$C$2:A1"), Some(Area { rows: 0..2, columns: 0..3 }));
    }
}
