//! Where two passages differ, marked for readers: what is gone as `del`, what came as `ins`.
//!
//! Compared are words; of Chinese, which parts no words, characters.

use imara_diff::{Algorithm, Diff, InternedInput};
use pulldown_cmark_escape::escape_html_body_text;

/// Both passages, with what is gone marked in the first and what came in the second.
pub(super) fn marked(before: &str, after: &str) -> (String, String) {
    let (old, new) = (pieces(before), pieces(after));
    let mut input = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_no_heuristic(&input);
    let mark = |pieces: &[&str], element: &str, differs: &dyn Fn(u32) -> bool| {
        let mut html = String::new();
        let mut is_open = false;
        for (at, piece) in pieces.iter().enumerate() {
            let is_marked = u32::try_from(at).is_ok_and(differs);
            if is_marked != is_open {
                html.push_str(&format!("<{}{element}>", if is_open { "/" } else { "" }));
                is_open = is_marked;
            }
            escape(piece, &mut html);
        }
        if is_open {
            html.push_str(&format!("</{element}>"));
        }
        html
    };
    (mark(&old, "del", &|at| diff.is_removed(at)), mark(&new, "ins", &|at| diff.is_added(at)))
}

/// A passage that stands alone.
pub(super) fn plain(words: &str) -> String {
    let mut html = String::new();
    escape(words, &mut html);
    html
}

fn escape(words: &str, html: &mut String) {
    // Writing into a String cannot fail.
    let _ = escape_html_body_text(html, words);
}

/// Words of letters and digits, and every other character for itself.
fn pieces(text: &str) -> Vec<&str> {
    let is_word = |character: char| {
        character.is_alphanumeric()
            && !matches!(character, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
    };
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, character) in text.char_indices() {
        let is_inside = is_word(character);
        if before.is_some_and(|before| !(before && is_inside)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(is_inside);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked() {
        let both = |before, after| marked(before, after);
        assert_eq!(both("丽江地委", "丽江专区"), ("丽江<del>地委</del>".into(), "丽江<ins>专区</ins>".into()));
        assert_eq!(
            both("the old one", "the odd one"),
            ("the <del>old</del> one".into(), "the <ins>odd</ins> one".into())
        );
        assert_eq!(both("a<b", "a<b>"), ("a&lt;b".into(), "a&lt;b<ins>&gt;</ins>".into()));
        assert_eq!(both("一致", "一致"), ("一致".into(), "一致".into()));
        assert_eq!(pieces("中文 word 12、"), ["中", "文", " ", "word", " ", "12", "、"]);
    }
}
