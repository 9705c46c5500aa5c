//! Where the record ends and the text begins.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Source};

/// Bytes of the record and of the text in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Between the `+++` lines.
    pub record: Range<usize>,
    /// After the second `+++` line.
    pub body: Range<usize>,
}

/// Finds the two `+++` lines.
///
/// # Errors
/// `missing-record` where the file does not begin with `+++`, `open-record` where the second line is missing.
pub fn split(source: Source<'_>) -> Result<Split, Diagnostic> {
    let text = source.text;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "+++" {
        return Err(Diagnostic::error("missing-record", "the file does not begin with a record")
            .help("put the record at the top, between two lines of +++ :  title = \"…\"  date = \"…\"")
            .at(source, start..start + first.trim_end().len()));
    }
    let record = start + first.len();
    let mut at = record;
    for line in lines {
        if line.trim_end() == "+++" {
            return Ok(Split { record: record..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    Err(Diagnostic::error("open-record", "the record is not closed")
        .help("end the record with a line of +++")
        .at(source, start..start + 3))
}

/// Whether the first bytes of a file hold the whole record.
pub fn is_complete(head: &str) -> bool {
    split(Source { file: "", text: head }).is_ok_and(|split| split.body.start < head.len() || head.ends_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        split(Source { file: "a.md", text }).ok().map(|split| (&text[split.record], &text[split.body]))
    }

    #[test]
    fn splits() {
        assert_eq!(parts("+++\ntitle = \"a\"\n+++\nb\n"), Some(("title = \"a\"\n", "b\n")));
        assert_eq!(parts("\u{feff}+++\r\na=1\r\n+++\r\nb"), Some(("a=1\r\n", "b")));
        assert_eq!(parts("+++\n+++"), Some(("", "")));
        assert_eq!(parts("+++\na = 1\n"), None);
        assert_eq!(parts("a\n+++\n+++\n"), None);
        assert_eq!(parts(""), None);
    }
}
