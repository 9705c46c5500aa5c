//! The tokens of Rich Text: brackets, control words, bytes (Rich Text Format Specification 1.9.1, "RTF Syntax").
//!
//! Crates considered: rtf-parser, which decodes bytes one by one and so loses Chinese, and its fork rtf-parser-tt, which keeps
//! no tables, notes or pictures. What is left of a parser without these is this file.

/// Longest control word, in letters.
const WORD: usize = 32;
/// Most digits of a number.
const DIGITS: usize = 10;

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    Open,
    Close,
    /// A control word, with its number.
    Word(&'b str, Option<i32>),
    /// A control sign: what follows the backslash.
    Sign(u8),
    /// A byte that is written as a number.
    Byte(u8),
    Text(&'b [u8]),
    Binary(&'b [u8]),
}

/// The tokens of bytes.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
}

impl<'b> Tokens<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.bytes.split_at(length.min(self.bytes.len()));
        self.bytes = rest;
        taken
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'b>> {
        let letters = self.bytes.iter().take(WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters == 0 {
            return Some(match *self.take(1).first()? {
                b'\'' => {
                    let digits = self.take(2);
                    let value = std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
                    Token::Byte(value.unwrap_or(b'?'))
                }
                b'\n' | b'\r' => Token::Word("par", None),
                sign => Token::Sign(sign),
            });
        }
        let word = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let is_negative = self.bytes.first() == Some(&b'-') && self.bytes.get(1).is_some_and(u8::is_ascii_digit);
        let start = usize::from(is_negative);
        let digits = self.bytes.iter().skip(start).take(DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(self.take(start + digits)).ok().and_then(|number| number.parse().ok());
        if self.bytes.first() == Some(&b' ') {
            self.take(1);
        }
        match (word, number) {
            ("bin", Some(length)) => Some(Token::Binary(self.take(usize::try_from(length).unwrap_or(0)))),
            _ => Some(Token::Word(word, number)),
        }
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match *self.bytes.first()? {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.control();
                }
                b'\n' | b'\r' | 0 => drop(self.take(1)),
                _ => {
                    let is_text = |byte: &&u8| !matches!(**byte, b'{' | b'}' | b'\\' | b'\n' | b'\r' | 0);
                    let length = self.bytes.iter().take_while(is_text).count();
                    return Some(Token::Text(self.take(length)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let found: Vec<Token<'_>> = Tokens::of(b"{\\rtf1 a\\'b5\\u-10 ?\n\\*\\bin2 {}\\par}").collect();
        let expected = [
            Token::Open,
            Token::Word("rtf", Some(1)),
            Token::Text(b"a"),
            Token::Byte(0xb5),
            Token::Word("u", Some(-10)),
            Token::Text(b"?"),
            Token::Sign(b'*'),
            Token::Binary(b"{}"),
            Token::Word("par", None),
            Token::Close,
        ];
        assert_eq!(found, expected);
        assert_eq!(Tokens::of(b"\\").next(), None);
        assert_eq!(Tokens::of(b"\\'z").next(), Some(Token::Byte(b'?')));
    }
}
