//! The tokens of a segment, sorted by what follows them, as records.
//!
//! Take every token with all that follows it in its passage, and sort these: then all places of a phrase, of any length,
//! stand side by side. Cut the sorted row into a tree by what the places have in common, stop where few are left, and write
//! for each leaf only in which blocks they are. A phrase is then one stretch of leaves and its sections are exact, without
//! positions and without joining long lists.
//!
//! Three kinds of record stand in that order, each under its key, which is what its places begin with:
//!
//! * a *leaf*: at most `LEAF` places, or places whose passage ends there, or a key of `DEPTH` units;
//! * a *group*: neighbouring small branches below one stem, from the key up to the next record's: exact for the stem,
//!   candidates for what is longer;
//! * a *sum*: the blocks of everything that begins with the key, where reading that would take more than `SUM` bits.
//!
//! A phrase that goes on beyond a leaf has candidates too. They are few, and the excerpts decide.

use std::ops::Range;

use rayon::prelude::*;

use super::bits::Bits;
use crate::fold::{END, begins_token};

/// A branch with no more places than this is a leaf.
const LEAF: usize = 96;
/// What may share a group below a stem of one token: branches of no more places than the first number, places in all no
/// more than the second. Nothing narrows the candidates of a phrase of two tokens, so these groups are small.
const PAIRS: (usize, usize) = (6, 32);
/// The same below longer stems. A reader narrows the candidates by looking up the end of the phrase.
const PHRASES: (usize, usize) = (12, 256);
/// The longest key, in units.
const DEPTH: usize = 32;
/// Bits that may be read for a stem before it gets a sum.
const SUM: usize = 96 * 1024;
/// Stretches of a segment that are looked through at once.
const SCANS: usize = 8;
/// Places that are sorted together, about; so many fit into a processor's cache.
const PART: usize = 1 << 18;

/// Folded texts with the blocks in them.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    /// All blocks' folded texts.
    units: Vec<u16>,
    /// Where in `units` each block's titles, headings and text end.
    blocks: Vec<[u32; 3]>,
}

/// The tokens of a segment by parts of the sorted row.
#[derive(Debug)]
pub(crate) struct Parts {
    /// How many parts there are.
    pub count: usize,
    /// For each stretch of the segment and each part, the places in it, ascending.
    scans: Vec<Vec<Vec<u32>>>,
}

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HoldingKind {
    /// All places of its key.
    Leaf,
    /// All places from its key to the next record's.
    Group,
    /// The blocks of all places that begin with its key; the records after it hold them again.
    Sum,
}

/// A list of blocks under a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holding {
    /// Where in the segment the key can be read.
    place: u32,
    /// How long it is.
    depth: u8,
    /// What it holds.
    pub kind: HoldingKind,
    /// Where its list stands in the part's bits.
    pub list: (usize, usize),
}

/// The records of a stretch of the sorted row.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// In the order of their keys; a sum before what it sums.
    pub records: Vec<Holding>,
    /// Their lists.
    pub lists: Bits,
}

impl Segment {
    /// Whether there is nothing to find in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Makes room for so many units in all.
    pub(crate) fn reserve(&mut self, units: usize) {
        self.units.reserve(units.saturating_sub(self.units.len()));
    }

    /// How many units it holds.
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// How many blocks it holds.
    pub(crate) fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Marks every unit that occurs.
    pub(crate) fn mark_units(&self, seen: &mut [bool]) {
        for unit in &self.units {
            seen[usize::from(*unit)] = true;
        }
    }

    /// Adds a block: its folded text, and where titles and headings end in it.
    pub(crate) fn push(&mut self, folded: &[u16], titles: usize, headings: usize) {
        // A segment is closed long before its units outnumber u32.
        let end = |length: usize| (self.units.len() + length) as u32;
        self.blocks.push([end(titles), end(headings), end(folded.len())]);
        self.units.extend_from_slice(folded);
    }

    /// The key of a record.
    pub(crate) fn key(&self, record: &Holding) -> &[u16] {
        &self.units[record.place as usize..][..usize::from(record.depth)]
    }

    /// Cuts the sorted row into parts by first units.
    pub(crate) fn parts(&self) -> Parts {
        let ranges: Vec<Range<usize>> = self
            .blocks
            .chunks(self.blocks.len().div_ceil(SCANS).max(1))
            .scan(0, |start, blocks| {
                let end = blocks.last().map_or(*start, |block| block[2] as usize);
                Some(std::mem::replace(start, end)..end)
            })
            .collect();
        let counts: Vec<Vec<u32>> = ranges
            .par_iter()
            .map(|range| {
                let mut counts = vec![0_u32; 1 << 16];
                self.tokens(range.clone(), |_, unit| counts[usize::from(unit)] += 1);
                counts
            })
            .collect();
        let (mut part_of, mut sizes) = (vec![0_u16; 1 << 16], vec![0_usize]);
        for unit in 0..1 << 16 {
            let count: usize = counts.iter().map(|counts| counts[unit] as usize).sum();
            let last = sizes.len() - 1;
            if sizes[last] > 0 && count > 0 && sizes[last] + count > PART {
                sizes.push(0);
            }
            let last = sizes.len() - 1;
            sizes[last] += count;
            // There are fewer parts than units.
            part_of[unit] = last as u16;
        }
        let scans: Vec<Vec<Vec<u32>>> = ranges
            .into_par_iter()
            .map(|range| {
                let mut parts: Vec<Vec<u32>> =
                    sizes.iter().map(|size| Vec::with_capacity(size / SCANS * 9 / 8)).collect();
                self.tokens(range, |place, unit| parts[usize::from(part_of[usize::from(unit)])].push(place));
                parts
            })
            .collect();
        Parts { count: sizes.len(), scans }
    }

    /// Every token of a stretch of blocks.
    fn tokens(&self, range: Range<usize>, mut token: impl FnMut(u32, u16)) {
        let mut before = END;
        for (place, unit) in range.clone().zip(&self.units[range]) {
            if begins_token(before, *unit) {
                token(place as u32, *unit);
            }
            before = *unit;
        }
    }

    /// Four units from a place on, as one number.
    fn four(&self, at: usize) -> u64 {
        match self.units.get(at..at + 4) {
            Some(four) => four.iter().fold(0, |number, unit| number << 16 | u64::from(*unit)),
            None => (0..4)
                .fold(0, |number, next| number << 16 | self.units.get(at + next).map_or(0, |unit| u64::from(*unit))),
        }
    }
}

/// Where a token is.
#[derive(Debug, Clone, Copy, Default)]
struct TokenPlace {
    at: u32,
    /// The block, and in the lowest two bits the rank: 2 in a title, 1 in a heading, 0 in the text.
    posting: u32,
    /// Units that follow, four at a time: what follows a place lies anywhere in memory, and is fetched once for four
    /// steps.
    next: u64,
}

impl TokenPlace {
    /// The unit after `depth` common ones.
    fn unit(self, depth: usize) -> u16 {
        (self.next >> (48 - 16 * (depth % 4))) as u16
    }
}

/// Blocks met below a stem: how often, and the highest rank.
struct Sums {
    times: Vec<(u32, u8)>,
    met: Vec<u32>,
}

/// Sorts one part after another; what it needs for that is kept.
pub(crate) struct Sorter<'a> {
    segment: &'a Segment,
    records: Records,
    row: Vec<TokenPlace>,
    /// All zero between two uses.
    counts: Vec<u32>,
    room: Vec<TokenPlace>,
    branches: Vec<(u16, u32)>,
    list: Vec<u32>,
    sums: Sums,
}

impl<'a> Sorter<'a> {
    /// A sorter for the parts of a segment.
    pub(crate) fn new(segment: &'a Segment) -> Self {
        Self {
            segment,
            records: Records::default(),
            row: Vec::new(),
            counts: vec![0; 1 << 16],
            room: Vec::new(),
            branches: Vec::new(),
            list: Vec::new(),
            sums: Sums { times: vec![(0, 0); segment.blocks.len()], met: Vec::new() },
        }
    }

    /// The records of a part.
    pub(crate) fn records(&mut self, parts: &Parts, part: usize) -> &Records {
        let segment = self.segment;
        let mut block = 0;
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.reserve(parts.scans.iter().map(|scan| scan[part].len()).sum());
        row.extend(parts.scans.iter().flat_map(|scan| &scan[part]).map(|place| {
            while segment.blocks[block][2] <= *place {
                block += 1;
            }
            let [titles, headings, _] = segment.blocks[block];
            let rank = u32::from(*place < titles) + u32::from(*place < headings);
            TokenPlace { at: *place, posting: (block as u32) << 2 | rank, next: segment.four(*place as usize) }
        }));
        self.records.records.clear();
        self.records.lists.clear();
        self.stem(&mut row, 0, 0);
        self.row = row;
        &self.records
    }

    /// Writes the records of places that have `depth` units in common, `tokens` of which begin a token.
    fn stem(&mut self, row: &mut [TokenPlace], depth: usize, tokens: usize) {
        let Some(first) = row.first().copied() else { return };
        let (depth, tokens, ended) = self.common(row, depth, tokens);
        if depth > 0 && (row.len() <= LEAF || ended || depth >= DEPTH) {
            return self.leaf(HoldingKind::Leaf, row, first, depth);
        }
        let start = (self.records.records.len(), self.records.lists.len());
        if depth > 0 {
            self.records.records.push(Holding {
                place: first.at,
                depth: depth as u8,
                kind: HoldingKind::Sum,
                list: (0, 0),
            });
        }
        let own = self.branches.len();
        self.branch(row, depth);
        let branches = own..self.branches.len();
        let (small, most) = match tokens {
            0 => (0, 0),
            1 => PAIRS,
            _ => PHRASES,
        };
        let (mut at, mut group) = (0, 0);
        for branch in branches {
            let (unit, count) = self.branches[branch];
            let count = count as usize;
            if count <= small {
                if at + count - group > most {
                    self.group(&row[group..at], depth + 1);
                    group = at;
                }
                at += count;
                continue;
            }
            self.group(&row[group..at], depth + 1);
            let before = if depth == 0 { END } else { self.segment.units[row[at].at as usize + depth - 1] };
            let tokens = tokens + usize::from(begins_token(before, unit));
            self.fetch(&mut row[at..at + count], depth + 1);
            self.stem(&mut row[at..at + count], depth + 1, tokens);
            at += count;
            group = at;
        }
        self.group(&row[group..at], depth + 1);
        self.branches.truncate(own);
        if depth > 0 {
            self.sum(row, start);
        }
    }

    /// How far all places agree beyond `depth`, and whether their passages end there.
    fn common(&self, row: &mut [TokenPlace], mut depth: usize, mut tokens: usize) -> (usize, usize, bool) {
        let first = row[0].at as usize;
        if depth > 0 && self.segment.units[first + depth - 1] == END {
            return (depth, tokens, true);
        }
        // Few places are a leaf as they are, and a longer key would only cost.
        if row.len() <= LEAF {
            return (depth, tokens, false);
        }
        loop {
            let unit = row[0].unit(depth);
            if depth >= DEPTH || row.iter().any(|place| place.unit(depth) != unit) {
                return (depth, tokens, false);
            }
            let before = if depth == 0 { END } else { self.segment.units[first + depth - 1] };
            tokens += usize::from(begins_token(before, unit));
            depth += 1;
            self.fetch(row, depth);
            if unit == END {
                return (depth, tokens, true);
            }
        }
    }

    /// Fetches the next four units of places that have stepped over the last four.
    fn fetch(&self, row: &mut [TokenPlace], depth: usize) {
        if depth.is_multiple_of(4) {
            for place in row {
                place.next = self.segment.four(place.at as usize + depth);
            }
        }
    }

    /// Sorts places by their next unit, keeping their order within each, and notes the branches.
    fn branch(&mut self, row: &mut [TokenPlace], depth: usize) {
        let own = self.branches.len();
        for place in row.iter() {
            let unit = place.unit(depth);
            let count = &mut self.counts[usize::from(unit)];
            if *count == 0 {
                self.branches.push((unit, 0));
            }
            *count += 1;
        }
        self.branches[own..].sort_unstable_by_key(|(unit, _)| *unit);
        let mut start = 0;
        for (unit, length) in &mut self.branches[own..] {
            let count = &mut self.counts[usize::from(*unit)];
            *length = *count;
            start += std::mem::replace(count, start);
        }
        self.room.clear();
        self.room.extend_from_slice(row);
        for place in &self.room {
            let count = &mut self.counts[usize::from(place.unit(depth))];
            row[*count as usize] = *place;
            *count += 1;
        }
        for (unit, _) in &self.branches[own..] {
            self.counts[usize::from(*unit)] = 0;
        }
    }

    fn group(&mut self, row: &[TokenPlace], depth: usize) {
        let Some(first) = row.first().copied() else { return };
        self.leaf(HoldingKind::Group, row, first, depth);
    }

    fn leaf(&mut self, kind: HoldingKind, row: &[TokenPlace], first: TokenPlace, depth: usize) {
        let segment = self.segment;
        self.list.clear();
        self.list.extend(row.iter().map(|place| place.posting));
        if kind == HoldingKind::Group {
            self.list.sort_unstable();
        }
        let lists = &mut self.records.lists;
        let start = lists.len();
        write_places(&self.list, segment.blocks.len(), lists);
        let list = (start, lists.len() - start);
        self.records.records.push(Holding { place: first.at, depth: depth as u8, kind, list });
    }

    /// Gives a stem its sum, or takes the record away that was kept for it.
    fn sum(&mut self, row: &[TokenPlace], (record, start): (usize, usize)) {
        let lists = &mut self.records.lists;
        let records = &mut self.records.records;
        // A key costs about as much as is said here.
        if lists.len() - start + 20 * (records.len() - record) <= SUM {
            records.remove(record);
            return;
        }
        for place in row {
            let (block, rank) = split(place.posting);
            let (times, highest) = &mut self.sums.times[block as usize];
            if *times == 0 {
                self.sums.met.push(block);
            }
            *times += 1;
            *highest = rank.max(*highest);
        }
        self.sums.met.sort_unstable();
        let start = lists.len();
        write_sum(&mut self.sums, self.segment.blocks.len(), lists);
        records[record].list = (start, lists.len() - start);
    }
}

/// How many low bits a Rice code of `count` ascending numbers below `limit` takes: the most with which `count` steps of
/// 2 to that power stay within 11/16 of `limit`. That is near ln 2, with which the code is shortest for steps of chance.
fn low_bits(count: usize, limit: usize) -> u32 {
    let mut low = 0;
    while (count as u64) << (low + 1) <= limit as u64 * 11 / 16 {
        low += 1;
    }
    low
}

/// Block and rank of a posting.
fn split(posting: u32) -> (u32, u8) {
    // Two bits.
    (posting >> 2, (posting & 3) as u8)
}

/// Places of a leaf or group: a block as often as the key stands in it.
fn write_places(list: &[u32], blocks: usize, out: &mut Bits) {
    // A list has fewer places than the segment has units.
    out.gamma(list.len() as u32);
    let ranked = list.iter().any(|posting| posting & 3 > 0);
    out.push(u64::from(ranked), 1);
    let low = low_bits(list.len(), blocks);
    let mut last = 0;
    for (block, rank) in list.iter().copied().map(split) {
        out.rice(block - last, low);
        last = block;
        if ranked {
            write_rank(rank, out);
        }
    }
}

/// Blocks of a sum, each once, with how often; the counts are left at zero.
fn write_sum(sums: &mut Sums, blocks: usize, out: &mut Bits) {
    out.gamma(sums.met.len() as u32);
    let ranked = sums.met.iter().any(|block| sums.times[*block as usize].1 > 0);
    out.push(u64::from(ranked), 1);
    let low = low_bits(sums.met.len(), blocks);
    let mut next = 0;
    for block in sums.met.drain(..) {
        let (times, rank) = std::mem::take(&mut sums.times[block as usize]);
        out.rice(block - next, low);
        next = block + 1;
        write_often(times, out);
        if ranked {
            write_rank(rank, out);
        }
    }
}

/// How often a key stands in a block, in four classes: once, from twice, from four times, from eight times on.
fn write_often(times: u32, out: &mut Bits) {
    match times {
        0..=1 => out.push(0, 1),
        2..=3 => out.push(0b10, 2),
        4..=7 => out.push(0b110, 3),
        _ => out.push(0b111, 3),
    }
}

fn write_rank(rank: u8, out: &mut Bits) {
    match rank {
        0 => out.push(0, 1),
        1 => out.push(0b10, 2),
        _ => out.push(0b11, 2),
    }
}
