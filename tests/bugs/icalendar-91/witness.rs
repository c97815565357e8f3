#[test]
fn odd_calendars_do_not_panic() {
    assert_eq!(subject::events("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n"), Ok(1));
    for calendar in ["BEGIN:", "BEGIN:VCALENDAR\nBEGIN:", "BEGIN:VCALENDAR\r\nBEGIN:"] {
        let _ = subject::events(calendar);
    }
}
