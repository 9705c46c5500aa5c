//! The order in which the blocks of a page are read.

use std::collections::HashMap;

use super::recognised::{Block, Line};

/// Places in an order whose groups may stand in groups.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// For each open group its index in the one around it, and how many members it has so far.
    open: Vec<(usize, usize)>,
    found: Vec<(Vec<usize>, String)>,
}

impl Places {
    /// A group begins.
    pub(super) fn open(&mut self, index: Option<usize>) {
        let index = self.next(index);
        self.open.push((index, 0));
    }

    /// The group that was opened last ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// A member of the group that is open.
    pub(super) fn member(&mut self, index: Option<usize>, id: String) {
        let index = self.next(index);
        let place = self.open.iter().map(|(index, _)| *index).chain([index]).collect();
        self.found.push((place, id));
    }

    fn next(&mut self, index: Option<usize>) -> usize {
        self.open.last_mut().map_or(index.unwrap_or(0), |(_, count)| {
            *count += 1;
            index.unwrap_or(*count)
        })
    }

    /// The members in order.
    pub(super) fn ids(mut self) -> Vec<String> {
        self.found.sort_by(|one, other| one.0.cmp(&other.0));
        self.found.into_iter().map(|(_, id)| id).collect()
    }
}

/// Puts blocks in the order of reading. What it does not name stays behind the one that the file has before it.
pub(super) fn settle(blocks: Vec<Block>, ids: &[String]) -> Vec<Block> {
    let mut ranks: HashMap<&str, usize> = HashMap::new();
    for (rank, id) in ids.iter().enumerate() {
        ranks.entry(id).or_insert(rank);
    }
    if ranks.is_empty() {
        return blocks;
    }
    let rank_of_line = |line: &Line| ranks.get(line.id.as_str()).copied();
    let mut last = 0;
    let mut ranked: Vec<(usize, Block)> = Vec::new();
    for mut block in blocks {
        if block.lines.iter().all(|line| rank_of_line(line).is_some()) {
            block.lines.sort_by_key(|line| rank_of_line(line));
        }
        let of_lines = || block.lines.iter().filter_map(rank_of_line).min();
        last = ranks.get(block.id.as_str()).copied().or_else(of_lines).unwrap_or(last);
        ranked.push((last, block));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, block)| block).collect()
}
