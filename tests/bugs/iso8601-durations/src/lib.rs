//! How long the tasks of a plan take.

/// Whether a text is a duration, and how many days and hours it names.
pub fn days_and_hours(text: &str) -> Result<(u32, u32), String> {
    match iso8601::duration(text)? {
        iso8601::Duration::YMDHMS { day, hour, .. } => Ok((day, hour)),
        iso8601::Duration::Weeks(weeks) => Ok((weeks.saturating_mul(7), 0)),
    }
}
