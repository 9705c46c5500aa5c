//! Plain text: lines, read from both ends.

use std::collections::BTreeMap;

use super::outline::recognise;
use super::paragraphs::{Line, is_visible};
use super::reading::{self, Parts};
use super::{head, official, paragraphs, tail};
use crate::diagnostic::Diagnostic;
use crate::import::capture::{Capture, Import, in_file};
use crate::import::dropped::{Dropped, WhyDropped};
use crate::import::meta::Meta;
use crate::import::read::decode::decode;

/// Reads a capture as text.
///
/// Errors: those of [`decode`].
pub(crate) fn read(capture: &Capture<'_>) -> Result<Import, Diagnostic> {
    let decoded = decode(capture.bytes, None)?;
    let lines = paragraphs::lines(&decoded.text);
    let unseen: Vec<Dropped> = unseen(&lines);
    let seen: Vec<Line<'_>> =
        lines.iter().map(|line| if is_visible(line.text) { *line } else { Line { text: "", ..*line } }).collect();
    let tail = tail::find(&seen);
    let above = reading::without(&seen, tail.dropped.iter().map(|dropped| dropped.line));
    let mut head = head::read(&above, Meta::default());
    let body = reading::without(&above, head.taken.iter().map(|taken| taken.line));
    official::signed(&body, &mut head.meta);
    let paragraphs = paragraphs::gather(&body);
    let outline = recognise(&paragraphs);
    let mut import = reading::import(capture, "text/plain", decoded.encoding);
    import.diagnostics = decoded.told().into_iter().map(|fault| in_file(fault, capture.name)).collect();
    import.meta = Meta { rights: tail.rights, ..head.meta };
    reading::likely_date(&mut import, Vec::new(), capture.name);
    import.dropped = head.dropped.into_iter().chain(tail.dropped).chain(unseen).collect();
    import.dropped.sort_by_key(|dropped| dropped.line);
    import.taken = head.taken;
    let parts = Parts {
        lines: &lines,
        paragraphs: &paragraphs,
        unread_dates: &head.unread_dates,
        title_guessed: head.title_guessed,
        expected: BTreeMap::new(),
        anchors: &BTreeMap::new(),
    };
    Ok(reading::finish(import, outline, capture.name, &parts))
}

/// Lines that hold characters which nobody sees.
fn unseen(lines: &[Line<'_>]) -> Vec<Dropped> {
    let unseen = lines.iter().filter(|line| !line.text.trim().is_empty() && !is_visible(line.text));
    unseen
        .map(|line| Dropped { line: line.number, text: line.text.trim().to_string(), why: WhyDropped::Invisible })
        .collect()
}
