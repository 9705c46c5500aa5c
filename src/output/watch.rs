//! Looks for withheld words in everything that is written.
//!
//! What is withheld is kept from pages, downloads and indexes by the code that makes them. Whether it is, nobody sees: a word that
//! slips into an alternative text, the name of a file or a book's contents can never be called back. So every file of a site
//! is searched while it is in memory, packed ones unpacked, and one hit publishes nothing.
//!
//! Single words and names are searched with aho-corasick. Long texts are searched by
//! their sentences: of each, every stretch of [`WINDOW`] bytes has a number in a table, and of an output every [`STRIDE`]th
//! stretch is looked up, so that [`SHORTEST`] bytes of it are always met. A meeting is a leak where all of the sentence stands
//! there, or so much ([`TELLING`]) that it is no common phrase.
//!
//! What an open document also says is no secret: those words are told apart before, by [`Watch::open`].

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};
use zip::ZipArchive;

/// Bytes that are compared at once: eight characters of Chinese.
const WINDOW: usize = 24;

/// Bytes between two places that are looked at in an output.
const STRIDE: usize = 8;

/// The shortest sentence that is searched as such: one window, one step, and the rest of a character.
pub(crate) const SHORTEST: usize = WINDOW + STRIDE + 2;

/// So many bytes of a longer sentence are no common phrase.
const TELLING: usize = 60;

/// Bits of the table that says whether a number may be known, for each that is.
const BITS: usize = 16;

/// Bytes of words that are searched by a table of all their states, which takes up to a kilobyte a byte.
const TABLED: usize = 1 << 16;

/// Unpacked bytes of one packed file that are looked at.
const UNPACKED: u64 = 512 << 20;

/// Bytes of a file that is read in other encodings too.
const FOREIGN: usize = 64 << 20;

/// Packed files within packed files that are looked into.
const DEEPEST: usize = 3;

/// Words that are withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// The words as they stand in the file.
    pub words: String,
    /// What they are.
    pub kind: Kind,
    /// The file of the archive that withholds them.
    pub owner: String,
    /// Its line, from 1 on.
    pub line: usize,
}

/// What withheld words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Redacted in an open text.
    Redacted,
    /// The title or a heading of a text that is withheld.
    Title,
    /// A sentence of such a text, of which a part is enough.
    Sentence,
}

/// Where withheld words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leak {
    /// The first file, in the order of paths; behind ` » ` what is packed in it.
    pub path: String,
    /// Files in all.
    pub files: usize,
}

/// The withheld words of an archive, and where they were found.
#[derive(Debug)]
pub(crate) struct Watch {
    passages: Vec<Passage>,
    /// Whether an open document has the words too.
    is_open: Vec<AtomicBool>,
    exact: Option<Exact>,
    windows: Windows,
    found: Mutex<BTreeMap<usize, Leak>>,
}

/// Words that are searched as they are, in the ways in which formats write them.
#[derive(Debug)]
struct Exact {
    search: AhoCorasick,
    /// The passage of each pattern.
    passage: Vec<usize>,
}

impl Exact {
    fn of(passages: &[Passage], is_wanted: impl Fn(usize) -> bool, kind: MatchKind) -> Option<Self> {
        let (mut patterns, mut passage) = (Vec::new(), Vec::new());
        for (at, words) in
            passages.iter().enumerate().filter(|(at, words)| words.kind != Kind::Sentence && is_wanted(*at))
        {
            for form in forms(words) {
                patterns.push(form);
                passage.push(at);
            }
        }
        let size: usize = patterns.iter().map(Vec::len).sum();
        let how = (size <= TABLED).then_some(AhoCorasickKind::DFA);
        // Too many patterns for the machine's memory are the only thing that it refuses.
        let search = AhoCorasick::builder().match_kind(kind).kind(how).build(&patterns).ok()?;
        (!patterns.is_empty()).then_some(Self { search, passage })
    }
}

/// Words as texts, pages, JSON and addresses write them; titles, of which there may be many, as texts and pages do.
fn forms(passage: &Passage) -> Vec<Vec<u8>> {
    let words = passage.words.as_str();
    let mut html = String::new();
    // Writing into a String cannot fail.
    let _ = pulldown_cmark_escape::escape_html(&mut html, words);
    let json = serde_json::to_string(words).unwrap_or_default().trim_matches('"').to_string();
    let address = percent_encoding::utf8_percent_encode(words, percent_encoding::NON_ALPHANUMERIC).to_string();
    let mut forms: Vec<Vec<u8>> = vec![words.as_bytes().to_vec(), html.into()];
    if passage.kind == Kind::Redacted {
        forms.extend([json.into(), address.into()]);
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The stretches of all sentences.
#[derive(Debug, Default)]
struct Windows {
    /// Number, passage, and place in its words; by their numbers.
    known: Vec<(u64, u32, u32)>,
    /// A bit for each number that may be known.
    table: Vec<u64>,
}

impl Windows {
    fn of(passages: &[Passage]) -> Self {
        let mut known = Vec::new();
        for (passage, words) in passages.iter().enumerate().filter(|(_, words)| words.kind == Kind::Sentence) {
            let bytes = words.words.as_bytes();
            for (at, _) in words.words.char_indices().take_while(|(at, _)| at + WINDOW <= bytes.len()) {
                known.push((number(&bytes[at..at + WINDOW]), passage as u32, at as u32));
            }
        }
        known.sort_unstable();
        let bits = (known.len() * BITS).next_power_of_two().max(64);
        let mut table = vec![0_u64; if known.is_empty() { 0 } else { bits / 64 }];
        for (number, ..) in &known {
            let bit = (*number as usize) & (bits - 1);
            table[bit / 64] |= 1 << (bit % 64);
        }
        Self { known, table }
    }

    /// The passages of which enough stands in some bytes.
    fn search(&self, passages: &[Passage], bytes: &[u8], mut met: impl FnMut(usize)) {
        let Some(mask) = (self.table.len() * 64).checked_sub(1).filter(|_| bytes.len() >= WINDOW) else { return };
        let last = bytes.len() - WINDOW;
        let mut at = 0;
        while at <= last {
            let mut place = at;
            while place <= last && bytes[place] & 0xC0 == 0x80 {
                place += 1;
            }
            if place > last {
                break;
            }
            let number = number(&bytes[place..place + WINDOW]);
            let bit = (number as usize) & mask;
            if self.table[bit / 64] >> (bit % 64) & 1 == 1 {
                let first = self.known.partition_point(|known| known.0 < number);
                for (_, passage, start) in self.known[first..].iter().take_while(|known| known.0 == number) {
                    let words = passages[*passage as usize].words.as_bytes();
                    if in_common(words, *start as usize, bytes, place) >= words.len().min(TELLING) {
                        met(*passage as usize);
                    }
                }
            }
            at += STRIDE;
        }
    }
}

/// How many bytes two texts have in common around a place in each.
fn in_common(one: &[u8], in_one: usize, two: &[u8], in_two: usize) -> usize {
    let before = one[..in_one].iter().rev().zip(two[..in_two].iter().rev()).take_while(|(a, b)| a == b).count();
    before + one[in_one..].iter().zip(&two[in_two..]).take_while(|(a, b)| a == b).count()
}

/// A number for the bytes of a window.
fn number(window: &[u8]) -> u64 {
    let mut number = 0x9E37_79B9_7F4A_7C15_u64;
    for part in window.chunks_exact(8) {
        let part = u64::from_le_bytes(part.try_into().unwrap_or_default());
        number = (number ^ part).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        number ^= number >> 32;
    }
    number
}

impl Watch {
    /// Prepares the search for these words.
    pub(crate) fn new(passages: Vec<Passage>) -> Self {
        let is_open = passages.iter().map(|_| AtomicBool::new(false)).collect();
        let exact = Exact::of(&passages, |_| true, MatchKind::Standard);
        let windows = Windows::of(&passages);
        Self { passages, is_open, exact, windows, found: Mutex::new(BTreeMap::new()) }
    }

    /// All words that are withheld.
    pub(crate) fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The words that an open text has too, each with its place in it where that is known.
    pub(crate) fn open(&self, text: &str) -> Vec<(usize, Option<Range<usize>>)> {
        let mut open = Vec::new();
        if let Some(exact) = &self.exact {
            for hit in exact.search.find_overlapping_iter(text) {
                let passage = exact.passage[hit.pattern().as_usize()];
                if is_whole(&self.passages[passage].words, text.as_bytes(), hit.start()..hit.end()) {
                    open.push((passage, Some(hit.start()..hit.end())));
                }
            }
        }
        self.windows.search(&self.passages, text.as_bytes(), |passage| open.push((passage, None)));
        for (passage, _) in &open {
            self.is_open[*passage].store(true, Ordering::Relaxed);
        }
        open
    }

    /// From here on only what no open document says is searched.
    pub(crate) fn settle(mut self) -> Self {
        let is_secret = |passage: usize| !self.is_open[passage].load(Ordering::Relaxed);
        self.exact = Exact::of(&self.passages, is_secret, MatchKind::LeftmostLongest);
        self.windows.known.retain(|(_, passage, _)| is_secret(*passage as usize));
        self
    }

    /// Searches a file of the site, its name, and what is packed in it.
    pub(crate) fn look(&self, path: &str, bytes: &[u8]) {
        self.search(path, path.as_bytes());
        self.look_into(path, bytes, &mut { UNPACKED }, 0);
    }

    /// The same for a file that fonds did not make, whose words may be in another encoding.
    pub(crate) fn look_at_foreign(&self, path: &str, bytes: &[u8]) {
        self.look(path, bytes);
        let is_utf8 = !bytes.contains(&0) && str::from_utf8(bytes).is_ok();
        if bytes.len() > FOREIGN || is_utf8 {
            return;
        }
        for (encoding, skipped) in [(UTF_16LE, 0), (UTF_16LE, 1), (UTF_16BE, 0), (UTF_16BE, 1), (GB18030, 0)] {
            let words = encoding.decode_without_bom_handling(bytes.get(skipped..).unwrap_or_default()).0;
            self.search(path, words.as_bytes());
        }
    }

    fn look_into(&self, path: &str, bytes: &[u8], left: &mut u64, depth: usize) {
        self.search(path, bytes);
        if depth < DEEPEST && bytes.starts_with(b"PK\x03\x04") {
            self.unpack(path, bytes, left, depth);
        }
    }

    fn unpack(&self, path: &str, bytes: &[u8], left: &mut u64, depth: usize) {
        let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return };
        for at in 0..zip.len() {
            let Ok(file) = zip.by_index(at) else { continue };
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            let mut inner = Vec::new();
            // What cannot be unpacked to its end is searched as far as it can be.
            let _ = file.take(*left).read_to_end(&mut inner);
            *left = left.saturating_sub(inner.len() as u64);
            let place = format!("{path} » {name}");
            self.search(&place, name.as_bytes());
            self.look_into(&place, &inner, left, depth + 1);
        }
    }

    /// Searches words that go into a file in a form that cannot be searched.
    pub(crate) fn search(&self, path: &str, bytes: &[u8]) {
        if let Some(exact) = &self.exact {
            for hit in exact.search.find_iter(bytes) {
                let passage = exact.passage[hit.pattern().as_usize()];
                if is_whole(&self.passages[passage].words, bytes, hit.start()..hit.end()) {
                    self.note(passage, path);
                }
            }
        }
        self.windows.search(&self.passages, bytes, |passage| self.note(passage, path));
    }

    fn note(&self, passage: usize, path: &str) {
        let mut found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let leak = found.entry(passage).or_insert_with(|| Leak { path: path.to_string(), files: 0 });
        leak.files += 1;
        if path < leak.path.as_str() {
            leak.path = path.to_string();
        }
    }

    /// What was found: the words, and where.
    pub(crate) fn found(&self) -> Vec<(Passage, Leak)> {
        let found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.iter().map(|(passage, leak)| (self.passages[*passage].clone(), leak.clone())).collect()
    }
}

/// Whether a hit is no part of a longer word in Latin letters or a longer number.
fn is_whole(words: &str, bytes: &[u8], hit: Range<usize>) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let is_word = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    let goes_on_before = is_word(words.chars().next()) && is_letter(hit.start.checked_sub(1));
    let goes_on_behind = is_word(words.chars().next_back()) && is_letter(Some(hit.end));
    !goes_on_before && !goes_on_behind
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(words: &str, is_exact: bool) -> Passage {
        let kind = if is_exact { Kind::Redacted } else { Kind::Sentence };
        Passage { words: words.to_string(), kind, owner: "a.md".to_string(), line: 1 }
    }

    const SENTENCE: &str = "各单位应当于本月底以前将清册报送县档案馆备查，逾期不报的由主管部门通报";

    fn leaks(watch: &Watch, bytes: &[u8]) -> usize {
        watch.look("x.html", bytes);
        watch.found().len()
    }

    #[test]
    fn words_are_found_in_every_form() {
        let words = "沈某<某>\"甲";
        for form in forms(&passage(words, true)) {
            let watch = Watch::new(vec![passage(words, true)]).settle();
            let bytes = [b"<p>".as_slice(), &form, b"</p>"].concat();
            assert_eq!(leaks(&watch, &bytes), 1, "{}", String::from_utf8_lossy(&form));
        }
        let watch = Watch::new(vec![passage("Ann", true)]).settle();
        assert_eq!((leaks(&watch, b"Annual, Hann, Ann1"), leaks(&watch, b"by Ann.")), (0, 1));
    }

    #[test]
    fn a_part_of_a_sentence_is_found_at_every_place() {
        let chars: Vec<char> = SENTENCE.chars().collect();
        for from in 0..chars.len() - 20 {
            for shift in 0..9 {
                let watch = Watch::new(vec![passage(SENTENCE, false)]).settle();
                let part: String = chars[from..from + 20].iter().collect();
                let text = format!("{}{part}…", "x".repeat(shift));
                assert_eq!(leaks(&watch, text.as_bytes()), 1, "{from} {shift}");
            }
        }
        let watch = Watch::new(vec![passage(SENTENCE, false)]).settle();
        assert_eq!(leaks(&watch, "将清册报送县档案馆备查".as_bytes()), 0, "a phrase is no leak");
    }

    #[test]
    fn what_is_open_is_no_secret() {
        let watch = Watch::new(vec![passage(SENTENCE, false), passage("沈某某", true), passage("王某某", true)]);
        assert!(watch.open(&format!("{SENTENCE}。沈某某")).len() >= 2);
        let watch = watch.settle();
        assert_eq!(leaks(&watch, format!("{SENTENCE}沈某某王某某").as_bytes()), 1);
    }
}
