//! Which brackets of a text belong together, found in one pass however they are nested.

use std::collections::HashMap;

/// Where each bracket that has its partner ends: the byte behind the partner, by the byte that it begins at.
pub(super) fn find(text: &str) -> HashMap<usize, usize> {
    let bytes = text.as_bytes();
    let mut pairs = HashMap::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut at = 0;
    while at + 1 < bytes.len() {
        let two = (bytes[at], bytes[at + 1]);
        match two {
            (b'{', b'{') | (b'[', b'[') => {
                open.push((two.0, at));
                at += 2;
            }
            (b'}', b'}') | (b']', b']') => {
                let opening = if two.0 == b'}' { b'{' } else { b'[' };
                // A bracket of the other kind that has no partner is passed over, but only a near one.
                let near = open.iter().rev().take(4).position(|(kind, _)| *kind == opening);
                if let Some(back) = near {
                    open.truncate(open.len() - back);
                    pairs.extend(open.pop().map(|(_, start)| (start, at + 2)));
                }
                at += 2;
            }
            _ => at += 1,
        }
    }
    pairs
}
