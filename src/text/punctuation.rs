//! Punctuation that a capture flattened, restored for reading.
//!
//! Many office systems and web editors leave `,` and `(` where the printed text had `，` and `（`. The text that fonds
//! keeps, searches and hands out stays as it was captured; a restored mark is a [`Choice`] on the tape, and pages and books
//! read the full-width marks of GB/T 15834. A reader of a page can switch them off. So that the switch needs no second text,
//! a passage with restored marks says in `data-flat` which of its full-width marks were captured as such, by their number
//! among all of them.
//!
//! A mark is restored where it touches Chinese: a Han character, kana, or Chinese punctuation. Never in numbers (`10:30`),
//! in Latin words, in addresses, in code, or in a passage that is Latin with a Chinese word in it. Brackets are judged
//! in pairs. Full stops are left alone: too many of them are not ends of sentences.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::Text;
use super::tape::{Choice, Element, Node, Phrase, View, Why};

/// The script of the pages, which turns marks back and so has the list of them.
const SCRIPT: &str = include_str!("../../static/fonds.js");

/// The marks that captures flatten.
struct Marks {
    /// The flat mark, and the full-width mark that it stands for.
    pairs: Vec<(char, char)>,
    /// The full-width marks, as choices find them at the beginning of a text's characters.
    wide: String,
    /// Which bytes are a flat mark.
    flat: [bool; 256],
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    let list = SCRIPT.split("FLAT = {").nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
    let quoted = list.split('\'').skip(1).step_by(2).filter_map(|mark| mark.chars().next());
    let marks: Vec<char> = quoted.collect();
    let pairs: Vec<(char, char)> = marks.chunks_exact(2).map(|pair| (pair[1], pair[0])).collect();
    let wide = pairs.iter().map(|(_, wide)| wide).collect();
    let mut flat = [false; 256];
    for byte in pairs.iter().filter_map(|(mark, _)| u8::try_from(*mark).ok()) {
        flat[usize::from(byte)] = true;
    }
    Marks { pairs, wide, flat }
});

impl Marks {
    fn is_flat(&self, text: &str) -> bool {
        text.bytes().any(|byte| self.flat[usize::from(byte)])
    }

    fn is_wide(&self, character: char) -> bool {
        is_form(character) && self.pairs.iter().any(|(_, wide)| *wide == character)
    }

    /// The full-width mark that a character is or stands for, and whether it is one.
    fn find(&self, character: char) -> Option<(char, bool)> {
        if !character.is_ascii_punctuation() && !is_form(character) {
            return None;
        }
        let (flat, wide) = self.pairs.iter().find(|(flat, wide)| [*flat, *wide].contains(&character))?;
        Some((*wide, character != *flat))
    }
}

/// Whether a character is in the block of full-width forms, to which the marks belong: most are not, and that is told at once.
fn is_form(character: char) -> bool {
    matches!(character, '\u{ff00}'..='\u{ff5e}')
}

/// What the characters of a text begin with, so that choices can read it.
pub(super) fn wide() -> &'static str {
    &MARKS.wide
}

/// What stands beside a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// The beginning or end of a passage.
    Edge,
    /// Chinese, or a mark restored.
    Chinese,
    /// A quotation mark, which both scripts have.
    Quote,
    /// White space.
    Space,
    /// Anything else.
    Other,
    /// A mark, by its place in the list.
    Mark(usize),
}

#[derive(Debug)]
struct Mark {
    at: usize,
    shown: char,
    before: Beside,
    after: Beside,
    /// Within an address.
    address: bool,
    /// Captured full-width already.
    captured: bool,
    /// The passage that it stands in.
    passage: usize,
    restored: bool,
}

/// Puts the choices of restored marks into a stretch of tape.
pub(super) fn restore(text: &mut Text, tape: Vec<Node>) -> Vec<Node> {
    let has_flat = |node: &Node| matches!(node, Node::Chars(start, end) if MARKS.is_flat(text.chars(*start, *end)));
    if !tape.iter().any(has_flat) {
        return tape;
    }
    let mut reader = Reader::default();
    reader.read_tape(text, &tape);
    let Some(marks) = judged(reader) else { return tape };
    let mut marks = marks.into_iter().filter(|mark| mark.restored).peekable();
    let mut out = Vec::with_capacity(tape.len() + 8);
    for node in tape {
        let Node::Chars(mut start, end) = node else {
            out.push(node);
            continue;
        };
        while let Some(mark) = marks.next_if(|mark| mark.at < end) {
            if start < mark.at {
                out.push(Node::Chars(start, mark.at));
            }
            let wide = wide().find(mark.shown).unwrap_or_default();
            let read = wide..wide + mark.shown.len_utf8();
            out.push(Node::Choice(text.choices.len()));
            text.choices.push(Choice { printed: mark.at..mark.at + 1, read, why: Why::Punctuation });
            start = mark.at + 1;
        }
        if start < end {
            out.push(Node::Chars(start, end));
        }
    }
    out
}

/// The value of `data-flat` for a stretch of tape: the numbers, from 1, of the full-width marks that were captured so.
/// `None` where nothing is restored.
pub fn flat(text: &Text, tape: &[Node]) -> Option<String> {
    let is_restored = |choice: &usize| text.choices[*choice].why == Why::Punctuation;
    if !tape.iter().any(|node| matches!(node, Node::Choice(choice) if is_restored(choice))) {
        return None;
    }
    let (mut count, mut in_code, mut own) = (0, 0, Vec::new());
    for node in tape {
        match *node {
            Node::Open(element) if is_code_tag(text, element) => in_code += 1,
            Node::Close(element) if is_code_tag(text, element) => in_code -= 1,
            Node::Choice(choice) if text.choices[choice].why == Why::Punctuation => count += 1,
            Node::Chars(start, end) if in_code == 0 => {
                for _ in text.chars(start, end).chars().filter(|character| MARKS.is_wide(*character)) {
                    count += 1;
                    own.push(count.to_string());
                }
            }
            _ => {}
        }
    }
    Some(own.join(" "))
}

/// A plain text as it is read, and its `data-flat` where marks in it are restored.
pub fn shown(text: &str) -> (Cow<'_, str>, Option<String>) {
    if !MARKS.is_flat(text) {
        return (Cow::Borrowed(text), None);
    }
    let mut reader = Reader::default();
    reader.read(text, 0);
    judged(reader).map_or((Cow::Borrowed(text), None), |marks| {
        let full = marks.iter().filter(|mark| mark.captured || mark.restored);
        let own = full.enumerate().filter(|(_, mark)| mark.captured).map(|(at, _)| (at + 1).to_string());
        (Cow::Owned(put_in(text, &marks)), Some(own.collect::<Vec<_>>().join(" ")))
    })
}

/// The same without its marks.
pub fn restored(text: &str) -> Cow<'_, str> {
    shown(text).0
}

fn put_in(text: &str, marks: &[Mark]) -> String {
    let mut shown = String::with_capacity(text.len() + 2 * marks.len());
    let mut done = 0;
    for mark in marks.iter().filter(|mark| mark.restored) {
        shown.push_str(&text[done..mark.at]);
        shown.push(mark.shown);
        done = mark.at + 1;
    }
    shown.push_str(&text[done..]);
    shown
}

/// All marks with what is to become of them; `None` where there is nothing to restore.
fn judged(reader: Reader) -> Option<Vec<Mark>> {
    let Reader { mut marks, passages, .. } = reader;
    let mut open: Vec<usize> = Vec::new();
    for at in 0..marks.len() {
        let beside = |beside: Beside| match beside {
            Beside::Mark(other) if marks[other].restored || marks[other].captured => Beside::Chinese,
            Beside::Mark(_) => Beside::Other,
            other => other,
        };
        let (before, after) = (beside(marks[at].before), beside(marks[at].after));
        let mark = &marks[at];
        let chinese = passages[mark.passage].is_chinese() && !mark.address && !mark.captured;
        let touches = before == Beside::Chinese
            || after == Beside::Chinese
            || before == Beside::Quote && matches!(after, Beside::Quote | Beside::Edge);
        match mark.shown {
            '（' => {
                open.push(at);
                marks[at].restored = chinese && touches;
            }
            '）' => {
                let pair = open.pop().filter(|other| marks[*other].passage == marks[at].passage);
                let other = pair.filter(|other| !marks[*other].captured);
                // ISAD(G) is one Latin word, whatever follows it.
                let in_word = other.is_some_and(|other| !marks[other].restored && marks[other].before == Beside::Other);
                let either = touches && !in_word || other.is_some_and(|other| marks[other].restored);
                marks[at].restored = chinese && either;
                if let Some(other) = other.filter(|other| !marks[*other].address) {
                    marks[other].restored = marks[at].restored;
                }
            }
            _ => marks[at].restored = chinese && touches,
        }
    }
    marks.iter().any(|mark| mark.restored).then_some(marks)
}

/// What a passage is written in.
#[derive(Debug, Default)]
struct Passage {
    han: usize,
    latin_words: usize,
}

impl Passage {
    fn is_chinese(&self) -> bool {
        self.han > 0 && self.han >= self.latin_words
    }
}

/// Reads text between markup, and finds the marks with what is beside them.
#[derive(Debug)]
struct Reader {
    marks: Vec<Mark>,
    passages: Vec<Passage>,
    before: Beside,
    in_word: bool,
    /// The run of characters without a space or Chinese before the place: whether it begins an address.
    run: String,
}

impl Default for Reader {
    fn default() -> Self {
        let passages = vec![Passage::default()];
        Self { marks: Vec::new(), passages, before: Beside::Edge, in_word: false, run: String::new() }
    }
}

impl Reader {
    fn read_tape(&mut self, text: &Text, tape: &[Node]) {
        let mut in_code = 0;
        for node in tape {
            match *node {
                // Code is a word of another script.
                Node::Open(element) if is_code(text, element) => {
                    self.see(Beside::Other);
                    in_code += 1;
                }
                Node::Close(element) if is_code(text, element) => in_code -= 1,
                _ if in_code > 0 => {}
                Node::Chars(start, end) => self.read(text.chars(start, end), start),
                Node::Choice(choice) => {
                    self.read(text.chosen(choice, View::Printed), text.choices[choice].printed.start)
                }
                Node::Void(Element::SoftBreak) => self.read(" ", 0),
                // The number of a note is not there.
                Node::Void(Element::NoteMark(_)) => {}
                Node::Open(element) | Node::Close(element) | Node::Void(element) => {
                    if !is_inline(text, element) {
                        self.end_passage();
                    }
                }
            }
        }
    }

    fn end_passage(&mut self) {
        self.see(Beside::Edge);
        self.passages.push(Passage::default());
        self.run.clear();
    }

    /// What stands at a place, and so beside the mark before it.
    fn see(&mut self, what: Beside) {
        if let Beside::Mark(last) = self.before {
            self.marks[last].after = what;
        }
        self.before = what;
        self.in_word = false;
    }

    fn read(&mut self, text: &str, shift: usize) {
        let passage = self.passages.len() - 1;
        for (at, character) in text.char_indices() {
            if let Some((shown, captured)) = MARKS.find(character) {
                let address = self.run.contains("://") || self.run.starts_with("www.") || self.run.contains('@');
                let mark = self.marks.len();
                self.marks.push(Mark {
                    at: shift + at,
                    shown,
                    before: self.before,
                    after: Beside::Edge,
                    address,
                    captured,
                    passage,
                    restored: false,
                });
                self.see(Beside::Mark(mark));
                if captured {
                    self.run.clear()
                } else {
                    self.run.push(character)
                }
                continue;
            }
            let letter = character.is_ascii_alphabetic();
            self.passages[passage].latin_words += usize::from(letter && !self.in_word);
            if is_chinese(character) {
                self.passages[passage].han += 1;
                self.see(Beside::Chinese);
                self.run.clear();
            } else if matches!(character, '“' | '”' | '‘' | '’' | '…' | '—') {
                self.see(Beside::Quote);
                self.run.clear();
            } else {
                self.see(if character.is_whitespace() { Beside::Space } else { Beside::Other });
                if character.is_whitespace() { self.run.clear() } else { self.run.push(character) }
            }
            self.in_word = letter;
        }
    }
}

/// Han, kana, and the punctuation that only they have.
fn is_chinese(character: char) -> bool {
    matches!(u32::from(character),
        0x2e80..=0x2fdf | 0x3001..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff01..=0xff60
        | 0x20000..=0x3ffff)
}

fn is_code(text: &Text, element: Element) -> bool {
    matches!(text.meaning(element), Some(Element::Code(_)))
}

/// Whether an element is `<code>` on a page, where the script changes nothing.
fn is_code_tag(text: &Text, element: Element) -> bool {
    match element {
        Element::Html(at) => text.html[at as usize].name == "code",
        element => matches!(element, Element::Code(_)),
    }
}

/// Whether text goes on through an element.
fn is_inline(text: &Text, element: Element) -> bool {
    match text.meaning(element) {
        Some(Element::Phrase(phrase)) => !matches!(phrase, Phrase::Reading | Phrase::ReadingBracket),
        Some(element) => matches!(element, Element::Link(_) | Element::Number),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Report, Source};
    use crate::text::parse::{Ids, Manner, parse};
    use crate::text::plain::Plain;

    /// A Markdown text as a page shows it, and its `data-flat`.
    fn page(markdown: &str) -> (String, Option<String>) {
        let manner = Manner { title: "", allow_html: false, numbered: false, restore: true, ids: Ids::All };
        let source = Source { file: "x.md", text: markdown };
        let text = parse(source, 0..markdown.len(), manner, &mut Report::new());
        (Plain::of_part(&text, &text.parts[0], View::Read).text.trim_end().to_string(), flat(&text, &text.tape))
    }

    #[test]
    fn the_marks_stand_in_the_script() {
        assert_eq!(wide(), "，：；！？（）");
        assert_eq!(MARKS.pairs.iter().map(|(flat, _)| flat).collect::<String>(), ",:;!?()");
    }

    #[test]
    fn marks_that_touch_chinese_are_restored() {
        for (captured, expected) in [
            ("各县,各区:注意;好!是吗?", "各县，各区：注意；好！是吗？"),
            ("办法(试行):第一条", "办法（试行）：第一条"),
            ("《通知》,《办法》", "《通知》，《办法》"),
            ("“甲”,“乙”", "“甲”，“乙”"),
            ("真的?!", "真的？！"),
            ("见(Smith 2010),又见", "见（Smith 2010），又见"),
            ("(Smith 2010)认为好", "（Smith 2010）认为好"),
            ("2017年,增长3,000人,到10:30为止", "2017年，增长3,000人，到10:30为止"),
            ("1)加强领导", "1）加强领导"),
            ("依据ISAD(G),著录;GDP(国内生产总值)", "依据ISAD(G)，著录；GDP（国内生产总值）"),
            ("已有，再有,又有", "已有，再有，又有"),
        ] {
            assert_eq!(page(captured).0, expected);
            assert_eq!(restored(captured), expected);
        }
    }

    #[test]
    fn other_marks_stay() {
        for captured in [
            "Hello, world (again): yes!",
            "The word 档案, as used here, means archives; nothing else (see below).",
            "见 https://example.org/a,b;c?d=年 为准",
            "3:2 1,000 a;b",
            "写信给 office@example.org:党史办",
            "甲&乙<丙",
        ] {
            assert_eq!(page(captured), (captured.to_string(), None));
        }
    }

    #[test]
    fn markup_is_read_through_or_ends_a_passage() {
        assert_eq!(page("*甲*,乙").0, "甲，乙");
        assert_eq!(page("甲[^1],a\n\n[^1]: 注").0, "甲[1]，a");
        assert_eq!(page("`甲,乙`"), ("甲,乙".to_string(), None));
        assert_eq!(page("- 甲\n- (a)").0, "- 甲\n- (a)");
    }

    #[test]
    fn captured_marks_are_numbered() {
        assert_eq!(page("甲,乙，[丙](x):丁；"), ("甲，乙，丙：丁；".to_string(), Some("2 4".to_string())));
        assert_eq!(shown("甲,乙，丙:丁；"), ("甲，乙，丙：丁；".into(), Some("2 4".to_string())));
    }
}
