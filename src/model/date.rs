//! A day of the calendar.

use std::fmt;

/// A day, without a time or a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

impl Date {
    /// The day with this year, month (from 1) and day of the month (from 1); what the calendar does not have is
    /// taken for the first day of that year.
    pub fn new(year: i64, month: u8, day: u8) -> Self {
        let year = i32::try_from(year).unwrap_or(1970);
        let date =
            time::Month::try_from(month).and_then(|month| time::Date::from_calendar_date(year, month, day));
        Self(date.or_else(|_| time::Date::from_ordinal_date(year, 1)).unwrap_or(time::Date::MIN))
    }

    /// Today, in UTC.
    pub fn today() -> Self {
        Self(time::OffsetDateTime::now_utc().date())
    }

    /// How many days it lies after `other`; negative if it lies before.
    pub fn days_after(self, other: Self) -> i64 {
        (self.0 - other.0).whole_days()
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(time::Duration::days(days)))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        let day = Date::new(2028, 2, 28);
        assert_eq!(day.plus(2).to_string(), "2028-03-01");
        assert_eq!(Date::new(2028, 12, 31).days_after(Date::new(2028, 1, 1)), 365);
        assert_eq!(day.days_after(day.plus(90)), -90);
    }
}
