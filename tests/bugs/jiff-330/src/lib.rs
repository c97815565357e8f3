//! Who has the shift on which day. Planned by weeks, looked up by dates.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use std::collections::HashMap;

#[derive(Default)]
pub struct Rota(HashMap<Date, String>);

impl Rota {
    /// `name` has the shift on day `day` (Monday is 1) of week `week`.
    pub fn plan(&mut self, year: i16, week: i8, day: i8, name: &str) -> Result<(), String> {
        let day = Weekday::from_monday_one_offset(day).map_err(|e| e.to_string())?;
        let day = ISOWeekDate::new(year, week, day).map_err(|e| e.to_string())?;
        self.0.insert(day.date(), name.to_string());
        Ok(())
    }

    /// Who has the shift on a date?
    pub fn on(&self, year: i16, month: i8, day: i8) -> Option<&str> {
        let date = Date::new(year, month, day).ok()?;
        self.0.get(&date).map(String::as_str)
    }

    /// The planned dates: year, month, day.
    pub fn dates(&self) -> Vec<(i16, i8, i8)> {
        self.0.keys().map(|d| (d.year(), d.month(), d.day())).collect()
    }
}
