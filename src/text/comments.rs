//! Comments in a text, `<!-- … -->`: what a person noted for other editors, and no reader is to see.
//!
//! Where HTML is not allowed it is shown as text, and a comment with it would be the opposite of what was meant. A comment that is
//! never closed is text: to hide it would hide all that follows.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// An event with its place.
type Placed<'e> = (Event<'e>, Range<usize>);

/// The places of comments, in their order. `events` are those of the text, with their places in it.
pub(crate) fn places(text: &str, events: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains("<!--") {
        return found;
    }
    for (event, span) in events {
        if matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            within(text, span.clone(), &mut found);
        }
    }
    found
}

/// Adds the comments in a stretch of HTML.
fn within(text: &str, span: Range<usize>, found: &mut Vec<Range<usize>>) {
    let mut at = span.start;
    while let Some(start) = text[at..span.end].find("<!--").map(|start| start + at) {
        let Some(end) = text[start + 4..span.end].find("-->").map(|end| start + 4 + end + 3) else { return };
        found.push(start..end);
        at = end;
    }
}

/// The events without comments, and without blocks that were nothing else.
pub(super) fn without<'e>(text: &str, events: Vec<Placed<'e>>) -> Vec<Placed<'e>> {
    let comments = places(text, &events);
    if comments.is_empty() {
        return events;
    }
    let mut kept: Vec<Placed<'e>> = Vec::with_capacity(events.len());
    for (event, span) in events {
        match event {
            Event::Html(_) | Event::InlineHtml(_) if comments.iter().any(|comment| meet(comment, &span)) => {
                let rest = outside(text, &span, &comments);
                if !rest.trim().is_empty() {
                    kept.push((Event::Html(rest.into()), span));
                }
            }
            Event::End(TagEnd::HtmlBlock) if matches!(kept.last(), Some((Event::Start(Tag::HtmlBlock), _))) => {
                kept.pop();
            }
            event => kept.push((event, span)),
        }
    }
    kept
}

fn meet(one: &Range<usize>, two: &Range<usize>) -> bool {
    one.start < two.end && two.start < one.end
}

/// A stretch of a text without the comments in it.
pub(crate) fn outside(text: &str, span: &Range<usize>, comments: &[Range<usize>]) -> String {
    let mut rest = String::with_capacity(span.len());
    let mut at = span.start;
    for comment in comments.iter().filter(|comment| meet(comment, span)) {
        rest.push_str(text.get(at..comment.start).unwrap_or_default());
        at = comment.end.min(span.end);
    }
    rest.push_str(text.get(at..span.end).unwrap_or_default());
    rest
}
