//! Links as they stand in a Markdown file, so that one can be rewritten and every other byte stays.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::text::events::OPTIONS;

/// A link or image of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenLink {
    /// Its destination, as it is meant.
    pub destination: String,
    /// Where the destination stands, if it stands there as it is meant: without escapes.
    pub written: Option<Range<usize>>,
    /// Where the whole link stands.
    pub whole: Range<usize>,
}

/// All links in `body` of a text, and in its raw HTML where that is kept. A definition `[x]: …` counts once, however many
/// links use it.
pub(crate) fn in_text(text: &str, body: Range<usize>, allow_html: bool) -> Vec<WrittenLink> {
    let markdown = &text[body.clone()];
    let shift = |span: Range<usize>| span.start + body.start..span.end + body.start;
    let mut found = Vec::new();
    let mut events = Parser::new_ext(markdown, OPTIONS).into_offset_iter();
    for (event, span) in events.by_ref() {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, .. })
            | Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, .. }) => {
                let whole = shift(span);
                let written = behind(text, whole.clone(), "](", &dest_url);
                found.push(WrittenLink { destination: dest_url.to_string(), written, whole });
            }
            Event::Html(_) | Event::InlineHtml(_) if allow_html => found.extend(in_html(text, shift(span))),
            _ => {}
        }
    }
    let definitions = events.reference_definitions().iter().map(|(_, definition)| {
        let whole = shift(definition.span.clone());
        let written = behind(text, whole.clone(), "]:", &definition.dest);
        WrittenLink { destination: definition.dest.to_string(), written, whole }
    });
    found.extend(definitions);
    found.sort_by_key(|link| link.whole.start);
    found
}

/// Where a destination stands behind a mark, the last one that it follows.
fn behind(text: &str, whole: Range<usize>, mark: &str, destination: &str) -> Option<Range<usize>> {
    if destination.is_empty() {
        return None;
    }
    let inside = &text[whole.clone()];
    inside.rmatch_indices(mark).find_map(|(at, _)| {
        let rest = inside[at + mark.len()..].trim_start();
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        let after = rest.strip_prefix(destination)?;
        let ends = after.is_empty() || after.starts_with([')', '>']) || after.starts_with(char::is_whitespace);
        let start = whole.start + inside.len() - rest.len();
        ends.then(|| start..start + destination.len())
    })
}

/// Addresses in raw HTML.
fn in_html(text: &str, whole: Range<usize>) -> Vec<WrittenLink> {
    let inside = &text[whole.clone()];
    let starts = ["href=", "src="]
        .into_iter()
        .flat_map(|name| inside.match_indices(name).map(|(at, name)| at + name.len()).collect::<Vec<_>>());
    starts
        .filter_map(|at| {
            let quote = inside[at..].chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let length = inside[at + 1..].find(quote)?;
            let start = whole.start + at + 1;
            let destination = text[start..start + length].to_string();
            let written = (!destination.contains('&')).then_some(start..start + length);
            Some(WrittenLink { destination, written, whole: whole.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Vec<(String, Option<String>)> {
        let links = in_text(text, 0..text.len(), true);
        links.into_iter().map(|link| (link.destination, link.written.map(|span| text[span].to_string()))).collect()
    }

    #[test]
    fn destinations_are_found_where_they_stand() {
        let texts = [
            ("[a](x.md)", "x.md", true),
            ("[a](<x y.md> \"t\")", "x y.md", true),
            ("[a]( x.md#s1 'x.md')", "x.md#s1", true),
            ("[a\n](x.md)", "x.md", true),
            ("[a][b]\n\n[b]: x.md \"t\"\n", "x.md", true),
            ("<i><a href='x.md'>a</a></i>", "x.md", true),
            ("[a](x\\_y.md)", "x_y.md", false),
            ("[a](x&amp;y.md)", "x&y.md", false),
        ];
        for (text, destination, stands) in texts {
            let expected = (destination.to_string(), stands.then(|| destination.to_string()));
            assert_eq!(written(text), [expected], "{text}");
        }
        let both: Vec<_> = written("[![i](i.png)](x.md)").into_iter().filter_map(|(_, written)| written).collect();
        assert_eq!(both, ["x.md", "i.png"]);
        assert!(written("`[a](x.md)` and <https://a.example>").is_empty());
    }
}
