//! Punctuation that a capture flattened, restored for reading.
//!
//! Many office systems and web editors leave `,` and `(` where the printed text had `，` and `（`. The text that fonds
//! keeps, searches and hands out stays as it was captured; only the page shows the full-width marks of GB/T 15834, and a
//! reader can switch them off. So that the switch needs no second text, a restored passage says in `data-flat` which of
//! its full-width marks were captured as such, by their number among all of them.
//!
//! A mark is restored where it touches Chinese: a Han character, kana, or Chinese punctuation. Never in numbers (`10:30`),
//! in Latin words, in addresses, in code, or in a passage that is Latin with a Chinese word in it. Brackets are judged
//! in pairs. Full stops are left alone: too many of them are not ends of sentences.

use std::borrow::Cow;

use super::Fragment;

/// A flattened mark and what it stands for.
const MARKS: [(char, char); 7] =
    [(',', '，'), (':', '：'), (';', '；'), ('!', '！'), ('?', '？'), ('(', '（'), (')', '）')];

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

/// Restores the marks of a block's HTML. Gives the value of `data-flat`, or `None` where nothing is restored.
pub fn restore(fragment: &mut Fragment) -> Option<String> {
    let marks = judged(&fragment.html, true)?;
    let shown = put_in(&fragment.html, &marks);
    let restored: Vec<usize> = marks.iter().filter(|mark| mark.restored).map(|mark| mark.at).collect();
    for (gap, _) in &mut fragment.gaps {
        // One byte became three.
        *gap += 2 * restored.partition_point(|at| at < gap);
    }
    fragment.html = shown;
    Some(flat(&marks))
}

/// Restores the marks of a plain text.
pub fn restored(text: &str) -> Cow<'_, str> {
    judged(text, false).map_or(Cow::Borrowed(text), |marks| Cow::Owned(put_in(text, &marks)))
}

/// What [`restore`] would say of a plain text.
pub fn flat_of(text: &str) -> Option<String> {
    judged(text, false).map(|marks| flat(&marks))
}

/// The numbers of the marks that were captured full-width, counted from 1.
fn flat(marks: &[Mark]) -> String {
    let full = marks.iter().filter(|mark| mark.captured || mark.restored);
    let own = full.enumerate().filter(|(_, mark)| mark.captured).map(|(at, _)| (at + 1).to_string());
    own.collect::<Vec<_>>().join(" ")
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
fn judged(text: &str, markup: bool) -> Option<Vec<Mark>> {
    if !text.bytes().any(|byte| matches!(byte, b',' | b':' | b';' | b'!' | b'?' | b'(' | b')')) {
        return None;
    }
    let mut reader = Reader::default();
    if markup {
        reader.read_markup(text)
    } else {
        reader.read(text, 0)
    }
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
    /// HTML as this program writes it: every `<` begins a tag, every `&` an entity.
    fn read_markup(&mut self, html: &str) {
        let mut at = 0;
        while at < html.len() {
            let rest = &html[at..];
            if rest.starts_with('<') {
                let end = rest.find('>').map_or(rest.len(), |end| end + 1);
                let tag = &rest[..end];
                // Code is a word of another script; the number of a note is not there.
                let skipped = [("<code", "</code>"), ("<sup class=\"noteref\"", "</sup>")];
                let closing = skipped.iter().find(|(opening, _)| tag.starts_with(opening)).map(|(_, closing)| closing);
                if tag.starts_with("<code") {
                    self.see(Beside::Other);
                } else if !is_inline(tag) {
                    self.end_passage();
                }
                at += closing.and_then(|closing| rest.find(closing)).map_or(end, |at| at.max(end));
            } else if rest.starts_with('&') {
                self.see(Beside::Other);
                at += rest.find(';').map_or(rest.len(), |end| end + 1);
            } else {
                let end = rest.find(['<', '&']).unwrap_or(rest.len());
                self.read(&rest[..end], at);
                at += end;
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
            let flattened = MARKS.iter().find(|(flat, _)| *flat == character).map(|(_, shown)| *shown);
            let captured = MARKS.iter().any(|(_, shown)| *shown == character);
            if flattened.is_some() || captured {
                let address = self.run.contains("://") || self.run.starts_with("www.") || self.run.contains('@');
                let mark = self.marks.len();
                self.marks.push(Mark {
                    at: shift + at,
                    shown: flattened.unwrap_or(character),
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

/// Whether text goes on through a tag.
fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(name.len());
    matches!(
        &name[..end],
        "a" | "abbr"
            | "b"
            | "bdi"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "i"
            | "ins"
            | "mark"
            | "q"
            | "ruby"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "u"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> String {
        let mut fragment = Fragment { html: html.to_string(), gaps: Vec::new() };
        restore(&mut fragment);
        fragment.html
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
            assert_eq!(shown(captured), expected);
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
            "<code>甲,乙</code>",
            "甲&amp;乙&lt;丙",
        ] {
            assert_eq!(shown(captured), captured);
        }
    }

    #[test]
    fn markup_is_read_through_or_ends_a_passage() {
        assert_eq!(shown("<p><em>甲</em>,乙</p>"), "<p><em>甲</em>，乙</p>");
        let note = "<p>甲<sup class=\"noteref\"><a href=\"#x\">1</a></sup>,a</p>";
        assert_eq!(shown(note), note.replace(',', "，"));
        assert_eq!(shown("<li>甲</li><li>(a)</li>"), "<li>甲</li><li>(a)</li>");
    }

    #[test]
    fn gaps_move_and_captured_marks_are_numbered() {
        let mut fragment = Fragment { html: "甲,乙，<a href=\"\">丙</a>:丁；".to_string(), gaps: vec![] };
        fragment.gaps.push((fragment.html.find("\">").expect("there"), 0));
        assert_eq!(restore(&mut fragment).as_deref(), Some("2 4"));
        assert_eq!(fragment.html, "甲，乙，<a href=\"\">丙</a>：丁；");
        assert_eq!(fragment.gaps[0].0, fragment.html.find("\">").expect("there"));
    }
}
