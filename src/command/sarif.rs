//! A report in SARIF, the form in which code hosts and editors take the findings of checkers: SARIF 2.1.0 (OASIS Standard,
//! 2020). Places are relative to the archive's root, columns are counted in characters (`unicodeCodePoints`, 3.14.17), and
//! each rule carries the page that `fonds explain` prints.
//!
//! The serde-sarif crate was looked at: it generates its types from the whole schema at build time and brings a dozen
//! crates for the eight objects that are needed here.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diagnostic::lang::Lang;
use crate::diagnostic::{Diagnostic, Place, Report, Severity, Suggestion};
use crate::explanation;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a path keeps in a URI (RFC 3986, 3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The log of one run.
pub(crate) fn log(report: &Report, lang: Lang) -> String {
    let found = report.sorted();
    let mut rules: BTreeMap<&str, usize> = found.iter().map(|fault| (fault.code().name(), 0)).collect();
    rules.values_mut().enumerate().for_each(|(at, index)| *index = at);
    let results: Vec<Value> = found.iter().map(|fault| result(fault, rules[fault.code().name()], lang)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "fonds",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.keys().map(|code| rule(code, lang)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"ARCHIVE": {"description": {"text": "The archive's folder, which holds site.toml."}}},
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default()
}

fn rule(code: &str, lang: Lang) -> Value {
    match explanation::find(code, lang) {
        Some(page) => json!({
            "id": code,
            "shortDescription": {"text": format!("{}.", page.title)},
            "help": {"text": page.body, "markdown": page.body},
        }),
        None => json!({"id": code}),
    }
}

fn result(fault: &Diagnostic, rule: usize, lang: Lang) -> Value {
    let message = fault.message(lang);
    let text = match fault.help(lang) {
        Some(help) if lang.is_chinese() => format!("{message}。{help}"),
        Some(help) => format!("{message}. {help}"),
        None => message,
    };
    let mut result = json!({
        "ruleId": fault.code(),
        "ruleIndex": rule,
        "level": match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "message": {"text": text},
    });
    if let Some(place) = &fault.place {
        result["locations"] = json!([location(place)]);
    }
    if !fault.suggestions.is_empty() {
        result["fixes"] = fault.suggestions.iter().map(fix).collect();
    }
    result
}

/// A change that would mend a fault (3.55).
fn fix(change: &Suggestion) -> Value {
    json!({"artifactChanges": [{
        "artifactLocation": artifact(&change.file),
        "replacements": [{
            "deletedRegion": {
                "startLine": change.start.0, "startColumn": change.start.1,
                "endLine": change.end.0, "endColumn": change.end.1,
            },
            "insertedContent": {"text": change.replacement},
        }],
    }]})
}

fn artifact(file: &str) -> Value {
    json!({"uri": utf8_percent_encode(file, PATH).to_string(), "uriBaseId": "ARCHIVE"})
}

fn location(place: &Place) -> Value {
    let mut physical = json!({"artifactLocation": artifact(&place.file)});
    if place.line > 0 {
        let mut region = json!({"startLine": place.line, "startColumn": place.column});
        if let Some(line @ [_, marked, _]) = place.excerpt() {
            // The column behind the last character (3.30.8).
            region["endColumn"] = json!(place.column + marked.chars().count());
            region["snippet"] = json!({"text": line.concat()});
        }
        physical["region"] = region;
    }
    json!({"physicalLocation": physical})
}
