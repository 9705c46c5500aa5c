//! Language tags (BCP 47): their form, and whether ISO 639 knows the language.
//!
//! The list of languages is the isolang crate's, made from SIL's tables. The language-tags crate, which has the whole
//! registry of subtags, was last released in 2021 and would not know newer ones; a wrong script or region is rare beside
//! the confusion of languages with countries, `cn` for `zh`.

use super::fields::{Fields, is_quoted};
use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Report};

/// What people write for a language, and what they mean.
const MISTAKEN: [(&str, &str); 8] = [
    ("cn", "zh-Hans"),
    ("chs", "zh-Hans"),
    ("cht", "zh-Hant"),
    ("tw", "zh-Hant"),
    ("hk", "zh-Hant"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("ua", "uk"),
];

/// Reads `language`.
pub(crate) fn read(fields: &mut Fields<'_>, report: &mut Report) -> Option<String> {
    let text = fields.text("language", report)?;
    if !is_tag(&text.value) {
        report.push(malformed(&text.value).at(fields.source(), text.span));
        return None;
    }
    if let Some((fault, meant)) = unknown(&text.value) {
        let source = fields.source();
        let fault = fault.at(source, text.span.clone());
        report.push(match meant.filter(|_| is_quoted(source, &text.span)) {
            Some(meant) => fault.suggest(source, text.span, format!("\"{meant}\"")),
            None => fault,
        });
    }
    Some(text.value)
}

/// The fault of a malformed tag.
pub(crate) fn malformed(tag: &str) -> Diagnostic {
    Diagnostic::error(RecordMessage::MalformedLanguage { tag: tag.to_string() })
}

/// The doubt about a tag whose language ISO 639 does not know, and the tag that was likely meant.
fn unknown(tag: &str) -> Option<(Diagnostic, Option<&'static str>)> {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let known = match language.len() {
        2 => isolang::Language::from_639_1(&language).is_some(),
        3 => isolang::Language::from_639_3(&language).is_some() || ("qaa".."qua").contains(&language.as_str()),
        _ => false,
    };
    if known {
        return None;
    }
    let meant = MISTAKEN.iter().find(|(written, _)| *written == language).map(|(_, meant)| *meant);
    let message = RecordMessage::UnknownLanguage { language, meant: meant.map(str::to_string) };
    Some((Diagnostic::warning(message), meant))
}

/// Whether a tag is well formed by the outline of BCP 47: subtags of 1–8 letters and digits, the first of letters.
pub(crate) fn is_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first =
        subtags.next().is_some_and(|tag| (2..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic()));
    first && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Languages that are written from right to left, unless a script says otherwise.
const RIGHT_TO_LEFT: [&str; 16] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Scripts that are.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 8] = ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "syrc", "thaa"];

/// The value of `dir` for a text with this BCP 47 tag.
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or_default();
    let backwards = match subtags.find(|subtag| subtag.len() == 4 && !subtag.starts_with(|c: char| c.is_ascii_digit()))
    {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&language),
    };
    if backwards { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions() {
        for (tag, expected) in [
            ("ug", "rtl"),
            ("ug-Latn", "ltr"),
            ("ug-CN", "rtl"),
            ("prs", "rtl"),
            ("az-Arab", "rtl"),
            ("zh-Hans", "ltr"),
            ("", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }

    #[test]
    fn tags() {
        for tag in ["zh-Hans", "en", "bo", "ug", "yue", "zh-Hant-TW", "qaa", "lzh"] {
            assert!(is_tag(tag) && unknown(tag).is_none(), "{tag}");
        }
        for tag in ["cn", "jp", "xx", "xqx", "chinese"] {
            assert!(is_tag(tag) && unknown(tag).is_some(), "{tag}");
        }
        assert!(!is_tag("zh_Hans") && !is_tag("中文") && !is_tag(""));
    }
}
