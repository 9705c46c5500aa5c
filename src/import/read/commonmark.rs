//! Markdown, with the front matter of whatever generator it was written for.
//!
//! It is read as the page it stands for: pulldown-cmark, which the build uses too, makes HTML of it, and that goes the way of
//! all pages. So a text in which 一、 is typed and no heading is marked is recognised like any other, links by reference and
//! raw HTML come out as what they mean, and what is written into the archive is in the one form that the archive has.

use std::path::Path;

use pulldown_cmark::{Options, Parser};

use super::decode::decode;
use super::{front_matter, html};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;
use crate::import::capture::{Capture, Context};
use crate::import::flow::Flow;

/// Reads a Markdown file.
///
/// Errors: those of [`decode`], of the front matter, and of pages.
pub(crate) fn read(capture: &Capture<'_>, context: &Context<'_>) -> Result<Flow, Diagnostic> {
    let decoded = decode(capture.bytes, None)?;
    let (stated, body) = front_matter::split(&decoded.text)?;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST;
    let mut page = String::with_capacity(body.len() * 2);
    pulldown_cmark::html::push_html(&mut page, Parser::new_ext(body, options));
    let mut flow = html::read_text(&page, context.known, context.beside)?;
    if let Some(stated) = stated {
        let mut meta = stated.meta;
        meta.source_url = meta.extra.remove("source_url").or(flow.stated.source_url.take());
        flow.stated = meta;
    }
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
