//! What must be known of a file before it is opened: opening it unpacks the streams that hold its objects, all of them at
//! once and without a bound.

use memchr::memmem::{Finder, find, rfind};

use super::unpack::inflated_size;

/// Bytes that all streams of objects unpack to at most.
const UNPACKED: usize = 96 << 20;
/// Most objects in them, and most that are written into lists, as pages are in a file that is out to fill the memory.
const OBJECTS: usize = 400_000;
/// Bytes that one may have that is not packed in the usual way, or locked.
const UNKNOWN: usize = 1 << 20;
/// How far before a stream its dictionary begins.
const DICTIONARY: usize = 2048;

/// Whether the streams of objects unpack to what can be held.
pub(super) fn can_be_opened(bytes: &[u8]) -> bool {
    if in_lists(bytes) > OBJECTS {
        return false;
    }
    let is_locked = find(bytes, b"/Encrypt").is_some();
    let end = Finder::new(b"endstream");
    let mut left = UNPACKED;
    let mut objects = 0;
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
        match inflated_size(own, left) {
            Ok(size) => left = left.saturating_sub(size),
            Err(_) => return false,
        }
        objects += stated(head, b"/N ").unwrap_or(0);
        if objects > OBJECTS {
            return false;
        }
        from = start + own.len();
    }
    true
}

/// The number behind a name.
fn stated(head: &[u8], name: &[u8]) -> Option<usize> {
    let rest = head.get(find(head, name)? + name.len()..)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).take(9);
    Some(digits.fold(0, |number, digit| 10 * number + usize::from(digit - b'0')))
}

/// How many dictionaries stand in lists, right behind each other.
fn in_lists(bytes: &[u8]) -> usize {
    let opens = memchr::memmem::find_iter(bytes, b"<<");
    let is_in_list = |at: &usize| {
        let before = bytes.get(at.saturating_sub(8)..*at).unwrap_or_default().trim_ascii_end();
        before.ends_with(b"[") || before.ends_with(b">>")
    };
    opens.filter(is_in_list).count()
}
