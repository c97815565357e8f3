//! Calendars that users import.

/// How many events a calendar has.
pub fn events(calendar: &str) -> Result<usize, String> {
    let text = icalendar::parser::unfold(calendar);
    let calendar = icalendar::parser::read_calendar(&text)?;
    Ok(calendar.components.iter().filter(|component| component.name == "VEVENT").count())
}
