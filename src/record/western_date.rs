//! Dates as pages in western languages print them: `3 June 2019`, `June 3, 2019`, `3. Juni 2019`, `03.06.2019`.
//!
//! Only the names of months of four languages are known, and figures alone are read where they can mean one day only:
//! `03/06/2019` is two days, so it is none.

/// Months by their first letters, which no two share within a language.
const MONTHS: [(&str, u32); 42] = [
    ("jan", 1),
    ("jän", 1),
    ("ene", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("juin", 6),
    ("jul", 7),
    ("juil", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("déc", 12),
    ("dic", 12),
    ("gen", 1),
    ("mag", 5),
    ("giu", 6),
    ("lug", 7),
    ("ott", 10),
    ("maj", 5),
    ("mei", 5),
    ("maa", 3),
    ("mrt", 3),
    ("sept", 9),
    ("out", 10),
];

/// The first whole day in a text, as EDTF.
pub(crate) fn find(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '/' | '-' | '·'))
        .filter(|w| !w.is_empty())
        .collect();
    for (at, word) in words.iter().enumerate() {
        if let Some(day) = figures(word) {
            return Some(day);
        }
        let Some(month) = month(word) else { continue };
        let near = |step: usize, back: bool| {
            let at = if back { at.checked_sub(step) } else { at.checked_add(step) };
            at.and_then(|at| words.get(at)).copied()
        };
        // Spanish and Portuguese put a word between: 3 de junio de 2019.
        let (before, after) = match (near(1, true), near(1, false)) {
            (Some("de"), Some("de")) => (near(2, true), near(2, false)),
            around => around,
        };
        let read = before.and_then(day).zip(after.and_then(year)).map(|(day, year)| (year, day));
        let read =
            read.or_else(|| after.and_then(day).zip(near(2, false).and_then(year)).map(|(day, year)| (year, day)));
        if let Some((year, day)) = read.filter(|(year, day)| is_day(*year, month, *day)) {
            return Some(format!("{year:04}-{month:02}-{day:02}"));
        }
    }
    None
}

/// `03.06.2019`, which nobody writes with the month first.
fn figures(word: &str) -> Option<String> {
    let mut parts = word.trim_end_matches(['.', ':']).split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (day, month, year) = (self::day(day)?, month.parse().ok().filter(|_| month.len() <= 2)?, self::year(year)?);
    (parts.next().is_none() && is_day(year, month, day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let lettered = word.chars().all(char::is_alphabetic) && (3..=10).contains(&word.chars().count());
    let names = || MONTHS.iter().filter(|(name, _)| word.starts_with(name));
    let is_name = || word.chars().count() <= 4 || FULL.iter().any(|full| *full == word);
    names().max_by_key(|(name, _)| name.len()).filter(|_| lettered && is_name()).map(|(_, month)| *month)
}

/// Names of months of more than four letters; a word that only begins like one is none: `marble`.
const FULL: [&str; 57] = [
    "january",
    "february",
    "march",
    "april",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "jänner",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "avril",
    "juillet",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "janeiro",
    "fevereiro",
    "março",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
    "januari",
    "februari",
    "maart",
    "augustus",
    "setiembre",
    "märz",
];

fn day(word: &str) -> Option<u32> {
    let figures = word.trim_end_matches(|c: char| c == '.' || c.is_ascii_lowercase());
    let rest = word.get(figures.len()..).unwrap_or_default();
    let counted = matches!(rest, "" | "." | "st" | "nd" | "rd" | "th" | "er");
    figures.parse().ok().filter(|day| counted && figures.len() <= 2 && (1..=31).contains(day))
}

fn year(word: &str) -> Option<u32> {
    let figures = word.get(..4)?;
    let follows = word.get(4..)?.chars().next();
    let year = figures.parse().ok().filter(|_| figures.bytes().all(|byte| byte.is_ascii_digit()))?;
    (!follows.is_some_and(|next| next.is_ascii_digit()) && (1900..2100).contains(&year)).then_some(year)
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    super::printed_date::read(&format!("{year:04}-{month:02}-{day:02}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for text in [
            "3 June 2019",
            "Posted on June 3, 2019 at noon",
            "June 3rd, 2019",
            "Montag, 3. Juni 2019",
            "03.06.2019, 08:00 Uhr",
            "le 3 juin 2019",
            "3 de junio de 2019",
            "Mon, 03 Jun 2019 08:00:00 GMT",
            "3-Jun-2019",
        ] {
            assert_eq!(find(text).as_deref(), Some("2019-06-03"), "{text}");
        }
        for text in ["03/06/2019", "June 2019", "3 marble 2019", "31. Juni 2019", "version 3.6.2019.1", "May 3"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
