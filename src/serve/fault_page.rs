//! What is wrong, in the page itself; and what lets a page follow edits.
//!
//! Both are put into a finished page: a template needs to know nothing of them, and a build cannot let them slip in.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;

use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::Told;
use crate::diagnostic::{self, Diagnostic, Report, Severity, words};

/// The folder of what the server adds. No document's id begins with a point.
pub(crate) const FOLDER: &str = ".fonds/";

/// Faults that are shown one by one.
const SHOWN: usize = 30;

/// Adds the panel of faults and the script to a page, and lets its Content-Security-Policy allow that it asks for news.
pub(crate) fn dress(html: Vec<u8>, report: &Report, version: u64, lang: Lang) -> Vec<u8> {
    let html = String::from_utf8(html).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let html = with_policy(&html);
    let body = &html[..html.rfind("</body>").unwrap_or(html.len())];
    format!("{body}{}{}", panel(report, lang), end(version)).into_bytes()
}

/// A page that stands for one that cannot be made.
pub(crate) fn page(path: &str, report: &Report, version: u64, lang: Lang) -> String {
    let mut title = String::new();
    // Writing into a String cannot fail.
    let _ = escape_html(&mut title, path);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body class=\"fonds-broken\">\n<main id=\"fonds-main\"><h1>{}</h1>\n<p><code>{title}</code></p></main>\n{}\
{}",
        words::say(&Told::PageCannotBeMade, lang),
        panel(report, lang),
        end(version)
    )
}

/// The end of a page. Nothing stands behind the script, which copies the page as it was sent.
fn end(version: u64) -> String {
    format!("<script src=\"/{FOLDER}live.js\" data-version=\"{version}\"></script></body></html>")
}

/// Lets a page ask its own server for news, which the policy of a published page forbids.
fn with_policy(html: &str) -> String {
    const META: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    match html.split_once(META) {
        Some((before, rest)) if !rest.split('"').next().unwrap_or_default().contains("connect-src") => {
            format!("{before}{META}connect-src 'self'; {rest}")
        }
        _ => html.to_string(),
    }
}

/// Everything that is wrong, errors first; empty when nothing is.
fn panel(report: &Report, lang: Lang) -> String {
    let mut faults = report.sorted();
    faults.retain(|fault| fault.severity != Severity::Note);
    if faults.is_empty() {
        return String::new();
    }
    faults.sort_by_key(|fault| fault.severity);
    let errors = faults.iter().filter(|fault| fault.is_error()).count();
    let faults_in_words = diagnostic::count_faults(errors, faults.len() - errors, lang);
    let head = words::say(&Told::PanelFaults { faults: faults_in_words, has_errors: errors > 0 }, lang);
    let mut html = format!(
        "<aside id=\"fonds-faults\" lang=\"{lang}\" dir=\"ltr\" role=\"status\" class=\"{}\">\n<link rel=\"stylesheet\" href=\"/{FOLDER}live.css\">\n\
         <details{}>\n<summary>{}</summary>\n<ol>\n",
        if errors > 0 { "errors" } else { "warnings" },
        if errors > 0 { " open" } else { "" },
        code_of(&head)
    );
    for fault in faults.iter().take(SHOWN) {
        item(fault, &mut html, lang);
    }
    html.push_str("</ol>\n");
    if faults.len() > SHOWN {
        let more = words::say(&Told::PanelMore { count: faults.len() - SHOWN }, lang);
        let _ = writeln!(html, "<p>{}</p>", code_of(&more));
    }
    html.push_str("</details>\n</aside>\n");
    html
}

fn item(fault: &Diagnostic, html: &mut String, lang: Lang) {
    let severity = if fault.is_error() { "error" } else { "warning" };
    let _ = write!(html, "<li class=\"{severity}\"><p><strong>");
    html.push_str(&code_of(&fault.message(lang)));
    let _ = write!(html, "</strong> <code>{}</code></p>", fault.code());
    if let Some(place) = &fault.place {
        html.push_str("<p class=\"place\">");
        let _ = escape_html(&mut *html, &place.file);
        if place.line > 0 {
            let _ = write!(html, ":{}:{}", place.line, place.column);
        }
        html.push_str("</p>");
        if let Some([before, there, after]) = place.excerpt() {
            html.push_str("<pre>");
            let _ = escape_html(&mut *html, before);
            html.push_str("<mark>");
            // A fault between two characters is shown at the one before which it stands.
            let _ = escape_html(&mut *html, if there.is_empty() { "\u{2038}" } else { there });
            html.push_str("</mark>");
            let _ = escape_html(&mut *html, after);
            html.push_str("</pre>");
        }
    }
    if let Some(help) = fault.help(lang) {
        html.push_str("<p class=\"help\">");
        html.push_str(&code_of(&help));
        html.push_str("</p>");
    }
    html.push_str("</li>\n");
}

/// A sentence as HTML; what stands between backticks is code.
fn code_of(sentence: &str) -> String {
    let mut html = String::with_capacity(sentence.len() + 16);
    for (at, part) in sentence.split('`').enumerate() {
        let mut escaped = String::new();
        // Writing into a String cannot fail.
        let _ = escape_html(&mut escaped, part);
        let _ = match at % 2 {
            0 => write!(html, "{escaped}"),
            _ => write!(html, "<code>{escaped}</code>"),
        };
    }
    html
}
