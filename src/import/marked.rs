//! Marks of a text as Markdown: links, images, emphasis, notes, code.
//!
//! CommonMark reads emphasis only where the signs stand right, which they often do not beside Chinese punctuation:
//! `**“甲”**乙` shows its stars. So emphasis is drawn in to the letters it encloses, where the signs always hold, and a mark
//! that encloses none is left out. What is said of a text may be lost at such an edge; its characters never are.

use std::ops::Range;

use super::flow::{Mark, Sense};

/// Writes a text with its marks. `breaks` is written for a line break inside the paragraph; `None` makes it a space.
/// `known` tells whether a note of a label exists; a mark without its note stays as it is printed.
pub(super) fn write(text: &str, marks: &[Mark], breaks: Option<&str>, known: &dyn Fn(&str) -> bool) -> String {
    let spans = Spans::of(text, marks, known);
    let mut cuts: Vec<usize> = vec![0, text.len()];
    for mark in &spans.all {
        cuts.extend([mark.range.start, mark.range.end]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(text.len() + 32);
    let mut open: Vec<&Mark> = Vec::new();
    for (nth, at) in cuts.iter().copied().enumerate() {
        while let Some(mark) = open.last().filter(|mark| mark.range.end <= at && !mark.range.is_empty()) {
            out.push_str(&closing(mark));
            open.pop();
        }
        for mark in spans.all.iter().filter(|mark| mark.range.start == at) {
            match &mark.sense {
                Sense::Break => out.push_str(breaks.unwrap_or(" ")),
                Sense::NoteMark(label) => out.push_str(&format!("[^{label}]")),
                Sense::Image(address) if mark.range.is_empty() => {
                    out.push_str(&format!("![]({})", destination(address)));
                }
                Sense::Code => out.push_str(&code(text.get(mark.range.clone()).unwrap_or_default())),
                _ => {
                    out.push_str(opening(mark));
                    open.push(mark);
                }
            }
        }
        let Some(next) = cuts.get(nth + 1) else { break };
        if !spans.silent.iter().any(|range| range.start <= at && at < range.end) {
            escape_all(text.get(at..*next).unwrap_or_default(), &mut out);
        }
    }
    out
}

/// The marks that can be written, from the outermost, and the ranges whose characters are written by their marks.
struct Spans {
    all: Vec<Mark>,
    silent: Vec<Range<usize>>,
}

impl Spans {
    fn of(text: &str, marks: &[Mark], known: &dyn Fn(&str) -> bool) -> Self {
        let fits = |mark: &&Mark| text.get(mark.range.clone()).is_some();
        let (code, others): (Vec<&Mark>, Vec<&Mark>) = marks.iter().partition(|mark| mark.sense == Sense::Code);
        // Backticks of two codes that touch would be read as one fence.
        let code = merged(code.into_iter()).into_iter().map(|range| Mark { range, sense: Sense::Code });
        let mut marks: Vec<Mark> = others.into_iter().cloned().chain(code).collect();
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let marks = marks.as_slice();
        let mut all: Vec<Mark> = Vec::new();
        let mut silent: Vec<Range<usize>> = Vec::new();
        let mut links: Vec<Range<usize>> = Vec::new();
        for mark in marks.iter().filter(fits) {
            match &mark.sense {
                Sense::Link(_) => {
                    let free = links.last().is_none_or(|last| last.end <= mark.range.start);
                    if free && !text[mark.range.clone()].trim().is_empty() || contains_image(marks, &mark.range) && free
                    {
                        links.push(mark.range.clone());
                        all.push(mark.clone());
                    }
                }
                Sense::Image(_) | Sense::Break => all.push(mark.clone()),
                Sense::NoteMark(label) if known(label) => {
                    silent.push(mark.range.clone());
                    all.push(mark.clone());
                }
                Sense::Code
                    if !text[mark.range.clone()].trim().is_empty()
                        && silent.iter().all(|range| range.end <= mark.range.start)
                        && !holds_note(marks, &mark.range, known) =>
                {
                    silent.push(mark.range.clone());
                    all.push(mark.clone());
                }
                _ => {}
            }
        }
        // Nothing may begin or end inside what is written whole, and nothing may cross a link's or an image's edge.
        let solid: Vec<Range<usize>> = silent.iter().filter(|range| !range.is_empty()).cloned().collect();
        all.retain(|mark| {
            let own = matches!(mark.sense, Sense::Code | Sense::NoteMark(_));
            own || solid.iter().all(|range| !crosses(&mark.range, range) && !(within(&mark.range, range)))
        });
        let firm: Vec<Range<usize>> = all.iter().map(|mark| mark.range.clone()).collect();
        let nested = |mark: &Mark| firm.iter().all(|other| !crosses(&mark.range, other));
        all.retain(nested);
        let mut edges: Vec<usize> = all.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
        edges.sort_unstable();
        let whole: Vec<Range<usize>> = all
            .iter()
            .filter(|mark| matches!(mark.sense, Sense::Code | Sense::NoteMark(_) | Sense::Image(_)))
            .map(|mark| mark.range.clone())
            .collect();
        let mut taken: Vec<Range<usize>> = Vec::new();
        for (sense, strong) in [(Sense::Strong, true), (Sense::Emphasis, false)] {
            for range in merged(marks.iter().filter(fits).filter(|mark| mark.sense == sense)) {
                let inner = edges.iter().copied().filter(|edge| range.start < *edge && *edge < range.end);
                let cuts: Vec<usize> = std::iter::once(range.start).chain(inner).chain([range.end]).collect();
                for pair in cuts.windows(2) {
                    let Some(part) = to_letters(text, pair[0]..pair[1]) else { continue };
                    let free = |other: &Range<usize>| other.end < part.start || part.end < other.start;
                    if whole.iter().all(|other| !within(&part, other)) && (strong || taken.iter().all(free)) {
                        taken.push(part.clone());
                        all.push(Mark { range: part, sense: sense.clone() });
                    }
                }
            }
        }
        all.sort_by(|one, other| {
            (one.range.start, other.range.end, rank(&one.sense)).cmp(&(
                other.range.start,
                one.range.end,
                rank(&other.sense),
            ))
        });
        Self { all, silent }
    }
}

fn rank(sense: &Sense) -> usize {
    match sense {
        Sense::Break => 0,
        Sense::Link(_) => 1,
        Sense::Image(_) => 2,
        Sense::Strong => 3,
        _ => 4,
    }
}

fn contains_image(marks: &[Mark], range: &Range<usize>) -> bool {
    marks.iter().any(|mark| matches!(mark.sense, Sense::Image(_)) && within(&mark.range, range))
}

fn holds_note(marks: &[Mark], range: &Range<usize>, known: &dyn Fn(&str) -> bool) -> bool {
    marks.iter().any(|mark| matches!(&mark.sense, Sense::NoteMark(label) if known(label)) && within(&mark.range, range))
}

fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether two ranges overlap and neither holds the other.
fn crosses(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end && !within(one, other) && !within(other, one)
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

/// The range without what is no letter or digit at its ends; nothing when there is none.
fn to_letters(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let start = part.find(char::is_alphanumeric)?;
    let (last, character) = part.char_indices().rfind(|(_, character)| character.is_alphanumeric())?;
    Some(range.start + start..range.start + last + character.len_utf8())
}

fn opening(mark: &Mark) -> &'static str {
    match mark.sense {
        Sense::Link(_) => "[",
        Sense::Image(_) => "![",
        Sense::Strong => "**",
        Sense::Emphasis => "*",
        _ => "",
    }
}

fn closing(mark: &Mark) -> String {
    match &mark.sense {
        Sense::Link(address) | Sense::Image(address) => format!("]({})", destination(address)),
        Sense::Strong => "**".to_string(),
        Sense::Emphasis => "*".to_string(),
        _ => String::new(),
    }
}

/// An address as Markdown takes it.
fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, character) in address.char_indices() {
        match character {
            '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '[' | ']' => {
                out.push_str(&format!("%{:02X}", u32::from(character)));
            }
            '&' if super::markdown::is_entity(&address[at + 1..]) => out.push_str("&amp;"),
            _ if character.is_whitespace() || character.is_control() => {
                let mut bytes = [0; 4];
                character.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
            _ => out.push(character),
        }
    }
    out
}

/// Text between backticks, as many as it needs.
fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Length of the longest run of a character.
pub(super) fn longest_run(text: &str, sign: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for character in text.chars() {
        run = if character == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Text with every sign escaped that could mean something beside others.
fn escape_all(text: &str, out: &mut String) {
    for (at, character) in text.char_indices() {
        match character {
            '\\' | '`' | '*' | '~' | '[' | ']' | '<' | '|' | '!' | '_' => {
                out.push('\\');
                out.push(character);
            }
            '&' if super::markdown::is_entity(&text[at + 1..]) => out.push_str("\\&"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, marks: &[(&str, Sense)]) -> String {
        let marks: Vec<Mark> = marks
            .iter()
            .map(|(part, sense)| {
                let start = text.find(part).expect("a part of the text");
                Mark { range: start..start + part.len(), sense: sense.clone() }
            })
            .collect();
        write(text, &marks, Some("\\\n"), &|_| true)
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
        assert_eq!(marked("图", &[("图", Sense::Image("files/a.png".to_string()))]), "![图](files/a.png)");
        assert_eq!(marked("（）", &[("（）", Sense::Strong)]), "（）");
    }
}
