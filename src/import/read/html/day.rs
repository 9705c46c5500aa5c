//! A day in a text: whether a line tells the day of publication, and which day it tells.
//!
//! A page of the web is younger than the web, so a day before 1990 is another's.

use crate::import::meta::is_han_character;
use crate::import::recognise::fold::fold;
use crate::record::{printed_date, western_date};

/// Longest line that tells a day, in characters.
pub(super) const LINE: usize = 90;

/// Most letters of a date that stands alone: a day of the week, a month, a word for the hour.
const ALONE: usize = 24;

/// Words that call a date the day of publication. Latin ones are whole words.
const CALLED: [&str; 24] = [
    "发布",
    "发表",
    "时间",
    "日期",
    "刊载",
    "published",
    "posted",
    "date",
    "on",
    "by",
    "written",
    "von",
    "vom",
    "am",
    "datum",
    "publié",
    "le",
    "par",
    "publicado",
    "el",
    "por",
    "pubblicato",
    "il",
    "geplaatst",
];

/// Words that call a date the day of a change.
const CHANGED: [&str; 13] = [
    "更新",
    "修改",
    "updated",
    "modified",
    "edited",
    "aktualisiert",
    "bearbeitet",
    "geändert",
    "modifié",
    "jour",
    "actualizado",
    "aggiornato",
    "mise",
];

/// Whether a line is a western day and little more: `Montag, 3. Juni 2019, 08:00 Uhr`.
pub(super) fn is_day_alone(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let western = !text.chars().any(is_han_character);
    western
        && letters <= ALONE
        && text.chars().nth(LINE).is_none()
        && within(text).is_some()
        && !text.trim_end().ends_with('.')
}

/// Whether a text calls its date the day of a change, and none the day of publication.
pub(super) fn tells_change(text: &str) -> bool {
    calls(text, &CHANGED) && !calls(text, &CALLED)
}

/// Whether a line calls its date the day of publication, or a part of it is a date and little more. A sentence may speak of
/// any day.
pub(super) fn tells_day(text: &str) -> bool {
    let text = text.trim();
    if text.ends_with(['.', '。', '!', '！', '?', '？']) || tells_change(text) {
        return false;
    }
    let is_alone = |part: &str| {
        let letters = part.chars().filter(|character| character.is_alphabetic()).count();
        letters <= ALONE && within(part).is_some()
    };
    calls(text, &CALLED) || text.split(['|', '·', '•', '/', '\u{3000}', '\n']).any(is_alone)
}

/// Whether a text has one of these words.
pub(super) fn calls(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    let latin = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.iter().any(|word| match word.chars().all(is_han_character) {
        true => text.contains(word),
        false => latin().any(|own| own == *word),
    })
}

/// A whole day at the start of a value: `2019-06-01T08:00:00+08:00`, `20190601`, `Sat, 01 Jun 2019 08:00`.
pub(super) fn at_start(value: &str) -> Option<String> {
    let folded = fold(value.trim()).text;
    let date = printed_date::read(&folded).map(|date| date.edtf).filter(|date| date.len() >= 7);
    date.or_else(|| digits(&folded)).or_else(|| western_date::find(&folded))
}

/// `20190601`, alone or with a time behind it.
fn digits(text: &str) -> Option<String> {
    let run: String = text.chars().take_while(char::is_ascii_digit).collect();
    if !matches!(run.len(), 8 | 14) {
        return None;
    }
    let day = format!("{}-{}-{}", run.get(..4)?, run.get(4..6)?, run.get(6..8)?);
    printed_date::read(&day).map(|date| date.edtf).filter(|day| plausible(day))
}

/// A whole day anywhere in a text.
pub(super) fn within(text: &str) -> Option<String> {
    let folded = fold(text).text;
    let starts = folded.char_indices().filter(|(at, character)| {
        character.is_ascii_digit()
            && !folded.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    });
    let mut dates = starts.filter_map(|(at, _)| printed_date::read(folded.get(at..)?));
    let date = dates.find(|date| date.edtf.len() == 10).map(|date| date.edtf);
    date.or_else(|| western_date::find(&folded)).filter(|day| plausible(day))
}

/// A whole day in an address: `/2019/06/01/`, `/2019-06/01/`, `/201906/t20190601_7.html`, `/20190601/`.
pub(super) fn in_address(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split_once('/')?.1.split(['?', '#']).next()?;
    let runs: Vec<(usize, &str)> = path
        .split(|character: char| !character.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| (run.as_ptr() as usize - path.as_ptr() as usize, run))
        .collect();
    let day = |year: &str, month: &str, day: &str| {
        let day = format!("{year}-{month}-{day}");
        printed_date::read(&day).map(|date| date.edtf).filter(|day| plausible(day))
    };
    let touch = |a: &(usize, &str), b: &(usize, &str)| a.0 + a.1.len() + 1 == b.0;
    for (nth, run) in runs.iter().enumerate() {
        let (second, third) = (runs.get(nth + 1), runs.get(nth + 2));
        let found = match (run.1.len(), second, third) {
            (8, _, _) => day(&run.1[..4], &run.1[4..6], &run.1[6..]),
            (6, Some(next), _) if touch(run, next) && next.1.len() == 2 => day(&run.1[..4], &run.1[4..], next.1),
            (4, Some(next), _) if touch(run, next) && next.1.len() == 4 => day(run.1, &next.1[..2], &next.1[2..]),
            (4, Some(next), Some(last))
                if touch(run, next) && touch(next, last) && next.1.len() <= 2 && last.1.len() <= 2 =>
            {
                day(run.1, next.1, last.1)
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// A page of the web is younger than the web.
fn plausible(day: &str) -> bool {
    ("1990".."2100").contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses() {
        for (address, day) in [
            ("https://a.example/2019/06/01/ferry.html", Some("2019-06-01")),
            ("https://a.example/news/2019-6/1/c_77.htm", Some("2019-06-01")),
            ("https://a.example/zw/201906/t20190601_1234567.html", Some("2019-06-01")),
            ("https://a.example/n1/2019/0601/c1001-31.html", Some("2019-06-01")),
            ("https://a.example/201906/01/x.html", Some("2019-06-01")),
            ("https://a.example/item/20191301", None),
            ("https://a.example/item/12345678", None),
            ("https://20190601.example/", None),
            ("https://a.example/2019/", None),
        ] {
            assert_eq!(in_address(address).as_deref(), day, "{address}");
        }
    }

    #[test]
    fn lines_that_tell_a_day() {
        for line in
            ["3 June 2019", "Montag, 3. Juni 2019, 08:00 Uhr", "3 June 2019 | Harbour office of the town of Jiang"]
        {
            assert!(tells_day(line), "{line}");
        }
        for line in [
            "Posted by a man of the harbour office at the river mouth on 3 June 2019",
            "发布时间：2019-06-03 来源：某局",
        ] {
            assert!(tells_day(line), "{line}");
        }
        for line in [
            "He was born on 3 June 2019.",
            "Updated 3 June 2019",
            "更新于2019-06-03",
            "The storm of 3 June 2019 closed the ferry",
        ] {
            assert!(!tells_day(line), "{line}");
        }
    }
}
