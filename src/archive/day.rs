//! Days, as the ledgers have them: `2026-11-29`, in UTC.

/// Whether a text is a day, as `2026-11-29`.
pub(crate) fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10
}

/// Today, or the day that `SOURCE_DATE_EPOCH` says.
pub(crate) fn today() -> String {
    now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// The second that it is, or that `SOURCE_DATE_EPOCH` says: `2026-11-29T11:02:00Z`.
pub(crate) fn second() -> String {
    now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn now() -> jiff::Timestamp {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()).unwrap_or_else(jiff::Timestamp::now)
}
