//! How moments are made and read, and the calendar walked on foot.

use chrono::{DateTime, NaiveDate, Utc};

/// A moment since 1970, from seconds and nanoseconds.
pub fn moment((seconds, nanos): (u32, u32)) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds.into(), nanos % 1_000_000_000).expect("a moment since 1970")
}

/// The moment that an RFC 3339 text names.
pub fn read(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

/// The date so many days after the first of 1970, or before it.
pub fn walk(days: i32) -> Option<NaiveDate> {
    let mut date = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    for _ in 0..days.abs() {
        date = if days < 0 { date.pred_opt()? } else { date.succ_opt()? };
    }
    Some(date)
}
