//! Plain text: lines, read from both ends.

use std::collections::BTreeMap;

use super::meta::Meta;
use super::reading::{self, Parts};
use super::{Capture, Import, decode, head, paragraphs, recognise, tail};
use crate::diagnostic::Diagnostic;

/// Reads a capture as text.
///
/// Errors: those of [`decode`].
pub(super) fn read(capture: &Capture<'_>) -> Result<Import, Diagnostic> {
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
