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
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A path for `href` and `src`.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for character in path.chars() {
        match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() && is_unsafe(byte) => encoded.push_str(&format!("%{byte:02X}")),
            _ => encoded.push(character),
        }
    }
    encoded
}

fn is_unsafe(byte: u8) -> bool {
    utf8_percent_encode(std::str::from_utf8(&[byte]).unwrap_or_default(), PATH)
        .next()
        .is_some_and(|part| part.len() > 1)
}

/// An absolute address (RFC 3986: every byte that is not ASCII is encoded).
pub fn absolute(base: &str, path: &str) -> String {
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
