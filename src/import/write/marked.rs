//! Marks of a text as a tape: links, images, emphasis, notes, code.
//!
//! Marks may cross; elements of a tape nest. And CommonMark reads emphasis only where its signs stand right, which they often
//! do not beside Chinese punctuation: fonds reads `**“甲”**乙` as it is meant, other readers show its stars. So emphasis is drawn in to the letters it encloses, where
//! the signs always hold, and a mark that encloses none is left out. What is said of a text may be lost at such an edge; its
//! characters never are.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::import::flow::{Mark, Sense};
use crate::text::tape::{Element, Node, Phrase};
use crate::text::{Link, NoteMark, Text};

/// Notes by their labels; the first of those with the same one.
pub(super) type Labels = BTreeMap<String, usize>;

/// Adds a text with its marks, which are in the order of their first bytes. A mark of a note that there is not stays as it
/// is printed.
pub(super) fn write(text: &mut Text, tape: &mut Vec<Node>, words: &str, marks: &[Mark], notes: &Labels) {
    let base = text.chars.len();
    text.chars.push_str(words);
    let marks = spans(words, marks, &|label| notes.contains_key(label));
    let mut cuts: Vec<usize> = vec![0, words.len()];
    for mark in &marks {
        cuts.extend([mark.range.start, mark.range.end]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut open: Vec<(&Mark, Element)> = Vec::new();
    let mut waiting = marks.iter().peekable();
    // Up to here the characters are no part of the line.
    let mut silent = 0;
    for (nth, at) in cuts.iter().copied().enumerate() {
        while let Some((_, element)) = open.pop_if(|(mark, _)| mark.range.end <= at && !mark.range.is_empty()) {
            tape.push(Node::Close(element));
        }
        while let Some(mark) = waiting.next_if(|mark| mark.range.start == at) {
            let Some(element) = element(text, words, mark, notes) else { continue };
            match mark.sense {
                Sense::Link(_)
                | Sense::Strong
                | Sense::Emphasis
                | Sense::Code
                | Sense::Struck
                | Sense::Sup
                | Sense::Sub => {
                    tape.push(Node::Open(element));
                    open.push((mark, element));
                }
                _ => {
                    tape.push(Node::Void(element));
                    silent = silent.max(mark.range.end);
                }
            }
        }
        let Some(next) = cuts.get(nth + 1) else { break };
        if at >= silent {
            tape.push(Node::Chars(base + at, base + next));
        }
    }
}

/// What a mark says, with what it needs put into the lists of the text.
fn element(text: &mut Text, words: &str, mark: &Mark, notes: &Labels) -> Option<Element> {
    let index = |length: usize| u32::try_from(length - 1).unwrap_or(u32::MAX);
    Some(match &mark.sense {
        Sense::Link(address) => {
            text.links.push(Link { destination: address.clone(), ..Link::default() });
            Element::Link(index(text.links.len()))
        }
        Sense::Image(picture) => {
            let alternative = words.get(mark.range.clone()).unwrap_or_default().to_string();
            let (destination, title) = (picture.address.clone(), picture.caption.clone());
            text.links.push(Link { destination, title, image: true, alternative, ..Link::default() });
            Element::Image(index(text.links.len()))
        }
        Sense::NoteMark(label) => {
            let note = notes.get(label).copied().unwrap_or_default();
            text.marks.push(NoteMark { note, id: String::new() });
            Element::NoteMark(index(text.marks.len()))
        }
        Sense::Strong => Element::Phrase(Phrase::Strong),
        Sense::Emphasis => Element::Phrase(Phrase::Emphasis),
        Sense::Struck => Element::Phrase(Phrase::Struck),
        Sense::Sup => Element::Phrase(Phrase::Sup),
        Sense::Sub => Element::Phrase(Phrase::Sub),
        Sense::Code => Element::Code(None),
        Sense::Break => Element::Break,
        Sense::Printed => return None,
    })
}

/// Whether a mark writes the characters of its range itself.
fn is_solid(mark: &Mark) -> bool {
    matches!(mark.sense, Sense::Code | Sense::NoteMark(_))
}

/// The marks that stand whole: notes and code.
fn solid(text: &str, marks: &[Mark], known: &dyn Fn(&str) -> bool) -> Vec<Mark> {
    let fits = || marks.iter().filter(|mark| text.get(mark.range.clone()).is_some());
    let mut solid: Vec<Mark> = Vec::new();
    for mark in fits().filter(|mark| matches!(&mark.sense, Sense::NoteMark(label) if known(label))) {
        if solid.last().is_none_or(|last| last.range.end <= mark.range.start) {
            solid.push(mark.clone());
        }
    }
    let images: Vec<&Mark> = fits().filter(|mark| matches!(mark.sense, Sense::Image(_))).collect();
    // The words of a picture are plain.
    let in_image = |range: &Range<usize>| {
        let first = images.partition_point(|image| image.range.start <= range.start).checked_sub(1);
        first.and_then(|at| images.get(at)).is_some_and(|image| within(range, &image.range))
    };
    // Backticks of two codes that touch would be read as one fence.
    let codes = merged(fits().filter(|mark| mark.sense == Sense::Code));
    let codes = codes.into_iter().filter(|range| {
        let free = touching(&solid, range).next().is_none() && !in_image(range);
        free && text.get(range.clone()).is_some_and(|part| !part.trim().is_empty())
    });
    let codes: Vec<Mark> = codes.map(|range| Mark { range, sense: Sense::Code }).collect();
    solid.extend(codes);
    solid.sort_by_key(|mark| mark.range.start);
    solid
}

/// The marks that can be written, in the order in which they are: those that begin at the same byte from the outermost.
fn spans(text: &str, marks: &[Mark], known: &dyn Fn(&str) -> bool) -> Vec<Mark> {
    let fits = || marks.iter().filter(|mark| text.get(mark.range.clone()).is_some());
    let solid = solid(text, marks, known);
    let images: Vec<&Mark> = fits().filter(|mark| matches!(mark.sense, Sense::Image(_))).collect();
    let holds_image = |range: &Range<usize>| {
        let first = images.partition_point(|image| image.range.start < range.start);
        images.get(first).is_some_and(|image| within(&image.range, range))
    };
    let mut around: Vec<Mark> = Vec::new();
    for mark in fits().filter(|mark| matches!(mark.sense, Sense::Link(_) | Sense::Image(_) | Sense::Break)) {
        match mark.sense {
            Sense::Link(_) => around.extend(between_notes(text, mark, &solid)),
            // At the end of a paragraph a line break would show its sign.
            Sense::Break
                if text[mark.range.start..].trim().is_empty()
                    && !images.iter().any(|image| image.range.start >= mark.range.start) => {}
            _ => around.push(mark.clone()),
        }
    }
    around.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    let mut last_link = 0;
    let mut outer: Vec<Range<usize>> = Vec::new();
    around.retain(|Mark { range, sense }| {
        let is_link = matches!(sense, Sense::Link(_));
        let says_something = || text.get(range.clone()).is_some_and(|part| !part.trim().is_empty());
        let wanted = !is_link || last_link <= range.start && (says_something() || holds_image(range));
        // Nothing may begin or end inside what is written whole, and nothing may cross a link's or an image's edge.
        outer.retain(|other| other.end > range.start);
        let fits = wanted
            && outer.iter().all(|other| within(range, other))
            && touching(&solid, range).all(|other| is_link && *range != other.range && within(&other.range, range));
        if fits {
            outer.push(range.clone());
            last_link = if is_link { range.end } else { last_link };
        }
        fits
    });
    let mut all = solid;
    all.extend(around);
    for sense in [Sense::Struck, Sense::Sup, Sense::Sub] {
        let parts = phrases(text, marks, &sense, &all);
        all.extend(parts);
    }
    emphasis(text, marks, &mut all);
    all.sort_by_key(|mark| {
        let empty = mark.range.is_empty() && !matches!(mark.sense, Sense::Image(_));
        let bold = matches!(mark.sense, Sense::Strong | Sense::Emphasis);
        (mark.range.start, !empty, bold, std::cmp::Reverse(mark.range.end), rank(&mark.sense))
    });
    all
}

/// The parts of a link between the marks of notes, which cannot stand in one. `[^1][甲](…)` would be read as a link by
/// reference, so behind a note a link begins at the second character.
fn between_notes(text: &str, link: &Mark, solid: &[Mark]) -> Vec<Mark> {
    let notes = solid.get(solid.partition_point(|other| other.range.end < link.range.start)..).unwrap_or_default();
    let notes = notes.iter().take_while(|other| other.range.start < link.range.end);
    let mut parts = Vec::new();
    let mut start = link.range.start;
    for note in notes.filter(|other| matches!(other.sense, Sense::NoteMark(_))) {
        parts.push(start..note.range.start);
        let first = text.get(note.range.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start = note.range.end + first;
    }
    parts.push(start..link.range.end);
    parts.retain(|range| range.start < range.end);
    parts.into_iter().map(|range| Mark { range, sense: link.sense.clone() }).collect()
}

/// Those of a list of marks, in order and apart from each other, that share a byte with a range; for an empty range, those
/// around it.
fn touching<'a>(marks: &'a [Mark], range: &Range<usize>) -> impl Iterator<Item = &'a Mark> {
    let first = marks.partition_point(|mark| mark.range.end <= range.start);
    let range = range.clone();
    let shared = move |mark: &&Mark| mark.range.start < range.end;
    marks.get(first..).unwrap_or_default().iter().take_while(shared).filter(|mark| !mark.range.is_empty())
}

/// The edges of marks, at which others are cut, and the stretches that no other mark may stand in.
struct Edges {
    edges: Vec<usize>,
    whole: Vec<Range<usize>>,
}

impl Edges {
    fn of(marks: &[Mark]) -> Self {
        let mut edges: Vec<usize> = marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
        edges.sort_unstable();
        let is_whole = |mark: &&Mark| is_solid(mark) || matches!(mark.sense, Sense::Image(_) | Sense::Struck);
        let mut whole: Vec<Range<usize>> =
            marks.iter().filter(is_whole).map(|mark| mark.range.clone()).filter(|range| !range.is_empty()).collect();
        whole.sort_unstable_by_key(|range| (range.start, range.end));
        Self { edges, whole }
    }

    /// A range, cut at the edges in it.
    fn cut(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let first = self.edges.partition_point(|edge| *edge <= range.start);
        let inner = self.edges.get(first..).unwrap_or_default().iter().copied().take_while(|edge| *edge < range.end);
        let cuts: Vec<usize> = std::iter::once(range.start).chain(inner).chain([range.end]).collect();
        cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    /// Whether a part stands in what must stay whole.
    fn hold(&self, part: &Range<usize>) -> bool {
        let holder = self.whole.partition_point(|other| other.start <= part.start).checked_sub(1);
        holder.and_then(|at| self.whole.get(at)).is_some_and(|other| within(part, other))
    }
}

/// Parts of a text that are struck out, or stand above or below the line. They change what a text says, so they are not
/// drawn in to the letters; only white space at their ends is left out.
fn phrases(text: &str, marks: &[Mark], sense: &Sense, others: &[Mark]) -> Vec<Mark> {
    let own: Vec<&Mark> =
        marks.iter().filter(|mark| mark.sense == *sense && text.get(mark.range.clone()).is_some()).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let edges = Edges::of(others);
    let parts = merged(own.into_iter()).into_iter().flat_map(|range| edges.cut(&range));
    parts
        .filter_map(|part| {
            let words = text.get(part.clone())?;
            let start = part.start + (words.len() - words.trim_start().len());
            let mut end = part.start + words.trim_end().len();
            if *sense == Sense::Struck && text[end..].starts_with(|next: char| next.is_ascii_alphanumeric()) {
                // `~~a.~~b` would show its signs.
                end = start + text.get(start..end)?.trim_end_matches(|last: char| last.is_ascii_punctuation()).len();
            }
            let words = text.get(start..end)?;
            let is_plain = *sense == Sense::Struck || !words.contains(['{', '}']);
            let part = start..end;
            (!words.is_empty() && is_plain && !edges.hold(&part)).then(|| Mark { range: part, sense: sense.clone() })
        })
        .collect()
}

/// Adds bold and italic to the other marks, cut at their edges.
fn emphasis(text: &str, marks: &[Mark], all: &mut Vec<Mark>) {
    let edges = Edges::of(all);
    let mut bold: Vec<Range<usize>> = Vec::new();
    for sense in [Sense::Strong, Sense::Emphasis] {
        let mut last: Option<usize> = None;
        for range in merged(marks.iter().filter(|mark| mark.sense == sense && text.get(mark.range.clone()).is_some())) {
            for part in edges.cut(&range) {
                let Some(part) = to_letters(text, part).filter(|part| !edges.hold(part)) else { continue };
                if sense == Sense::Strong {
                    bold.push(part.clone());
                } else {
                    let beside = bold.get(bold.partition_point(|other| other.end < part.start));
                    if beside.is_some_and(|other| other.start <= part.end) || last.is_some_and(|end| end >= part.start)
                    {
                        continue;
                    }
                    last = Some(part.end);
                }
                all.push(Mark { range: part, sense: sense.clone() });
            }
        }
    }
}

fn rank(sense: &Sense) -> usize {
    match sense {
        Sense::Break => 0,
        Sense::Link(_) => 1,
        Sense::Image(_) => 2,
        Sense::Struck => 3,
        Sense::Sup | Sense::Sub => 4,
        Sense::Strong => 5,
        _ => 6,
    }
}

fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Ranges of one sense, with those that touch joined.
fn merged<'a>(marks: impl Iterator<Item = &'a Mark>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = marks.map(|mark| mark.range.clone()).collect();
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

/// Marks that may stand at the beginning of emphasis, and at its end.
const OPENING: &[char] = &['(', '[', '“', '‘', '「', '『', '（', '〔', '【', '《', '〈'];
const CLOSING: &[char] = &[
    ')', ']', '.', ',', ':', ';', '!', '?', '%', '…', '”', '’', '」', '』', '）', '〕', '】', '》', '〉', '。', '，',
    '：', '；', '！', '？',
];

/// The range without what is no letter or digit at its ends; nothing when there is none. Brackets and stops stay at an end
/// that has white space beside it, or nothing, since every reader takes the signs there (CommonMark 6.2).
fn to_letters(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let first = range.start + part.find(char::is_alphanumeric)?;
    let (last, character) = part.char_indices().rfind(|(_, character)| character.is_alphanumeric())?;
    let last = range.start + last + character.len_utf8();
    let (start, end) = (range.start + part.len() - part.trim_start().len(), range.start + part.trim_end().len());
    let only = |range: Range<usize>, marks: &[char]| text[range].chars().all(|character| marks.contains(&character));
    let is_begun = only(start..first, OPENING) && text[..start].chars().next_back().is_none_or(char::is_whitespace);
    let is_ended = only(last..end, CLOSING) && text[end..].chars().next().is_none_or(char::is_whitespace);
    Some(if is_begun { start } else { first }..if is_ended { end } else { last })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::flow::Picture;
    use crate::text::{Note, markdown};

    /// A text with its marks as Markdown, with a note of every label.
    fn written(words: &str, marks: &[Mark]) -> String {
        let label = "1".to_string();
        let mut text = Text::empty();
        let mut tape = vec![Node::Open(Element::Paragraph(None))];
        text.notes.push(Note { label: label.clone(), place: usize::MAX, ..Note::default() });
        write(&mut text, &mut tape, words, marks, &Labels::from([(label, 0)]));
        tape.push(Node::Close(Element::Paragraph(None)));
        text.tape = tape;
        markdown::write(&text).trim_end().to_string()
    }

    fn marked(text: &str, marks: &[(&str, Sense)]) -> String {
        let marks: Vec<Mark> = marks
            .iter()
            .map(|(part, sense)| {
                let start = text.find(part).expect("a part of the text");
                Mark { range: start..start + part.len(), sense: sense.clone() }
            })
            .collect();
        written(text, &marks)
    }

    #[test]
    fn marks_as_markdown() {
        let link = || Sense::Link("http://a.cn/b c(1)".to_string());
        assert_eq!(marked("甲“乙”丙", &[("“乙”", Sense::Strong)]), "甲“**乙**”丙");
        assert_eq!(marked("甲乙丙", &[("乙", link())]), "甲[乙](http://a.cn/b%20c%281%29)丙");
        assert_eq!(
            marked("甲乙丙", &[("乙丙", link()), ("甲乙", Sense::Strong)]),
            "**甲**[**乙**丙](http://a.cn/b%20c%281%29)"
        );
        assert_eq!(marked("用 a`b 命令", &[("a`b", Sense::Code)]), "用 ``a`b`` 命令");
        assert_eq!(marked("甲[1]乙", &[("[1]", Sense::NoteMark("1".to_string()))]), "甲[^1]乙");
        assert_eq!(marked("图", &[("图", Sense::Image(Picture::at("files/a.png".to_string())))]), "![图](files/a.png)");
        assert_eq!(marked("（）", &[("（）", Sense::Strong)]), "（）");
        assert_eq!(marked("see MA(IMP) and more", &[("MA(IMP)", Sense::Strong)]), "see **MA(IMP)** and more");
        assert_eq!(marked("（甲）乙。", &[("（甲）乙。", Sense::Emphasis)]), "*（甲）乙。*");
        assert_eq!(marked("甲（乙）丙", &[("甲（乙）", Sense::Strong)]), "**甲（乙**）丙");
    }

    #[test]
    fn emphasis_stands_behind_a_break() {
        let bold = Mark { range: 0..9, sense: Sense::Strong };
        let at_break = Mark { range: 3..3, sense: Sense::Break };
        assert_eq!(written("甲乙丙", &[bold, at_break]), "**甲**\\\n**乙丙**");
    }

    #[test]
    fn breaks_with_nothing_behind_them_leave_no_sign() {
        let breaks = || [Mark { range: 6..6, sense: Sense::Break }, Mark { range: 6..6, sense: Sense::Break }];
        assert_eq!(written("甲乙 ", &breaks()), "甲乙");
        assert_eq!(written("甲\\", &[Mark { range: 4..4, sense: Sense::Break }]), "甲\\\\");
    }

    #[test]
    fn marks_that_cross_lose_no_character() {
        let note = |range| Mark { range, sense: Sense::NoteMark("1".to_string()) };
        let code = Mark { range: 0..6, sense: Sense::Code };
        assert_eq!(written("甲乙丙", &[code, note(3..9)]), "甲[^1]");
    }

    #[test]
    fn what_stands_behind_a_note_is_not_its_address() {
        let note = || Sense::NoteMark("1".to_string());
        assert_eq!(marked("甲*(乙)", &[("*", note())]), "甲[^1]\\(乙)");
        assert_eq!(marked("*: 乙", &[("*", note())]), "[^1]\\: 乙");
        let link = Sense::Link("http://a.cn/".to_string());
        assert_eq!(marked("*乙丙", &[("*", note()), ("乙丙", link)]), "[^1]乙[丙](http://a.cn/)");
        let around = Sense::Link("b".to_string());
        assert_eq!(marked("甲*乙丙", &[("甲*乙丙", around), ("*", note())]), "[甲](b)[^1]乙[丙](b)");
    }
}
