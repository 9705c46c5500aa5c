//! A date as machines want it: in the notation of XML Schema (`xsd:date`, `xsd:gYearMonth`, `xsd:gYear`), which EPUB's
//! W3CDTF shares. What EDTF says beyond that (195X, an open interval) becomes the days between which it lies.

use edtf_core::{Bound, Edtf, IntervalEndpoint, Precision};

use super::Date;

/// When something was, as far as a date says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// In this year or month, or on this day.
    At(String),
    /// At one time between these days.
    Within(Option<String>, Option<String>),
    /// From one time to another; a side that is open or not known is absent.
    During(Option<String>, Option<String>),
}

impl Date {
    /// What the date says, without its doubts.
    pub fn extent(&self) -> Extent {
        let bounds = self.0.value.bounds();
        match &self.0.value {
            Edtf::Interval(interval) => {
                let side = |endpoint: &IntervalEndpoint, bound: &Bound| match endpoint {
                    IntervalEndpoint::Date(date) => known(date).or_else(|| day(bound)),
                    _ => None,
                };
                Extent::During(side(&interval.start, &bounds.earliest), side(&interval.end, &bounds.latest))
            }
            Edtf::Date(date) => match known(date) {
                Some(text) => Extent::At(text),
                None => Extent::Within(day(&bounds.earliest), day(&bounds.latest)),
            },
            Edtf::DateTime(_) | Edtf::Set(_) => Extent::Within(day(&bounds.earliest), day(&bounds.latest)),
        }
    }

    /// Whether it is only about right.
    pub fn is_approximate(&self) -> bool {
        self.0.value.is_approximate()
    }

    /// Whether it is doubtful.
    pub fn is_uncertain(&self) -> bool {
        self.0.value.is_uncertain()
    }
}

/// A date of which every digit is known. There is no year 0 in XML Schema 1.0.
fn known(date: &edtf_core::Date) -> Option<String> {
    let year = date.year.value().filter(|year| *year != 0)?;
    if date.has_unspecified() || date.precision() == Precision::Season {
        return None;
    }
    let mut text = format!("{}{:04}", if year < 0 { "-" } else { "" }, year.unsigned_abs());
    for field in [date.month, date.day].into_iter().flatten() {
        text.push_str(&format!("-{:02}", field.value()?));
    }
    Some(text)
}

fn day(bound: &Bound) -> Option<String> {
    match bound {
        Bound::Date(day) if day.year > 0 && day.year <= 9999 => {
            Some(format!("{:04}-{:02}-{:02}", day.year, day.month, day.day))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_dates_say_to_machines() {
        let some = |text: &str| Some(text.to_string());
        for (edtf, expected) in [
            ("1966", Extent::At("1966".to_string())),
            ("1966-05~", Extent::At("1966-05".to_string())),
            ("1966-05-16", Extent::At("1966-05-16".to_string())),
            ("-0220", Extent::At("-0220".to_string())),
            ("195X", Extent::Within(some("1950-01-01"), some("1959-12-31"))),
            ("2001-21", Extent::Within(some("2001-03-01"), some("2001-05-31"))),
            ("0000", Extent::Within(None, None)),
            ("1949-10/1950-03", Extent::During(some("1949-10"), some("1950-03"))),
            ("1950/..", Extent::During(some("1950"), None)),
            ("../1950", Extent::During(None, some("1950"))),
        ] {
            assert_eq!(Date::parse(edtf).expect("a date").extent(), expected, "{edtf}");
        }
    }
}
