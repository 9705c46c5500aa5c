//! Line breaks inside a paragraph: which of them end it.
//!
//! A page's `br` and a Word file's manual line break stand for both: the end of a paragraph, in systems whose editors made
//! nothing else of the return key, and the end of a line, as in verse and addresses. Only the words around it tell.

use super::{label, special, token};
use crate::import::flow::{Flow, Form, Mark, Piece, Sense};
use crate::import::meta::compact;

/// How many pieces at the top may have the page's title line run together with what follows it.
const TOP: usize = 4;

/// Cuts the pieces of a flow where a paragraph ends.
pub(crate) fn settle(flow: &mut Flow) {
    if flow.has_line_ends {
        return;
    }
    flow.part(at_breaks);
    let top = (0..flow.pieces.len().min(TOP)).find_map(|at| Some((at, runs_together(&flow.pieces, at)?)));
    if let Some((at, byte)) = top {
        let mut nth = 0..;
        flow.part(|piece| match nth.next() {
            Some(own) if own == at => cut(&piece, &[0, byte, piece.text.len()]),
            _ => vec![piece],
        });
    }
}

/// Where a title line runs on into the line of labels below it, as converters that join lines leave it: the labels' start.
/// That it is the title is shown by its recurring as a paragraph of its own.
fn runs_together(pieces: &[Piece], at: usize) -> Option<usize> {
    let piece = pieces.get(at).filter(|piece| matches!(piece.form, Form::Paragraph | Form::Heading(_)))?;
    let text = piece.text.as_str();
    let labels = label::cut(text).filter(|cut| !cut.before.is_empty() && cut.facts.len() > 1)?;
    let title = compact(text.get(labels.before.clone())?);
    let recurs = |piece: &Piece| {
        let own = compact(&piece.text);
        own.chars().count() >= 4 && title.starts_with(&own)
    };
    pieces.iter().skip(at + 1).take(TOP).any(recurs).then(|| labels.facts.first().map(|fact| fact.label.start))?
}

/// Cuts a piece at those line breaks that end a paragraph.
fn at_breaks(piece: Piece) -> Vec<Piece> {
    let breaks: Vec<usize> =
        piece.marks.iter().filter(|mark| mark.sense == Sense::Break).map(|mark| mark.range.start).collect();
    if breaks.is_empty() || matches!(piece.form, Form::Heading(_) | Form::Table(_) | Form::Code) {
        return vec![piece];
    }
    let mut cuts = vec![0];
    let mut line = 0;
    for (nth, at) in breaks.iter().copied().enumerate() {
        if nth > 0 && breaks.get(nth - 1) == Some(&at) {
            continue;
        }
        let twice = breaks.get(nth + 1) == Some(&at);
        let end = breaks.get(nth + 1).copied().unwrap_or(piece.text.len());
        let before = piece.text.get(line..at).unwrap_or_default();
        let begins = cuts.last() == Some(&line);
        let after = piece.text.get(at..end).unwrap_or_default();
        if piece.outside.is_some() || twice || parts(before, begins, after) {
            cuts.push(at);
        }
        line = at;
    }
    cuts.push(piece.text.len());
    self::cut(&piece, &cuts)
}

/// The parts of a piece between the places where it is cut; its beginning and its end are among them.
pub(crate) fn cut(piece: &Piece, cuts: &[usize]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut waiting = piece.marks.iter().peekable();
    let mut going_on: Vec<&Mark> = Vec::new();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let last = end == piece.text.len();
        let mut marks = std::mem::take(&mut going_on);
        while let Some(mark) = waiting.next_if(|mark| mark.range.start < end || last) {
            marks.push(mark);
        }
        going_on.extend(marks.iter().filter(|mark| mark.range.end > end));
        let marks: Vec<Mark> = marks
            .into_iter()
            .filter(|mark| match &mark.sense {
                Sense::Break => mark.range.start > start && mark.range.start < end,
                _ => mark.range.is_empty() || mark.range.start < end && mark.range.end > start,
            })
            .map(|mark| Mark {
                range: mark.range.start.max(start) - start..mark.range.end.min(end).max(start) - start,
                sense: mark.sense.clone(),
            })
            .collect();
        let text = piece.text.get(start..end).unwrap_or_default().to_string();
        if !text.trim().is_empty() || marks.iter().any(|mark| mark.sense != Sense::Break) {
            let (form, inside) = (piece.form.clone(), piece.inside.clone());
            let (outside, is_caption, align) = (piece.outside, piece.is_caption, piece.align);
            pieces.push(Piece { text, marks, form, inside, outside, is_caption, align, ..Piece::default() });
        }
    }
    pieces
}

/// Whether a line break between two lines ends a paragraph: a sentence ends there, the next is indented, numbered or labelled.
/// `begins` tells whether the first of them begins a paragraph.
fn parts(before: &str, begins: bool, after: &str) -> bool {
    let ended = before.trim_end().ends_with(['。', '！', '？', '：', '；', '”', '…', '）', '.', '!', '?', ':', ';']);
    let numbered =
        |text: &str| token::find(text.trim()).is_some() || special::find(text, special::Stretch::Opening).is_some();
    ended
        || after.starts_with(['\u{3000}', '\u{a0}'])
        || begins && numbered(before)
        || numbered(after)
        || label::cut(after.trim()).is_some()
}
