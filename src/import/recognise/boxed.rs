//! The head of an official document, and its imprint, set in a table.
//!
//! Many offices make the line below their letterhead, and those around the imprint, of the borders of a table. It is none:
//! its cells are the lines of a head. Where each of them is one they become paragraphs; with anything else among them a table
//! stays what it is.

use std::ops::Range;

use super::fold::fold;
use super::kinds::ends_like_title;
use super::letterhead::{self, Letterhead, offices};
use super::paragraphs::is_visible;
use super::{grid, special, survey};
use crate::import::flow::{Flow, Form, GridPlace, Mark, Piece, Sense};
use crate::import::meta::{self, compact};
use crate::text::tape::Align;

/// Most lines of such a table.
const LINES: usize = 16;
/// Longest text of one, in bytes.
const LONGEST: usize = 4_000;

/// What a line of a table's cell is in a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A red head, or the document's number: no other table has it as a line.
    Mark,
    /// A line that may stand beside one.
    Beside,
    Title,
}

/// Makes paragraphs of the tables that are heads or imprints.
pub(crate) fn settle(flow: &mut Flow) {
    let mut is_above = true;
    flow.part(|piece| {
        let is_boxed = is_imprint(&piece) || is_above && is_head(&piece);
        let stands_above = is_boxed || piece.outside.is_some() || may_stand_above(&piece);
        is_above = is_above && stands_above;
        if is_boxed { lines(&piece) } else { vec![piece] }
    });
}

fn may_stand_above(piece: &Piece) -> bool {
    let text = piece.text.trim();
    let is_line =
        matches!(piece.form, Form::Paragraph | Form::Heading(_)) && (!is_visible(text) || survey::may_be(text));
    is_line || grid::cut(text).is_some()
}

/// Whether all lines of a table are those of a head, and one shows that it is: a number, a red head, or a title that is alone.
fn is_head(piece: &Piece) -> bool {
    let Some(texts) = texts(piece).filter(|_| grid::cut(&piece.text).is_none()) else { return false };
    let parts: Option<Vec<Part>> = texts.iter().enumerate().map(|(nth, text)| part(text, nth)).collect();
    let Some(parts) = parts else { return false };
    let titles = parts.iter().filter(|part| **part == Part::Title).count();
    titles <= 1 && (parts.contains(&Part::Mark) || parts == [Part::Title])
}

fn part(text: &str, nth: usize) -> Option<Part> {
    if meta::doc_number(text).is_some() {
        return Some(Part::Mark);
    }
    match letterhead::classify(text) {
        Some(Letterhead::Marking(_)) => return Some(Part::Beside),
        Some(Letterhead::Office(_) | Letterhead::Kind) => return Some(Part::Mark),
        None => {}
    }
    let is_rule = !text.chars().any(char::is_alphanumeric);
    // The number of the copy stands above all.
    let is_copy = nth == 0 && (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = special::lone_date(&fold(text).text).is_some();
    if is_rule || is_copy || is_day || text.starts_with("签发人") || offices(text).is_some() {
        return Some(Part::Beside);
    }
    let words = compact(text);
    (ends_like_title(&words) && survey::may_be(&words)).then_some(Part::Title)
}

/// Whether a table is the imprint: who gets a copy, who printed it and when.
fn is_imprint(piece: &Piece) -> bool {
    const LABELS: [&str; 8] = ["抄送", "主送", "分送", "抄报", "主题词", "信息公开选项", "公开方式", "公开属性"];
    let Some(texts) = texts(piece) else { return false };
    let is_labelled = |text: &str| {
        let words = compact(text);
        LABELS.iter().any(|label| words.strip_prefix(label).is_some_and(|rest| rest.starts_with(['：', ':'])))
    };
    let is_printed = |text: &str| text.trim_end().ends_with("印发");
    let is_line = |text: &&str| {
        let is_count = compact(text).starts_with("（共印") || compact(text).starts_with("(共印");
        is_labelled(text) || is_printed(text) || is_count || offices(text).is_some()
    };
    texts.iter().all(is_line) && texts.iter().any(|text| is_labelled(text) || is_printed(text))
}

/// The lines of a table's cells that show something; none of a table that is too large to be a head.
fn texts(piece: &Piece) -> Option<Vec<&str>> {
    let is_table = matches!(piece.form, Form::Table(_)) && piece.inside.is_empty() && piece.outside.is_none();
    if !is_table || piece.text.len() > LONGEST {
        return None;
    }
    let cuts = cuts(piece);
    let texts: Vec<&str> = cuts
        .windows(2)
        .filter_map(|pair| piece.text.get(pair[0]..pair[1]))
        .map(str::trim)
        .filter(|text| is_visible(text))
        .collect();
    (!texts.is_empty() && texts.len() <= LINES).then_some(texts)
}

/// Where the lines of a table begin, and its end.
fn cuts(piece: &Piece) -> Vec<usize> {
    let breaks = piece.marks.iter().filter(|mark| mark.sense == Sense::Break).map(|mark| mark.range.start);
    let cells = cells(piece).map(|(cell, _)| cell.start);
    let paragraphs = piece.cell_paragraphs.iter().copied();
    let mut cuts: Vec<usize> = cells.chain(paragraphs).chain(breaks).chain([0, piece.text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn cells(piece: &Piece) -> impl Iterator<Item = (Range<usize>, Option<Align>)> {
    let rows = if let Form::Table(rows) = &piece.form { rows.as_slice() } else { &[] };
    rows.iter().flatten().filter_map(|place| match place {
        GridPlace::Cell(range, align) => Some((range.clone(), *align)),
        GridPlace::Left | GridPlace::Up => None,
    })
}

/// The lines of a table as paragraphs, each set to the side that its cell is set to.
fn lines(piece: &Piece) -> Vec<Piece> {
    let mut paragraphs = Vec::new();
    for pair in cuts(piece).windows(2) {
        let whole = pair[0]..pair[1];
        let text = piece.text.get(whole.clone()).unwrap_or_default();
        let start = whole.start + text.len() - text.trim_start().len();
        let text = text.trim();
        let within = |at: usize| at.clamp(start, start + text.len()) - start;
        let is_last = whole.end == piece.text.len();
        let marks: Vec<Mark> = piece
            .marks
            .iter()
            .filter(|mark| mark.sense != Sense::Break)
            .filter(|mark| match mark.range.is_empty() {
                true => whole.contains(&mark.range.start) || is_last && mark.range.start == whole.end,
                false => mark.range.start < whole.end && mark.range.end > whole.start,
            })
            .map(|mark| Mark { range: within(mark.range.start)..within(mark.range.end), sense: mark.sense.clone() })
            .collect();
        if text.is_empty() && marks.is_empty() {
            continue;
        }
        let align = cells(piece).filter(|(cell, _)| cell.start <= start).last().and_then(|(_, align)| align);
        paragraphs.push(Piece { text: text.to_string(), marks, align, ..Piece::default() });
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_head() {
        for (text, expected) in [
            ("000012", Some(Part::Beside)),
            ("机密★1年", Some(Part::Beside)),
            ("特急", Some(Part::Beside)),
            ("江 城 县 档 案 局 文 件", Some(Part::Mark)),
            ("江档字〔2019〕3号", Some(Part::Mark)),
            ("关于征集旧志的通知", Some(Part::Title)),
            ("12", None),
            ("旧志目录如下。", None),
        ] {
            assert_eq!(part(text, 0), expected, "{text}");
        }
    }
}
