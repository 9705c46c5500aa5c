//! What a page says of its own bytes, before it is parsed.

/// The encoding named in the first kilobytes: in a `meta` element or an XML declaration.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes.iter().take(4096).map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect();
    let head = head.to_ascii_lowercase();
    let declared =
        head.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).and_then(|rest| value(rest, "encoding"));
    let in_meta = || head.split("<meta").skip(1).filter_map(|rest| value(rest.split('>').next()?, "charset")).next();
    declared.or_else(in_meta)
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

/// How deep elements can stand in each other, at most. Parsing takes a time that grows with the depth, so it is estimated
/// before; html5ever has no limit of its own.
pub(super) fn nesting(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let bytes = html.as_bytes();
    for (at, _) in html.match_indices('<') {
        let closing = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(closing);
        let length = bytes.iter().skip(start).take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(name) = html.get(start..start + length).filter(|name| !name.is_empty()) else { continue };
        if OPEN.iter().any(|open| name.eq_ignore_ascii_case(open)) {
            continue;
        }
        depth = if closing { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
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
        assert_eq!(nesting("<div><p>a<p>b<b>c</b></div><div></div>"), 2);
        assert_eq!(nesting(&"<div>".repeat(5000)), 5000);
        assert_eq!(nesting("1 < 2 <"), 0);
    }
}
