//! What must be known of a file before it is opened: opening it unpacks the streams that hold its objects, all of them at
//! once and without a bound.

use memchr::memmem::{Finder, find, rfind};

use super::unpack::{Refused, inflate};

/// Bytes that all streams of objects unpack to at most.
const OBJECTS: usize = 192 << 20;
/// Bytes that one may have that is not packed in the usual way, or locked.
const UNKNOWN: usize = 1 << 20;
/// How far before a stream its dictionary begins.
const DICTIONARY: usize = 2048;

/// Whether the streams of objects unpack to what can be held.
pub(super) fn can_be_opened(bytes: &[u8]) -> bool {
    let is_locked = find(bytes, b"/Encrypt").is_some();
    let end = Finder::new(b"endstream");
    let mut left = OBJECTS;
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| find(rest, b"stream")) {
        let start = from + found + b"stream".len();
        from = start;
        let head = bytes.get((start - b"stream".len()).saturating_sub(DICTIONARY)..start).unwrap_or_default();
        let head = rfind(head, b" obj").map_or(head, |at| head.get(at..).unwrap_or_default());
        if find(head, b"/ObjStm").is_none() && find(head, b"/XRef").is_none() {
            continue;
        }
        let own = bytes.get(start..).unwrap_or_default();
        let own = own.strip_prefix(b"\r\n").or_else(|| own.strip_prefix(b"\n")).unwrap_or(own);
        let own = end.find(own).and_then(|end| own.get(..end)).unwrap_or(own);
        let is_plain = find(head, b"FlateDecode").is_some() && (!is_locked || find(head, b"/XRef").is_some());
        if !is_plain {
            if own.len() > UNKNOWN {
                return false;
            }
            continue;
        }
        match inflate(own, left) {
            Ok((unpacked, _)) => left = left.saturating_sub(unpacked.len()),
            Err(Refused::TooLarge | Refused::OtherKind) => return false,
        }
        from = start + own.len();
    }
    true
}
