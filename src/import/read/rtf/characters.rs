//! From tokens to characters.
//!
//! A byte means what the encoding of its font says, and a character of two bytes may be written in two ways in a row. A
//! character as a number is followed by what older programs show in its place.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::fonts::{self, Fonts};
use super::token::{Token, Tokens};
use crate::import::read::office::symbol;

/// Deepest that brackets stand in each other.
const DEPTH: usize = 2_000;

/// What the characters and words of a text are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event<'b> {
    Open,
    Close,
    /// A control word, with its number, and whether `\*` stands before it.
    Word(&'b str, Option<i32>, bool),
    Text(String),
    /// A sign of the font of this name that only has a meaning in it.
    LostSign(String),
}

/// How bytes are read.
#[derive(Debug, Clone, Default)]
struct Manner {
    font: Option<i32>,
    /// The font of characters of two bytes, and whether such follow.
    wide_font: Option<i32>,
    is_wide: bool,
    /// Which font is named next.
    names_wide: bool,
    /// How many characters stand for one that is written as a number.
    replacements: usize,
}

/// The events of a document.
pub(super) struct Characters<'b> {
    tokens: std::iter::Peekable<Tokens<'b>>,
    pub fonts: Fonts,
    encoding: &'static Encoding,
    default_font: Option<i32>,
    manner: Manner,
    around: Vec<Manner>,
    bytes: Vec<u8>,
    units: Vec<u16>,
    /// Characters yet to be passed over.
    passed_over: usize,
    /// A token that waits until the characters before it are told.
    waiting: Option<Token<'b>>,
    is_starred: bool,
    /// Whether a group was opened just now; only there `\*` says something of the group.
    is_opened: bool,
    lost: Option<String>,
}

impl<'b> Characters<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        let encoding = page(bytes).unwrap_or(WINDOWS_1252);
        Self {
            tokens: Tokens::of(bytes).peekable(),
            fonts: Fonts::default(),
            encoding,
            default_font: None,
            manner: Manner { replacements: 1, ..Manner::default() },
            around: Vec::new(),
            bytes: Vec::new(),
            units: Vec::new(),
            passed_over: 0,
            waiting: None,
            is_starred: false,
            is_opened: false,
            lost: None,
        }
    }

    /// Whether brackets stand too deep in each other.
    pub(super) fn is_too_deep(&self) -> bool {
        self.around.len() > DEPTH
    }

    /// The rest of the group that is open, without its closing bracket, which is told next.
    pub(super) fn rest_of_group(&mut self) -> Vec<Token<'b>> {
        let mut depth = 0;
        let mut inner = Vec::new();
        while let Some(token) = self.tokens.next_if(|token| depth > 0 || *token != Token::Close) {
            match token {
                Token::Open => depth += 1,
                Token::Close => depth -= 1,
                _ => {}
            }
            inner.push(token);
        }
        inner
    }

    /// The characters of tokens, for texts that no font is said of.
    pub(super) fn plain(&self, tokens: &[Token<'b>]) -> String {
        plain(tokens, self.encoding)
    }

    /// The encoding of the document.
    pub(super) fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    fn text(&mut self) -> Option<Event<'b>> {
        if !self.units.is_empty() {
            return Some(Event::Text(printable(&String::from_utf16_lossy(&std::mem::take(&mut self.units)))));
        }
        if self.bytes.is_empty() {
            return None;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let number = if self.manner.is_wide { self.manner.wide_font } else { None };
        let font = number.or(self.manner.font).or(self.default_font).and_then(|number| self.fonts.get(number));
        if let Some(font) = font.filter(|font| font.is_symbol) {
            let text: String = bytes.iter().map(|byte| symbol::character(&font.name, u32::from(*byte))).collect();
            self.lost = text.contains('\u{fffd}').then(|| font.name.clone());
            return Some(Event::Text(text));
        }
        let encoding = font.and_then(|font| font.encoding).unwrap_or(self.encoding);
        Some(Event::Text(printable(&decoded(&bytes, encoding, self.encoding))))
    }

    /// Takes characters in; whether they can be told with those before.
    fn gather(&mut self, token: Token<'b>) -> bool {
        let taken: &[u8] = match &token {
            Token::Byte(byte) => std::slice::from_ref(byte),
            Token::Text(text) => text,
            Token::Sign(sign @ (b'{' | b'}' | b'\\')) => std::slice::from_ref(sign),
            Token::Word("u", Some(number)) => {
                if !self.bytes.is_empty() {
                    return false;
                }
                // Numbers above 32,767 are written as negative ones.
                self.units.push((*number & 0xffff) as u16);
                self.passed_over = self.manner.replacements;
                return true;
            }
            _ => {
                // The words of a text matter more than what might stand for a character.
                self.passed_over = 0;
                return false;
            }
        };
        let passed_over = self.passed_over.min(taken.len());
        let rest = &taken[passed_over..];
        if !rest.is_empty() && !self.units.is_empty() {
            return false;
        }
        self.passed_over -= passed_over;
        self.bytes.extend_from_slice(rest);
        true
    }

    /// A token that is no character.
    fn control(&mut self, token: Token<'b>) -> Option<Event<'b>> {
        let is_starred = std::mem::take(&mut self.is_starred);
        let is_opened = std::mem::replace(&mut self.is_opened, token == Token::Open);
        match token {
            Token::Open => {
                self.around.push(self.manner.clone());
                Some(Event::Open)
            }
            Token::Close => {
                self.manner = self.around.pop().unwrap_or_else(|| self.manner.clone());
                self.passed_over = 0;
                Some(Event::Close)
            }
            Token::Sign(b'*') => {
                self.is_starred = is_opened;
                None
            }
            Token::Sign(b'~') => Some(Event::Text("\u{a0}".to_string())),
            Token::Sign(b'-') => Some(Event::Text("\u{ad}".to_string())),
            Token::Sign(b'_') => Some(Event::Text("\u{2011}".to_string())),
            Token::Word("fonttbl", _) => {
                let table = self.rest_of_group();
                self.fonts.read(&table);
                None
            }
            Token::Word(word, number) => {
                self.word(word, number);
                Some(Event::Word(word, number, is_starred))
            }
            _ => None,
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let manner = &mut self.manner;
        match (word, number) {
            ("deff", font) => self.default_font = font,
            ("uc", Some(count)) => manner.replacements = usize::try_from(count).unwrap_or(1).min(16),
            ("plain", _) => *manner = Manner { replacements: manner.replacements, ..Manner::default() },
            ("f", font) => manner.font = font,
            ("loch" | "hich", _) => (manner.is_wide, manner.names_wide) = (false, false),
            ("dbch", _) => (manner.is_wide, manner.names_wide) = (true, true),
            ("af", font) if manner.names_wide => manner.wide_font = font,
            _ => {}
        }
    }
}

impl<'b> Iterator for Characters<'b> {
    type Item = Event<'b>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(font) = self.lost.take() {
            return Some(Event::LostSign(font));
        }
        loop {
            let Some(token) = self.waiting.take().or_else(|| self.tokens.next()) else { return self.text() };
            if self.gather(token) {
                continue;
            }
            if let Some(text) = self.text() {
                self.waiting = Some(token);
                return Some(text);
            }
            if let Some(event) = self.control(token) {
                return Some(event);
            }
        }
    }
}

/// The character that a control word stands for.
pub(super) fn of_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "tab" => "\t",
        "emdash" => "—",
        "endash" => "–",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "qmspace" => "\u{2005}",
        _ => return None,
    })
}

/// The characters of tokens in an encoding.
pub(super) fn plain(tokens: &[Token<'_>], encoding: &'static Encoding) -> String {
    let mut text = String::new();
    let mut bytes = Vec::new();
    let mut units: Vec<u16> = Vec::new();
    let mut passed_over = 0;
    let tell = |bytes: &mut Vec<u8>, units: &mut Vec<u16>, text: &mut String| {
        text.push_str(&String::from_utf16_lossy(&std::mem::take(units)));
        text.push_str(&encoding.decode_without_bom_handling(&std::mem::take(bytes)).0);
    };
    for token in tokens {
        let taken: &[u8] = match token {
            Token::Byte(byte) => std::slice::from_ref(byte),
            Token::Text(taken) => taken,
            Token::Sign(sign @ (b'{' | b'}' | b'\\')) => std::slice::from_ref(sign),
            Token::Word("u", Some(number)) => {
                if !bytes.is_empty() {
                    tell(&mut bytes, &mut units, &mut text);
                }
                units.push((*number & 0xffff) as u16);
                passed_over = 1;
                continue;
            }
            _ => continue,
        };
        let over = passed_over.min(taken.len());
        passed_over -= over;
        if over < taken.len() {
            if !units.is_empty() {
                tell(&mut bytes, &mut units, &mut text);
            }
            bytes.extend_from_slice(&taken[over..]);
        }
    }
    tell(&mut bytes, &mut units, &mut text);
    printable(&text)
}

/// A text without characters that control a printer of old.
fn printable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() || *character == '\t').collect()
}

/// Bytes as characters. A font that is said to have Western letters often has Chinese ones, since programs name only the first
/// of two fonts: where the document's own encoding has two bytes a character and these bytes are such, they are read so.
fn decoded(bytes: &[u8], encoding: &'static Encoding, own: &'static Encoding) -> String {
    if encoding == WINDOWS_1252 && fonts::is_wide(own) && bytes.iter().any(|byte| *byte >= 0x80) {
        let (text, is_damaged) = own.decode_without_bom_handling(bytes);
        if !is_damaged && text.chars().any(|character| character > '\u{2e7f}') {
            return text.into_owned();
        }
    }
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding that the document names for itself.
fn page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = Tokens::of(&bytes[..bytes.len().min(4096)]);
    head.take(200).find_map(|token| match token {
        Token::Word("ansicpg", Some(page)) => fonts::of_page(page),
        Token::Word("mac", _) => fonts::of_page(10000),
        _ => None,
    })
}
