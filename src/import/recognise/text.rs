//! Plain text: lines, read from both ends.

use std::collections::BTreeMap;

use super::outline::recognise;
use super::reading::{self, Parts};
use super::{head, paragraphs, tail};
use crate::diagnostic::Diagnostic;
use crate::import::capture::{Capture, Import};
use crate::import::meta::Meta;
use crate::import::read::decode::decode;

/// Reads a capture as text.
///
/// Errors: those of [`decode`].
pub(crate) fn read(capture: &Capture<'_>) -> Result<Import, Diagnostic> {
    let decoded = decode(capture.bytes, None)?;
    let lines = paragraphs::lines(&decoded.text);
    let tail = tail::find(&lines);
    let above = reading::without(&lines, tail.dropped.iter().map(|dropped| dropped.line));
    let head = head::read(&above, Meta::default());
    let body = reading::without(&above, head.taken.iter().map(|taken| taken.line));
    let paragraphs = paragraphs::gather(&body);
    let outline = recognise(&paragraphs);
    let mut import = reading::import(capture, "text/plain", decoded.encoding);
    import.meta = Meta { rights: tail.rights, ..head.meta };
    import.dropped = head.dropped.into_iter().chain(tail.dropped).collect();
    import.taken = head.taken;
    let parts =
        Parts { lines: &lines, paragraphs: &paragraphs, unread_dates: &head.unread_dates, expected: BTreeMap::new() };
    Ok(reading::finish(import, outline, capture.name, &parts))
}
