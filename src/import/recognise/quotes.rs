//! Paragraphs inside a quotation that began earlier.
//!
//! A decision that amends a law quotes whole clauses: “第三条 …, new paragraph （一）…, new paragraph （二）…” up to the closing
//! mark. Those numbers belong to the other law. A stray opening mark must not swallow the rest of the text, so a quotation
//! goes on only up to a closing mark that comes before the next opening one; the custom of opening each paragraph of a long
//! quotation anew is allowed for.

use super::paragraphs::Paragraph;

/// Longest quotation, in paragraphs.
const LONGEST: usize = 200;

/// For each paragraph, whether it begins inside a quotation.
pub(crate) fn inside(paragraphs: &[Paragraph]) -> Vec<bool> {
    let mut inside = vec![false; paragraphs.len()];
    let mut opened: Option<usize> = None;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let text = paragraph.text.as_str();
        let Some(first) = text.find(MARKS) else { continue };
        if let Some(start) = opened.take() {
            let closes = text[first..].starts_with('”');
            let reopens = first == 0;
            if (closes || reopens) && at - start <= LONGEST {
                for place in inside.iter_mut().take(at).skip(start + 1) {
                    *place = true;
                }
                if let Some(place) = inside.get_mut(at).filter(|_| closes) {
                    *place = true;
                }
            }
        }
        if text.rfind(MARKS).is_some_and(|last| text[last..].starts_with('“')) {
            opened = Some(at);
        }
    }
    inside
}

const MARKS: [char; 2] = ['“', '”'];

#[cfg(test)]
mod tests {
    use super::*;

    fn inside_of(texts: &[&str]) -> Vec<bool> {
        let paragraph = |text: &&str| Paragraph { text: (*text).to_string(), line: 1, ..Paragraph::default() };
        inside(&texts.iter().map(paragraph).collect::<Vec<_>>())
    }

    #[test]
    fn quotations_over_paragraphs() {
        assert_eq!(
            inside_of(&["一、改为：", "“第三条 甲", "（一）乙；", "（二）丙。”", "二、丁"]),
            [false, false, true, true, false]
        );
        assert_eq!(inside_of(&["“甲", "“乙", "丙", "“丁”", "戊"]), [false, false, true, false, false]);
        assert_eq!(inside_of(&["“甲”乙“丙”", "丁"]), [false, false]);
        assert_eq!(inside_of(&["甲“乙", "丙", "丁“戊”", "己"]), [false; 4], "a stray mark");
        assert_eq!(inside_of(&["甲“乙", "丙"]), [false, false]);
    }
}
