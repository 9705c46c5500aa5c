//! Dates as archives know them: a day, a month, “about 1950”, “some time in the fifties”, from one month to another.
//!
//! The notation is EDTF level 1 (ISO 8601-2:2019, Annex A), read by the edtf-core crate: complete, without
//! dependencies, and its errors carry a place. The older edtf crate was not taken: its licence (MPL-2.0) and its last
//! release of 2021 spoke against it. What no crate gives is how uncertain dates sort, which is here, and how a date is
//! said (`date_words`).

mod extent;

use std::cmp::Ordering;

use edtf_core::{Bound, Edtf, IntervalEndpoint, Precision};

pub use self::extent::Extent;
use crate::diagnostic::messages::DateFault;

/// A date of a record. Most of the dates that a record may have are absent, so what there is of one lies elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date(Box<Known>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    edtf: Box<str>,
    value: Edtf,
    key: SortKey,
}

/// Sorts dates by the earliest day they may mean; of two that begin alike the narrower comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    earliest: (i64, u8, u8),
    latest: (i64, u8, u8),
}

impl SortKey {
    /// Whether no day that this may mean is as early as the last that the other may mean.
    pub fn is_wholly_after(self, other: Self) -> bool {
        self.earliest > other.latest
    }

    fn of(value: &Edtf) -> Self {
        let bounds = value.bounds();
        let day = |bound, otherwise| match bound {
            Bound::Date(day) => (day.year, day.month, day.day),
            _ => otherwise,
        };
        let (past, future) = ((i64::MIN, 0, 0), (i64::MAX, 0, 0));
        // An interval whose beginning is unknown is filed under its end.
        let latest = day(bounds.latest, future);
        let earliest = day(bounds.earliest, if latest == future { past } else { latest });
        Self { earliest, latest }
    }
}

impl Date {
    /// Reads an EDTF level 1 date.
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        let value = Edtf::parse(text).map_err(|_| DateFault::Malformed)?;
        if value.level() > 1 {
            return Err(DateFault::LevelTwo);
        }
        if matches!(value, Edtf::DateTime(_)) {
            return Err(DateFault::TimeOfDay);
        }
        Ok(Self(Box::new(Known { edtf: text.into(), key: SortKey::of(&value), value })))
    }

    /// As it was written.
    pub fn edtf(&self) -> &str {
        &self.0.edtf
    }

    /// The first and the last year it may mean, as far as they are bounded.
    pub fn years(&self) -> (Option<i64>, Option<i64>) {
        let year = |year: i64| Some(year).filter(|year| !matches!(*year, i64::MIN | i64::MAX));
        (year(self.0.key.earliest.0), year(self.0.key.latest.0))
    }

    /// The key that puts uncertain dates in order.
    pub fn sort_key(&self) -> SortKey {
        self.0.key
    }

    /// The heading under which an index files the date: a year, a decade (`195X`), a century (`19XX`).
    pub fn period(&self) -> Period {
        let key = self.sort_key();
        let (first, last) = (key.earliest.0, key.latest.0);
        let digits = |count: i64| first.div_euclid(count) == last.div_euclid(count);
        match self.0.value {
            Edtf::Date(_) if first == last => Period { first, span: 1 },
            Edtf::Date(_) if digits(10) => Period { first: first.div_euclid(10) * 10, span: 10 },
            Edtf::Date(_) => Period { first: first.div_euclid(100) * 100, span: 100 },
            // An interval stands under the year in which it begins.
            _ => Period { first, span: 1 },
        }
    }

    /// The month it begins in, where it says one; a season says none.
    pub fn month(&self) -> Option<u8> {
        let date = self.beginning()?;
        date.month.and_then(edtf_core::DateField::value).filter(|_| date.precision() != Precision::Season)
    }

    /// The day of the month it begins on, where it says one.
    pub fn day(&self) -> Option<u8> {
        self.beginning()?.day.and_then(edtf_core::DateField::value)
    }

    fn beginning(&self) -> Option<&edtf_core::Date> {
        match &self.0.value {
            Edtf::Date(date) => Some(date),
            Edtf::Interval(interval) => match &interval.start {
                IntervalEndpoint::Date(date) => Some(date),
                _ => None,
            },
            Edtf::DateTime(_) | Edtf::Set(_) => None,
        }
    }

    /// The earliest day as an ISO date, where one can be named.
    pub fn earliest_day(&self) -> Option<String> {
        match self.0.value.bounds().earliest {
            Bound::Date(day) => Some(day.to_string()),
            _ => None,
        }
    }

    /// Whether it is one day, month or year without doubt: then it is also an ISO 8601 date.
    pub fn is_exact(&self) -> bool {
        match &self.0.value {
            Edtf::Date(date) => {
                let digits = self.0.edtf.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                digits && date.precision() != Precision::Season && !self.0.edtf.starts_with('-')
            }
            _ => false,
        }
    }

    /// Whether it is only about right (`~`) or doubtful (`?`).
    pub fn is_qualified(&self) -> bool {
        self.0.edtf.contains(['~', '?', '%'])
    }

    /// The calendar dates it names, one or a beginning and an end, each as far as it is known: year, month, day. Empty
    /// where a year is not known.
    pub fn calendar(&self) -> Vec<(i64, Option<u8>, Option<u8>)> {
        let parts = |date: &edtf_core::Date| {
            let month = date.month.and_then(edtf_core::DateField::value);
            let month = month.filter(|_| date.precision() != Precision::Season);
            Some((date.year.value()?, month, date.day.and_then(edtf_core::DateField::value)))
        };
        let side = |endpoint: &IntervalEndpoint| match endpoint {
            IntervalEndpoint::Date(date) => parts(date),
            _ => None,
        };
        match &self.0.value {
            Edtf::Date(date) => parts(date).into_iter().collect(),
            Edtf::Interval(interval) => {
                let (Some(start), Some(end)) = (side(&interval.start), side(&interval.end)) else { return Vec::new() };
                vec![start, end]
            }
            Edtf::DateTime(_) | Edtf::Set(_) => Vec::new(),
        }
    }

    /// What was read.
    pub(super) fn value(&self) -> &Edtf {
        &self.0.value
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key()).then_with(|| self.0.edtf.cmp(&other.0.edtf))
    }
}

/// A heading in the index of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// First year.
    pub first: i64,
    /// Number of years: 1, 10 or 100.
    pub span: i64,
}

impl Period {
    /// The file name under `browse/dates/`, without its ending.
    pub fn slug(self) -> String {
        match self.span {
            10 => format!("{}s", self.first),
            100 => format!("{}-{}", self.first, self.first + 99),
            _ => self.first.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_date() {
        for text in ["", "1950-13", "1985-02-30", "昨天", "2017年", "1985-04-12T10:00:00", "{1960,1961}", "1984?-06~"]
        {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn uncertain_dates_sort() {
        let mut dates: Vec<_> =
            ["1951", "195X", "1950-03-02", "1950", "1950~", "19XX", "1949-10/1950-03", "../1950", "1950-03"]
                .into_iter()
                .map(|text| Date::parse(text).expect("a date"))
                .collect();
        dates.sort();
        let order: Vec<_> = dates.iter().map(Date::edtf).collect();
        assert_eq!(
            order,
            ["19XX", "1949-10/1950-03", "1950", "1950~", "195X", "1950-03", "1950-03-02", "../1950", "1951"]
        );
    }

    #[test]
    fn periods() {
        for (edtf, slug) in [("1966-05", "1966"), ("195X", "1950s"), ("19XX", "1900-1999"), ("1949-10/1950-03", "1949")]
        {
            assert_eq!(Date::parse(edtf).expect("a date").period().slug(), slug);
        }
    }
}
