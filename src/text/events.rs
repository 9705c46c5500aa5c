//! What pulldown-cmark reads in a Markdown text, with emphasis beside Chinese punctuation as it is meant.
//!
//! CommonMark decides by the characters around `**` whether it can open or close: `**要求：**各` shows its stars, because a
//! mark stands before them and a letter behind. In a script that is set without spaces this rule is wrong (CommonMark's
//! open question 650; the rule used here follows the “CJK friendly” amendment: only marks that are ASCII count as
//! marks, and a Chinese character beside them as a gap). pulldown-cmark has no option for it. So characters beside a run of
//! `*` or `~~` are exchanged for stand-ins of the other kind and of the same length in UTF-8 before it reads, and
//! exchanged back in all that it says. Stand-ins are characters that the text does not have, so nothing is mistaken for one,
//! and every place in the file stays what it is. So does the `_` of `_{…}`, which [`raised`](super::raised) reads.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use super::build::is_set_solid;

/// The Markdown that fonds reads. No smart punctuation: the text shown is the source's.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES);

/// Stand-ins for `_`, of one byte.
const CONTROLS: Range<u32> = 0x0e..0x20;
/// Stand-ins that are no marks, of two, three and four bytes.
const LETTERS: [Range<u32>; 3] = [0x250..0x2b0, 0xe000..0xf8ff, 0xf_0000..0xf_fffd];
/// Stand-ins that are marks, of three bytes.
const MARKS: Range<u32> = 0x2e00..0x2e4f;

/// A Markdown text that can be read.
#[derive(Debug)]
pub struct Markdown<'a> {
    text: Cow<'a, str>,
    /// What each stand-in stands for.
    meant: BTreeMap<char, char>,
}

impl<'a> Markdown<'a> {
    /// Prepares a text.
    pub fn new(text: &'a str) -> Self {
        let mut exchange = Exchange { text, made: BTreeMap::new(), free: BTreeMap::new(), places: BTreeMap::new() };
        for run in runs(text) {
            exchange.around(run);
        }
        for at in memchr::memmem::find_iter(text.as_bytes(), b"_{") {
            exchange.lower(at);
        }
        if exchange.places.is_empty() {
            return Self { text: Cow::Borrowed(text), meant: BTreeMap::new() };
        }
        let mut changed = String::with_capacity(text.len());
        let mut done = 0;
        for (at, stand_in) in exchange.places {
            changed.push_str(&text[done..at]);
            changed.push(stand_in);
            done = at + stand_in.len_utf8();
        }
        changed.push_str(&text[done..]);
        let meant = exchange.made.into_iter().map(|((character, _), stand_in)| (stand_in, character)).collect();
        Self { text: Cow::Owned(changed), meant }
    }

    /// Its events, with their places in the text.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        self.events_with(OPTIONS)
    }

    /// The same for a text that was written for other programs.
    pub fn events_with(&self, options: Options) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, options).into_offset_iter().map(|(event, span)| (self.restored(event), span))
    }

    fn restored<'t>(&self, event: Event<'t>) -> Event<'t> {
        if self.meant.is_empty() {
            return event;
        }
        match event {
            Event::Text(words) => Event::Text(self.words(words)),
            Event::Code(words) => Event::Code(self.words(words)),
            Event::Html(html) => Event::Html(self.words(html)),
            Event::InlineHtml(html) => Event::InlineHtml(self.words(html)),
            Event::FootnoteReference(label) => Event::FootnoteReference(self.words(label)),
            Event::Start(tag) => Event::Start(self.tag(tag)),
            other => other,
        }
    }

    fn tag<'t>(&self, tag: Tag<'t>) -> Tag<'t> {
        match tag {
            Tag::Heading { level, id, classes, attrs } => {
                Tag::Heading { level, id: id.map(|id| self.words(id)), classes, attrs }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock(CodeBlockKind::Fenced(self.words(info))),
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(self.words(label)),
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: self.words(dest_url), title: self.words(title), id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: self.words(dest_url), title: self.words(title), id }
            }
            other => other,
        }
    }

    fn words<'t>(&self, words: CowStr<'t>) -> CowStr<'t> {
        if words.chars().any(|character| self.meant.contains_key(&character)) {
            let meant = |character| self.meant.get(&character).copied().unwrap_or(character);
            return words.chars().map(meant).collect::<String>().into();
        }
        words
    }
}

/// Runs of `*`, and of `~` from two on, that no backslash stands before.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr2(b'*', b'~', &bytes[at..])?;
            let sign = bytes[start];
            at = start + bytes[start..].iter().take_while(|byte| **byte == sign).count();
            if (sign == b'*' || at - start > 1) && !(start > 0 && bytes[start - 1] == b'\\') {
                return Some(start..at);
            }
        }
    })
}

/// What a character is to emphasis.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    /// A mark of ASCII.
    Mark,
    /// Any other mark.
    WideMark,
    /// A letter of a script that is set without spaces.
    WideLetter,
    Letter,
}

impl Kind {
    fn of(character: Option<char>) -> Self {
        match character {
            None => Self::Space,
            Some(character) if character.is_whitespace() => Self::Space,
            Some(character) if character.is_ascii_punctuation() => Self::Mark,
            Some(character) if character.is_ascii() => Self::Letter,
            Some(character) if !character.is_alphanumeric() => Self::WideMark,
            Some(character) if is_set_solid(character) || is_korean(character) => Self::WideLetter,
            Some(_) => Self::Letter,
        }
    }

    /// As what a character must be read that has this one on the other side of a run.
    fn role(self, other: Self) -> Option<Role> {
        match (self, other) {
            // Beside a mark of ASCII a Chinese character is as good as a gap.
            (Self::WideLetter, Self::Mark) => Some(Role::Mark),
            (Self::WideMark, Self::Letter | Self::WideLetter | Self::WideMark) => Some(Role::Letter),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Letter,
    Mark,
}

struct Exchange<'a> {
    text: &'a str,
    /// The stand-in of each character in each role.
    made: BTreeMap<(char, Role), char>,
    /// What is left of the stand-ins of each role and length that the text does not have.
    free: BTreeMap<(Role, usize), std::vec::IntoIter<char>>,
    /// What stands where.
    places: BTreeMap<usize, char>,
}

impl Exchange<'_> {
    fn around(&mut self, run: Range<usize>) {
        let before = self.text[..run.start].chars().next_back();
        let after = self.text[run.end..].chars().next();
        let is_sign = self.text[run.end..].starts_with("_{");
        let (left, right) = (Kind::of(before), if is_sign { Kind::Letter } else { Kind::of(after) });
        if let (Some(character), Some(role)) = (before, left.role(right)) {
            self.put(run.start - character.len_utf8(), character, role);
        }
        if let (Some(character), Some(role)) = (after, right.role(left)) {
            self.put(run.end, character, role);
        }
    }

    /// The sign of characters below the line is none of emphasis, as two of them in one line would be.
    fn lower(&mut self, at: usize) {
        if at > 0 && self.text.as_bytes()[at - 1] == b'\\' {
            return;
        }
        let made = self.made.get(&('_', Role::Letter)).copied().or_else(|| self.make('_', Role::Letter));
        if let Some(stand_in) = made {
            self.made.insert(('_', Role::Letter), stand_in);
            self.places.insert(at, stand_in);
        }
    }

    fn put(&mut self, at: usize, character: char, role: Role) {
        let beside = [self.text[..at].chars().next_back(), self.text[at + character.len_utf8()..].chars().next()];
        if role == Role::Mark && beside.iter().all(|other| matches!(other, Some('*' | '~'))) {
            // All that is emphasised: what lets one run open would keep the other one from it.
            return;
        }
        let made = self.made.get(&(character, role)).copied().or_else(|| self.make(character, role));
        if let Some(stand_in) = made {
            self.made.insert((character, role), stand_in);
            // A character between two runs keeps the role that the first one gave it.
            self.places.entry(at).or_insert(stand_in);
        }
    }

    /// A character of the same length that the text does not have; `None` when there is none left.
    fn make(&mut self, character: char, role: Role) -> Option<char> {
        let length = character.len_utf8();
        let range = match role {
            Role::Letter if length == 1 => CONTROLS,
            Role::Letter => LETTERS.get(length.checked_sub(2)?)?.clone(),
            Role::Mark if length == 3 => MARKS,
            Role::Mark => return None,
        };
        let text = self.text;
        let free = self.free.entry((role, length)).or_insert_with(|| {
            let taken: BTreeSet<char> =
                text.chars().chain(named(text)).filter(|own| range.contains(&u32::from(*own))).collect();
            let free: Vec<char> = range.filter_map(char::from_u32).filter(|own| !taken.contains(own)).collect();
            free.into_iter()
        });
        free.next()
    }
}

/// Korean has spaces between words, but none before its particles.
fn is_korean(character: char) -> bool {
    matches!(u32::from(character), 0x1100..=0x11ff | 0x3130..=0x318f | 0xa960..=0xa97f | 0xac00..=0xd7ff)
}

/// The characters that a text names by their numbers, `&#12345;`.
fn named(text: &str) -> impl Iterator<Item = char> {
    text.split("&#").skip(1).filter_map(|name| {
        let (digits, radix) = name.strip_prefix(['x', 'X']).map_or((name, 10), |digits| (digits, 16));
        let end = digits.find(|digit: char| !digit.is_digit(radix)).unwrap_or(digits.len());
        char::from_u32(u32::from_str_radix(&digits[..end], radix).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::html::push_html;

    use super::*;

    fn html(text: &str) -> String {
        let mut out = String::new();
        push_html(&mut out, Markdown::new(text).events().map(|(event, _)| event));
        out.trim_end().trim_start_matches("<p>").trim_end_matches("</p>").to_string()
    }

    #[test]
    fn emphasis_beside_chinese_marks() {
        for (markdown, wanted) in [
            ("**要求：**各县", "<strong>要求：</strong>各县"),
            ("见**《江城札记》**的序", "见<strong>《江城札记》</strong>的序"),
            ("**“甲”**乙**“丙”**", "<strong>“甲”</strong>乙<strong>“丙”</strong>"),
            ("~~此条已废。~~后", "<del>此条已废。</del>后"),
            ("*（一）*清点", "<em>（一）</em>清点"),
            ("甲**\"乙\"**丙", "甲<strong>\"乙\"</strong>丙"),
            ("甲**[乙](丙.md)**丁", "甲<strong><a href=\"%E4%B8%99.md\">乙</a></strong>丁"),
            ("甲：**乙**。丙", "甲：<strong>乙</strong>。丙"),
            ("甲**乙**`丙`", "甲<strong>乙</strong><code>丙</code>"),
            ("**甲·**乙", "<strong>甲·</strong>乙"),
            ("**a.**b", "**a.**b"),
            ("a **b** c", "a <strong>b</strong> c"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            ("*I*_{*n*}，*i* *I*_{*n*}", "<em>I</em>_{<em>n</em>}，<em>i</em> <em>I</em>_{<em>n</em>}"),
            ("_甲_ 和_{乙}", "<em>甲</em> 和_{乙}"),
            ("甲\\*\\*：乙**", "甲**：乙**"),
            ("`**：**甲`", "<code>**：**甲</code>"),
        ] {
            assert_eq!(html(markdown), wanted, "{markdown}");
        }
    }

    #[test]
    fn no_stand_in_is_a_character_of_the_text() {
        let text = "**要求：**各县 \u{e000} &#xE001; &#57346;";
        let read = |markdown: &str| html(markdown).chars().filter(|own| !own.is_ascii()).collect::<String>();
        assert_eq!(read(text), "要求：各县\u{e000}\u{e001}\u{e002}");
        let marks: String =
            (0..6_000).filter_map(|at| char::from_u32(0x3400 + at)).map(|own| format!("**{own}：**{own}")).collect();
        assert_eq!(read(&marks).chars().count(), 18_000);
    }

    #[test]
    fn places_stay_what_they_are() {
        let text = "**要求：**各[县](a：**b)";
        for (event, span) in Markdown::new(text).events() {
            if let Event::Text(words) = event {
                assert_eq!(&text[span], &*words);
            }
        }
    }
}
