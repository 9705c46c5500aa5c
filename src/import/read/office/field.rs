//! Fields: text that a word processor computes, kept in the file with the instruction it was computed from.

use std::rc::Rc;

use super::equation::{self, Shown};

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its result is being read, and no longer its instruction.
    in_result: bool,
    /// Where the result leads, by this field or one around it.
    link: Option<Rc<str>>,
}

/// The fields that are open in one run of the text.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
    /// How many of them have not come to their result.
    instructions: usize,
}

impl Fields {
    /// A field begins, with its instruction.
    pub(crate) fn begin(&mut self) {
        self.open.push(Field::default());
        self.instructions += 1;
    }

    /// The instruction ends, and the result begins.
    pub(crate) fn separate(&mut self) {
        let around = self.open.iter().rev().nth(1).and_then(|field| field.link.clone());
        if let Some(field) = self.open.last_mut().filter(|field| !field.in_result) {
            field.in_result = true;
            field.link = address(&field.instruction).or(around);
            self.instructions -= 1;
        }
    }

    /// The field ends; what it shows where it has no result and its instruction is all there is.
    pub(crate) fn end(&mut self) -> Option<Shown> {
        let field = self.open.pop().filter(|field| !field.in_result)?;
        self.instructions -= 1;
        equation::shown(&field.instruction)
    }

    /// Adds to the instruction that is open.
    pub(crate) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.in_result) {
            field.instruction.push_str(text);
        }
    }

    /// Whether what is read belongs to an instruction, and is not shown.
    pub(crate) fn in_instruction(&self) -> bool {
        self.instructions > 0
    }

    /// Where the text that is read leads.
    pub(crate) fn link(&self) -> Option<Rc<str>> {
        self.open.last()?.link.clone()
    }
}

/// The address in the instruction `HYPERLINK "address" \l "place"`; `#place` for one in the document itself.
pub(crate) fn address(instruction: &str) -> Option<Rc<str>> {
    let words = words(instruction);
    let mut words = words.iter().map(String::as_str);
    if !words.next()?.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let (mut address, mut place) = (None, None);
    while let Some(word) = words.next() {
        match word {
            "\\l" => place = words.next(),
            "\\o" | "\\t" => drop(words.next()),
            switch if switch.starts_with('\\') => {}
            word => address = address.or(Some(word)),
        }
    }
    with_place(address.unwrap_or_default(), place)
}

/// An address with the place in what it leads to.
pub(crate) fn with_place(address: &str, place: Option<&str>) -> Option<Rc<str>> {
    match place.filter(|place| !place.is_empty() && !address.contains('#')) {
        Some(place) => Some(format!("{address}#{place}").into()),
        None => (!address.is_empty()).then(|| address.into()),
    }
}

/// The words of an instruction, with quoted ones made plain.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut characters = instruction.chars().peekable();
    while let Some(first) = characters.next() {
        if first.is_whitespace() {
            continue;
        }
        let is_quoted = matches!(first, '"' | '“' | '”');
        let mut word = if is_quoted { String::new() } else { String::from(first) };
        while let Some(next) = characters.next() {
            match next {
                '"' | '“' | '”' if is_quoted => break,
                '\\' if is_quoted => word.extend(characters.next()),
                next if !is_quoted && next.is_whitespace() => break,
                next => word.push(next),
            }
        }
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let address = |instruction| address(instruction).map(|address| address.to_string());
        assert_eq!(address(r#" HYPERLINK "https://a.example/b?c=d" "#).as_deref(), Some("https://a.example/b?c=d"));
        assert_eq!(address(r#"hyperlink https://a.example \o "a tip""#).as_deref(), Some("https://a.example"));
        assert_eq!(address(r#"HYPERLINK "a.docx" \l "b""#).as_deref(), Some("a.docx#b"));
        assert_eq!(address(r#"HYPERLINK "c:\\d\\e""#).as_deref(), Some(r"c:\d\e"));
        assert_eq!(address(r#"HYPERLINK \l "_Toc1""#).as_deref(), Some("#_Toc1"));
        assert_eq!(address("PAGEREF _Toc1 \\h"), None);
        assert_eq!(address(""), None);
        assert_eq!(address("HYPERLINK \""), None);
    }
}
