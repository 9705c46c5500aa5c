//! An invented language with the statistics of Chinese official prose, for measuring search.
//!
//! What an index costs depends on how many words there are, how unevenly they are spread, and how often the same
//! sequence of characters returns. So there are 20,000 words of one to four characters; characters and words are drawn
//! after Zipf's law; a word has companions that it often precedes; a document has a theme whose words return in it; and
//! formulas of six to twelve characters run through the whole archive, as official phrases do. Years, percentages and
//! Latin abbreviations stand among them. Every twentieth document is in traditional characters as far as
//! `traditional.txt` has them. The words are put together by chance and mean nothing.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::{Dice, NUMERALS, TOWNS};

/// Characters in use, of the 3,755 most common ones that the first level of GB 2312 holds.
const CHARACTERS: usize = 2_500;
const WORDS: usize = 20_000;
const FORMULAS: usize = 60;
/// Words that a word often precedes.
const COMPANIONS: usize = 6;
/// Words that return in one document.
const THEME: usize = 50;

/// Pairs of a traditional and a simplified character, where each stands for no other.
const PAIRS: &str = include_str!("traditional.txt");

/// In the first level of GB 2312, but taken for traditional spellings by some who fold them.
const DOUBTFUL: &str = "乾著藉";

const KINDS: &[&str] = &["札记", "通知", "意见", "报告", "讲话", "办法"];
const LATIN: &[&str] =
    &["GDP", "WTO", "CPI", "ISO 9001", "PDF", "IT", "App", "5G", "SHA-256", "PM2.5", "e-mail", "R&D"];
const UNITS: &[&str] = &["年", "%", "亿元", "万人", "个", "次", "公里", "‰"];
/// The figures of years, with both characters that are printed for naught.
const FIGURES: &[&str] = &["〇一二三四五六七八九", "○一二三四五六七八九"];

/// Draws a rank after the law of Zipf and Mandelbrot: the chance falls as 1 ÷ (rank + flatness).
struct Zipf {
    /// Sums of all weights up to each rank, in whole numbers so that every machine draws alike.
    sums: Vec<usize>,
}

impl Zipf {
    fn new(ranks: usize, flatness: usize) -> Self {
        let mut sum = 0;
        let weights = (0..ranks).map(|rank| (1 << 26) / (rank + flatness));
        Self { sums: weights.map(|weight| (sum += weight, sum).1).collect() }
    }

    fn draw(&self, dice: &mut Dice) -> usize {
        let at = dice.below(self.sums[self.sums.len() - 1]);
        self.sums.partition_point(|sum| *sum <= at)
    }
}

/// The words, and how they follow each other.
pub struct Language {
    /// The most frequent first.
    words: Vec<String>,
    frequency: Zipf,
    /// For every word those that it often precedes.
    companions: Vec<[usize; COMPANIONS]>,
    formulas: Vec<String>,
    formula_frequency: Zipf,
    /// Simplified to traditional.
    traditional: HashMap<char, char>,
}

impl Language {
    pub fn new() -> Self {
        let dice = &mut Dice::new(usize::from(u16::MAX));
        let traditional =
            PAIRS.split_whitespace().filter_map(|pair| Some((pair.chars().nth(1)?, pair.chars().next()?)));
        let traditional: HashMap<char, char> = traditional.collect();
        let characters = characters(dice, &traditional);
        let words = words(dice, &characters);
        let frequency = Zipf::new(WORDS, 3);
        let companions = (0..WORDS).map(|_| std::array::from_fn(|_| frequency.draw(dice))).collect();
        let formulas = (0..FORMULAS).map(|_| formula(dice, &words)).collect();
        Self { words, frequency, companions, formulas, formula_frequency: Zipf::new(FORMULAS, 3), traditional }
    }
}

/// The characters in use, the most frequent first. Among the thousand most frequent every third is one that is written
/// differently in traditional texts, as in real ones.
fn characters(dice: &mut Dice, traditional: &HashMap<char, char>) -> Vec<char> {
    let codes = (0xb0..=0xd7_u8).flat_map(|row| (0xa1..=0xfe_u8).map(move |cell| [row, cell]));
    let mut level: Vec<char> = codes
        .filter_map(|code| encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&code)?.chars().next())
        .filter(|character| ('\u{4e00}'..='\u{9fff}').contains(character) && !DOUBTFUL.contains(*character))
        .collect();
    for at in (1..level.len()).rev() {
        level.swap(at, dice.below(at + 1));
    }
    let (mut differing, mut common): (Vec<char>, Vec<char>) =
        level.into_iter().partition(|character| traditional.contains_key(character));
    let mut characters = Vec::with_capacity(CHARACTERS);
    while characters.len() < CHARACTERS {
        let next = if characters.len() % 3 == 1 { differing.pop() } else { None };
        characters.extend(next.or_else(|| common.pop()));
    }
    characters
}

/// The words, the most frequent first: these are short, the rare ones long.
fn words(dice: &mut Dice, characters: &[char]) -> Vec<String> {
    let frequency = Zipf::new(characters.len(), 40);
    let mut words = Vec::with_capacity(WORDS);
    let mut taken = HashSet::new();
    while words.len() < WORDS {
        let [one, two, three] = match words.len() {
            0..15 => [100, 100, 100],
            15..60 => [35, 100, 100],
            60..2_000 => [12, 88, 95],
            _ => [2, 68, 86],
        };
        let length = match dice.below(100) {
            part if part < one => 1,
            part if part < two => 2,
            part if part < three => 3,
            _ => 4,
        };
        let word: String = (0..length).map(|_| characters[frequency.draw(dice)]).collect();
        if taken.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// Words of the middle ranks, six to twelve characters together.
fn formula(dice: &mut Dice, words: &[String]) -> String {
    let length = 6 + dice.below(6);
    let mut formula = String::new();
    while formula.chars().count() < length {
        formula.push_str(&words[100 + dice.below(3_000)]);
    }
    formula.chars().take(12).collect()
}

/// One document's way of writing.
struct Writer<'a> {
    language: &'a Language,
    dice: Dice,
    theme: Vec<usize>,
    theme_frequency: Zipf,
    /// The word written last.
    last: usize,
}

impl Writer<'_> {
    /// The next word, and now and then a formula or a number.
    fn word(&mut self, text: &mut String) {
        let (language, dice) = (self.language, &mut self.dice);
        let word = match dice.below(1_000) {
            0..12 => return text.push_str(&language.formulas[language.formula_frequency.draw(dice)]),
            12..42 => return number(text, dice),
            42..392 => {
                let companion = dice.below(COMPANIONS).min(dice.below(COMPANIONS));
                language.companions[self.last][companion]
            }
            392..542 => self.theme[self.theme_frequency.draw(dice)],
            _ => language.frequency.draw(dice),
        };
        self.last = word;
        let word = &language.words[word];
        match dice.below(150) {
            0 => text.extend(["“", word, "”"]),
            1 => text.extend(["《", word, "》"]),
            _ => text.push_str(word),
        }
    }

    /// Words up to a number of characters, with no end.
    fn words(&mut self, shortest: usize, longest: usize) -> String {
        let length = shortest + self.dice.below(longest - shortest);
        let mut words = String::new();
        while words.chars().count() < length {
            self.word(&mut words);
        }
        words
    }

    /// A sentence of 15 to 45 characters.
    fn sentence(&mut self, text: &mut String) {
        let mut left = 15 + self.dice.below(26);
        while left > 0 {
            let clause = self.words(5, 15);
            text.push_str(&clause);
            left = left.saturating_sub(clause.chars().count() + 1);
            text.push_str(match (left, self.dice.below(20)) {
                (0, 0) => "；",
                (0, 1) => "！",
                (0, _) => "。",
                (_, 0..3) => "、",
                _ => "，",
            });
        }
    }

    fn paragraph(&mut self, text: &mut String, sentences: usize) {
        for _ in 0..sentences {
            self.sentence(text);
        }
        text.push_str("\n\n");
    }
}

/// A year, a quantity or an abbreviation, now and then in full-width or Chinese figures.
fn number(text: &mut String, dice: &mut Dice) {
    let year = 1949 + dice.below(75);
    // Writing into a String cannot fail.
    let _ = match dice.below(12) {
        0..4 => write!(text, "{year}年"),
        4..6 => write!(text, "{}{}", 1 + dice.below(999), dice.pick(UNITS)),
        6..8 => write!(text, "{}.{}{}", dice.below(100), dice.below(10), dice.pick(UNITS)),
        8 => write!(text, "第{}", 1 + dice.below(60)),
        9 => {
            let figures: Vec<char> = dice.pick(FIGURES).chars().collect();
            let year: String =
                [year / 1000, year / 100 % 10, year / 10 % 10, year % 10].map(|digit| figures[digit]).iter().collect();
            write!(text, "{year}年")
        }
        10 => {
            let wide: String =
                year.to_string().chars().filter_map(|digit| char::from_u32(u32::from(digit) + 0xfee0)).collect();
            write!(text, "{wide}年")
        }
        _ => write!(text, "{}", dice.pick(LATIN)),
    };
}

/// A document of the archive's usual shape.
pub fn document(number: usize, language: &Language) -> String {
    let mut dice = Dice::new(number);
    let town = dice.pick(TOWNS);
    let date = super::date(&mut dice);
    let theme = (0..THEME).map(|_| 50 + dice.below(WORDS - 50)).collect();
    let writer = &mut Writer { language, dice, theme, theme_frequency: Zipf::new(THEME, 3), last: 0 };
    let kind = writer.dice.pick(KINDS);
    let title = format!("{town}{}{kind}", writer.words(6, 18));
    let is_traditional = number % 20 == 7;
    let language_line = if is_traditional { "language = \"zh-Hant\"\n" } else { "" };
    let mut text = String::new();
    writer.paragraph(&mut text, 8);
    writer.paragraph(&mut text, 8);
    for (section, numeral) in NUMERALS.iter().enumerate() {
        let _ = writeln!(text, "## {numeral}、{}，{} {{#s{}}}\n", writer.words(5, 9), writer.words(5, 9), section + 1);
        writer.paragraph(&mut text, 5);
        for (below, numeral) in NUMERALS.iter().take(4).enumerate() {
            let _ = writeln!(text, "### （{numeral}）{} {{#s{}-{}}}\n", writer.words(6, 16), section + 1, below + 1);
            writer.paragraph(&mut text, 6);
        }
    }
    writer.paragraph(&mut text, 6);
    let record = super::record(&mut writer.dice, town, &date, &title, kind, language_line);
    if !is_traditional {
        return record + &text;
    }
    (record + &text).chars().map(|character| *language.traditional.get(&character).unwrap_or(&character)).collect()
}
