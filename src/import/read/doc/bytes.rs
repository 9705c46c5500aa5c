//! Numbers out of bytes, least first; `None` past the end.

/// Two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

/// Four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// Four bytes as a position.
pub(super) fn position_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

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
