//! Headings of a file that has no outline: short paragraphs in larger letters than the text.
//!
//! What stands above the text (the head of an office, the title) is larger too and is no heading, so nothing is one before the
//! first paragraph of the text.

use std::collections::BTreeMap;

use crate::import::flow::{Form, Piece};

/// How much larger the letters of a heading are.
const LARGER: f64 = 1.15;
/// Longest heading, in characters.
const LONGEST: usize = 60;
/// How long the first paragraph of a text is at least, and the text itself.
const PARAGRAPH: usize = 30;
const TEXT: usize = 500;
/// The part of the text that headings may be, and how many there are at least.
const ONE_IN: usize = 8;
const LEAST: usize = 2;

/// Makes such paragraphs headings, one level for each size. `sizes` has the height of the letters of each piece.
pub(super) fn settle(pieces: &mut [Piece], sizes: &[Option<f64>]) {
    if pieces.iter().any(|piece| matches!(piece.form, Form::Heading(_))) {
        return;
    }
    // Sizes are compared in halves of a point.
    let step = |at: usize| sizes.get(at).copied().flatten().map(|size| (2.0 * size).round() as i64);
    let mut lengths: BTreeMap<i64, usize> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.outside.is_none()) {
        if let Some(size) = step(at) {
            *lengths.entry(size).or_default() += piece.text.chars().count();
        }
    }
    let Some((body, length)) = lengths.into_iter().max_by_key(|(_, length)| *length) else { return };
    let is_first = |(at, piece): (usize, &Piece)| {
        step(at) == Some(body) && piece.outside.is_none() && piece.text.chars().count() >= PARAGRAPH
    };
    let Some(first) = pieces.iter().enumerate().position(is_first).filter(|_| length >= TEXT) else { return };
    let found: Vec<(usize, i64)> = (first..pieces.len())
        .filter_map(|at| {
            let size = step(at).filter(|size| *size as f64 > LARGER * body as f64)?;
            may_be_heading(pieces.get(at)?).then_some((at, size))
        })
        .collect();
    let all: usize = found.iter().filter_map(|(at, _)| pieces.get(*at)).map(|piece| piece.text.chars().count()).sum();
    if found.len() < LEAST || all * ONE_IN > length {
        return;
    }
    let mut levels: Vec<i64> = found.iter().map(|(_, size)| *size).collect();
    levels.sort_unstable_by(|one, other| other.cmp(one));
    levels.dedup();
    for (at, size) in found {
        let level = levels.iter().position(|known| *known == size).map_or(1, |place| place + 1);
        if let Some(piece) = pieces.get_mut(at) {
            piece.form = Form::Heading(level);
            piece.align = None;
        }
    }
}

fn may_be_heading(piece: &Piece) -> bool {
    let length = piece.text.chars().count();
    let ends = piece.text.ends_with(['。', '；', '，', '、', '：', '.', ';', ',', ':']);
    piece.form == Form::Paragraph
        && piece.outside.is_none()
        && (2..=LONGEST).contains(&length)
        && !ends
        && piece.text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(pieces: &[(&str, f64)]) -> Vec<Form> {
        let sizes: Vec<Option<f64>> = pieces.iter().map(|(_, size)| Some(*size)).collect();
        let mut pieces: Vec<Piece> =
            pieces.iter().map(|(text, _)| Piece { text: text.to_string(), ..Piece::default() }).collect();
        settle(&mut pieces, &sizes);
        pieces.into_iter().map(|piece| piece.form).collect()
    }

    #[test]
    fn larger_letters_below_the_first_paragraph() {
        let long = "渡口在东门之外，水面宽约三百步，自古是往来要道。".repeat(12);
        let text = [
            ("东门渡口志", 22.0),
            (long.as_str(), 12.0),
            ("船只", 16.0),
            (long.as_str(), 12.0),
            ("大船", 14.0),
            (long.as_str(), 12.1),
            ("班次如下：", 16.0),
        ];
        let level = |level| Form::Heading(level);
        let plain = Form::Paragraph;
        let expected = [plain.clone(), plain.clone(), level(1), plain.clone(), level(2), plain.clone(), plain.clone()];
        assert_eq!(forms(&text), expected);
        // One alone may be anything.
        assert!(forms(&text[..4]).iter().all(|form| *form == Form::Paragraph));
    }
}
