//! The document's words as Typst's markup.
//!
//! Every word of a document stands in a string literal, `#"…";`, and a literal has two characters with a meaning, `"` and
//! `\`. So nothing that stands in a text can become markup, a command or the name of a file; there is no list of
//! characters to escape that a new version of Typst could make longer. Elements could have been built as Typst's values in
//! Rust instead: those types change with every version and styles are clumsy to state in them, while the language is
//! Typst's stable side, and style.typ can be read by whoever knows Typst.

/// A string literal, for the arguments of a call.
pub(crate) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_literal(&mut out, text);
    out
}

/// Writes a string literal.
pub(crate) fn push_literal(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
}

/// Writes words among the markup.
pub(crate) fn push_words(out: &mut String, text: &str) {
    out.push('#');
    push_literal(out, text);
    out.push(';');
}

/// A literal, or `none`.
pub(crate) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "none".to_string(), literal)
}

/// A list of literals.
pub(crate) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = "(".to_string();
    for text in texts {
        push_literal(&mut out, text);
        out.push(',');
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_a_literal() {
        let mut out = String::new();
        push_words(&mut out, "\"];#read(\"/etc/passwd\")\\\"");
        assert_eq!(out, "#\"\\\"];#read(\\\"/etc/passwd\\\")\\\\\\\"\";");
        assert_eq!(list(["甲", "乙\\"]), "(\"甲\",\"乙\\\\\",)");
        assert_eq!(list([]), "()");
        assert_eq!(optional(None), "none");
    }
}
