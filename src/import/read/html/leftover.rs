//! What is left of furniture after the furniture is gone: headings that stand above nothing, and the line with the day. And
//! what was taken for furniture and is none: the lead, which many sites set between the title and the text.
//!
//! A box of related articles is left out as a list of links; its heading has no name that says so.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::day;
use crate::import::dropped::WhyDropped;
use crate::import::flow::{Form, Piece, Sense};

/// Longest heading of a box, in characters.
const HEADING: usize = 60;
/// Lines that head a list of other texts.
const OTHERS: [&str; 9] =
    ["猜你喜欢", "相关推荐", "相关阅读", "相关文章", "推荐阅读", "热门推荐", "为你推荐", "为您推荐", "大家都在看"];
/// Least width of a lead, in columns of a terminal: a character of Chinese has two.
const LEAD: usize = 60;
/// Most paragraphs of a lead.
const LEADS: usize = 3;
/// Words of notices that sites set where a lead may stand.
const NOTICES: [&str; 12] = [
    "版权所有",
    "版权归",
    "版权声明",
    "转载",
    "扫一扫",
    "朋友圈",
    "浏览器",
    "播放",
    "视频：",
    "评论",
    "cookie",
    "Cookie",
];
/// How many pieces below the title may be about the page.
const BELOW: usize = 8;
/// From how many characters on a piece is the text.
const TEXT: usize = 90;

/// Marks what no longer says anything. `title` is the piece that holds the page's title.
pub(super) fn leave_out(pieces: &mut [Piece], title: Option<usize>) {
    if let Some(title) = title {
        take_back_lead(pieces, title);
    }
    headings_of_nothing(pieces, title);
    other_texts(pieces);
    if let Some(title) = title {
        for piece in pieces.iter_mut().skip(title + 1).take(BELOW) {
            if piece.outside.is_none() && (piece.text.chars().nth(TEXT).is_some() || piece.form != Form::Paragraph) {
                return;
            }
            if piece.outside.is_none() && piece.inside.is_empty() && day::is_day_alone(&piece.text) {
                piece.outside = Some(WhyDropped::PageFurniture);
            }
        }
    }
}

/// Sentences between the title and the text are its lead, as long as they are less than it.
fn take_back_lead(pieces: &mut [Piece], title: usize) {
    let Some(first) = pieces.iter().skip(title + 1).position(|piece| piece.outside.is_none()) else { return };
    let (above, text) = pieces.split_at_mut(title + 1 + first);
    let kept: BTreeSet<&str> =
        text.iter().filter(|piece| piece.outside.is_none()).map(|piece| piece.text.trim()).collect();
    let mut lead: Vec<&mut Piece> =
        above.iter_mut().skip(title + 1).filter(|piece| may_be_lead(piece, &kept)).collect();
    let mut told = BTreeSet::new();
    lead.retain(|piece| told.insert(piece.text.trim().to_string()));
    let length = |pieces: &mut dyn Iterator<Item = &str>| pieces.map(UnicodeWidthStr::width).sum::<usize>();
    if lead.len() <= LEADS
        && length(&mut lead.iter().map(|piece| piece.text.as_str())) <= length(&mut kept.iter().copied())
    {
        lead.into_iter().for_each(|piece| piece.outside = None);
    }
}

fn may_be_lead(piece: &Piece, kept: &BTreeSet<&str>) -> bool {
    let text = piece.text.trim();
    let links = piece.marks.iter().filter(|mark| matches!(mark.sense, Sense::Link(_)));
    let ends = text.trim_end_matches(['"', '”', '»', '’', '」', '）', ')']);
    piece.outside == Some(WhyDropped::PageFurniture)
        && piece.form == Form::Paragraph
        && piece.inside.is_empty()
        && text.width() >= LEAD
        && ends.ends_with(['.', '。', '!', '！', '?', '？', '…'])
        && links.map(|mark| mark.range.len()).sum::<usize>() * 2 < text.len()
        && !kept.contains(text)
        && !NOTICES.iter().any(|words| text.contains(words))
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
    fn a_lead_is_text() {
        let head = (Form::Heading(1), "渡口停航三日", false);
        let gone = |text| (Form::Paragraph, text, false);
        let line = |text| (Form::Paragraph, text, true);
        let lead = "大风刮了三天，渡口的三只船都拴在东门外的码头上，等着复航的行人把值班室坐满了。";
        let text = "渡口在雾天停航，船工把缆绳系好，等雾散去再开。大风来时也是一样，船工守在船上，行人一律绕行新桥，夜间不开船。";
        assert_eq!(kept(&[head.clone(), gone("2019年"), gone(lead), line(text)], Some(0)), [2, 3]);
        assert_eq!(kept(&[gone(lead), head.clone(), line(text)], Some(1)), [2], "above the title");
        assert_eq!(kept(&[head.clone(), gone(lead), line(lead), line(text)], Some(0)), [2, 3], "it is there already");
        assert_eq!(kept(&[head, gone(lead), line("短讯。")], Some(0)), [2], "more than the text");
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
