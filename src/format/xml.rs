//! What is written as XML: books, TEI, feeds, catalogues, a repository. Every text goes through one escape.
//!
//! quick-xml's writer was not taken: what is written here is mostly text between a few fixed elements, and a writer of events
//! would make owned text of all of it.

use std::fmt::Write;

use pulldown_cmark_escape::escape_html_body_text;

/// XML as it grows.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    text: String,
}

impl Xml {
    /// A document with its declaration.
    pub(crate) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_string() }
    }

    /// Markup, a line of it.
    pub(crate) fn line(&mut self, markup: &str) {
        self.text.push_str(markup);
        self.text.push('\n');
    }

    /// An element with text in it.
    pub(crate) fn element(&mut self, name: &str, text: &str) {
        let close = name.split(' ').next().unwrap_or(name);
        // Writing into a String cannot fail.
        let _ = writeln!(self.text, "<{name}>{}</{close}>", escaped(text));
    }

    /// The whole.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// A text for elements and attributes. What XML 1.0 (2.2) forbids altogether becomes U+FFFD.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

/// Whether a byte is of no control character that XML forbids.
fn is_plain(byte: u8) -> bool {
    (byte >= 0x20) | (byte == b'\t') | (byte == b'\n') | (byte == b'\r')
}

/// A character of XML 1.0 (2.2), or what stands for it, so that it is seen where one stood that is forbidden.
fn allowed(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => character,
        _ => '\u{fffd}',
    }
}

/// Writes the text of an element, where quotation marks stay as they are.
pub(crate) fn push_body(out: &mut String, text: &str) {
    // Whole blocks at a time, which processors do faster than to stop at the first that is not plain.
    let plain = |block: &[u8]| block.iter().fold(true, |plain, byte| plain & is_plain(*byte));
    let fits = text.as_bytes().chunks(256).all(plain) && !text.contains('\u{fffe}') && !text.contains('\u{ffff}');
    // Writing into a String cannot fail.
    let _ = match fits {
        true => escape_html_body_text(out, text),
        false => escape_html_body_text(out, &text.chars().map(allowed).collect::<String>()),
    };
}

/// Writes plain text into XML, in text or in an attribute.
pub(crate) fn push_text(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            character => out.push(allowed(character)),
        }
    }
}

/// Writes an attribute whose value is plain text.
pub(crate) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.extend([" ", name, "=\""]);
    push_text(out, value);
    out.push('"');
}

/// An address outside the site as an absolute URL, every character of it allowed; none where it is no URL at all.
pub(crate) fn absolute_address(address: &str) -> Option<String> {
    url::Url::parse(address).ok().map(String::from).filter(|url| !url.contains([' ', '<', '>', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_clean() {
        assert_eq!(escaped("a<b & \"c\"\u{1}甲"), "a&lt;b &amp; &quot;c&quot;\u{fffd}甲");
        let mut xml = Xml::default();
        xml.element("a b=\"c\"", "<");
        assert_eq!(xml.finish(), b"<a b=\"c\">&lt;</a>\n");
    }
}
