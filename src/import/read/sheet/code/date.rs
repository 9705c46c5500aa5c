//! Dates and times under a section of a code. A day is a number from 1899-12-31 on, and a time a part of a day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::numerals;
use super::section::{Section, Token};

/// The day behind the last that Excel knows, 9999-12-31.
const END: f64 = 2_958_466.0;
/// Days between the two ways to count.
const FROM_1904: f64 = 1462.0;
/// 1900-02-29, which never was: Excel counts it as Lotus 1-2-3 did.
const NO_DAY: i64 = 60;

/// What Windows calls Chinese, of China and of Taiwan; a computer's own long date, and its time.
const CHINESE: [u32; 5] = [0x804, 0x404, 0xc04, 0x1004, 0x1404];
const TAIWAN: u32 = 0x404;
const JAPANESE: u32 = 0x411;
const LONG_DATE: u32 = 0xf800;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const CHINESE_DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];
const JAPANESE_DAYS: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];

/// A moment, taken apart.
struct Moment {
    year: i64,
    month: usize,
    day: i64,
    weekday: usize,
    /// Seconds of the day.
    second: i64,
    /// The part of a second, in the digits that are shown.
    part: i64,
    /// All seconds since the first day.
    elapsed: i64,
}

impl Moment {
    /// `None` before the first day and behind the last. `digits` of a second are shown.
    fn of(value: f64, is_1904: bool, digits: u32) -> Option<Self> {
        let value = if is_1904 { value + FROM_1904 } else { value };
        if !(0.0..END).contains(&value) {
            return None;
        }
        let unit = 10_i64.pow(digits.min(3));
        let in_day = 86_400 * unit;
        // A part of a day is never quite a number of seconds.
        let units = (value.fract() * in_day as f64).round() as i64;
        let serial = value.trunc() as i64 + units / in_day;
        let units = units % in_day;
        let (year, month, day) = match serial {
            0 => (1900, 1, 0),
            NO_DAY => (1900, 2, 29),
            _ => {
                let days = if serial < NO_DAY { serial } else { serial - 1 };
                let date = Date::constant(1899, 12, 31).checked_add(days.days()).ok()?;
                (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()))
            }
        };
        let second = units / unit;
        Some(Self {
            year,
            month: usize::try_from(month).ok()?,
            day,
            weekday: usize::try_from((serial + 6) % 7).ok()?,
            second,
            part: units % unit,
            elapsed: (serial - if is_1904 { FROM_1904 as i64 } else { 0 }) * 86_400 + second,
        })
    }
}

/// A date or time as a section shows it; `None` for a number that is no day.
pub(super) fn shown(section: &Section, value: f64, is_1904: bool) -> Option<String> {
    if section.language == LONG_DATE {
        let tokens = super::section::read("yyyy\"年\"m\"月\"d\"日\"").into_iter().next()?.tokens;
        return shown(&Section { tokens, ..Section::default() }, value, is_1904);
    }
    let tokens = &section.tokens;
    let moment = Moment::of(value, is_1904, digits_of_seconds(tokens))?;
    let is_halved = tokens.iter().any(|token| matches!(token, Token::HalfDay(..)));
    let mut out = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            Token::Date('m', count @ (1 | 2)) if is_minute(tokens, at - 1) => {
                out.push_str(&set(section, moment.second / 60 % 60, *count));
            }
            Token::Date('h', count) => {
                let hour = moment.second / 3600;
                let hour = if is_halved { (hour + 11) % 12 + 1 } else { hour };
                out.push_str(&set(section, hour, *count));
            }
            Token::Date('s', count) => {
                out.push_str(&set(section, moment.second % 60, *count));
                let digits = digits_behind(tokens, at);
                if digits > 0 {
                    out.push_str(&format!(".{:0digits$}", moment.part));
                    at += digits + 1;
                }
            }
            Token::Date(letter, count) => out.push_str(&of_day(section, &moment, *letter, *count)),
            Token::Elapsed(letter, count) => {
                let per = match letter {
                    'h' => 3600,
                    'm' => 60,
                    _ => 1,
                };
                out.push_str(&set(section, moment.elapsed / per, *count));
            }
            Token::HalfDay(morning, evening) => {
                let is_chinese = CHINESE.contains(&section.language);
                let (morning, evening) = if is_chinese { ("上午", "下午") } else { (*morning, *evening) };
                out.push_str(if moment.second < 12 * 3600 { morning } else { evening });
            }
            Token::Literal(text) => out.push_str(text),
            Token::Blank => out.push(' '),
            Token::Point => out.push('.'),
            Token::Comma => out.push(','),
            Token::Slash => out.push('/'),
            Token::Percent => out.push('%'),
            Token::Digit(_) | Token::Exponent(_) | Token::General | Token::Text => {}
        }
    }
    Some(out)
}

/// A number of a date in so many digits at least.
fn set(section: &Section, number: i64, digits: usize) -> String {
    let digits = digits.min(9);
    match section.script {
        0 => format!("{number:0digits$}"),
        script => numerals::in_date(&number.to_string(), script),
    }
}

/// What of a date is no time.
fn of_day(section: &Section, moment: &Moment, letter: char, count: usize) -> String {
    let is_chinese = CHINESE.contains(&section.language);
    let year = |number: i64, digits: usize| numerals::digits(&format!("{number:0digits$}"), section.script);
    let english = |names: &[&str], at: usize| names.get(at).copied().unwrap_or_default().to_string();
    let short = |name: String| name.chars().take(3).collect::<String>();
    let month = || if section.script > 0 { 1 } else { 0 };
    match (letter, count) {
        ('y', 1 | 2) => year(moment.year % 100, 2),
        ('y', _) => year(moment.year, 4),
        ('e', _) if section.language == TAIWAN => year(moment.year - 1911, 1),
        ('e', _) => year(moment.year, 4),
        ('b', 1 | 2) => year((moment.year + 543) % 100, 2),
        ('b', _) => year(moment.year + 543, 4),
        ('g', count) if section.language == TAIWAN => if count < 3 { "民國" } else { "中華民國" }.to_string(),
        ('m', 1 | 2) => set(section, i64::try_from(moment.month).unwrap_or_default(), count),
        ('m', 5) => english(&MONTHS, moment.month - 1).chars().take(1).collect(),
        ('m', 4) if is_chinese => format!("{}月", numerals::in_date(&moment.month.to_string(), 1)),
        ('m', _) if is_chinese => format!("{}月", numerals::in_date(&moment.month.to_string(), month())),
        ('m', 3) => short(english(&MONTHS, moment.month - 1)),
        ('m', _) => english(&MONTHS, moment.month - 1),
        ('d', 1 | 2) => set(section, moment.day, count),
        ('d', 3) if is_chinese => format!("周{}", english(&CHINESE_DAYS, moment.weekday)),
        ('d', _) if is_chinese => format!("星期{}", english(&CHINESE_DAYS, moment.weekday)),
        ('d', 3) => short(english(&DAYS, moment.weekday)),
        ('d', _) => english(&DAYS, moment.weekday),
        ('a', 3) if section.language == JAPANESE => english(&JAPANESE_DAYS, moment.weekday),
        ('a', _) if section.language == JAPANESE => format!("{}曜日", english(&JAPANESE_DAYS, moment.weekday)),
        ('a', 3) => english(&CHINESE_DAYS, moment.weekday),
        ('a', _) => format!("星期{}", english(&CHINESE_DAYS, moment.weekday)),
        _ => String::new(),
    }
}

/// Whether `m` is a minute: an hour comes before it, or a second behind.
fn is_minute(tokens: &[Token], at: usize) -> bool {
    let letter = |token: &Token| match token {
        Token::Date(letter, _) | Token::Elapsed(letter, _) => Some(*letter),
        _ => None,
    };
    let before = tokens.get(..at).unwrap_or_default().iter().rev().find_map(letter);
    let behind = tokens.get(at + 1..).unwrap_or_default().iter().find_map(letter);
    before == Some('h') || behind == Some('s')
}

/// Digits of a part of a second that stand at a place, behind a point.
fn digits_behind(tokens: &[Token], at: usize) -> usize {
    let rest = tokens.get(at..).and_then(|rest| rest.strip_prefix(&[Token::Point])).unwrap_or_default();
    rest.iter().take_while(|token| **token == Token::Digit('0')).count().min(3)
}

fn digits_of_seconds(tokens: &[Token]) -> u32 {
    let behind = |at: usize| {
        if matches!(tokens.get(at), Some(Token::Date('s', _) | Token::Elapsed('s', _))) {
            digits_behind(tokens, at + 1)
        } else {
            0
        }
    };
    (0..tokens.len()).map(behind).max().and_then(|digits| u32::try_from(digits).ok()).unwrap_or_default()
}
