//! Markdown, with the front matter of whatever generator it was written for.
//!
//! It is read as the page it stands for: pulldown-cmark, which the build uses too, makes HTML of it, and that goes the way of
//! all pages. So a text in which 一、 is typed and no heading is marked is recognised like any other, links by reference and
//! raw HTML come out as what they mean, and what is written into the archive is in the one form that the archive has.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use pulldown_cmark::{Event, Options, Tag, TagEnd};

use super::decode::decode;
use super::html::{Known, Parts};
use super::{front_matter, html};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::capture::{Capture, Context};
use crate::import::flow::{Flow, Form};
use crate::text::events::{Markdown, OPTIONS};
use crate::text::tape::Align;
use crate::text::{aligned, columns, numbered};

/// An item whose number is not the next one keeps it.
fn numbered<'a>(event: Event<'a>, span: &Range<usize>, jumps: &BTreeMap<usize, u64>) -> Event<'a> {
    match (&event, jumps.get(&span.start)) {
        // The item's end closes it as HTML does.
        (Event::Start(Tag::Item), Some(number)) => Event::Html(format!("<li value=\"{number}\">").into()),
        _ => event,
    }
}

/// A paragraph that ends in the archive's sign for a side is set to it.
fn set_aside_signs(events: &mut [(Event<'_>, Range<usize>)]) {
    let (mut depth, mut start) = (0_usize, 0);
    for at in 0..events.len() {
        match &events[at].0 {
            Event::Start(tag) => {
                if depth == 0 && *tag == Tag::Paragraph {
                    start = at;
                }
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let is_open = depth == 0 && *end == TagEnd::Paragraph && start + 1 < at;
                let found = if is_open { sign_at_end(&events[at - 1].0) } else { None };
                if let Some((align, words)) = found {
                    events[start].0 = Event::Html(format!("<p align=\"{}\">", align.word()).into());
                    events[at - 1].0 = Event::Text(words.into());
                    events[at].0 = Event::Html("</p>\n".into());
                }
            }
            _ => {}
        }
    }
}

/// The side that the last words of a paragraph name, and the words before the sign. A sign behind a backslash is none: what
/// stands behind one is read by itself, without the space.
fn sign_at_end(event: &Event<'_>) -> Option<(Align, String)> {
    let Event::Text(words) = event else { return None };
    let (align, at) = aligned::find(words)?;
    Some((align, words[..at].trim_end().to_string()))
}

/// Headings are known by their words too, as on GitHub: in small letters, without marks, `-` for a space, and with a number
/// behind the second of two that are equal.
fn name_headings(flow: &mut Flow) {
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    for (at, piece) in flow.pieces.iter().enumerate().filter(|(_, piece)| matches!(piece.form, Form::Heading(_))) {
        let kept = |character: &char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_');
        let words: String = piece.text.trim().to_lowercase().chars().filter(kept).collect();
        let words = words.replace(' ', "-");
        let times = given.entry(words.clone()).or_default();
        let name = if *times == 0 { words } else { format!("{words}-{times}") };
        *times += 1;
        flow.anchors.entry(name).or_insert(at + 1);
    }
}

/// Reads a Markdown file.
///
/// Errors: those of [`decode`], of the front matter, and of pages.
pub(crate) fn read(capture: &Capture<'_>, context: &Context<'_>) -> Result<Flow, Diagnostic> {
    let decoded = decode(capture.bytes, None)?;
    let (stated, body) = front_matter::split(&decoded.text)?;
    let mut page = String::with_capacity(body.len() * 2);
    let options = OPTIONS | Options::ENABLE_DEFINITION_LIST;
    // Without a bar there is no table, and one reading is enough.
    let body = match body.contains('|') {
        true => columns::widened(body, &Markdown::new(body).events_with(options).collect::<Vec<_>>()),
        false => Cow::Borrowed(body),
    };
    let markdown = Markdown::new(&body);
    let mut events: Vec<_> = markdown.events_with(options).collect();
    set_aside_signs(&mut events);
    let jumps = numbered::jumps(&body, &events);
    pulldown_cmark::html::push_html(&mut page, events.into_iter().map(|(event, span)| numbered(event, &span, &jumps)));
    let mut flow = html::read_text(&page, Known { parts: Parts::Whole, ..context.known }, context.beside)?;
    name_headings(&mut flow);
    if let Some(stated) = stated {
        let mut meta = stated.meta;
        meta.source_url = meta.extra.remove("source_url").or(flow.stated.source_url.take());
        flow.evidence.retain(|found| meta.title.is_none() && found.field == "title");
        meta.title = meta.title.or(flow.stated.title.take());
        flow.stated = meta;
    }
    flow.diagnostics.splice(0..0, decoded.told());
    // Jekyll and Hexo know drafts by their folder.
    let in_drafts = Path::new(capture.name).components().any(|part| part.as_os_str() == "_drafts");
    if in_drafts && flow.stated.kept_back.is_none() {
        flow.stated.kept_back = Some("_drafts/".to_string());
    }
    if let Some(key) = flow.stated.kept_back.clone() {
        flow.diagnostics.push(Diagnostic::warning(CaptureMessage::KeptBack { key }).in_file(capture.name));
    }
    flow.encoding = decoded.encoding.to_string();
    flow.media_type = "text/markdown";
    Ok(flow)
}
