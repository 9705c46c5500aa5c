//! Bytes of a record and of those that continue it, read one behind the other.

/// A place in such bytes.
#[derive(Debug)]
pub(super) struct Wide<'b> {
    parts: Vec<&'b [u8]>,
    part: usize,
    at: usize,
}

impl<'b> Wide<'b> {
    pub(super) fn new(parts: Vec<&'b [u8]>) -> Self {
        Self { parts, part: 0, at: 0 }
    }

    fn rest(&self) -> &'b [u8] {
        self.parts.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// Goes on with the next part where this one is at its end; whether it does.
    fn turn(&mut self) -> bool {
        if !self.rest().is_empty() || self.part + 1 >= self.parts.len() {
            return false;
        }
        self.part += 1;
        self.at = 0;
        true
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        while self.turn() {}
        let byte = self.rest().first().copied()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn two(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn four(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    /// Passes over bytes.
    pub(super) fn skip(&mut self, mut count: usize) {
        while count > 0 {
            while self.turn() {}
            let here = self.rest().len().min(count);
            if here == 0 {
                return;
            }
            self.at += here;
            count -= here;
        }
    }

    /// So many characters; fewer where the bytes end. A part that is gone on with says anew whether its characters have two
    /// bytes.
    pub(super) fn characters(&mut self, count: usize, mut is_wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while units.len() < count {
            if self.rest().is_empty() {
                if !self.turn() {
                    break;
                }
                is_wide = self.byte().is_some_and(|flags| flags & 1 == 1);
                continue;
            }
            let rest = self.rest();
            let left = count - units.len();
            if is_wide {
                let taken = (rest.len() / 2).min(left);
                units.extend(rest.chunks_exact(2).take(taken).map(|two| u16::from_le_bytes([two[0], two[1]])));
                // A byte alone at the end of a part is damage.
                self.at += if taken == 0 { 1 } else { 2 * taken };
            } else {
                let taken = rest.len().min(left);
                units.extend(rest.iter().take(taken).map(|byte| u16::from(*byte)));
                self.at += taken;
            }
        }
        String::from_utf16_lossy(&units)
    }
}
