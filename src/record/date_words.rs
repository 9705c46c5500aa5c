//! Dates in words. What differs from language to language is a pattern in the file of strings, `date_day = "{d} {month} {y}"`;
//! what a date says and leaves open is the same in all, and is decided here.

use std::collections::BTreeMap;

use edtf_core::{DateField, Edtf, IntervalEndpoint, Precision, Year, YearKind};

use super::date::{Date, Period};

/// How a language says dates.
#[derive(Debug, Clone, Default)]
pub struct DateWords {
    year: String,
    year_bce: String,
    unknown_year: String,
    month: String,
    day: String,
    season: String,
    decade: String,
    century: String,
    /// Centuries whose number is said in a way of its own: 21st.
    centuries: BTreeMap<i64, String>,
    about: String,
    uncertain: String,
    between: String,
    since: String,
    until: String,
    unknown: String,
    day_alone: String,
    months: [String; 12],
    seasons: [String; 4],
}

impl DateWords {
    /// Takes the patterns from the strings of a language.
    pub(crate) fn new(texts: &BTreeMap<String, String>) -> Self {
        let get = |key: &str| texts.get(key).cloned().unwrap_or_default();
        let numbered = texts.iter().filter_map(|(key, text)| {
            let number = key.strip_prefix("date_century_")?.parse().ok()?;
            Some((number, text.clone()))
        });
        Self {
            year: get("date_year"),
            year_bce: get("date_year_bce"),
            unknown_year: get("date_unknown_year"),
            month: get("date_month"),
            day: get("date_day"),
            season: get("date_season"),
            decade: get("date_decade"),
            century: get("date_century"),
            centuries: numbered.collect(),
            about: get("date_about"),
            uncertain: get("date_uncertain"),
            between: get("date_between"),
            since: get("date_since"),
            until: get("date_until"),
            unknown: get("date_unknown"),
            day_alone: get("date_day_alone"),
            months: std::array::from_fn(|at| get(&format!("month_{}", at + 1))),
            seasons: std::array::from_fn(|at| get(&format!("season_{}", at + 1))),
        }
    }

    /// A date.
    pub(crate) fn say(&self, date: &Date) -> String {
        match date.value() {
            Edtf::Date(one) => self.say_one(one),
            Edtf::Interval(interval) => {
                self.say_interval(&interval.start, &interval.end).unwrap_or_else(|| date.edtf().to_string())
            }
            Edtf::DateTime(_) | Edtf::Set(_) => date.edtf().to_string(),
        }
    }

    fn say_interval(&self, start: &IntervalEndpoint, end: &IntervalEndpoint) -> Option<String> {
        let side = |endpoint: &IntervalEndpoint| match endpoint {
            IntervalEndpoint::Date(date) => Some(self.say_one(date)),
            _ => None,
        };
        let between = |from: &str, to: &str| fill(&self.between, &[("from", from), ("to", to)]);
        match (side(start), side(end)) {
            (Some(start), Some(end)) => Some(between(&start, &end)),
            (Some(start), None) if matches!(end, IntervalEndpoint::Open) => {
                Some(fill(&self.since, &[("date", &start)]))
            }
            (Some(start), None) => Some(between(&start, &self.unknown)),
            (None, Some(end)) if matches!(start, IntervalEndpoint::Open) => Some(fill(&self.until, &[("date", &end)])),
            (None, Some(end)) => Some(between(&self.unknown, &end)),
            (None, None) => None,
        }
    }

    fn say_one(&self, date: &edtf_core::Date) -> String {
        let year = self.say_year(&date.year);
        let number = date.month.and_then(DateField::value);
        let day = date.day.and_then(DateField::value);
        let mut said = match (date.precision(), number) {
            (Precision::Season, Some(season)) => {
                let name = self.seasons.get(usize::from(season).wrapping_sub(21)).map_or("", String::as_str);
                fill(&self.season, &[("season", name), ("y", &year)])
            }
            (_, Some(number)) => {
                let name = self.month(number);
                let number = number.to_string();
                match day {
                    Some(day) => {
                        let day = day.to_string();
                        fill(&self.day, &[("d", &day), ("month", name), ("m", &number), ("y", &year)])
                    }
                    None => fill(&self.month, &[("month", name), ("m", &number), ("y", &year)]),
                }
            }
            _ => year,
        };
        if date.is_approximate() {
            said = fill(&self.about, &[("date", &said)]);
        }
        if date.is_uncertain() {
            said = fill(&self.uncertain, &[("date", &said)]);
        }
        said
    }

    /// The year as digits with X, a decade or a century.
    fn say_year(&self, year: &Year) -> String {
        if let Some(value) = year.value() {
            return self.period(Period { first: value, span: 1 });
        }
        let YearKind::Standard { digits, negative: false } = year.kind else { return "?".to_string() };
        match digits {
            [Some(a), Some(b), Some(c), None] => {
                let first = i64::from(a) * 1000 + i64::from(b) * 100 + i64::from(c) * 10;
                self.period(Period { first, span: 10 })
            }
            [Some(a), Some(b), None, None] => {
                self.period(Period { first: i64::from(a) * 1000 + i64::from(b) * 100, span: 100 })
            }
            _ => self.unknown_year.clone(),
        }
    }

    /// A heading of the index of dates.
    pub(crate) fn period(&self, period: Period) -> String {
        let (pattern, number) = match period.span {
            10 => (&self.decade, period.first),
            100 => {
                let number = period.first.div_euclid(100) + 1;
                (self.centuries.get(&number).unwrap_or(&self.century), number)
            }
            _ if period.first <= 0 => (&self.year_bce, 1 - period.first),
            _ => (&self.year, period.first),
        };
        fill(pattern, &[("n", &number.to_string())])
    }

    /// A month of no year.
    pub(crate) fn month(&self, month: u8) -> &str {
        self.months.get(usize::from(month).wrapping_sub(1)).map_or("", String::as_str)
    }

    /// A day of no month.
    pub(crate) fn day_alone(&self, day: u8) -> String {
        fill(&self.day_alone, &[("d", &day.to_string())])
    }
}

/// A pattern with its places filled in; one that has no value stands as it is written.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = after
            .split_once('}')
            .and_then(|(name, rest)| Some((values.iter().find(|(known, _)| *known == name)?.1, rest)));
        match place {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::site::Language;
    use crate::theme::Theme;

    #[test]
    fn dates_in_words() {
        let theme = Theme::load(None, &mut Report::new());
        let said = |edtf: &str, language| {
            let date = Date::parse(edtf).unwrap_or_else(|error| panic!("{edtf}: {error:?}"));
            theme.words(language).dates().say(&date)
        };
        for (edtf, chinese, english) in [
            ("1966", "1966年", "1966"),
            ("1966-05", "1966年5月", "May 1966"),
            ("2017-08-30", "2017年8月30日", "30 August 2017"),
            ("1950~", "约1950年", "c. 1950"),
            ("1951?", "1951年（存疑）", "1951 (uncertain)"),
            ("1951%", "约1951年（存疑）", "c. 1951 (uncertain)"),
            ("195X", "1950年代", "1950s"),
            ("19XX", "20世纪", "20th century"),
            ("20XX", "21世纪", "21st century"),
            ("2001-21", "2001年春", "spring 2001"),
            ("2004-06-XX", "2004年6月", "June 2004"),
            ("2004-XX", "2004年", "2004"),
            ("1949-10/1950-03", "1949年10月至1950年3月", "October 1949 to March 1950"),
            ("1950/..", "1950年起", "from 1950"),
            ("../1950", "1950年以前", "until 1950"),
            ("1950/", "1950年至不详", "1950 to unknown"),
            ("/1950", "不详至1950年", "unknown to 1950"),
            ("-0220", "公元前221年", "221 BCE"),
        ] {
            assert_eq!(said(edtf, Language::Simplified), chinese, "{edtf}");
            assert_eq!(said(edtf, Language::English), english, "{edtf}");
        }
        assert_eq!(said("1950~", Language::Traditional), "約1950年");
    }

    #[test]
    fn places_of_a_pattern() {
        assert_eq!(fill("{d} {x} {d", &[("d", "5")]), "5 {x} {d");
        assert_eq!(fill("", &[("d", "5")]), "");
    }
}
