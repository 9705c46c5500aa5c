//! Where lines begin and end.

/// How the last line of a text ends that has an end.
pub(super) fn line_end_of(text: &str) -> Option<&'static str> {
    text.rfind('\n').map(|at| if text[..at].ends_with('\r') { "\r\n" } else { "\n" })
}

/// Where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Behind the blanks at a place.
pub(super) fn blanks_end(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}
