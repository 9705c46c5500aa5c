//! Several names in one text: 保管；旧报刊 as one subject, 沈一帆、李二 as one author.
//!
//! An index would have an entry under neither name. A semicolon or a bar stands in no name. An enumeration comma does stand in
//! names of bodies and in subjects (农业、农村和农民), so it parts persons and places only, and a comma only persons written in
//! Han, since “Shen, Yifan” is one.

use std::ops::Range;

use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Source};

/// Lists whose members are names.
const NAMED: [&str; 5] = ["authors", "subjects", "people", "places", "organisations"];

/// The warning where a member of a list is several names. `list` is the place of the list, or the text's own without one.
pub(super) fn told(
    source: Source<'_>,
    field: &str,
    text: &str,
    span: Range<usize>,
    list: Range<usize>,
) -> Option<Diagnostic> {
    let parts = parts(field, text)?;
    let message = RecordMessage::SeveralNames {
        field: field.to_string(),
        text: text.to_string(),
        parts: parts.iter().map(|part| (*part).to_string()).collect(),
    };
    let fault = Diagnostic::warning(message).at(source, span.clone());
    let written = source.text.get(span.clone()).unwrap_or_default();
    if !written.starts_with('"') || written.starts_with("\"\"\"") || text.contains(['"', '\\']) {
        return Some(fault);
    }
    let names = parts.iter().map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(", ");
    let names = if list == span { format!("[{names}]") } else { names };
    Some(match text.contains(['、', '，', ',']) {
        true => fault.suggest(source, span.clone(), names),
        false => fault.fix(source, span.clone(), names),
    })
}

/// The names, where there are several.
fn parts<'a>(field: &str, text: &'a str) -> Option<Vec<&'a str>> {
    if !NAMED.contains(&field) {
        return None;
    }
    let of_persons = matches!(field, "authors" | "people");
    let is_mark = |character: char| match character {
        '；' | ';' | '|' | '｜' => true,
        '、' => of_persons || field == "places",
        '，' | ',' => of_persons,
        _ => false,
    };
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, character) in text.char_indices() {
        match character {
            '（' | '(' | '《' | '“' | '〔' | '[' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' | ']' => depth = depth.saturating_sub(1),
            mark if depth == 0 && is_mark(mark) => {
                parts.push(text[start..at].trim());
                start = at + mark.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    let is_han = |part: &&str| part.chars().all(|letter| matches!(letter, '\u{3400}'..='\u{9fff}' | '·'));
    let by_comma = text.contains([',', '，']) && !text.contains(['；', ';', '|', '｜', '、']);
    parts.retain(|part| !part.is_empty());
    (parts.len() > 1 && (!by_comma || parts.iter().all(is_han))).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_part_names() {
        for (field, text, count) in [
            ("subjects", "保管；旧报刊", 2),
            ("subjects", "libraries; newspapers", 2),
            ("authors", "沈一帆、李二", 2),
            ("authors", "沈一帆，李二，王三", 3),
            ("people", "沈一帆|李二", 2),
            ("places", "江城、河口", 2),
        ] {
            assert_eq!(parts(field, text).map(|parts| parts.len()), Some(count), "{field}: {text}");
        }
        for (field, text) in [
            ("subjects", "农业、农村和农民"),
            ("organisations", "江城县文化、教育局"),
            ("authors", "Shen, Yifan"),
            ("authors", "沈一帆（笔名甲；又名乙）"),
            ("subjects", "保管；"),
            ("title", "甲；乙"),
        ] {
            assert_eq!(parts(field, text), None, "{field}: {text}");
        }
    }
}
