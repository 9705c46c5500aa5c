//! What a page says of its own bytes, before it is parsed.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::messages::CaptureMessage;

/// Deepest nesting that is read. Pages have some dozens; broken ones that never close an element have more.
const DEEPEST: usize = 1_000;
/// Most attributes of one tag. The parser compares each with all before it.
const ATTRIBUTES: usize = 5_000;

/// Refuses a page whose parsing would take a time that has no proportion to its length.
pub(in crate::import::read) fn within_bounds(html: &str) -> Result<(), Diagnostic> {
    let most = most(html);
    if most.deep > DEEPEST {
        return Err(Diagnostic::error(CaptureMessage::NestedTooDeeply { most: DEEPEST }));
    }
    if most.attributes > ATTRIBUTES {
        return Err(Diagnostic::error(CaptureMessage::TooManyAttributes { most: ATTRIBUTES }));
    }
    Ok(())
}

/// The encoding named in the first kilobytes: in a `meta` element or an XML declaration.
pub(crate) fn charset(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes.iter().take(4096).map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect();
    let head = head.to_ascii_lowercase();
    let declared =
        head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).and_then(|rest| value(rest, "encoding"));
    // A label that can be read byte by byte is not written in two bytes a character.
    let narrow = |label: String| if label.starts_with("utf-16") { "utf-8".to_string() } else { label };
    let in_meta = || head.split("<meta").skip(1).filter_map(|rest| value(rest.split('>').next()?, "charset")).next();
    declared.or_else(in_meta).map(narrow)
}

fn value(text: &str, name: &str) -> Option<String> {
    let rest = text.split_once(name)?.1.trim_start().strip_prefix('=')?;
    let rest = rest.trim_start().trim_start_matches(['"', '\'']);
    let value: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
    (!value.is_empty()).then_some(value)
}

/// Elements whose end may be left out, or that have none; they do not nest by being left open.
const OPEN: [&str; 34] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "html",
    "head", "body", "br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "param", "source",
    "track", "wbr", "rt", "rp", "rb", "frame",
];

/// Elements whose characters are no mark-up.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// What a page has most of at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Most {
    /// Elements open at once.
    pub(super) deep: usize,
    /// Attributes of one tag, where it has thousands.
    pub(super) attributes: usize,
}

/// A tag shorter than this, in bytes, has no thousands of attributes.
const LONG_TAG: usize = 10_000;

/// How deep elements can stand in each other, at most. Parsing takes a time that grows with the depth, so it is estimated
/// before; html5ever has no limit of its own. What is no element is not counted: comments, scripts, and the elements of SVG
/// and MathML that close themselves.
pub(super) fn most(html: &str) -> Most {
    let mut depth = 0_usize;
    let mut most = Most::default();
    // How many svg and math are open: in them an element may close itself.
    let mut foreign = 0_usize;
    let mut at = 0;
    while let Some(tag) = next_tag(html, at) {
        if tag.end - tag.start > LONG_TAG {
            most.attributes = most.attributes.max(attributes(&html.as_bytes()[tag.start..tag.end]));
        }
        at = tag.end;
        let is = |names: &[&str]| names.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
        if is(&OPEN) {
            continue;
        }
        let is_foreign = is(&["svg", "math"]);
        if tag.closing {
            depth = depth.saturating_sub(1);
            foreign = foreign.saturating_sub(usize::from(is_foreign));
        } else if !(tag.closes_itself && (foreign > 0 || is_foreign)) {
            depth += 1;
            foreign += usize::from(is_foreign);
            if foreign == 0 && is(&RAW) {
                at = end_of_raw(html, at, tag.name);
            }
        }
        most.deep = most.deep.max(depth);
    }
    most
}

/// A tag: its name, and where it ends.
struct Tag<'a> {
    name: &'a str,
    start: usize,
    closing: bool,
    closes_itself: bool,
    end: usize,
}

/// The next tag from a byte on.
fn next_tag(html: &str, from: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let mut at = from;
    loop {
        at += html.get(at..)?.find('<')?;
        if html.get(at..)?.starts_with("<!--") {
            at += html.get(at..)?.find("-->").unwrap_or(4);
            continue;
        }
        let closing = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(closing);
        let length = bytes.iter().skip(start).take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(name) = html.get(start..start + length).filter(|name| !name.is_empty()) else {
            at += 1;
            continue;
        };
        let end = end_of_tag(bytes, start + length);
        let closes_itself = bytes.get(end.saturating_sub(2)) == Some(&b'/');
        return Some(Tag { name, start, closing, closes_itself, end });
    }
}

/// How many attributes a tag may have: words outside of quoted values.
fn attributes(tag: &[u8]) -> usize {
    let (mut quote, mut count, mut before) = (None, 0, b'<');
    for byte in tag {
        match (quote, byte) {
            (None, b'"' | b'\'') if before == b'=' => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            (None, byte) if before.is_ascii_whitespace() && !byte.is_ascii_whitespace() && !b">/".contains(byte) => {
                count += 1
            }
            _ => {}
        }
        before = *byte;
    }
    count
}

/// The byte after a tag's `>`, which is none within a quoted value.
fn end_of_tag(bytes: &[u8], from: usize) -> usize {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if bytes.get(at - 1) == Some(&b'=') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    bytes.len()
}

/// Where the end tag of an element begins whose characters are no mark-up.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let rest = html.get(from..).unwrap_or_default();
    let ends = |at: usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    rest.match_indices("</").map(|(at, _)| at).find(|at| ends(*at)).map_or(html.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        for (html, found) in [
            ("<meta charset=\"gb2312\">", Some("gb2312")),
            ("<META http-equiv=Content-Type content='text/html; charset=GBK'>", Some("gbk")),
            ("<?xml version=\"1.0\" encoding='UTF-8'?><html>", Some("utf-8")),
            ("<meta name=viewport>", None),
        ] {
            assert_eq!(charset(html.as_bytes()).as_deref(), found, "{html}");
        }
    }

    #[test]
    fn depth() {
        assert_eq!(most("<div><p>a<p>b<b>c</b></div><div></div>").deep, 2);
        assert_eq!(most(&"<div>".repeat(5000)).deep, 5000);
        assert_eq!(most("1 < 2 <").deep, 0);
        assert_eq!(most(&format!("<div><svg>{}</svg></div>", "<path d='a>b'/>".repeat(5000))).deep, 2);
        assert_eq!(most(&format!("<script>{}</script><p>", "if (a <b) ".repeat(5000))).deep, 1);
        assert_eq!(most(&format!("<!--{}--><b>", "<div>".repeat(5000))).deep, 1);
        assert_eq!(most(&"<div/>".repeat(5000)).deep, 5000, "only SVG's elements close themselves");
        let crowded = format!("<p {}>", "a=\"b c\" ".repeat(9000));
        assert_eq!(most(&crowded).attributes, 9000);
        assert_eq!(most(&format!("<img src=\"data:{}\">", "a b".repeat(9000))).attributes, 1);
    }
}
