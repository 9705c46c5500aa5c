//! Marks of a text as Markdown: links, images, emphasis, notes, code.
//!
//! CommonMark reads emphasis only where the signs stand right, which they often do not beside Chinese punctuation:
//! `**“甲”**乙` shows its stars. So emphasis is drawn in to the letters it encloses, where the signs always hold, and a mark
//! that encloses none is left out. What is said of a text may be lost at such an edge; its characters never are.

use std::ops::Range;

use crate::import::flow::{Mark, Sense};

/// Writes a text with its marks, which are in the order of their first bytes. `breaks` is written for a line break inside
/// the paragraph; `None` makes it a space. `known` tells whether a note of a label exists; a mark without its note stays as
/// it is printed.
pub(crate) fn write(text: &str, marks: &[Mark], breaks: Option<&str>, known: &dyn Fn(&str) -> bool) -> String {
    let marks = spans(text, marks, known);
    let mut cuts: Vec<usize> = vec![0, text.len()];
    for mark in &marks {
        cuts.extend([mark.range.start, mark.range.end]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(text.len() + 32);
    let mut open: Vec<&Mark> = Vec::new();
    let mut waiting = marks.iter().peekable();
    // Up to here the characters are written by a mark.
    let mut silent = 0;
    let mut last = None;
    for (nth, at) in cuts.iter().copied().enumerate() {
        while let Some(mark) = open.pop_if(|mark| mark.range.end <= at && !mark.range.is_empty()) {
            out.push_str(&closing(mark));
        }
        while let Some(mark) = waiting.next_if(|mark| mark.range.start == at) {
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
            if is_solid(mark) {
                silent = mark.range.end;
            }
            last = Some(&mark.sense);
        }
        let Some(next) = cuts.get(nth + 1) else { break };
        if at >= silent {
            let part = text.get(at..*next).unwrap_or_default();
            // `[^1](` would be a link, `[^1]:` a note.
            if matches!(last.take(), Some(Sense::NoteMark(_))) && part.starts_with(['(', ':']) {
                out.push('\\');
            }
            escape_all(part, &mut out);
        }
    }
    out
}

/// Whether a mark writes the characters of its range itself.
fn is_solid(mark: &Mark) -> bool {
    matches!(mark.sense, Sense::Code | Sense::NoteMark(_))
}

/// The marks that can be written, in the order in which they are: those that begin at the same byte from the outermost.
fn spans(text: &str, marks: &[Mark], known: &dyn Fn(&str) -> bool) -> Vec<Mark> {
    let fits = || marks.iter().filter(|mark| text.get(mark.range.clone()).is_some());
    let mut solid: Vec<Mark> = Vec::new();
    for mark in fits().filter(|mark| matches!(&mark.sense, Sense::NoteMark(label) if known(label))) {
        if solid.last().is_none_or(|last| last.range.end <= mark.range.start) {
            solid.push(mark.clone());
        }
    }
    // Backticks of two codes that touch would be read as one fence.
    let codes = merged(fits().filter(|mark| mark.sense == Sense::Code));
    let codes = codes.into_iter().filter(|range| {
        let free = touching(&solid, range).next().is_none();
        free && text.get(range.clone()).is_some_and(|part| !part.trim().is_empty())
    });
    let codes: Vec<Mark> = codes.map(|range| Mark { range, sense: Sense::Code }).collect();
    solid.extend(codes);
    solid.sort_by_key(|mark| mark.range.start);

    let images: Vec<&Mark> = fits().filter(|mark| matches!(mark.sense, Sense::Image(_))).collect();
    let holds_image = |range: &Range<usize>| {
        let first = images.partition_point(|image| image.range.start < range.start);
        images.get(first).is_some_and(|image| within(&image.range, range))
    };
    let mut around: Vec<Mark> = Vec::new();
    for mark in fits().filter(|mark| matches!(mark.sense, Sense::Link(_) | Sense::Image(_) | Sense::Break)) {
        match mark.sense {
            Sense::Link(_) => around.extend(between_notes(text, mark, &solid)),
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
            && touching(&solid, range).all(|other| *range != other.range && within(&other.range, range));
        if fits {
            outer.push(range.clone());
            last_link = if is_link { range.end } else { last_link };
        }
        fits
    });
    let mut all = solid;
    all.extend(around);
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

/// Adds bold and italic to the other marks, cut at their edges.
fn emphasis(text: &str, marks: &[Mark], all: &mut Vec<Mark>) {
    let mut edges: Vec<usize> = all.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
    edges.sort_unstable();
    let mut whole: Vec<Range<usize>> = all
        .iter()
        .filter(|mark| is_solid(mark) || matches!(mark.sense, Sense::Image(_)))
        .map(|mark| mark.range.clone())
        .filter(|range| !range.is_empty())
        .collect();
    whole.sort_unstable_by_key(|range| (range.start, range.end));
    let mut bold: Vec<Range<usize>> = Vec::new();
    for sense in [Sense::Strong, Sense::Emphasis] {
        let mut last: Option<usize> = None;
        for range in merged(marks.iter().filter(|mark| mark.sense == sense && text.get(mark.range.clone()).is_some())) {
            let first = edges.partition_point(|edge| *edge <= range.start);
            let inner = edges.get(first..).unwrap_or_default().iter().copied().take_while(|edge| *edge < range.end);
            let cuts: Vec<usize> = std::iter::once(range.start).chain(inner).chain([range.end]).collect();
            for pair in cuts.windows(2) {
                let Some(part) = to_letters(text, pair[0]..pair[1]) else { continue };
                let holder = whole.partition_point(|other| other.start <= part.start).checked_sub(1);
                if holder.and_then(|at| whole.get(at)).is_some_and(|other| within(&part, other)) {
                    continue;
                }
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
        Sense::Strong => 3,
        _ => 4,
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
            '&' if is_entity(&address[at + 1..]) => out.push_str("&amp;"),
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
pub(crate) fn longest_run(text: &str, sign: char) -> usize {
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
            '&' if is_entity(&text[at + 1..]) => out.push_str("\\&"),
            '\n' | '\r' => out.push(' '),
            _ => out.push(character),
        }
    }
}

/// Whether what follows & makes it an entity: amp; #38; #x26;
pub(crate) fn is_entity(after: &str) -> bool {
    let length = after.bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    length > 0 && after.as_bytes().get(length) == Some(&b';')
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

    #[test]
    fn emphasis_stands_behind_a_break() {
        let bold = Mark { range: 0..9, sense: Sense::Strong };
        let at_break = Mark { range: 3..3, sense: Sense::Break };
        assert_eq!(write("甲乙丙", &[bold, at_break], None, &|_| true), "**甲** **乙丙**");
    }

    #[test]
    fn marks_that_cross_lose_no_character() {
        let note = |range| Mark { range, sense: Sense::NoteMark("1".to_string()) };
        let code = Mark { range: 0..6, sense: Sense::Code };
        assert_eq!(write("甲乙丙", &[code, note(3..9)], None, &|_| true), "甲[^1]");
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
