//! When jobs run.

use chrono::{DateTime, Datelike, Utc};
use std::str::FromStr;

/// The year of the next run after a time in seconds since 1970.
pub fn next_run(schedule: &str, now: u32) -> Option<i32> {
    let schedule = cron::Schedule::from_str(schedule).ok()?;
    let now: DateTime<Utc> = DateTime::from_timestamp(i64::from(now), 0)?;
    let next = schedule.after(&now).next()?;
    Some(next.year())
}
