//! The number that a heading prints: 一、 （二） 第三章 1. 1.2
//!
//! The build needs its value, because a section's address comes from the printed number (一、 with （二） under it gives
//! `s1-2`) and so survives a change of wording. The importer needs it to follow the sequence. Numerals are those of
//! Chinese official documents, up to 9,999; the text itself is never renumbered or respelled.

/// A printed number at the start of a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedNumber<'a> {
    /// As printed, without the space after it: `（二）`, `第三章`.
    pub printed: &'a str,
    /// Its value; for `1.2` the last component, since the ones before are the parents'.
    pub value: u32,
    /// The text after the number and the space that follows it.
    pub rest: &'a str,
}

/// Reads the number at the start of a heading's text; `None` when it begins with none.
pub fn split(text: &str) -> Option<PrintedNumber<'_>> {
    let (value, length) = enclosed(text)
        .or_else(|| bracketed(text))
        .or_else(|| ordinal(text))
        .or_else(|| listed(text))
        .or_else(|| decimal(text))?;
    let (printed, rest) = text.split_at(length);
    Some(PrintedNumber { printed, value, rest: rest.trim_start_matches(is_space) })
}

/// The value of a Chinese (十二, 一百零五, 〇) or Arabic (12, １２) numeral; `None` for anything else or above 9,999.
pub fn numeral(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 8 {
        return None;
    }
    if let Some(digits) = text.chars().map(arabic_digit).collect::<Option<Vec<_>>>() {
        return (digits.len() <= 4).then(|| digits.iter().fold(0, |value, digit| value * 10 + digit));
    }
    let (mut total, mut pending) = (0, None);
    let mut last_unit = 10_000;
    for character in text.chars() {
        if let Some(unit) = unit(character) {
            if unit >= last_unit {
                return None;
            }
            // A unit without a digit before it means one of it only at the front: 十二, never 二百十.
            total += unit * pending.take().or((total == 0).then_some(1))?;
            last_unit = unit;
        } else {
            let digit = chinese_digit(character)?;
            match pending {
                None | Some(0) => pending = Some(digit),
                Some(_) => return None,
            }
        }
    }
    Some(total + pending.unwrap_or(0)).filter(|value| *value > 0)
}

/// The digit of 〇 to 九.
fn chinese_digit(character: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match character {
        '零' | '○' => Some(0),
        '两' => Some(2),
        _ => digits.iter().position(|digit| *digit == character).and_then(|at| u32::try_from(at).ok()),
    }
}

fn unit(character: char) -> Option<u32> {
    match character {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn arabic_digit(character: char) -> Option<u32> {
    match character {
        '0'..='9' => Some(u32::from(character) - u32::from('0')),
        '０'..='９' => Some(u32::from(character) - u32::from('０')),
        _ => None,
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

fn is_numeral(character: char) -> bool {
    arabic_digit(character).is_some() || chinese_digit(character).is_some() || unit(character).is_some()
}

/// Bytes of the numeral at the start of `text`.
fn numeral_length(text: &str) -> usize {
    text.find(|character| !is_numeral(character)).unwrap_or(text.len())
}

/// ㈠ ⑴ ① ⒈ : one character.
fn enclosed(text: &str) -> Option<(u32, usize)> {
    let character = text.chars().next()?;
    let code = u32::from(character);
    let value = match code {
        0x2460..=0x2473 => code - 0x245f,
        0x2474..=0x2487 => code - 0x2473,
        0x2488..=0x249b => code - 0x2487,
        0x3220..=0x3229 => code - 0x321f,
        _ => return None,
    };
    Some((value, character.len_utf8()))
}

/// （二） (2) 2)
fn bracketed(text: &str) -> Option<(u32, usize)> {
    let inner = text.strip_prefix(['（', '(']).unwrap_or(text);
    let length = numeral_length(inner);
    let close = inner[length..].chars().next().filter(|character| matches!(character, '）' | ')'))?;
    let value = numeral(&inner[..length])?;
    Some((value, text.len() - inner.len() + length + close.len_utf8()))
}

/// 第三章 第二十条
fn ordinal(text: &str) -> Option<(u32, usize)> {
    let inner = text.strip_prefix('第')?;
    let length = numeral_length(inner);
    let value = numeral(&inner[..length])?;
    let after = &inner[length..];
    let unit = ["编", "編", "章", "节", "節", "条", "條", "部分", "篇", "讲", "講"]
        .into_iter()
        .find(|unit| after.starts_with(unit))?;
    Some((value, text.len() - after.len() + unit.len()))
}

/// 三、 3、 3. 3．
fn listed(text: &str) -> Option<(u32, usize)> {
    let length = numeral_length(text);
    let value = numeral(&text[..length])?;
    let mut after = text[length..].chars();
    let mark = after.next().filter(|character| matches!(character, '、' | '.' | '．'))?;
    let digit_follows = after.next().is_some_and(|character| arabic_digit(character).is_some());
    (mark == '、' || !digit_follows).then_some((value, length + mark.len_utf8()))
}

/// 1.2 1.2.3 : the last component counts.
fn decimal(text: &str) -> Option<(u32, usize)> {
    let length = text.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(text.len());
    let printed = &text[..length];
    let follows = text[length..].chars().next().is_none_or(|character| is_space(character) || !character.is_ascii());
    let last = printed.trim_end_matches('.').rsplit_once('.')?.1;
    (follows && !last.is_empty()).then(|| numeral(last).map(|value| (value, length)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        for (text, value) in [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("九十九", 99),
            ("一百零五", 105),
            ("一百一十", 110),
            ("二〇", 0),
            ("7", 7),
            ("１２", 12),
            ("三千二百", 3200),
            ("一二", 0),
            ("百", 100),
            ("二百十", 0),
            ("", 0),
            ("12345", 0),
        ] {
            assert_eq!(numeral(text).unwrap_or(0), value, "{text}");
        }
    }

    #[test]
    fn numbers_of_headings() {
        for (text, printed, value, rest) in [
            ("一、总则", "一、", 1, "总则"),
            ("（二） 清点", "（二）", 2, "清点"),
            ("(二)清点", "(二)", 2, "清点"),
            ("第十二章　附则", "第十二章", 12, "附则"),
            ("㈢修复", "㈢", 3, "修复"),
            ("⑴线装", "⑴", 1, "线装"),
            ("3.选址", "3.", 3, "选址"),
            ("1.2 范围", "1.2", 2, "范围"),
            ("2) two", "2)", 2, "two"),
        ] {
            let number = split(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((number.printed, number.value, number.rest), (printed, value, rest), "{text}");
        }
        for text in ["总则", "一是", "2017年", "1.2倍", "第一，", "", "一九七八年", "3.5%"] {
            assert!(split(text).is_none_or(|number| number.printed == "1.2"), "{text}: {:?}", split(text));
        }
    }
}
