//! Dates as Chinese texts print them, to what a record stores. Captures hold them, and people write them into records.
//!
//! Read here: 2017-08-30, 2017/8/30, 2017.8.30, 2017年8月30日, 二○一七年八月三十日 (with 〇, ○, 零 or a zero), a month or a
//! year alone, and a time of day after the date. Stored is EDTF, which for these is ISO 8601 (ISO 8601-2:2019). What was
//! printed is kept beside it whenever it differs.

use crate::text::printed_number::numeral;

/// A date read at the start of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrintedDate {
    /// `2017-08-30`, `2017-08` or `2017`.
    pub edtf: String,
    /// `09:30` or `09:30:15`.
    pub time: Option<String>,
    /// Bytes read.
    pub length: usize,
    /// Whether nothing follows and the day is named.
    pub whole: bool,
}

/// The date at the start of a folded text.
pub(crate) fn read(text: &str) -> Option<PrintedDate> {
    let (date, rest) = iso(text).or_else(|| chinese(text))?;
    let (time, rest) = match time(rest) {
        Some((time, rest)) => (Some(time), rest),
        None => (None, rest),
    };
    let day_named = date.len() == 10;
    Some(PrintedDate { edtf: date, time, length: text.len() - rest.len(), whole: day_named && rest.trim().is_empty() })
}

/// 2017-08-30 2017/8/30 2017.8.30
fn iso(text: &str) -> Option<(String, &str)> {
    let (year, rest) = digits(text, 4, 4)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let (month, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
    let follows = rest.chars().next();
    if follows.is_some_and(|next| next.is_ascii_digit()) {
        return None;
    }
    Some((format_day(year, month, day)?, rest))
}

/// 2017年8月30日 二〇一七年八月三十日 2017年8月 2017年
fn chinese(text: &str) -> Option<(String, &str)> {
    let (year, rest) = digits(text, 4, 4).or_else(|| han_year(text))?;
    let rest = rest.trim_start().strip_prefix('年')?;
    let Some((month, rest_month)) = counted(rest, '月') else {
        return valid_year(year).then(|| (format!("{year:04}"), rest));
    };
    if !(1..=12).contains(&month) || !valid_year(year) {
        return None;
    }
    match counted(rest_month, '日').or_else(|| counted(rest_month, '号')) {
        Some((day, rest)) => Some((format_day(year, month, day)?, rest)),
        None => Some((format!("{year:04}-{month:02}"), rest_month)),
    }
}

/// 二〇一七, with any of the zeros that are printed.
fn han_year(text: &str) -> Option<(u32, &str)> {
    let (mut year, mut end, mut count) = (0, 0, 0);
    for (at, character) in text.char_indices() {
        let digit = match character {
            '〇' | '○' | '零' | '0' | 'O' | '◯' => 0,
            _ => match "一二三四五六七八九".chars().position(|digit| digit == character) {
                Some(position) => u32::try_from(position).ok()? + 1,
                None => break,
            },
        };
        (year, end, count) = (year * 10 + digit, at + character.len_utf8(), count + 1);
        if count > 4 {
            return None;
        }
    }
    (count == 4).then(|| (year, text.get(end..).unwrap_or_default()))
}

/// A numeral before a unit: 8月, 八月, with spaces.
fn counted(text: &str, unit: char) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let (before, after) = text.split_at(text.find(unit).filter(|at| *at <= 12)?);
    let compact: String = before.chars().filter(|character| *character != ' ').collect();
    Some((numeral(&compact)?, after.strip_prefix(unit)?))
}

/// 09:30 09:30:15 9时30分
fn time(text: &str) -> Option<(String, &str)> {
    let start = text.trim_start_matches([' ', 'T']);
    let (hour, rest) = digits(start, 1, 2)?;
    let (minute, after) = digits(rest.strip_prefix([':', '时'])?, 2, 2)?;
    if hour > 23 || minute > 59 {
        return None;
    }
    if rest.starts_with('时') {
        return Some((format!("{hour:02}:{minute:02}"), after.strip_prefix('分')?));
    }
    match after.strip_prefix(':').and_then(|rest| digits(rest, 2, 2)).filter(|(second, _)| *second < 61) {
        Some((second, rest)) => Some((format!("{hour:02}:{minute:02}:{second:02}"), rest)),
        None => Some((format!("{hour:02}:{minute:02}"), after)),
    }
}

/// Between `least` and `most` ASCII digits.
fn digits(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    if end < least || end > most {
        return None;
    }
    let (number, rest) = text.split_at(end);
    Some((number.parse().ok()?, rest))
}

fn valid_year(year: u32) -> bool {
    (1000..=2999).contains(&year)
}

fn format_day(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    };
    (valid_year(year) && (1..=days).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_dates() {
        for (text, edtf, time, whole) in [
            ("2017-08-30", "2017-08-30", None, true),
            ("2020-04-12 09:30 来源", "2020-04-12", Some("09:30"), false),
            ("2017/8/3 9:05:07", "2017-08-03", Some("09:05:07"), true),
            ("2017年8月30日", "2017-08-30", None, true),
            ("2017年8月30日 9时05分", "2017-08-30", Some("09:05"), true),
            ("2017 年 8 月 30 日", "2017-08-30", None, true),
            ("二○一二年五月六日", "2012-05-06", None, true),
            ("二〇一二年十二月三十一日", "2012-12-31", None, true),
            ("一九七八年的底片", "1978", None, false),
            ("2012年5月", "2012-05", None, false),
            ("2012年5月6日，开幕", "2012-05-06", None, false),
        ] {
            let date = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((date.edtf.as_str(), date.time.as_deref(), date.whole), (edtf, time, whole), "{text}");
        }
        for text in ["2017-13-01", "2017-02-29", "12.5", "2017", "二〇一", "", "年", "20171-01-01"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
