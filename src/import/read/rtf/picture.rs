//! Pictures ("Pictures"): bytes as digits, or as they are.

use super::characters::Characters;
use super::token::Token;
use crate::import::read::office::shelf::{Kept, Shelf};

/// Takes the picture of a group to the shelf.
pub(super) fn keep(tokens: &[Token<'_>], shelf: &mut Shelf) -> Kept {
    let has = |name: &str| tokens.iter().any(|token| matches!(token, Token::Word(word, _) if *word == name));
    const OTHERS: [(&str, &str); 5] =
        [("emfblip", "EMF"), ("wmetafile", "WMF"), ("macpict", "PICT"), ("dibitmap", "BMP"), ("wbitmap", "BMP")];
    let ending = if has("pngblip") { "png" } else { "jpeg" };
    if let Some((_, kind)) = OTHERS.iter().find(|(word, _)| has(word)) {
        return Kept::Other(Some(kind));
    }
    let bytes = bytes(tokens);
    if bytes.is_empty() { Kept::Missing } else { shelf.keep(&format!("image.{ending}"), bytes) }
}

/// The bytes of a picture. What stands in groups inside says something about it.
fn bytes(tokens: &[Token<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut depth = 0_usize;
    let mut half = None;
    for token in tokens {
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Binary(own) if depth == 0 => bytes.extend_from_slice(own),
            Token::Text(digits) if depth == 0 => {
                for digit in digits.iter().filter_map(|byte| char::from(*byte).to_digit(16)) {
                    half = match half {
                        None => Some(digit),
                        Some(high) => {
                            bytes.push((high << 4 | digit) as u8);
                            None
                        }
                    };
                }
            }
            _ => {}
        }
    }
    bytes
}

/// A property of a shape: its name, and the tokens of its value.
pub(super) fn property<'t, 'b>(tokens: &'t [Token<'b>], characters: &Characters<'b>) -> (String, &'t [Token<'b>]) {
    let group = |name: &str| {
        let at = tokens.iter().position(|token| matches!(token, Token::Word(word, _) if *word == name))?;
        let mut depth = 0_usize;
        let inner = tokens.get(at + 1..)?;
        let end = inner.iter().position(|token| match token {
            Token::Open => {
                depth += 1;
                false
            }
            Token::Close if depth == 0 => true,
            Token::Close => {
                depth -= 1;
                false
            }
            _ => false,
        });
        inner.get(..end.unwrap_or(inner.len()))
    };
    (characters.plain(group("sn").unwrap_or_default()).trim().to_string(), group("sv").unwrap_or_default())
}
