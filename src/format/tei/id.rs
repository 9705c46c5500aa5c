//! Ids of the site as XML ids.
//!
//! An `xml:id` is an NCName: it may not begin with a figure, and which Han characters it may hold depends on the edition
//! of XML 1.0 that a program knows. So what not every edition allows is written `_xHHHH_`, by the rule that SQL/XML has
//! for names (ISO/IEC 9075-14, 9.1), which can be turned back: `2020-plan` is `_x0032_020-plan`, a `_` before an `x` is
//! `_x005F_`, everything else stands as it is. Most ids need none of it.

use std::borrow::Cow;

/// The XML id for an id of the site.
pub(crate) fn xml_id(id: &str) -> Cow<'_, str> {
    if is_plain(id) {
        return Cow::Borrowed(id);
    }
    let mut name = String::with_capacity(id.len() + 7);
    let mut rest = id.chars().peekable();
    while let Some(character) = rest.next() {
        let fits = if name.is_empty() { begins(character) } else { goes_on(character) };
        match fits && !(character == '_' && rest.peek() == Some(&'x')) {
            true => name.push(character),
            false => name.push_str(&format!("_x{:04X}_", u32::from(character))),
        }
    }
    Cow::Owned(name)
}

fn is_plain(id: &str) -> bool {
    id.starts_with(begins) && id.chars().all(goes_on) && !id.contains("_x")
}

fn begins(character: char) -> bool {
    // The Han characters of Unicode 2.0, which the first edition of XML 1.0 lists.
    character.is_ascii_alphabetic() || character == '_' || matches!(character, '\u{4e00}'..='\u{9fa5}')
}

fn goes_on(character: char) -> bool {
    begins(character) || character.is_ascii_digit() || matches!(character, '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(name: &str) -> String {
        let mut id = String::new();
        let mut rest = name;
        while let Some((before, after)) = rest.split_once("_x") {
            let (number, behind) = after.split_once('_').expect("an end");
            id.push_str(before);
            id.extend(u32::from_str_radix(number, 16).ok().and_then(char::from_u32));
            rest = behind;
        }
        id + rest
    }

    #[test]
    fn ids_become_names_and_turn_back() {
        for (id, name) in [
            ("s1-2", "s1-2"),
            ("总则", "总则"),
            ("2020-plan", "_x0032_020-plan"),
            ("_xy", "_x005F_xy"),
            ("㐀é", "_x3400__x00E9_"),
            ("p-2n.F", "p-2n.F"),
        ] {
            assert_eq!(xml_id(id), name);
            assert_eq!(back(name), id);
        }
    }
}
