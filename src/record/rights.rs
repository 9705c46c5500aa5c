//! Which addresses state rights: RightsStatements.org's twelve, and the licences and marks of Creative Commons.
//!
//! A machine that reads `rights_uri` knows these and no others; a page of one's own, however well written, tells it
//! nothing, and belongs into `rights`.

use super::fields::{Fields, Located, is_quoted, nearest};
use crate::diagnostic::messages::RecordMessage;
use crate::diagnostic::{Diagnostic, Report, Source};

/// The statements of RightsStatements.org, version 1.0.
const STATEMENTS: [&str; 12] =
    ["InC", "InC-OW-EU", "InC-EDU", "InC-NC", "InC-RUU", "NoC-CR", "NoC-NC", "NoC-OKLR", "NoC-US", "CNE", "UND", "NKC"];

/// The licences of Creative Commons that are in force.
const LICENCES: [&str; 6] = ["by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"];

/// Whether an address is one of them.
pub(crate) fn is_known(uri: &str) -> bool {
    let Some((_, rest)) = uri.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    match (host.strip_prefix("www.").unwrap_or(host), parts.as_slice()) {
        ("rightsstatements.org", ["vocab" | "page", name, "1.0", ..]) => STATEMENTS.contains(name),
        ("creativecommons.org", ["publicdomain", "zero" | "mark", "1.0", ..]) => true,
        ("creativecommons.org", ["licenses", name, version, ..]) => {
            LICENCES.contains(name) && matches!(*version, "1.0" | "2.0" | "2.1" | "2.5" | "3.0" | "4.0")
        }
        _ => false,
    }
}

/// Reads `rights_uri`.
pub(super) fn read(fields: &mut Fields<'_>, report: &mut Report) -> Option<String> {
    let uri = fields.located_address("rights_uri", report)?;
    if let Some(doubt) = doubt(&uri, fields.source()) {
        report.push(doubt);
    }
    Some(uri.value)
}

/// What is wrong with an address that is none of them.
fn doubt(uri: &Located<String>, source: Source<'_>) -> Option<Diagnostic> {
    if is_known(&uri.value) {
        return None;
    }
    let statements = STATEMENTS.map(|name| format!("http://rightsstatements.org/vocab/{name}/1.0/"));
    let licences = LICENCES.map(|name| format!("https://creativecommons.org/licenses/{name}/4.0/"));
    let known: Vec<&str> = statements.iter().chain(&licences).map(String::as_str).collect();
    let near = nearest(&uri.value, &known);
    let guess = near.unwrap_or("http://rightsstatements.org/vocab/InC/1.0/").to_string();
    let fault = Diagnostic::warning(RecordMessage::UnknownRightsUri { guess }).at(source, uri.span.clone());
    Some(match near.filter(|_| is_quoted(source, &uri.span)) {
        Some(near) => fault.suggest(source, uri.span.clone(), format!("\"{near}\"")),
        None => fault,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_statements() {
        for uri in [
            "http://rightsstatements.org/vocab/InC/1.0/",
            "https://rightsstatements.org/vocab/NKC/1.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by-nc-sa/3.0/cn/",
            "https://creativecommons.org/publicdomain/mark/1.0/deed.zh",
        ] {
            assert!(is_known(uri), "{uri}");
        }
        for uri in [
            "https://a.example/licence",
            "http://rightsstatements.org/vocab/Free/1.0/",
            "https://creativecommons.org/licenses/by/5.0/",
            "https://creativecommons.org.a.example/licenses/by/4.0/",
            "rightsstatements.org/vocab/InC/1.0/",
        ] {
            assert!(!is_known(uri), "{uri}");
        }
    }
}
