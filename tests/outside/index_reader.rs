//! Reads an index as `static/search.js` does, from the files that a build wrote and nothing else.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use fonds::fold::{END, begins_token, folder};
use serde::Deserialize;

/// Candidates that are looked at without narrowing them first.
const FEW: usize = 12;

#[derive(Deserialize)]
struct Root {
    segments: Vec<Segment>,
    alphabet: String,
}

#[derive(Deserialize)]
struct Segment {
    blocks: usize,
    directories: Vec<String>,
}

/// What is under a phrase.
struct Found {
    /// How much of the phrase the records cover.
    covered: usize,
    /// Whether every block holds the phrase; otherwise its excerpt decides.
    exact: bool,
    /// Blocks.
    blocks: BTreeSet<usize>,
}

/// An index.
pub struct Reader {
    folder: PathBuf,
    root: Root,
    alphabet: Vec<u16>,
    /// For each document its units, for each unit its blocks.
    pub documents: Vec<Vec<Vec<usize>>>,
    /// The first block of each file of excerpts.
    files: Vec<usize>,
}

/// A block as its excerpt shows it.
#[derive(Debug, Clone, Default)]
struct Excerpt {
    /// Kind, id, text.
    lines: Vec<(char, String, String)>,
}

struct Bits<'a> {
    units: &'a [u16],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> usize {
        let unit = self.units[self.at / 15] - 0x3400;
        let bit = unit >> (14 - self.at % 15) & 1;
        self.at += 1;
        usize::from(bit)
    }

    fn number(&mut self, count: usize) -> usize {
        (0..count).fold(0, |number, _| number * 2 + self.bit())
    }

    fn gamma(&mut self) -> usize {
        let mut zeros = 0;
        while self.bit() == 0 {
            zeros += 1;
        }
        (1 << zeros) + self.number(zeros)
    }

    fn rice(&mut self, low: usize) -> usize {
        let mut high = 0;
        while self.bit() == 1 {
            high += 1;
        }
        (high << low) + self.number(low)
    }

    fn skip_rank(&mut self) {
        if self.bit() == 1 {
            self.bit();
        }
    }
}

impl Reader {
    pub fn open(site: &Path) -> Self {
        let folder = site.join("search");
        let text = String::from_utf16(&units_of(&folder.join("root.js"))).expect("UTF-16");
        let (root, map) = text.trim_end().split_once('\n').expect("two calls");
        let root = root.strip_prefix("fonds(\"root\",").and_then(|root| root.strip_suffix(')')).expect("a call");
        let root: Root = serde_json::from_str(&root.replace("\\u", ESCAPE)).expect("JSON");
        let (head, data) = map.split_once(",\"").expect("data");
        let numbers: Vec<usize> = head.split(',').skip(1).map(|number| number.parse().expect("a number")).collect();
        let data: Vec<u16> = data.trim_end_matches("\")").encode_utf16().collect();
        let mut bits = Bits { units: &data, at: 0 };
        let mut next = 0;
        let documents = (0..numbers[0])
            .map(|_| {
                (1..bits.gamma())
                    .map(|_| {
                        let first = next;
                        next += bits.gamma();
                        (first..next).collect()
                    })
                    .collect()
            })
            .collect();
        let mut files = vec![0];
        for _ in 0..numbers[1] {
            files.push(files[files.len() - 1] + bits.gamma());
        }
        assert_eq!(files[files.len() - 1], next, "files hold all blocks");
        let alphabet = units_in(&root.alphabet);
        Self { folder, root, alphabet, documents, files }
    }

    fn load(&self, name: &str) -> Vec<u16> {
        units_of(&self.folder.join(format!("{name}.js")))
    }

    /// The blocks that hold a phrase, as far as the index knows.
    fn find(&self, phrase: &[u16]) -> Found {
        let mut found = Found { covered: 0, exact: true, blocks: BTreeSet::new() };
        let mut base = 0;
        for segment in 0..self.root.segments.len() {
            let part = self.find_in(segment, phrase);
            found.exact &= part.exact;
            found.blocks.extend(part.blocks.iter().map(|block| base + block));
            base += self.root.segments[segment].blocks;
        }
        found
    }

    fn find_in(&self, segment: usize, phrase: &[u16]) -> Found {
        let mut found = self.look_up(segment, phrase);
        let mut start = 0;
        while !found.exact && found.blocks.len() > FEW && start + found.covered < phrase.len() {
            // What the records do not cover begins in the last token that they do.
            let end = (start + found.covered).max(start + 2);
            let next = (start + 1..end).rev().find(|at| begins_token(phrase[at - 1], phrase[*at]));
            let Some(next) = next else { break };
            start = next;
            let rest = self.look_up(segment, &phrase[start..]);
            found.covered = rest.covered;
            found.blocks.retain(|block| rest.blocks.contains(block));
        }
        found
    }

    fn look_up(&self, segment: usize, phrase: &[u16]) -> Found {
        let directories: Vec<Vec<u16>> =
            self.root.segments[segment].directories.iter().map(|key| units_in(key)).collect();
        let blocks = self.root.segments[segment].blocks;
        let mut directory = directories.partition_point(|key| key.as_slice() <= phrase).saturating_sub(1);
        let mut keys = self.directory(segment, directory);
        let mut shard = keys.partition_point(|key| key.as_slice() <= phrase).saturating_sub(1);
        let mut all = BTreeSet::new();
        let mut some = false;
        let mut first = directory * 96 + shard;
        loop {
            let units = self.load(&format!("i{segment}-{first}"));
            let start = units.iter().position(|unit| *unit == u16::from(b',')).expect("a comma") + 2;
            let mut bits = Bits { units: &units[start..units.len() - 3], at: 0 };
            let end = bits.units.len() * 15;
            let mut key: Vec<u16> = Vec::new();
            let mut before = None;
            // The last unit may end in bits that say nothing; a record takes more than fourteen.
            while bits.at + 15 <= end {
                let leaf = bits.bit() == 0;
                let sum = !leaf && bits.bit() == 1;
                if bits.bit() == 1 {
                    key.truncate(key.len() - 1);
                    key.push(unit(&mut bits));
                } else {
                    key.truncate(bits.gamma() - 1);
                    for _ in 1..bits.gamma() {
                        key.push(unit(&mut bits));
                    }
                }
                let list = list(&mut bits, blocks, sum);
                let group = !leaf && !sum;
                if key.starts_with(phrase) && !(group && key.len() == phrase.len()) {
                    if sum && !some {
                        return Found { covered: phrase.len(), exact: true, blocks: list };
                    }
                    some = true;
                    if !sum {
                        all.extend(list);
                    }
                } else if key.as_slice() > phrase && !(key.starts_with(phrase)) {
                    break;
                } else if !sum {
                    before = Some((key.clone(), group, list));
                }
            }
            let next = first + 1;
            if next - directory * 96 >= keys.len() && directory + 1 < directories.len() {
                directory += 1;
                keys = self.directory(segment, directory);
                shard = 0;
            } else {
                shard = next - directory * 96;
            }
            let more = keys.get(shard).is_some_and(|key| key.starts_with(phrase));
            if !some && !more {
                return match before {
                    Some((key, group, list)) if phrase.starts_with(&key[..key.len() - usize::from(group)]) => {
                        Found { covered: key.len() - usize::from(group), exact: false, blocks: list }
                    }
                    _ => Found { covered: phrase.len(), exact: true, blocks: BTreeSet::new() },
                };
            }
            if !more {
                return Found { covered: phrase.len(), exact: true, blocks: all };
            }
            first = next;
        }
    }

    fn directory(&self, segment: usize, number: usize) -> Vec<Vec<u16>> {
        let units = self.load(&format!("d{segment}-{number}"));
        let text = String::from_utf16(&units).expect("UTF-16");
        let list = text.split_once(',').expect("a list").1.trim_end().trim_end_matches(')');
        let keys: Vec<String> = serde_json::from_str(&list.replace("\\u", ESCAPE)).expect("JSON");
        keys.iter().map(|key| units_in(key)).collect()
    }

    /// The excerpts of the file with a block: from its first block on.
    fn excerpts(&self, block: usize) -> (usize, Vec<Excerpt>) {
        let file = self.files.partition_point(|first| *first <= block) - 1;
        let units = self.load(&format!("t{file}"));
        let text = String::from_utf16(&units).expect("UTF-16");
        let (head, data) = text.split_once(",\"").expect("data");
        let length: usize = head.rsplit(',').next().and_then(|number| number.parse().ok()).expect("a length");
        let data: Vec<u16> = data.trim_end().trim_end_matches("\")").encode_utf16().collect();
        let mut bits = Bits { units: &data, at: 0 };
        let bytes: Vec<u8> = (0..length).map(|_| bits.number(8) as u8).collect();
        let mut plain = Vec::new();
        flate2::read::DeflateDecoder::new(bytes.as_slice()).read_to_end(&mut plain).expect("deflate");
        let (mut text, mut at) = (Vec::new(), 0);
        while at < plain.len() {
            let byte = usize::from(plain[at]);
            let step = match byte {
                0..192 => {
                    text.push(self.alphabet[byte]);
                    1
                }
                255 => {
                    text.push(u16::from_be_bytes([plain[at + 1], plain[at + 2]]));
                    3
                }
                _ => {
                    text.push(self.alphabet[192 + (byte - 192) * 256 + usize::from(plain[at + 1])]);
                    2
                }
            };
            at += step;
        }
        let text = String::from_utf16(&text).expect("UTF-16");
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for line in text.lines() {
            let mut fields = line[1..].split('\t');
            let mut field = || fields.next().unwrap_or_default().to_string();
            match line.as_bytes()[0] {
                b'D' => {}
                b'U' => excerpts.push(Excerpt::default()),
                kind => {
                    let line = (char::from(kind), field(), field());
                    excerpts.last_mut().expect("a block").lines.push(line);
                }
            }
        }
        (self.files[file], excerpts)
    }

    /// Every line of every excerpt.
    pub fn lines(&self) -> Vec<String> {
        let files = self.files[..self.files.len() - 1].iter();
        let excerpts = files.flat_map(|first| self.excerpts(*first).1);
        excerpts.flat_map(|excerpt| excerpt.lines).map(|(_, _, text)| text).collect()
    }

    /// Whether a block's excerpt holds a phrase.
    fn holds(&self, block: usize, phrase: &[u16]) -> bool {
        let (first, excerpts) = self.excerpts(block);
        excerpts[block - first].lines.iter().any(|(_, _, text)| {
            let mut folded = folder().folded(text);
            folded.push(END);
            contains(&folded, phrase)
        })
    }

    /// The units, as document and unit, that hold a text: what the page's totals say.
    pub fn search(&self, text: &str) -> BTreeSet<(usize, usize)> {
        let phrase = folder().folded(text);
        let mut found = self.find(&phrase);
        if !found.exact {
            let blocks: Vec<usize> = found.blocks.iter().copied().collect();
            found.blocks = blocks.into_iter().filter(|block| self.holds(*block, &phrase)).collect();
        }
        let mut units = BTreeSet::new();
        for (document, own) in self.documents.iter().enumerate() {
            for (unit, blocks) in own.iter().enumerate() {
                if blocks.iter().any(|block| found.blocks.contains(block)) {
                    units.insert((document, unit));
                }
            }
        }
        units
    }
}

/// Whether a folded passage holds a phrase at the beginning of a token.
pub fn contains(passage: &[u16], phrase: &[u16]) -> bool {
    passage
        .windows(phrase.len())
        .enumerate()
        .any(|(at, window)| window == phrase && begins_token(if at == 0 { END } else { passage[at - 1] }, passage[at]))
}

/// Stands for the escape of a unit, since a key may end in half a character, which JSON's own reader refuses.
const ESCAPE: &str = "\u{e000}";

/// The units of a string with such escapes.
fn units_in(text: &str) -> Vec<u16> {
    let mut pieces = text.split(ESCAPE);
    let mut units: Vec<u16> = pieces.next().unwrap_or_default().encode_utf16().collect();
    for piece in pieces {
        units.push(u16::from_str_radix(&piece[..4], 16).expect("four digits"));
        units.extend(piece[4..].encode_utf16());
    }
    units
}

fn units_of(path: &Path) -> Vec<u16> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    assert_eq!(units[0], 0xfeff, "a byte order mark");
    units[1..].to_vec()
}

fn unit(bits: &mut Bits<'_>) -> u16 {
    match bits.bit() {
        0 => 0x4e00 + bits.number(15) as u16,
        _ => bits.number(16) as u16,
    }
}

fn list(bits: &mut Bits<'_>, limit: usize, sum: bool) -> BTreeSet<usize> {
    let count = bits.gamma();
    let ranked = bits.bit() == 1;
    let mut low = 0;
    while count << (low + 1) <= limit * 11 / 16 {
        low += 1;
    }
    let (mut blocks, mut last) = (BTreeSet::new(), 0);
    for _ in 0..count {
        let block = last + bits.rice(low);
        blocks.insert(block);
        last = block + usize::from(sum);
        if sum {
            for _ in 0..3 {
                if bits.bit() == 0 {
                    break;
                }
            }
        }
        if ranked {
            bits.skip_rank();
        }
    }
    blocks
}
