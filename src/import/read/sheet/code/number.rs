//! Numbers that are no dates under a section of a code.

use super::decimal::Decimal;
use super::numerals;
use super::section::{Section, Token};

/// Exponents of ten between which `General` writes a number out.
const WRITTEN_OUT: std::ops::RangeInclusive<i32> = -8..=15;

/// A number as `General` has it, with all of its digits.
pub(in crate::import::read::sheet) fn general(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{}", unsigned(&Decimal::of(value)))
}

fn unsigned(decimal: &Decimal) -> String {
    if !decimal.is_zero() && !WRITTEN_OUT.contains(&decimal.point) {
        let exponent = decimal.point - 1;
        let (first, rest) = decimal.digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        return format!("{}{point}{}E{exponent:+03}", written(first), written(rest));
    }
    let decimals = usize::try_from(i32::try_from(decimal.digits.len()).unwrap_or_default() - decimal.point);
    let (whole, rest) = decimal.rounded(decimals.unwrap_or_default());
    let whole = if whole.is_empty() { "0".to_string() } else { written(&whole) };
    if rest.is_empty() { whole } else { format!("{whole}.{}", written(&rest)) }
}

fn written(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

/// A number as a section shows it.
pub(super) fn shown(section: &Section, value: f64, is_absolute: bool) -> String {
    let tokens = &section.tokens;
    let sign = if value < 0.0 && !is_absolute { "-" } else { "" };
    let unsigned = if tokens.iter().any(|token| matches!(token, Token::General | Token::Text)) {
        around(section, &Decimal::of(value))
    } else if tokens.iter().any(|token| matches!(token, Token::Exponent(_))) {
        scientific(tokens, Decimal::of(value))
    } else if let Some(fraction) = fraction(tokens, value.abs()) {
        fraction
    } else if tokens.iter().any(|token| matches!(token, Token::Digit(_))) {
        fixed(tokens, Decimal::of(value))
    } else {
        // Words in the number's place.
        return tokens.iter().filter_map(literal).collect();
    };
    format!("{sign}{}", numerals::digits(&unsigned, section.script))
}

/// What a token shows that is no part of the number itself.
fn literal(token: &Token) -> Option<&str> {
    match token {
        Token::Literal(text) => Some(text),
        Token::Blank => Some(" "),
        Token::Percent => Some("%"),
        Token::Slash => Some("/"),
        _ => None,
    }
}

/// `General` with something around it. Digits of Chinese are said here, and set one for one elsewhere.
fn around(section: &Section, decimal: &Decimal) -> String {
    let number = unsigned(decimal);
    let number = match number.split_once('.') {
        _ if section.script == 0 => number,
        Some((whole, rest)) => format!("{}.{rest}", numerals::said(whole, section.script)),
        None => numerals::said(&number, section.script),
    };
    let part = |token: &Token| match token {
        Token::General | Token::Text => number.clone(),
        token => literal(token).unwrap_or_default().to_string(),
    };
    section.tokens.iter().map(part).collect()
}

/// Where the digits of a section stand.
struct Shape {
    /// The place of the point, or of the end.
    point: usize,
    /// One past the last place for a digit.
    end: usize,
    /// How many places for digits there are before the point, and behind it.
    whole: usize,
    decimals: usize,
    /// Whether thousands are parted.
    is_grouped: bool,
    /// By how many powers of ten the number is more than it is shown.
    scale: i32,
}

impl Shape {
    fn of(tokens: &[Token]) -> Self {
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        let count = |tokens: &[Token]| tokens.iter().filter(|token| is_digit(token)).count();
        let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
        let end = tokens.iter().rposition(is_digit).map_or(0, |at| at + 1);
        let before = tokens.get(..point).unwrap_or_default();
        let last = before.iter().rposition(is_digit).map_or(0, |at| at + 1);
        let first = before.iter().position(is_digit).unwrap_or(0);
        let is_comma = |token: &&Token| **token == Token::Comma;
        let commas_at = |at: usize| tokens.get(at..).unwrap_or_default().iter().take_while(is_comma).count();
        // A comma behind the last digit divides by a thousand.
        let thousands = if last == end { commas_at(last) } else { commas_at(last) + commas_at(end) };
        let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
        let scale = 2 * i32::try_from(percents).unwrap_or_default() - 3 * i32::try_from(thousands).unwrap_or_default();
        Self {
            point,
            end,
            whole: count(before),
            decimals: count(tokens.get(point..).unwrap_or_default()),
            is_grouped: before.get(first..last).unwrap_or_default().contains(&Token::Comma),
            scale,
        }
    }
}

fn fixed(tokens: &[Token], decimal: Decimal) -> String {
    let shape = Shape::of(tokens);
    let (whole, decimals) = decimal.shifted(shape.scale).rounded(shape.decimals);
    set(tokens, &shape, &whole, &decimals)
}

/// Sets digits into their places.
fn set(tokens: &[Token], shape: &Shape, whole: &[u8], decimals: &[u8]) -> String {
    let mut out = String::new();
    let push = |out: &mut String, place: usize| {
        let Some(digit) = whole.len().checked_sub(place + 1).and_then(|at| whole.get(at)) else { return false };
        out.push(char::from(b'0' + digit));
        if shape.is_grouped && place > 0 && place.is_multiple_of(3) {
            out.push(',');
        }
        true
    };
    let significant = decimals.iter().rposition(|digit| *digit > 0).map_or(0, |at| at + 1);
    let (mut place, mut nth) = (shape.whole, 0);
    if shape.whole == 0 && shape.point < shape.end {
        for place in (0..whole.len()).rev() {
            push(&mut out, place);
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Digit(kind) if at < shape.point => {
                let is_first = place == shape.whole;
                place = place.saturating_sub(1);
                let more = if is_first { whole.len().max(place + 1) } else { place + 1 };
                for place in (place..more).rev() {
                    if !push(&mut out, place) {
                        match kind {
                            '0' => out.push('0'),
                            '?' => out.push(' '),
                            _ => {}
                        }
                        if *kind == '0' && shape.is_grouped && place > 0 && place.is_multiple_of(3) {
                            out.push(',');
                        }
                    }
                }
            }
            Token::Digit(kind) => {
                match decimals.get(nth) {
                    Some(digit) if nth < significant || *kind == '0' => out.push(char::from(b'0' + digit)),
                    _ if *kind == '?' => out.push(' '),
                    _ => {}
                }
                nth += 1;
            }
            Token::Point if at == shape.point => out.push('.'),
            token => out.push_str(literal(token).unwrap_or_default()),
        }
    }
    out
}

/// 1.23E+04.
fn scientific(tokens: &[Token], decimal: Decimal) -> String {
    let Some(at) = tokens.iter().position(|token| matches!(token, Token::Exponent(_))) else { return String::new() };
    let (mantissa, rest) = tokens.split_at(at);
    let shape = Shape::of(mantissa);
    // With several places before the point the exponent is a multiple of their number.
    let step = i32::try_from(shape.whole.max(1)).unwrap_or(1);
    let down = |exponent: i32| exponent.div_euclid(step) * step;
    let mut exponent = if decimal.is_zero() { 0 } else { down(decimal.point - 1) };
    let (mut whole, mut decimals) = decimal.clone().shifted(-exponent).rounded(shape.decimals);
    if whole.len() > shape.whole.max(1) {
        exponent += step;
        (whole, decimals) = decimal.shifted(-exponent).rounded(shape.decimals);
    }
    let mut out = set(mantissa, &shape, &whole, &decimals);
    let places = rest.iter().filter(|token| matches!(token, Token::Digit(_))).count();
    let shows_plus = matches!(rest.first(), Some(Token::Exponent(true)));
    let sign = match exponent {
        ..0 => "-",
        _ if shows_plus => "+",
        _ => "",
    };
    out.push_str(&format!("E{sign}{:0places$}", exponent.unsigned_abs()));
    out.extend(rest.iter().filter_map(literal));
    out
}

/// 1 1/4, where the section has such a shape.
fn fraction(tokens: &[Token], value: f64) -> Option<String> {
    const MOST: f64 = 1e9;
    let slash = tokens.iter().position(|token| *token == Token::Slash)?;
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let before = tokens.get(..slash)?;
    let behind = tokens.get(slash + 1..)?;
    let start = before.iter().rposition(|token| !is_digit(token)).map_or(0, |at| at + 1);
    let has_whole = before.get(..start)?.iter().any(is_digit);
    let places = behind.iter().take_while(|token| is_digit(token)).count();
    let fixed = match behind.first()? {
        Token::Literal(text) => text.chars().take_while(char::is_ascii_digit).collect::<String>(),
        _ => String::new(),
    };
    // 10 and 100 come as a digit and places for digits.
    let zeros = behind.iter().skip(1).take_while(|token| **token == Token::Digit('0')).count();
    let fixed: Option<u32> = format!("{fixed}{}", "0".repeat(zeros.min(6))).parse().ok().filter(|_| !fixed.is_empty());
    if start == slash || value > MOST || (places == 0 && fixed.is_none()) {
        return None;
    }
    let whole = if has_whole { value.trunc() } else { 0.0 };
    let (above, below) = match fixed.filter(|fixed| *fixed > 0) {
        Some(fixed) => (((value - whole) * f64::from(fixed)).round(), fixed),
        None => nearest(value - whole, 10_u32.saturating_pow(u32::try_from(places.min(3)).unwrap_or(3))),
    };
    Some(match (whole, above) {
        (whole, above) if above == f64::from(below) && has_whole => format!("{}", whole + 1.0),
        (whole, 0.0) => format!("{whole}"),
        (0.0, above) => format!("{above}/{below}"),
        (whole, above) => format!("{whole} {above}/{below}"),
    })
}

/// The fraction nearest to a number, with a denominator below a bound.
fn nearest(value: f64, bound: u32) -> (f64, u32) {
    let mut best = (value.round(), 1);
    let mut least = (value - best.0).abs();
    for below in 2..bound {
        let above = (value * f64::from(below)).round();
        let off = (value - above / f64::from(below)).abs();
        if off + 1e-12 < least {
            (best, least) = ((above, below), off);
        }
    }
    best
}
