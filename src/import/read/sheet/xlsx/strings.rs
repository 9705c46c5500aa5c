//! The characters of cells: plain, in runs, with readings above them.

use crate::diagnostic::Diagnostic;
use crate::import::read::xml::{Event, Xml};

/// The characters in the rest of the element that was opened last, without the readings of Japanese.
pub(super) fn text(xml: &mut Xml<'_>) -> Result<String, Diagnostic> {
    let depth = xml.depth();
    let mut all = String::new();
    while let Some(event) = xml.inside(depth)? {
        if let Event::Open(element) = event {
            match element.name().1 {
                "rPh" | "phoneticPr" => xml.skip()?,
                "t" => all.push_str(&unescaped(&xml.text()?)),
                _ => {}
            }
        }
    }
    Ok(all)
}

/// The next string of a workbook, whose cells name them by their number; none at the end.
pub(super) fn next(xml: &mut Xml<'_>) -> Result<Option<String>, Diagnostic> {
    loop {
        match xml.next()? {
            Event::Open(element) if element.name().1 == "si" => return text(xml).map(Some),
            Event::End => return Ok(None),
            _ => {}
        }
    }
}

/// Characters that XML cannot have stand as `_x000D_`; a text that looks so has `_x005F_` before it.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        match character {
            Some(character) => {
                out.push(character);
                rest = behind.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = behind.get(2..).unwrap_or_default();
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        for (text, expected) in [
            ("甲_x000D_乙", "甲\r乙"),
            ("_x005F_x000D_", "_x000D_"),
            ("a_x12", "a_x12"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_x甲乙", "_x甲乙"),
        ] {
            assert_eq!(unescaped(text), expected);
        }
    }
}
