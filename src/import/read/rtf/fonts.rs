//! Fonts, and the encodings of their characters.

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::token::Token;

/// A font.
#[derive(Debug, Clone, Default)]
pub(super) struct Font {
    pub name: String,
    /// The encoding of its bytes; `None` where the document's own is meant.
    pub encoding: Option<&'static Encoding>,
    /// Whether its characters are signs that only it has.
    pub is_symbol: bool,
}

/// The fonts of a document, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: HashMap<i32, Font>,
}

impl Fonts {
    /// Adds what a table of fonts says, without its own brackets.
    pub(super) fn read(&mut self, tokens: &[Token<'_>]) {
        let mut number = 0;
        let mut font = Font::default();
        let mut depth = 0;
        let mut name = Vec::new();
        for token in tokens {
            match *token {
                Token::Open => depth += 1,
                Token::Close => depth -= 1,
                Token::Word("f", Some(value)) => number = value,
                Token::Word("fcharset", Some(2)) => font.is_symbol = true,
                Token::Word("fcharset", Some(value)) => font.encoding = of_charset(value),
                Token::Word("cpg", Some(value)) => font.encoding = font.encoding.or(of_page(value)),
                // A name of its own in a group is another name of the font.
                Token::Byte(byte) if depth <= 1 => name.push(byte),
                Token::Text(text) if depth <= 1 => {
                    name.extend(text.iter().take_while(|byte| **byte != b';'));
                    if text.contains(&b';') {
                        font.name = String::from_utf8_lossy(&name).trim().to_string();
                        self.fonts.insert(number, std::mem::take(&mut font));
                        name.clear();
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn get(&self, number: i32) -> Option<&Font> {
        self.fonts.get(&number)
    }
}

/// The encoding of a set of characters ("Font Table", `\fcharset`).
fn of_charset(charset: i32) -> Option<&'static Encoding> {
    of_page(match charset {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// The encoding of a code page.
pub(super) fn of_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        65001 => return Some(UTF_8),
        936 | 54936 => "gb18030".to_string(),
        950 => "big5".to_string(),
        949 => "euc-kr".to_string(),
        932 => "shift_jis".to_string(),
        10000 => "macintosh".to_string(),
        437 | 850 | 819 => return Some(WINDOWS_1252),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// Whether an encoding has characters of two bytes.
pub(super) fn is_wide(encoding: &'static Encoding) -> bool {
    !encoding.is_single_byte() && encoding != UTF_8
}
