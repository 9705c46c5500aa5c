//! XML that is written line by line: a feed, a catalogue, a repository. Every text goes through one escape.

use std::fmt::Write;

use super::xhtml::push_text;

/// XML as it grows.
#[derive(Debug, Default)]
pub struct Xml {
    text: String,
}

impl Xml {
    /// A document with its declaration.
    pub fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_string() }
    }

    /// Markup, a line of it.
    pub fn line(&mut self, markup: &str) {
        self.text.push_str(markup);
        self.text.push('\n');
    }

    /// An element with text in it.
    pub fn element(&mut self, name: &str, text: &str) {
        let close = name.split(' ').next().unwrap_or(name);
        // Writing into a String cannot fail.
        let _ = writeln!(self.text, "<{name}>{}</{close}>", escaped(text));
    }

    /// The whole.
    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// A text for elements and attributes. What XML 1.0 (2.2) forbids altogether becomes U+FFFD.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
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
