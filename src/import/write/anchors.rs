//! Links from one place of a capture to another: which heading they lead to.
//!
//! In the archive a place has the id of its section. A link to a paragraph leads to the section in which it stands; one to a
//! place that is no part of the text, or stands above all sections, loses its address and keeps its words.

use std::collections::BTreeMap;

use super::ids;
use crate::import::block::Block;
use crate::import::flow::Sense;

/// Gives the links within a text the ids of their headings; returns those that lead nowhere, with their lines.
pub(crate) fn settle(blocks: &mut [Block], anchors: &BTreeMap<String, usize>) -> Vec<(usize, String)> {
    let is_inner = |sense: &Sense| matches!(sense, Sense::Link(address) if address.starts_with('#'));
    if !blocks.iter().any(|block| block.marks.iter().any(|mark| is_inner(&mark.sense))) {
        return Vec::new();
    }
    let ids = ids::assign(blocks);
    let sections: Vec<(usize, String)> =
        blocks.iter().zip(ids).filter_map(|(block, id)| Some((block.line, id?))).collect();
    let lines: std::collections::BTreeSet<usize> = blocks.iter().map(|block| block.line).collect();
    let target = |place: &str| {
        let decoded = percent_encoding::percent_decode_str(place).decode_utf8_lossy();
        let line = *anchors.get(place).or_else(|| anchors.get(&*decoded))?;
        // What stands outside the text belongs to the first line of the text behind it.
        let line = *lines.range(line..).next()?;
        sections.get(sections.partition_point(|(own, _)| *own <= line).checked_sub(1)?).map(|(_, id)| id.clone())
    };
    let mut lost = Vec::new();
    for block in blocks {
        block.marks.retain_mut(|mark| {
            let Sense::Link(address) = &mut mark.sense else { return true };
            let Some(place) = address.strip_prefix('#') else { return true };
            match target(place) {
                Some(id) => *address = format!("#{id}"),
                None => {
                    lost.push((block.line, std::mem::take(address)));
                    return false;
                }
            }
            true
        });
    }
    lost
}
