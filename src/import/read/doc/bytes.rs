//! Numbers out of bytes, and the tables that are made of them.

pub(super) use crate::import::read::bytes::{position_at, u16_at, u32_at};

/// A number of positions, and records of one size behind them ([MS-DOC] 2.2.2, PLC).
#[derive(Debug, Clone, Copy)]
pub(super) struct Plc<'b> {
    bytes: &'b [u8],
    count: usize,
    size: usize,
}

impl<'b> Plc<'b> {
    /// What `bytes` hold, with records of `size` bytes.
    pub(super) fn new(bytes: &'b [u8], size: usize) -> Self {
        Self { bytes, count: bytes.len().saturating_sub(4) / (4 + size), size }
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The position of a record; that of the one past the last is the end.
    pub(super) fn position(&self, index: usize) -> Option<usize> {
        (index <= self.count).then(|| position_at(self.bytes, 4 * index)).flatten()
    }

    /// A record's own bytes.
    pub(super) fn record(&self, index: usize) -> Option<&'b [u8]> {
        let start = 4 * (self.count + 1) + index * self.size;
        if index < self.count { self.bytes.get(start..start + self.size) } else { None }
    }
}
