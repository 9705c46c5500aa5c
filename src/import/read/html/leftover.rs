//! What is left of furniture after the furniture is gone: headings that stand above nothing, and the line with the day.
//!
//! A box of related articles is left out as a list of links; its heading has no name that says so.

use super::dates;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Form, Piece};

/// Longest heading of a box, in characters.
const HEADING: usize = 60;
/// Lines that head a list of other texts.
const OTHERS: [&str; 9] =
    ["猜你喜欢", "相关推荐", "相关阅读", "相关文章", "推荐阅读", "热门推荐", "为你推荐", "为您推荐", "大家都在看"];
/// How many pieces below the title may be about the page.
const BELOW: usize = 8;
/// From how many characters on a piece is the text.
const TEXT: usize = 90;

/// Marks what no longer says anything. `title` is the piece that holds the page's title.
pub(super) fn leave_out(pieces: &mut [Piece], title: Option<usize>) {
    headings_of_nothing(pieces, title);
    other_texts(pieces);
    if let Some(title) = title {
        for piece in pieces.iter_mut().skip(title + 1).take(BELOW) {
            if piece.outside.is_none() && (piece.text.chars().nth(TEXT).is_some() || piece.form != Form::Paragraph) {
                return;
            }
            if piece.outside.is_none() && piece.inside.is_empty() && dates::is_day_alone(&piece.text) {
                piece.outside = Some(WhyDropped::PageFurniture);
            }
        }
    }
}

/// What a page offers to read next, from a line that says so to the end, where it is little beside the text above it.
fn other_texts(pieces: &mut [Piece]) {
    let length = |pieces: &[Piece]| -> usize {
        let texts = pieces.iter().filter(|piece| piece.outside.is_none());
        texts.map(|piece| piece.text.chars().count()).sum()
    };
    let heads = |piece: &Piece| {
        let words = piece.text.trim_matches(|letter: char| !letter.is_alphanumeric());
        piece.outside.is_none() && OTHERS.contains(&words)
    };
    let Some(at) = pieces.iter().position(heads).filter(|at| 2 * length(&pieces[*at..]) <= length(&pieces[..*at]))
    else {
        return;
    };
    for piece in pieces[at..].iter_mut().filter(|piece| piece.outside.is_none()) {
        piece.outside = Some(WhyDropped::PageFurniture);
    }
}

/// A heading with nothing below it, where something was left out there, or where the text ends.
fn headings_of_nothing(pieces: &mut [Piece], title: Option<usize>) {
    let texts: Vec<usize> = (0..pieces.len()).filter(|at| pieces[*at].outside.is_none()).collect();
    let level = |at: usize| if let Form::Heading(level) = pieces[at].form { Some(level) } else { None };
    let mut gone = Vec::new();
    for (nth, at) in texts.iter().copied().enumerate() {
        let Some(own) = level(at).filter(|_| Some(at) != title) else { continue };
        let below_heading = nth == 0 || level(texts[nth - 1]).is_some();
        let long = pieces[at].text.chars().nth(HEADING).is_some()
            || pieces[at].text.trim_end().ends_with(['。', '！', '.', '!']);
        let shows = !pieces[at].marks.is_empty();
        if below_heading || long || shows {
            continue;
        }
        let names_nothing = match texts.get(nth + 1) {
            None => true,
            Some(next) => level(*next).is_some_and(|next| next <= own) && *next > at + 1,
        };
        gone.extend(names_nothing.then_some(at));
    }
    for at in gone {
        pieces[at].outside = Some(WhyDropped::PageFurniture);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(pieces: &[(Form, &str, bool)], title: Option<usize>) -> Vec<usize> {
        let mut pieces: Vec<Piece> = pieces
            .iter()
            .map(|(form, text, is_text)| Piece {
                text: (*text).to_string(),
                form: form.clone(),
                outside: (!is_text).then_some(WhyDropped::PageFurniture),
                ..Piece::default()
            })
            .collect();
        leave_out(&mut pieces, title);
        (0..pieces.len()).filter(|at| pieces[*at].outside.is_none()).collect()
    }

    #[test]
    fn what_is_offered_to_read_next_is_left_out() {
        let (line, text) = (|text| (Form::Paragraph, text, true), "渡口在雾天停航，船工把缆绳系好，等雾散去再开。");
        assert_eq!(kept(&[line(text), line(text), line("猜你喜欢："), line("码头的灯"), line("旧船票")], None), [0, 1]);
        assert_eq!(kept(&[line("渡口"), line("【相关阅读】"), line(text)], None), [0, 1, 2], "most of it stands below");
        assert_eq!(kept(&[line(text), line("相关阅读的书目如下"), line("一")], None), [0, 1, 2]);
    }

    #[test]
    fn headings_that_name_nothing() {
        let head = |text| (Form::Heading(2), text, true);
        let line = |text| (Form::Paragraph, text, true);
        let gone = |text| (Form::Paragraph, text, false);
        assert_eq!(kept(&[line("甲"), head("相关阅读")], None), [0]);
        assert_eq!(kept(&[line("甲"), head("相关阅读"), gone("乙"), head("三"), line("丙")], None), [0, 3, 4]);
        assert_eq!(kept(&[line("甲"), head("二"), head("三"), line("丙")], None), [0, 1, 2, 3], "nothing was left out");
        assert_eq!(kept(&[head("渡口停航三日"), head("一")], Some(0)), [0, 1], "a page of headings");
    }

    #[test]
    fn the_line_with_the_day() {
        let head = (Form::Heading(1), "Ferry", true);
        let line = |text| (Form::Paragraph, text, true);
        assert_eq!(kept(&[head.clone(), line("3 June 2019, 08:00 Uhr"), line("The ferry stops.")], Some(0)), [0, 2]);
        assert_eq!(kept(&[head, line("The storm of 3 June 2019 closed the ferry")], Some(0)), [0, 1]);
    }
}
