//! What is wrong in a template, at its place and in the words of somebody who changes one for the first time.
//!
//! Tera tells most faults with a span. Some it tells as a finished page of text (filters and templates that there are not),
//! some without the place that matters (a block that is not closed ends the file, and was opened far above), and one
//! without any place (a parent that there is not). Here all of them get one.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::messages::{TemplateMessage, Where};
use crate::diagnostic::said::Said;
use crate::diagnostic::{Diagnostic, Source};
use crate::record::{fields, slip};

/// Tags that must be closed.
const BLOCKS: [&str; 6] = ["if", "for", "block", "filter", "component", "raw"];

/// Names that a message lists.
const LISTED: usize = 30;

/// What Tera found, before it is told.
struct TeraFault {
    message: String,
    file: String,
    span: Range<usize>,
}

/// The fault of a template; `page` is the page of the site on which it was met.
pub(crate) fn of(error: &tera::Error, sources: &BTreeMap<String, String>, page: Option<&str>) -> Diagnostic {
    let more = || match page {
        Some(page) => Said(Where::OnPage { page: page.to_string() }),
        None => Said(Where::Anywhere),
    };
    let Some(found) = find(error, sources) else {
        return Diagnostic::error(TemplateMessage::TemplateFault { why: error.kind().to_string(), more: more() });
    };
    let text = sources.get(&found.file).map_or("", String::as_str);
    let (message, span) = explain(&found, text, sources, more());
    Diagnostic::error(message).at(Source { file: &format!("templates/{}", found.file), text }, span)
}

fn find(error: &tera::Error, sources: &BTreeMap<String, String>) -> Option<TeraFault> {
    match error.kind() {
        tera::ErrorKind::SyntaxError(fault) | tera::ErrorKind::RenderingError(fault) => Some(TeraFault {
            message: fault.message().trim_end_matches('.').to_string(),
            file: fault.filename().to_string(),
            span: fault.span().range.clone(),
        }),
        tera::ErrorKind::MissingParent { current, parent } => {
            let at = sources.get(current)?.find(parent.as_str())?;
            let message = format!("Unknown template `{parent}`");
            Some(TeraFault { message, file: current.clone(), span: at..at + parent.len() })
        }
        tera::ErrorKind::Msg(text) => report(text, sources),
        _ => None,
    }
}

/// The first fault of a page of text: `error: message`, then ` --> file:line:column`, the line, and carets below it.
fn report(text: &str, sources: &BTreeMap<String, String>) -> Option<TeraFault> {
    let mut lines = text.lines();
    let message = lines.by_ref().find_map(|line| line.trim().strip_prefix("error: "))?;
    let place = lines.by_ref().find_map(|line| line.trim().strip_prefix("--> "))?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let file = parts.next()?;
    let width = lines.find(|line| line.contains('^')).map_or(1, |line| line.matches('^').count());
    let text = sources.get(file)?;
    let start = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let within =
        |characters: usize| text[start..].char_indices().nth(characters).map_or(text.len(), |(at, _)| start + at);
    let span = within(column.saturating_sub(1))..within(column.saturating_sub(1) + width);
    Some(TeraFault { message: message.to_string(), file: file.to_string(), span })
}

/// The message and its place.
fn explain(
    found: &TeraFault,
    text: &str,
    sources: &BTreeMap<String, String>,
    more: Said<Where>,
) -> (TemplateMessage, Range<usize>) {
    let message = found.message.as_str();
    if let Some((tag, span)) = unclosed(text).filter(|_| message == "Unexpected end of input") {
        return (TemplateMessage::UnclosedBlock { tag, more }, span);
    }
    let sign = text.get(found.span.start..).and_then(|rest| rest.chars().next());
    let sign = sign.filter(|sign| message.starts_with("Unexpected character") && slip::looks_like_toml(*sign));
    let message = if let Some(sign) = sign {
        TemplateMessage::LookAlikeInTemplate { sign, more }
    } else if let Some((what, known)) = message.split_once(" is not defined. Available ") {
        let name = what.split('`').nth(1).unwrap_or_default();
        let known: Vec<&str> = known.split_once(": ").map_or("", |(_, names)| names).split(", ").collect();
        TemplateMessage::UnknownName {
            name: name.to_string(),
            near: fields::nearest(name, &known).map(str::to_string),
            known: known.iter().take(LISTED).map(|name| name.trim_matches('`').to_string()).collect(),
            more,
        }
    } else if let Some(name) = between(message, "Unknown template `", "`") {
        let known: Vec<&str> = sources.keys().map(String::as_str).collect();
        let near = fields::nearest(name, &known).map(str::to_string);
        TemplateMessage::UnknownTemplate { name: name.to_string(), near, more }
    } else if let Some(kind) = between(message, "Iteration not possible on type `", "`") {
        match kind {
            "undefined" => TemplateMessage::NothingToLoop { more },
            kind => TemplateMessage::CannotLoop { kind: kind.to_string(), more },
        }
    } else if message.starts_with("This content would be ignored") {
        TemplateMessage::OutsideBlocks { more }
    } else {
        TemplateMessage::TemplateFault { why: found.message.clone(), more }
    };
    (message, found.span.clone())
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.strip_prefix(before)?.strip_suffix(after)
}

/// The innermost block that is opened and not closed.
fn unclosed(text: &str) -> Option<(&'static str, Range<usize>)> {
    let mut open: Vec<(&'static str, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{%").map(|found| at + found) {
        let end = text[start..].find("%}").map_or(text.len(), |end| start + end + 2);
        let inner = text[start + 2..end].trim_start_matches('-').trim_start();
        let word = inner.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
        if let Some(tag) = BLOCKS.iter().find(|tag| **tag == word) {
            open.push((tag, start..end));
        } else if let Some(place) =
            word.strip_prefix("end").and_then(|tag| open.iter().rposition(|(open, _)| *open == tag))
        {
            open.remove(place);
        }
        at = end.max(start + 2);
    }
    open.pop()
}
