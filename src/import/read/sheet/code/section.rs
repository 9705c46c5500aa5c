//! A format code taken apart: its sections, each a row of tokens.

use std::iter::Peekable;
use std::str::Chars;

/// A part of a code, for some numbers or for characters.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    pub tokens: Vec<Token>,
    /// Which numbers it is for, where it says so.
    pub condition: Option<Condition>,
    /// How digits are written: 0 as they are, 1 for 一二三, 2 for 壹贰叁, 3 for those as wide as ideographs.
    pub script: u8,
    /// The language, as Windows counts them.
    pub language: u32,
}

/// The smallest part of a section.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Literal(String),
    /// Room as wide as a character, or filled up to the cell's edge.
    Blank,
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// `E+` or `E-`: whether a plus is shown.
    Exponent(bool),
    Slash,
    /// `General`
    General,
    /// `@`
    Text,
    /// A letter of a date, and how often it stands.
    Date(char, usize),
    /// `[h]`: all hours, not only those of a day.
    Elapsed(char, usize),
    /// Which half of the day, in two words.
    HalfDay(&'static str, &'static str),
}

/// Which numbers a section is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    sign: Sign,
    than: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

impl Condition {
    fn read(text: &str) -> Option<Self> {
        const SIGNS: [(&str, Sign); 6] = [
            ("<=", Sign::AtMost),
            (">=", Sign::AtLeast),
            ("<>", Sign::Other),
            ("<", Sign::Less),
            (">", Sign::More),
            ("=", Sign::Equal),
        ];
        let (sign, rest) = SIGNS.iter().find_map(|(sign, means)| Some((*means, text.strip_prefix(sign)?)))?;
        rest.trim().parse().ok().map(|than| Self { sign, than })
    }

    pub(super) fn holds(self, value: f64) -> bool {
        match self.sign {
            Sign::Less => value < self.than,
            Sign::AtMost => value <= self.than,
            Sign::Equal => value == self.than,
            Sign::Other => value != self.than,
            Sign::AtLeast => value >= self.than,
            Sign::More => value > self.than,
        }
    }

    /// Whether it only takes numbers below zero, whose sign then says nothing.
    pub(super) fn is_of_negatives(self) -> bool {
        match self.sign {
            Sign::Less => self.than <= 0.0,
            Sign::AtMost | Sign::Equal => self.than < 0.0,
            Sign::Other | Sign::AtLeast | Sign::More => false,
        }
    }
}

impl Section {
    /// Whether it shows a date or a time.
    pub(super) fn is_date(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, Token::Date(..) | Token::Elapsed(..) | Token::HalfDay(..)))
    }

    fn literal(&mut self, text: impl Into<String>) {
        let text = text.into();
        match self.tokens.last_mut() {
            Some(Token::Literal(before)) => before.push_str(&text),
            _ => self.tokens.push(Token::Literal(text)),
        }
    }

    /// What stands in brackets: a colour, a condition, a language with its currency, a way to write digits.
    fn bracket(&mut self, inner: &str) {
        let lower = inner.to_ascii_lowercase();
        let first = lower.chars().next().unwrap_or_default();
        if let Some(rest) = inner.strip_prefix('$') {
            let (currency, language) = rest.rsplit_once('-').unwrap_or((rest, ""));
            self.language = u32::from_str_radix(language, 16).unwrap_or_default() & 0xffff;
            if !currency.is_empty() {
                self.literal(currency);
            }
        } else if let Some(script) = lower.strip_prefix("dbnum") {
            self.script = script.parse().unwrap_or_default();
        } else if matches!(first, 'h' | 'm' | 's') && lower.chars().all(|character| character == first) {
            self.tokens.push(Token::Elapsed(first, lower.len()));
        } else if matches!(first, '<' | '>' | '=') {
            self.condition = Condition::read(inner);
        }
    }
}

/// Words of a code that are no row of letters, with what they are.
fn word(rest: &Peekable<Chars<'_>>) -> Option<(usize, Token)> {
    const WORDS: [(&str, Token); 5] = [
        ("general", Token::General),
        ("g/通用格式", Token::General),
        ("am/pm", Token::HalfDay("AM", "PM")),
        ("a/p", Token::HalfDay("A", "P")),
        ("上午/下午", Token::HalfDay("上午", "下午")),
    ];
    let begins = |word: &str| {
        let mut own = rest.clone().map(|character| character.to_ascii_lowercase());
        word.chars().all(|expected| own.next() == Some(expected))
    };
    WORDS.into_iter().find(|(word, _)| begins(word)).map(|(word, token)| (word.chars().count(), token))
}

/// The sections of a code.
pub(super) fn read(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code.chars().peekable();
    while let Some(section) = sections.last_mut() {
        if let Some((length, token)) = word(&rest) {
            for _ in 0..length {
                rest.next();
            }
            section.tokens.push(token);
            continue;
        }
        let Some(character) = rest.next() else { break };
        match character {
            ';' => sections.push(Section::default()),
            '"' => section.literal(until(&mut rest, '"')),
            '[' => {
                let inner = until(&mut rest, ']');
                section.bracket(&inner);
            }
            '\\' | '!' => section.literal(rest.next().map(String::from).unwrap_or_default()),
            '_' | '*' => {
                rest.next();
                section.tokens.push(Token::Blank);
            }
            other => section.plain(other, &mut rest),
        }
    }
    sections
}

/// The characters up to a sign, which is passed over.
fn until(rest: &mut Peekable<Chars<'_>>, end: char) -> String {
    rest.by_ref().take_while(|character| *character != end).collect()
}

impl Section {
    fn plain(&mut self, character: char, rest: &mut Peekable<Chars<'_>>) {
        match character {
            '0' | '#' | '?' => self.tokens.push(Token::Digit(character)),
            '.' => self.tokens.push(Token::Point),
            ',' => self.tokens.push(Token::Comma),
            '%' => self.tokens.push(Token::Percent),
            '/' => self.tokens.push(Token::Slash),
            '@' => self.tokens.push(Token::Text),
            'E' | 'e' if matches!(rest.peek(), Some('+' | '-')) => {
                self.tokens.push(Token::Exponent(rest.next() == Some('+')));
            }
            'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'g' | 'a' | 'b' | 'Y' | 'M' | 'D' | 'H' | 'S' | 'E' | 'G' | 'A'
            | 'B' => {
                let mut count = 1;
                while rest.next_if(|next| next.eq_ignore_ascii_case(&character)).is_some() {
                    count += 1;
                }
                let letter = character.to_ascii_lowercase();
                match (letter, count) {
                    // A letter alone is that letter.
                    ('a', 1 | 2) => self.literal(character.to_string().repeat(count)),
                    _ => self.tokens.push(Token::Date(letter, count)),
                }
            }
            other => self.literal(other),
        }
    }
}
