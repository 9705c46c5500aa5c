//! Formats that are made of characters and are no text: read as prose they would become a document that nobody wrote.
//!
//! A name tells most of them. What has the name of a text, or none, is told by what only that format begins with; a text may
//! speak of anything, so nothing is concluded from words in its midst.

/// Endings, with what files of that name are.
const ENDINGS: [(&str, &str); 31] = [
    ("csv", "CSV"),
    ("tsv", "TSV"),
    ("tab", "TSV"),
    ("json", "JSON"),
    ("jsonl", "JSON"),
    ("ndjson", "JSON"),
    ("xml", "XML"),
    ("rdf", "RDF"),
    ("ttl", "RDF"),
    ("svg", "SVG"),
    ("tex", "TeX"),
    ("latex", "TeX"),
    ("bib", "BibTeX"),
    ("ris", "RIS"),
    ("mrc", "MARC"),
    ("eml", "EML"),
    ("mbox", "EML"),
    ("ics", "iCalendar"),
    ("vcf", "vCard"),
    ("srt", "SubRip"),
    ("vtt", "WebVTT"),
    ("sql", "SQL"),
    ("yaml", "YAML"),
    ("yml", "YAML"),
    ("toml", "TOML"),
    ("ini", "INI"),
    ("css", "CSS"),
    ("js", "JavaScript"),
    ("py", "Python"),
    ("ps", "PostScript"),
    ("rst", "reStructuredText"),
];

/// First characters that no prose has.
const BEGINNINGS: [(&str, &str); 5] = [
    ("\\documentclass", "TeX"),
    ("BEGIN:VCALENDAR", "iCalendar"),
    ("BEGIN:VCARD", "vCard"),
    ("WEBVTT", "WebVTT"),
    ("<svg", "SVG"),
];

/// Rows that a table has at least, its head among them.
const ROWS: usize = 3;

/// What a file is where it is none of the formats that are read.
pub(super) fn of(ending: &str, bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = ENDINGS.iter().find(|(known, _)| *known == ending).filter(|_| !is_page(bytes)) {
        return Some(name);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if let Some((_, name)) = BEGINNINGS.iter().find(|(start, _)| text.starts_with(start.as_bytes())) {
        return Some(name);
    }
    // Programs that export tables give them the name of a workbook.
    if matches!(ending, "xls" | "xlsx" | "et") && !is_page(bytes) {
        return table(text).or(Some("TSV").filter(|_| text.contains(&b'\t')));
    }
    if matches!(ending, "txt" | "text" | "") {
        return table(text).or_else(|| json(text));
    }
    None
}

/// XML may be XHTML, whatever it is called.
fn is_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(5).any(|five| five.eq_ignore_ascii_case(b"<html"))
}

fn json(text: &[u8]) -> Option<&'static str> {
    let begins = text.starts_with(b"{") || text.starts_with(b"[");
    let is_json = begins && serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok();
    is_json.then_some("JSON")
}

/// Rows with the same number of commas or tabs, two at least, in every line: a table with a name of a text.
fn table(text: &[u8]) -> Option<&'static str> {
    [(b',', "CSV"), (b'\t', "TSV"), (b';', "CSV")].into_iter().find_map(|(mark, name)| {
        let mut lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        let count = |line: &[u8]| {
            let mut quoted = false;
            line.iter()
                .filter(|byte| {
                    quoted ^= **byte == b'"';
                    **byte == mark && !quoted
                })
                .count()
        };
        // Most texts are told by their first line, and are not read to their end for it.
        let first = Some(count(lines.next()?)).filter(|first| *first >= 2)?;
        let same = lines.clone().take_while(|line| count(line) == first).count();
        (same + 1 >= ROWS && same == lines.count()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_are_known() {
        for (ending, text, name) in [
            ("csv", "档号,题名\n1,甲\n", "CSV"),
            ("txt", "档号,题名,年\n1,甲,1952\n2,\"乙,丙\",1953\n", "CSV"),
            ("txt", "档号\t题名\t年\n1\t甲\t1952\n2\t乙\t1953\n", "TSV"),
            ("", "[{\"题名\": \"甲\"}]", "JSON"),
        ] {
            assert_eq!(of(ending, text.as_bytes()), Some(name), "{text}");
        }
    }

    #[test]
    fn texts_are_texts() {
        for (ending, text) in [
            ("txt", "库房札记\n\n库房在楼的北面，窗小，墙厚。\n"),
            ("txt", "Shelves, books, readers\nDesks, chairs, lamps\nOne more line.\n"),
            ("txt", "{甲} 是一个字\n"),
            ("txt", "[注] 库房\n"),
            ("xml", "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">"),
            ("md", "a,b,c\nd,e,f\ng,h,i\n"),
            ("txt", ""),
        ] {
            assert_eq!(of(ending, text.as_bytes()), None, "{text}");
        }
    }
}
