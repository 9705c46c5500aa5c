//! Addresses: relative ones that work from a disc, and absolute ones where `base_url` is set.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What cannot stand in a path of an address. Letters of all scripts can: browsers encode them (WHATWG URL).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The way from a page up to the site's root: `../../` for `laws/notice/s1.html`.
pub(crate) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A path for `href` and `src`.
pub(crate) fn encode(path: &str) -> String {
    if path.bytes().all(is_safe) {
        return path.to_string();
    }
    let mut encoded = String::with_capacity(path.len() + 8);
    let mut buffer = [0; 4];
    for character in path.chars() {
        let text: &str = character.encode_utf8(&mut buffer);
        match text.bytes().all(is_safe) {
            true => encoded.push_str(text),
            false => encoded.extend(utf8_percent_encode(text, PATH)),
        }
    }
    encoded
}

/// Whether a byte stands in a path as it is; those of letters that are not ASCII do.
fn is_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') || !byte.is_ascii()
}

/// An absolute address (RFC 3986: every byte that is not ASCII is encoded).
pub(crate) fn absolute(base: &str, path: &str) -> String {
    format!("{base}{}", utf8_percent_encode(path, PATH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("a/b/c.html"), "../../");
        assert_eq!(encode("图 1#a.png"), "图%201%23a.png");
        assert_eq!(absolute("https://x.cn/", "文/a.html"), "https://x.cn/%E6%96%87/a.html");
    }
}
