//! Candidates for the numbers of English documents: Chapter 1, Part II, I. A. (a) (i).
//!
//! They join the families of the Chinese ones where those exist, so that the sequence and the vote know nothing of languages.
//! What is different is that letters are words too: a number must be followed by space and by something that can begin a
//! title, and what may be a letter or a Roman numeral is settled by the one that came before.

use super::candidate::{Family, Token, Trust};

/// The candidate at the start of a paragraph that begins with a letter of the alphabet or a bracket.
pub(crate) fn find(text: &str) -> Option<Token> {
    division(text).or_else(|| bracketed(text)).or_else(|| lettered(text))
}

fn token(family: Family, value: u32, text: &str, rest: &str) -> Token {
    Token {
        family,
        value,
        inserted: 0,
        prefix: Vec::new(),
        trust: Trust::Plain,
        length: text.len() - rest.len(),
        gap: rest.len() - rest.trim_start().len(),
    }
}

/// Part II, CHAPTER 3: Title, Section Four
fn division(text: &str) -> Option<Token> {
    const WORDS: [(&str, Family); 4] =
        [("part", Family::Part), ("book", Family::Part), ("chapter", Family::Chapter), ("section", Family::Section)];
    let (family, rest) = WORDS.iter().find_map(|(word, family)| {
        let start = text.get(..word.len())?;
        let capital = start.starts_with(|first: char| first.is_ascii_uppercase());
        (capital && start.eq_ignore_ascii_case(word)).then(|| Some((*family, text.get(word.len()..)?)))?
    })?;
    let number = rest.strip_prefix(char::is_whitespace)?.trim_start();
    let end = number.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(number.len());
    let (digits, after) = number.split_at(end);
    let value = digits
        .parse()
        .ok()
        .or_else(|| roman(digits))
        .or_else(|| spelled(digits))
        .filter(|value| (1..1000).contains(value))?;
    let rest = after.strip_prefix(['.', ':']).unwrap_or(after);
    begins_title(rest).then(|| token(family, value, text, rest))
}

/// Nothing, or space and a capital, a figure or a quotation mark; dashes may come before. Never a verb: Section 5 applies.
fn begins_title(rest: &str) -> bool {
    let title = rest.trim_start();
    let dashed = title.trim_start_matches(['-', '–', '—', ' ']);
    let parted = title.len() < rest.len() || dashed.len() < title.len();
    dashed.is_empty()
        || (parted && dashed.starts_with(|first: char| !first.is_lowercase() && !matches!(first, ',' | ';' | ')')))
}

/// (a) b) (iv)
fn bracketed(text: &str) -> Option<Token> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let (letters, rest) = inner.split_once(')')?;
    if letters.is_empty()
        || letters.len() > 5
        || !letters.bytes().all(|byte| byte.is_ascii_lowercase())
        || !rest.starts_with(char::is_whitespace)
    {
        return None;
    }
    match letter(letters) {
        Some(value) if !is_often_roman(letters) => Some(token(Family::LetterBracket, value, text, rest)),
        _ => Some(token(Family::RomanBracket, roman(&letters.to_ascii_uppercase())?, text, rest)),
    }
}

/// A. II.
fn lettered(text: &str) -> Option<Token> {
    let (letters, rest) = text.split_once('.')?;
    if letters.is_empty()
        || letters.len() > 6
        || !letters.bytes().all(|byte| byte.is_ascii_uppercase())
        || !rest.starts_with(char::is_whitespace)
    {
        return None;
    }
    match letter(letters) {
        Some(value) if !is_often_roman(letters) => Some(token(Family::Letter, value, text, rest)),
        _ => Some(token(Family::Roman, roman(letters)?, text, rest)),
    }
}

/// 1 for a or A.
fn letter(letters: &str) -> Option<u32> {
    let [byte] = letters.as_bytes() else { return None };
    byte.is_ascii_alphabetic().then(|| u32::from(byte.to_ascii_lowercase() - b'a') + 1)
}

/// Single letters that are more often a numeral; C, D, L and M are more often letters.
fn is_often_roman(letters: &str) -> bool {
    letters.eq_ignore_ascii_case("i") || letters.eq_ignore_ascii_case("v") || letters.eq_ignore_ascii_case("x")
}

/// A Roman numeral in its regular spelling, up to 399.
fn roman(letters: &str) -> Option<u32> {
    const VALUES: [(&str, u32); 9] =
        [("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];
    let (mut rest, mut value) = (letters, 0);
    for (sign, worth) in VALUES {
        let most = if sign.len() == 1 && !matches!(worth, 5 | 50) { 3 } else { 1 };
        for _ in 0..most {
            if let Some(after) = rest.strip_prefix(sign) {
                (rest, value) = (after, value + worth);
            }
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// One to Twelve.
fn spelled(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let at = WORDS.iter().position(|known| word.eq_ignore_ascii_case(known))?;
    u32::try_from(at + 1).ok()
}

/// The letters that are Roman numerals too, with both values.
const BOTH: [(u32, u32); 5] = [(9, 1), (22, 5), (24, 10), (3, 100), (12, 50)];

/// Settles what may be a letter or a numeral: it is the one whose predecessor came last.
pub(crate) fn settle(tokens: &mut [Option<Token>]) {
    for (letters, romans) in [(Family::Letter, Family::Roman), (Family::LetterBracket, Family::RomanBracket)] {
        let (mut last_letter, mut last_roman) = (0, 0);
        for token in tokens.iter_mut().flatten().filter(|token| token.family == letters || token.family == romans) {
            let single =
                BOTH.iter().find(
                    |(letter, roman)| {
                        if token.family == letters { *letter == token.value } else { *roman == token.value }
                    },
                );
            if let Some((letter, roman)) = single {
                let (next_letter, next_roman) =
                    (*letter == last_letter + 1, *roman == last_roman + 1 && last_roman > 0);
                match (next_letter, next_roman) {
                    (true, false) => (token.family, token.value) = (letters, *letter),
                    (false, true) => (token.family, token.value) = (romans, *roman),
                    _ => {}
                }
            }
            if token.family == letters { last_letter = token.value } else { last_roman = token.value }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, family, value, number, rest) in [
            ("Chapter 1 The Stacks", Family::Chapter, 1, "Chapter 1", "The Stacks"),
            ("CHAPTER IV. THE STACKS", Family::Chapter, 4, "CHAPTER IV.", "THE STACKS"),
            ("Part Two", Family::Part, 2, "Part Two", ""),
            ("Section 12: Loans", Family::Section, 12, "Section 12:", "Loans"),
            ("II. Loans", Family::Roman, 2, "II.", "Loans"),
            ("I. Loans", Family::Roman, 1, "I.", "Loans"),
            ("B. Loans", Family::Letter, 2, "B.", "Loans"),
            ("(a) loans", Family::LetterBracket, 1, "(a)", "loans"),
            ("(iv) loans", Family::RomanBracket, 4, "(iv)", "loans"),
        ] {
            let token = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (token.family, token.value, token.number(text), token.rest(text)),
                (family, value, number, rest)
            );
        }
        for text in [
            "Section 5 applies to loans",
            "Chapter and verse",
            "Part of the stacks",
            "A stack",
            "I am",
            "U.S. law",
            "IIII. x",
            "(see) x",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }

    #[test]
    fn the_ninth_letter() {
        let mut tokens: Vec<_> =
            ["G. a", "H. b", "I. c", "J. d", "I. e", "II. f"].iter().map(|text| find(text)).collect();
        settle(&mut tokens);
        let families: Vec<_> = tokens.iter().flatten().map(|token| (token.family, token.value)).collect();
        assert_eq!(families[2], (Family::Letter, 9));
        assert_eq!(families[4..], [(Family::Roman, 1), (Family::Roman, 2)]);
    }
}
