//! Where the record ends and the text begins.

use std::ops::Range;

use super::table;
use crate::diagnostic::messages::TomlMessage;
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
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "+++" {
        return Err(missing(source, start));
    }
    let record = start + first.len();
    let mut at = record;
    for line in lines {
        if line.trim_end() == "+++" {
            return Ok(Split { record: record..at, body: at + line.len()..text.len() });
        }
        at += line.len();
    }
    Err(open(source, record, start))
}

/// What stands where the record should begin.
fn missing(source: Source<'_>, start: usize) -> Diagnostic {
    let text = &source.text[start..];
    let mut at = start;
    let found = text.split_inclusive('\n').find_map(|line| {
        let place = at..at + line.trim_end().len();
        at += line.len();
        (!line.trim().is_empty()).then_some((line.trim(), place))
    });
    let Some((line, place)) = found else {
        return Diagnostic::error(TomlMessage::EmptyFile).at(source, start..start);
    };
    if line.contains('\r') {
        return Diagnostic::error(TomlMessage::MacintoshLineEnds).at(source, place.start..place.start);
    }
    let is_written_so = |sign: char| line.chars().count() >= 2 && line.chars().all(|each| each == sign);
    let fault = |message: TomlMessage| Diagnostic::error(message).at(source, place.clone());
    if is_written_so('-') {
        fault(TomlMessage::YamlRecord)
    } else if is_written_so('＋') {
        fault(TomlMessage::WideFirstLine).fix(source, place.clone(), "+++")
    } else if is_written_so('+') && line != "+++" {
        fault(TomlMessage::WrongFirstLine).suggest(source, place.clone(), "+++")
    } else if line == "+++" {
        fault(TomlMessage::TextBeforeRecord).fix(source, start..place.end, "+++")
    } else if front_line(line) {
        fault(TomlMessage::MissingFirstLine)
    } else {
        fault(TomlMessage::NoRecord)
    }
}

/// Whether a line looks like a field.
fn front_line(line: &str) -> bool {
    let name =
        line.split(['=', '＝', ':', '：']).next().filter(|name| name.len() < line.len()).unwrap_or_default().trim();
    table::is_name(name)
}

/// A record without an end. Its place is the line that was likely meant to be the end.
fn open(source: Source<'_>, record: usize, start: usize) -> Diagnostic {
    let mut at = record;
    for line in source.text[record..].split_inclusive('\n') {
        let shown = line.trim();
        let sign = shown.chars().next().filter(|sign| matches!(sign, '+' | '＋' | '-'));
        if sign.is_some_and(|sign| shown.chars().count() >= 2 && shown.chars().all(|each| each == sign)) {
            let place = at..at + line.trim_end().len();
            return Diagnostic::error(TomlMessage::WrongLastLine { line: shown.to_string() })
                .at(source, place.clone())
                .suggest(source, place, "+++");
        }
        at += line.len();
    }
    Diagnostic::error(TomlMessage::UnclosedRecord).at(source, start..start + 3)
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
        assert_eq!(parts("\u{feff}\u{feff}+++\na=1\n+++\n"), Some(("a=1\n", "")));
    }
}
