//! Readings that are not the usual one of a character, by the word that it stands in.
//!
//! The crate `pinyin` gives one usual reading a character. 藏 in 藏族 reads otherwise, and so do surnames and places. They are data,
//! in `readings.txt`; a word longer than another that begins alike is found first. Looked at and not taken: dictionaries of
//! half a million phrases (`rust-pinyin`, pypinyin's data), which are four megabytes for what a few hundred words do, since
//! names are short.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::fold::folder;

/// One word: its characters, and a syllable for each.
type Word = (Vec<char>, Vec<&'static str>);

/// Which words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A surname at the beginning; what follows it is no word.
    Person,
    /// Words, wherever they stand.
    Name,
}

#[derive(Debug, Default)]
struct Readings {
    surnames: Words,
    beginnings: Words,
    names: Words,
}

/// By the first character; longer words come first. Never walked through, so its order reaches no output.
#[derive(Debug, Default)]
struct Words(HashMap<char, Vec<Word>>);

impl Words {
    fn add(&mut self, line: &'static str) {
        let mut parts = line.split(' ');
        let word: Vec<char> = parts.next().unwrap_or_default().chars().collect();
        let Some(first) = word.first().copied() else { return };
        let words = self.0.entry(first).or_default();
        words.push((word, parts.collect()));
        words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    }

    fn at(&self, name: &[char]) -> Option<&[&'static str]> {
        let words = self.0.get(name.first()?)?;
        words.iter().find(|(word, _)| name.starts_with(word)).map(|(_, readings)| readings.as_slice())
    }
}

fn readings() -> &'static Readings {
    static READINGS: OnceLock<Readings> = OnceLock::new();
    READINGS.get_or_init(|| {
        let mut readings = Readings::default();
        let mut section = "";
        for line in include_str!("readings.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match (line, section) {
                (line, _) if line.starts_with('[') => section = line,
                (line, "[surnames]") => readings.surnames.add(line),
                (line, "[beginnings]") => readings.beginnings.add(line),
                (line, _) => readings.names.add(line),
            }
        }
        readings
    })
}

/// For each character of a name the reading that it has in its word; none where the usual one holds.
pub(super) fn of(name: &[char], of: Of) -> Vec<Option<&'static str>> {
    let all = readings();
    let simplified: Vec<char> = name.iter().map(|character| folder().standard(*character)).collect();
    let mut found = vec![None; name.len()];
    let mut at = 0;
    while at < name.len() {
        let rest = &simplified[at..];
        let word = match of {
            Of::Person if at > 0 => break,
            Of::Person => all.surnames.at(rest),
            Of::Name => all.names.at(rest).or_else(|| all.beginnings.at(rest).filter(|_| at == 0)),
        };
        let Some(word) = word else {
            at += 1;
            continue;
        };
        for reading in word {
            found[at] = Some(*reading);
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_syllable_for_each_character() {
        for line in
            include_str!("readings.txt").lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '[']))
        {
            let (word, syllables) = line.split_once(' ').expect("a word and its syllables");
            let syllables: Vec<&str> = syllables.split(' ').collect();
            assert_eq!(word.chars().count(), syllables.len(), "{line}");
            assert!(word.chars().all(|letter| folder().standard(letter) == letter), "{line}");
            for syllable in syllables {
                let letters = syllable.trim_end_matches(['0', '1', '2', '3', '4']);
                assert!(
                    letters.len() + 1 == syllable.len() && letters.bytes().all(|b| b.is_ascii_lowercase()),
                    "{line}"
                );
            }
        }
    }
}
