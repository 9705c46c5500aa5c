//! What a number looks like under a format code (ECMA-376 part 1, 18.8.31): `yyyy"年"m"月"d"日"`, `#,##0.00`, `0.0%`.
//!
//! A sheet stores 43000 and shows 2017年9月22日; only what is shown is what its readers have seen. A code is read once
//! (`section`) and then set to numbers (`number`, `date`). What the standard leaves to the settings of a computer is the way
//! of Chinese offices, with the year first, so that a date is never taken for another (`builtin`). `General` gives all the
//! digits there are: how many Excel shows follows from the width of a column.
//!
//! Crates considered: ssfmt, which stops on codes with a character of several bytes before `General`, and shows neither
//! `[DBNum1]` nor 上午/下午, `aaaa` or `G/通用格式`, which Chinese workbooks are full of.

mod builtin;
mod date;
mod decimal;
mod number;
mod numerals;
mod section;

pub(super) use self::builtin::code as builtin;
pub(super) use self::number::general;
use self::section::{Section, Token};

/// Longest code, in characters: Excel's own limit.
const LONGEST: usize = 255;

/// A format code, read.
#[derive(Debug, Clone, Default)]
pub(super) struct Code {
    sections: Vec<Section>,
}

impl Code {
    /// Reads a code. One that says nothing, or is longer than Excel allows, is `General`.
    pub(super) fn read(code: &str) -> Self {
        let is_short = code.chars().nth(LONGEST).is_none();
        let sections = if is_short { section::read(code) } else { Vec::new() };
        let says_something = sections.iter().any(|section| !section.tokens.is_empty());
        Self { sections: if says_something { sections } else { Vec::new() } }
    }

    /// A number as it is shown.
    pub(super) fn number(&self, value: f64, is_1904: bool) -> String {
        let Some((section, is_absolute)) = self.section(value) else { return number::general(value) };
        let shown = if section.is_date() {
            date::shown(section, value, is_1904).unwrap_or_else(|| number::general(value))
        } else {
            number::shown(section, value, is_absolute)
        };
        shown.trim().to_string()
    }

    /// Characters as they are shown: the last section may set something around them.
    pub(super) fn text(&self, text: &str) -> Option<String> {
        let section = self.sections.last().filter(|section| section.tokens.contains(&Token::Text))?;
        let is_plain = section.tokens.iter().all(|token| matches!(token, Token::Text | Token::Blank));
        (!is_plain && !section.is_date()).then(|| {
            let part = |token: &Token| match token {
                Token::Text => text.to_string(),
                Token::Literal(literal) => literal.clone(),
                _ => String::new(),
            };
            section.tokens.iter().map(part).collect()
        })
    }

    /// The section for a number, and whether it shows the number without its sign.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        // The fourth is for characters, and so is an earlier one that has nothing but them.
        let numbers = self.sections.get(..self.sections.len().min(3))?;
        let is_text = |section: &Section| section.tokens.contains(&Token::Text);
        let numbers = match numbers.split_last() {
            Some((last, rest)) if !rest.is_empty() && is_text(last) => rest,
            _ => numbers,
        };
        if numbers.iter().any(|section| section.condition.is_some()) {
            let last = numbers.len() - 1;
            let holds = |(at, section): &(usize, &Section)| match section.condition {
                Some(condition) => condition.holds(value),
                None => *at == last || value < 0.0,
            };
            let found = numbers.iter().enumerate().find(holds).map_or(numbers.last(), |(_, section)| Some(section))?;
            return Some((found, found.condition.is_some_and(|condition| condition.is_of_negatives())));
        }
        let at = match numbers.len() {
            0 => return None,
            1 => 0,
            2 => usize::from(value < 0.0),
            _ if value > 0.0 => 0,
            _ if value < 0.0 => 1,
            _ => 2,
        };
        numbers.get(at).map(|section| (section, at == 1))
    }
}

#[cfg(test)]
mod tests;
