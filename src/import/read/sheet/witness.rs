//! The text of the sheets taken out once more, cell by cell, and printed in the order of the parts that were found.
//!
//! The cells come from a second, simpler reading of the file. What stands in no part is printed at the end, where the proof
//! finds it.

use std::collections::BTreeMap;

use super::area::{Area, Cover};
use super::layout::Region;

/// What a second reading found on a sheet: a text for each place, by rows.
pub(super) type Found = BTreeMap<(u32, u32), String>;

/// The text of a sheet in the order of its parts.
pub(super) fn text(found: &Found, merges: &[Area], regions: &[Region]) -> String {
    let mut text = String::new();
    let mut cover = Cover::new(merges);
    let mut rest: BTreeMap<(u32, u32), &str> = found.iter().map(|(place, text)| (*place, text.as_str())).collect();
    rest.retain(|(row, column), text| cover.is_shown(*row, *column) && !text.is_empty());
    for region in regions {
        let Area { rows, columns } = &region.area;
        let within = (rows.start, 0)..(rows.end, 0);
        let own: Vec<(u32, u32)> =
            rest.range(within).map(|(place, _)| *place).filter(|(_, column)| columns.contains(column)).collect();
        for place in own {
            text.push_str(rest.remove(&place).unwrap_or_default());
            text.push('\n');
        }
    }
    rest.values().for_each(|left| text.push_str(left));
    text
}
